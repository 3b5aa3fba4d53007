"""The room's one door: everything in a case judged together."""

from dataclasses import replace

import pytest

from tests.builders import a_consent, a_lot, a_need, a_substitute, at_h, some_caveats
from tests.desk.a_disputed_case import MISSION, a_disputed_case, a_mission, a_position
from u24.consent.judge import end_of_record, judge_case, permission_at
from u24.domain.asks import Ask, Part
from u24.domain.consent import Permission
from u24.domain.gates import GateAnswer
from u24.domain.proposals import MissionPurpose, ProposalKind
from u24.errors import InvalidInput


def asked(subject, **values):
    """The choice on a wish for one subject."""
    wish = Ask(ask_id="wish", title="A wish", wanted=Part(subject=subject))
    (choice,) = judge_case(a_disputed_case(asks=(wish,), **values)).choices
    return choice


@pytest.mark.parametrize(
    ("subject", "permission"),
    [
        (MISSION, Permission.NO),
        ("blankets", Permission.NOT_YET),
        ("tents", Permission.YES),
        ("shelter", Permission.YES),
    ],
)
def test_a_wish_may_name_a_proposal_an_offer_or_a_need(subject, permission):
    assert asked(subject).permission is permission


def test_a_need_is_as_possible_as_the_best_offer_for_it():
    need = a_need("warmth", kind="heater", substitutes=(a_substitute("family_tent"),))

    assert asked("warmth", needs=(need,)).permission is Permission.YES


def test_a_need_for_which_nobody_offers_anything_may_not_be_met():
    choice = asked("water", needs=(a_need("water", kind="water_tank"),))

    assert choice.permission is Permission.NO
    assert [reason.code for reason in choice.tried[0].reasons] == ["nobody-offers"]


def test_a_wish_for_what_the_case_does_not_have_is_told():
    with pytest.raises(InvalidInput, match="'moon'"):
        asked("moon")


def test_a_donor_that_wants_a_replacement_is_judged_with_what_replaces_it():
    given = a_lot(
        "given", kind="blanket", pack_people=0, caveats=some_caveats("once_replaced:blanket")
    )
    spare = a_lot("spare", member="SVK", kind="blanket", pack_people=0, ready_h=5)

    judgement = judge_case(a_disputed_case(lots=(given, spare), asks=()))

    assert [found.lot_ids for found in judgement.replacements] == [("spare",)]
    assert judgement.lots["given"].permission is Permission.NOT_YET
    assert judgement.lots["given"].windows[0][0] == at_h(5)
    assert judgement.lots["spare"].permission is Permission.YES


def test_what_had_to_wait_no_longer_waits_once_its_window_is_open():
    case = a_disputed_case(consents=(a_consent(from_h=10),))
    verdict = judge_case(case).lots["tents"]

    assert permission_at(verdict, at_h(9)) is Permission.NOT_YET
    assert permission_at(verdict, at_h(10)) is Permission.WITHIN_LIMITS


def test_what_may_not_move_may_not_move_later_either():
    verdict = judge_case(a_disputed_case(consents=())).lots["tents"]

    assert permission_at(verdict, at_h(99)) is Permission.NO


def test_the_record_ends_with_its_last_word_and_not_before_the_horizon():
    case = a_disputed_case()
    answer = GateAnswer(
        subject="tents", gate_id="end-use", passed=True, officer="A", at=at_h(200), reasons="b"
    )

    assert end_of_record(case) == at_h(case.horizon_h)
    assert end_of_record(replace(case, gate_answers=(answer,))) == at_h(200)
    late = a_position("POL", "oppose", at=at_h(300))
    assert end_of_record(replace(case, positions=(late,))) == at_h(300)


@pytest.mark.parametrize(
    ("kind", "barred"), [(ProposalKind.ASSISTANCE_PACKAGE, True), (ProposalKind.MISSION, False)]
)
def test_a_part_of_a_mission_moves_with_a_mission_and_with_nothing_else(kind, barred):
    purposes = (MissionPurpose.RESCUE,) if kind is ProposalKind.MISSION else ()
    part = a_lot("part", member="POL", kind="engineer_company", proposal_id=MISSION)
    case = a_disputed_case(
        lots=(part,), asks=(), positions=(a_position("POL", "support"),),
        proposals=(a_mission(kind=kind, purposes=purposes, rule_id="coalition", requires=()),),
        consents=(a_consent(),),
    )  # fmt: skip

    verdict = judge_case(case).lots["part"]

    assert ("mission-without-proposal" in {reason.code for reason in verdict.reasons}) is barred
    assert verdict.permission.bars is barred


def test_a_mission_whose_needs_lack_protection_is_told_so_and_limited():
    case = a_disputed_case(
        needs=(a_need("engineers", kind="engineer_company", proposal_id=MISSION),)
    )

    verdict = judge_case(case).proposals[MISSION]

    assert "mission-without-protection" in {reason.code for reason in verdict.reasons}
