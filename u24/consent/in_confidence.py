"""What of a count may be shown where words in confidence are part of it.

They count in the outcome. What is shown is the public record, how many spoke in confidence,
and the outcome, so that it looks the same whoever of those without a public word did.
"""

from dataclasses import replace

from u24.consent.ballots import vote_of
from u24.consent.matters import Matter, count
from u24.domain.decisions import Decision, Elector, Movers

IN_CONFIDENCE = "in confidence"


def is_shown(matter: Matter, member: str) -> bool:
    """Whether it may be said what this member's move would change.

    Where some spoke in confidence, it may be said only of those who spoke in public and
    in public alone: the silence about another would tell as much as a word.
    """
    if not matter.confidants:
        return True
    words = matter.words.get(member)
    return words is not None and words.is_public and not words.has_secret


def shown_decision(matter: Matter, decision: Decision) -> Decision:
    """The decision with nothing in it that was said in confidence but the outcome."""
    if not matter.confidants:
        return decision
    electors = _shown_electors(matter)
    form = matter.rule.form
    votes = {
        elector.member: vote_of(matter.words[elector.member].public, form, matter.holds)
        for elector in electors
        if elector.member in matter.words
    }
    public = count(matter, electors, votes)
    return replace(
        public,
        outcome=decision.outcome,
        text=f"on the public record {public.text}; {len(matter.confidants)} in confidence count",
        movers=_shown_movers(matter, decision.movers),
    )


def _shown_electors(matter: Matter) -> tuple[Elector, ...]:
    """All of them; of a coalition that is made of those who spoke, those who did in public."""
    if matter.proposal.body or matter.proposal.members:
        return matter.electors
    return tuple(e for e in matter.electors if matter.words[e.member].is_public)


def _shown_movers(matter: Matter, movers: Movers) -> Movers:
    if movers.total != len(movers.sets):
        return Movers(size=movers.size)
    sets = {
        tuple(sorted(name if is_shown(matter, name) else IN_CONFIDENCE for name in names))
        for names in movers.sets
    }
    return Movers(size=movers.size, sets=tuple(sorted(sets)), total=len(sets))
