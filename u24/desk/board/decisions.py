"""What consents, proposals, positions, conditions and gates say of the board."""

from u24.desk.board.parts import NO_REASON, end_part, find_known, note_oddity, take
from u24.desk.board.said import Said
from u24.desk.board.state import (
    Board,
    CaseState,
    ConditionWordState,
    ConsentState,
    GateAnswerState,
    PositionState,
    ProposalState,
)
from u24.domain.facts.decisions import (
    AskStated,
    ConditionDeclared,
    ConditionSaid,
    ConsentGiven,
    ConsentWithdrawn,
    GateAnswered,
    HostCrewsNamed,
    PhaseNamed,
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
            confidential=_is_secret(fact),
            recorded=said.position,
        )
        case.positions.append(state)
        return
    wrong = [state for state in case.positions if state.recorded == said.corrects]
    for state in wrong:
        state.position, state.said_at = fact.position, fact.said_at
        state.confidential = _is_secret(fact)
    if not wrong:
        note_oddity(board, said, f"entry {said.corrects} holds no position")


def condition_declared(board: Board, case: CaseState, fact: ConditionDeclared, said: Said) -> None:
    """A condition means what was last declared."""
    if take(board, case, f"condition/{fact.condition_id}", said):
        case.conditions[fact.condition_id] = fact


def condition_said(board: Board, case: CaseState, fact: ConditionSaid, said: Said) -> None:
    """All words are kept in order; a corrected one stands where the wrong one stood."""
    if not said.corrects:
        word = ConditionWordState(fact=fact, actor=said.actor, recorded=said.position)
        case.condition_words.append(word)
        return
    wrong = [held for held in case.condition_words if held.recorded == said.corrects]
    for held in wrong:
        held.fact = fact
    if not wrong:
        note_oddity(board, said, f"entry {said.corrects} holds no word on a condition")


def gate_answered(board: Board, case: CaseState, fact: GateAnswered, said: Said) -> None:
    """All answers are kept in order; a corrected one stands where the wrong one stood."""
    if not said.corrects:
        state = GateAnswerState(
            answer=fact.answer, actor=said.actor, said_at=fact.said_at, recorded=said.position
        )
        case.gate_answers.append(state)
        return
    wrong = [held for held in case.gate_answers if held.recorded == said.corrects]
    for held in wrong:
        held.answer = fact.answer
    if not wrong:
        note_oddity(board, said, f"entry {said.corrects} holds no answer to a gate")


def phase_named(board: Board, case: CaseState, fact: PhaseNamed, said: Said) -> None:
    """A phase lasts as last named."""
    if take(board, case, f"phase/{fact.phase.name}", said):
        case.phases[fact.phase.name] = fact


def host_crews_named(board: Board, case: CaseState, fact: HostCrewsNamed, said: Said) -> None:
    """The host's crews can run what was last said."""
    if take(board, case, "host-crews", said):
        case.host_crews = fact.families


def ask_stated(board: Board, case: CaseState, fact: AskStated, said: Said) -> None:
    """A wish stands as last stated."""
    if take(board, case, f"ask/{fact.ask_id}", said):
        case.asks[fact.ask_id] = fact


def _is_secret(fact: PositionTaken) -> bool:
    """In doubt it is: who wrote either of the two meant it."""
    return fact.confidential or fact.position.secret
