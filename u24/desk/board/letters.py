"""What mails, codes, bundles and conflicts say of the board."""

from u24.desk.board.parts import find_known, note_oddity
from u24.desk.board.said import Said
from u24.desk.board.state import Board, CaseState, ConflictState
from u24.domain.facts.letters import (
    BundleTakenIn,
    CodeIssued,
    CodeUsed,
    ConflictNoted,
    MailFailed,
    MailHeard,
    MailSent,
)


def mail_sent(board: Board, fact: MailSent, said: Said) -> None:
    """A mail left; from here on, failures count anew."""
    home = _home(board, fact, said)
    home.mail_ids[fact.mail_id] = said.position
    home.mail_failures = 0
    if isinstance(home, CaseState):
        at, told = home.last_mail.get(fact.to_person_id, (fact.said_at, 0))
        home.last_mail[fact.to_person_id] = (max(at, fact.said_at), max(told, fact.position))


def mail_failed(board: Board, fact: MailFailed, said: Said) -> None:
    """One more mail that did not leave; it may be tried again."""
    _home(board, fact, said).mail_failures += 1


def mail_heard(board: Board, fact: MailHeard, said: Said) -> None:
    """A mail came in, of a case or of none; it does not act twice."""
    _home(board, fact, said).mail_ids[fact.mail_id] = said.position


def code_issued(board: Board, case: CaseState, fact: CodeIssued, said: Said) -> None:
    """A code may be used once; one that was used never opens anything again."""
    if fact.code_id in case.used_codes:
        note_oddity(board, said, f"code {fact.code_id!r} was used before")
        return
    case.codes[fact.code_id] = fact


def code_used(board: Board, case: CaseState, fact: CodeUsed, said: Said) -> None:
    """A code is gone."""
    if case.codes.pop(fact.code_id, None) is None:
        note_oddity(board, said, f"code {fact.code_id!r} is unknown or used")
    case.used_codes.setdefault(fact.code_id, said.position)


def bundle_taken_in(board: Board, case: CaseState, fact: BundleTakenIn, said: Said) -> None:
    """A bundle is here, and need not be taken in again."""
    del board, said
    if fact.bundle_id not in case.bundle_ids:
        case.bundle_ids = (*case.bundle_ids, fact.bundle_id)


def conflict_noted(board: Board, case: CaseState, fact: ConflictNoted, said: Said) -> None:
    """A conflict is open; noted twice, it stays as it is."""
    del board
    if fact.conflict_id not in case.conflicts:
        case.conflicts[fact.conflict_id] = ConflictState(fact=fact, position=said.position)


def settle(board: Board, case: CaseState, conflict_id: str, word: str, said: Said) -> bool:
    """Write ``theirs`` or ``ours`` to an open conflict; False if there is none."""
    state = find_known(board, said, "conflict", case.conflicts, conflict_id)
    if state is None:
        return False
    if state.settled:
        note_oddity(board, said, f"conflict {conflict_id!r} is settled: {state.settled}")
        return False
    state.settled = word
    return True


def _home(board: Board, fact: MailSent | MailFailed | MailHeard, said: Said) -> Board | CaseState:
    """Where a mail is kept: its case, or the desk where it is of none."""
    if fact.case_id and fact.case_id not in board.cases:
        note_oddity(board, said, f"case {fact.case_id!r} is unknown")
    return board.cases.get(fact.case_id, board)
