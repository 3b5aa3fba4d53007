"""Which entry's word stands in which part of a case, and what made no sense."""

from collections.abc import Mapping
from typing import TypeVar

from u24.desk.board.said import Said
from u24.desk.board.state import Board, CaseState, Oddity

MOST_ODDITIES = 1000
NO_REASON = "no reason given"  # an empty reason would read as: it was not withdrawn

NO_ENTRY = 0  # positions begin at 1

State = TypeVar("State")


def find_known(
    board: Board, said: Said, name: str, states: Mapping[str, State], state_id: str
) -> State | None:
    """What stands under an id; if nothing does, that is noted."""
    state = states.get(state_id)
    if state is None:
        note_oddity(board, said, f"{name} {state_id!r} is unknown")
    return state


def take(board: Board, case: CaseState, part: str, said: Said) -> bool:
    """Whether what is said now stands in a part of the case, e.g. ``offer/off_1/reply``.

    What is said later always does. A correction does only while the entry that it corrects
    still stands there: what was said since is newer than both.
    """
    if said.corrects:
        standing = case.holds.get(part)
        if standing is None:
            note_oddity(board, said, f"nothing stood in {part}, so that it cannot be corrected")
        if standing != said.corrects:
            return False
    case.holds[part] = said.origin
    return True


def end_part(case: CaseState, part: str) -> None:
    """What stood in a part is over by a fact of another kind: no entry can be corrected there."""
    case.holds[part] = NO_ENTRY


def note_oddity(board: Board, said: Said, text: str) -> None:
    """Keep that an entry made no sense; the first thousand with their text, all counted."""
    note_oddity_at(board, said.position, f"{said.kind}: {text}")


def note_oddity_at(board: Board, position: int, text: str) -> None:
    """As :func:`note_oddity`, for an entry that could not be read."""
    board.oddity_count += 1
    if len(board.oddities) < MOST_ODDITIES:
        board.oddities.append(Oddity(position=position, text=text))
