"""What facts about alerts, and about a case as such, say of the board."""

from collections.abc import Iterator
from typing import Any

from u24.desk.board.parts import NO_REASON, note_oddity, take
from u24.desk.board.said import Said
from u24.desk.board.stamps import restamp, restamp_alert, stamp
from u24.desk.board.state import Board, CaseState, Note
from u24.domain.facts.cases import (
    AlertAttached,
    AlertHeard,
    CallSignAllotted,
    CaseClosed,
    CaseDescribed,
    CaseMerged,
    CaseOpened,
    CaseReopened,
    ClaimHeard,
    NoteWritten,
)


def alert_heard(board: Board, fact: AlertHeard, said: Said) -> None:
    """An alert stands as last heard; since when, the first time says."""
    sayings = board.alert_sayings.setdefault(fact.alert_id, {})
    newest = next(reversed(sayings), 0)
    if said.corrects and said.corrects not in sayings:
        note_oddity(board, said, f"it corrects nothing that was heard as {fact.alert_id!r}")
        return
    sayings[said.origin] = fact.said_at
    if said.origin >= newest:
        board.alerts[fact.alert_id] = fact
    attached = board.alert_cases.get(fact.alert_id, "")
    names_another = fact.case_id not in ("", attached) and not said.corrects
    if names_another and _attach(board, fact.alert_id, fact.case_id, said):
        return
    if attached in board.cases:
        _stamp_alert(board, board.cases[attached], fact, said)


def alert_attached(board: Board, fact: AlertAttached, said: Said) -> None:
    """An alert belongs to a case; attached anew, it leaves the one before."""
    if fact.alert_id not in board.alerts:
        note_oddity(board, said, f"alert {fact.alert_id!r} is unknown")
    _attach(board, fact.alert_id, fact.case_id, said)


def call_sign_allotted(board: Board, fact: CallSignAllotted, said: Said) -> None:
    """A call sign leads to a case, and never to another one that was not merged with it."""
    _lead_call_sign(board, fact.call_sign, fact.case_id, said)


def case_opened(board: Board, fact: CaseOpened, said: Said) -> None:
    """A case begins; opened anew, what it says of the case is the new."""
    case = board.cases.get(fact.case_id)
    if case is None:
        if said.corrects:
            note_oddity(board, said, f"case {fact.case_id!r} is unknown")
            return
        case = board.cases[fact.case_id] = CaseState(
            case_id=fact.case_id,
            call_sign=fact.call_sign,
            title=fact.title,
            hazard=fact.hazard,
            host=fact.host,
            t0_at=fact.t0_at,
            horizon_h=fact.horizon_h,
            estimate_needs=fact.estimate_needs,
            summary=fact.summary,
            opened_by=said.actor,
        )
    if not said.corrects or said.corrects in case.sayings:
        case.sayings[said.origin] = fact.said_at
        restamp(case, "case_at")
    if take(board, case, "opening", said):
        _describe_opening(case, fact)
        _lead_call_sign(board, fact.call_sign, fact.case_id, said)
    if fact.alert_id and (not said.corrects or fact.alert_id not in board.alert_cases):
        _attach(board, fact.alert_id, fact.case_id, said)


def case_described(board: Board, case: CaseState, fact: CaseDescribed, said: Said) -> None:
    """Each row stands as last described; a correction also takes away what it leaves out."""
    said_now = set()
    for part, rows, name, row in _rows(case, fact):
        said_now.add(part)
        if (said.corrects and part not in case.holds) or take(board, case, part, said):
            case.holds[part] = said.origin
            rows[name] = row
    if fact.shocks and take(board, case, "shocks", said):
        case.shocks = fact.shocks
    if said.corrects:
        _take_away(case, said, said_now)


def claim_heard(board: Board, case: CaseState, fact: ClaimHeard, said: Said) -> None:
    """Claims stand beside each other; a corrected one stands where the wrong one stood."""
    if not said.corrects:
        case.claims.append(fact.claim)
        case.claims_recorded.append(said.position)
    elif said.corrects in case.claims_recorded:
        case.claims[case.claims_recorded.index(said.corrects)] = fact.claim
    else:
        note_oddity(board, said, f"entry {said.corrects} holds no claim")


def note_written(board: Board, case: CaseState, fact: NoteWritten, said: Said) -> None:
    """A line of the log book; a corrected one stands where the wrong one stood."""
    if not said.corrects:
        note = Note(said_at=fact.said_at, actor=said.actor, text=fact.text, recorded=said.position)
        case.notes.append(note)
        return
    wrong = [note for note in case.notes if note.recorded == said.corrects]
    for note in wrong:
        note.said_at, note.text = fact.said_at, fact.text
    if not wrong:
        note_oddity(board, said, f"entry {said.corrects} holds no note")


