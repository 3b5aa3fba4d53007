"""What is expected of a released plan, what is reported of it, and what that puts at risk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    T0,
    a_call,
    a_consignment,
    a_flown_segment,
    a_lot,
    a_match,
    a_need,
    a_plan,
    a_problem,
    a_route,
    a_segment,
    at_h,
)
from u24.domain.facts.movements import HandedOver, Milestone, MovementReported
from u24.domain.facts.plans import PlanLine
from u24.domain.plan import Call, Plan, Purpose
from u24.domain.problem import Worth
from u24.domain.tracking import Coming, DeviationKind
from u24.planning import met_shares
from u24.tracking import (
    as_planned,
    as_projected,
    deviations,
    expected_arrivals,
    failed_vehicles,
    follow,
    needs_at_risk,
    packs_short,
    weighted_shares,
)

H = 3600
MINUTES = st.integers(0, 600)


def a_line(consignment_id="lot_1/need_1/1", **values):
    """The consignment of `a_plan`: off at 1.5 h, down at Adana at 8 h, at Antakya at 12.5 h."""
    default = {
        "lot_id": "lot_1", "need_id": "need_1", "packs": 10, "units": 10.0, "depart_s": 5_400,
        "arrive_s": 45_000, "vehicle_ids": ("lift_1/1",), "site_ids": ("EIN", "ADA", "antakya"),
    }  # fmt: skip
    return PlanLine(consignment_id=consignment_id, **{**default, **values})


def expected_of(*lines, plan=None):
    lines = lines or (a_line(),)
    words = tuple(a_consignment(lot_id=line.lot_id, need_id=line.need_id) for line in lines)
    return expected_arrivals(lines, T0, plan or a_plan(consignments=words))


def a_report(milestone, hours, **values):
    key = values.pop("movement_id", f"{milestone}-{hours}-{sorted(values.items())}")
    default = {} if "consignment_id" in values else {"vehicle_id": "lift_1/1"}
    return MovementReported(
        said_at=at_h(hours), case_id="c", movement_id=key, milestone=milestone,
        happened_at=at_h(hours), **{**default, **values},
    )  # fmt: skip


def a_hand_over(packs, hours):
    return HandedOver(
        said_at=at_h(hours), case_id="c", delivery_id=f"d{hours}", packs=packs, receiver="AFAD",
        consignment_id="lot_1/need_1/1", happened_at=at_h(hours),
    )  # fmt: skip


def found(now_h, *reports, handed=(), expected=None):
    expected = expected or expected_of()
    progress = follow(expected, reports, handed, at_h(now_h))
    return deviations(expected, progress, at_h(now_h))


def progress_at(now_h, *reports, handed=(), expected=None):
    return follow(expected or expected_of(), reports, handed, at_h(now_h))[0]


def test_a_consignment_is_expected_to_depart_to_land_and_to_arrive():
    (each,) = expected_of()

    assert [(s.milestone, s.site_id, s.at) for s in each.steps] == [
        (Milestone.DEPARTED, "EIN", at_h(1.5)),
        (Milestone.LANDED, "ADA", at_h(8)),
        (Milestone.ARRIVED, "antakya", at_h(12.5)),
    ]
    assert (each.vehicle_id, each.arrive_at) == ("lift_1/1", at_h(12.5))


def test_a_technical_stop_is_a_landing_too_and_the_last_leg_of_a_lorry_is_an_arrival():
    stop = Call(
        site_id="SOF", purpose=Purpose.TECH_STOP, arrive_s=4 * H, service_from_s=4 * H,
        service_until_s=5 * H, depart_s=5 * H,
    )  # fmt: skip
    calls = (a_route().calls[0], stop, a_call("ADA", arrive_s=8 * H))
    flown = a_flown_segment(to_call=2)
    by_air = a_plan(
        routes=(a_route(calls=calls),),
        consignments=(a_consignment(segments=(flown, a_segment())),),
    )
    to_the_door = a_plan(consignments=(a_consignment(segments=(a_flown_segment(),)),))

    sites = [s.site_id for s in expected_of(plan=by_air)[0].steps]
    door = [s.milestone for s in expected_of(plan=to_the_door)[0].steps]

    assert sites == ["EIN", "SOF", "ADA", "antakya"]
    assert door == [Milestone.DEPARTED, Milestone.ARRIVED]


def test_without_the_words_of_the_plan_only_departure_and_arrival_are_expected():
    (each,) = expected_arrivals((a_line(),), T0)

    assert [s.milestone for s in each.steps] == [Milestone.DEPARTED, Milestone.ARRIVED]


@given(now_h=st.floats(0, 40), late_min=st.integers(0, 30), there=st.booleans())
def test_a_world_on_time_gives_no_deviation_at_any_moment(now_h, late_min, there):
    late_h = late_min / 60
    reports = [
        a_report(Milestone.DEPARTED, 1.5 + late_h, site_id="EIN"),
        a_report(Milestone.LANDED, 8 + late_h, site_id="ADA"),
        a_report(Milestone.ARRIVED, 12.5 + late_h, consignment_id="lot_1/need_1/1"),
    ]
    handed = [a_hand_over(10, 13 + late_h)] if there else []

    so_far = [r for r in reports if r.happened_at <= at_h(now_h)]

    assert found(now_h, *so_far, handed=handed) == ()


@pytest.mark.parametrize(
    ("now_h", "said", "step"),
    [
        (1.99, [], None),
        (2.0, [], Milestone.DEPARTED),
        (8.74, [("departed", 1.5)], None),
        (8.75, [("departed", 1.5)], Milestone.LANDED),
        (13.24, [("departed", 1.5), ("landed", 8.0)], None),
        (13.25, [("departed", 1.5), ("landed", 8.0)], Milestone.ARRIVED),
    ],
)
def test_a_step_is_late_when_its_grace_is_over_and_nothing_is_reported(now_h, said, step):
    reports = [a_report(Milestone(milestone), hours) for milestone, hours in said]

    late = found(now_h, *reports)

    assert [d.milestone for d in late] == ([step] if step else [])
    assert all(d.kind is DeviationKind.LATE and d.reported_at is None for d in late)


def test_a_delay_is_told_where_it_arose_and_moves_all_that_follows():
    late = found(9, a_report(Milestone.DEPARTED, 3.5, site_id="EIN"))

    assert [(d.kind, d.milestone, d.delay_s) for d in late] == [
        (DeviationKind.LATE, Milestone.DEPARTED, 2 * H)
    ]
    assert late[0].arrive_at == at_h(14.5)


def test_a_delay_that_is_passed_on_is_no_new_deviation_and_a_further_one_is():
    took_off = a_report(Milestone.DEPARTED, 3.5, site_id="EIN")

    passed_on = found(10, took_off, a_report(Milestone.LANDED, 10.0, site_id="ADA"))
    further = found(11, took_off, a_report(Milestone.LANDED, 11.0, site_id="ADA"))

    assert [d.milestone for d in passed_on] == [Milestone.DEPARTED]
    assert [(d.milestone, d.delay_s) for d in further] == [
        (Milestone.DEPARTED, 2 * H),
        (Milestone.LANDED, H),
    ]


def test_what_is_early_is_told_and_brings_the_arrival_forward():
    (early,) = found(8, a_report(Milestone.LANDED, 6.5, site_id="ADA"))

    assert (early.kind, early.delay_s, early.arrive_at) == (
        DeviationKind.EARLY, -1.5 * H, at_h(11),
    )  # fmt: skip


def test_a_failed_vehicle_takes_with_it_what_it_has_not_brought_to_the_end_of_its_leg():
    fails = a_report(Milestone.FAILED, 9)
    landed = a_report(Milestone.LANDED, 8, site_id="ADA")

    before, after = found(9, fails), found(9, landed, fails)

    assert [(d.kind, d.milestone, d.arrive_at) for d in before] == [
        (DeviationKind.FAILED, Milestone.DEPARTED, None)
    ]
    assert after == ()


def test_a_vehicle_that_is_reported_again_has_not_failed():
    fails, flies = a_report(Milestone.FAILED, 1), a_report(Milestone.DEPARTED, 1.5, site_id="EIN")

    assert found(2, fails, flies) == ()
    assert failed_vehicles([fails, flies], at_h(2)) == frozenset()
    assert failed_vehicles([fails, flies], at_h(1)) == {"lift_1/1"}


def test_a_failed_consignment_leaves_the_others_aboard_alone():
    expected = expected_of(a_line(), a_line("lot_2/need_1/1", lot_id="lot_2"))
    fails = a_report(Milestone.FAILED, 1, consignment_id="lot_1/need_1/1")

    failed = found(1, fails, expected=expected)

    assert [d.consignment_id for d in failed] == ["lot_1/need_1/1"]


def test_what_happens_later_than_now_is_not_known_yet():
    known = progress_at(1.0, a_report(Milestone.DEPARTED, 1.4, site_id="EIN"))

    assert (known.has_left, known.reached_at[0]) == (False, None)


def test_a_report_of_a_vehicle_is_of_the_sortie_that_is_nearest_in_time():
    # given: a vehicle that goes twice from the same airport
    there, back = a_route().calls, a_route().calls
    second = tuple(
        replace(
            call, arrive_s=call.arrive_s + 12 * H, service_from_s=call.service_from_s + 12 * H,
            service_until_s=call.service_until_s + 12 * H, depart_s=call.depart_s + 12 * H,
        )
        for call in back
    )  # fmt: skip
    later = a_consignment(segments=(a_flown_segment(from_call=2, to_call=3), a_segment()))
    plan = Plan(routes=(a_route(calls=(*there, *second)),), consignments=(a_consignment(), later))
    lines = (a_line(), a_line("2", depart_s=13.5 * H, arrive_s=24.5 * H))
    expected = expected_arrivals(lines, T0, plan)

    first, other = follow(
        expected, [a_report(Milestone.DEPARTED, 14.5, site_id="EIN")], [], at_h(15)
    )

    assert (first.has_left, other.has_left) == (False, True)
    assert other.delay_s == H


def test_loaded_has_left_the_depot_but_departed_is_still_awaited():
    known = progress_at(2.5, a_report(Milestone.LOADED, 1.2, site_id="EIN"))

    assert (known.has_left, known.is_overdue, known.step) == (True, True, -1)


def test_a_hand_over_is_an_arrival_and_short_only_when_its_grace_is_over():
    handed = [a_hand_over(4, 12.5), a_hand_over(3, 12.7)]
    (each,) = expected_of()
    soon = progress_at(13, handed=handed)
    later = progress_at(14, handed=handed)

    assert (later.is_there, later.packs) == (True, 7)
    assert packs_short(each, soon, at_h(13)) == 0
    assert packs_short(each, later, at_h(14)) == 3
    assert [(d.kind, d.packs) for d in found(14, handed=handed)] == [(DeviationKind.SHORT, 3)]


def coming(hours, units=10.0, need_id="need_1"):
    return Coming(need_id=need_id, units=units, arrive_at=None if hours is None else at_h(hours))


def test_a_need_loses_units_and_worth_by_what_does_not_come():
    needs = [a_need(planned_units=20, weight=3.0), a_need("need_2", weight=1.0)]

    (risk,) = needs_at_risk(needs, [coming(12), coming(13)], [coming(12)], T0, Worth())

    # then: 20 units count fully, 10 of 20 two thirds of ten units out of 0.8 for twelve
    assert risk.need_id == "need_1"
    assert risk.units == 10
    assert risk.share == pytest.approx(3 / 4 * (1 - 0.8 * 10 / 12))


@given(
    hours=st.lists(st.floats(1, 60), min_size=1, max_size=5),
    units=st.integers(1, 40),
    late=MINUTES,
    more=MINUTES,
)
def test_more_delay_never_puts_less_at_risk(hours, units, late, more):
    needs = [a_need(planned_units=30)]
    planned = [coming(each, float(units)) for each in hours]

    def at_risk(minutes):
        shift = timedelta(minutes=minutes)
        late_ones = [replace(each, arrive_at=each.arrive_at + shift) for each in planned]
        return sum(risk.share for risk in needs_at_risk(needs, planned, late_ones, T0, Worth()))

    assert 0 <= at_risk(late) <= at_risk(late + more) + 1e-12
    assert at_risk(0) == 0


@given(
    rows=st.lists(
        st.tuples(st.floats(0, 90), st.integers(1, 50), st.booleans()), min_size=0, max_size=8
    ),
    units=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    due_h=st.integers(1, 50),
    extra_h=st.integers(0, 30),
)
def test_shares_are_those_of_the_checker(rows, units, due_h, extra_h):
    # given: the same arrivals as words of a plan, and as what is coming
    times = {"due_at": at_h(due_h), "deadline_at": at_h(due_h + extra_h)}
    needs = (
        a_need(planned_units=units[0], weight=2.0, **times),
        a_need("need_2", planned_units=units[1]),
    )
    ids = ["need_1" if first else "need_2" for _, _, first in rows]
    words = tuple(
        a_consignment(need_id=need_id, packs=packs, segments=(a_segment(end_s=round(hours * H)),))
        for (hours, packs, _), need_id in zip(rows, ids, strict=True)
    )
    problem = a_problem(
        needs=needs,
        lots=(a_lot(packs=1_000),),
        matches=tuple(a_match(need_id=need.need_id) for need in needs),
    )
    arrivals = [
        Coming(
            need_id=word.need_id,
            units=float(word.packs),
            arrive_at=T0 + timedelta(seconds=word.arrive_s),
        )
        for word in words
    ]

    ours = weighted_shares(needs, arrivals, T0, Worth())

    assert ours == pytest.approx(met_shares(problem, Plan(consignments=words)))


def test_what_is_projected_is_what_is_planned_until_something_is_known():
    expected = expected_of()
    on_time = follow(expected, [], [], at_h(0))
    late = follow(expected, [a_report(Milestone.DEPARTED, 3.5, site_id="EIN")], [], at_h(4))
    short = follow(expected, [], [a_hand_over(4, 12.5)], at_h(14))

    assert as_projected(expected, on_time, at_h(0)) == as_planned(expected)
    assert as_projected(expected, late, at_h(4))[0].arrive_at == at_h(14.5)
    assert as_projected(expected, short, at_h(14))[0].units == 4
