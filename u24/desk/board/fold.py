"""The board from the ledger: one fact at a time, in place, whatever the ledger holds.

A fact of a subject that nobody named, or a word that contradicts what must be, stops
nothing: it is kept among the board's oddities. ``BOARD_FOLDS``, ``CASE_FOLDS``, ``SAID_ANEW``
and ``NOTHING_HERE`` together name every kind.
"""

import gc
from collections.abc import Callable, Iterable
from typing import Any

from u24.desk.board import cases, decisions, letters, movements, people, plans, requests
from u24.desk.board.parts import note_oddity, note_oddity_at
from u24.desk.board.said import Said, said_of
from u24.desk.board.state import Board, CaseState
from u24.domain.facts import cases as case_facts
from u24.domain.facts import decisions as decision_facts
from u24.domain.facts import letters as letter_facts
from u24.domain.facts import movements as movement_facts
from u24.domain.facts import people as people_facts
from u24.domain.facts import plans as plan_facts
from u24.domain.facts import record as record_facts
from u24.domain.facts import requests as request_facts
from u24.domain.facts.fact import Fact
from u24.errors import InvalidInput
from u24.ledger.store import Entry, Store
from u24.wire.facts import decode_fact

__all__ = ["Said", "board_of", "catch_up", "fold", "said_of"]

BoardFold = Callable[[Board, Any, Said], None]
CaseFold = Callable[[Board, CaseState, Any, Said], None]

MANY = 10_000
_CASE_STREAM = "case/"

BOARD_FOLDS: dict[type[Fact], BoardFold] = {
    record_facts.LedgerBegun: people.ledger_begun,
    record_facts.HeadPublished: people.head_published,
    people_facts.PersonEnrolled: people.person_enrolled,
    people_facts.RoleGranted: people.role_granted,
    people_facts.RoleEnded: people.role_ended,
    people_facts.DeputyNamed: people.deputy_named,
    people_facts.DeputyEnded: people.deputy_ended,
    people_facts.ShiftHandedOver: people.shift_handed_over,
    people_facts.GlassBroken: people.glass_broken,
    case_facts.AlertHeard: cases.alert_heard,
    case_facts.AlertAttached: cases.alert_attached,
    case_facts.CallSignAllotted: cases.call_sign_allotted,
    case_facts.CaseOpened: cases.case_opened,
    request_facts.StandingOfferReleased: requests.standing_offer_released,
    request_facts.StandingOfferWithdrawn: requests.standing_offer_withdrawn,
    letter_facts.MailSent: letters.mail_sent,
    letter_facts.MailFailed: letters.mail_failed,
    letter_facts.MailHeard: letters.mail_heard,
}
CASE_FOLDS: dict[type[Fact], CaseFold] = {
    case_facts.CaseDescribed: cases.case_described,
    case_facts.ClaimHeard: cases.claim_heard,
    case_facts.CaseMerged: cases.case_merged,
    case_facts.NoteWritten: cases.note_written,
    case_facts.CaseClosed: cases.case_closed,
    case_facts.CaseReopened: cases.case_reopened,
    request_facts.RequestStated: requests.request_stated,
    request_facts.RequestWithdrawn: requests.request_withdrawn,
    request_facts.RequestAnswered: requests.request_answered,
    request_facts.OfferMade: requests.offer_made,
    request_facts.OfferAnswered: requests.offer_answered,
    request_facts.OfferCommitted: requests.offer_committed,
    request_facts.OfferWithdrawn: requests.offer_withdrawn,
    decision_facts.ConsentGiven: decisions.consent_given,
    decision_facts.ConsentWithdrawn: decisions.consent_withdrawn,
    decision_facts.ProposalMade: decisions.proposal_made,
    decision_facts.ProposalDecided: decisions.proposal_decided,
    decision_facts.PositionTaken: decisions.position_taken,
    decision_facts.ConditionDeclared: decisions.condition_declared,
    decision_facts.ConditionSaid: decisions.condition_said,
    decision_facts.GateAnswered: decisions.gate_answered,
    decision_facts.PhaseNamed: decisions.phase_named,
    decision_facts.HostCrewsNamed: decisions.host_crews_named,
    decision_facts.AskStated: decisions.ask_stated,
    plan_facts.PlanMade: plans.plan_made,
    plan_facts.PlanSigned: plans.plan_signed,
    plan_facts.PlanReleased: plans.plan_released,
    plan_facts.PlanDropped: plans.plan_dropped,
    movement_facts.MovementReported: movements.movement_reported,
    movement_facts.HandedOver: movements.handed_over,
    movement_facts.AlarmRaised: movements.alarm_raised,
    movement_facts.AlarmAcknowledged: movements.alarm_acknowledged,
    movement_facts.AlarmEscalated: movements.alarm_escalated,
    movement_facts.AlarmCleared: movements.alarm_cleared,
    letter_facts.CodeIssued: letters.code_issued,
    letter_facts.CodeUsed: letters.code_used,
    letter_facts.BundleTakenIn: letters.bundle_taken_in,
    letter_facts.ConflictNoted: letters.conflict_noted,
}
# What is said of a subject, so that it can be corrected, or taken over from another desk. All
# else is an act: it was done, and what follows from it is said as a further act.
CORRECTABLE: frozenset[type[Fact]] = frozenset(
    {
        case_facts.AlertHeard,
        case_facts.CaseOpened,
        case_facts.CaseDescribed,
        case_facts.ClaimHeard,
        case_facts.NoteWritten,
        case_facts.CaseClosed,
        case_facts.CaseReopened,
        case_facts.CaseMerged,
        request_facts.RequestStated,
        request_facts.RequestWithdrawn,
        request_facts.RequestAnswered,
        request_facts.OfferMade,
        request_facts.OfferAnswered,
        request_facts.OfferCommitted,
        request_facts.OfferWithdrawn,
        decision_facts.ConsentGiven,
        decision_facts.ConsentWithdrawn,
        decision_facts.ProposalMade,
        decision_facts.ProposalDecided,
        decision_facts.PositionTaken,
        decision_facts.ConditionDeclared,
        decision_facts.ConditionSaid,
        decision_facts.GateAnswered,
        decision_facts.PhaseNamed,
        decision_facts.HostCrewsNamed,
        decision_facts.AskStated,
        plan_facts.PlanReleased,
        movement_facts.MovementReported,
        movement_facts.HandedOver,
        movement_facts.AlarmRaised,
        movement_facts.AlarmCleared,
    }
)
# Facts that the proofs read and the board does not.
NOTHING_HERE: frozenset[type[Fact]] = frozenset(
    {
        record_facts.KeyRegistered,
        record_facts.KeyRotated,
        record_facts.KeyRevoked,
        record_facts.ClockSetBack,
    }
)


