"""Apply a rule to votes: the outcome, the count in words, and who could change it."""

from collections.abc import Mapping, Sequence

from u24.consent.rules.forms import CARRIED
from u24.consent.rules.moving import find_movers
from u24.consent.rules.tally import Tally, take_tally
from u24.consent.rules.wording import count_in_words, members_for, population_for
from u24.domain.decisions import Decision, DecisionRule, Elector, Outcome, RuleForm, Vote


def decide(
    rule: DecisionRule,
    electors: Sequence[Elector],
    votes: Mapping[str, Vote],
    *,
    is_over: bool,
) -> Decision:
    """Count the votes of the electors by the rule.

    Until ``is_over`` those without a vote may still vote anyhow: the outcome is open unless
    all they can do gives the same. A silence procedure is open until its deadline unless
    somebody has objected.

    Raises
    ------
    InvalidInput
        An elector twice, a vote of somebody who is none, or an unknown population under a
        rule that counts people.
    """
    tally = take_tally(electors, votes)
    return Decision(
        rule_id=rule.rule_id,
        outcome=_outcome(rule, tally, is_over=is_over),
        votes=tuple(sorted(tally.votes.items())),
        text=count_in_words(rule, tally),
        members_for=members_for(rule, tally),
        population_for=population_for(rule, tally),
        movers=find_movers(rule, tally),
    )


def _outcome(rule: DecisionRule, tally: Tally, *, is_over: bool) -> Outcome:
    carried = CARRIED[rule.form]
    if not tally.members or not carried(rule, tally if is_over else tally.with_rest(Vote.FOR)):
        return Outcome.LOST
    if is_over:
        return Outcome.CARRIED
    is_sure = rule.form is not RuleForm.SILENCE and carried(rule, tally.with_rest(Vote.AGAINST))
    return Outcome.CARRIED if is_sure else Outcome.OPEN


def outcome_of(
    rule: DecisionRule,
    electors: Sequence[Elector],
    votes: Mapping[str, Vote],
    *,
    is_over: bool,
) -> Outcome:
    """The outcome alone, for whoever tries many changes; as in :func:`decide`."""
    return _outcome(rule, take_tally(electors, votes), is_over=is_over)
