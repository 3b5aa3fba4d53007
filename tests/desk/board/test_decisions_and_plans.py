"""Consents, proposals, positions and plans on the board."""

import pytest

from tests.builders import a_consent, at_h
from tests.desk.board.records import board_with, case_with
from tests.facts import (
    a_case_opened,
    a_condition_declared,
    a_condition_said,
    a_conflict_noted,
    a_conflict_settled,
    a_consent_given,
    a_consent_withdrawn,
    a_correction,
    a_gate_answered,
    a_phase_named,
    a_plan_dropped,
    a_plan_made,
    a_plan_released,
    a_plan_signed,
    a_position_taken,
    a_proposal_decided,
    a_proposal_made,
    an_ask_stated,
    some_host_crews_named,
)
from u24.domain.asks import Part
from u24.domain.proposals import Position, Stance

OPENED = a_case_opened()


def a_position(member, stance):
    return Position(member=member, proposal="proposal_1", stance=stance)


def test_a_consent_given_anew_is_replaced_at_its_old_place_in_the_order():
    case = case_with(
        a_consent_given("general"),
        a_consent_given("narrow", consent=a_consent(allowed=False)),
        a_consent_given("general", consent=a_consent(members=("NLD",))),
    )

    assert list(case.consents) == ["general", "narrow"]
    assert case.consents["general"].fact.consent.members == ("NLD",)


def test_a_withdrawn_consent_is_back_when_it_is_given_anew_and_not_by_a_correction():
    taken_back = (OPENED, a_consent_given(), a_consent_withdrawn(reason="closed"))
    right = a_consent_given(consent=a_consent(members=("NLD",)))

    anew = case_with(*taken_back, right).consents["consent_1"]
    corrected = case_with(*taken_back, a_correction(2, right)).consents["consent_1"]

    assert anew.withdrawn == ""
    assert corrected.withdrawn == "closed"
    assert corrected.fact == right


def test_a_proposal_is_open_until_it_is_decided():
    made, decided = a_proposal_made(), a_proposal_decided()

    assert case_with(made).proposals["proposal_1"].decided is None
    assert case_with(made, decided).proposals["proposal_1"].decided == decided
    assert case_with(made, decided, made).proposals["proposal_1"].decided == decided


def test_all_positions_are_kept_in_order_with_who_brought_them():
    case = case_with(
        ("nora", a_position_taken(position=a_position("NLD", Stance.OPPOSE))),
        ("dirk", a_position_taken(position=a_position("NLD", Stance.SUPPORT), confidential=True)),
    )

    assert [(p.actor, p.position.stance, p.confidential, p.recorded) for p in case.positions] == [
        ("nora", Stance.OPPOSE, False, 2),
        ("dirk", Stance.SUPPORT, True, 3),
    ]


def test_a_corrected_position_stands_where_the_wrong_one_stood():
    case = case_with(
        OPENED,
        ("dirk", a_position_taken(position=a_position("NLD", Stance.OPPOSE))),
        a_position_taken(position=a_position("NLD", Stance.UNDECIDED)),
        a_correction(
            2, a_position_taken(position=a_position("DEU", Stance.SUPPORT), confidential=True)
        ),
    )

    first, second = case.positions
    assert (first.position.member, first.actor, first.confidential) == ("DEU", "dirk", True)
    assert second.position.stance is Stance.UNDECIDED


def test_a_position_whose_own_word_says_secret_is_never_taken_for_public():
    secret = Position(member="NLD", proposal="proposal_1", stance=Stance.OPPOSE, secret=True)

    case = case_with(
        OPENED,
        a_position_taken(position=secret, confidential=False),
        a_position_taken(),
        a_correction(3, a_position_taken(position=secret)),
    )

    assert [held.confidential for held in case.positions] == [True, True]


def test_all_words_on_a_condition_and_all_answers_to_a_gate_are_kept_in_order():
    case = case_with(
        OPENED,
        ("dora", a_condition_said(holds=True)),
        ("dirk", a_condition_said(holds=False)),
        ("lea", a_gate_answered(passed=True)),
        ("cato", a_gate_answered(passed=False)),
    )

    said = [(held.actor, held.fact.holds, held.recorded) for held in case.condition_words]
    assert said == [("dora", True, 2), ("dirk", False, 3)]
    answers = [(held.actor, held.answer.passed, held.recorded) for held in case.gate_answers]
    assert answers == [("lea", True, 4), ("cato", False, 5)]


