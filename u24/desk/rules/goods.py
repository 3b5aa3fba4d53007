"""What is on offer: whose it is, and that no name stands for two things in one case."""

from collections import Counter

from u24.desk.board.state import Board, CaseState
from u24.desk.rules.subjects import list_offers
from u24.desk.saying import refuse
from u24.domain.commands.command import Refusal
from u24.domain.offers import Lot, Vehicle


def why_not_goods(
    member: str, lots: tuple[Lot, ...], vehicles: tuple[Vehicle, ...]
) -> Refusal | None:
    """Why these cannot be one member's offer; None if they can."""
    if not lots and not vehicles:
        return refuse("empty", "the offer holds no lot and no vehicle; give one or more")
    owners = [(f"lot {lot.lot_id}", lot.member) for lot in lots]
    owners += [(f"vehicle {vehicle.vehicle_id}", vehicle.member) for vehicle in vehicles]
    for name, owner in owners:
        if owner != member:
            text = f"{name} is of {owner}, the offer of {member}; a member offers its own"
            return refuse("not-own", text)
    twice = sorted(name for name, count in Counter(name for name, _ in owners).items() if count > 1)
    if twice:
        text = f"{', '.join(twice)} stands twice in the offer; give each a name of its own"
        return refuse("named-twice", text)
    return None


def why_name_taken(
    board: Board,
    case: CaseState,
    offer_id: str,
    lots: tuple[Lot, ...],
    vehicles: tuple[Vehicle, ...],
) -> Refusal | None:
    """Refuse a lot or a vehicle whose name another offer of the case bears."""
    own_lots = {lot.lot_id for lot in lots}
    own_vehicles = {vehicle.vehicle_id for vehicle in vehicles}
    for offer in list_offers(board, case):
        if offer.fact.offer_id == offer_id:
            continue
        taken = own_lots & {lot.lot_id for lot in offer.fact.lots}
        taken |= own_vehicles & {vehicle.vehicle_id for vehicle in offer.fact.vehicles}
        if taken:
            text = (
                f"{', '.join(sorted(taken))} is a name of offer {offer.fact.offer_id}; "
                "give another name, or say that offer anew"
            )
            return refuse("name-taken", text)
    return None
