"""Each historic arrival beside what the plan does for the same member."""

from collections.abc import Iterable

from u24.clock import seconds_since
from u24.domain.answer import HistoricMatch
from u24.domain.history import Arrival
from u24.domain.offers import Mode
from u24.domain.plan import Carrier, Consignment, Plan
from u24.domain.problem import Problem
from u24.tracking.arrivals import list_parts


def historic_matches(
    history: Iterable[Arrival], plan: Plan, problem: Problem
) -> tuple[HistoricMatch, ...]:
    """Each arrival, in the order given, with the plan's first landing for that member.

    The plan lands a consignment when the last aircraft that carries it touches down, as
    ``landed_at`` of an arrival is wheels down; one that no aircraft carries counts when
    it reaches its place of need. An arrival with a kind is compared with lots of that
    kind, one without with any. Rows of kind ``total`` are left out.
    """
    firsts = _first_landings(plan, problem)
    return tuple(
        HistoricMatch(
            arrival=arrival,
            planned_first_s=firsts.get((arrival.member, arrival.kind)),
            landed_s=None
            if arrival.landed_at is None
            else seconds_since(problem.t0_at, arrival.landed_at),
        )
        for arrival in list_parts(history)
    )


def _first_landings(plan: Plan, problem: Problem) -> dict[tuple[str, str], int]:
    """Seconds after T0 by member and kind; the kind is empty for any."""
    lots = {lot.lot_id: lot for lot in problem.lots}
    touchdowns = _touchdowns(plan, problem)
    firsts: dict[tuple[str, str], int] = {}
    for consignment in plan.consignments:
        lot = lots[consignment.lot_id]
        landed_s = _landed_s(consignment, touchdowns)
        for key in ((lot.member, lot.kind), (lot.member, "")):
            firsts[key] = min(firsts.get(key, landed_s), landed_s)
    return firsts


def _touchdowns(plan: Plan, problem: Problem) -> dict[tuple[str, int], int]:
    """When an aircraft arrives at each of its calls, by vehicle id and number of the call."""
    air = {cls.class_id for cls in problem.classes if cls.mode is Mode.AIR}
    aircraft = {vehicle.vehicle_id for vehicle in problem.vehicles if vehicle.class_id in air}
    return {
        (route.vehicle_id, number): call.arrive_s
        for route in plan.routes
        if route.vehicle_id in aircraft
        for number, call in enumerate(route.calls)
    }


def _landed_s(consignment: Consignment, touchdowns: dict[tuple[str, int], int]) -> int:
    landed = [
        touchdowns[segment.vehicle_id, segment.to_call]
        for segment in consignment.segments
        if segment.carrier is Carrier.VEHICLE
        and (segment.vehicle_id, segment.to_call) in touchdowns
    ]
    return landed[-1] if landed else consignment.arrive_s
