"""The rules by day, what is refused, what is told, and how sets are counted."""

from dataclasses import replace
from datetime import date
from itertools import combinations
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u24.consent.rules import catalogue, decide, get_rule, list_rules
from u24.consent.rules.choosing import count_choices, first_choices
from u24.consent.rules.deciding import outcome_of
from u24.consent.rules.page import rules_page
from u24.domain.decisions import DecisionRule, Elector, Outcome, RuleForm, Vote
from u24.errors import InvalidInput

LIMIT = "constructive abstention blocks from 1/3 of members and of people on"
PAGE = Path(__file__).parents[3] / "docs" / "reference" / "decision-rules.md"


def some(count, people=1):
    return [Elector(member=f"M{at:02}", population=people) for at in range(count)]


def said(vote, count, start=0):
    return {f"M{at:02}": vote for at in range(start, start + count)}


def test_the_page_of_rules_is_what_the_rules_say():
    written = PAGE.read_text("utf-8")

    assert written == rules_page(), "run scripts/document_decision_rules.py"
    assert all(f"`{rule.rule_id}`" in written for rule in list_rules())


def test_an_unknown_rule_is_refused_with_the_known_ones():
    with pytest.raises(InvalidInput, match="rule is 'qmv'; it must be one of silence, unanimity"):
        get_rule("qmv")


def test_a_rule_is_refused_for_a_day_on_which_it_did_not_hold():
    with pytest.raises(InvalidInput, match="eu-qmv is asked for 2014-10-31; it holds from 2014-11"):
        get_rule("eu-qmv", date(2014, 10, 31))

    assert get_rule("eu-qmv", date(2014, 11, 1)) == get_rule("eu-qmv")


def test_of_two_versions_of_a_rule_the_one_of_the_day_counts(monkeypatch):
    new = get_rule("unsc")
    old = replace(new, votes_needed=7, from_on=None, until_on=new.from_on)
    monkeypatch.setattr(catalogue, "RULES", (old, new))

    assert get_rule("unsc", date(1965, 12, 31)).votes_needed == 7
    assert get_rule("unsc", date(1966, 1, 1)).votes_needed == 9
    assert get_rule("unsc").votes_needed == 9


def test_a_rule_that_ended_says_until_when_it_held(monkeypatch):
    ended = replace(get_rule("silence"), until_on=date(2000, 1, 1))
    monkeypatch.setattr(catalogue, "RULES", (ended,))

    with pytest.raises(InvalidInput, match="it holds until 2000-01-01"):
        get_rule("silence", date(2000, 1, 1))


def test_an_elector_who_stands_there_twice_is_refused():
    with pytest.raises(InvalidInput, match="electors: M00 more than once"):
        decide(get_rule("silence"), [*some(2), *some(1)], {}, is_over=True)


@pytest.mark.parametrize(("count", "told"), [(0, "are nobody"), (2, "M00, M01$"), (40, "10 more")])
def test_a_vote_of_somebody_who_is_no_elector_is_refused(count, told):
    with pytest.raises(InvalidInput, match=f"votes: XAA may not vote; electors .*{told}"):
        decide(get_rule("silence"), some(count), {"XAA": Vote.FOR}, is_over=True)


def test_a_rule_that_counts_people_refuses_an_unknown_population_by_name():
    electors = [*some(2), Elector(member="ZZZ")]

    with pytest.raises(InvalidInput, match="rule eu-qmv counts people; the population of ZZZ is"):
        decide(get_rule("eu-qmv"), electors, {}, is_over=True)


def test_a_population_is_not_asked_of_who_does_not_take_part_nor_before_the_limit_is_near():
    electors = [*some(3), Elector(member="ZZZ")]
    out = {"ZZZ": Vote.NOT_PARTICIPATING}
    near = {"ZZZ": Vote.CONSTRUCTIVE} | said(Vote.FOR, 3)

    assert decide(get_rule("eu-qmv"), electors, out, is_over=False).outcome is Outcome.OPEN
    assert decide(get_rule("eu-cfsp-consensus"), electors, near, is_over=True).outcome == "carried"


@pytest.mark.parametrize("rule", list_rules(), ids=lambda rule: rule.rule_id)
@pytest.mark.parametrize("is_over", [True, False])
def test_where_nobody_takes_part_it_is_lost_and_nobody_can_move(rule, is_over):
    votes = {"M00": Vote.NOT_PARTICIPATING}

    decision = decide(rule, some(1), votes, is_over=is_over)

    assert decision.outcome is Outcome.LOST
    assert decision.movers.size is None
    assert (decision.text, decision.members_for, decision.population_for) == (
        "nobody takes part",
        None,
        None,
    )


