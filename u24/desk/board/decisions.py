"""What consents, proposals and positions say of the board."""

from u24.desk.board.parts import NO_REASON, end_part, find_known, note_oddity, take
from u24.desk.board.said import Said
from u24.desk.board.state import Board, CaseState, ConsentState, PositionState, ProposalState
from u24.domain.facts.decisions import (
    ConsentGiven,
    ConsentWithdrawn,
    PositionTaken,
    ProposalDecided,
    ProposalMade,
)


def consent_given(board: Board, case: CaseState, fact: ConsentGiven, said: Said) -> None:
    """A consent stands as last given, at its old place in the order; given anew, it is back."""
    part = f"consent/{fact.consent_id}"
    if not take(board, case, part, said):
        return
    state = case.consents.get(fact.consent_id)
    if state is None:
        case.consents[fact.consent_id] = ConsentState(fact=fact, position=said.position)
        return
    state.fact, state.position = fact, said.position
    if not said.corrects:
        state.withdrawn = ""
        end_part(case, f"{part}/withdrawn")


def consent_withdrawn(board: Board, case: CaseState, fact: ConsentWithdrawn, said: Said) -> None:
    """The host takes a consent back."""
    state = find_known(board, said, "consent", case.consents, fact.consent_id)
    if state is None:
        return
    if take(board, case, f"consent/{fact.consent_id}/withdrawn", said):
        state.withdrawn = fact.reason or NO_REASON


def proposal_made(board: Board, case: CaseState, fact: ProposalMade, said: Said) -> None:
    """A proposal stands as last made; what was decided stays decided."""
    if not take(board, case, f"proposal/{fact.proposal_id}", said):
        return
    state = case.proposals.get(fact.proposal_id)
    if state is None:
        case.proposals[fact.proposal_id] = ProposalState(fact=fact, position=said.position)
    else:
        state.fact, state.position = fact, said.position


def proposal_decided(board: Board, case: CaseState, fact: ProposalDecided, said: Said) -> None:
    """How a proposal ended."""
    state = find_known(board, said, "proposal", case.proposals, fact.proposal_id)
    if state is None:
        return
    if take(board, case, f"proposal/{fact.proposal_id}/decided", said):
        state.decided = fact


def position_taken(board: Board, case: CaseState, fact: PositionTaken, said: Said) -> None:
    """All positions are kept in order; a corrected one stands where the wrong one stood."""
    if not said.corrects:
        state = PositionState(
            position=fact.position,
            actor=said.actor,
            said_at=fact.said_at,
            confidential=fact.confidential,
            recorded=said.position,
        )
        case.positions.append(state)
        return
    wrong = [state for state in case.positions if state.recorded == said.corrects]
    for state in wrong:
        state.position, state.said_at = fact.position, fact.said_at
        state.confidential = fact.confidential
    if not wrong:
        note_oddity(board, said, f"entry {said.corrects} holds no position")
