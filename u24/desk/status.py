"""What may be shown to whom: is it handled, by whom, and when; nothing that is not theirs.

Stock and readiness of a confidential offer are shown to the member's own people, and to the
desk's duty officers and logisticians. A confidential position is shown to the member's own
people alone: it counts in every result, and nobody else ever reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from u24.desk.board.state import Board, CaseState, OfferState, PositionState, RequestState
from u24.desk.policy import find_case
from u24.desk.rules.rights import is_deputy, roles_in
from u24.desk.rules.subjects import family, find_line, list_offers, survivor
from u24.domain.commands.command import Refusal
from u24.domain.facts.movements import Milestone
from u24.domain.facts.people import Role
from u24.domain.facts.plans import PlanLine
from u24.domain.facts.requests import Reply
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle

STOCK_KEEPERS = {Role.DUTY_OFFICER, Role.LOGISTICIAN}
_ON_THE_WAY = {Milestone.LOADED, Milestone.DEPARTED, Milestone.LANDED, Milestone.ARRIVED}


class LineState(StrEnum):
    """How far one line of a request is."""

    ASKED = "asked"  # nobody has answered
    NOTHING_YET = "nothing_yet"  # members answered, and nothing that fits stands
    OFFERED = "offered"
    ACCEPTED = "accepted"
    COMMITTED = "committed"
    PLANNED = "planned"  # in the released plan
    UNDER_WAY = "under_way"
    PARTLY = "partly"  # a part is handed over
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedStatus:
    """One line of a request. ``None`` is not known: nobody has reported it."""

    need_id: str
    kind: str
    place_id: str
    asked_units: int
    due_at: datetime
    state: LineState
    members: tuple[str, ...]  # whose help is offered and seen, in the order of the offers
    planned_units: float | None = None
    delivered_units: float | None = None
    expected_at: datetime | None = None  # when the last of what is planned arrives
    last_at: datetime | None = None  # when anything of it was last reported


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStatus:
    """A request, and how far each line of it is."""

    request_id: str
    asked_at: datetime
    asked_by: str
    text: str
    withdrawn: str
    answers: tuple[tuple[str, Reply], ...]  # by member
    lines: tuple[NeedStatus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStatus:
    """A case for one who asked, as far as it is theirs to see."""

    call_sign: str
    called: tuple[str, ...]  # every call sign that leads here, merged ones too
    title: str
    hazard: str
    host: str
    t0_at: datetime
    closed: str
    exercise: bool
    requests: tuple[RequestStatus, ...]
    at: datetime  # as of when


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSeen:
    """An offer as one person may see it; ``lots`` is None where the stock is not theirs."""

    offer_id: str
    member: str
    offered_at: datetime
    reply: Reply | None
    committed_at: datetime | None
    withdrawn: str
    confidential: bool
    lots: tuple[Lot, ...] | None
    vehicles: tuple[Vehicle, ...] | None


def status_of(board: Board, said: str, person_id: str, now: datetime) -> CaseStatus | Refusal:
    """Is it handled? Every line of every request that this person may see.

    Parameters
    ----------
    said
        Call sign or id of the case; a merged one leads to the case that goes on.

    Returns
    -------
    CaseStatus or Refusal
        Whoever has a role in the case sees all requests; who once asked sees their own.
    """
    case = find_case(board, said)
    if case is None:
        return _no_case(said)
    case = survivor(board, case)
    own = None if _may_look(board, case, person_id, now) else person_id
    held = family(board, case)
    seen = {
        offer.fact.offer_id
        for offer in list_offers(board, case)
        if _may_see_stock(board, offer, case, person_id, now)
    }
    requests = tuple(
        _request(request, held, seen)
        for one in held
        for request in one.requests.values()
        if own in {None, request.asked_by}
    )
    if own is not None and not requests:
        return _no_case(said)
    return CaseStatus(
        call_sign=case.call_sign, called=tuple(one.call_sign for one in held), title=case.title,
        hazard=case.hazard, host=case.host, t0_at=case.t0_at, closed=case.closed,
        exercise=board.exercise, requests=requests, at=now,
    )  # fmt: skip


def visible_offers(
    board: Board, said: str, person_id: str, now: datetime
) -> tuple[OfferSeen, ...] | Refusal:
    """All offers of a case; what is in a confidential one only where it is theirs to see."""
    case = find_case(board, said)
    if case is None or not _may_look(board, survivor(board, case), person_id, now):
        return _no_case(said)
    return tuple(
        _offer(offer, shown=_may_see_stock(board, offer, case, person_id, now))
        for one in family(board, case)
        for offer in one.offers.values()
    )


def visible_positions(
    board: Board, said: str, person_id: str, now: datetime
) -> tuple[PositionState, ...] | Refusal:
    """All positions that were taken, oldest first, without those that are not theirs to see."""
    case = find_case(board, said)
    if case is None or not _may_look(board, survivor(board, case), person_id, now):
        return _no_case(said)
    taken = [held for one in family(board, case) for held in one.positions]
    return tuple(
        held
        for held in sorted(taken, key=lambda held: held.recorded)
        if not held.confidential or held.position.member in _members_of(board, case, person_id, now)
    )


def _may_look(board: Board, case: CaseState, person_id: str, now: datetime) -> bool:
    return any(
        role is not Role.ADMINISTRATOR
        and (role is not Role.HOST_OFFICER or board.people.persons[held].member == case.host)
        for held in _standing_for(board, person_id, now)
        for role in roles_in(board, held, case.case_id, now)
    )


def _may_see_stock(
    board: Board, offer: OfferState, case: CaseState, person_id: str, now: datetime
) -> bool:
    if not offer.fact.confidential:
        return True
    roles = {
        role
        for held in _standing_for(board, person_id, now)
        for role in roles_in(board, held, case.case_id, now)
    }
    own = _members_of(board, case, person_id, now)
    return bool(roles & STOCK_KEEPERS) or offer.fact.member in own


def _members_of(board: Board, case: CaseState, person_id: str, now: datetime) -> set[str]:
    """The members for whom this person, or whom they stand in for, has a role in the case."""
    return {
        board.people.persons[held].member
        for held in _standing_for(board, person_id, now)
        if roles_in(board, held, case.case_id, now)
    } - {""}


def _standing_for(board: Board, person_id: str, now: datetime) -> list[str]:
    """The person, and whom they stand in for now; those whom the desk does not know do not see."""
    if person_id not in board.people.persons:
        return []
    held = [held for held in board.people.deputies if is_deputy(board, held, person_id, now)]
    return [person_id, *(one for one in held if one in board.people.persons)]


def _request(request: RequestState, held: list[CaseState], seen: set[str]) -> RequestStatus:
    fact = request.fact
    return RequestStatus(
        request_id=fact.request_id, asked_at=request.first_said_at, asked_by=request.asked_by,
        text=fact.text, withdrawn=request.withdrawn,
        answers=tuple((member, answer.reply) for member, answer in request.answers.items()),
        lines=tuple(_need(need, request, held, seen) for need in fact.needs),
    )  # fmt: skip


def _need(need: Need, request: RequestState, held: list[CaseState], seen: set[str]) -> NeedStatus:
    kinds = {need.kind, *(other.kind for other in need.substitutes)}
    offers = [
        offer
        for case in held
        for offer in case.offers.values()
        if not offer.withdrawn
        and offer.reply is not Reply.DECLINE
        and any(lot.kind in kinds for lot in offer.fact.lots)
    ]
    failed = {
        told.consignment_id
        for case in held
        for told in case.movements.values()
        if told.milestone is Milestone.FAILED
    }
    lines = [
        line
        for line in _lines_now(held[0])
        if line.need_id == need.need_id and line.consignment_id not in failed
    ]
    delivered, delivered_at = _delivered(need, held)
    moved = _moves(lines, held)
    return NeedStatus(
        need_id=need.need_id, kind=need.kind, place_id=need.place_id,
        asked_units=need.planned_units, due_at=need.due_at,
        state=_state(need, request, offers, (bool(lines), bool(moved), delivered)),
        members=tuple(
            dict.fromkeys(
                offer.fact.member for offer in offers if offer.fact.offer_id in seen
            )
        ),
        planned_units=sum(line.units for line in lines) if lines else None,
        delivered_units=delivered,
        expected_at=_expected(lines, held[0]),
        last_at=max([*moved, *delivered_at], default=None),
    )  # fmt: skip


def _state(
    need: Need,
    request: RequestState,
    offers: list[OfferState],
    done: tuple[bool, bool, float | None],
) -> LineState:
    """The farthest step that is known."""
    planned, moved, delivered = done
    steps = (
        (delivered is not None and delivered >= need.planned_units, LineState.DELIVERED),
        (delivered is not None, LineState.PARTLY),
        (moved, LineState.UNDER_WAY),
        (bool(request.withdrawn), LineState.WITHDRAWN),
        (planned, LineState.PLANNED),
        (any(offer.committed_at for offer in offers), LineState.COMMITTED),
        (any(offer.reply for offer in offers), LineState.ACCEPTED),
        (bool(offers), LineState.OFFERED),
        (bool(request.answers), LineState.NOTHING_YET),
    )
    return next((state for reached, state in steps if reached), LineState.ASKED)


def _lines_now(case: CaseState) -> tuple[PlanLine, ...]:
    plan = case.plans.get(case.released_plan_id)
    return plan.fact.lines if plan else ()


def _delivered(need: Need, held: list[CaseState]) -> tuple[float | None, list[datetime]]:
    """Units that were handed over, None if nobody said so; and when."""
    found: list[tuple[float, datetime]] = []
    for case in held:
        for delivery in case.deliveries.values():
            line = find_line(case, delivery.consignment_id)
            if line and line.need_id == need.need_id:
                found.append((line.units * delivery.packs / line.packs, delivery.happened_at))
    units = [amount for amount, _ in found]
    return (sum(units) if units else None), [moment for _, moment in found]


def _moves(lines: Iterable[PlanLine], held: list[CaseState]) -> list[datetime]:
    own = {line.consignment_id for line in lines}
    return [
        told.happened_at
        for case in held
        for told in case.movements.values()
        if told.consignment_id in own and told.milestone in _ON_THE_WAY
    ]


def _expected(lines: list[PlanLine], case: CaseState) -> datetime | None:
    if not lines:
        return None
    return case.t0_at + timedelta(seconds=max(line.arrive_s for line in lines))


def _offer(offer: OfferState, *, shown: bool) -> OfferSeen:
    fact = offer.fact
    return OfferSeen(
        offer_id=fact.offer_id, member=fact.member, offered_at=offer.first_said_at,
        reply=offer.reply, committed_at=offer.committed_at, withdrawn=offer.withdrawn,
        confidential=fact.confidential, lots=fact.lots if shown else None,
        vehicles=fact.vehicles if shown else None,
    )  # fmt: skip


def _no_case(said: str) -> Refusal:
    """The same words whether there is no such case or it is not theirs, so that none is told."""
    return Refusal(
        code="unknown-case", text=f"no case of yours is called {said!r}; give its call sign"
    )
