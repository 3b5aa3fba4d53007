"""What would change a proposal's verdict: one thing alone, or the least that it takes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations

from u24.consent.ballots import distinct, unmet
from u24.consent.conditions import excluded_by, known_conditions
from u24.consent.in_confidence import IN_CONFIDENCE, is_shown
from u24.consent.matters import (
    Matter,
    Supposed,
    ballots,
    barring_members,
    count,
    get_matter,
    is_carried,
    may_be_done,
    missing_conditions,
)
from u24.consent.objections import lift_of
from u24.domain.case import Case
from u24.domain.decisions import Decision, Outcome, Vote
from u24.domain.judgement import Needed
from u24.reference.tables import SHIPPED, Tables

MOST_TRIED_TOGETHER = 8  # conditions of which every selection is tried; of more, one by one
Excluded = Mapping[str, frozenset[str]]


def unmet_conditions(matter: Matter) -> tuple[str, ...]:
    """What the proposal requires or somebody asked for in public, and is not known to hold."""
    asked = {
        name
        for words in matter.words.values()
        for part in distinct(words.public)
        for name in unmet(part.conditions, matter.holds)
    }
    return tuple(sorted(asked | set(missing_conditions(matter, matter.holds))))


def ruled_out(case: Case) -> frozenset[str]:
    """Conditions that cannot simply be supposed: one that excludes them was said to hold."""
    excluded = excluded_by(known_conditions(case))
    held = {word.condition_id for word in case.condition_words if word.holds}
    return frozenset(name for one in held for name in excluded[one])


def list_deciders(matter: Matter, decision: Decision) -> frozenset[str]:
    """The electors any one of whom carries it by coming to a yes, as the count stands.

    Electors that vote alike are tried once. Where the rule counts people, the one with the
    fewest that carries it is searched among them, since more people never do less.
    """
    if decision.outcome is Outcome.CARRIED:
        return frozenset()
    rule = matter.rule
    counts_people = (rule.population_share or rule.constructive_limit_share) is not None
    one_may_do = decision.movers.size in (0, 1)  # of those who take part
    alike: dict[tuple[object, ...], list[tuple[int, str]]] = {}
    for elector in matter.electors:
        member, vote = elector.member, matter.votes[elector.member]
        anew = vote is Vote.NOT_PARTICIPATING
        if vote is Vote.FOR or not (one_may_do or anew):
            continue
        # one who takes part anew changes the whole that shares are of
        key = (vote, member in rule.veto_members, member if anew and counts_people else "")
        alike.setdefault(key, []).append((elector.population or 0, member))
    found: set[str] = set()
    for group in alike.values():
        ordered = sorted(group)
        low, high = 0, len(ordered) if counts_people else min(1, len(ordered))
        while low < high:
            middle = (low + high) // 2
            if is_carried(matter, {**matter.votes, ordered[middle][1]: Vote.FOR}):
                high = middle
            else:
                low = middle + 1
        if counts_people or low == 0:
            found |= {member for _, member in ordered[low:]}
    return frozenset(found)


def list_flips(
    matter: Matter, unmet_names: Iterable[str], deciders: Iterable[str], out: frozenset[str]
) -> tuple[str, ...]:
    """Every single change that lets it be done, each found by judging anew.

    For a proposal that may not be done. What can be tried is every condition that is not
    met, and the support of each elector and of whoever bars it alone; the others change
    nothing. A change that would give away a word in confidence is not told.
    """
    holds = matter.holds
    names = [name for name in unmet_names if name not in out]
    flips = [
        f"{name}=true"
        for name in _worth_trying(matter, names)
        if may_be_done(matter, Supposed(holds={**holds, name: True}))
    ]
    if not matter.is_made or missing_conditions(matter, holds):
        return tuple(flips)
    barring = barring_members(matter, Supposed(holds=holds))
    members = barring or sorted(deciders)
    flips += [
        lift_of(matter, member)
        for member in members
        if is_shown(matter, member)
        and (not barring or may_be_done(matter, _with_support(holds, member)))
    ]
    return tuple(flips)


def needed(case: Case, proposal_id: str, at: datetime, tables: Tables = SHIPPED) -> Needed:
    """What would have had to be true for a proposal to be done.

    The fewest members that must move if all that was asked for came true, then the fewest
    conditions that are enough for these few. Up to eight conditions every selection is tried; of
    more, one after the other is left out if it changes nothing, so that none is idle.

    Raises
    ------
    InvalidInput
        No such proposal, or a fault of the case as in ``judge_proposals``.
    """
    matter = get_matter(case, proposal_id, at, tables)
    out = ruled_out(case)
    if not matter.is_made or set(missing_conditions(matter, matter.holds)) & out:
        return Needed(proposal_id=proposal_id)
    conditions, members = _least(case, matter, out)
    if members is None:
        return Needed(proposal_id=proposal_id)
    shown = tuple(name if is_shown(matter, name) else IN_CONFIDENCE for name in members)
    supposed = Supposed(
        holds={**matter.holds, **dict.fromkeys(conditions, True)}, supporting=frozenset(members)
    )
    return Needed(
        proposal_id=proposal_id,
        conditions=conditions,
        members=tuple(sorted(shown)),
        changes=(
            *(f"{name}=true" for name in conditions),
            *(lift_of(matter, name) for name in sorted(shown) if name != IN_CONFIDENCE),
        ),
        is_enough=IN_CONFIDENCE not in shown,
        until_counted=not may_be_done(matter, supposed),
    )


def _worth_trying(matter: Matter, names: Sequence[str]) -> Sequence[str]:
    """These conditions, or none where not even all of them together let it be done."""
    every = {**matter.holds, **dict.fromkeys(names, True)}
    return names if may_be_done(matter, Supposed(holds=every)) else ()


def _with_support(holds: Mapping[str, bool | None], member: str) -> Supposed:
    return Supposed(holds=holds, supporting=frozenset([member]))


def _least(
    case: Case, matter: Matter, out: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """Conditions and members that carry it together; None where no members do."""
    required = missing_conditions(matter, matter.holds)
    optional = [
        name for name in unmet_conditions(matter) if name not in out and name not in required
    ]
    excluded = excluded_by(known_conditions(case))
    widest = [
        _together((*required, first, *optional), excluded) for first in optional or required[:1]
    ] or [()]
    found = []
    for names in dict.fromkeys(widest):
        members = _movers(matter, names)
        if members is not None:
            fewest = _fewest(matter, required, names, len(members))
            found.append((fewest, _movers(matter, fewest)))
    return min(found, key=_size, default=((), None))


def _size(found: tuple[Sequence[str], Sequence[str] | None]) -> tuple[int, int]:
    return len(found[1] or ()), len(found[0])


def _together(names: Iterable[str], excluded: Excluded) -> tuple[str, ...]:
    """As many of them, in order, as can hold at the same time."""
    kept: list[str] = []
    for name in dict.fromkeys(names):
        if excluded[name].isdisjoint(kept):
            kept.append(name)
    return tuple(sorted(kept))


def _movers(matter: Matter, conditions: Iterable[str]) -> tuple[str, ...] | None:
    """The first smallest set of members that carry it once these conditions hold."""
    holds = {**matter.holds, **dict.fromkeys(conditions, True)}
    barring = barring_members(matter, Supposed(holds=holds))
    supposed = Supposed(holds=holds, supporting=frozenset(barring))
    movers = count(matter, matter.electors, ballots(matter, supposed)).movers
    return None if movers.size is None else tuple(sorted({*barring, *movers.sets[0]}))


def _fewest(
    matter: Matter, required: Sequence[str], names: Sequence[str], size: int
) -> tuple[str, ...]:
    """The fewest of these conditions with which no more than ``size`` members must move."""

    def is_enough(kept: Sequence[str]) -> bool:
        members = _movers(matter, kept)
        return members is not None and len(members) <= size

    for kept in _selections(required, names):
        if is_enough(kept):
            return kept
    kept = tuple(names)
    for name in names:
        fewer = tuple(each for each in kept if each != name)
        if name not in required and is_enough(fewer):
            kept = fewer
    return kept


def _selections(required: Sequence[str], names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every selection with the required ones, the smaller first; none if they are too many."""
    optional = [name for name in names if name not in required]
    most = len(optional) if len(optional) <= MOST_TRIED_TOGETHER else -1
    return (
        tuple(sorted((*required, *chosen)))
        for size in range(most + 1)
        for chosen in combinations(optional, size)
    )
