"""People: who they are, what they may do, who stands in, who comes on duty."""

from datetime import timedelta
from unicodedata import normalize

from u24.desk.board.state import Board, Grant
from u24.desk.rules.rights import acts_as, is_lasting, is_live, roles_in, roles_of
from u24.desk.rules.subjects import family
from u24.desk.saying import PEOPLE, Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.people import (
    BreakGlass,
    EndDeputy,
    EndRole,
    EnrolPerson,
    GrantRole,
    HandOverShift,
    NameDeputy,
)
from u24.domain.facts.movements import AlarmKind, AlarmRaised
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
from u24.domain.facts.record import DESK

MOST_NAME_LETTERS = 60
GLASS_H = 4
GUEST_H = 72
GUEST_ROLES = (Role.OBSERVER, Role.FOCAL_POINT, Role.HOST_OFFICER)
OF_A_MEMBER = (Role.FOCAL_POINT, Role.HOST_OFFICER, Role.DECISION_MAKER)


def enrol_person(command: EnrolPerson, setting: Setting) -> Saying | Refusal:
    """Make somebody known; a duty officer only who is new, an administrator also anew."""
    person_id = command.person_id
    if refusal := why_no_name(person_id):
        return refusal
    if not command.name.strip():
        return refuse("empty", f"the name of {person_id} is empty; give it")
    alike = {_letters(one): one for one in setting.board.people.persons}.get(_letters(person_id))
    if alike and person_id not in setting.board.people.persons:
        text = f"{person_id} reads like {alike}, who is enrolled; give an id that nobody mistakes"
        return refuse("name-taken", text)
    if person_id in setting.board.people.persons and not _is_admin(setting):
        text = f"{person_id} is enrolled; only an administrator changes what is known"
        return Refusal(code="not-allowed", text=text, who_may=(Role.ADMINISTRATOR,))
    if refusal := _why_mail_taken(command, setting.board):
        return refusal
    fact = PersonEnrolled(
        said_at=setting.now, person_id=person_id, name=command.name, email=command.email,
        member=command.member,
    )  # fmt: skip
    return Saying(facts=((PEOPLE, fact),))


def why_no_name(person_id: str) -> Refusal | None:
    """Why nobody can be called that."""
    if person_id != DESK and 1 <= len(person_id) <= MOST_NAME_LETTERS and _is_name(person_id):
        return None
    text = (
        f"person_id is {person_id[:MOST_NAME_LETTERS]!r}; give a name of 1 .. {MOST_NAME_LETTERS} "
        f"letters without blanks, / or : that is not {DESK}"
    )
    return refuse("bad-name", text)


def grant_role(command: GrantRole, setting: Setting) -> Saying | Refusal:
    """A role in one case or in all; a duty officer invites guests and grants nothing else."""
    refusal = _why_unknown(setting.board, command.person_id, command.case_id) or _why_no_role(
        command, setting
    )
    if refusal is None and not _is_admin(setting):
        refusal = _why_no_guest(command, setting)
    if refusal:
        return refusal
    fact = RoleGranted(
        said_at=setting.now, person_id=command.person_id, role=command.role,
        case_id=command.case_id, until_at=command.until_at, reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((PEOPLE, fact),))


def end_role(command: EndRole, setting: Setting) -> Saying | Refusal:
    """A role ends: one's own, a guest's by a duty officer, anybody's by an administrator."""
    board = setting.board
    held = [
        grant
        for grant in _grants(board, command.person_id, command.role, command.case_id)
        if is_live(grant, setting.now)
    ]
    if not held:
        text = f"{command.person_id} is no {command.role} in {command.case_id} now"
        return refuse("not-held", text)
    if not (command.person_id == setting.caller.person_id or _is_admin(setting)):
        guest = not any(is_lasting(grant) for grant in held)
        if not guest or Role.DUTY_OFFICER not in roles_of(setting, command.case_id):
            text = f"the role of {command.person_id} is not yours; a duty officer ends a guest's"
            return Refusal(code="not-allowed", text=text, who_may=(Role.ADMINISTRATOR,))
    if command.role is Role.ADMINISTRATOR and _administrators(setting) <= {command.person_id}:
        text = f"{command.person_id} is the last administrator; grant the role to another first"
        return refuse("last-administrator", text)
    facts = (
        RoleEnded(
            said_at=setting.now, person_id=command.person_id, role=command.role,
            case_id=case_id, reason=command.reason,
        )
        for case_id in _case_ids(held)
    )  # fmt: skip
    return Saying(facts=tuple((PEOPLE, fact) for fact in facts))


