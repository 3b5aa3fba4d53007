"""Facts about what may be: consents, proposals, positions, silence."""

from dataclasses import dataclass
from datetime import datetime

from u24.domain.consent import Consent
from u24.domain.facts.fact import Fact
from u24.domain.proposals import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentGiven(Fact):
    """The host's yes or no; said again with the same id, it replaces (wider or narrower)."""

    case_id: str
    consent_id: str
    consent: Consent


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWithdrawn(Fact):
    """The host takes a consent back."""

    case_id: str
    consent_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade(Fact):
    """Something that the members decide by silence: no objection until ``deadline_at``."""

    case_id: str
    proposal_id: str
    title: str
    deadline_at: datetime
    members: tuple[str, ...]  # who is asked, ISO3


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTaken(Fact):
    """A member's stance; a later one replaces, all stay on record.

    A confidential one counts and is not shown. ``salt`` keeps it from being guessed from the
    hash of its body.
    """

    case_id: str
    position: Position
    confidential: bool = False
    salt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecided(Fact):
    """How a proposal ended, by which rule, and who stood against it as far as it may be told."""

    case_id: str
    proposal_id: str
    carried: bool
    rule: str  # e.g. silence
    decided_at: datetime  # when it was decided: the deadline, also if the desk was down then
    text: str = ""