def test_a_silence_procedure_is_open_until_its_deadline_even_if_all_are_for_it():
    votes = said(Vote.FOR, 2)

    assert decide(get_rule("silence"), some(2), votes, is_over=False).outcome is Outcome.OPEN
    assert decide(get_rule("nato-consensus"), some(2), votes, is_over=False).outcome == "carried"


def test_a_council_of_too_few_members_can_never_carry_it():
    decision = decide(get_rule("unsc"), some(8), said(Vote.FOR, 3), is_over=False)

    assert decision.outcome is Outcome.LOST
    assert decision.movers.size is None


def test_a_council_needs_its_fifteen_where_the_share_would_be_less():
    votes = said(Vote.FOR, 14)
    without_least = replace(get_rule("eu-qmv"), votes_needed=0)

    decision = decide(get_rule("eu-qmv"), some(25), votes, is_over=True)

    assert decision.text.endswith(
        "15 of 25 members needed; 56.00 % of the people for, 65.00 % needed"
    )
    assert "14 of 25 members needed" in decide(without_least, some(25), votes, is_over=True).text


def test_a_share_of_members_alone_and_one_that_must_be_passed():
    rule = DecisionRule(
        rule_id="half", name="half", form=RuleForm.QUALIFIED, source="-", members_share=(1, 2)
    )
    passed = replace(rule, strictly_more=True, blocking_members=9)
    votes = said(Vote.FOR, 2) | said(Vote.AGAINST, 2, 2)
    electors = [Elector(member=f"M{at:02}") for at in range(4)]

    reached = decide(rule, electors, votes, is_over=True)
    not_passed = decide(passed, electors, votes, is_over=True)

    assert (reached.outcome, reached.population_for) == (Outcome.CARRIED, None)
    assert not_passed.outcome is Outcome.LOST
    assert (not_passed.movers.size, not_passed.movers.total) == (1, 2)


def test_a_minimum_that_nobody_can_reach_leaves_nobody_to_move():
    rule = replace(get_rule("eu-qmv"), members_share=(1, 1), strictly_more=True)

    assert decide(rule, some(3), said(Vote.FOR, 2), is_over=True).movers.size is None


def test_where_even_all_together_are_not_over_the_share_nobody_blocks():
    rule = replace(get_rule("eu-qmv"), blocking_population_share=(1, 1))
    votes = said(Vote.NOT_PARTICIPATING, 1) | said(Vote.FOR, 4, 1) | said(Vote.AGAINST, 3, 5)

    decision = decide(rule, some(8), votes, is_over=True)

    assert decision.outcome is Outcome.CARRIED
    assert decision.text.endswith("fewer than 8 opponents do not block")


@pytest.mark.parametrize(
    ("rule_id", "votes", "told"),
    [
        ("silence", {}, "3 without a vote"),
        (
            "unga-majority",
            {},
            "3 without a vote; more than 1/2 of those voting for or against needed",
        ),
        (
            "simple-majority",
            said(Vote.FOR, 2) | {"M02": Vote.NOT_PARTICIPATING},
            "2 for, 1 not taking part; more than 1/2 of all needed",
        ),
        (
            "unga-two-thirds",
            said(Vote.FOR, 2) | {"M02": Vote.AGAINST},
            "2 for, 1 against; at least 2/3 of those voting for or against needed",
        ),
        (
            "eu-cfsp-consensus",
            said(Vote.CONSTRUCTIVE, 1),
            f"1 abstaining constructively, 2 without a vote; {LIMIT}",
        ),
        ("unsc-procedural", said(Vote.ABSTAIN, 1), "1 abstaining, 2 without a vote; 9 needed"),
    ],
)
def test_the_count_says_who_said_what_and_what_is_needed(rule_id, votes, told):
    assert decide(get_rule(rule_id), some(3), votes, is_over=True).text == told


def test_a_veto_is_named():
    electors = [Elector(member="RUS"), *some(9)]
    votes = said(Vote.FOR, 9) | {"RUS": Vote.AGAINST}

    decision = decide(get_rule("unsc"), electors, votes, is_over=True)

    assert decision.text == "9 for, 1 against; 9 needed; veto of RUS"
    assert decision.movers.sets == (("RUS",),)


