"""Each rule of the checker: a valid plan, one thing changed, and the rule is named."""

from dataclasses import replace

import pytest

from tests.builders import at_h
from tests.planning.hand_made import (
    a_hand_made_plan,
    a_hand_made_problem,
    twice,
    with_call,
    with_calls,
    with_class,
    with_consignment,
    with_limits,
    with_lot,
    with_match,
    with_need,
    with_problem,
    with_road,
    with_route,
    with_segment,
    with_site,
    with_vehicle,
)
from u24.domain.offers import Mode
from u24.domain.plan import Carrier, Plan, Purpose
from u24.domain.problem import SlotChange
from u24.planning import check_plan

S = 1 / 3600  # one second, in hours


def rules_broken_by(change):
    problem, plan = change(a_hand_made_problem(), a_hand_made_plan())
    return {violation.rule for violation in check_plan(problem, plan)}


def closed(from_s, until_s, slots=0):
    return {"slot_changes": (SlotChange(from_s=from_s, until_s=until_s, slots=slots),)}


def by_a_tech_stop(calls):
    """The goods stop at EIN again on their way; calls move up by one."""
    load = calls[1]
    stop = replace(
        load,
        purpose=Purpose.TECH_STOP,
        arrive_s=load.depart_s,
        service_from_s=load.depart_s,
        service_until_s=load.depart_s + 3_600,
        depart_s=load.depart_s + 3_600,
    )
    return [*calls[:2], stop, *calls[2:]]


def test_the_plan_by_hand_holds_every_rule():
    problem, plan = a_hand_made_problem(), a_hand_made_plan()

    violations = check_plan(problem, plan)

    assert violations == ()


def test_a_plan_that_does_nothing_holds_every_rule():
    problem = a_hand_made_problem()

    violations = check_plan(problem, Plan())

    assert violations == ()


def two_slots_of_which_one_is_lost(problem, plan):
    problem, plan = with_class(parking_units=2)(problem, plan)
    problem, plan = with_site("EIN", slots=2)(problem, plan)
    return with_site("ADA", slots=2, **closed(28_000, 30_000, slots=1))(problem, plan)


