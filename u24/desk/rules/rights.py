"""Which roles a person holds in a case, now. ``policy.py`` says what each of them may do."""

from collections.abc import Iterator
from datetime import datetime

from u24.desk.board.state import Board, Grant
from u24.desk.rules.subjects import survivor
from u24.desk.saying import Caller, Setting
from u24.domain.facts.people import EVERY_CASE, Role


def acts_as(caller: Caller) -> str:
    """Whose rights count: the caller's own, or of whom a deputy stands for."""
    return caller.for_person_id or caller.person_id


def roles_of(setting: Setting, case_id: str) -> set[Role]:
    """The roles that count for whoever asks; broken glass is personal and no deputy gets it."""
    board, caller = setting.board, setting.caller
    return {
        grant.role
        for grant in live_grants(board, acts_as(caller), case_id, setting.now)
        if not (caller.for_person_id and grant.broken_glass)
    }


def roles_in(board: Board, person_id: str, case_id: str, now: datetime) -> set[Role]:
    """The roles that a person holds in a case now, in their own name."""
    return {grant.role for grant in live_grants(board, person_id, case_id, now)}


def live_grants(board: Board, person_id: str, case_id: str, now: datetime) -> Iterator[Grant]:
    """The grants of a person that count in a case now; with ``*``, those of every case.

    A role in a case that was merged counts in the one that goes on, and the other way round.
    """
    for grant in board.people.grants.get(person_id, ()):
        if is_live(grant, now) and (
            grant.case_id == EVERY_CASE or _end(board, grant.case_id) == _end(board, case_id)
        ):
            yield grant


def is_live(grant: Grant, now: datetime) -> bool:
    """Whether a grant has not ended; at its end it has."""
    return grant.until_at is None or now < grant.until_at


def is_lasting(grant: Grant) -> bool:
    """Whether a grant is neither a guest's nor of broken glass."""
    return grant.until_at is None and not grant.broken_glass


def is_deputy(board: Board, person_id: str, deputy_id: str, now: datetime) -> bool:
    """Whether somebody may act for a person now."""
    return any(
        deputy.deputy_id == deputy_id and (deputy.until_at is None or now < deputy.until_at)
        for deputy in board.people.deputies.get(person_id, ())
    )


def _end(board: Board, case_id: str) -> str:
    """The case that goes on where this one was merged; what is no case stays as it is."""
    case = board.cases.get(case_id)
    return survivor(board, case).case_id if case else case_id
