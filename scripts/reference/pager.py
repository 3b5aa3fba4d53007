"""Build pager_fatality.csv from a copy of fatality.xml of USGS PAGER (losspager).

Run: python scripts/reference/pager.py PATH/TO/fatality.xml [--out FOLDER]
The file is public domain in the United States (CC0 1.0); get it from the USGS repository losspager.
"""

import argparse
from pathlib import Path
from xml.etree import ElementTree

from iso import find_iso3
from packed import TABLES, write_plain

HEADER = ["iso2", "iso3", "theta", "beta", "zeta", "status"]


def rows(path: Path) -> list[list[str]]:
    """The table, in order of the source's code."""
    table = []
    for model in ElementTree.parse(path).getroot().iter("model"):  # noqa: S314 - a file of one's own
        if model.attrib["fform"] != "lognormal":
            raise SystemExit(f"{model.attrib['ccode']}: fform is {model.attrib['fform']}")
        code = model.attrib["ccode"]
        table.append(
            [
                code,
                find_iso3(code) or "",
                model.attrib["theta"],
                model.attrib["beta"],
                model.attrib["evalnormvalue"],
                model.attrib["status"],
            ]
        )
    return sorted(table)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fatality", type=Path)
    parser.add_argument("--out", type=Path, default=TABLES)
    arguments = parser.parse_args()
    table = rows(arguments.fatality)
    write_plain(arguments.out / "pager_fatality.csv", HEADER, table)
    print(f"pager_fatality: {len(table)} rows, {sum(not row[1] for row in table)} without alpha-3")


if __name__ == "__main__":
    main()
