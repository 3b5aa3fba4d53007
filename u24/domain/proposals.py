"""What needs a decision of the members, where they stand, and on which conditions."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from u24.clock import require_utc
from u24.domain.figures import Grounds
from u24.errors import InvalidInput


class ProposalKind(StrEnum):
    """What is proposed."""

    MISSION = "mission"
    NO_FLY_ZONE = "no_fly_zone"
    MATERIEL_TRANSFER = "materiel_transfer"
    AIRCRAFT = "aircraft"
    SANCTIONS = "sanctions"
    FUNDS = "funds"
    ASSISTANCE_PACKAGE = "assistance_package"


class MissionPurpose(StrEnum):
    """What a mission is for. Stated one by one, because members draw their lines there."""

    HUMANITARIAN_AID = "humanitarian_aid"
    RESCUE = "rescue"
    PEACEKEEPING = "peacekeeping"
    COMBAT = "combat"


class Stance(StrEnum):
    """A member's stance on a proposal."""

    SUPPORT = "support"
    CONDITIONAL = "conditional"
    UNDECIDED = "undecided"
    ABSTAIN = "abstain"
    ABSTAIN_CONSTRUCTIVELY = "abstain_constructively"  # with a formal declaration, TEU 31(1)
    NOT_PARTICIPATING = "not_participating"  # an opt-out: not counted at all
    OPPOSE = "oppose"
    RED_LINE = "red_line"


class Confidence(StrEnum):
    """How sure it is that a position was so taken."""

    HIGH = "high"  # said by whoever speaks for the member
    MEDIUM = "medium"
    LOW = "low"  # told by another, or inferred


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something that members decide by a rule, perhaps until a deadline.

    ``body`` is the organisation whose members decide (``EU``, ``NATO``, ``UN``); where it is
    empty, ``members`` do. ``requires`` names conditions without which it may not be carried
    out, whatever is decided. ``purposes`` are given for missions only.
    """

    proposal_id: str
    kind: ProposalKind
    title: str
    rule_id: str = "silence"
    body: str = ""
    members: tuple[str, ...] = ()
    purposes: tuple[MissionPurpose, ...] = ()
    proposer: str = ""
    requires: tuple[str, ...] = ()
    made_at: datetime | None = None
    deadline_at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        for name in ("made_at", "deadline_at"):
            moment = getattr(self, name)
            if moment is not None:
                require_utc(**{name: moment})
        if self.purposes and self.kind is not ProposalKind.MISSION:
            raise InvalidInput(
                f"proposal {self.proposal_id}: purposes are given and it is a {self.kind}; "
                "only a mission has purposes"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a member said of a proposal, when, and on which conditions.

    ``conditions`` are ids of conditions that must all hold. ``purposes`` limits the position
    to a part of a mission; empty means the whole. A secret one counts and is not shown.
    """

    member: str  # ISO3, or an organisation
    proposal: str
    stance: Stance
    conditions: tuple[str, ...] = ()
    purposes: tuple[MissionPurpose, ...] = ()
    at: datetime | None = None
    by: str = ""  # who said it
    text: str = ""  # in which words, or why
    confidence: Confidence = Confidence.HIGH
    secret: bool = False
    grounds: Grounds = field(default_factory=Grounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A fact of the world that positions and proposals may depend on.

    ``excludes`` names conditions that cannot hold at the same time. Whether it holds is said
    by :class:`ConditionWord`; until somebody says so it is unknown, and does not count.
    """

    condition_id: str  # e.g. cease-fire
    text: str
    brought_by: str = ""  # who can make it true
    excludes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionWord:
    """From ``at`` on a condition holds, or does not; the last word before a moment counts."""

    condition_id: str
    holds: bool
    at: datetime
    by: str = ""
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        require_utc(at=self.at)
