"""Commands about requests and offers, with the meanings of EDXL-RM."""

from dataclasses import dataclass
from datetime import datetime

from u24.clock import require_utc
from u24.domain.commands.command import Command
from u24.domain.facts.requests import LotShare, Reply
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRequest(Command):
    """The host asks for help; with a known ``request_id`` it says the request anew."""

    case_id: str
    needs: tuple[Need, ...]
    request_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRequest(Command):
    """The host no longer asks for this."""

    case_id: str
    request_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRequest(Command):
    """A member's first word on a request; it does not bind."""

    case_id: str
    request_id: str
    member: str
    reply: Reply
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer(Command):
    """A member offers lots and vehicles; with a known ``offer_id`` it says the offer anew."""

    case_id: str
    member: str
    lots: tuple[Lot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    offer_id: str = ""
    request_id: str = ""
    confidential: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOffer(Command):
    """Make an offer from a standing one that was released beforehand."""

    case_id: str
    standing_id: str
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOffer(Command):
    """The host accepts, declines or takes a part. Accepted is ordered, not yet committed."""

    case_id: str
    offer_id: str
    reply: Reply
    lots: tuple[LotShare, ...] = ()
    vehicle_ids: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitOffer(Command):
    """The member binds itself to what was accepted."""

    case_id: str
    offer_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOffer(Command):
    """The member takes back what of an offer has not yet moved."""

    case_id: str
    offer_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStandingOffer(Command):
    """A member releases beforehand what it gives to any case that fits."""

    member: str
    standing_id: str = ""
    lots: tuple[Lot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    hazards: tuple[str, ...] = ()
    not_hosts: tuple[str, ...] = ()
    valid_until_at: datetime | None = None
    verified_at: datetime | None = None
    confidential: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        for name in ("valid_until_at", "verified_at"):
            moment = getattr(self, name)
            if moment is not None:
                require_utc(**{name: moment})


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStandingOffer(Command):
    """A standing offer no longer stands."""

    standing_id: str
    reason: str
