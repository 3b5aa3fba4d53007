"""Is it carried, if the vote ended now? One pure function for each form of rule.

Each is monotone: a vote that turns from for to anything that is cast, or from none or
abstain to against, never carries what was not carried. Whole numbers only.
"""

from collections.abc import Callable

from u24.consent.rules.tally import Tally
from u24.domain.decisions import DecisionRule, RuleForm, Vote

OPEN_WORDS = (Vote.ABSTAIN, Vote.CONSTRUCTIVE)


def reaches(part: int, whole: int, share: tuple[int, int], *, strictly: bool = False) -> bool:
    """Whether ``part`` of ``whole`` is at least, or strictly more than, the share."""
    have, need = part * share[1], share[0] * whole
    return have > need if strictly else have >= need


def carried_by_silence(rule: DecisionRule, tally: Tally) -> bool:
    """Nobody objects."""
    return not tally.voting(Vote.AGAINST)


def carried_by_unanimity(rule: DecisionRule, tally: Tally) -> bool:
    """All are in favour; where abstention does not block, at least one is and nobody else."""
    return not unanimity_blockers(rule, tally) and tally.count(Vote.FOR) > 0


def carried_by_consensus(rule: DecisionRule, tally: Tally) -> bool:
    """Nobody objects, and those who abstain with a declaration stay below the limit."""
    if tally.voting(Vote.AGAINST):
        return False
    limit, declared = rule.constructive_limit_share, tally.voting(Vote.CONSTRUCTIVE)
    if limit is None or not declared:
        return True
    return not (
        reaches(len(declared), len(tally.members), limit)
        and reaches(tally.people(rule, declared), tally.people(rule, tally.members), limit)
    )


def carried_by_qualified(rule: DecisionRule, tally: Tally) -> bool:
    """Enough members, and enough people or too few opponents to block.

    Whoever is not for it counts as against it. The minimum of opponents sets aside the share
    of people, not that of members.
    """
    opponents = tally.not_for
    if len(tally.members) - len(opponents) < members_needed(rule, len(tally.members), tally.seats):
        return False
    return len(opponents) < blockers_needed(rule, tally) or people_missing(rule, tally) <= 0


def carried_by_majority(rule: DecisionRule, tally: Tally) -> bool:
    """The share of all who take part, or of those who vote for or against."""
    votes_for, against = tally.count(Vote.FOR), tally.count(Vote.AGAINST)
    whole = len(tally.members) if rule.of_all_members else votes_for + against
    share = rule.members_share or (1, 2)
    return votes_for > 0 and reaches(votes_for, whole, share, strictly=rule.strictly_more)


def carried_by_council(rule: DecisionRule, tally: Tally) -> bool:
    """A number of votes, and none of those with a veto is against."""
    return tally.count(Vote.FOR) >= rule.votes_needed and not vetoes(rule, tally)


def carried_by_coalition(rule: DecisionRule, tally: Tally) -> bool:
    """At least one does it."""
    return tally.count(Vote.FOR) > 0


CARRIED: dict[RuleForm, Callable[[DecisionRule, Tally], bool]] = {
    RuleForm.SILENCE: carried_by_silence,
    RuleForm.UNANIMITY: carried_by_unanimity,
    RuleForm.CONSENSUS: carried_by_consensus,
    RuleForm.QUALIFIED: carried_by_qualified,
    RuleForm.MAJORITY: carried_by_majority,
    RuleForm.COUNCIL: carried_by_council,
    RuleForm.COALITION: carried_by_coalition,
}


def unanimity_blockers(rule: DecisionRule, tally: Tally) -> tuple[str, ...]:
    """Whose vote stands in the way of unanimity."""
    words = OPEN_WORDS if rule.abstention_blocks else ()
    return tally.voting(Vote.AGAINST, Vote.NONE, *words)


def vetoes(rule: DecisionRule, tally: Tally) -> tuple[str, ...]:
    """Who has a veto and votes against."""
    return tuple(m for m in tally.voting(Vote.AGAINST) if m in rule.veto_members)


def members_needed(rule: DecisionRule, taking_part: int, seats: int) -> int:
    """The smallest number of members that reaches the share of members.

    The rule's own minimum counts where all take part. Fewer electors than that minimum cannot
    be the whole Council, so it does not count for them.
    """
    above, below = rule.members_share or (0, 1)
    least = (
        above * taking_part // below + 1 if rule.strictly_more else -(-above * taking_part // below)
    )
    all_take_part = taking_part == seats and seats >= rule.votes_needed
    return max(least, rule.votes_needed) if all_take_part else least


def people_missing(rule: DecisionRule, tally: Tally) -> int:
    """How many people are short of the share; 0 or less where it is reached."""
    if rule.population_share is None:
        return 0
    above, below = rule.population_share
    needed = -(-above * tally.people(rule, tally.members) // below)
    return needed - tally.people(rule, tally.voting(Vote.FOR))


def blockers_needed(rule: DecisionRule, tally: Tally) -> int:
    """How many opponents it takes to block; with fewer the majority is deemed attained.

    TEU 16(4) where all take part: the rule's number. TFEU 238(3)(a) where not all do: the
    smallest number of members that stand for more than the share of the people, plus one.
    """
    if rule.blocking_population_share is None or len(tally.members) == tally.seats:
        return rule.blocking_members
    sizes = sorted(tally.populations(rule).values(), reverse=True)
    whole, people = sum(sizes), 0
    for count, size in enumerate(sizes, 1):
        people += size
        if reaches(people, whole, rule.blocking_population_share, strictly=True):
            return count + 1
    return len(sizes) + 1
