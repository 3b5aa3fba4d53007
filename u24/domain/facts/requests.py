"""Facts about requests and offers, with the meanings of EDXL-RM.

An accepted offer is an order that may still come to nothing. Only the giver's commitment
binds: CommitResource in EDXL-RM 1.0.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from u24.domain.facts.fact import Fact
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle


class Reply(StrEnum):
    """An answer to a request or to an offer."""

    ACCEPT = "accept"
    PARTLY = "partly"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStated(Fact):
    """What the host asks for (RequestResource). Said again with the same id, it replaces."""

    case_id: str
    request_id: str
    needs: tuple[Need, ...]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestWithdrawn(Fact):
    """The host no longer asks for this."""

    case_id: str
    request_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswered(Fact):
    """A member's first word on a request (ResponseToRequestResource); it binds nobody."""

    case_id: str
    request_id: str
    member: str
    reply: Reply
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferMade(Fact):
    """What a member can give (OfferUnsolicitedResource, or a response with figures).

    ``confidential``: stock and readiness are shown only to the member itself and to the
    desk's own officers. Said again with the same id, it replaces.
    """

    case_id: str
    offer_id: str
    member: str
    lots: tuple[Lot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    request_id: str = ""
    standing_id: str = ""  # the standing offer that it was drafted from
    confidential: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotShare:
    """So many packs of a lot."""

    lot_id: str
    packs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswered(Fact):
    """What the host says to an offer (RequisitionResource, or no).

    With ``partly``, ``lots`` and ``vehicle_ids`` are what is taken; the rest is declined.
    """

    case_id: str
    offer_id: str
    reply: Reply
    lots: tuple[LotShare, ...] = ()
    vehicle_ids: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCommitted(Fact):
    """The member binds itself to what was accepted (CommitResource)."""

    case_id: str
    offer_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferWithdrawn(Fact):
    """The member takes an offer back, or what of it has not yet moved."""

    case_id: str
    offer_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOfferReleased(Fact):
    """What a member gives to any case that fits, so that its offer drafts itself in seconds.

    Times of ``lots`` and ``vehicles`` count from ``said_at``: a lot that is ready two hours
    after it is ready two hours after the case opens.
    """

    standing_id: str
    member: str
    lots: tuple[Lot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    hazards: tuple[str, ...] = ()  # UNDRR-ISC codes; empty: any
    not_hosts: tuple[str, ...] = ()
    valid_until_at: datetime | None = None
    verified_at: datetime | None = None  # when readiness was last tested
    confidential: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingOfferWithdrawn(Fact):
    """A standing offer no longer stands; offers drafted from it do."""

    standing_id: str
    reason: str
