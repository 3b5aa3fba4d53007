"""When each step was first reached, by case and by member."""

from tests.builders import a_lot, a_vehicle, at_h
from tests.desk.board.records import board_with, case_with
from tests.facts import (
    a_case_opened,
    a_correction,
    a_handed_over,
    a_movement_reported,
    a_plan_line,
    a_plan_made,
    a_request_stated,
    an_alert_heard,
    an_offer_answered,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.desk.board.stamps import Stamps
from u24.domain.facts.movements import Milestone
from u24.domain.facts.requests import Reply

OPENED = a_case_opened(said_at=at_h(0.5))
GERMAN = an_offer_made(
    "offer_2",
    member="DEU",
    said_at=at_h(2.5),
    lots=(a_lot("lot_2", member="DEU"),),
    vehicles=(a_vehicle("lift_2/1", member="DEU"),),
)


def departed(movement_id="movement_1", *, hours, **values):
    return a_movement_reported(movement_id, happened_at=at_h(hours), **values)


def arrived(movement_id="movement_9", *, hours, **values):
    return departed(movement_id, hours=hours, **{"milestone": Milestone.ARRIVED, **values})


def test_each_step_has_the_moment_when_it_was_first_reached():
    case = case_with(
        OPENED,
        an_alert_heard(said_at=at_h(0.25), case_id="case_1"),
        a_request_stated(said_at=at_h(1)),
        an_offer_made(said_at=at_h(2)),
        an_offer_answered(said_at=at_h(3)),
        departed(hours=5, said_at=at_h(6)),
        arrived(hours=13),
        a_handed_over(happened_at=at_h(14)),
    )

    assert case.stamps == Stamps(
        alert_at=at_h(0.25),
        case_at=at_h(0.5),
        request_at=at_h(1),
        first_offer_at=at_h(2),
        acceptance_at=at_h(3),
        wheels_up_at=at_h(5),
        arrival_at=at_h(13),
        hand_over_at=at_h(14),
    )


def test_what_has_not_been_reached_has_no_moment():
    assert case_with(OPENED).stamps == Stamps(case_at=at_h(0.5))


def test_the_earliest_moment_counts_however_late_it_is_told():
    case = case_with(
        OPENED, departed("m_1", hours=7), departed("m_2", hours=5), departed("m_3", hours=6)
    )

    assert case.stamps.wheels_up_at == at_h(5)


def test_a_landing_on_the_way_is_no_arrival():
    case = case_with(OPENED, arrived(hours=9, milestone=Milestone.LANDED))

    assert case.stamps.arrival_at is None


def test_a_report_said_anew_moves_the_stamp_back_and_forth():
    case = case_with(
        OPENED, departed("m_1", hours=5), departed("m_2", hours=8), departed("m_1", hours=9)
    )

    assert case.stamps.wheels_up_at == at_h(8)


def test_a_departure_that_was_an_arrival_is_none_of_the_first_any_more():
    case = case_with(OPENED, departed(hours=5), a_correction(2, arrived("movement_1", hours=5)))

    assert (case.stamps.wheels_up_at, case.stamps.arrival_at) == (None, at_h(5))


def test_a_corrected_moment_corrects_the_stamp_and_may_be_corrected_again():
    later = a_correction(2, departed(hours=6))
    latest = a_correction(3, departed(hours=7))

    assert case_with(OPENED, departed(hours=5), later).stamps.wheels_up_at == at_h(6)
    assert case_with(OPENED, departed(hours=5), later, latest).stamps.wheels_up_at == at_h(7)


def test_a_corrected_hand_over_corrects_the_stamp():
    wrong, right = a_handed_over(happened_at=at_h(4)), a_handed_over(happened_at=at_h(14))

    assert case_with(OPENED, wrong, a_correction(2, right)).stamps.hand_over_at == at_h(14)


def test_a_correction_that_is_said_later_does_not_move_when_an_offer_was_first_made():
    right = a_correction(2, an_offer_made(text="for Hatay"), said_at=at_h(20))

    assert case_with(OPENED, an_offer_made(), right).stamps.first_offer_at == at_h(2)


def test_a_first_acceptance_stays_one_when_the_host_declines_later():
    no = an_offer_answered(said_at=at_h(4), reply=Reply.DECLINE)

    case = case_with(OPENED, an_offer_made(), an_offer_answered(said_at=at_h(3)), no)

    assert case.stamps.acceptance_at == at_h(3)


def test_an_acceptance_that_was_a_slip_counts_no_more():
    no = an_offer_answered(said_at=at_h(3), reply=Reply.DECLINE)

    case = case_with(
        OPENED, an_offer_made(), an_offer_answered(said_at=at_h(3)), a_correction(3, no)
    )

    assert case.stamps.acceptance_at is None


def test_a_refusal_that_was_a_slip_counts_as_an_acceptance():
    no = an_offer_answered(said_at=at_h(3), reply=Reply.DECLINE)
    yes = an_offer_answered(said_at=at_h(3))

    case = case_with(OPENED, an_offer_made(), no, a_correction(3, yes))

    assert case.stamps.acceptance_at == at_h(3)


def test_an_offer_that_was_taken_back_was_made_all_the_same():
    case = case_with(OPENED, an_offer_made(said_at=at_h(2)), an_offer_withdrawn())

    assert case.stamps.first_offer_at == at_h(2)


def test_each_member_has_stamps_of_its_own():
    case = case_with(
        OPENED,
        an_offer_made(said_at=at_h(2)),
        GERMAN,
        an_offer_answered("offer_2", said_at=at_h(3)),
        a_plan_made(lines=(a_plan_line("consignment_1", lot_id="lot_1"),)),
        departed("m_1", hours=5, consignment_id="", vehicle_id="lift_2/1"),
        departed("m_2", hours=6, consignment_id="consignment_1"),
        arrived(hours=13, consignment_id="consignment_1"),
        a_handed_over(happened_at=at_h(14)),
    )

    assert case.member_stamps == {
        "DEU": Stamps(first_offer_at=at_h(2.5), acceptance_at=at_h(3), wheels_up_at=at_h(5)),
        "NLD": Stamps(
            first_offer_at=at_h(2),
            wheels_up_at=at_h(6),
            arrival_at=at_h(13),
            hand_over_at=at_h(14),
        ),
    }


def test_a_movement_is_a_members_also_where_plan_and_offer_are_told_later():
    case = case_with(OPENED, departed(hours=5), a_plan_made(), an_offer_made())

    assert case.member_stamps["NLD"].wheels_up_at == at_h(5)


def test_what_cannot_be_traced_to_a_member_counts_for_none():
    case = case_with(OPENED, an_offer_made(), departed(hours=5, consignment_id="unknown"))

    assert case.member_stamps["NLD"].wheels_up_at is None


def test_an_alert_heard_before_its_case_and_attached_later_is_its_first_step():
    board = board_with(
        an_alert_heard(said_at=at_h(0.4)),
        an_alert_heard(said_at=at_h(0.2)),
        a_case_opened(alert_id="alert_1"),
    )

    assert board.cases["case_1"].stamps.alert_at == at_h(0.2)
