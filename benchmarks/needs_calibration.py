"""How well the fatality model and its band fit EXPO-CAT: prints a table, can write the docs.

    python benchmarks/needs_calibration.py [EXPOCAT_CSV] [--write]

In sample: PAGER was fitted on earthquakes of this catalogue.
"""

import argparse
import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from u24.needs.casualties import expected_deaths
from u24.needs.exposure import BANDS
from u24.needs.rates import MODEL_ERROR_FACTOR
from u24.needs.spread import Z80
from u24.reference.countries import find_country
from u24.reference.pager import find_fatality_model

REPOSITORY = Path(__file__).resolve().parent.parent
EXPOCAT = REPOSITORY.parent / "shared" / "data" / "earthquake" / "expocat.csv"
REPORT = REPOSITORY / "docs" / "benchmarks-needs.md"
MARK_BEGIN, MARK_END = "<!-- table begin -->", "<!-- table end -->"
LEAST_DEATHS = 10
UNKNOWN_COUNTRY = "UK"  # the catalogue's word for unknown, not the United Kingdom
CLASSES = ((0.0, 5.5), (5.5, 6.5), (6.5, 7.5), (7.5, 10.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """Earthquakes with a known country. Shapes (events,); ``modelled`` and ``zeta`` by PAGER."""

    magnitude: np.ndarray
    observed: np.ndarray
    injured: np.ndarray
    modelled: np.ndarray
    zeta: np.ndarray


def read_catalogue(path: Path) -> Catalogue:
    """Rows whose country has a fatality model; an empty cell is unknown, not a number."""
    rows = []
    with path.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code = row["CountryCode"]
            country = None if code == UNKNOWN_COUNTRY else find_country(code)
            model = find_fatality_model(country.iso3) if country else None
            if model is None:
                continue
            exposed = np.array([_number(row[f"MMI{band}"]) for band in BANDS[:-1]])
            exposed = np.nan_to_num(np.append(exposed, _number(row["MMI9+"])))
            rows.append(
                (
                    _number(row["Magnitude"]),
                    _number(row["TotalDeaths"]),
                    _number(row["Injured"]),
                    float(expected_deaths(exposed, model.theta, model.beta)),
                    model.zeta,
                )
            )
    columns = np.array(rows, dtype=float).T
    return Catalogue(
        magnitude=columns[0],
        observed=columns[1],
        injured=columns[2],
        modelled=columns[3],
        zeta=columns[4],
    )


def figures(catalogue: Catalogue, which: np.ndarray) -> dict[str, float]:
    """Count, shares and errors of the chosen earthquakes."""
    observed = np.maximum(catalogue.observed[which], 1.0)
    modelled = np.maximum(catalogue.modelled[which], 1.0)
    off = np.log10(modelled / observed)
    half_width = Z80 * catalogue.zeta[which] / np.log(10)
    ours = half_width * MODEL_ERROR_FACTOR
    return {
        "n": int(which.sum()),
        "median": float(np.median(off)),
        "sd": float(np.std(off, ddof=1)),
        "within_3": float(np.mean(np.abs(off) <= np.log10(3))),
        "within_10": float(np.mean(np.abs(off) <= 1)),
        "covered_by_zeta": float(np.mean(np.abs(off) <= half_width)),
        "covered": float(np.mean(np.abs(off) <= ours)),
    }


def table(catalogue: Catalogue) -> str:
    """The table of the docs, in Markdown."""
    deadly = catalogue.observed >= LEAST_DEATHS
    groups = [("10 deaths or more", deadly)]
    for low, high in CLASSES:
        inside = (catalogue.magnitude >= low) & (catalogue.magnitude < high)
        groups.append((f"of these, magnitude {low:g} to {high:g}", deadly & inside))
    known = ~np.isnan(catalogue.observed)
    groups.append(("model says 10 or more", known & (catalogue.modelled >= LEAST_DEATHS)))
    lines = [
        "| earthquakes | n | median | sd | within x3 | within x10 | in zeta's band | in our band |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, which in groups:
        if which.sum() < 3:
            lines.append(f"| {name} | {int(which.sum())} | too few | | | | |")
            continue
        got = figures(catalogue, which)
        lines.append(
            f"| {name} | {got['n']:.0f} | {got['median']:+.2f} | {got['sd']:.2f} | "
            f"{got['within_3']:.0%} | {got['within_10']:.0%} | "
            f"{got['covered_by_zeta']:.0%} | {got['covered']:.0%} |"
        )
    lines += ["", injured_sentence(catalogue, deadly), "", blank_sentence(catalogue)]
    return "\n".join(lines)


def injured_sentence(catalogue: Catalogue, deadly: np.ndarray) -> str:
    """Percentiles of injured per death."""
    both = deadly & (catalogue.injured >= 1)
    ratio = catalogue.injured[both] / catalogue.observed[both]
    p10, p25, p50, p75, p90 = np.percentile(ratio, [10, 25, 50, 75, 90])
    return (
        f"Injured per death, {int(both.sum())} earthquakes with {LEAST_DEATHS} deaths or more: "
        f"median {p50:.1f}, quartiles {p25:.1f} and {p75:.1f}, "
        f"10th and 90th percentile {p10:.2f} and {p90:.0f}."
    )


def blank_sentence(catalogue: Catalogue) -> str:
    """How many earthquakes the last row leaves out."""
    chosen = catalogue.modelled >= LEAST_DEATHS
    blank = chosen & np.isnan(catalogue.observed)
    return (
        f"The model says {LEAST_DEATHS} or more for {int(chosen.sum())} earthquakes; "
        f"{int(blank.sum())} of them have no figure of deaths and are left out."
    )


def write_report(text: str) -> None:
    """Put the table between the marks of the docs page."""
    page = REPORT.read_text(encoding="utf-8")
    before, rest = page.split(MARK_BEGIN)
    after = rest.split(MARK_END)[1]
    REPORT.write_text(f"{before}{MARK_BEGIN}\n{text}\n{MARK_END}{after}", encoding="utf-8")


def main() -> int:
    """Print the table; with --write also into the docs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("expocat", nargs="?", type=Path, default=EXPOCAT)
    parser.add_argument("--write", action="store_true", help=f"write the table into {REPORT.name}")
    wanted = parser.parse_args()
    if not wanted.expocat.exists():
        print(f"skipped: {wanted.expocat} is absent; give the path of expocat.csv")
        return 0
    text = table(read_catalogue(wanted.expocat))
    print(text)
    if wanted.write:
        write_report(text)
    return 0


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


if __name__ == "__main__":
    sys.exit(main())
