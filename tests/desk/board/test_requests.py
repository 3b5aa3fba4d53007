"""Requests and offers on the board."""

import pytest

from tests.builders import a_lot, a_need, a_vehicle, at_h
from tests.desk.board.records import board_with, case_with
from tests.facts import (
    a_case_opened,
    a_correction,
    a_lot_share,
    a_part_answered,
    a_request_answered,
    a_request_stated,
    a_request_withdrawn,
    a_standing_offer_released,
    a_standing_offer_withdrawn,
    an_offer_answered,
    an_offer_committed,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.domain.facts.requests import Reply

OPENED, MADE, ANSWERED = a_case_opened(), an_offer_made(), an_offer_answered()


def offer_with(*facts):
    return case_with(*facts).offers["offer_1"]


def request_with(*facts):
    return case_with(*facts).requests["request_1"]


def test_a_request_said_anew_is_replaced_and_keeps_when_it_was_first_said():
    more = a_request_stated(said_at=at_h(5), needs=(a_need(planned_units=9),))

    request = request_with(a_request_stated(said_at=at_h(1)), more)

    assert request.fact == more
    assert request.first_said_at == at_h(1)
    assert request.position == 3


def test_an_earlier_word_that_comes_late_moves_the_first_moment_back():
    request = request_with(a_request_stated(said_at=at_h(5)), a_request_stated(said_at=at_h(1)))

    assert request.first_said_at == at_h(1)


def test_a_withdrawn_request_stands_again_when_it_is_said_anew():
    withdrawn = (a_request_stated(), a_request_withdrawn(reason="enough"))

    assert request_with(*withdrawn).withdrawn == "enough"
    assert request_with(*withdrawn, a_request_stated()).withdrawn == ""


def test_a_withdrawal_without_a_reason_is_one_too():
    assert request_with(a_request_stated(), a_request_withdrawn(reason="")).withdrawn


def test_a_correction_of_an_old_withdrawal_does_not_withdraw_what_stands_again():
    request = request_with(
        OPENED,
        a_request_stated(),
        a_request_withdrawn(reason="enoug"),
        a_request_stated(),
        a_correction(3, a_request_withdrawn(reason="enough")),
    )

    assert request.withdrawn == ""


def test_a_corrected_request_that_was_withdrawn_stays_so():
    request = request_with(
        OPENED,
        a_request_stated(),
        a_request_withdrawn(reason="enough"),
        a_correction(2, a_request_stated(text="for Hatay")),
    )

    assert (request.withdrawn, request.fact.text) == ("enough", "for Hatay")


def test_of_each_member_the_last_answer_to_a_request_stands():
    request = request_with(
        a_request_stated(),
        a_request_answered(reply=Reply.DECLINE),
        a_request_answered(member="DEU", reply=Reply.ACCEPT),
        a_request_answered(reply=Reply.ACCEPT),
    )

    assert {m: answer.reply for m, answer in request.answers.items()} == {
        "NLD": Reply.ACCEPT,
        "DEU": Reply.ACCEPT,
    }


def test_an_answer_that_was_put_down_to_the_wrong_member_moves_to_the_right_one():
    request = request_with(
        OPENED,
        a_request_stated(),
        a_request_answered(member="NLD"),
        a_correction(3, a_request_answered(member="DEU")),
    )

    assert list(request.answers) == ["DEU"]


def test_an_offer_waits_until_it_is_answered():
    offer = offer_with(MADE)

    assert (offer.reply, offer.answered_at, offer.taken_packs) == (None, None, {})


def test_an_accepted_offer_is_taken_in_whole():
    offer = offer_with(MADE, an_offer_answered(said_at=at_h(3)))

    assert (offer.reply, offer.answered_at) == (Reply.ACCEPT, at_h(3))
    assert (offer.taken_packs, offer.taken_vehicles) == ({"lot_1": 1}, ("lift_1/1",))
    assert offer.committed_at is None


def test_an_offer_accepted_in_part_is_taken_as_far_as_the_host_says():
    made = an_offer_made(lots=(a_lot(packs=10), a_lot("lot_2")))

    offer = offer_with(made, a_part_answered(lots=(a_lot_share(packs=4),)))

    assert (offer.taken_packs, offer.taken_vehicles) == ({"lot_1": 4}, ())


def test_never_more_is_taken_than_was_offered():
    wrong = a_part_answered(
        lots=(a_lot_share(packs=4), a_lot_share("lot_9")), vehicle_ids=("lift_9",)
    )

    board = board_with(OPENED, MADE, wrong)
    offer = board.cases["case_1"].offers["offer_1"]

    assert (offer.taken_packs, offer.taken_vehicles) == ({"lot_1": 1}, ())
    assert "more is taken than was offered of lot_1, lot_9, lift_9" in board.oddities[0].text


def test_of_a_declined_offer_nothing_is_taken():
    offer = offer_with(MADE, ANSWERED, an_offer_answered(reply=Reply.DECLINE))

    assert (offer.reply, offer.taken_packs, offer.taken_vehicles) == (Reply.DECLINE, {}, ())


def test_accepted_is_not_committed_and_committed_binds():
    assert offer_with(MADE, ANSWERED).committed_at is None
    assert offer_with(MADE, ANSWERED, an_offer_committed(said_at=at_h(4))).committed_at == at_h(4)


@pytest.mark.parametrize("before", [(), (an_offer_answered(reply=Reply.DECLINE),)])
def test_what_is_not_accepted_cannot_be_committed(before):
    board = board_with(OPENED, MADE, *before, an_offer_committed())

    assert board.cases["case_1"].offers["offer_1"].committed_at is None
    assert "offer 'offer_1' is not accepted" in board.oddities[0].text


def test_a_commitment_falls_with_what_it_was_given_to():
    made = an_offer_made(lots=(a_lot(packs=10),))
    committed = (made, ANSWERED, an_offer_committed())

    assert offer_with(*committed, an_offer_answered()).committed_at is not None
    assert offer_with(*committed, a_part_answered()).committed_at is None
    assert offer_with(*committed, an_offer_answered(reply=Reply.DECLINE)).committed_at is None


@pytest.mark.parametrize(
    "change",
    [
        {"lots": (a_lot(packs=2),)},
        {"vehicles": (a_vehicle(until_h=9),)},
        {"member": "DEU"},
        {"text": "only until Friday"},
    ],
)
def test_an_answered_offer_that_is_said_anew_with_other_content_waits_again(change):
    anew = an_offer_made(said_at=at_h(9), **change)

    offer = offer_with(MADE, ANSWERED, an_offer_committed(), anew)

    assert (offer.reply, offer.answered_at, offer.committed_at) == (None, None, None)
    assert (offer.taken_packs, offer.taken_vehicles) == ({}, ())
    assert (offer.fact, offer.first_said_at) == (anew, at_h(2))


@pytest.mark.parametrize("change", [{}, {"confidential": True}, {"request_id": "request_2"}])
def test_an_answered_offer_that_is_said_anew_unchanged_stays_answered(change):
    offer = offer_with(
        MADE, ANSWERED, an_offer_committed(), an_offer_made(said_at=at_h(9), **change)
    )

    assert (offer.reply, offer.committed_at) == (Reply.ACCEPT, at_h(4))


def test_an_offer_that_was_taken_back_and_is_said_anew_waits_again():
    offer = offer_with(MADE, ANSWERED, an_offer_withdrawn(reason="needed at home"), MADE)

    assert (offer.withdrawn, offer.reply) == ("", None)


def test_a_withdrawn_offer_says_why():
    assert offer_with(MADE, an_offer_withdrawn(reason="needed at home")).withdrawn == (
        "needed at home"
    )


def test_a_corrected_offer_waits_again_if_its_content_changed():
    corrected = a_correction(2, an_offer_made(lots=(a_lot(packs=2),)), said_at=at_h(9))

    offer = offer_with(OPENED, MADE, ANSWERED, corrected)

    assert (offer.reply, offer.fact.lots[0].packs) == (None, 2)
    assert (offer.first_said_at, offer.position) == (at_h(2), 4)


def test_a_correction_of_what_was_said_anew_since_changes_no_content():
    offer = offer_with(
        OPENED,
        MADE,
        an_offer_made(said_at=at_h(6), text="newer"),
        a_correction(2, an_offer_made(said_at=at_h(1), text="older")),
    )

    assert offer.fact.text == "newer"
    assert offer.first_said_at == at_h(1)


def test_a_corrected_offer_keeps_who_offered_it():
    corrected = a_correction(2, an_offer_made(text="for Hatay"))

    offer = offer_with(OPENED, ("dirk", MADE), ("olaf", corrected))

    assert (offer.fact.text, offer.offered_by) == ("for Hatay", "dirk")


def test_a_corrected_answer_decides_anew():
    no = a_correction(3, an_offer_answered(reply=Reply.DECLINE))

    offer = offer_with(OPENED, MADE, ANSWERED, an_offer_committed(), no)

    assert (offer.reply, offer.taken_packs, offer.committed_at) == (Reply.DECLINE, {}, None)


def test_a_standing_offer_stands_until_it_is_withdrawn_and_again_when_released_anew():
    released, withdrawn = a_standing_offer_released(), a_standing_offer_withdrawn()

    assert board_with(released).standing["standing_1"].withdrawn == ""
    assert board_with(released, withdrawn).standing["standing_1"].withdrawn == "disbanded"
    assert board_with(released, withdrawn, released).standing["standing_1"].withdrawn == ""