@pytest.mark.parametrize(
    ("rule_id", "members_for", "population_for"),
    [
        ("silence", None, None),
        ("eu-cfsp-consensus", None, None),
        ("coalition", None, None),
        ("unanimity", (2, 4), None),
        ("unsc", (2, 4), None),
        ("simple-majority", (2, 4), None),
        ("unga-majority", (2, 3), None),
        ("eu-qmv", (2, 4), (10, 20)),
    ],
)
def test_shares_are_of_what_the_rule_counts(rule_id, members_for, population_for):
    votes = said(Vote.FOR, 2) | said(Vote.AGAINST, 1, 2) | said(Vote.ABSTAIN, 1, 3)

    decision = decide(get_rule(rule_id), some(4, people=5), votes, is_over=True)

    assert (decision.members_for, decision.population_for) == (members_for, population_for)


@pytest.mark.parametrize("is_over", [True, False])
def test_the_outcome_alone_is_that_of_the_decision(is_over):
    votes = said(Vote.FOR, 2)

    alone = outcome_of(get_rule("silence"), some(3), votes, is_over=is_over)

    assert alone == decide(get_rule("silence"), some(3), votes, is_over=is_over).outcome


def test_where_nobody_votes_there_is_no_share_of_those_who_vote():
    assert decide(get_rule("unga-majority"), some(2), {}, is_over=True).members_for is None


def test_votes_stand_in_order_of_member_and_whoever_is_silent_stands_there_too():
    decision = decide(get_rule("silence"), some(3)[::-1], {"M02": Vote.FOR}, is_over=True)

    assert decision.votes == (("M00", Vote.NONE), ("M01", Vote.NONE), ("M02", Vote.FOR))
    assert decision.rule_id == "silence"


def test_the_first_twenty_sets_are_listed_and_all_are_counted():
    movers = decide(
        get_rule("unga-two-thirds"), some(60), said(Vote.AGAINST, 60), is_over=True
    ).movers

    assert (movers.size, len(movers.sets), movers.total) == (40, 20, comb(60, 40))
    assert list(movers.sets) == sorted(movers.sets)
    assert movers.sets[0] == tuple(f"M{at:02}" for at in range(40))


def test_constructive_abstainers_move_until_one_of_the_two_limits_is_passed_below():
    electors = [
        Elector(member=f"M{at:02}", population=p) for at, p in enumerate([9, 8, 1, 1, 8, 1])
    ]
    votes = said(Vote.CONSTRUCTIVE, 4) | said(Vote.AGAINST, 1, 4) | said(Vote.FOR, 1, 5)

    movers = decide(get_rule("eu-cfsp-consensus"), electors, votes, is_over=True).movers

    # 19 of 28 people: to come below 28/3 ten must move, so no one alone; two large ones may
    assert movers.sets == (("M00", "M01", "M04"), ("M00", "M02", "M04"), ("M00", "M03", "M04"))
    assert (movers.size, movers.total) == (3, 3)


def test_where_nobody_declared_has_people_the_limit_of_people_is_not_reached():
    votes = said(Vote.CONSTRUCTIVE, 2) | said(Vote.AGAINST, 1, 2)
    electors = [Elector(member=f"M{at:02}", population=p) for at, p in enumerate([1, 1, 5])]

    movers = decide(get_rule("eu-cfsp-consensus"), electors, votes, is_over=True).movers

    assert movers.sets == (("M02",),)


def test_a_single_declared_abstainer_that_is_the_whole_body_must_move_itself():
    movers = decide(
        get_rule("eu-cfsp-consensus"), some(1), said(Vote.CONSTRUCTIVE, 1), is_over=True
    ).movers

    assert movers.sets == (("M00",),)


@given(
    weights=st.lists(st.integers(0, 6), max_size=9),
    size=st.integers(0, 9),
    weight=st.integers(-2, 20),
)
def test_choices_are_counted_and_listed_as_if_all_were_tried(weights, size, weight):
    named = [(f"M{at}", own) for at, own in enumerate(weights)]

    tried = [
        tuple(name for name, _ in some)
        for some in combinations(named, size)
        if sum(own for _, own in some) >= weight
    ]

    assert count_choices(tuple(sorted(weights)), size, weight) == len(tried)
    assert first_choices(named, size, weight, most=4) == tried[:4]


def test_too_many_kinds_of_members_are_not_counted_but_the_size_is_exact():
    electors = [Elector(member=f"M{at:02}", population=1000 + 7**at) for at in range(80)]

    movers = decide(get_rule("eu-qmv"), electors, {}, is_over=False).movers

    assert (movers.size, len(movers.sets), movers.total) == (44, 20, 0)
