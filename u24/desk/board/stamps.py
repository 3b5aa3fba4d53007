"""When each step of a case was first reached. The earliest moment counts, however late it is told.

Stamps follow from what the case holds: a word that replaces another, or corrects it, also
corrects the stamp.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from u24.domain.facts.movements import Milestone, MovementReported

if TYPE_CHECKING:
    from u24.desk.board.state import Board, CaseState

MILESTONE_STEPS = {Milestone.DEPARTED: "wheels_up_at", Milestone.ARRIVED: "arrival_at"}


@dataclass(slots=True, kw_only=True)
class Stamps:
    """When each step was first reached; None where it has not been."""

    alert_at: datetime | None = None
    case_at: datetime | None = None
    request_at: datetime | None = None
    first_offer_at: datetime | None = None
    acceptance_at: datetime | None = None
    wheels_up_at: datetime | None = None
    arrival_at: datetime | None = None
    hand_over_at: datetime | None = None


def stamp(stamps: Stamps, step: str, moment: datetime) -> None:
    """A step was reached at a moment; an earlier one stays."""
    held = getattr(stamps, step)
    if held is None or moment < held:
        setattr(stamps, step, moment)


def restamp(case: "CaseState", step: str) -> None:
    """Find the first moment of one step again, because a word about it was replaced."""
    setattr(case.stamps, step, min(_MOMENTS[step](case), default=None))


def restamp_alert(board: "Board", case: "CaseState") -> None:
    """Find again when the first alert of a case was heard."""
    heard = (
        moment
        for alert_id in case.alert_ids
        for moment in board.alert_sayings.get(alert_id, {}).values()
    )
    case.stamps.alert_at = min(heard, default=None)


def member_stamps_of(cases: Sequence["CaseState"]) -> dict[str, Stamps]:
    """First offer, acceptance, wheels-up, arrival and hand-over of each member, by member.

    What moves is a member's by its lot or its vehicle, also where the plan or the offer that
    tells so came later, or stands in another of the cases, which were merged. What cannot be
    traced to a member counts for none.
    """
    found: dict[str, Stamps] = {}
    for offer in (offer for case in cases for offer in case.offers.values()):
        stamps = found.setdefault(offer.fact.member, Stamps())
        stamp(stamps, "first_offer_at", offer.first_said_at)
        for moment in offer.acceptances.values():
            if moment is not None:
                stamp(stamps, "acceptance_at", moment)
    owners = _owners(cases)
    for movement in (movement for case in cases for movement in case.movements.values()):
        step = MILESTONE_STEPS.get(movement.milestone)
        member = owners.get(movement.consignment_id) or owners.get(movement.vehicle_id)
        if step and member:
            stamp(found.setdefault(member, Stamps()), step, movement.happened_at)
    for delivery in (delivery for case in cases for delivery in case.deliveries.values()):
        member = owners.get(delivery.consignment_id)
        if member:
            stamp(found.setdefault(member, Stamps()), "hand_over_at", delivery.happened_at)
    return dict(sorted(found.items()))


def _owners(cases: Sequence["CaseState"]) -> dict[str, str]:
    """The member of each consignment and of each vehicle."""
    offers = [offer.fact for case in cases for offer in case.offers.values()]
    lots = {lot.lot_id: lot.member for fact in offers for lot in fact.lots}
    owners = {vehicle.vehicle_id: vehicle.member for fact in offers for vehicle in fact.vehicles}
    for plan in (plan for case in cases for plan in case.plans.values()):
        for line in plan.fact.lines:
            if line.lot_id in lots:
                owners[line.consignment_id] = lots[line.lot_id]
    return owners


def _acceptances(case: "CaseState") -> Iterable[datetime]:
    answers = (moment for offer in case.offers.values() for moment in offer.acceptances.values())
    return (moment for moment in answers if moment is not None)


def _reached(case: "CaseState", milestone: Milestone) -> Iterable[datetime]:
    movements: Iterable[MovementReported] = case.movements.values()
    return (m.happened_at for m in movements if m.milestone is milestone)


_MOMENTS: dict[str, Callable[["CaseState"], Iterable[datetime]]] = {
    "case_at": lambda case: case.sayings.values(),
    "request_at": lambda case: (r.first_said_at for r in case.requests.values()),
    "first_offer_at": lambda case: (o.first_said_at for o in case.offers.values()),
    "acceptance_at": _acceptances,
    "wheels_up_at": lambda case: _reached(case, Milestone.DEPARTED),
    "arrival_at": lambda case: _reached(case, Milestone.ARRIVED),
    "hand_over_at": lambda case: (d.happened_at for d in case.deliveries.values()),
}
