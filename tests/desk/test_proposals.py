"""What members are asked, where they stand, and how the desk says what came of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import T0, a_case, at_h
from tests.desk.a_desk import ADesk, a_filled_case
from tests.desk.live_board import CASE, a_live_board
from tests.desk.saying_due import say_due
from tests.facts import a_condition_said, a_proposal, a_proposal_made
from u24.desk.clocks import due, next_due_at
from u24.desk.decisions_due import NOT_DECIDABLE, members_asked
from u24.desk.live_case import joined_cases, live_case
from u24.desk.live_words import ASKED_ANEW
from u24.domain.commands.decisions import (
    DeclareCondition,
    MakeProposal,
    SayCondition,
    TakePosition,
)
from u24.domain.facts.decisions import PositionTaken, ProposalDecided, ProposalMade
from u24.domain.facts.people import Role
from u24.domain.proposals import MissionPurpose, Position, ProposalKind, Stance

MINUTE = timedelta(minutes=1)
PROPOSAL = MakeProposal(
    case_id="case_1", title="Airlift", members=("DEU", "NLD"), deadline_at=at_h(9)
)
STANCE = Position(member="NLD", proposal="proposal_1", stance=Stance.OPPOSE)


@pytest.fixture(scope="module")
def filled():
    desk = ADesk()
    desk.enrol("dora", Role.DUTY_OFFICER)
    desk.enrol("cato", Role.DECISION_MAKER, "NLD")
    desk.enrol("hugo", Role.DECISION_MAKER, "TUR")
    desk.enrol("ida", Role.DECISION_MAKER, "ITA")
    a_filled_case(desk)
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


@pytest.mark.parametrize(
    ("values", "code", "allowed"),
    [
        ({"title": " "}, "empty", "say what is asked"),
        ({"members": ()}, "empty", "give members or a body"),
        ({"body": "EU"}, "two-bodies", "give the one or the other"),
        ({"body": "XX", "members": ()}, "not-decidable", "EU, NATO, UN"),
        ({"members": ("DEU", "XXX")}, "not-decidable", "ISO 3166-1 alpha-3"),
        ({"rule_id": "toss"}, "unknown-rule", "unga-two-thirds"),
        ({"deadline_at": None}, "no-deadline", "give deadline_at"),
        ({"deadline_at": at_h(5)}, "past", "give a later moment"),
        ({"kind": ProposalKind.MISSION}, "no-purpose", "rescue, peacekeeping"),
        ({"purposes": (MissionPurpose.RESCUE,)}, "no-mission", "only a mission has purposes"),
        ({"requires": ("cease-fir",)}, "unknown-condition", "cease-fire"),
        ({"requires": ("unarmed", "able-to-defend-itself")}, "contradiction", "name one"),
        ({"proposal_id": "proposal_1"}, "name-taken", "another id"),
    ],
)
def test_a_proposal_that_cannot_be_decided_is_refused_with_what_is_allowed(
    desk, values, code, allowed
):
    refusal = desk.refused("dora", replace(PROPOSAL, **values))

    assert refusal.code == code
    assert allowed in refusal.text


@pytest.mark.parametrize(
    "values",
    [
        {"rule_id": "eu-qmv", "body": "EU", "members": (), "deadline_at": None},
        {"rule_id": "coalition", "members": (), "deadline_at": None},
        {
            "kind": ProposalKind.MISSION,
            "purposes": (MissionPurpose.RESCUE,),
            "requires": ("un-mandate",),
        },
    ],
)
def test_a_proposal_is_made_by_any_rule_with_all_that_it_says(desk, values):
    made = desk.do("dora", replace(PROPOSAL, **values)).get_made("proposal_id")

    proposal = desk.case().proposals[made].fact.proposal
    assert {name: getattr(proposal, name) for name in values} == values
    assert proposal.made_at == desk.clock.now


@pytest.mark.parametrize(
    ("who", "values", "code", "allowed"),
    [
        ("cato", {"proposal": "prop_x"}, "unknown-proposal", "it has proposal_1"),
        ("ida", {"member": "ITA"}, "not-asked", "asks DEU, NLD, not ITA; TUR may speak"),
        ("cato", {"stance": Stance.CONDITIONAL}, "no-conditions", "name conditions"),
        ("cato", {"conditions": ("peace",)}, "unknown-condition", "peace-agreement"),
        (
            "cato", {"conditions": ("unarmed", "able-to-defend-itself")}, "contradiction",
            "exclude each other",
        ),
        ("cato", {"purposes": (MissionPurpose.RESCUE,)}, "other-purpose", "name those, or none"),
        ("cato", {"conditions": (f"proposal_1{ASKED_ANEW}",)}, "unknown-condition", "cease-fire"),
    ],
)  # fmt: skip
def test_a_position_that_could_not_count_is_refused_with_what_is_allowed(
    desk, who, values, code, allowed
):
    command = TakePosition(case_id="case_1", position=replace(STANCE, **values))

    refusal = desk.refused(who, command)

    assert refusal.code == code
    assert allowed in refusal.text


def test_the_host_may_speak_of_what_it_does_not_decide(desk):
    stance = replace(STANCE, member="TUR")

    assert desk.ask("hugo", TakePosition(case_id="case_1", position=stance)).is_done


def test_a_position_that_is_secret_is_confidential_and_the_other_way_round(desk):
    secret = TakePosition(case_id="case_1", position=replace(STANCE, secret=True))
    desk.do("cato", secret)
    desk.do("cato", replace(secret, position=STANCE, confidential=True))

    facts = [s.fact for s in map(desk.desk._pen._entry_at, range(1, desk.store.size() + 1))]
    taken = [fact for fact in facts if isinstance(fact, PositionTaken)]
    assert [(fact.confidential, fact.position.secret) for fact in taken] == [(True, True)] * 2
    assert all(fact.salt for fact in taken)


@pytest.mark.parametrize(
    ("command", "code", "allowed"),
    [
        (DeclareCondition(case_id="case_1", condition_id="c", text=" "), "empty", "what it means"),
        (
            DeclareCondition(case_id="case_1", condition_id="cease-fire", text="x"), "standard",
            "a cease-fire is in force",
        ),
        (
            DeclareCondition(case_id="case_1", condition_id=f"x{ASKED_ANEW}", text="x"),
            "name-taken", "another id",
        ),
        (
            DeclareCondition(case_id="case_1", condition_id="c", text="x", excludes=("z",)),
            "contradiction", "neither a standard one",
        ),
        (
            SayCondition(case_id="case_1", condition_id="cease", holds=True), "unknown-condition",
            "cease-fire",
        ),
    ],
)  # fmt: skip
def test_a_condition_that_nobody_can_speak_of_is_refused(desk, command, code, allowed):
    refusal = desk.refused("dora", command)

    assert refusal.code == code
    assert allowed in refusal.text


def test_two_conditions_that_exclude_each_other_are_not_both_said_to_hold(desk):
    unarmed = SayCondition(case_id="case_1", condition_id="unarmed", holds=True)
    armed = replace(unarmed, condition_id="able-to-defend-itself")
    desk.do("dora", unarmed)

    assert desk.refused("dora", armed).code == "contradiction"

    desk.clock.wait(minutes=1)
    desk.do("dora", replace(unarmed, holds=False))
    desk.do("dora", armed)


def test_what_is_said_of_a_condition_anew_for_the_same_moment_replaces(desk):
    word = SayCondition(case_id="case_1", condition_id="cease-fire", holds=True, from_at=at_h(3))
    desk.do("dora", word)
    desk.do("dora", replace(word, holds=False))

    [held] = live_case(desk.case()).condition_words

    assert not held.holds


def test_declaring_an_exclusion_never_tells_who_spoke_in_confidence(desk):
    desk.do("dora", DeclareCondition(case_id="case_1", condition_id="a", text="a"))
    desk.do("dora", DeclareCondition(case_id="case_1", condition_id="b", text="b"))
    stance = replace(STANCE, stance=Stance.CONDITIONAL, conditions=("a", "b"))
    desk.do("cato", TakePosition(case_id="case_1", position=stance, confidential=True))

    refusal = desk.refused(
        "dora", DeclareCondition(case_id="case_1", condition_id="b", text="b", excludes=("a",))
    )

    assert refusal.code == "contradiction"
    assert "NLD" not in refusal.text


# How a proposal ends.


def ask(live, **values):
    proposal = a_proposal("prop_1", members=("DEU", "FRA"), made_at=live.now, **values)
    live.say(ProposalMade(said_at=live.now, case_id=CASE, proposal=proposal))


def stand(live, member, stance, hours, *, confidential=False, **values):
    position = Position(member=member, proposal="prop_1", stance=stance, **values)
    live.say(
        PositionTaken(
            said_at=at_h(hours), case_id=CASE, position=position, confidential=confidential
        )
    )


@pytest.mark.parametrize(
    ("rule_id", "stances", "carried"),
    [
        ("unanimity", {"DEU": Stance.SUPPORT}, False),
        ("unanimity", {"DEU": Stance.SUPPORT, "FRA": Stance.SUPPORT}, True),
        ("nato-consensus", {"DEU": Stance.SUPPORT, "FRA": Stance.RED_LINE}, False),
        ("unga-majority", {"DEU": Stance.SUPPORT, "FRA": Stance.ABSTAIN}, True),
        ("coalition", {"DEU": Stance.SUPPORT, "FRA": Stance.OPPOSE}, True),
    ],
)
def test_every_rule_decides_at_its_deadline_also_when_nobody_looked_for_a_day(
    rule_id, stances, carried
):
    live = a_live_board()
    ask(live, rule_id=rule_id)
    for member, stance in stances.items():
        stand(live, member, stance, 5)

    facts = say_due(live.at(36))

    [decided] = [fact for fact in facts if isinstance(fact, ProposalDecided)]
    assert (decided.carried, decided.rule) == (carried, rule_id)
    assert decided.decided_at <= at_h(6)
    assert due(live.board, live.now) == []


@pytest.mark.parametrize("deadline_h", [30, None])
def test_a_rule_decides_earlier_once_all_have_spoken_and_dates_it_to_the_last_word(deadline_h):
    live = a_live_board()
    ask(live, rule_id="unanimity", deadline_at=deadline_h and at_h(deadline_h))
    stand(live, "DEU", Stance.SUPPORT, 2)
    assert due(live.board, at_h(3)) == []
    stand(live, "FRA", Stance.OPPOSE, 4)

    assert next_due_at(live.board, at_h(20)) == at_h(20)
    (fact,) = say_due(live.at(20))

    assert (fact.carried, fact.said_at, fact.decided_at) == (False, at_h(20), at_h(4))


@pytest.mark.parametrize(
    "last",
    [
        {"stance": Stance.UNDECIDED},
        {"stance": Stance.CONDITIONAL, "conditions": ("cease-fire",)},
        {"stance": Stance.OPPOSE, "confidential": True},
    ],
)
def test_nothing_is_decided_early_while_a_word_is_open_or_was_said_in_confidence(last):
    live = a_live_board()
    ask(live, rule_id="unanimity", deadline_at=at_h(30))
    stand(live, "FRA", Stance.SUPPORT, 1)
    stand(live, "DEU", Stance.SUPPORT, 2)
    stand(live, "FRA", hours=3, **last)

    assert due(live.board, at_h(20)) == []
    assert next_due_at(live.board, at_h(20)) == at_h(30)
    assert not say_due(live.at(30))[0].carried


def test_a_majority_that_is_certain_waits_until_the_last_member_has_made_up_its_mind():
    live = a_live_board()
    proposal = a_proposal(
        "prop_1", members=("DEU", "FRA", "ITA"), rule_id="simple-majority", deadline_at=at_h(30)
    )
    live.say(ProposalMade(said_at=live.now, case_id=CASE, proposal=proposal))
    stand(live, "DEU", Stance.SUPPORT, 1)
    stand(live, "FRA", Stance.SUPPORT, 2)
    stand(live, "ITA", Stance.UNDECIDED, 3)
    assert due(live.board, at_h(20)) == []

    stand(live, "ITA", Stance.ABSTAIN, 21)

    (fact,) = say_due(live.at(22))
    assert (fact.carried, fact.decided_at) == (True, at_h(21))


def test_a_condition_that_comes_true_settles_a_word_that_waited_for_it():
    live = a_live_board()
    ask(live, rule_id="unanimity", deadline_at=None)
    stand(live, "FRA", Stance.SUPPORT, 1)
    stand(live, "DEU", Stance.CONDITIONAL, 2, conditions=("cease-fire",))
    assert due(live.board, at_h(20)) == []

    live.say(a_condition_said(said_at=at_h(20), from_at=at_h(10)))

    (fact,) = say_due(live.at(24))
    assert (fact.carried, fact.decided_at) == (True, at_h(20))


def test_what_is_heard_of_a_condition_after_the_deadline_comes_too_late():
    live = a_live_board()
    ask(live)
    stand(live, "DEU", Stance.CONDITIONAL, 2, conditions=("cease-fire",))
    live.say(a_condition_said(said_at=at_h(7), from_at=at_h(3)))

    (fact,) = say_due(live.at(8))

    assert not fact.carried


def test_a_lost_proposal_stays_lost_when_a_condition_comes_true_afterwards():
    live = a_live_board()
    ask(live)
    stand(live, "DEU", Stance.CONDITIONAL, 2, conditions=("cease-fire",))
    say_due(live.at(8))
    live.say(a_condition_said(said_at=at_h(9), from_at=at_h(9)))

    case = live_case(live.case)

    [position] = case.positions
    assert position.conditions == ("cease-fire", f"prop_1{ASKED_ANEW}")
    [anew] = [each for each in case.conditions if each.condition_id == f"prop_1{ASKED_ANEW}"]
    assert anew.text.startswith("'Use the air bridge' is proposed anew")


def test_what_the_rule_cannot_be_applied_to_is_not_carried_and_stops_nothing():
    live = a_live_board()
    ask(live, body="XX", title="by nobody that is known")
    live.say(a_proposal_made("prop_2", members=("DEU",)))

    facts = say_due(live.at(8))

    assert [(fact.proposal_id, fact.carried) for fact in facts] == [
        ("prop_1", False), ("prop_2", True),
    ]  # fmt: skip
    assert facts[0].text == NOT_DECIDABLE


def test_who_decides_is_who_is_named_or_the_members_of_the_body_on_that_day():
    assert members_asked(a_proposal(), T0) == ("DEU", "NLD")
    of_eu = members_asked(a_proposal(members=(), body="EU"), T0)
    assert (len(of_eu), "GBR" in of_eu) == (27, False)
    assert members_asked(a_proposal(members=(), body="XX"), T0) == ()


def test_a_deadline_in_a_merged_case_is_decided_by_what_the_whole_family_heard():
    live = a_live_board()
    live.open(a_case(needs=(), lots=(), vehicles=()), "case_2")
    proposal = a_proposal("prop_1", members=("DEU", "FRA"), rule_id="unanimity")
    live.say(
        ProposalMade(said_at=live.now, case_id="case_2", proposal=proposal), stream="case/case_2"
    )
    live.merge("case_2")
    stand(live, "DEU", Stance.SUPPORT, 2)
    stand(live, "FRA", Stance.CONDITIONAL, 3, conditions=("cease-fire",))
    live.say(a_condition_said(said_at=at_h(4), from_at=at_h(4)))

    (fact,) = say_due(live.at(5))

    assert (fact.case_id, fact.carried, fact.decided_at) == ("case_2", True, at_h(4))
    assert len(live_case(live.case, joined_cases(live.board, live.case)[1:]).proposals) == 1