def name_deputy(command: NameDeputy, setting: Setting) -> Saying | Refusal:
    """Somebody acts for the caller; a guest has nobody act for them."""
    person_id = command.person_id or setting.caller.person_id
    if refusal := _why_not_own(person_id, setting):
        return refusal
    board = setting.board
    for named in (person_id, command.deputy_id):
        if refusal := _why_unknown(board, named):
            return refusal
    if person_id == command.deputy_id:
        return refuse("same-person", f"{person_id} cannot be their own deputy; name another")
    if command.until_at is not None and command.until_at <= setting.now:
        return _past("until_at", command.until_at.isoformat(), setting)
    grants = board.people.grants.get(person_id, ())
    if not any(is_lasting(grant) for grant in grants):
        text = f"{person_id} holds no lasting role; a guest has no deputy"
        return refuse("guest", text)
    fact = DeputyNamed(
        said_at=setting.now, person_id=person_id, deputy_id=command.deputy_id,
        until_at=command.until_at,
    )  # fmt: skip
    return Saying(facts=((PEOPLE, fact),))


def end_deputy(command: EndDeputy, setting: Setting) -> Saying | Refusal:
    """Somebody no longer acts for the caller."""
    person_id = command.person_id or setting.caller.person_id
    if refusal := _why_not_own(person_id, setting):
        return refusal
    deputies = setting.board.people.deputies.get(person_id, ())
    if not any(deputy.deputy_id == command.deputy_id for deputy in deputies):
        return refuse("not-held", f"{command.deputy_id} is no deputy of {person_id}")
    fact = DeputyEnded(said_at=setting.now, person_id=person_id, deputy_id=command.deputy_id)
    return Saying(facts=((PEOPLE, fact),))


def hand_over_shift(command: HandOverShift, setting: Setting) -> Saying | Refusal:
    """The caller's own lasting role goes to the one who comes on duty."""
    board, own_id = setting.board, setting.caller.person_id
    if refusal := _why_unknown(board, command.to_person_id):
        return refusal
    if command.to_person_id == own_id:
        return refuse("same-person", f"{own_id} cannot hand over to themselves; name another")
    held = [
        grant
        for grant in _grants(board, own_id, command.role, command.case_id)
        if is_lasting(grant)
    ]
    if not held or command.role is Role.ADMINISTRATOR:
        text = f"{own_id} holds no lasting {command.role} in {command.case_id} to hand over"
        return refuse("not-held", text)
    members = [board.people.persons[one].member for one in (own_id, command.to_person_id)]
    if command.role in OF_A_MEMBER and members[0] != members[1]:
        text = (
            f"{command.to_person_id} is of {members[1] or 'no member'}, {own_id} of {members[0]}; "
            f"a {command.role} hands over to one of the same member"
        )
        return refuse("other-member", text)
    facts = (
        ShiftHandedOver(
            said_at=setting.now, person_id=own_id, to_person_id=command.to_person_id,
            role=command.role, case_id=case_id, note=command.note,
        )
        for case_id in _case_ids(held)
    )  # fmt: skip
    return Saying(facts=tuple((PEOPLE, fact) for fact in facts))


def break_glass(command: BreakGlass, setting: Setting) -> Saying | Refusal:
    """Take a role in one case for four hours; everybody is told, with the reason."""
    own_id = setting.caller.person_id
    grants = setting.board.people.grants.get(own_id, ())
    if not any(is_lasting(grant) for grant in grants):
        text = f"{own_id} holds no lasting role; a guest breaks no glass"
        return refuse("guest", text)
    if command.role is Role.ADMINISTRATOR:
        text = "an administrator is one of the whole desk; glass gives a role in one case"
        return refuse("not-by-glass", text)
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; everybody on the desk will read it")
    until_at = setting.now + timedelta(hours=GLASS_H)
    broken = GlassBroken(
        said_at=setting.now, person_id=own_id, role=command.role, case_id=command.case_id,
        reason=command.reason, until_at=until_at,
    )  # fmt: skip
    told = AlarmRaised(
        said_at=setting.now, case_id=command.case_id, alarm_id=setting.ids("alarm"),
        kind=AlarmKind.GLASS, subject=own_id,
        text=f"{own_id} is {command.role} until {until_at.isoformat()}: {command.reason}",
    )  # fmt: skip
    return Saying(facts=((PEOPLE, broken), (case_stream(command.case_id), told)))


