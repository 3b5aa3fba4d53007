"""One problem and one valid plan by hand, and ways to change one thing in either.

Goods of Germany stand in a town, 2 h by road from the airport EIN; a Dutch team stands at
EIN. One aircraft takes each to ADA, the one place of entry, and lorries take both to
Antakya: the team is there 11.5 h after T0, the goods 13.5 h.
"""

from dataclasses import replace

from tests.builders import (
    T0,
    a_flown_segment,
    a_lot,
    a_match,
    a_need,
    a_road,
    a_segment,
    a_site,
    a_vehicle,
    a_vehicle_class,
    some_sites,
)
from u24.domain.plan import Call, Carrier, Consignment, Plan, Purpose, Route, Segment
from u24.domain.problem import Problem, VehicleLimits, Worth

ROAD_S = 7_200
ONWARD_S = 12_600


def a_hand_made_problem() -> Problem:
    home, entry, need = some_sites()
    town = a_site("town", lat_deg=51.0, lon_deg=6.9, runway_m=None, slots=None, **NO_AIRPORT)
    return Problem(
        t0_at=T0,
        tick_s=900,
        horizon_s=259_200,
        sites=(town, replace(home, slots=1), replace(entry, slots=1), need),
        classes=(a_vehicle_class(),),
        vehicles=(a_vehicle("goods-lift", until_h=10), a_vehicle("team-lift", until_h=10)),
        vehicle_limits=(
            VehicleLimits(vehicle_id="goods-lift"),
            VehicleLimits(vehicle_id="team-lift"),
        ),
        lots=(
            a_lot(
                "goods",
                member="DEU",
                kind="tents",
                site_id="town",
                packs=80,
                pack_mass_g=55_000,
                pack_volume_ml=282_000,
                pack_people=0,
            ),
            a_lot("team", pack_mass_g=5_000_000, pack_volume_ml=30_000_000, pack_people=40),
        ),
        needs=(
            a_need("tents-wanted", kind="tents", planned_units=100),
            a_need("team-wanted", planned_units=1),
        ),
        matches=(
            a_match(lot_id="goods", need_id="tents-wanted"),
            a_match(lot_id="team", need_id="team-wanted"),
        ),
        roads=(a_road(), a_road(from_site="town", to_site="EIN", duration_s=ROAD_S)),
        worth=Worth(),
    )


NO_AIRPORT = {"country": "DEU", "entry": False, "lorries": 0}


def a_hand_made_plan() -> Plan:
    by_road = Segment(
        carrier=Carrier.MEMBER_ROAD, from_site="town", to_site="EIN", start_s=0, end_s=ROAD_S
    )
    return Plan(
        routes=(_route("goods-lift", load_s=ROAD_S), _route("team-lift", load_s=0)),
        consignments=(
            Consignment(
                lot_id="team",
                need_id="team-wanted",
                packs=1,
                segments=_flown_on("team-lift", load_s=0),
            ),
            Consignment(
                lot_id="goods",
                need_id="tents-wanted",
                packs=80,
                segments=(by_road, *_flown_on("goods-lift", load_s=ROAD_S)),
            ),
        ),
    )


def _route(vehicle_id, *, load_s):
    leave, land = load_s + 5_400, load_s + 25_200
    return Route(
        vehicle_id=vehicle_id,
        calls=(
            _call("EIN", Purpose.START, (0, 0, 0, load_s)),
            _call("EIN", Purpose.LOAD, (load_s, load_s, leave, leave)),
            _call("ADA", Purpose.UNLOAD, (land, land, land + 3_600, land + 3_600)),
        ),
    )


def _call(site_id, purpose, times_s):
    names = ("arrive_s", "service_from_s", "service_until_s", "depart_s")
    return Call(site_id=site_id, purpose=purpose, **dict(zip(names, times_s, strict=True)))


def _flown_on(vehicle_id, *, load_s):
    done = load_s + 28_800
    return (
        a_flown_segment(vehicle_id=vehicle_id, start_s=load_s, end_s=done, from_call=1, to_call=2),
        a_segment(start_s=done, end_s=done + ONWARD_S),
    )


def with_site(site_id, /, **values):
    return lambda problem, plan: (
        replace(problem, sites=_changed(problem.sites, "site_id", site_id, values)),
        plan,
    )


def with_class(**values):
    return lambda problem, plan: (
        replace(problem, classes=(replace(problem.classes[0], **values),)),
        plan,
    )


def with_vehicle(vehicle_id, /, **values):
    return lambda problem, plan: (
        replace(problem, vehicles=_changed(problem.vehicles, "vehicle_id", vehicle_id, values)),
        plan,
    )


def with_limits(vehicle_id, /, **values):
    return lambda problem, plan: (
        replace(
            problem,
            vehicle_limits=_changed(problem.vehicle_limits, "vehicle_id", vehicle_id, values),
        ),
        plan,
    )


def with_lot(lot_id, /, **values):
    return lambda problem, plan: (
        replace(problem, lots=_changed(problem.lots, "lot_id", lot_id, values)),
        plan,
    )


def with_need(need_id, /, **values):
    return lambda problem, plan: (
        replace(problem, needs=_changed(problem.needs, "need_id", need_id, values)),
        plan,
    )


def with_match(lot_id, /, **values):
    return lambda problem, plan: (
        replace(problem, matches=_changed(problem.matches, "lot_id", lot_id, values)),
        plan,
    )


def with_road(from_site, /, **values):
    return lambda problem, plan: (
        replace(problem, roads=_changed(problem.roads, "from_site", from_site, values)),
        plan,
    )


def with_problem(**values):
    return lambda problem, plan: (replace(problem, **values), plan)


def with_route(vehicle_id, /, **values):
    return lambda problem, plan: (
        problem,
        replace(plan, routes=_changed(plan.routes, "vehicle_id", vehicle_id, values)),
    )


def with_calls(vehicle_id, change):
    """The route's calls as ``change(calls)`` gives them."""

    def changed(problem, plan):
        route = next(r for r in plan.routes if r.vehicle_id == vehicle_id)
        return with_route(vehicle_id, calls=tuple(change(route.calls)))(problem, plan)

    return changed


def with_call(vehicle_id, number, /, **values):
    return with_calls(
        vehicle_id,
        lambda calls: [replace(c, **values) if i == number else c for i, c in enumerate(calls)],
    )


def with_consignment(lot_id, /, **values):
    return lambda problem, plan: (
        problem,
        replace(plan, consignments=_changed(plan.consignments, "lot_id", lot_id, values)),
    )


def with_segment(lot_id, number, /, **values):
    def changed(problem, plan):
        old = next(c for c in plan.consignments if c.lot_id == lot_id).segments
        new = tuple(replace(s, **values) if i == number else s for i, s in enumerate(old))
        return with_consignment(lot_id, segments=new)(problem, plan)

    return changed


def twice(lot_id):
    """The same consignment written down two times."""

    def changed(problem, plan):
        again = tuple(c for c in plan.consignments if c.lot_id == lot_id)
        return problem, replace(plan, consignments=plan.consignments + again)

    return changed


def _changed(items, name, wanted, values):
    assert any(getattr(item, name) == wanted for item in items)
    return tuple(replace(i, **values) if getattr(i, name) == wanted else i for i in items)
