"""Facts about what may be: consents, proposals, positions, conditions, gates, wishes."""

from dataclasses import dataclass, field
from datetime import datetime

from u24.domain.asks import Ask
from u24.domain.case import Phase
from u24.domain.consent import Consent
from u24.domain.facts.fact import Fact
from u24.domain.figures import Grounds
from u24.domain.gates import GateAnswer
from u24.domain.proposals import Condition, Position, Proposal


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
class PhaseNamed(Fact):
    """The host names a stretch of the response; named again, it replaces."""

    case_id: str
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class HostCrewsNamed(Fact):
    """Which families of controlled equipment the host's crews can run; it replaces the last."""

    case_id: str
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStated(Fact):
    """The host wishes one of several things; said again with the same id, it replaces."""

    case_id: str
    ask: Ask

    @property
    def ask_id(self) -> str:
        """The name of the ask."""
        return self.ask.ask_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionDeclared(Fact):
    """What a condition of this case means; whether it holds is said by itself."""

    case_id: str
    condition: Condition

    @property
    def condition_id(self) -> str:
        """The name of the condition."""
        return self.condition.condition_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionSaid(Fact):
    """From ``from_at`` on a condition holds, or does not; all words stay on record."""

    case_id: str
    condition_id: str
    holds: bool
    from_at: datetime
    by: str = ""  # who brought it about, or told of it
    grounds: Grounds = field(default_factory=Grounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalMade(Fact):
    """Something that members decide by a rule, with a deadline where the rule needs one."""

    case_id: str
    proposal: Proposal

    @property
    def proposal_id(self) -> str:
        """The name of the proposal."""
        return self.proposal.proposal_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTaken(Fact):
    """A member's stance; a later one replaces, all stay on record.

    A confidential one counts and is not shown, whatever ``position.secret`` says. ``salt``
    keeps it from being guessed from the hash of its body.
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
    rule: str  # its id, e.g. silence
    decided_at: datetime  # when it was decided: the deadline, also if the desk was down then
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswered(Fact):
    """A named officer answered a gate for a lot or a proposal, with reasons."""

    case_id: str
    answer: GateAnswer
