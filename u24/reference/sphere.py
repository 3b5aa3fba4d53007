"""Minimum standards of relief: rates with unit and source."""

from dataclasses import dataclass

from u24.reference.lookup import get_keyed, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "sphere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate; where the source gives a range, ``value`` is its upper end."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    edition: str
    sources: tuple[str, ...]
    notes: str


def get_rate(name: str, tables: Tables = SHIPPED) -> Rate:
    """The rate of this name.

    Raises
    ------
    InvalidInput
        There is none; the message names those that look alike.
    """
    return get_keyed(TABLE, Rate, name, tables)


def list_rates(tables: Tables = SHIPPED) -> tuple[Rate, ...]:
    """All rates, in order of name."""
    return tuple(read_keyed(TABLE, Rate, tables).values())
