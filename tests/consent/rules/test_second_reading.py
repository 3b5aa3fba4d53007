"""The rules against a second reading of them, and what no vote may ever do."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consent.rules import second_reading
from u24.consent.rules import decide, get_rule, list_rules
from u24.domain.decisions import Elector, Outcome, RuleForm, Vote
from u24.reference.organisations import electors_of

ORDER = [Outcome.LOST, Outcome.OPEN, Outcome.CARRIED]
SMALL_COUNCIL = {"council_votes": 3, "seats_of_council": 5}

every_rule = pytest.mark.parametrize("rule_id", [rule.rule_id for rule in list_rules()])


@st.composite
def elections(draw, most=7):
    """Up to seven electors of few sizes, so that shares are often just reached, and votes."""
    names = ["CHN", "RUS", "AAA", "BBB", "CCC", "DDD", "EEE"][: draw(st.integers(1, most))]
    electors = [Elector(member=name, population=draw(st.integers(1, 9))) for name in names]
    votes = {name: draw(st.sampled_from(list(Vote))) for name in names if draw(st.booleans())}
    return electors, votes


def a_small(rule_id):
    """The rule for a council of five seats, where the real one has fifteen."""
    rule = get_rule(rule_id)
    small = {RuleForm.QUALIFIED: 5, RuleForm.COUNCIL: 3}.get(rule.form, 0)
    return replace(rule, votes_needed=small if rule.votes_needed else 0)


def words(votes):
    return {member: vote.value for member, vote in votes.items()}


def rank(rule_id, electors, votes, *, is_over):
    return ORDER.index(decide(a_small(rule_id), electors, votes, is_over=is_over).outcome)


@every_rule
@given(election=elections(), is_over=st.booleans())
def test_the_outcome_is_that_of_a_second_reading_of_the_rule(rule_id, election, is_over):
    electors, votes = election

    decision = decide(a_small(rule_id), electors, votes, is_over=is_over)

    read_again = second_reading.outcome(
        rule_id, electors, words(votes), is_over=is_over, **SMALL_COUNCIL
    )
    assert decision.outcome == read_again


@every_rule
@given(election=elections())
def test_the_movers_are_all_the_smallest_sets_that_carry_it(rule_id, election):
    electors, votes = election

    movers = decide(a_small(rule_id), electors, votes, is_over=True).movers

    tried = second_reading.movers(rule_id, electors, words(votes), **SMALL_COUNCIL)
    if tried is None:
        assert (movers.size, movers.sets, movers.total) == (None, (), 0)
    else:
        assert (movers.size, movers.total) == (len(tried[0]), len(tried))
        assert movers.sets == tuple(tried[:20])


@every_rule
@given(election=elections(), is_over=st.booleans(), data=st.data())
def test_a_vote_that_turns_away_never_improves_the_outcome(rule_id, election, is_over, data):
    electors, votes = election
    member = data.draw(st.sampled_from([e.member for e in electors]))
    was = votes.get(member, Vote.NONE)
    # opting out changes who decides; see the test of the qualified majority below
    turned = [v for v in Vote if v is not Vote.FOR]
    if get_rule(rule_id).form is RuleForm.QUALIFIED:
        turned.remove(Vote.NOT_PARTICIPATING)
    to = {Vote.FOR: turned}.get(was, [Vote.AGAINST])
    if was is Vote.NOT_PARTICIPATING:
        return

    worse = {**votes, member: data.draw(st.sampled_from(to))}

    after = rank(rule_id, electors, worse, is_over=is_over)
    assert after <= rank(rule_id, electors, votes, is_over=is_over)


@every_rule
@given(election=elections(), data=st.data())
def test_the_movers_would_carry_it_and_none_of_them_is_for_it_already(rule_id, election, data):
    electors, votes = election
    rule = a_small(rule_id)
    movers = decide(rule, electors, votes, is_over=True).movers
    if not movers.sets:
        return
    names = data.draw(st.sampled_from(movers.sets))

    moved = decide(rule, electors, {**votes, **dict.fromkeys(names, Vote.FOR)}, is_over=True)

    assert moved.outcome is Outcome.CARRIED
    assert all(votes.get(name) not in {Vote.FOR, Vote.NOT_PARTICIPATING} for name in names)


@every_rule
@given(election=elections(), seed=st.randoms(use_true_random=False))
def test_the_order_of_electors_and_votes_changes_nothing(rule_id, election, seed):
    electors, votes = election
    other = seed.sample(electors, len(electors))
    shuffled = dict(seed.sample(list(votes.items()), len(votes)))

    first = decide(get_rule(rule_id), electors, votes, is_over=True)

    assert decide(get_rule(rule_id), other, shuffled, is_over=True) == first


@every_rule
@given(data=st.data())
def test_a_real_body_decides_as_a_second_reading_says(rule_id, data):
    electors = electors_of("UNSC" if rule_id.startswith("unsc") else "EU", date(2022, 6, 1))
    electors = [replace(elector, population=elector.population or 1) for elector in electors]
    # mostly for it, so that the thresholds are near
    likely = [Vote.FOR] * 8 + [v for v in Vote if v is not Vote.FOR]
    votes = {e.member: data.draw(st.sampled_from(likely)) for e in electors}

    decision = decide(get_rule(rule_id), electors, votes, is_over=True)

    assert decision.outcome == second_reading.outcome(rule_id, electors, words(votes), is_over=True)


def test_an_opt_out_can_raise_what_it_takes_to_block_a_qualified_majority():
    # TFEU 238(3)(a) as it stands: with GGG two members can block, without it three are needed
    people = {"AAA": 5, "BBB": 1, "CCC": 3, "DDD": 1, "EEE": 3, "FFF": 1, "GGG": 8}
    electors = [Elector(member=name, population=people[name]) for name in people]
    votes = dict.fromkeys(people, Vote.FOR) | {"AAA": Vote.NOT_PARTICIPATING}
    votes |= {"CCC": Vote.AGAINST, "EEE": Vote.AGAINST}

    with_it = decide(get_rule("eu-qmv"), electors, votes, is_over=True)
    without = decide(
        get_rule("eu-qmv"), electors, votes | {"GGG": Vote.NOT_PARTICIPATING}, is_over=True
    )

    assert (with_it.outcome, without.outcome) == (Outcome.LOST, Outcome.CARRIED)
