"""What a plan lets expect of each consignment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from u24.domain.facts.movements import Milestone
from u24.domain.facts.plans import PlanLine
from u24.domain.plan import Call, Carrier, Consignment, Plan
from u24.domain.tracking import Expected, Step


def expected_arrivals(
    lines: Sequence[PlanLine], t0_at: datetime, plan: Plan | None = None
) -> tuple[Expected, ...]:
    """Departure, each landing and arrival of every line, in the order of the lines.

    Parameters
    ----------
    lines
        As the board follows them.
    t0_at
        Their seconds count from here.
    plan
        Its consignments stand in the order of the lines; where they do not, or without a
        plan, no landing is expected.
    """
    words = plan.consignments if plan is not None else ()
    routes = {route.vehicle_id: route.calls for route in plan.routes} if plan is not None else {}
    told = len(words) == len(lines) and all(
        (line.lot_id, line.need_id) == (word.lot_id, word.need_id)
        for line, word in zip(lines, words, strict=True)
    )
    return tuple(
        _expected(line, t0_at, _landings(words[i], routes) if told else [])
        for i, line in enumerate(lines)
    )


def _expected(line: PlanLine, t0_at: datetime, landings: list[tuple[str, int]]) -> Expected:
    def step(milestone: Milestone, site_id: str, after_s: int) -> Step:
        return Step(milestone=milestone, site_id=site_id, at=t0_at + timedelta(seconds=after_s))

    starts = line.site_ids[0] if line.site_ids else ""
    ends = line.site_ids[-1] if line.site_ids else ""
    return Expected(
        consignment_id=line.consignment_id,
        lot_id=line.lot_id,
        need_id=line.need_id,
        packs=line.packs,
        units=line.units,
        vehicle_id=line.vehicle_ids[0] if line.vehicle_ids else "",
        steps=(
            step(Milestone.DEPARTED, _boards_at(line, landings) or starts, line.depart_s),
            *(step(Milestone.LANDED, site_id, at_s) for site_id, at_s in landings[1:]),
            step(Milestone.ARRIVED, ends, line.arrive_s),
        ),
    )


def _boards_at(line: PlanLine, landings: list[tuple[str, int]]) -> str:
    return landings[0][0] if landings and line.vehicle_ids else ""


def _landings(
    consignment: Consignment, routes: dict[str, tuple[Call, ...]]
) -> list[tuple[str, int]]:
    """Where it is loaded, then each site where its vehicle lands before the place of need."""
    found: list[tuple[str, int]] = []
    for segment in consignment.segments:
        calls = routes.get(segment.vehicle_id, ())
        if segment.carrier is not Carrier.VEHICLE or segment.to_call >= len(calls):
            continue
        found.append((segment.from_site, segment.start_s))
        found += [
            (call.site_id, call.arrive_s)
            for call in calls[segment.from_call + 1 : segment.to_call + 1]
        ]
        if segment is consignment.segments[-1]:
            found.pop()  # there it arrives
    return found
