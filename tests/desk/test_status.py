"""What may be shown to whom: is it handled, and nothing that is not theirs."""

import pytest

from tests.builders import a_lot, a_need, a_substitute, at_h
from tests.desk.a_desk import ADesk, a_filled_desk
from tests.facts import (
    a_case_merged,
    a_case_opened,
    a_handed_over,
    a_movement_reported,
    a_plan_line,
    a_plan_made,
    a_plan_released,
    a_position_taken,
    a_request_answered,
    a_request_stated,
    a_request_withdrawn,
    an_offer_answered,
    an_offer_committed,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.desk.status import LineState, status_of, visible_offers, visible_positions
from u24.domain.commands.command import Refusal
from u24.domain.commands.people import EndRole
from u24.domain.commands.requests import StateRequest
from u24.domain.facts.movements import Milestone
from u24.domain.facts.people import Role
from u24.domain.facts.requests import Reply
from u24.domain.proposals import Position, Stance

PEOPLE = {
    "dora": (Role.DUTY_OFFICER, ""), "lars": (Role.LOGISTICIAN, ""),
    "lea": (Role.LEGAL_OFFICER, ""), "olga": (Role.OBSERVER, ""),
    "fons": (Role.FOCAL_POINT, "NLD"), "cato": (Role.DECISION_MAKER, "NLD"),
    "dieter": (Role.FOCAL_POINT, "DEU"), "hale": (Role.HOST_OFFICER, "TUR"),
    "sami": (Role.HOST_OFFICER, "SYR"),
}  # fmt: skip


@pytest.fixture
def desk():
    desk = ADesk()
    for person_id, (role, member) in PEOPLE.items():
        desk.enrol(person_id, role, member)
    desk.say(a_case_opened(call_sign="U24-2023-001"))
    return desk


def line_of(desk, person_id="hale"):
    [request] = status_of(desk.board, "U24-2023-001", person_id, desk.clock.now).requests
    [line] = request.lines
    return line


def test_each_line_of_a_request_says_how_far_it_is(desk):
    steps = [
        (a_request_stated(), LineState.ASKED),
        (a_request_answered(), LineState.NOTHING_YET),
        (an_offer_made(), LineState.OFFERED),
        (an_offer_answered(), LineState.ACCEPTED),
        (an_offer_committed(), LineState.COMMITTED),
        (a_plan_made(lines=(a_plan_line(packs=2, units=2.0),)), LineState.COMMITTED),
        (a_plan_released(), LineState.PLANNED),
        (a_movement_reported(), LineState.UNDER_WAY),
        (a_handed_over(packs=1), LineState.PARTLY),
        (a_handed_over("delivery_2", packs=1), LineState.DELIVERED),
    ]

    for fact, state in steps:
        desk.say(fact)
        assert line_of(desk).state is state, fact


def test_what_nobody_reported_is_unknown_and_no_zero(desk):
    desk.say(a_request_stated(), an_offer_made())

    line = line_of(desk)

    assert (line.planned_units, line.delivered_units) == (None, None)
    assert (line.expected_at, line.last_at) == (None, None)


def test_a_planned_line_says_when_it_is_expected_and_a_moving_one_when_it_was_last_seen(desk):
    desk.say(a_request_stated(), an_offer_made(), a_plan_made(), a_plan_released())
    assert line_of(desk).expected_at == at_h(12.5)
    assert line_of(desk).last_at is None

    desk.say(a_movement_reported())

    assert line_of(desk).last_at == at_h(5)
    assert line_of(desk).members == ("NLD",)


def test_a_line_falls_back_when_what_it_stood_on_is_gone(desk):
    desk.say(a_request_stated(), an_offer_made(), an_offer_answered(reply=Reply.DECLINE))
    assert line_of(desk).state is LineState.ASKED

    desk.say(an_offer_made("offer_2", lots=(a_lot("lot_2"),)))
    assert line_of(desk).state is LineState.OFFERED
    desk.say(an_offer_withdrawn("offer_2"))

    assert line_of(desk).state is LineState.ASKED


def test_a_consignment_that_failed_is_planned_no_more(desk):
    desk.say(a_request_stated(), an_offer_made(), a_plan_made(), a_plan_released())
    desk.say(a_movement_reported(milestone=Milestone.FAILED))

    assert line_of(desk).state is LineState.OFFERED
    assert line_of(desk).expected_at is None


def test_a_withdrawn_request_says_so(desk):
    desk.say(a_request_stated(), a_request_withdrawn())

    assert line_of(desk).state is LineState.WITHDRAWN


def test_a_substitute_counts_as_an_offer_and_another_kind_does_not(desk):
    desk.say(a_request_stated(needs=(a_need(substitutes=(a_substitute(),)),)))
    desk.say(an_offer_made(lots=(a_lot(kind="family_tent"),)))
    assert line_of(desk).state is LineState.ASKED

    desk.say(an_offer_made("offer_2", lots=(a_lot("lot_2", kind="usar_medium"),)))

    assert line_of(desk).state is LineState.OFFERED


@pytest.mark.parametrize("person_id", ["dora", "fons", "hale", "olga", "lars", "lea", "cato"])
def test_whoever_has_a_role_in_the_case_sees_its_requests(desk, person_id):
    desk.say(a_request_stated())

    assert len(status_of(desk.board, "case_1", person_id, desk.clock.now).requests) == 1


@pytest.mark.parametrize("person_id", ["sami", "ada", "nobody"])
def test_nobody_else_learns_that_there_is_a_case(desk, person_id):
    desk.say(a_request_stated())
    board, now = desk.board, desk.clock.now

    found = [status_of(board, said, person_id, now) for said in ("U24-2023-001", "U24-2023-009")]

    assert [answer.code for answer in found] == ["unknown-case"] * 2
    assert found[0].text.replace("001", "009") == found[1].text
    assert isinstance(visible_offers(board, "case_1", person_id, now), Refusal)
    assert isinstance(visible_positions(board, "case_1", person_id, now), Refusal)


def test_who_asked_sees_their_own_request_also_when_their_role_has_ended(desk):
    desk.say(a_request_stated("request_9", needs=(a_need("need_9"),)))
    desk.do("hale", StateRequest(case_id="case_1", request_id="r1", needs=(a_need(),)))
    desk.do("ada", EndRole(person_id="hale", role=Role.HOST_OFFICER))

    status = status_of(desk.board, "case_1", "hale", desk.clock.now)

    assert [request.request_id for request in status.requests] == ["r1"]


def test_a_merged_case_shows_what_both_hold_under_each_call_sign():
    desk = a_filled_desk()
    desk.enrol("dora", Role.DUTY_OFFICER)
    desk.say(a_case_merged(case_id="case_2", into_case_id="case_1"))

    found = [
        status_of(desk.board, said, "dora", desk.clock.now)
        for said in ("U24-2023-001", "U24-2023-002")
    ]

    assert found[0] == found[1]
    assert found[0].call_sign == "U24-2023-001"
    assert found[0].called == ("U24-2023-001", "U24-2023-002")
    assert len(found[0].requests) == 2


@pytest.mark.parametrize(
    ("person_id", "seen"),
    [("dora", True), ("lars", True), ("fons", True), ("cato", True),
     ("dieter", False), ("hale", False), ("lea", False), ("olga", False)],
)  # fmt: skip
def test_the_stock_of_a_confidential_offer_is_for_the_member_and_the_desks_officers(
    desk, person_id, seen
):
    desk.say(an_offer_made(confidential=True))

    [offer] = visible_offers(desk.board, "case_1", person_id, desk.clock.now)

    assert offer.member == "NLD"
    assert (offer.lots is not None, offer.vehicles is not None) == (seen, seen)


def test_the_stock_of_an_open_offer_is_for_everybody_in_the_case(desk):
    desk.say(an_offer_made())

    for person_id in set(PEOPLE) - {"sami"}:
        [offer] = visible_offers(desk.board, "case_1", person_id, desk.clock.now)
        assert offer.lots


@pytest.mark.parametrize("person_id", sorted(set(PEOPLE) - {"sami"}))
def test_a_confidential_position_is_for_the_members_own_people_alone(desk, person_id):
    secret = Position(member="NLD", proposal="p", stance=Stance.RED_LINE)
    desk.say(a_position_taken(position=secret, confidential=True), a_position_taken())

    seen = visible_positions(desk.board, "case_1", person_id, desk.clock.now)

    stances = [held.position.stance for held in seen]
    own = [Stance.RED_LINE] if person_id in {"fons", "cato"} else []
    assert stances == [*own, Stance.SUPPORT]


def test_a_deputy_sees_what_whom_they_stand_for_sees_and_no_longer(desk):
    desk.say(an_offer_made(confidential=True))
    desk.known("gus")
    desk.deputy("fons", "gus", at_h(6))

    [offer] = visible_offers(desk.board, "case_1", "gus", desk.clock.now)
    assert offer.lots is not None

    assert isinstance(visible_offers(desk.board, "case_1", "gus", at_h(6)), Refusal)


@pytest.mark.parametrize(("person_id", "members"), [("fons", ("NLD",)), ("olga", ())])
def test_a_line_names_no_member_by_what_is_offered_in_confidence(desk, person_id, members):
    desk.say(a_request_stated(), an_offer_made(confidential=True))

    line = line_of(desk, person_id)

    assert (line.state, line.members) == (LineState.OFFERED, members)
