"""What has arrived by when: planned, and what really landed, as steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from u24.clock import seconds_since
from u24.domain.answer import Answer
from u24.domain.history import Arrival
from u24.domain.offers import Mode
from u24.domain.plan import Call, Carrier, Consignment
from u24.report.map_marks import masses_kg
from u24.report.wording import KG_PER_T

TOTAL = "total"  # the kind of a row that sums up others
Steps = tuple[tuple[int, float], ...]  # (seconds after T0, sum from then on), time rising


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """Sums of one unit over time; the two historic ones bound what really landed."""

    name: str
    unit: str
    there: Steps
    landed: Steps
    historic_least: Steps
    historic_most: Steps
    not_drawn: int  # historic arrivals without this figure or without any time


def people_curves(answer: Answer) -> Curves:
    """People of teams, over time."""
    lots = {lot.lot_id: lot for lot in answer.problem.lots}
    amounts = [
        (c, float(c.packs * lots[c.lot_id].pack_people)) for c in answer.planned.plan.consignments
    ]
    figures = [(arrival, arrival.people) for arrival in _parts(answer)]
    return _curves(answer, "People of teams", "people", amounts, figures)


def tonnes_curves(answer: Answer) -> Curves:
    """Tonnes, of goods and of teams' equipment, over time."""
    amounts = [(c, mass_kg / KG_PER_T) for c, mass_kg in masses_kg(answer)]
    figures = [
        (arrival, None if arrival.mass_kg is None else arrival.mass_kg / KG_PER_T)
        for arrival in _parts(answer)
    ]
    return _curves(answer, "Tonnes", "t", amounts, figures)


def value_at(steps: Steps, moment_s: int) -> float:
    """The sum at a moment, 0 before the first step."""
    return max((value for at_s, value in steps if at_s <= moment_s), default=0.0)


def _parts(answer: Answer) -> list[Arrival]:
    """Historic arrivals without the rows that sum up others."""
    return [arrival for arrival in answer.case.history if arrival.kind != TOTAL]


def _bounds_s(t0: datetime, arrival: Arrival) -> tuple[int | None, int | None]:
    """Earliest and latest landing, seconds after T0; None where no source bounds it."""
    earliest = arrival.landed_at or arrival.earliest_at or arrival.latest_at
    latest = arrival.landed_at or arrival.latest_at
    return (
        None if earliest is None else seconds_since(t0, earliest),
        None if latest is None else seconds_since(t0, latest),
    )


def _curves(
    answer: Answer,
    name: str,
    unit: str,
    amounts: list[tuple[Consignment, float]],
    figures: Iterable[tuple[Arrival, float | None]],
) -> Curves:
    modes = {c.class_id: c.mode for c in answer.problem.classes}
    flies = {v.vehicle_id: modes[v.class_id] is Mode.AIR for v in answer.problem.vehicles}
    calls = {route.vehicle_id: route.calls for route in answer.planned.plan.routes}
    least, most, not_drawn = [], [], 0
    for arrival, amount in figures:
        earliest_s, latest_s = _bounds_s(answer.case.t0_at, arrival)
        if amount is None or earliest_s is None:
            not_drawn += 1
            continue
        most.append((earliest_s, amount))
        if latest_s is not None:
            least.append((latest_s, amount))
    return Curves(
        name=name,
        unit=unit,
        there=_summed((c.arrive_s, amount) for c, amount in amounts),
        landed=_summed((_landed_s(c, calls, flies), amount) for c, amount in amounts),
        historic_least=_summed(least),
        historic_most=_summed(most),
        not_drawn=not_drawn,
    )


def _landed_s(
    consignment: Consignment, calls: dict[str, tuple[Call, ...]], flies: dict[str, bool]
) -> int:
    """When its last aircraft touches down; where none flies, when it arrives."""
    touchdowns = [
        calls[segment.vehicle_id][segment.to_call].arrive_s
        for segment in consignment.segments
        if segment.carrier is Carrier.VEHICLE and flies[segment.vehicle_id]
    ]
    return touchdowns[-1] if touchdowns else consignment.arrive_s


def _summed(events: Iterable[tuple[int, float]]) -> Steps:
    total, steps = 0.0, []
    for at_s, amount in sorted(events):
        if amount:
            total += amount
            steps.append((at_s, total))
    return tuple(steps)