def _grants(board: Board, person_id: str, role: Role, case_id: str) -> list[Grant]:
    """A person's grants of a role in a case, and in those that are one with it."""
    case = board.cases.get(case_id)
    case_ids = {one.case_id for one in family(board, case)} if case else {case_id}
    held = board.people.grants.get(person_id, ())
    return [grant for grant in held if grant.role is role and grant.case_id in case_ids]


def _case_ids(grants: list[Grant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(grant.case_id for grant in grants))


def _is_admin(setting: Setting) -> bool:
    return Role.ADMINISTRATOR in roles_of(setting, EVERY_CASE)


def _administrators(setting: Setting) -> set[str]:
    board, now = setting.board, setting.now
    return {
        person_id
        for person_id in board.people.persons
        if Role.ADMINISTRATOR in roles_in(board, person_id, EVERY_CASE, now)
    }


def _why_no_role(command: GrantRole, setting: Setting) -> Refusal | None:
    member = setting.board.people.persons[command.person_id].member
    if command.role in OF_A_MEMBER and not member:
        text = f"{command.person_id} speaks for no member; enrol them with one first"
        return refuse("no-member", text)
    if command.role is Role.ADMINISTRATOR and command.case_id != EVERY_CASE:
        text = f"an administrator is one of the whole desk; case_id must be {EVERY_CASE}"
        return refuse("every-case", text)
    if command.until_at is not None and command.until_at <= setting.now:
        return _past("until_at", command.until_at.isoformat(), setting)
    return None


def _why_no_guest(command: GrantRole, setting: Setting) -> Refusal | None:
    """Why a duty officer may not give this: only to others, in one case, for a short time."""
    latest_at = setting.now + timedelta(hours=GUEST_H)
    held = setting.board.people.grants.get(command.person_id, ())
    own = (setting.caller.person_id, acts_as(setting.caller))
    if (
        command.role in GUEST_ROLES
        and command.case_id != EVERY_CASE
        and command.until_at is not None
        and command.until_at <= latest_at
        and command.person_id not in own
        and not any(_is_same(grant, command) and is_lasting(grant) for grant in held)
    ):
        return None
    until = command.until_at.isoformat() if command.until_at else "no end"
    text = (
        f"{command.person_id} as {command.role} in {command.case_id} until {until}; a duty "
        f"officer may invite others, who do not hold the role, as {', '.join(GUEST_ROLES)} in "
        f"one case for at most {GUEST_H} h; the rest is for an administrator"
    )
    return Refusal(code="not-allowed", text=text, who_may=(Role.ADMINISTRATOR,))


def _is_same(grant: Grant, command: GrantRole) -> bool:
    return (grant.role, grant.case_id) == (command.role, command.case_id)


def _why_unknown(board: Board, person_id: str, case_id: str = EVERY_CASE) -> Refusal | None:
    if person_id not in board.people.persons:
        return refuse("unknown-person", f"nobody here is called {person_id}; enrol them first")
    if case_id != EVERY_CASE and case_id not in board.cases:
        text = f"no case is called {case_id!r}; give its id or call sign, or {EVERY_CASE} for all"
        return refuse("unknown-case", text)
    return None


def _why_not_own(person_id: str, setting: Setting) -> Refusal | None:
    if person_id == setting.caller.person_id or _is_admin(setting):
        return None
    text = f"a deputy of {person_id} is for {person_id} to name and to end"
    return Refusal(code="not-allowed", text=text, who_may=(Role.ADMINISTRATOR,))


def _why_mail_taken(command: EnrolPerson, board: Board) -> Refusal | None:
    """Two persons with one address would act for each other by mail."""
    own = command.email.strip().lower()
    for person in board.people.persons.values():
        if own and person.person_id != command.person_id and person.email.strip().lower() == own:
            text = f"{command.email} is the address of {person.person_id}; give another one"
            return refuse("mail-taken", text)
    return None


def _past(name: str, found: str, setting: Setting) -> Refusal:
    text = f"{name} is {found}, now is {setting.now.isoformat()}; give a later moment"
    return refuse("past", text)


def _letters(person_id: str) -> str:
    """The id as it is read aloud: neither case nor the way of writing a letter counts."""
    return normalize("NFKC", person_id).casefold()


def _is_name(text: str) -> bool:
    return text.isprintable() and not any(letter.isspace() or letter in "/:" for letter in text)
