"""Commands about what may be: consents, proposals, positions."""

from dataclasses import dataclass
from datetime import datetime

from u24.clock import require_utc
from u24.domain.commands.command import Command
from u24.domain.consent import Consent
from u24.domain.proposals import Position


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveConsent(Command):
    """The host says yes or no; with a known ``consent_id`` it says it anew."""

    case_id: str
    consent: Consent
    consent_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawConsent(Command):
    """The host takes a consent back."""

    case_id: str
    consent_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeProposal(Command):
    """Ask members to decide something by silence until a deadline."""

    case_id: str
    title: str
    deadline_at: datetime
    members: tuple[str, ...]
    proposal_id: str = ""

    def __post_init__(self) -> None:
        require_utc(deadline_at=self.deadline_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePosition(Command):
    """A member says where it stands; a later position replaces an earlier one."""

    case_id: str
    position: Position
    confidential: bool = False
