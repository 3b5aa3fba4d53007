"""How much help had landed by each mark."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from u24.domain.answer import HistoricMark
from u24.domain.history import Arrival
from u24.tracking.arrivals import counted_at, is_team, list_parts


def historic_marks(
    history: Iterable[Arrival], t0_at: datetime, marks_h: Iterable[int]
) -> tuple[HistoricMark, ...]:
    """What sources say had landed by each mark, a lower bound of what had.

    A row counts from ``landed_at``, or else from ``latest_at`` (then it is also in
    ``of_which_bounded``); a row with neither never counts, see `list_undated`. Unknown
    people and mass add nothing. Rows of one member with the same ``who`` are one team
    in parts; rows of kind ``total`` are left out.

    Parameters
    ----------
    history
        Arrivals in any order.
    t0_at
        UTC moment that the marks count from.
    marks_h
        Hours after T0; a landing at the mark counts.
    """
    dated = [(at, row) for row in list_parts(history) if (at := counted_at(row)) is not None]
    return tuple(
        _mark(mark_h, [row for at, row in dated if at <= t0_at + timedelta(hours=mark_h)])
        for mark_h in marks_h
    )


def list_undated(history: Iterable[Arrival]) -> tuple[Arrival, ...]:
    """Arrivals that no mark can count, because no source says by when they had landed."""
    return tuple(row for row in list_parts(history) if counted_at(row) is None)


def _mark(mark_h: int, landed: list[Arrival]) -> HistoricMark:
    return HistoricMark(
        mark_h=mark_h,
        teams=len({(row.member, row.who) for row in landed if is_team(row)}),
        people=sum(row.people or 0 for row in landed),
        mass_kg=sum(row.mass_kg or 0 for row in landed),
        of_which_bounded=sum(row.landed_at is None for row in landed),
    )
