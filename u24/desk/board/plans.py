"""What plans say of the board."""

from u24.desk.board.parts import NO_REASON, find_known, note_oddity, take
from u24.desk.board.said import Said
from u24.desk.board.state import Board, CaseState, PlanState
from u24.domain.facts.plans import PlanDropped, PlanMade, PlanReleased, PlanSigned


def plan_made(board: Board, case: CaseState, fact: PlanMade, said: Said) -> None:
    """A plan is new. The same said twice changes nothing; another one needs another id."""
    state = case.plans.get(fact.plan_id)
    if state is None:
        case.plans[fact.plan_id] = PlanState(fact=fact, position=said.position, made_by=said.actor)
    elif state.fact != fact:
        note_oddity(board, said, f"plan {fact.plan_id!r} is another one already")


def plan_signed(board: Board, case: CaseState, fact: PlanSigned, said: Said) -> None:
    """One more person says yes; nobody counts twice."""
    state = find_known(board, said, "plan", case.plans, fact.plan_id)
    if state is not None and said.actor not in state.signed_by:
        state.signed_by = (*state.signed_by, said.actor)


def plan_released(board: Board, case: CaseState, fact: PlanReleased, said: Said) -> None:
    """The plan that all act on; the one before keeps its time of release."""
    state = find_known(board, said, "plan", case.plans, fact.plan_id)
    if state is None or not take(board, case, f"plan/{fact.plan_id}/released", said):
        return
    state.released_at = fact.said_at
    if not said.corrects:
        case.released_plan_id = fact.plan_id
        state.dropped = ""


def plan_dropped(board: Board, case: CaseState, fact: PlanDropped, said: Said) -> None:
    """A plan will not be released. One that went out cannot be called back by that."""
    state = find_known(board, said, "plan", case.plans, fact.plan_id)
    if state is None:
        return
    if state.released_at is not None:
        note_oddity(board, said, f"plan {fact.plan_id!r} is released; it cannot be dropped")
        return
    state.dropped = fact.reason or NO_REASON
