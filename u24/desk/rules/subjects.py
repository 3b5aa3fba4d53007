"""What a command is about: which member it speaks for, and which case holds its subject."""

from collections.abc import Iterable, Iterator

from u24.desk.board.state import Board, CaseState, OfferState, ProposalState, RequestState
from u24.domain.commands.command import Command
from u24.domain.commands.requests import DraftOffer, MakeOffer
from u24.domain.facts.plans import PlanLine
from u24.domain.offers import Lot

# A field that names a subject, and where a case holds what it names.
_HELD = {
    "offer_id": "offers",
    "request_id": "requests",
    "consent_id": "consents",
    "proposal_id": "proposals",
    "condition_id": "conditions",
    "ask_id": "asks",
    "plan_id": "plans",
    "alarm_id": "alarms",
    "conflict_id": "conflicts",
}

MOST_NAMED = 40


def survivor(board: Board, case: CaseState) -> CaseState:
    """The case that goes on where this one was merged; itself if it was not."""
    while case.merged_into:
        case = board.cases[case.merged_into]
    return case


def family(board: Board, case: CaseState) -> list[CaseState]:
    """The case that goes on, and every case that was merged into it."""
    found = [survivor(board, case)]
    for one in found:
        found += [board.cases[case_id] for case_id in one.merged_from]
    return found


def holder_of(board: Board, case: CaseState, command: Command) -> CaseState:
    """The case of the family that holds what the command names; else the one that goes on."""
    cases = family(board, case)
    for name in _names(command):
        said = getattr(command, name)
        for one in cases:
            if said in getattr(one, _HELD[name]):
                return one
    for one in cases:
        if _moves_in(one, command) or _position_in(one, command):
            return one
    return cases[0]


def members_of(command: Command, board: Board) -> set[str]:
    """The members whose word, goods or vehicles the command is about.

    Where it must name one and names none, an empty name stands for nobody's member.
    """
    told = (command, getattr(command, "position", None))
    found: set[str] = {getattr(one, "member", "") for one in told if hasattr(one, "member")}
    standing = board.standing.get(getattr(command, "standing_id", ""))
    if standing:
        found.add(standing.fact.member)
    case = board.cases.get(getattr(command, "case_id", ""))
    if case is not None:
        found |= _members_in(board, case, command)
    return found


def find_offer(board: Board, case: CaseState, offer_id: str) -> OfferState | None:
    """An offer of the case, or of one that was merged into it."""
    return next((o.offers[offer_id] for o in family(board, case) if offer_id in o.offers), None)


def find_request(board: Board, case: CaseState, request_id: str) -> RequestState | None:
    """A request of the case, or of one that was merged into it."""
    held = family(board, case)
    return next((one.requests[request_id] for one in held if request_id in one.requests), None)


def list_offers(board: Board, case: CaseState) -> list[OfferState]:
    """All offers of the case, and of those that were merged into it."""
    return [offer for one in family(board, case) for offer in one.offers.values()]


def released_lines(case: CaseState) -> Iterator[PlanLine]:
    """The lines of the released plan, then those of plans released before it.

    What was under way when a plan was replaced still arrives.
    """
    plans = [plan for plan in case.plans.values() if plan.released_at is not None]
    plans.sort(key=lambda plan: plan.fact.plan_id != case.released_plan_id)
    for plan in plans:
        yield from plan.fact.lines


def find_line(case: CaseState, consignment_id: str) -> PlanLine | None:
    """The consignment of a released plan with that id."""
    lines = released_lines(case)
    return next((line for line in lines if line.consignment_id == consignment_id), None)


def moving_vehicles(case: CaseState) -> set[str]:
    """The vehicles of all plans that were released."""
    routes = {
        route.vehicle_id
        for plan in case.plans.values()
        if plan.released_at is not None
        for route in plan.fact.plan.routes
    }
    return routes | {vehicle for line in released_lines(case) for vehicle in line.vehicle_ids}


def _names(command: Command) -> list[str]:
    new = isinstance(command, MakeOffer | DraftOffer)  # an answer to an older request
    return [
        name for name in _HELD if getattr(command, name, "") and not (new and name == "request_id")
    ]


def _moves_in(case: CaseState, command: Command) -> bool:
    consignment_id = getattr(command, "consignment_id", "")
    vehicle_id = getattr(command, "vehicle_id", "")
    if consignment_id:
        return find_line(case, consignment_id) is not None
    return bool(vehicle_id) and vehicle_id in moving_vehicles(case)


def _position_in(case: CaseState, command: Command) -> bool:
    return getattr(getattr(command, "position", None), "proposal", "") in case.proposals


def _members_in(board: Board, case: CaseState, command: Command) -> set[str]:
    """Whose is what it names; what moves and is no offer's any more is nobody's member's."""
    offer = find_offer(board, case, getattr(command, "offer_id", ""))
    found = {offer.fact.member} if offer else set()
    line = find_line(case, getattr(command, "consignment_id", ""))
    lot_id, vehicle_id = line.lot_id if line else "", getattr(command, "vehicle_id", "")
    owners = set()
    for held in list_offers(board, case):
        owners |= {lot.member for lot in held.fact.lots if lot.lot_id == lot_id}
        owners |= {one.member for one in held.fact.vehicles if one.vehicle_id == vehicle_id}
    if not owners and (line or vehicle_id in moving_vehicles(case)):
        owners = {""}
    return found | owners


def find_lot(board: Board, case: CaseState, lot_id: str) -> Lot | None:
    """A lot on offer in the case, also one that the host has not answered."""
    offers = (offer for offer in list_offers(board, case) if not offer.withdrawn)
    return next((lot for o in offers for lot in o.fact.lots if lot.lot_id == lot_id), None)


def find_proposal(board: Board, case: CaseState, proposal_id: str) -> ProposalState | None:
    """A proposal of the case, or of one that was merged into it."""
    held = family(board, case)
    return next((o.proposals[proposal_id] for o in held if proposal_id in o.proposals), None)


def named_in(names: Iterable[str]) -> str:
    """Names as the end of a sentence, in order; not all of very many."""
    listed = sorted(names)
    more = f" and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return (", ".join(listed[:MOST_NAMED]) or "none") + more
