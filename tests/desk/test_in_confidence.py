"""A position in confidence counts in every result, and nothing that the desk gives tells it."""

import pytest

from tests.builders import a_vehicle, at_h
from tests.desk.a_desk import ADesk, a_filled_case
from tests.facts import a_correction, a_proposal_made, an_offer_answered, an_offer_made
from u24.consent import judge_case
from u24.desk.exchange.tables_out import NAMES, table_rows
from u24.desk.exchange.withholding import withhold_confidential
from u24.desk.live_case import live_case
from u24.desk.records import _CONFIDENTIAL
from u24.desk.status import status_of, visible_offers, visible_positions
from u24.domain.commands.decisions import TakePosition
from u24.domain.commands.plans import MakePlan
from u24.domain.facts.decisions import PositionTaken
from u24.domain.facts.people import Role
from u24.domain.proposals import Position, Stance
from u24.reference.tables import SHIPPED

MARK = "we-will-never-say-so-aloud"
POSITION = Position(
    member="DEU", proposal="proposal_1", stance=Stance.RED_LINE, text=MARK, by=MARK,
    conditions=("withdrawal",),
)  # fmt: skip


@pytest.fixture(scope="module")
def told():
    """A desk where DEU spoke in confidence, the deadline passed, and a plan was made."""
    desk = ADesk()
    for person_id, role, member in (
        ("dora", Role.DUTY_OFFICER, ""), ("cato", Role.DECISION_MAKER, "NLD"),
        ("dieter", Role.DECISION_MAKER, "DEU"), ("hale", Role.HOST_OFFICER, "TUR"),
        ("olga", Role.OBSERVER, ""),
    ):  # fmt: skip
        desk.enrol(person_id, role, member)
    a_filled_case(desk)
    desk.say(an_offer_made(vehicles=(a_vehicle(class_id="A400M"),)), an_offer_answered())
    desk.say(a_proposal_made("other", members=("NLD",), deadline_at=at_h(30)))
    command = TakePosition(case_id="case_1", position=POSITION, confidential=True)
    said = desk.do("dieter", command)
    desk.do("cato", TakePosition(
        case_id="case_1", position=Position(member="NLD", proposal="proposal_1", stance="support"),
    ))  # fmt: skip
    desk.clock.now = at_h(8)
    desk.desk.watch()
    desk.do("dora", MakePlan(case_id="case_1", plan_id="plan_z", work=5))
    desk.secret_at = said.positions[0]
    return desk


def test_it_counts(told):
    assert not told.case().proposals["proposal_1"].decided.carried


def test_the_decision_says_how_many_and_not_who(told):
    text = told.case().proposals["proposal_1"].decided.text

    assert "1 in confidence" in text
    assert "DEU" not in text


def test_no_other_entry_on_record_tells_it(told):
    bodies = [e.body for e in told.store.everything() if e.position != told.secret_at]

    assert [body for body in bodies if MARK.encode() in body or b"red_line" in body] == []


@pytest.mark.parametrize("person_id", ["dora", "cato", "hale", "olga"])
def test_nobody_of_another_member_is_shown_it(told, person_id):
    now = told.clock.now
    shown = [show(told.board, "case_1", person_id, now) for show in (status_of, visible_offers)]
    shown += [list(table_rows(told.board, name, person_id, now, said="case_1")) for name in NAMES]
    positions = visible_positions(told.board, "case_1", person_id, now)

    assert MARK not in repr(shown)
    assert [held.position.member for held in positions] == ["NLD"]


def test_its_own_people_are_shown_it(told):
    positions = visible_positions(told.board, "case_1", "dieter", told.clock.now)

    assert [held.position.text for held in positions] == [MARK, ""]


def test_no_verdict_of_the_rooms_tells_it(told):
    case = live_case(told.case())
    judgement = judge_case(case, SHIPPED, told.clock.now)

    assert judgement.proposals["proposal_1"].permission.bars
    assert [position.member for position in case.positions if position.secret] == ["DEU"]
    assert MARK not in repr(judgement)
    assert "red_line" not in repr(judgement).lower()
    assert "withdrawal" not in repr(judgement)


def test_it_stays_at_home_and_its_body_in_no_proof_also_inside_a_correction(told):
    desk = told.fork()
    desk.say(
        a_correction(
            told.secret_at,
            PositionTaken(said_at=at_h(5), case_id="case_1", position=POSITION, confidential=True),
        )
    )
    held = withhold_confidential(desk.store.everything)
    bodies = {e.position: e for e in desk.store.everything() if MARK.encode() in e.body}

    assert len(bodies) == 2
    assert all(held(entry) for entry in bodies.values())
    assert all(_CONFIDENTIAL.search(entry.body) for entry in bodies.values())
