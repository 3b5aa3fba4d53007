"""Moved and handed over: what really happened to consignments and vehicles."""

from datetime import datetime, timedelta

from u24.desk.board.state import CaseState
from u24.desk.rules.subjects import find_line, moving_vehicles
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.movements import HandOver, ReportMovement
from u24.domain.facts.movements import HandedOver, Milestone, MovementReported

AHEAD_MIN = 5  # clocks differ; more than that has not happened yet
BEFORE_D = 7  # a movement of this emergency is not older than this before T0
# A consignment comes by these in order; it may skip steps that nobody reported.
_STEPS = (
    Milestone.READY, Milestone.LOADED, Milestone.DEPARTED, Milestone.LANDED, Milestone.ARRIVED,
)  # fmt: skip


def report_movement(command: ReportMovement, setting: Setting) -> Saying | Refusal:
    """A consignment, or a vehicle, of a released plan reached a step."""
    case = setting.board.cases[command.case_id]
    happened_at = command.happened_at or setting.now
    refusal = (
        _why_unknown(command, case)
        or why_no_moment(happened_at, case, setting.now)
        or _why_out_of_order(command, happened_at, case)
    )
    if refusal:
        return refusal
    fact = MovementReported(
        said_at=setting.now, case_id=case.case_id,
        movement_id=command.movement_id or setting.ids("movement"),
        milestone=command.milestone, happened_at=happened_at, site_id=command.site_id,
        consignment_id=command.consignment_id, vehicle_id=command.vehicle_id, note=command.note,
    )  # fmt: skip
    return Saying(facts=((case_stream(case.case_id), fact),))


def hand_over(command: HandOver, setting: Setting) -> Saying | Refusal:
    """So many packs are in the hands of those who need them; at most what is still open."""
    case = setting.board.cases[command.case_id]
    happened_at = command.happened_at or setting.now
    delivery_id = command.delivery_id or setting.ids("delivery")
    refusal = (
        _why_no_packs(command, delivery_id, case)
        or why_no_moment(happened_at, case, setting.now)
        or _why_no_receiver(command)
    )
    if refusal:
        return refusal
    fact = HandedOver(
        said_at=setting.now, case_id=case.case_id, delivery_id=delivery_id,
        consignment_id=command.consignment_id, packs=command.packs, receiver=command.receiver,
        happened_at=happened_at, receipt=command.receipt, receipt_sha256=command.receipt_sha256,
    )  # fmt: skip
    return Saying(facts=((case_stream(case.case_id), fact),))


def why_no_moment(happened_at: datetime, case: CaseState, now: datetime) -> Refusal | None:
    """Refuse what has not happened yet, and what is too old to be of this case."""
    if happened_at > now + timedelta(minutes=AHEAD_MIN):
        text = (
            f"happened_at is {happened_at.isoformat()}, now is {now.isoformat()}; at most "
            f"{AHEAD_MIN} minutes ahead is believed"
        )
        return refuse("future", text)
    earliest_at = case.t0_at - timedelta(days=BEFORE_D)
    if happened_at < earliest_at:
        text = f"happened_at is {happened_at.isoformat()}; it must be {earliest_at.isoformat()}"
        return refuse("too-early", f"{text} or later, {BEFORE_D} days before T0")
    return None


def open_packs(case: CaseState, consignment_id: str, but_delivery_id: str = "") -> int:
    """Packs of a consignment that were not handed over, without what one delivery says."""
    line = find_line(case, consignment_id)
    handed = sum(
        delivery.packs
        for delivery in case.deliveries.values()
        if delivery.consignment_id == consignment_id and delivery.delivery_id != but_delivery_id
    )
    return (line.packs if line else 0) - handed


def _why_unknown(command: ReportMovement, case: CaseState) -> Refusal | None:
    if bool(command.consignment_id) == bool(command.vehicle_id):
        text = "name either a consignment or a vehicle, one of the two"
        return refuse("one-subject", text)
    if command.consignment_id and find_line(case, command.consignment_id) is None:
        return _unknown_consignment(case, command.consignment_id)
    if command.vehicle_id and command.vehicle_id not in moving_vehicles(case):
        text = f"{case.call_sign} has no released plan with vehicle {command.vehicle_id}"
        return refuse("unknown-vehicle", text)
    return None


def _why_out_of_order(
    command: ReportMovement, happened_at: datetime, case: CaseState
) -> Refusal | None:
    """Refuse a consignment's step before an earlier one, or after a later one. FAILED ends it.

    A vehicle goes round and round, so its steps have no order.
    """
    if not command.consignment_id or command.milestone not in _STEPS:
        return None
    own = _STEPS.index(command.milestone)
    for told in case.movements.values():
        other = told.milestone in _STEPS and _STEPS.index(told.milestone)
        if (
            told.consignment_id != command.consignment_id
            or told.movement_id == command.movement_id
            or other is False
        ):
            continue
        if (other < own and told.happened_at > happened_at) or (
            other > own and told.happened_at < happened_at
        ):
            text = (
                f"{command.consignment_id} {command.milestone} at {happened_at.isoformat()} does "
                f"not go with {told.milestone} at {told.happened_at.isoformat()} "
                f"({told.movement_id}); the steps come in the order {', '.join(_STEPS)}"
            )
            return refuse("out-of-order", text)
    return None


def _why_no_packs(command: HandOver, delivery_id: str, case: CaseState) -> Refusal | None:
    if find_line(case, command.consignment_id) is None:
        return _unknown_consignment(case, command.consignment_id)
    most = open_packs(case, command.consignment_id, delivery_id)
    if not 1 <= command.packs <= most:
        allowed = f"1 .. {most} are open" if most > 0 else "none is open"
        text = f"{command.packs} packs of {command.consignment_id} are handed over; {allowed}"
        return refuse("too-many" if command.packs > 0 else "no-packs", text)
    return None


def _why_no_receiver(command: HandOver) -> Refusal | None:
    if command.receiver.strip():
        return None
    return refuse("no-receiver", "receiver is empty; say who took the packs")


def _unknown_consignment(case: CaseState, consignment_id: str) -> Refusal:
    text = f"{case.call_sign} has no released plan with consignment {consignment_id or 'nothing'}"
    return refuse("unknown-consignment", text)
