"""Each historic arrival beside the plan."""

from dataclasses import replace

from tests.builders import (
    a_call,
    a_consignment,
    a_lot,
    a_plan,
    a_problem,
    a_route,
    a_segment,
    a_vehicle_class,
    an_arrival,
)
from u24.domain.offers import Mode
from u24.domain.plan import Plan
from u24.tracking import historic_matches

TOUCHDOWN_S = 28_800  # of the flight in a_plan


def match_one(arrival, plan=None, problem=None):
    (found,) = historic_matches([arrival], plan or a_plan(), problem or a_problem())
    return found


def test_an_arrival_stands_beside_the_touchdown_of_the_same_members_flight():
    found = match_one(an_arrival(member="NLD", landed_h=20.75))

    assert found.landed_s == 74_700
    assert found.planned_first_s == TOUCHDOWN_S


def test_an_arrival_without_a_stated_landing_has_none_though_it_has_a_bound():
    assert match_one(an_arrival(latest_h=19)).landed_s is None


def test_a_member_that_the_plan_does_not_use_has_no_planned_landing():
    assert match_one(an_arrival(member="CYP")).planned_first_s is None
    assert match_one(an_arrival(), plan=Plan()).planned_first_s is None


def test_a_kind_is_compared_with_lots_of_that_kind_only():
    assert match_one(an_arrival(kind="usar_heavy")).planned_first_s == TOUCHDOWN_S
    assert match_one(an_arrival(kind="emt2")).planned_first_s is None


def test_the_first_of_several_landings_counts():
    late = replace(a_consignment(), segments=(a_segment(end_s=90_000),))
    road = replace(a_consignment(), lot_id="lot_2", segments=(a_segment(end_s=20_000),))
    problem = a_problem(lots=(a_lot(), a_lot("lot_2", kind="emt2")))
    plan = a_plan(consignments=(road, a_consignment(), late))

    assert match_one(an_arrival(), plan, problem).planned_first_s == 20_000
    assert match_one(an_arrival(kind="usar_heavy"), plan, problem).planned_first_s == TOUCHDOWN_S


def test_without_an_aircraft_the_arrival_at_the_place_of_need_counts():
    lorry = a_problem(classes=(a_vehicle_class(mode=Mode.ROAD),))

    assert match_one(an_arrival(), problem=lorry).planned_first_s == 45_000


def test_of_two_flights_in_a_chain_the_last_touchdown_counts():
    second = a_route(
        "lift_1/2", calls=(a_call("ADA", arrive_s=30_000), a_call("KCM", arrive_s=50_000))
    )
    flown, driven = a_consignment().segments
    onward = replace(
        flown, vehicle_id="lift_1/2", from_site="ADA", to_site="KCM", from_call=0, to_call=1
    )
    plan = a_plan(
        routes=(a_route(), second),
        consignments=(a_consignment(segments=(flown, onward, driven)),),
    )
    vehicle = a_problem().vehicles[0]
    problem = a_problem(vehicles=(vehicle, replace(vehicle, vehicle_id="lift_1/2")))

    assert match_one(an_arrival(), plan, problem).planned_first_s == 50_000


def test_totals_are_left_out_and_the_order_given_is_kept():
    history = [an_arrival("b"), an_arrival("sum", kind="total"), an_arrival("a")]

    found = historic_matches(history, a_plan(), a_problem())

    assert [row.arrival.arrival_id for row in found] == ["b", "a"]
