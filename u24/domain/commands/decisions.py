"""Commands about what may be: consents, proposals, positions, conditions, gates, wishes."""

from dataclasses import dataclass, field
from datetime import datetime

from u24.clock import require_utc
from u24.domain.asks import Part
from u24.domain.commands.command import Command
from u24.domain.consent import Consent
from u24.domain.figures import Grounds
from u24.domain.proposals import MissionPurpose, Position, ProposalKind


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
class NamePhase(Command):
    """The host names a stretch of the response, e.g. rescue; it begins now unless said."""

    case_id: str
    name: str
    from_at: datetime | None = None
    until_at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        for name in ("from_at", "until_at"):
            moment = getattr(self, name)
            if moment is not None:
                require_utc(**{name: moment})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHostCrews(Command):
    """The host says which families of controlled equipment its crews can run: all of them."""

    case_id: str
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateAsk(Command):
    """The host wishes one of several things; with a known ``ask_id`` it says the wish anew.

    Leaves of ``wanted`` name proposals, needs or lots of the case. It may be written as
    ``any_of(no-fly-zone, all_of(s300-svk, mig29-pol))``.
    """

    case_id: str
    title: str
    wanted: Part | str
    ask_id: str = ""
    grounds: Grounds = field(default_factory=Grounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareCondition(Command):
    """Say what a condition of this case means; the standard ones need no word."""

    case_id: str
    condition_id: str
    text: str
    brought_by: str = ""
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SayCondition(Command):
    """Say that a condition holds, or does not, from now on unless ``from_at`` says otherwise."""

    case_id: str
    condition_id: str
    holds: bool
    from_at: datetime | None = None
    by: str = ""
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        if self.from_at is not None:
            require_utc(from_at=self.from_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeProposal(Command):
    """Ask members to decide something by a rule, until a deadline where the rule needs one.

    Either the ``members`` named decide, or those of the organisation ``body``.
    """

    case_id: str
    title: str
    kind: ProposalKind = ProposalKind.ASSISTANCE_PACKAGE
    rule_id: str = "silence"
    body: str = ""
    members: tuple[str, ...] = ()
    purposes: tuple[MissionPurpose, ...] = ()
    proposer: str = ""
    requires: tuple[str, ...] = ()
    deadline_at: datetime | None = None
    proposal_id: str = ""
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        if self.deadline_at is not None:
            require_utc(deadline_at=self.deadline_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePosition(Command):
    """A member says where it stands; a later position replaces an earlier one."""

    case_id: str
    position: Position
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGate(Command):
    """Answer a gate of a lot or a proposal, with reasons. Who asks is the officer who answers."""

    case_id: str
    subject: str
    gate_id: str
    passed: bool
    reasons: str
    document: str = ""
    valid_until_at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        if self.valid_until_at is not None:
            require_utc(valid_until_at=self.valid_until_at)
