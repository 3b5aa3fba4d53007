"""Who decides: the members of organisations by day, with the people they stand for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from u24.domain.decisions import Elector
from u24.errors import InvalidInput
from u24.reference.days import read_day
from u24.reference.tables import SHIPPED, Tables, read_rows

TABLE = "organisations"
POPULATIONS = "eu_population"
COUNTS_PEOPLE = "EU"

# The days for which the table knows every member: from the first, before the second.
COVERED: Mapping[str, tuple[date, date | None]] = MappingProxyType(
    {
        "EU": (date(1958, 1, 1), None),
        "NATO": (date(1949, 8, 24), None),
        "UN": (date(2000, 11, 1), None),
        "UNSC": (date(2011, 1, 1), date(2027, 1, 1)),
    }
)
ORGANISATIONS = tuple(COVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A seat in an organisation; ``from_on`` None: since before the table begins.

    ``until_on`` is the first day on which it is no longer held; None: open.
    """

    body: str
    iso3: str
    from_on: date | None
    until_on: date | None

    def covers(self, on: date) -> bool:
        """Whether the seat is held on that day."""
        begun = self.from_on is None or self.from_on <= on
        return begun and (self.until_on is None or on < self.until_on)


@lru_cache(maxsize=8)
def _memberships(tables: Tables) -> tuple[Membership, ...]:
    return tuple(
        Membership(
            body=row["body"],
            iso3=row["iso3"],
            from_on=_day(row, "from_on"),
            until_on=_day(row, "until_on"),
        )
        for row in read_rows(TABLE, tables)
    )


def _day(row: Mapping[str, str], column: str) -> date | None:
    return read_day(TABLE, f"{row['body']} {row['iso3']}", column, row[column])


@lru_cache(maxsize=8)
def _people_by_year(tables: Tables) -> Mapping[int, Mapping[str, int]]:
    years: dict[int, dict[str, int]] = {}
    for row in read_rows(POPULATIONS, tables):
        years.setdefault(row["year"], {})[row["iso3"]] = row["population"]
    return MappingProxyType(dict(sorted(years.items())))


def is_organisation(body: str) -> bool:
    """Whether the members of this organisation are known."""
    return body in COVERED


def electors_of(body: str, on: date, tables: Tables = SHIPPED) -> tuple[Elector, ...]:
    """The members on that day, in order of ISO 3166-1 alpha-3.

    Those of the EU come with the people they stand for, see :func:`population_year`; the
    others decide without counting people.

    Raises
    ------
    InvalidInput
        The organisation is not known, or not for that day; the message says what is.
    """
    if not is_organisation(body):
        known = ", ".join(ORGANISATIONS)
        raise InvalidInput(f"organisation is {body!r}; it must be one of {known}")
    from_on, until_on = COVERED[body]
    if on < from_on or (until_on is not None and on >= until_on):
        covered = f"from {from_on}" + (f" until before {until_on}" if until_on else "")
        raise InvalidInput(f"members of {body} are asked for {on}; they are known {covered}")
    members = _members(body, on, tables)
    people = _people(on, members, tables) if body == COUNTS_PEOPLE else {}
    return tuple(Elector(member=member, population=people.get(member)) for member in members)


def population_year(on: date, tables: Tables = SHIPPED) -> int | None:
    """The year of the figures by which the EU's members of that day are weighed.

    Of the lists that know all of them: the last one up to that day, else the first one after
    it. None: no list knows all of them.
    """
    members = set(_members(COUNTS_PEOPLE, on, tables))
    years = [y for y, people in _people_by_year(tables).items() if members <= set(people)]
    past = [year for year in years if year <= on.year]
    return max(past) if past else min(years, default=None)


def _members(body: str, on: date, tables: Tables) -> tuple[str, ...]:
    rows = _memberships(tables)
    return tuple(sorted({row.iso3 for row in rows if row.body == body and row.covers(on)}))


def _people(on: date, members: tuple[str, ...], tables: Tables) -> dict[str, int]:
    year = population_year(on, tables)
    people = _people_by_year(tables).get(year, {}) if year else {}
    return {member: people[member] for member in members if member in people}
