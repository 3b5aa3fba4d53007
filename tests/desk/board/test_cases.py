"""Alerts and cases on the board."""

from tests.builders import a_place, a_road, a_shock, an_airport, at_h
from tests.desk.board.records import board_with, case_with
from tests.facts import (
    a_call_sign_allotted,
    a_case_closed,
    a_case_described,
    a_case_merged,
    a_case_opened,
    a_case_reopened,
    a_claim,
    a_claim_heard,
    a_correction,
    a_note_written,
    an_alert_attached,
    an_alert_heard,
    an_offer_made,
)

OPENED, OTHER = a_case_opened(), a_case_opened("case_2")
SIGN, OTHER_SIGN = "U24-2023-case_1", "U24-2023-case_2"


def test_an_alert_belongs_to_no_case_until_it_is_attached():
    board = board_with(OPENED, an_alert_heard())
    attached = board_with(OPENED, an_alert_heard(), an_alert_attached())

    assert (board.alert_cases, board.cases["case_1"].alert_ids) == ({}, ())
    assert attached.alert_cases == {"alert_1": "case_1"}
    assert attached.cases["case_1"].alert_ids == ("alert_1",)


def test_a_case_opened_from_an_alert_has_it_and_one_heard_with_its_case_too():
    opened = case_with(an_alert_heard(), a_case_opened(alert_id="alert_1"))
    heard = case_with(an_alert_heard(case_id="case_1"))

    assert opened.alert_ids == heard.alert_ids == ("alert_1",)


def test_an_alert_that_is_attached_anew_leaves_the_case_before_with_its_stamp():
    board = board_with(
        OPENED,
        OTHER,
        an_alert_heard(said_at=at_h(0.1), case_id="case_1"),
        an_alert_heard("alert_2", said_at=at_h(0.3), case_id="case_1"),
        an_alert_attached(case_id="case_2"),
    )

    assert board.cases["case_1"].alert_ids == ("alert_2",)
    assert board.cases["case_1"].stamps.alert_at == at_h(0.3)
    assert board.cases["case_2"].stamps.alert_at == at_h(0.1)


def test_an_alert_heard_anew_is_replaced_and_stays_attached():
    board = board_with(
        OPENED, an_alert_heard(case_id="case_1"), an_alert_heard(title="M 7.9", said_at=at_h(2))
    )

    assert board.alerts["alert_1"].title == "M 7.9"
    assert board.alert_cases == {"alert_1": "case_1"}


def test_a_case_can_correct_its_own_alert_and_no_other_one():
    right = an_alert_heard(title="M 7.9", said_at=at_h(0.2))
    heard = an_alert_heard(case_id="case_1")

    own = board_with(OPENED, heard, a_correction(2, right))
    strange = board_with(OPENED, OTHER, heard, a_correction(3, right, case_id="case_2"))

    assert own.alerts["alert_1"].title == "M 7.9"
    assert own.cases["case_1"].stamps.alert_at == at_h(0.2)
    assert strange.alerts["alert_1"] == heard
    assert strange.oddity_count == 1


def test_a_corrected_opening_changes_what_is_said_of_the_case_and_not_who_opened_it():
    case = case_with(
        ("dirk", OPENED), an_offer_made(), ("nora", a_correction(1, a_case_opened(title="Flood")))
    )

    assert (case.title, case.opened_by) == ("Flood", "dirk")
    assert list(case.offers) == ["offer_1"]


def test_each_row_of_the_ground_stands_as_last_described():
    case = case_with(
        a_case_described(places=(a_place("a"), a_place("b", name="old"))),
        a_case_described(places=(a_place("b", name="new"),), shocks=(a_shock(magnitude=6.0),)),
        a_case_described(places=(), shocks=(), airports=(an_airport(slots=1),)),
    )

    assert {name: place.name for name, place in case.places.items()} == {"a": "A", "b": "new"}
    assert [shock.magnitude for shock in case.shocks] == [6.0]
    assert case.airports["ADA"].slots == 1
    assert case.roads == {"ADA > antakya": a_road()}


