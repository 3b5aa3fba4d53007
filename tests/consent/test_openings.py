"""Nothing moves on a word that was still to come."""

from dataclasses import replace

import pytest

from tests.builders import T0, a_case, a_consent, a_lot, a_vehicle, at_h, some_caveats
from tests.consent.a_transfer import all_answers
from tests.desk.a_disputed_case import MISSION, a_disputed_case, a_mission, a_position
from u24.consent import judge_case
from u24.consent.openings import holding_since, opened_vehicles, opening_reasons
from u24.domain.consent import Permission
from u24.domain.proposals import ConditionWord


def said(holds, hours, name="cease-fire"):
    return ConditionWord(condition_id=name, holds=holds, at=at_h(hours))


def opening_h(case, lot_id):
    """Hours after T0 from which on the lot may move; None: at no time."""
    windows = judge_case(case).lots[lot_id].windows
    return (windows[0][0] - T0).total_seconds() / 3600 if windows else None


@pytest.mark.parametrize(
    ("words", "since_h"),
    [
        ([], None),
        ([said(True, 5)], 5),
        ([said(True, 5), said(True, 9)], 5),
        ([said(True, 5), said(False, 7), said(True, 9)], 9),
        ([said(True, 5), said(False, 7)], None),
        ([said(True, 5), said(False, 70)], 5),
    ],
)
def test_a_condition_holds_since_the_last_time_that_it_began_to(words, since_h):
    since = holding_since(a_case(condition_words=tuple(words)), at_h(48))

    assert since == ({} if since_h is None else {"cease-fire": at_h(since_h)})


def test_an_offer_moves_from_when_its_condition_began_to_hold():
    lots = (a_lot("one", caveats=some_caveats("only_if:cease-fire")),)
    case = a_case(lots=lots, consents=(a_consent(),), condition_words=(said(True, 40),))

    assert opening_h(case, "one") == 40
    assert judge_case(case).lots["one"].permission is Permission.NOT_YET
    assert opening_h(replace(case, condition_words=(said(True, -3),)), "one") == 0


def a_case_with_a_part(*positions, **mission):
    """A lot of Poland that belongs to the mission; the host asked for it long before."""
    part = a_lot("part", member="POL", kind="engineer_company", proposal_id=MISSION)
    default = {"rule_id": "silence", "deadline_at": at_h(30), "requires": ()}
    return a_disputed_case(
        lots=(part,), needs=(), asks=(), consents=(a_consent(),),
        proposals=(a_mission(**{**default, **mission}),), positions=positions,
    )  # fmt: skip


def test_a_part_of_a_mission_moves_from_when_silence_ended():
    case = a_case_with_a_part(a_position("POL", "support"))

    assert opening_h(case, "part") == 30
    assert judge_case(case).lots["part"].permission is Permission.NOT_YET


def test_a_part_moves_from_when_its_own_member_agreed():
    case = a_case_with_a_part(a_position("POL", "support", at=at_h(35)))

    assert opening_h(case, "part") == 35


def test_a_part_of_what_was_decided_before_t0_moves_at_once():
    case = a_case_with_a_part(a_position("POL", "support"), deadline_at=at_h(-1))

    assert opening_h(case, "part") == 0


def test_what_was_barred_in_between_counts_from_the_last_time_that_it_was_allowed():
    case = a_case_with_a_part(
        a_position("POL", "support", at=at_h(-5)),
        a_position("POL", "oppose", at=at_h(3)),
        a_position("POL", "support", at=at_h(8)),
        deadline_at=None, rule_id="coalition",
    )  # fmt: skip

    assert opening_h(case, "part") == 8


def test_of_very_many_words_only_the_last_are_judged_anew():
    words = [a_position("POL", "support", at=at_h(n / 10)) for n in range(200)]
    case = a_case_with_a_part(*words, deadline_at=None, rule_id="coalition")

    assert 0 < opening_h(case, "part") < 20


def test_controlled_goods_move_from_when_the_last_gate_was_passed():
    answers = all_answers()
    early = [replace(answer, at=at_h(-9)) for answer in answers]
    late = [replace(early[0], at=at_h(12)), *early[1:]]
    lot = a_lot("s300", member="SVK", kind="air_defence_s300", pack_people=0)
    words = (said(True, -30, "host-request"),)
    subject = answers[0].subject
    lot = replace(lot, lot_id=subject)
    case = a_case(lots=(lot,), consents=(a_consent(),), condition_words=words)

    assert opening_h(replace(case, gate_answers=tuple(early)), subject) == 0
    assert opening_h(replace(case, gate_answers=tuple(late)), subject) == 12


def test_as_known_at_a_moment_what_was_said_by_then_no_longer_opens_anything():
    case = a_case_with_a_part(a_position("POL", "support"))

    verdict = judge_case(case, at=at_h(31)).lots["part"]

    assert not verdict.permission.bars
    assert "opens-proposal" not in {reason.code for reason in verdict.reasons}


def test_a_part_of_what_may_not_be_done_opens_at_no_time():
    case = a_case_with_a_part(a_position("POL", "oppose"))

    assert opening_h(case, "part") is None
    assert "opens-proposal" not in {r.code for r in judge_case(case).lots["part"].reasons}


@pytest.mark.parametrize(
    ("said_at_h", "opens_h"),
    [
        ([(5, "A", True), (9, "A", True)], 5),
        ([(5, "A", True), (7, "B", False), (9, "A", True)], 9),
    ],
)
def test_a_gate_counts_as_passed_since_the_first_yes_after_the_last_no(said_at_h, opens_h):
    answers = all_answers()
    others = [replace(answer, at=at_h(-9)) for answer in answers[1:]]
    mine = [
        replace(answers[0], at=at_h(hours), officer=officer, passed=passed)
        for hours, officer, passed in said_at_h
    ]
    lot = a_lot(answers[0].subject, member="SVK", kind="air_defence_s300", pack_people=0)
    case = a_case(
        lots=(lot,), consents=(a_consent(),), gate_answers=(*mine, *others),
        condition_words=(said(True, -30, "host-request"),),
    )  # fmt: skip

    found = opening_reasons(case, at_h(72), {})
    before = opening_reasons(case, at_h(4), {})

    assert [reason.by_at for reason in found[lot.lot_id]] == [at_h(opens_h)]
    assert before == {}


def test_lift_waits_for_its_condition_too():
    vehicle = a_vehicle("one", until_h=50, caveats=some_caveats("only_if:cease-fire"))
    case = a_case(vehicles=(vehicle,), condition_words=(said(True, 20),))

    (opened,) = opened_vehicles(case, at_h(48))

    assert opened.available_at == at_h(20)
    assert opened_vehicles(replace(case, condition_words=(said(True, 50),)), at_h(72)) == ()
    assert opened_vehicles(replace(case, condition_words=()), at_h(72)) == (vehicle,)