BROKEN = {
    # what an aircraft or a lorry may carry
    "more kilograms than the payload": ("overloaded", with_lot("goods", pack_mass_g=300_000)),
    "more kilograms than over that range": (
        "overloaded",
        with_class(payload_points=((0, 19_000), (3_800, 2_000))),
    ),
    "people weigh a tenth of a tonne each": (
        "overloaded",
        with_lot("team", pack_mass_g=13_000_000),
    ),
    "more litres than the hold": ("overloaded", with_class(volume_l=29_999)),
    "more people than seats": ("overloaded", with_class(seats=39)),
    "the cargo of another member": (
        "own-cargo-only",
        with_limits("goods-lift", own_cargo_only=True),
    ),
    "fewer lorries than leave at once": ("lorry-pool-exceeded", with_site("ADA", lorries=1)),
    "a lorry that takes less": ("lorry-pool-exceeded", with_site("ADA", lorry_payload_kg=400)),
    "a lorry with less room": ("lorry-pool-exceeded", with_site("ADA", lorry_volume_l=2_000)),
    # where it may land, and when
    "a runway one metre short": ("runway-too-short", with_site("ADA", runway_m=999)),
    "no runway at all": ("runway-too-short", with_site("ADA", runway_m=None)),
    "an unpaved runway": ("runway-too-short", with_site("ADA", paved=False)),
    "two units where one is served": ("slot-double-booked", with_class(parking_units=2)),
    "one that unloads while the next lands": (
        "slot-double-booked",
        with_call("team-lift", 2, service_until_s=32_401, depart_s=32_401),
    ),
    "an hour of fewer slots": ("slot-double-booked", two_slots_of_which_one_is_lost),
    "a closure over the unloading": ("airport-closed", with_site("ADA", **closed(0, 25_201))),
    "a closure that begins meanwhile": (
        "airport-closed",
        with_site("ADA", **closed(28_799, 30_000)),
    ),
    "a site closed to the vehicle": (
        "site-not-allowed",
        with_limits("team-lift", closed_sites=("ADA",)),
    ),
    "no airport of entry": ("site-not-allowed", with_site("ADA", entry=False)),
    # the crew and the aircraft
    "a crew that is available a second later": (
        "before-available",
        with_vehicle("team-lift", available_at=at_h(S)),
    ),
    "a crew that stops a second earlier": (
        "crew-over-time",
        with_vehicle("goods-lift", until_at=at_h(10 - S)),
    ),
    "a horizon before the end": ("crew-over-time", with_problem(horizon_s=27_900)),
    "an aircraft that stands elsewhere": (
        "not-at-home",
        with_vehicle("team-lift", home_site="ADA"),
    ),
    "a slower aircraft": ("too-fast", with_class(block_speed_kmh=480)),
    "a taxi time that is left out": ("too-fast", with_class(leg_fixed_s=3_600)),
    "a road that takes a second more": ("too-fast", with_road("town", duration_s=7_201)),
    "a way onward that takes a second more": ("too-fast", with_road("ADA", duration_s=12_601)),
    "loading that takes a second more": ("service-too-short", with_class(load_s=5_401)),
    "unloading that takes a second more": ("service-too-short", with_class(unload_s=3_601)),
    # lots, needs and permissions
    "more packs than the lot has": ("lot-used-twice", with_lot("goods", packs=79)),
    "one lot in two consignments": ("lot-used-twice", twice("goods")),
    "a lot that is ready a second later": ("before-ready", with_lot("goods", ready_at=at_h(S))),
    "a need that ends a second earlier": (
        "after-due",
        with_need("tents-wanted", due_at=at_h(12), deadline_at=at_h(13.5 - S)),
    ),
    "no match": ("caveat-ignored", with_problem(matches=())),
    "a window that ends as loading begins": (
        "caveat-ignored",
        with_match("goods", windows=((at_h(0), at_h(2)),)),
    ),
    "a window that opens a second later": (
        "caveat-ignored",
        with_match("team", windows=((at_h(S), None),)),
    ),
    "no window at all": ("caveat-ignored", with_match("team", windows=())),
    "an airport that is not wanted": ("caveat-ignored", with_match("team", not_via=("ADA",))),
    "another airport that is wanted": ("caveat-ignored", with_match("team", only_via=("HTY",))),
    "half a team": ("team-split", with_consignment("team", packs=0.5)),
    "half a pack": ("pack-split", with_consignment("goods", packs=40.5)),
    "no pack": ("pack-split", with_consignment("goods", packs=0)),
    # the chain of a consignment
    "no segments": ("broken-chain", with_consignment("team", segments=())),
    "a lot that stands elsewhere": ("broken-chain", with_lot("team", site_id="ADA")),
    "a need that is elsewhere": ("broken-chain", with_need("team-wanted", place_id="town")),
    "times that run backwards": ("broken-chain", with_segment("goods", 2, start_s=35_999)),
    "a segment that ends before it starts": (
        "broken-chain",
        with_segment("goods", 2, end_s=35_000),
    ),
    "a call that is not there": ("broken-chain", with_segment("team", 0, to_call=3)),
    "from the start, not the loading": ("broken-chain", with_segment("team", 0, from_call=0)),
    "loaded before it is there": ("broken-chain", with_segment("team", 0, start_s=1)),
    "gone before it is unloaded": ("broken-chain", with_segment("team", 0, end_s=28_799)),
    "a vehicle without a route": ("broken-chain", with_segment("team", 0, vehicle_id="none")),
    "no such road": ("broken-chain", with_road("town", to_site="ADA")),
    # the shape of a route
    "no start": ("route-shape", with_calls("team-lift", lambda calls: calls[1:])),
    "no calls": ("route-shape", with_route("team-lift", calls=())),
    "an end with cargo aboard": ("route-shape", with_calls("team-lift", lambda calls: calls[:2])),
    "two loadings in a row": ("route-shape", with_call("team-lift", 2, purpose=Purpose.LOAD)),
    "a departure before the service ends": (
        "route-shape",
        with_call("team-lift", 1, depart_s=5_399),
    ),
    # names
    "an unknown vehicle": ("unknown-name", with_route("team-lift", vehicle_id="lost")),
    "an unknown site of a call": ("unknown-name", with_call("team-lift", 2, site_id="XXX")),
    "an unknown lot": ("unknown-name", with_consignment("team", lot_id="lost")),
    "an unknown need": ("unknown-name", with_consignment("team", need_id="lost")),
    "an unknown site of a segment": ("unknown-name", with_segment("team", 1, to_site="XXX")),
}


