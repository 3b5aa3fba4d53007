"""The votes of those who take part, sorted by what they said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from u24.domain.decisions import DecisionRule, Elector, Vote
from u24.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Who takes part, in order of name, and how each votes; ``seats`` counts all electors.

    An elector that does not take part is in no count but ``seats``.
    """

    electors: tuple[Elector, ...]
    votes: Mapping[str, Vote]
    seats: int

    @property
    def members(self) -> tuple[str, ...]:
        """Who takes part."""
        return tuple(elector.member for elector in self.electors)

    def voting(self, *votes: Vote) -> tuple[str, ...]:
        """Those with one of these votes, in order of name."""
        return tuple(member for member in self.members if self.votes[member] in votes)

    def count(self, *votes: Vote) -> int:
        """How many have one of these votes."""
        return sum(1 for member in self.members if self.votes[member] in votes)

    @property
    def not_for(self) -> tuple[str, ...]:
        """Those who have not voted for it, whatever else they said."""
        return tuple(member for member in self.members if self.votes[member] is not Vote.FOR)

    def with_rest(self, vote: Vote) -> "Tally":
        """The tally if all who have not voted yet voted so."""
        filled = {m: vote if v is Vote.NONE else v for m, v in self.votes.items()}
        return Tally(electors=self.electors, votes=filled, seats=self.seats)

    def populations(self, rule: DecisionRule) -> dict[str, int]:
        """The people of each who takes part.

        Raises
        ------
        InvalidInput
            One of them is unknown: no share can be told.
        """
        known = {e.member: e.population for e in self.electors if e.population is not None}
        missing = [member for member in self.members if member not in known]
        if missing:
            raise InvalidInput(
                f"rule {rule.rule_id} counts people; the population of {_few(missing)} "
                "is unknown: give it"
            )
        return known

    def people(self, rule: DecisionRule, members: Iterable[str]) -> int:
        """How many people the members stand for; raises as ``populations``."""
        known = self.populations(rule)
        return sum(known[member] for member in members)


def take_tally(electors: Sequence[Elector], votes: Mapping[str, Vote]) -> Tally:
    """Sort the votes; an elector without a vote has said nothing yet.

    Raises
    ------
    InvalidInput
        An elector stands there twice, or somebody votes who is no elector.
    """
    names = sorted(elector.member for elector in electors)
    twice = sorted({a for a, b in pairwise(names) if a == b})
    if twice:
        raise InvalidInput(f"electors: {', '.join(twice)} more than once; give each once")
    strangers = sorted(set(votes) - set(names))
    if strangers:
        raise InvalidInput(
            f"votes: {', '.join(strangers)} may not vote; electors are {_few(names)}"
        )
    voted = {name: votes.get(name, Vote.NONE) for name in names}
    there = sorted(
        (e for e in electors if voted[e.member] is not Vote.NOT_PARTICIPATING),
        key=lambda elector: elector.member,
    )
    return Tally(electors=tuple(there), votes=voted, seats=len(names))


def _few(names: Sequence[str], most: int = 30) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown or "nobody"
