"""What a reader may see of the offers of a case: the one place where the mail door asks it."""

from dataclasses import replace
from datetime import datetime

from u24.desk.board.state import Board, CaseState, OfferState
from u24.desk.rules.subjects import family, list_offers, released_lines
from u24.desk.status import visible_offers
from u24.domain.commands.command import Refusal


def offers_seen(
    board: Board, case: CaseState, person_id: str, now: datetime
) -> tuple[OfferState, ...]:
    """The offers as the person may see them, in the order in which they were made.

    What is in a confidential offer is taken out where it is not theirs to see, so that
    nothing behind this line can tell it; the offer itself and where it stands are shown.
    """
    seen = visible_offers(board, case.case_id, person_id, now)
    if isinstance(seen, Refusal):
        return ()
    held = {offer.fact.offer_id: offer for offer in list_offers(board, case)}
    return tuple(
        held[one.offer_id] if one.lots is not None else _without_stock(held[one.offer_id])
        for one in seen
    )


def names_hidden(board: Board, case: CaseState, person_id: str, now: datetime) -> frozenset[str]:
    """Offers whose stock is not theirs to see, and what of it is planned: lots, vehicles, ways.

    What an alarm says of these tells packs and times.
    """
    seen = visible_offers(board, case.case_id, person_id, now)
    shown = {} if isinstance(seen, Refusal) else {one.offer_id: one.lots for one in seen}
    facts = [
        offer.fact for offer in list_offers(board, case) if shown.get(offer.fact.offer_id) is None
    ]
    names = {fact.offer_id for fact in facts}
    names |= {lot.lot_id for fact in facts for lot in fact.lots}
    names |= {vehicle.vehicle_id for fact in facts for vehicle in fact.vehicles}
    lines = [line for one in family(board, case) for line in released_lines(one)]
    ways = {line.consignment_id for line in lines if names & {line.lot_id, *line.vehicle_ids}}
    return frozenset(names | ways)


def _without_stock(offer: OfferState) -> OfferState:
    fact = replace(offer.fact, lots=(), vehicles=(), text="")
    return replace(offer, fact=fact, taken_packs={}, taken_vehicles=())
