"""Facts about requests and offers."""

from typing import Any

from tests.builders import T0, a_lot, a_need, a_vehicle, at_h
from tests.fact_builders.defaults import CASE, made
from u24.domain.facts import requests


def a_request_stated(request_id: str = "request_1", **values: Any) -> requests.RequestStated:
    return made(
        requests.RequestStated, values, case_id=CASE, request_id=request_id, needs=(a_need(),)
    )


def a_request_withdrawn(request_id: str = "request_1", **values: Any) -> requests.RequestWithdrawn:
    return made(
        requests.RequestWithdrawn,
        values,
        case_id=CASE,
        request_id=request_id,
        reason="enough teams",
    )


def a_request_answered(request_id: str = "request_1", **values: Any) -> requests.RequestAnswered:
    return made(
        requests.RequestAnswered,
        values,
        case_id=CASE,
        request_id=request_id,
        member="NLD",
        reply=requests.Reply.PARTLY,
        text="one team, figures follow",
    )


def an_offer_made(offer_id: str = "offer_1", **values: Any) -> requests.OfferMade:
    return made(
        requests.OfferMade,
        {"said_at": at_h(2), **values},
        case_id=CASE,
        offer_id=offer_id,
        member="NLD",
        lots=(a_lot(),),
        vehicles=(a_vehicle(),),
        request_id="request_1",
    )


def an_offer_answered(offer_id: str = "offer_1", **values: Any) -> requests.OfferAnswered:
    return made(
        requests.OfferAnswered,
        {"said_at": at_h(3), **values},
        case_id=CASE,
        offer_id=offer_id,
        reply=requests.Reply.ACCEPT,
    )


def a_part_answered(offer_id: str = "offer_1", **values: Any) -> requests.OfferAnswered:
    """Only the team is taken, not the aircraft."""
    default = {"reply": requests.Reply.PARTLY, "lots": (a_lot_share(),)}
    return an_offer_answered(offer_id, **{**default, **values})


def a_lot_share(lot_id: str = "lot_1", packs: int = 1) -> requests.LotShare:
    return requests.LotShare(lot_id=lot_id, packs=packs)


def an_offer_committed(offer_id: str = "offer_1", **values: Any) -> requests.OfferCommitted:
    return made(
        requests.OfferCommitted, {"said_at": at_h(4), **values}, case_id=CASE, offer_id=offer_id
    )


def an_offer_withdrawn(offer_id: str = "offer_1", **values: Any) -> requests.OfferWithdrawn:
    return made(
        requests.OfferWithdrawn,
        values,
        case_id=CASE,
        offer_id=offer_id,
        reason="needed at home",
    )


def a_standing_offer_released(
    standing_id: str = "standing_1", **values: Any
) -> requests.StandingOfferReleased:
    return made(
        requests.StandingOfferReleased,
        values,
        standing_id=standing_id,
        member="NLD",
        lots=(a_lot(ready_h=3),),
        vehicles=(a_vehicle(available_h=1),),
        hazards=("GH0101",),
        valid_until_at=at_h(10_000),
        verified_at=T0,
    )


def a_standing_offer_withdrawn(
    standing_id: str = "standing_1", **values: Any
) -> requests.StandingOfferWithdrawn:
    return made(
        requests.StandingOfferWithdrawn, values, standing_id=standing_id, reason="disbanded"
    )
