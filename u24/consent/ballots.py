"""From what members said to how they vote: the last words on a proposal, and what they weigh."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from u24.clock import require_utc
from u24.consent.conditions import (
    excluded_by,
    known_conditions,
    require_known,
    require_together,
)
from u24.domain.case import Case
from u24.domain.decisions import RuleForm, Vote
from u24.domain.proposals import Position, Proposal, Stance
from u24.errors import InvalidInput
from u24.reference.countries import find_country
from u24.reference.lookup import near_matches
from u24.reference.organisations import is_organisation
from u24.reference.tables import SHIPPED, Tables

Holds = Mapping[str, bool | None]
ALWAYS = datetime.min.replace(tzinfo=UTC)  # a word without a time always counted
OBJECTIONS = (Stance.OPPOSE, Stance.RED_LINE)
# Where a conditional yes whose conditions are not met counts as a no, not as silence.
STRICT_FORMS = (RuleForm.SILENCE, RuleForm.UNANIMITY, RuleForm.CONSENSUS, RuleForm.QUALIFIED)
VOTES = {
    Stance.UNDECIDED: Vote.NONE,
    Stance.ABSTAIN: Vote.ABSTAIN,
    Stance.ABSTAIN_CONSTRUCTIVELY: Vote.CONSTRUCTIVE,
    Stance.NOT_PARTICIPATING: Vote.NOT_PARTICIPATING,
    Stance.OPPOSE: Vote.AGAINST,
    Stance.RED_LINE: Vote.AGAINST,
}
# From the least to the most that a vote does for a proposal.
RANKS = (
    Vote.AGAINST, Vote.NONE, Vote.ABSTAIN, Vote.CONSTRUCTIVE, Vote.NOT_PARTICIPATING, Vote.FOR,
)  # fmt: skip
Parts = tuple[Position | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A member's last words on one proposal: all that count, and what is known of them.

    Each holds one word for every purpose of the proposal, or one for all where it states
    none; None where the member has not spoken of that purpose.
    """

    member: str
    counted: Parts
    public: Parts

    @property
    def has_secret(self) -> bool:
        """Whether a word that counts is not to be shown."""
        return any(part is not None and part.secret for part in self.counted)

    @property
    def is_public(self) -> bool:
        """Whether anything that the member said is to be shown."""
        return any(part is not None for part in self.public)


def list_words(case: Case, at: datetime, tables: Tables = SHIPPED) -> dict[str, dict[str, Words]]:
    """Each member's last words by proposal and member, as known at ``at``, in order of name.

    A later word replaces an earlier one for the purposes that it speaks of, which are all
    unless it names some; of equal times the later row counts. A position that speaks only
    of purposes which the proposal does not have is no word on it.

    Raises
    ------
    InvalidInput
        A position is on no proposal, of an unknown member, on an unknown condition, on two
        that exclude each other, without UTC, or limited to purposes where the proposal
        states none. The message gives the position's place among the case's.
    """
    _check(case, tables)
    proposals = {each.proposal_id: each for each in case.proposals}
    counted: dict[str, dict[str, list[Position | None]]] = {name: {} for name in proposals}
    public: dict[str, dict[str, list[Position | None]]] = {name: {} for name in proposals}
    for position in sorted(case.positions, key=lambda each: each.at or ALWAYS):
        if position.at is not None and position.at > at:
            continue
        proposal = proposals[position.proposal]
        _say(counted[position.proposal], position, proposal)
        if not position.secret:
            _say(public[position.proposal], position, proposal)
    return {
        name: {
            member: Words(
                member=member,
                counted=tuple(counted[name][member]),
                public=tuple(public[name].get(member, ())),
            )
            for member in sorted(counted[name])
        }
        for name in sorted(proposals)
    }


def vote_of(parts: Parts, form: RuleForm, holds: Holds) -> Vote:
    """How these words count: as the least of them. A yes to a part is no yes to the rest."""
    words = distinct(parts)
    votes = [_vote(part, form, holds) for part in words]
    if None in parts or not parts:
        votes.append(Vote.NONE)
    return votes[0] if len(votes) == 1 else min(votes, key=RANKS.index)


def unmet(conditions: Iterable[str], holds: Holds) -> tuple[str, ...]:
    """Those that are not known to hold, in the same order."""
    return tuple(name for name in conditions if holds[name] is not True)


def is_met(position: Position, holds: Holds) -> bool:
    """Whether all conditions hold. A yes that is conditional on nothing that it names never is."""
    if position.stance is Stance.CONDITIONAL and not position.conditions:
        return False
    return not unmet(position.conditions, holds)


def distinct(parts: Parts) -> tuple[Position, ...]:
    """The positions in these words, each once."""
    if len(parts) == 1 and parts[0] is not None:
        return (parts[0],)
    return tuple({id(part): part for part in parts if part is not None}.values())


def _vote(part: Position, form: RuleForm, holds: Holds) -> Vote:
    if part.stance not in (Stance.SUPPORT, Stance.CONDITIONAL):
        return VOTES[part.stance]
    if is_met(part, holds):
        return Vote.FOR
    return Vote.AGAINST if form in STRICT_FORMS else Vote.NONE


def _say(words: dict[str, list[Position | None]], position: Position, proposal: Proposal) -> None:
    purposes = proposal.purposes
    spoken = [
        index
        for index, purpose in enumerate(purposes or (None,))
        if not position.purposes or purpose in position.purposes
    ]
    if spoken:
        parts = words.setdefault(position.member, [None] * max(1, len(purposes)))
        for index in spoken:
            parts[index] = position


def _check(case: Case, tables: Tables) -> None:
    conditions = known_conditions(case)
    excluded = excluded_by(conditions)
    proposals = {each.proposal_id: each for each in case.proposals}
    members: set[str] = set()
    for row, position in enumerate(case.positions, 1):
        place = f"position {row}, of {position.member} on {position.proposal},"
        if position.proposal not in proposals:
            raise InvalidInput(
                f"{place} is on no proposal of the case; "
                f"{near_matches(position.proposal, proposals)}"
            )
        if position.member not in members:
            require_member(position.member, tables, place)
            members.add(position.member)
        if position.at is not None:
            require_utc(**{f"{place} at": position.at})
        if position.conditions:
            require_known(position.conditions, conditions, place)
            require_together(position.conditions, excluded, place)
        if position.purposes and not proposals[position.proposal].purposes:
            raise InvalidInput(
                f"{place} speaks of {', '.join(position.purposes)} only, and the proposal states "
                "no purposes; leave them out, or state those of the proposal"
            )


def require_member(name: str, tables: Tables, place: str) -> None:
    """Refuse a name that is neither a country's alpha-3 code nor an organisation.

    Raises
    ------
    InvalidInput
        It is neither; ``place`` begins the message.
    """
    country = find_country(name, tables)
    if (country is None or country.iso3 != name) and not is_organisation(name):
        raise InvalidInput(
            f"{place} names member {name!r}; give ISO 3166-1 alpha-3, like TUR, "
            "or an organisation, like NATO"
        )