def case_closed(board: Board, case: CaseState, fact: CaseClosed, said: Said) -> None:
    """The case is over."""
    if _other_kind_stands(board, case, said, closed=True):
        return
    if take(board, case, "closing", said):
        case.closed = fact.reason or NO_REASON


def case_reopened(board: Board, case: CaseState, fact: CaseReopened, said: Said) -> None:
    """The case goes on."""
    del fact
    if _other_kind_stands(board, case, said, closed=False):
        return
    if take(board, case, "closing", said):
        case.closed = ""


def _other_kind_stands(board: Board, case: CaseState, said: Said, *, closed: bool) -> bool:
    """Whether a correction would turn a closing into a reopening, or the reverse."""
    if not said.corrects or bool(case.closed) == closed:
        return False
    note_oddity(board, said, f"entry {said.corrects} is of another kind, and cannot be this")
    return True


def case_merged(board: Board, case: CaseState, fact: CaseMerged, said: Said) -> None:
    """All stays where it is; call signs lead to the case that goes on."""
    into = board.cases.get(fact.into_case_id)
    if into is None:
        note_oddity(board, said, f"case {fact.into_case_id!r} is unknown")
        return
    if case.case_id in _way(board, into.case_id):
        note_oddity(board, said, f"case {into.case_id!r} is itself merged into {case.case_id!r}")
        return
    if not take(board, case, "merging", said):
        return
    before = board.cases.get(case.merged_into)
    if before is not None:
        before.merged_from = tuple(name for name in before.merged_from if name != case.case_id)
    case.merged_into = into.case_id
    into.merged_from = (*into.merged_from, case.case_id)
    for call_sign, owner_id in board.call_sign_owners.items():
        board.call_signs[call_sign] = _way(board, owner_id)[-1]


def _rows(
    case: CaseState, fact: CaseDescribed
) -> Iterator[tuple[str, dict[str, Any], str, object]]:
    """The part, the rows of its kind, its name there, and the row itself."""
    for place in fact.places:
        yield f"place/{place.place_id}", case.places, place.place_id, place
    for airport in fact.airports:
        yield f"airport/{airport.code}", case.airports, airport.code, airport
    for road in fact.roads:
        name = f"{road.from_site} > {road.to_site}"
        yield f"road/{name}", case.roads, name, road
    for source in fact.sources:
        yield f"source/{source.key}", case.sources, source.key, source


def _take_away(case: CaseState, said: Said, said_now: set[str]) -> None:
    kinds: dict[str, dict[str, Any]] = {
        "place": case.places,
        "airport": case.airports,
        "road": case.roads,
        "source": case.sources,
    }
    gone = [
        part
        for part, entry in case.holds.items()
        if entry == said.corrects and part not in said_now and part.partition("/")[0] in kinds
    ]
    for part in gone:
        kind, _, name = part.partition("/")
        del case.holds[part], kinds[kind][name]


def _attach(board: Board, alert_id: str, case_id: str, said: Said) -> bool:
    case = board.cases.get(case_id)
    if case is None:
        note_oddity(board, said, f"case {case_id!r} is unknown")
        return False
    before = board.cases.get(board.alert_cases.get(alert_id, ""))
    if before is not None and before is not case:
        before.alert_ids = tuple(held for held in before.alert_ids if held != alert_id)
        restamp_alert(board, before)
    board.alert_cases[alert_id] = case_id
    if alert_id not in case.alert_ids:
        case.alert_ids = (*case.alert_ids, alert_id)
    restamp_alert(board, case)
    return True


def _stamp_alert(board: Board, case: CaseState, fact: AlertHeard, said: Said) -> None:
    if said.corrects:
        restamp_alert(board, case)
    else:
        stamp(case.stamps, "alert_at", fact.said_at)


def _describe_opening(case: CaseState, fact: CaseOpened) -> None:
    case.call_sign = fact.call_sign
    case.title, case.hazard, case.host = fact.title, fact.hazard, fact.host
    case.t0_at, case.horizon_h = fact.t0_at, fact.horizon_h
    case.estimate_needs, case.summary = fact.estimate_needs, fact.summary


def _lead_call_sign(board: Board, call_sign: str, case_id: str, said: Said) -> None:
    owner_id = board.call_sign_owners.setdefault(call_sign, case_id)
    if owner_id != case_id:
        note_oddity(board, said, f"call sign {call_sign!r} is that of case {owner_id!r}")
    board.call_signs[call_sign] = _way(board, owner_id)[-1]


def _way(board: Board, case_id: str) -> list[str]:
    """The case, and those it was merged into, up to the one that goes on."""
    way = [case_id]
    while case_id in board.cases and board.cases[case_id].merged_into:
        case_id = board.cases[case_id].merged_into
        way.append(case_id)
    return way
