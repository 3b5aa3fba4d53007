"""What arrivals are worth to the needs, and what they lose when arrivals change."""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from u24.domain.needs import Need
from u24.domain.problem import Worth
from u24.domain.tracking import Coming, Expected, NeedAtRisk, Progress
from u24.tracking.following import packs_short

LEAST = 1e-9  # of units or shares: less is rounding


def worth_parts(units: int, worth: Worth) -> tuple[tuple[int, float], ...]:
    """The parts of a need of weight 1: whole units, and what each of them counts, falling.

    The first part is rounded up to whole units; where that would make later units count
    more than earlier ones, all count the same.
    """
    first = math.ceil(worth.first_amount_share * units - LEAST)
    if first == units or worth.first_value_share * units < first:
        return ((units, 1.0 / units),)
    rest = units - first
    return (
        (first, worth.first_value_share / first),
        (rest, (1.0 - worth.first_value_share) / rest),
    )


def weighted_shares(
    needs: Sequence[Need], coming: Iterable[Coming], t0_at: datetime, worth: Worth
) -> tuple[float, ...]:
    """Share of all weighted need that is met by each mark, 0 .. 1.

    An arrival counts in full until due and falls in a straight line to nothing at the
    deadline; the best arrivals fill the first part of a need.
    """
    whole = math.fsum(need.weight for need in needs)
    by_need = _by_need(coming)
    return tuple(
        math.fsum(
            need.weight * _met(need, by_need.get(need.need_id, []), _mark(t0_at, mark_s), worth)
            for need in needs
        )
        / whole
        if whole
        else 0.0
        for mark_s in worth.marks_s
    )


def needs_at_risk(
    needs: Sequence[Need],
    planned: Iterable[Coming],
    projected: Iterable[Coming],
    t0_at: datetime,
    worth: Worth,
) -> tuple[NeedAtRisk, ...]:
    """What each need loses by the first mark if ``projected`` comes instead of ``planned``.

    In order of the needs; those that lose nothing are left out.
    """
    whole = math.fsum(need.weight for need in needs)
    mark_at = _mark(t0_at, worth.marks_s[0])
    before, after = _by_need(planned), _by_need(projected)
    found = []
    for need in needs:
        was, now = before.get(need.need_id, []), after.get(need.need_id, [])
        units = _units_by(need, was, mark_at) - _units_by(need, now, mark_at)
        lost = _met(need, was, mark_at, worth) - _met(need, now, mark_at, worth)
        if units > LEAST or lost > LEAST:
            found.append(
                NeedAtRisk(
                    need_id=need.need_id,
                    units=max(0.0, units),
                    share=max(0.0, lost) * need.weight / whole,
                )
            )
    return tuple(found)


def as_planned(expected: Iterable[Expected]) -> tuple[Coming, ...]:
    """All consignments at their planned times."""
    return tuple(
        Coming(need_id=each.need_id, units=each.units, arrive_at=each.arrive_at)
        for each in expected
    )


def as_projected(
    expected: Sequence[Expected], progress: Sequence[Progress], now: datetime
) -> tuple[Coming, ...]:
    """All consignments as they come by what is known now; what was handed over short is less."""
    return tuple(
        Coming(
            need_id=each.need_id,
            units=each.units * (each.packs - packs_short(each, known, now)) / each.packs,
            arrive_at=known.arrive_at,
        )
        for each, known in zip(expected, progress, strict=True)
    )


def _mark(t0_at: datetime, mark_s: int) -> datetime:
    return t0_at + timedelta(seconds=mark_s)


def _by_need(coming: Iterable[Coming]) -> dict[str, list[Coming]]:
    found: dict[str, list[Coming]] = {}
    for each in coming:
        found.setdefault(each.need_id, []).append(each)
    return found


def _in_time(need: Need, coming: list[Coming], mark_at: datetime) -> list[tuple[datetime, float]]:
    until_at = min(mark_at, need.deadline_at)
    return sorted(
        (each.arrive_at, each.units)
        for each in coming
        if each.arrive_at is not None and each.arrive_at <= until_at
    )


def _units_by(need: Need, coming: list[Coming], mark_at: datetime) -> float:
    units = math.fsum(units for _, units in _in_time(need, coming, mark_at))
    return min(float(need.planned_units), units)


def _met(need: Need, coming: list[Coming], mark_at: datetime, worth: Worth) -> float:
    left = [[float(units), rate] for units, rate in worth_parts(need.planned_units, worth)]
    met = 0.0
    for arrive_at, units in _in_time(need, coming, mark_at):
        timely = 1.0
        if arrive_at > need.due_at:
            timely = (need.deadline_at - arrive_at) / (need.deadline_at - need.due_at)
        for part in left:
            used = min(units, part[0])
            part[0] -= used
            units -= used  # noqa: PLW2901 - what is used up is not used twice
            met += used * part[1] * timely
    return met
