"""Silence until a deadline is a yes; one objection in time is a no."""

from datetime import timedelta

import pytest

from tests.builders import a_case, at_h
from tests.desk.live_board import CASE, a_live_board
from tests.desk.saying_due import ask, say_due
from tests.facts import a_proposal
from u24.desk.clocks import due
from u24.domain.facts.decisions import PositionTaken, ProposalDecided, ProposalMade
from u24.domain.proposals import Position, Stance

SOON = timedelta(minutes=1)


def stand(live, member, stance, hours, *, confidential=False):
    position = Position(member=member, proposal="prop_1", stance=stance, at=at_h(1))
    live.say(
        PositionTaken(
            said_at=at_h(hours), case_id=CASE, position=position, confidential=confidential
        )
    )


def test_silence_carries_when_the_deadline_is_over_and_not_before():
    live = a_live_board()
    ask(live)

    assert due(live.board, at_h(6) - SOON) == []
    ((stream, fact),) = due(live.board, at_h(6))[0].facts

    assert stream == f"case/{CASE}"
    assert (fact.carried, fact.rule, fact.decided_at) == (True, "silence", at_h(6))


def test_a_deadline_that_passed_while_the_desk_was_down_is_decided_as_of_then_and_once():
    live = a_live_board()
    ask(live)

    (fact,) = say_due(live.at(36))

    assert isinstance(fact, ProposalDecided)
    assert (fact.said_at, fact.decided_at) == (at_h(36), at_h(6))
    assert due(live.board, at_h(37)) == []


@pytest.mark.parametrize(
    ("member", "stance", "hours", "carried"),
    [
        ("DEU", Stance.OPPOSE, 5.9, False),
        ("DEU", Stance.RED_LINE, 5.9, False),
        ("DEU", Stance.CONDITIONAL, 5.9, False),  # on nothing that was named
        ("DEU", Stance.OPPOSE, 6.0, True),  # too late
        ("ITA", Stance.OPPOSE, 5.9, True),  # not asked
    ],
)
def test_one_objection_of_an_asked_member_before_the_deadline_stops_it(
    member, stance, hours, carried
):
    live = a_live_board()
    ask(live)
    stand(live, member, stance, hours)

    (fact,) = say_due(live.at(36))

    assert fact.carried is carried


def test_a_members_last_word_before_the_deadline_counts():
    live = a_live_board()
    ask(live)
    stand(live, "DEU", Stance.OPPOSE, 2)
    stand(live, "DEU", Stance.SUPPORT, 3)
    stand(live, "DEU", Stance.OPPOSE, 7)

    (fact,) = say_due(live.at(8))

    assert fact.carried


def test_an_objection_in_confidence_counts_and_is_not_named():
    live = a_live_board()
    ask(live)
    stand(live, "DEU", Stance.RED_LINE, 2, confidential=True)
    stand(live, "FRA", Stance.OPPOSE, 3)

    (fact,) = say_due(live.at(8))

    assert not fact.carried
    assert "DEU" not in fact.text
    assert fact.text.startswith("against: FRA; ")
    assert "1 in confidence" in fact.text


def test_one_objection_stops_it_also_if_nobody_objects_in_the_open():
    live = a_live_board()
    ask(live)
    stand(live, "DEU", Stance.OPPOSE, 2, confidential=True)

    (fact,) = say_due(live.at(8))

    assert not fact.carried
    assert "DEU" not in fact.text
    assert "1 in confidence" in fact.text


def test_an_objection_told_to_the_case_that_goes_on_counts_for_a_proposal_of_a_merged_one():
    live = a_live_board()
    live.open(a_case(needs=(), lots=(), vehicles=()), "case_2")
    live.say(
        ProposalMade(
            said_at=live.now, case_id="case_2", proposal=a_proposal("prop_1", members=("DEU",))
        ),
        stream="case/case_2",
    )  # fmt: skip
    live.merge("case_2")
    stand(live, "DEU", Stance.OPPOSE, 2)

    (fact,) = say_due(live.at(8))

    assert (fact.case_id, fact.carried) == ("case_2", False)