def test_a_corrected_word_on_a_condition_stands_where_the_wrong_one_stood():
    right = a_condition_said(holds=False)

    case = case_with(OPENED, ("dora", a_condition_said()), a_correction(2, right))
    board = board_with(OPENED, a_condition_said(), a_correction(1, right))

    assert [(held.actor, held.fact) for held in case.condition_words] == [("dora", right)]
    assert "entry 1 holds no word on a condition" in board.oddities[0].text


def test_an_answer_to_a_gate_taken_from_another_desk_stands_under_its_name_there():
    theirs = a_conflict_noted(theirs=a_gate_answered(passed=False), actor="ledger_2:lea")

    case = case_with(a_gate_answered(), theirs, a_conflict_settled())

    assert [(held.actor, held.answer.passed) for held in case.gate_answers] == [
        ("nora", True), ("ledger_2:lea", False),
    ]  # fmt: skip


def test_a_phase_a_wish_a_condition_and_the_hosts_crews_stand_as_last_said():
    case = case_with(
        a_phase_named(until_at=None),
        a_phase_named(until_at=at_h(30)),
        a_condition_declared(text="at first"),
        a_condition_declared(text="at last"),
        some_host_crews_named(),
        some_host_crews_named(families=("s300",)),
        an_ask_stated(),
        an_ask_stated(wanted=Part(subject="need_1")),
    )

    assert [held.phase.until_at for held in case.phases.values()] == [at_h(30)]
    assert [held.condition.text for held in case.conditions.values()] == ["at last"]
    assert case.host_crews == ("s300",)
    assert [held.ask.wanted.subject for held in case.asks.values()] == ["need_1"]


def test_a_plan_moves_nothing_until_it_is_released():
    case = case_with(a_plan_made())

    assert case.released_plan_id == ""
    assert case.plans["plan_1"].released_at is None


def test_a_released_plan_replaces_the_one_released_before():
    case = case_with(
        a_plan_made(),
        a_plan_made("plan_2"),
        a_plan_released(said_at=at_h(3)),
        a_plan_released("plan_2", said_at=at_h(5)),
    )

    assert case.released_plan_id == "plan_2"
    assert [plan.released_at for plan in case.plans.values()] == [at_h(3), at_h(5)]


def test_nobody_counts_twice_among_those_who_signed_a_plan():
    signed = a_plan_signed()

    case = case_with(a_plan_made(), ("nora", signed), ("dirk", signed), ("nora", signed))

    assert case.plans["plan_1"].signed_by == ("nora", "dirk")


def test_a_dropped_plan_says_why_and_one_that_went_out_cannot_be_dropped():
    dropped = case_with(a_plan_made(), a_plan_dropped(reason="too late"))
    released = board_with(OPENED, a_plan_made(), a_plan_released(), a_plan_dropped())

    assert dropped.plans["plan_1"].dropped == "too late"
    assert released.cases["case_1"].plans["plan_1"].dropped == ""
    assert "is released; it cannot be dropped" in released.oddities[0].text


def test_signatures_are_never_carried_over_to_another_plan_of_the_same_name():
    other = a_plan_made(bound_share=0.9)

    board = board_with(OPENED, a_plan_made(), a_plan_signed(), other, a_plan_made())

    assert board.cases["case_1"].plans["plan_1"].fact == a_plan_made()
    assert [oddity.position for oddity in board.oddities] == [4]


@pytest.mark.parametrize("fact", [a_plan_made(bound_share=0.9), a_plan_signed()])
def test_what_was_done_cannot_be_corrected(fact):
    board = board_with(OPENED, a_plan_made(), ("nora", a_plan_signed()), a_correction(2, fact))

    assert board.cases["case_1"].plans["plan_1"].signed_by == ("nora",)
    assert board.cases["case_1"].plans["plan_1"].fact == a_plan_made()
    assert "it is an act, and cannot be said anew" in board.oddities[0].text
