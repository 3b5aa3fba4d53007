"""The figures of a desk, by hand and beside NumPy."""

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_lot, a_need, at_h
from tests.desk.board.records import board_with
from tests.facts import (
    a_case_closed,
    a_case_merged,
    a_case_opened,
    a_handed_over,
    a_ledger_begun,
    a_movement_reported,
    a_plan_line,
    a_plan_made,
    a_request_stated,
    a_request_withdrawn,
    an_alert_heard,
    an_offer_answered,
    an_offer_made,
)
from u24.desk.kpi import MEMBER_PAIRS, PAIRS, kpi, nearest_rank
from u24.domain.facts.movements import Milestone
from u24.domain.kpi import CaseStep

HOUR_S = 3600
NOW = at_h(30)


def whole_case(case_id, *, alert=0.0, opened=0.5, request=1.0, offer=2.0, yes=3.0, up=5.0,
               there=13.0, handed=14.0):  # fmt: skip
    """The facts of a case from alert to hand-over; None leaves a step out. Hours after T0."""
    of = {"case_id": case_id}
    steps = [
        (opened, lambda at: a_case_opened(case_id, said_at=at)),
        (alert, lambda at: an_alert_heard(f"alert_{case_id}", said_at=at, **of)),
        (request, lambda at: a_request_stated(said_at=at, **of)),
        (offer, lambda at: an_offer_made(said_at=at, **of)),
        (yes, lambda at: an_offer_answered(said_at=at, **of)),
        (offer, lambda at: a_plan_made(said_at=at, lines=(a_plan_line(units=2.0),), **of)),
        (up, lambda at: a_movement_reported(happened_at=at, **of)),
        (there, lambda at: a_movement_reported(
            "m_2", happened_at=at, milestone=Milestone.ARRIVED, **of)),
        (handed, lambda at: a_handed_over(happened_at=at, **of)),
    ]  # fmt: skip
    return [build(at_h(hours)) for hours, build in steps if hours is not None]


def time_of(figures, from_step, to_step):
    return next(t for t in figures if (t.from_step, t.to_step) == (from_step, to_step))


def test_every_step_of_three_cases_is_timed_as_by_hand():
    facts = [
        *whole_case("case_1"),
        *whole_case("case_2", offer=4.0, yes=8.0, up=10.0, there=20.0, handed=26.0),
        *whole_case("case_3", request=1.5, offer=2.0, yes=2.5, up=3.5, there=9.5, handed=10.0),
    ]

    figures = kpi(board_with(*facts), now=NOW)

    in_hours = {
        (t.from_step, t.to_step): (len(t.case_ids), t.median_s / HOUR_S, t.p90_s / HOUR_S)
        for t in figures.times
    }
    assert in_hours == {
        (CaseStep.ALERT, CaseStep.CASE): (3, 0.5, 0.5),
        (CaseStep.CASE, CaseStep.REQUEST): (3, 0.5, 1.0),
        (CaseStep.REQUEST, CaseStep.FIRST_OFFER): (3, 1.0, 3.0),
        (CaseStep.FIRST_OFFER, CaseStep.ACCEPTANCE): (3, 1.0, 4.0),
        (CaseStep.ACCEPTANCE, CaseStep.WHEELS_UP): (3, 2.0, 2.0),
        (CaseStep.WHEELS_UP, CaseStep.ARRIVAL): (3, 8.0, 10.0),
        (CaseStep.ARRIVAL, CaseStep.HAND_OVER): (3, 1.0, 6.0),
        (CaseStep.ALERT, CaseStep.HAND_OVER): (3, 14.0, 26.0),
        (CaseStep.REQUEST, CaseStep.HAND_OVER): (3, 13.0, 25.0),
    }
    assert (figures.case_ids, figures.closed_case_ids) == (("case_1", "case_2", "case_3"), ())


