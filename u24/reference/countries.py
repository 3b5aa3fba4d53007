"""Countries: codes, names, region, people, and how much of the people the cities hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from u24.errors import InvalidInput
from u24.reference.lookup import near_matches, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "countries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country of ISO 3166-1, or Kosovo (XKX).

    ``city_share`` is the people in the table cities over ``population``; it can pass 1
    where city figures are newer or count suburbs. None means unknown.
    """

    iso3: str
    iso2: str
    name: str
    region: str
    population: int | None
    population_year: int | None
    area_km2: int | None
    capital: str | None
    city_share: float | None


@lru_cache(maxsize=8)
def _iso3_by_iso2(tables: Tables) -> Mapping[str, str]:
    return {row.iso2: row.iso3 for row in read_keyed(TABLE, Country, tables).values()}


def find_country(code: str, tables: Tables = SHIPPED) -> Country | None:
    """The country with this alpha-3 or alpha-2 code, in any case; None if there is none."""
    wanted = code.strip().upper()
    return read_keyed(TABLE, Country, tables).get(_iso3_by_iso2(tables).get(wanted, wanted))


def get_country(code: str, tables: Tables = SHIPPED) -> Country:
    """The country with this alpha-3 or alpha-2 code, in any case.

    Raises
    ------
    InvalidInput
        There is none; the message names codes that look alike.
    """
    country = find_country(code, tables)
    if country is None:
        hint = near_matches(code, read_keyed(TABLE, Country, tables))
        raise InvalidInput(f"country is {code!r}; give ISO 3166-1 alpha-3, like TUR ({hint})")
    return country


def list_countries(tables: Tables = SHIPPED) -> tuple[Country, ...]:
    """All countries, in order of alpha-3 code."""
    return tuple(read_keyed(TABLE, Country, tables).values())