def board_of(entries: Iterable[Entry]) -> Board:
    """The board of a whole record, in order of position."""
    board = Board()
    _fold_entries(board, entries)
    return board


def catch_up(board: Board, store: Store) -> Board:
    """Fold in all that the ledger holds behind the board's position; the same board, changed."""
    _fold_entries(board, store.everything(after=board.position))
    return board


def fold(board: Board, said: Said) -> None:
    """Fold one fact in; it must be the next one on record."""
    _fold_fact(board, said)
    _move_on(board, said.position, said.stream, said.seq)


def _fold_entries(board: Board, entries: Iterable[Entry]) -> None:
    """Fold many, with the collector of cycles at rest.

    Folding makes no cycles, and the collector would walk the growing board again and again:
    most of the time for 100,000 facts. After many, what there is now is set apart from what
    the collector walks: a board of a large record lives as long as its process.
    """
    begun, collecting = board.position, gc.isenabled()
    gc.disable()
    try:
        for entry in entries:
            _fold_entry(board, entry)
        if board.position - begun >= MANY:
            gc.freeze()
    finally:
        if collecting:
            gc.enable()


def _fold_entry(board: Board, entry: Entry) -> None:
    try:
        said = said_of(entry)
    except InvalidInput as error:
        note_oddity_at(board, entry.position, str(error))
        _move_on(board, entry.position, entry.stream, entry.seq)
    else:
        fold(board, said)


def _move_on(board: Board, position: int, stream: str, seq: int) -> None:
    board.position = position
    board.seqs[stream] = seq
    if stream.startswith(_CASE_STREAM):
        case = board.cases.get(stream[len(_CASE_STREAM) :])
        if case is not None:
            case.last_position = position


def _fold_fact(board: Board, said: Said) -> None:
    kind = type(said.fact)
    on_case = CASE_FOLDS.get(kind)
    if on_case is not None:
        case = _find_case(board, said)
        if case is not None:
            on_case(board, case, said.fact, said)
        return
    on_board = BOARD_FOLDS.get(kind) or SAID_ANEW.get(kind)
    if on_board is not None:
        on_board(board, said.fact, said)


def _find_case(board: Board, said: Said) -> CaseState | None:
    case_id: str = said.fact.case_id  # type: ignore[attr-defined]
    case = board.cases.get(case_id)
    if case is None:
        note_oddity(board, said, f"case {case_id!r} is unknown")
    return case


def _correct(board: Board, fact: case_facts.FactCorrected, said: Said) -> None:
    """Say the right fact in the place of the wrong one; a correction may be corrected too."""
    case = _find_case(board, said)
    if case is None:
        return
    case.corrections += 1
    corrects = case.corrected.get(fact.position, fact.position)
    case.corrected[said.position] = corrects
    if not 0 < corrects < said.position:
        note_oddity(board, said, f"it corrects entry {corrects}, which is not before it")
        return
    _say_anew(board, case, fact.fact, said._replace(kind=fact.kind, corrects=corrects))


def _settle(board: Board, fact: letter_facts.ConflictSettled, said: Said) -> None:
    """End a conflict; if theirs is taken, it stands from here on."""
    case = _find_case(board, said)
    word = "theirs" if fact.take_theirs else "ours"
    if case is None or not letters.settle(board, case, fact.conflict_id, word, said):
        return
    if fact.take_theirs:
        noted = case.conflicts[fact.conflict_id].fact
        inner = said._replace(kind=noted.kind, actor=noted.actor)
        _say_anew(board, case, noted.theirs, inner)


def _say_anew(board: Board, case: CaseState, body: str, said: Said) -> None:
    """Fold a fact that stands inside another one, if it speaks of the same case."""
    try:
        fact = decode_fact(said.kind, body.encode())
    except InvalidInput as error:
        note_oddity(board, said, str(error))
        return
    if type(fact) not in CORRECTABLE:
        note_oddity(board, said, "it is an act, and cannot be said anew")
        return
    case_id = getattr(fact, "case_id", "")
    if isinstance(fact, case_facts.AlertHeard):
        case_id = board.alert_cases.get(fact.alert_id, "")
    if case_id != case.case_id:
        note_oddity(board, said, f"it speaks of case {case_id!r}, not of {case.case_id!r}")
        return
    _fold_fact(board, said._replace(fact=fact))


SAID_ANEW: dict[type[Fact], BoardFold] = {
    case_facts.FactCorrected: _correct,
    letter_facts.ConflictSettled: _settle,
}
KNOWN: frozenset[type[Fact]] = (
    frozenset(BOARD_FOLDS) | frozenset(CASE_FOLDS) | frozenset(SAID_ANEW) | NOTHING_HERE
)