@pytest.mark.parametrize("what", BROKEN)
def test_one_thing_changed_breaks_its_rule(what):
    rule, change = BROKEN[what]

    found = rules_broken_by(change)

    assert rule in found


# Changes that can break no rule but their own: nothing else may be named.
ALONE = [
    what
    for what, (rule, _) in BROKEN.items()
    if rule not in ("broken-chain", "route-shape", "unknown-name", "runway-too-short", "too-fast")
    and what != "one that unloads while the next lands"
]


@pytest.mark.parametrize("what", ALONE)
def test_no_other_rule_is_named(what):
    rule, change = BROKEN[what]

    found = rules_broken_by(change)

    assert found == {rule}


def test_a_leg_beyond_the_last_range_point_is_out_of_range_whatever_it_carries():
    shorter = with_class(payload_points=((0, 19_000), (2_000, 15_000)))

    found = rules_broken_by(shorter)

    assert found == {"range-exceeded", "overloaded"}


def test_a_lorry_without_a_road_is_out_of_range():
    lorries = with_class(mode=Mode.ROAD)

    found = rules_broken_by(lorries)

    assert "range-exceeded" in found


def test_a_team_in_two_consignments_is_split():
    found = rules_broken_by(twice("team"))

    assert found >= {"team-split", "lot-used-twice"}


def test_two_routes_of_one_vehicle_break_the_shape():
    def doubled(problem, plan):
        return problem, replace(plan, routes=plan.routes + plan.routes[:1])

    found = rules_broken_by(doubled)

    assert found == {"route-shape"}


def test_a_stop_where_no_tech_stop_is_offered_is_not_allowed():
    found = rules_broken_by(with_calls("goods-lift", by_a_tech_stop))

    assert "site-not-allowed" in found


def test_limits_that_are_just_met_are_held():
    def just(problem, plan):
        for change in (
            with_class(volume_l=30_000, seats=40, min_runway_m=2_750),
            with_lot("goods", packs=80),
            with_site("ADA", lorries=2, **closed(0, 25_200)),
            with_site("EIN", **closed(12_600, 90_000)),
            with_need("tents-wanted", due_at=at_h(12), deadline_at=at_h(13.5)),
            with_match("goods", windows=((at_h(2), at_h(2 + S)),), only_via=("ADA",)),
            with_limits("team-lift", own_cargo_only=True),
        ):
            problem, plan = change(problem, plan)
        return problem, plan

    found = rules_broken_by(just)

    assert found == set()


def test_lorries_are_free_again_when_they_are_back():
    quick = with_road("ADA", duration_s=3_600)  # there and back within the 2 h between flights

    def quick_with_one(problem, plan):
        return with_site("ADA", lorries=1)(*quick(problem, plan))

    assert rules_broken_by(quick_with_one) == set()


def test_packs_of_one_sortie_and_need_share_lorries():
    def two_halves(problem, plan):
        goods = next(c for c in plan.consignments if c.lot_id == "goods")
        halves = (replace(goods, packs=40), replace(goods, packs=40))
        others = tuple(c for c in plan.consignments if c.lot_id != "goods")
        problem, _ = with_site("ADA", lorries=2)(problem, plan)
        return problem, replace(plan, consignments=others + halves)

    assert rules_broken_by(two_halves) == set()


def test_a_member_does_not_drive_its_goods_on_from_the_airport_of_arrival():
    on_its_own = with_segment("goods", 2, carrier=Carrier.MEMBER_ROAD)

    found = rules_broken_by(on_its_own)

    assert "broken-chain" in found


def test_every_rule_of_the_checker_has_a_test_here():
    tested = {rule for rule, _ in BROKEN.values()} | {"range-exceeded", "waits-loaded"}

    promised = check_plan.__doc__.partition("Rules:")[2].replace(".", "").replace("\n", " ")

    assert {rule.strip() for rule in promised.split(",")} == tested
