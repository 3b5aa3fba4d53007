"""Facts about what moves: milestones, hand-overs, alarms, and who looks after them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from u24.domain.facts.fact import Fact


class Milestone(StrEnum):
    """A step on the way of a consignment or of a vehicle."""

    READY = "ready"
    LOADED = "loaded"
    DEPARTED = "departed"  # wheels up, or on the road
    LANDED = "landed"  # at a site on the way
    ARRIVED = "arrived"  # at the place of need
    FAILED = "failed"  # it will not come


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementReported(Fact):
    """Something reached a step, at a site, at a time. Of a consignment, or of a vehicle.

    Said again with the same id, it replaces.
    """

    case_id: str
    movement_id: str
    milestone: Milestone
    happened_at: datetime
    site_id: str = ""
    consignment_id: str = ""
    vehicle_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Fact):
    """Packs came into the hands of those who need them, with a proof of receipt."""

    case_id: str
    delivery_id: str
    consignment_id: str
    packs: int
    receiver: str
    happened_at: datetime
    receipt: str = ""  # number or text of the receipt
    receipt_sha256: str = ""  # of a photograph or a scan


class AlarmKind(StrEnum):
    """What an alarm is about."""

    LATE = "late"  # expected and not reported
    FAILED = "failed"  # reported as failed
    SITE_CLOSED = "site_closed"
    OFFER_GONE = "offer_gone"
    CONSENT_GONE = "consent_gone"
    NEED_GREW = "need_grew"
    DEADLINE = "deadline"
    NO_MAIL = "no_mail"
    GLASS = "glass"  # break-glass was used


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRaised(Fact):
    """Something is not as planned: what, what it puts at risk, and who must look until when."""

    case_id: str
    alarm_id: str
    kind: AlarmKind
    subject: str  # e.g. the consignment, vehicle, site or offer
    text: str
    need_ids: tuple[str, ...] = ()  # needs at risk
    risk_share: float = 0.0  # weighted need at risk
    for_person_id: str = ""
    acknowledge_until_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmAcknowledged(Fact):
    """Somebody looks after it."""

    case_id: str
    alarm_id: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmEscalated(Fact):
    """Nobody looked in time; it goes to the deputy, or to the next in line."""

    case_id: str
    alarm_id: str
    to_person_id: str
    acknowledge_until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmCleared(Fact):
    """It is as planned again, or no longer matters."""

    case_id: str
    alarm_id: str
    reason: str
