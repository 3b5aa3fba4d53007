"""What moves, what was handed over and what went wrong, as the board has it."""

from u24.desk.board.parts import NO_REASON, end_part, find_known, take
from u24.desk.board.said import Said
from u24.desk.board.stamps import MILESTONE_STEPS, restamp, stamp
from u24.desk.board.state import AlarmState, Board, CaseState
from u24.domain.facts.movements import (
    AlarmAcknowledged,
    AlarmCleared,
    AlarmEscalated,
    AlarmRaised,
    HandedOver,
    MovementReported,
)


def movement_reported(board: Board, case: CaseState, fact: MovementReported, said: Said) -> None:
    """A report stands as last said, and so do the stamps that follow from it."""
    if not take(board, case, f"movement/{fact.movement_id}", said):
        return
    before = case.movements.get(fact.movement_id)
    case.movements[fact.movement_id] = fact
    step = MILESTONE_STEPS.get(fact.milestone)
    if step:
        stamp(case.stamps, step, fact.happened_at)
    before_step = MILESTONE_STEPS.get(before.milestone) if before else None
    if before and before_step and getattr(case.stamps, before_step) == before.happened_at:
        restamp(case, before_step)


def handed_over(board: Board, case: CaseState, fact: HandedOver, said: Said) -> None:
    """A hand-over stands as last said, and so does its stamp."""
    if not take(board, case, f"delivery/{fact.delivery_id}", said):
        return
    before = case.deliveries.get(fact.delivery_id)
    case.deliveries[fact.delivery_id] = fact
    stamp(case.stamps, "hand_over_at", fact.happened_at)
    if before and case.stamps.hand_over_at == before.happened_at:
        restamp(case, "hand_over_at")


def alarm_raised(board: Board, case: CaseState, fact: AlarmRaised, said: Said) -> None:
    """An alarm stands as last raised. Raised again after it was cleared, it is a new one."""
    part = f"alarm/{fact.alarm_id}"
    if not take(board, case, part, said):
        return
    state = case.alarms.get(fact.alarm_id)
    if state is not None and not (state.cleared and not said.corrects):
        state.fact, state.position = fact, said.position
        return
    case.alarms[fact.alarm_id] = AlarmState(
        fact=fact,
        position=said.position,
        for_person_id=fact.for_person_id,
        acknowledge_until_at=fact.acknowledge_until_at,
    )
    end_part(case, f"{part}/cleared")


def alarm_acknowledged(board: Board, case: CaseState, fact: AlarmAcknowledged, said: Said) -> None:
    """Who looks after it now."""
    state = find_known(board, said, "alarm", case.alarms, fact.alarm_id)
    if state is not None:
        state.acknowledged_by, state.acknowledged_at = said.actor, fact.said_at


def alarm_escalated(board: Board, case: CaseState, fact: AlarmEscalated, said: Said) -> None:
    """Whose it is now, and until when that person must look."""
    state = find_known(board, said, "alarm", case.alarms, fact.alarm_id)
    if state is not None:
        state.for_person_id = fact.to_person_id
        state.acknowledge_until_at = fact.acknowledge_until_at
        state.escalations += 1


def alarm_cleared(board: Board, case: CaseState, fact: AlarmCleared, said: Said) -> None:
    """It no longer matters."""
    state = find_known(board, said, "alarm", case.alarms, fact.alarm_id)
    if state is not None and take(board, case, f"alarm/{fact.alarm_id}/cleared", said):
        state.cleared = fact.reason or NO_REASON
