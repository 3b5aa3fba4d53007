"""The count in words and in shares."""

from u24.consent.rules.forms import blockers_needed, members_needed, reaches, vetoes
from u24.consent.rules.tally import Tally
from u24.domain.decisions import DecisionRule, RuleForm, Vote

_SAID = (
    (Vote.FOR, "for"),
    (Vote.AGAINST, "against"),
    (Vote.ABSTAIN, "abstaining"),
    (Vote.CONSTRUCTIVE, "abstaining constructively"),
    (Vote.NONE, "without a vote"),
)
_COUNTS_FOR = {RuleForm.UNANIMITY, RuleForm.QUALIFIED, RuleForm.MAJORITY, RuleForm.COUNCIL}
HUNDREDTHS_OF_A_PERCENT = 10_000


def members_for(rule: DecisionRule, tally: Tally) -> tuple[int, int] | None:
    """Those for it, of those whom the rule counts; None where it does not ask."""
    if rule.form not in _COUNTS_FOR or not tally.members:
        return None
    votes_for = tally.count(Vote.FOR)
    if rule.form is RuleForm.MAJORITY and not rule.of_all_members:
        voting = votes_for + tally.count(Vote.AGAINST)
        return (votes_for, voting) if voting else None
    return votes_for, len(tally.members)


def population_for(rule: DecisionRule, tally: Tally) -> tuple[int, int] | None:
    """The people of those for it, of all who take part; None where the rule does not ask."""
    if rule.population_share is None or not tally.members:
        return None
    people_for = tally.people(rule, tally.voting(Vote.FOR))
    return people_for, tally.people(rule, tally.members)


def count_in_words(rule: DecisionRule, tally: Tally) -> str:
    """Who said what, in numbers, and what the rule asks for."""
    if not tally.members:
        return "nobody takes part"
    said = [f"{tally.count(vote)} {word}" for vote, word in _SAID if tally.count(vote)]
    out = tally.seats - len(tally.members)
    said += [f"{out} not taking part"] if out else []
    return "; ".join([", ".join(said), *_needs(rule, tally)])


def _needs(rule: DecisionRule, tally: Tally) -> list[str]:
    if rule.form is RuleForm.QUALIFIED:
        return _qualified_needs(rule, tally)
    if rule.form is RuleForm.COUNCIL:
        return _council_needs(rule, tally)
    if rule.form is RuleForm.MAJORITY:
        share = rule.members_share or (1, 2)
        of_whom = "all" if rule.of_all_members else "those voting for or against"
        least = "more than" if rule.strictly_more else "at least"
        return [f"{least} {share[0]}/{share[1]} of {of_whom} needed"]
    return _constructive_needs(rule, tally)


def _qualified_needs(rule: DecisionRule, tally: Tally) -> list[str]:
    members = len(tally.members)
    needs = [f"{members_needed(rule, members, tally.seats)} of {members} members needed"]
    people = population_for(rule, tally)
    if people is not None and rule.population_share is not None:
        above, below = rule.population_share
        needed = percent(above, below)
        needs.append(f"{percent(*people)} of the people for, {needed} needed")
        blockers = blockers_needed(rule, tally)
        if len(tally.not_for) < blockers and not reaches(*people, rule.population_share):
            needs.append(f"fewer than {blockers} opponents do not block")
    return needs


def _council_needs(rule: DecisionRule, tally: Tally) -> list[str]:
    needs, veto = [f"{rule.votes_needed} needed"], vetoes(rule, tally)
    return [*needs, f"veto of {', '.join(veto)}"] if veto else needs


def _constructive_needs(rule: DecisionRule, tally: Tally) -> list[str]:
    if rule.constructive_limit_share is None or not tally.count(Vote.CONSTRUCTIVE):
        return []
    above, below = rule.constructive_limit_share
    return [f"constructive abstention blocks from {above}/{below} of members and of people on"]


def percent(part: int, whole: int) -> str:
    """The share with two decimals, rounded down so that no threshold is claimed too early."""
    hundredths = part * HUNDREDTHS_OF_A_PERCENT // whole if whole else 0
    return f"{hundredths // 100}.{hundredths % 100:02d} %"
