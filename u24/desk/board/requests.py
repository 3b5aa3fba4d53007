"""What requests, offers and standing offers say of the board."""

from collections.abc import Mapping

from u24.desk.board.parts import NO_REASON, end_part, find_known, note_oddity, take
from u24.desk.board.said import Said
from u24.desk.board.stamps import restamp, stamp
from u24.desk.board.state import Board, CaseState, OfferState, RequestState, StandingState
from u24.domain.facts.requests import (
    LotShare,
    OfferAnswered,
    OfferCommitted,
    OfferMade,
    OfferWithdrawn,
    Reply,
    RequestAnswered,
    RequestStated,
    RequestWithdrawn,
    StandingOfferReleased,
    StandingOfferWithdrawn,
)


def request_stated(board: Board, case: CaseState, fact: RequestStated, said: Said) -> None:
    """A request stands as last stated; stated anew, it is withdrawn no longer."""
    part = f"request/{fact.request_id}"
    stands = take(board, case, part, said)
    state = case.requests.get(fact.request_id)
    if state is None:
        if stands:
            case.requests[fact.request_id] = RequestState(
                fact=fact,
                position=said.position,
                first_said_at=fact.said_at,
                asked_by=said.actor,
                sayings={said.origin: fact.said_at},
            )
            stamp(case.stamps, "request_at", fact.said_at)
        return
    _say_again(case, state, said, "request_at")
    if stands:
        state.fact, state.position = fact, said.position
        if not said.corrects:
            state.asked_by, state.withdrawn = said.actor, ""
            end_part(case, f"{part}/withdrawn")


def request_withdrawn(board: Board, case: CaseState, fact: RequestWithdrawn, said: Said) -> None:
    """The host no longer asks for it."""
    state = find_known(board, said, "request", case.requests, fact.request_id)
    if state is None:
        return
    if take(board, case, f"request/{fact.request_id}/withdrawn", said):
        state.withdrawn = fact.reason or NO_REASON


def request_answered(board: Board, case: CaseState, fact: RequestAnswered, said: Said) -> None:
    """A member's last answer stands; a correction may also say that it was another member's."""
    state = find_known(board, said, "request", case.requests, fact.request_id)
    if state is None:
        return
    part = f"request/{fact.request_id}/answer/"
    if said.corrects:
        wrong = [m for m in state.answers if case.holds.get(part + m) == said.corrects]
        for member in wrong:
            del state.answers[member], case.holds[part + member]
        if not wrong or fact.member in state.answers:
            return  # something newer was said since
    case.holds[part + fact.member] = said.origin
    state.answers[fact.member] = fact


def offer_made(board: Board, case: CaseState, fact: OfferMade, said: Said) -> None:
    """An offer stands as last made. It waits for an answer again if it is no longer the same."""
    part = f"offer/{fact.offer_id}"
    stands = take(board, case, part, said)
    state = case.offers.get(fact.offer_id)
    if state is None:
        if stands:
            case.offers[fact.offer_id] = OfferState(
                fact=fact,
                position=said.position,
                first_said_at=fact.said_at,
                offered_by=said.actor,
                sayings={said.origin: fact.said_at},
            )
            stamp(case.stamps, "first_offer_at", fact.said_at)
        return
    _say_again(case, state, said, "first_offer_at")
    if not stands:
        return
    anew = not said.corrects
    if _substance(state.fact) != _substance(fact) or (anew and state.withdrawn):
        _wait_again(case, state, said)
    state.fact, state.position = fact, said.position
    if anew:
        state.offered_by, state.withdrawn = said.actor, ""
        end_part(case, f"{part}/withdrawn")


def offer_answered(board: Board, case: CaseState, fact: OfferAnswered, said: Said) -> None:
    """The host's last answer stands; each acceptance counts as one, also if it was taken back."""
    state = find_known(board, said, "offer", case.offers, fact.offer_id)
    if state is None:
        return
    _stamp_answer(case, state, fact, said)
    if not take(board, case, f"offer/{fact.offer_id}/reply", said):
        return
    packs, vehicles = _taken(board, state.fact, fact, said)
    same = (packs, vehicles) == (state.taken_packs, state.taken_vehicles)
    if fact.reply is Reply.DECLINE or not same:
        _unbind(case, state, said)
    state.reply, state.answered_at = fact.reply, fact.said_at
    state.taken_packs, state.taken_vehicles = packs, vehicles


