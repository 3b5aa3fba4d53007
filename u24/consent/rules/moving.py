"""Who must move? The smallest sets of members whose change to a yes carries it.

Asked of the votes as they stand, as if the vote ended now. Every form comes down to the same
question: some members must all move, and of some others any few that together weigh enough.
Members that do not take part cannot move.
"""

from collections.abc import Callable
from dataclasses import dataclass

from u24.consent.rules.choosing import count_choices, first_choices
from u24.consent.rules.forms import (
    CARRIED,
    OPEN_WORDS,
    blockers_needed,
    members_needed,
    people_missing,
    reaches,
    unanimity_blockers,
    vetoes,
)
from u24.consent.rules.tally import Tally
from u24.domain.decisions import DecisionRule, Movers, RuleForm, Vote

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """All of ``must`` and ``more`` of ``weights`` that weigh ``weight`` or more together."""

    must: tuple[str, ...] = ()
    more: int = 0
    weights: tuple[tuple[str, int], ...] = ()  # in order of name
    weight: int = 0


def find_movers(rule: DecisionRule, tally: Tally) -> Movers:
    """The smallest sets, how many there are, and the first of them in order of name.

    ``total`` is 0 with a size where there are too many kinds of members to count the sets.
    """
    if not tally.members:
        return Movers(size=None)
    if CARRIED[rule.form](rule, tally):
        return Movers(size=0, sets=((),), total=1)
    missing = MISSING[rule.form](rule, tally)
    if missing is None:
        return Movers(size=None)
    chosen = first_choices(missing.weights, missing.more, missing.weight, most=MOST_SHOWN)
    sets = sorted(tuple(sorted((*missing.must, *names))) for names in chosen)
    total = count_choices(
        tuple(sorted(weight for _, weight in missing.weights)), missing.more, missing.weight
    )
    return Movers(size=len(missing.must) + missing.more, sets=tuple(sets), total=total or 0)


def _of_objectors(rule: DecisionRule, tally: Tally) -> Missing:
    return Missing(must=tally.voting(Vote.AGAINST))


def _of_unanimity(rule: DecisionRule, tally: Tally) -> Missing:
    must = unanimity_blockers(rule, tally)
    if must:
        return Missing(must=must)
    return Missing(more=1, weights=_alike(tally.voting(*OPEN_WORDS)))


def _of_consensus(rule: DecisionRule, tally: Tally) -> Missing:
    must, declared = tally.voting(Vote.AGAINST), tally.voting(Vote.CONSTRUCTIVE)
    limit, members = rule.constructive_limit_share, len(tally.members)
    if limit is None or not reaches(len(declared), members, limit):
        return Missing(must=must)
    people = tally.people(rule, declared)
    above, below = limit
    over = (people * below - above * tally.people(rule, tally.members)) // below + 1
    if over <= 0:
        return Missing(must=must)
    known = tally.populations(rule)
    weights = tuple((member, known[member]) for member in declared)
    largest = sorted((weight for _, weight in weights), reverse=True)
    for more in range(1, len(declared)):
        if not reaches(len(declared) - more, members, limit):
            return Missing(must=must, more=more, weights=weights)
        if sum(largest[:more]) >= over:
            return Missing(must=must, more=more, weights=weights, weight=over)
    return Missing(must=must, more=len(declared), weights=weights)


def _of_qualified(rule: DecisionRule, tally: Tally) -> Missing | None:
    opponents, members = tally.not_for, len(tally.members)
    short = members_needed(rule, members, tally.seats) - (members - len(opponents))
    if short > len(opponents):
        return None
    blockers, missing = blockers_needed(rule, tally), people_missing(rule, tally)
    known = tally.populations(rule) if rule.population_share else {}
    weights = tuple((member, known.get(member, 0)) for member in opponents)
    largest = sorted((weight for _, weight in weights), reverse=True)
    more = max(short, 0)
    while len(opponents) - more >= blockers and sum(largest[:more]) < missing:
        more += 1
    enough = len(opponents) - more < blockers
    return Missing(more=more, weights=weights, weight=0 if enough else missing)


def _of_majority(rule: DecisionRule, tally: Tally) -> Missing:
    votes_for, against = tally.count(Vote.FOR), tally.count(Vote.AGAINST)
    share, opponents = rule.members_share or (1, 2), tally.not_for
    weights = tuple((m, int(tally.votes[m] is Vote.AGAINST)) for m in opponents)

    def carries(more: int, turned: int) -> bool:
        voting = votes_for + more + against - turned
        whole = len(tally.members) if rule.of_all_members else voting
        return reaches(votes_for + more, whole, share, strictly=rule.strictly_more)

    more = next(n for n in range(1, len(opponents) + 1) if carries(n, min(n, against)))
    turned = next(n for n in range(more + 1) if carries(more, n))
    return Missing(more=more, weights=weights, weight=turned)


def _of_council(rule: DecisionRule, tally: Tally) -> Missing | None:
    must = vetoes(rule, tally)
    others = tuple(member for member in tally.not_for if member not in must)
    more = max(rule.votes_needed - tally.count(Vote.FOR) - len(must), 0)
    return Missing(must=must, more=more, weights=_alike(others)) if more <= len(others) else None


def _of_coalition(rule: DecisionRule, tally: Tally) -> Missing:
    return Missing(more=1, weights=_alike(tally.members))


MISSING: dict[RuleForm, Callable[[DecisionRule, Tally], Missing | None]] = {
    RuleForm.SILENCE: _of_objectors,
    RuleForm.UNANIMITY: _of_unanimity,
    RuleForm.CONSENSUS: _of_consensus,
    RuleForm.QUALIFIED: _of_qualified,
    RuleForm.MAJORITY: _of_majority,
    RuleForm.COUNCIL: _of_council,
    RuleForm.COALITION: _of_coalition,
}


def _alike(members: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    return tuple((member, 0) for member in members)
