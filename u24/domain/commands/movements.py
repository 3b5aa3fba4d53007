"""Commands about what moves and what goes wrong."""

from dataclasses import dataclass
from datetime import datetime

from u24.clock import require_utc
from u24.domain.commands.command import Command
from u24.domain.facts.movements import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportMovement(Command):
    """Say that a consignment or a vehicle reached a step; happened now unless said."""

    case_id: str
    milestone: Milestone
    happened_at: datetime | None = None
    site_id: str = ""
    consignment_id: str = ""
    vehicle_id: str = ""
    movement_id: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.happened_at is not None:
            require_utc(happened_at=self.happened_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Command):
    """Say who received how much of a consignment, with the receipt."""

    case_id: str
    consignment_id: str
    packs: int
    receiver: str
    receipt: str = ""
    receipt_sha256: str = ""
    happened_at: datetime | None = None
    delivery_id: str = ""

    def __post_init__(self) -> None:
        if self.happened_at is not None:
            require_utc(happened_at=self.happened_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAlarm(Command):
    """Say that somebody looks after an alarm."""

    case_id: str
    alarm_id: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearAlarm(Command):
    """An alarm no longer matters."""

    case_id: str
    alarm_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleConflict(Command):
    """Decide which of two desks' words on one subject stands."""

    case_id: str
    conflict_id: str
    take_theirs: bool
    reason: str
