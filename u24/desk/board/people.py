"""What facts about the record itself and about people say of the board."""

from u24.desk.board.parts import note_oddity
from u24.desk.board.said import Said
from u24.desk.board.state import Board, Deputy, Grant
from u24.domain.facts.people import (
    EVERY_CASE,
    DeputyEnded,
    DeputyNamed,
    GlassBroken,
    PersonEnrolled,
    Role,
    RoleEnded,
    RoleGranted,
    ShiftHandedOver,
)
from u24.domain.facts.record import HeadPublished, LedgerBegun


def ledger_begun(board: Board, fact: LedgerBegun, said: Said) -> None:
    """Whose record it is; its administrator is one from here on."""
    if board.ledger_id:
        note_oddity(board, said, f"the ledger has begun already, as {board.ledger_id!r}")
        return
    board.ledger_id, board.desk_name, board.exercise = fact.ledger_id, fact.name, fact.exercise
    _grant(board, fact.administrator_id, Grant(role=Role.ADMINISTRATOR, case_id=EVERY_CASE))


def head_published(board: Board, fact: HeadPublished, said: Said) -> None:
    """How far the record is held by others."""
    del said
    if fact.tree_size >= board.head_size:
        board.head_size, board.head_at = fact.tree_size, fact.head_at


def person_enrolled(board: Board, fact: PersonEnrolled, said: Said) -> None:
    """A person stands as last enrolled."""
    del said
    board.people.persons[fact.person_id] = fact


def role_granted(board: Board, fact: RoleGranted, said: Said) -> None:
    """A person has a role; granted anew, the end and the reason are the new ones."""
    del said
    grant = Grant(role=fact.role, case_id=fact.case_id, until_at=fact.until_at, reason=fact.reason)
    _grant(board, fact.person_id, grant)


def role_ended(board: Board, fact: RoleEnded, said: Said) -> None:
    """A role is taken back, however it was come by."""
    grants = board.people.grants.get(fact.person_id, [])
    kept = [grant for grant in grants if (grant.role, grant.case_id) != (fact.role, fact.case_id)]
    if len(kept) == len(grants):
        note_oddity(board, said, f"{fact.person_id!r} is no {fact.role} of {fact.case_id!r}")
        return
    board.people.grants[fact.person_id] = kept


def deputy_named(board: Board, fact: DeputyNamed, said: Said) -> None:
    """Somebody may act for a person; named anew, the end is the new one."""
    del said
    deputies = board.people.deputies.setdefault(fact.person_id, [])
    deputies[:] = [deputy for deputy in deputies if deputy.deputy_id != fact.deputy_id]
    deputies.append(Deputy(deputy_id=fact.deputy_id, until_at=fact.until_at))


def deputy_ended(board: Board, fact: DeputyEnded, said: Said) -> None:
    """A deputy may act no longer."""
    deputies = board.people.deputies.get(fact.person_id, [])
    kept = [deputy for deputy in deputies if deputy.deputy_id != fact.deputy_id]
    if len(kept) == len(deputies):
        note_oddity(board, said, f"{fact.deputy_id!r} is no deputy of {fact.person_id!r}")
        return
    board.people.deputies[fact.person_id] = kept


def shift_handed_over(board: Board, fact: ShiftHandedOver, said: Said) -> None:
    """A role goes from one person to another, with its end. What glass gave does not go on."""
    grants = board.people.grants.get(fact.person_id, [])
    handed = [grant for grant in grants if _is_grant(grant, fact.role, fact.case_id)]
    if not handed:
        note_oddity(board, said, f"{fact.person_id!r} is no {fact.role} of {fact.case_id!r}")
        return
    grants[:] = [grant for grant in grants if grant not in handed]
    held = [
        grant
        for grant in board.people.grants.get(fact.to_person_id, [])
        if _is_grant(grant, fact.role, fact.case_id)
    ]
    ends = [grant.until_at for grant in (*handed, *held)]
    known = [end for end in ends if end is not None]
    grant = Grant(
        role=fact.role,
        case_id=fact.case_id,
        until_at=max(known) if len(known) == len(ends) else None,
        reason=fact.note,
    )
    _grant(board, fact.to_person_id, grant)


def glass_broken(board: Board, fact: GlassBroken, said: Said) -> None:
    """Somebody took a role for a short time; it stands beside what was granted."""
    del said
    board.people.grants.setdefault(fact.person_id, []).append(
        Grant(
            role=fact.role,
            case_id=fact.case_id,
            until_at=fact.until_at,
            broken_glass=True,
            reason=fact.reason,
        )
    )


def _is_grant(grant: Grant, role: Role, case_id: str) -> bool:
    return (grant.role, grant.case_id) == (role, case_id) and not grant.broken_glass


def _grant(board: Board, person_id: str, grant: Grant) -> None:
    grants = board.people.grants.setdefault(person_id, [])
    grants[:] = [held for held in grants if not _is_grant(held, grant.role, grant.case_id)]
    grants.append(grant)
