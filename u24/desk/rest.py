"""The plan problem of what is left to plan, beside what is under way."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from u24.clock import seconds_since
from u24.consent import judge_vehicle
from u24.consent.conditions import holding
from u24.desk.assembly import assemble
from u24.desk.fleet import class_of
from u24.desk.live_case import next_tick, open_parts, remaining_case
from u24.desk.replanning import Kept, under_way
from u24.domain.case import Case
from u24.domain.consent import Verdict
from u24.domain.needs import Need
from u24.domain.offers import G_PER_KG, ML_PER_L, Lot, Vehicle
from u24.domain.plan import Carrier, Consignment, Plan, Purpose
from u24.domain.problem import Problem, Site, SlotChange, VehicleLimits, Worth
from u24.matching import match
from u24.reference.tables import SHIPPED

LATER_PART = "~2"  # behind the id of a need: its second part
EVEN = {"first_amount_share": 1.0, "first_value_share": 1.0}  # every unit counts the same


def rest_problem(
    case: Case,
    needs: Sequence[Need],
    kept: Kept,
    known: tuple[Mapping[str, Lot], Mapping[str, Vehicle]],
    verdicts: Mapping[str, Verdict],
    now: datetime,
) -> Problem:
    """What is left to plan at ``now``, without the slots and lorries that are spoken for.

    Parameters
    ----------
    case, needs
        As it stands, and what it is planned for.
    kept
        What is under way. Its slots are taken while it needs them; its lorries are held
        back all the time, as a pool has one size.
    known
        Lots and vehicles by id, also of offers that were withdrawn.
    verdicts
        May each lot move, judged on the whole case: what is gone still counts there.
    """
    given = under_way(kept, needs, case.t0_at)
    holds = holding(case, now)
    rest = _problem(remaining_case(case, needs, given, now), verdicts, holds)
    lots, vehicles = known
    from_s = seconds_since(case.t0_at, next_tick(case.t0_at, now))
    held = _held_slots(kept, vehicles, from_s)
    lorries = _held_lorries(rest, kept, lots, from_s)
    known_sites = {site.site_id for site in rest.sites}
    return replace(
        rest,
        roads=tuple(
            road for road in rest.roads if {road.from_site, road.to_site} <= known_sites
        ),  # a case may tell of roads to airports where nothing stands any more
        sites=tuple(
            replace(
                site,
                slot_changes=(*site.slot_changes, *_changes(site, held.get(site.site_id, []))),
                lorries=max(0, site.lorries - lorries.get(site.site_id, 0)),
            )
            for site in rest.sites
        ),
        vehicle_limits=_limits_of_home(
            replace(case, needs=tuple(needs)), rest, given.berths, holds
        ),
    )


def _problem(
    rest: Case, verdicts: Mapping[str, Verdict], holds: Mapping[str, bool | None]
) -> Problem:
    matched = match(rest, rest.needs, verdicts)
    return assemble(rest, rest.needs, matched.matches, SHIPPED, holds=holds)


def by_parts(problem: Problem, needs: Sequence[Need], covered: Mapping[str, float]) -> Problem:
    """The same problem with each need cut where its units begin to count less.

    What is covered fills the first part of a need, so that the rest is no longer worth 80
    percent for its first 60. Each part becomes a need of its own in which every unit counts
    the same; their weights are what their units count in the whole need. Where nothing is
    covered, the problem stays as it is.
    """
    if not any(units > 0 for units in covered.values()):
        return problem
    parts: dict[str, list[Need]] = {}
    for need in needs:
        counts = open_parts(need, covered.get(need.need_id, 0.0), problem.worth)
        parts[need.need_id] = [
            replace(
                need,
                need_id=need.need_id + LATER_PART * n,
                planned_units=units,
                weight=need.weight * units * rate,
            )
            for n, (units, rate) in enumerate(counts)
            if units
        ]
    return replace(
        problem,
        needs=tuple(part for need in needs for part in parts[need.need_id]),
        matches=tuple(
            replace(match, need_id=part.need_id)
            for match in problem.matches
            for part in parts[match.need_id]
        ),
        worth=Worth(**EVEN, marks_s=problem.worth.marks_s),
    )


def joined_parts(plan: Plan) -> Plan:
    """A plan of :func:`by_parts` in the words of the whole needs."""
    packs: dict[Consignment, int] = {}
    for consignment in plan.consignments:
        need_id = consignment.need_id.removesuffix(LATER_PART)
        key = replace(consignment, need_id=need_id, packs=0)
        packs[key] = packs.get(key, 0) + consignment.packs
    return replace(
        plan, consignments=tuple(replace(key, packs=count) for key, count in packs.items())
    )


def joined_plan(kept: Kept, fresh: Plan) -> Plan:
    """One plan: what is under way, then what is new; a vehicle goes on where it ends."""
    routes = {route.vehicle_id: route for route in kept.routes}
    first: dict[str, int] = {}  # number of a fresh call in the joined route, less its own
    for route in fresh.routes:
        before = routes.get(route.vehicle_id)
        if before is None:
            routes[route.vehicle_id] = route
            continue
        first[route.vehicle_id] = len(before.calls) - 1
        calls = before.calls
        if len(route.calls) > 1:
            last = replace(
                calls[-1], depart_s=max(calls[-1].service_until_s, route.calls[0].depart_s)
            )
            calls = (*calls[:-1], last, *route.calls[1:])
        routes[route.vehicle_id] = replace(route, calls=calls)
    return Plan(
        routes=tuple(routes[vehicle_id] for vehicle_id in sorted(routes)),
        consignments=(
            *kept.consignments,
            *(_renumbered(consignment, first) for consignment in fresh.consignments),
        ),
    )


def _renumbered(consignment: Consignment, first: Mapping[str, int]) -> Consignment:
    return replace(
        consignment,
        segments=tuple(
            replace(
                segment,
                from_call=segment.from_call + first.get(segment.vehicle_id, 0),
                to_call=segment.to_call + first.get(segment.vehicle_id, 0),
            )
            if segment.carrier is Carrier.VEHICLE
            else segment
            for segment in consignment.segments
        ),
    )


def _limits_of_home(
    case: Case,
    rest: Problem,
    berths: Mapping[str, tuple[str, datetime]],
    holds: Mapping[str, bool | None],
) -> tuple[VehicleLimits, ...]:
    """A vehicle that ends its sortie elsewhere keeps the limits that it has from its home."""
    countries = {site.site_id: site.country for site in rest.sites if site.runway_m is not None}
    vehicles = {vehicle.vehicle_id: vehicle for vehicle in case.vehicles}
    found = []
    for limit in rest.vehicle_limits:
        if limit.vehicle_id in berths:
            judged = judge_vehicle(case, vehicles[limit.vehicle_id], countries, holds=holds)
            closed = {*limit.closed_sites, *judged.limits.closed_sites}
            limit = replace(limit, closed_sites=tuple(sorted(closed)))  # noqa: PLW2901
        found.append(limit)
    return tuple(found)


def _held_slots(
    kept: Kept, vehicles: Mapping[str, Vehicle], from_s: int
) -> dict[str, list[tuple[int, int, int]]]:
    """Stays that are still to come by site: from, until, parking units."""
    stays: dict[str, list[tuple[int, int, int]]] = {}
    for route in kept.routes:
        units = class_of(vehicles[route.vehicle_id].class_id, SHIPPED).parking_units
        for call in route.calls:
            if call.purpose is not Purpose.START and call.service_until_s > from_s:
                stays.setdefault(call.site_id, []).append(
                    (call.service_from_s, call.service_until_s, units)
                )
    return stays


def _changes(site: Site, stays: list[tuple[int, int, int]]) -> list[SlotChange]:
    """What the stays leave of a site's slots."""
    if site.slots is None:
        return []
    edges = sorted({moment for stay in stays for moment in stay[:2]})
    found = []
    for from_s, until_s in pairwise(edges):
        used = sum(units for start, end, units in stays if start <= from_s < end)
        if used:
            found.append(
                SlotChange(from_s=from_s, until_s=until_s, slots=max(0, site.slots - used))
            )
    return found


