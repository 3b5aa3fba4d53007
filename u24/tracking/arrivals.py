"""Which rows of a history count, and as what."""

from collections.abc import Iterable
from datetime import datetime

from u24.domain.history import Arrival

TOTAL = "total"


def list_parts(history: Iterable[Arrival]) -> list[Arrival]:
    """The rows that count: a row of kind ``total`` sums up others and is left out."""
    return [arrival for arrival in history if arrival.kind != TOTAL]


def counted_at(arrival: Arrival) -> datetime | None:
    """When a row counts as landed: as stated, or else at the latest moment it can have been."""
    return arrival.latest_at if arrival.landed_at is None else arrival.landed_at


def is_team(arrival: Arrival) -> bool:
    """Whether people came. A row that gives a mass and neither people nor dogs is goods."""
    has_people = bool(arrival.people) or bool(arrival.dogs)
    return has_people or (arrival.people is None and arrival.mass_kg is None)