def test_a_step_that_is_not_known_counts_in_no_figure_and_the_case_waits():
    facts = [
        *whole_case("case_1"),
        *whole_case("case_2", request=4.0, yes=None, up=None, there=None, handed=None),
        *whole_case("case_3", offer=None, yes=None, up=None, there=None, handed=None),
        a_case_closed(case_id="case_3"),
    ]

    figures = kpi(board_with(*facts), now=NOW)

    answered = time_of(figures.times, CaseStep.FIRST_OFFER, CaseStep.ACCEPTANCE)
    assert (answered.case_ids, answered.median_s) == (("case_1",), 1 * HOUR_S)
    assert (answered.open_case_ids, answered.longest_open_s) == (("case_2",), 28 * HOUR_S)
    offered = time_of(figures.times, CaseStep.REQUEST, CaseStep.FIRST_OFFER)
    assert (offered.case_ids, offered.open_case_ids) == (("case_1", "case_2"), ())
    assert offered.median_s == -0.5 * HOUR_S  # the second offer came before its request
    assert figures.closed_case_ids == ("case_3",)


def test_where_nothing_is_known_there_is_no_figure():
    figures = kpi(board_with(), now=NOW)

    assert [(t.median_s, t.p90_s, t.longest_open_s) for t in figures.times] == [
        (None, None, None)
    ] * len(PAIRS)
    assert (figures.members, figures.within_day.met_share) == ((), None)


def test_each_member_is_timed_from_its_own_offer_on():
    german = an_offer_made(
        "offer_2", member="DEU", said_at=at_h(4), lots=(a_lot("lot_2", member="DEU"),)
    )
    facts = [*whole_case("case_1"), german, *whole_case("case_2", offer=3.0, yes=9.0)]

    members = {m.member: m.times for m in kpi(board_with(*facts), now=NOW).members}

    assert list(members) == ["DEU", "NLD"]
    assert [(t.from_step, t.to_step) for t in members["NLD"]] == list(MEMBER_PAIRS)
    answered = time_of(members["NLD"], CaseStep.FIRST_OFFER, CaseStep.ACCEPTANCE)
    assert (answered.median_s, answered.p90_s) == (3.5 * HOUR_S, 6 * HOUR_S)
    waiting = time_of(members["DEU"], CaseStep.FIRST_OFFER, CaseStep.ACCEPTANCE)
    assert (waiting.median_s, waiting.longest_open_s) == (None, 26 * HOUR_S)


def test_cases_that_were_merged_count_once_with_their_earliest_steps():
    facts = [
        *whole_case("case_1", alert=1.0, request=2.0, offer=6.0, handed=None),
        *whole_case("case_2", alert=0.0, request=3.0, offer=5.0, handed=20.0),
        a_case_merged(case_id="case_2", into_case_id="case_1"),
    ]

    figures = kpi(board_with(*facts), now=NOW)

    total = time_of(figures.times, CaseStep.ALERT, CaseStep.HAND_OVER)
    assert figures.case_ids == total.case_ids == ("case_1",)
    assert total.median_s == 20 * HOUR_S
    assert time_of(figures.times, CaseStep.REQUEST, CaseStep.FIRST_OFFER).median_s == 3 * HOUR_S
    assert [len(m.times[0].case_ids) for m in figures.members] == [1]


def test_a_members_consignment_is_found_across_merged_cases():
    facts = [
        *whole_case("case_1", offer=None, yes=None),
        a_plan_made(),
        a_case_opened("case_2"),
        an_offer_made(case_id="case_2"),
        a_case_merged(case_id="case_2", into_case_id="case_1"),
    ]

    (dutch,) = kpi(board_with(*facts), now=NOW).members

    assert time_of(dutch.times, CaseStep.FIRST_OFFER, CaseStep.HAND_OVER).median_s == 12 * HOUR_S


def test_the_cases_of_an_exercise_count_only_if_asked_for():
    board = board_with(a_ledger_begun(exercise=True), *whole_case("case_1"))

    assert kpi(board, now=NOW).case_ids == ()
    assert kpi(board, now=NOW, include_exercises=True).case_ids == ("case_1",)
    assert kpi(board, now=NOW).exercise


def requested(*needs, **values):
    return a_request_stated(needs=needs, **values)