def _held_lorries(
    problem: Problem, kept: Kept, lots: Mapping[str, Lot], from_s: int
) -> dict[str, int]:
    """The most lorries of each site that are out for what is under way at one moment."""
    sites = {site.site_id: site for site in problem.sites}
    roads = {(road.from_site, road.to_site): road.duration_s for road in problem.roads}
    loads: dict[tuple[str, int, str, str], float] = {}
    back_s: dict[tuple[str, int, str, str], int] = {}
    for consignment in kept.consignments:
        for segment in consignment.segments:
            way_s = segment.end_s - segment.start_s
            way_s = max(way_s, roads.get((segment.from_site, segment.to_site), 0))
            if segment.carrier is not Carrier.LORRIES or segment.start_s + 2 * way_s <= from_s:
                continue
            key = (segment.from_site, segment.start_s, consignment.need_id, segment.to_site)
            share = _lorries_of_a_pack(sites[segment.from_site], lots[consignment.lot_id])
            loads[key] = loads.get(key, 0.0) + consignment.packs * share
            back_s[key] = segment.start_s + 2 * way_s
    most: dict[str, int] = {}
    for site_id, start_s, _, _ in loads:
        busy = sum(
            -int(-share // 1)
            for key, share in loads.items()
            if key[0] == site_id and key[1] <= start_s < back_s[key]
        )
        most[site_id] = max(most.get(site_id, 0), busy)
    return most


def _lorries_of_a_pack(site: Site, lot: Lot) -> float:
    by_mass = lot.pack_payload_g / G_PER_KG / site.lorry_payload_kg
    by_volume = lot.pack_volume_ml / ML_PER_L / site.lorry_volume_l
    return max(by_mass, by_volume)
