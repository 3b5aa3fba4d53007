"""May this move? Consents, positions, verdicts."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from u24.clock import require_utc
from u24.domain.figures import Grounds
from u24.errors import InvalidInput

ANY = "*"
LIFT = "lift"  # names every vehicle in a consent's kinds, beside the class ids
EITHER = "|"


def alternatives(argument: str) -> tuple[str, ...]:
    """The names in a caveat's argument: ``ADA|GZT`` means either of the two.

    Several caveats of one offer must hold all together, so that a further one never
    allows more; what is an alternative is therefore written inside one caveat.
    """
    return tuple(name.strip() for name in argument.split(EITHER))


class Stance(StrEnum):
    """A member's stance on a proposal."""

    SUPPORT = "support"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    OPPOSE = "oppose"
    RED_LINE = "red_line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The host's yes or no to members x kinds in a time window; a later row outweighs.

    ``members`` and ``kinds`` hold ISO3 codes and kind ids, or ``*`` for any. Among rows
    that apply, the last one decides, so a general yes may be followed by a narrower no.
    """

    members: tuple[str, ...]
    kinds: tuple[str, ...]
    allowed: bool
    from_at: datetime | None = None
    until_at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        for name in ("from_at", "until_at"):
            moment = getattr(self, name)
            if moment is not None:
                require_utc(**{name: moment})
        if self.from_at and self.until_at and self.until_at <= self.from_at:
            raise InvalidInput(
                f"consent: until {self.until_at.isoformat()} is not after "
                f"from {self.from_at.isoformat()}"
            )

    def speaks_of(self, member: str, kind: str) -> bool:
        """Whether this row is about that member and that kind."""
        return (ANY in self.members or member in self.members) and (
            ANY in self.kinds or kind in self.kinds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a member said of a proposal, when, and on which conditions."""

    member: str
    proposal: str
    stance: Stance
    conditions: tuple[str, ...] = ()
    at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)


class Answer(StrEnum):
    """A verdict's word. A further reason never moves it towards yes."""

    YES = "yes"
    WITHIN_LIMITS = "within_limits"
    NOT_YET = "not_yet"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a verdict is what it is, and who could change it."""

    code: str  # e.g. host-consent, caveat-not-to
    text: str
    lifted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """May this lot go to this host? With every reason that weighed."""

    answer: Answer
    windows: tuple[tuple[datetime, datetime | None], ...] = ()  # when it may move, in order
    reasons: tuple[Reason, ...] = ()