def within_day(*facts, now=NOW):
    opened = [a_case_opened(), an_offer_made()]
    return kpi(board_with(*opened, *facts), now=now).within_day


LINES = a_plan_made(
    lines=(
        a_plan_line("c_1", need_id="need_1", packs=10, units=20.0),
        a_plan_line("c_2", need_id="need_2", packs=4, units=2.0),
    )
)
TENTS = a_need("need_1", planned_units=20, weight=3.0)
TEAMS = a_need("need_2", planned_units=4, weight=1.0)


def test_the_share_within_a_day_is_of_weighted_need_and_counts_until_24_hours_after_t0():
    found = within_day(
        requested(TENTS, TEAMS),
        LINES,
        a_handed_over("d_1", consignment_id="c_1", packs=5, happened_at=at_h(20)),
        a_handed_over("d_2", consignment_id="c_1", packs=5, happened_at=at_h(24.5)),
        a_handed_over("d_3", consignment_id="c_2", packs=4, happened_at=at_h(24)),
    )

    # Tents: 5 of 10 packs, so 10 of 20 units, weight 3. Teams: 2 of 4 units, weight 1.
    assert found.met_share == pytest.approx((3 * 0.5 + 1 * 0.5) / 4)
    assert (found.short, found.whole) == (("case_1/request_1",), ())


def test_more_than_was_asked_for_counts_no_more_than_what_was_asked_for():
    found = within_day(
        requested(TENTS),
        requested(TEAMS, request_id="request_2"),
        LINES,
        a_handed_over("d_1", consignment_id="c_1", packs=40),
    )

    assert found.met_share == pytest.approx(3 / 4)
    assert (found.whole, found.short) == (("case_1/request_1",), ("case_1/request_2",))


def test_a_request_is_open_until_its_24_hours_are_over_or_it_is_met():
    facts = (
        requested(TENTS),
        requested(TEAMS, request_id="request_2"),
        LINES,
        a_handed_over("d_1", consignment_id="c_1", packs=10),
    )

    early = within_day(*facts, now=at_h(23))
    late = within_day(*facts, now=at_h(24))

    assert (early.open, early.whole, early.met_share) == (
        ("case_1/request_2",),
        ("case_1/request_1",),
        1.0,
    )
    assert (late.open, late.met_share) == ((), pytest.approx(3 / 4))


def test_a_request_that_was_withdrawn_does_not_count():
    found = within_day(requested(TENTS), a_request_withdrawn())

    assert (found.met_share, found.short) == (None, ())


def test_where_a_hand_over_cannot_be_traced_what_is_not_met_is_unknown_and_not_zero():
    found = within_day(requested(TENTS), a_handed_over(consignment_id="by_hand"))

    assert (found.met_share, found.unknown, found.short) == (None, ("case_1/request_1",), ())


@given(values=st.lists(st.integers(-10_000, 1_000_000), min_size=1, max_size=40))
def test_median_and_p90_are_those_of_other_libraries(values):
    facts = [
        fact
        for number, value in enumerate(values)
        for fact in (
            a_case_opened(f"case_{number}", said_at=at_h(5)),
            a_request_stated(case_id=f"case_{number}", said_at=at_h(5 + value / HOUR_S)),
        )
    ]

    figure = time_of(kpi(board_with(*facts), now=NOW).times, CaseStep.CASE, CaseStep.REQUEST)

    exact = [round(value) for value in values]
    assert figure.median_s == pytest.approx(statistics.median(exact), abs=1)
    assert abs(figure.p90_s - np.percentile(exact, 90, method="inverted_cdf")) <= 1


@given(values=st.lists(st.integers(-1000, 1000), min_size=1), tenths=st.integers(1, 10))
def test_nearest_rank_is_the_smallest_value_that_so_many_tenths_do_not_exceed(values, tenths):
    found = nearest_rank(values, tenths)

    below = sum(value <= found for value in values)
    strictly = sum(value < found for value in values)
    assert found in values
    assert strictly * 10 < len(values) * tenths <= below * 10
