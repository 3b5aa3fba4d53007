"""The gates of controlled goods: who may answer, and which plans two persons let go.

The desk never answers a gate by itself. It asks a named officer and keeps the reasons.
"""

from collections.abc import Iterable, Mapping

from u24.consent.missions import with_legal_class
from u24.desk.board.state import Board, CaseState
from u24.desk.rules.subjects import find_lot, find_proposal, named_in
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.decisions import AnswerGate
from u24.domain.facts.decisions import GateAnswered
from u24.domain.facts.people import Role
from u24.domain.facts.plans import PlanLine
from u24.domain.gates import Gate, GateAnswer
from u24.domain.needs import Need
from u24.domain.offers import Lot
from u24.domain.proposals import ProposalKind
from u24.reference.controlled import find_controlled_kind
from u24.reference.gates import gates_on, list_gates

OF_THE_HOST = "{host}"  # in what a gate says of whom it asks


def answer_gate(command: AnswerGate, setting: Setting) -> Saying | Refusal:
    """A named officer's answer, with reasons; the officer is who says it, never another."""
    case = setting.board.cases[command.case_id]
    refusal = _why_no_gate(command, setting) or _why_no_subject(command, case, setting)
    if refusal:
        return refusal
    if not command.reasons.strip():
        return refuse("no-reason", "reasons is empty; say why the answer is what it is")
    until_at = command.valid_until_at
    if until_at is not None and until_at <= setting.now:
        text = f"valid_until_at is {until_at.isoformat()}, now is {setting.now.isoformat()}"
        return refuse("past", f"{text}; give a later moment, or none")
    answer = GateAnswer(
        subject=command.subject, gate_id=command.gate_id, passed=command.passed,
        officer=setting.caller.person_id, at=setting.now, reasons=command.reasons,
        document=command.document, valid_until_at=until_at, grounds=command.grounds,
    )  # fmt: skip
    fact = GateAnswered(said_at=setting.now, case_id=command.case_id, answer=answer)
    return Saying(facts=((case_stream(command.case_id), fact),))


def may_answer(command: AnswerGate, role: Role, own: str, board: Board) -> bool:
    """Whether this role of this member is the officer whom the gate asks.

    Of the owner it is a legal officer or a decision maker. A legal officer of no member is
    the desk's own: such a one may answer as well, but not where several officers of the
    owner must sign. What is asked of the host, a host officer answers. What is not known
    is refused later, by name.
    """
    gate, case = _find_gate(command.gate_id), board.cases[command.case_id]
    if gate is None:
        return True
    if OF_THE_HOST in gate.asked_of:
        return role is Role.HOST_OFFICER and own == case.host
    if role is Role.HOST_OFFICER:
        return False
    if role is Role.LEGAL_OFFICER and not own:
        return gate.signatures == 1
    lot = find_lot(board, case, command.subject)
    if lot is None:  # whose goods a proposal may move is not known, so that no member answers
        return find_proposal(board, case, command.subject) is None
    return own == lot.member


def asks_two_persons(
    lines: Iterable[PlanLine],
    lots: Mapping[str, Lot],
    needs: Mapping[str, Need],
    missions: Iterable[str],
) -> bool:
    """Whether two persons must let these lines go: controlled goods, or a mission's forces.

    Parameters
    ----------
    lots, needs
        By id. A line whose lot is not known is passed over: no plan with it is released.
    missions
        Ids of proposals that are missions.
    """
    known = set(missions)
    for line in lines:
        lot, need = lots.get(line.lot_id), needs.get(line.need_id)
        if lot is None:
            continue
        if find_controlled_kind(lot.kind) is not None:
            return True
        [as_it_is] = with_legal_class([lot])
        if as_it_is.military and known & {lot.proposal_id, need.proposal_id if need else ""}:
            return True
    return False


def missions_of(states: Iterable[CaseState]) -> set[str]:
    """The proposals of these cases that are missions."""
    return {
        proposal_id
        for state in states
        for proposal_id, held in state.proposals.items()
        if held.fact.proposal.kind is ProposalKind.MISSION
    }


def _why_no_gate(command: AnswerGate, setting: Setting) -> Refusal | None:
    known = {gate.gate_id: gate for gate in gates_on(setting.now.date())}
    gate = known.get(command.gate_id)
    if gate is None:
        text = f"no gate is called {command.gate_id!r} today; they are {named_in(known)}"
        return refuse("unknown-gate", text)
    if gate.by_rule and command.passed:
        text = f"gate {gate.gate_id} is passed by facts of the case, not by an officer's yes"
        return refuse("by-rule", f"{text}; an officer may only say no to it")
    return None


def _why_no_subject(command: AnswerGate, case: CaseState, setting: Setting) -> Refusal | None:
    lot = find_lot(setting.board, case, command.subject)
    if lot is not None:
        if find_controlled_kind(lot.kind) is not None:
            return None
        text = f"lot {command.subject} is {lot.kind}, which is not controlled"
        return refuse("not-controlled", f"{text}; no gate is asked of it")
    if find_proposal(setting.board, case, command.subject) is None:
        text = f"{case.call_sign} has no lot and no proposal {command.subject!r}"
        return refuse("unknown-subject", f"{text}; name one of those")
    return None


def _find_gate(gate_id: str) -> Gate | None:
    return next((gate for gate in list_gates() if gate.gate_id == gate_id), None)