def offer_committed(board: Board, case: CaseState, fact: OfferCommitted, said: Said) -> None:
    """The member binds itself to what was accepted, and to nothing else."""
    state = find_known(board, said, "offer", case.offers, fact.offer_id)
    if state is None:
        return
    if state.reply in (None, Reply.DECLINE) and not said.corrects:
        note_oddity(board, said, f"offer {fact.offer_id!r} is not accepted")
        return
    if take(board, case, f"offer/{fact.offer_id}/commitment", said):
        state.committed_at = fact.said_at


def offer_withdrawn(board: Board, case: CaseState, fact: OfferWithdrawn, said: Said) -> None:
    """The member takes an offer back."""
    state = find_known(board, said, "offer", case.offers, fact.offer_id)
    if state is None:
        return
    if take(board, case, f"offer/{fact.offer_id}/withdrawn", said):
        state.withdrawn = fact.reason or NO_REASON


def standing_offer_released(board: Board, fact: StandingOfferReleased, said: Said) -> None:
    """A standing offer stands as last released."""
    board.standing[fact.standing_id] = StandingState(
        fact=fact, position=said.position, released_by=said.actor
    )


def standing_offer_withdrawn(board: Board, fact: StandingOfferWithdrawn, said: Said) -> None:
    """A standing offer no longer stands."""
    state = find_known(board, said, "standing offer", board.standing, fact.standing_id)
    if state is None:
        return
    state.withdrawn = fact.reason or NO_REASON


def _say_again(case: CaseState, state: RequestState | OfferState, said: Said, step: str) -> None:
    if said.corrects and said.corrects not in state.sayings:
        return
    state.sayings[said.origin] = said.fact.said_at
    if said.corrects:
        state.first_said_at = min(state.sayings.values())
        restamp(case, step)
    elif said.fact.said_at < state.first_said_at:
        state.first_said_at = said.fact.said_at
        stamp(case.stamps, step, said.fact.said_at)


def _substance(fact: OfferMade) -> tuple[object, ...]:
    """What the host looked at when it answered; a text may hold a condition."""
    return (fact.member, fact.lots, fact.vehicles, fact.text)


def _wait_again(case: CaseState, state: OfferState, said: Said) -> None:
    state.reply, state.answered_at = None, None
    state.taken_packs, state.taken_vehicles = {}, ()
    end_part(case, f"offer/{state.fact.offer_id}/reply")
    _unbind(case, state, said)


def _unbind(case: CaseState, state: OfferState, said: Said) -> None:
    state.committed_at = None
    end_part(case, f"offer/{state.fact.offer_id}/commitment")


def _stamp_answer(case: CaseState, state: OfferState, fact: OfferAnswered, said: Said) -> None:
    if said.corrects and said.corrects not in state.acceptances:
        return
    accepted_at = None if fact.reply is Reply.DECLINE else fact.said_at
    state.acceptances[said.origin] = accepted_at
    if said.corrects:
        restamp(case, "acceptance_at")
    elif accepted_at is not None:
        stamp(case.stamps, "acceptance_at", accepted_at)


def _taken(
    board: Board, offer: OfferMade, answer: OfferAnswered, said: Said
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Packs by lot, and vehicles; never more than was offered."""
    offered = {lot.lot_id: lot.packs for lot in offer.lots}
    vehicles = tuple(vehicle.vehicle_id for vehicle in offer.vehicles)
    if answer.reply is Reply.DECLINE:
        return {}, ()
    if answer.reply is Reply.ACCEPT:
        return offered, vehicles
    wrong = [share.lot_id for share in answer.lots if share.packs > offered.get(share.lot_id, 0)]
    wrong += [vehicle_id for vehicle_id in answer.vehicle_ids if vehicle_id not in vehicles]
    if wrong:
        note_oddity(board, said, f"more is taken than was offered of {', '.join(wrong)}")
    return _at_most(offered, answer.lots), tuple(v for v in answer.vehicle_ids if v in vehicles)


def _at_most(offered: Mapping[str, int], shares: tuple[LotShare, ...]) -> dict[str, int]:
    return {
        share.lot_id: min(share.packs, offered[share.lot_id])
        for share in shares
        if share.lot_id in offered
    }