def test_a_corrected_description_takes_away_what_it_leaves_out_and_adds_what_is_new():
    case = case_with(
        OPENED,
        a_case_described(places=(a_place("a"), a_place("b"), a_place("c"))),
        a_case_described(places=(a_place("c", name="newer"),)),
        a_correction(2, a_case_described(places=(a_place("a", name="right"), a_place("d")))),
    )

    assert {name: place.name for name, place in case.places.items()} == {
        "a": "right",
        "c": "newer",
        "d": "D",
    }


def test_claims_stand_beside_each_other_and_a_corrected_one_in_its_old_place():
    case = case_with(
        OPENED,
        a_claim_heard(claim=a_claim(source="gdacs")),
        a_claim_heard(claim=a_claim(source="usgs")),
        a_correction(2, a_claim_heard(claim=a_claim(source="copernicus"))),
    )

    assert [claim.source for claim in case.claims] == ["copernicus", "usgs"]


def test_notes_stand_in_order_and_a_corrected_one_keeps_its_writer():
    case = case_with(
        OPENED,
        ("dirk", a_note_written(text="cald")),
        a_note_written(text="answered"),
        a_correction(2, a_note_written(text="called")),
    )

    assert [(n.actor, n.text) for n in case.notes] == [("dirk", "called"), ("nora", "answered")]
    assert case.corrections == 1


def test_a_case_is_closed_with_a_reason_until_it_is_reopened():
    assert case_with(a_case_closed(reason="over")).closed == "over"
    assert case_with(a_case_closed(), a_case_reopened()).closed == ""


def test_a_correction_of_an_old_closing_does_not_close_the_case_again():
    case = case_with(
        OPENED, a_case_closed(), a_case_reopened(), a_correction(2, a_case_closed(reason="done"))
    )

    assert case.closed == ""


def test_a_merged_case_keeps_all_it_has_and_its_call_sign_leads_to_the_one_that_goes_on():
    board = board_with(OPENED, OTHER, an_offer_made(case_id="case_2"), a_case_merged())

    assert board.cases["case_2"].merged_into == "case_1"
    assert list(board.cases["case_2"].offers) == ["offer_1"]
    assert board.cases["case_1"].merged_from == ("case_2",)
    assert board.call_signs == {SIGN: "case_1", OTHER_SIGN: "case_1"}


def test_call_signs_lead_to_the_end_of_a_chain_of_merged_cases():
    third = a_case_opened("case_3")
    on = a_case_merged(case_id="case_1", into_case_id="case_3")

    board = board_with(OPENED, OTHER, third, a_case_merged(), on)

    assert set(board.call_signs.values()) == {"case_3"}
    assert board.cases["case_3"].merged_from == ("case_1",)


def test_cases_are_never_merged_in_a_circle():
    back = a_case_merged(case_id="case_1", into_case_id="case_2")

    board = board_with(OPENED, OTHER, a_case_merged(), back, a_case_merged(case_id="case_1"))

    assert board.cases["case_1"].merged_into == ""
    assert board.call_signs == {SIGN: "case_1", OTHER_SIGN: "case_1"}
    assert board.oddity_count == 2


def test_a_corrected_merger_leaves_the_wrong_case_and_its_call_sign_follows():
    right = a_case_merged(into_case_id="case_3")

    board = board_with(
        OPENED, OTHER, a_case_opened("case_3"), a_case_merged(), a_correction(4, right)
    )

    assert board.cases["case_1"].merged_from == ()
    assert board.cases["case_3"].merged_from == ("case_2",)
    assert board.call_signs[OTHER_SIGN] == "case_3"


def test_an_allotted_call_sign_never_leads_to_a_second_case():
    board = board_with(
        a_call_sign_allotted(case_id="case_1"), OPENED, a_case_opened("case_2", call_sign=SIGN)
    )

    assert board.call_signs == {SIGN: "case_1"}
    assert f"call sign '{SIGN}' is that of case 'case_1'" in board.oddities[0].text


def test_a_case_knows_the_last_entry_of_its_stream():
    board = board_with(OPENED, an_offer_made(), OTHER)

    assert [case.last_position for case in board.cases.values()] == [2, 3]
    assert (board.position, board.seqs) == (3, {"case/case_1": 2, "case/case_2": 1})
