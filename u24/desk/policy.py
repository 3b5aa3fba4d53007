"""Who may do what, in which case, now. What is not named here is not allowed.

A right comes from a role that the person holds in this case or in every case, until its
end. Some roles speak for one member: a focal point and a decision maker for the member
of the person, a host officer only where that member is the host of the case.
"""

from dataclasses import replace
from typing import TypeVar

from u24.desk.board.state import Board, CaseState
from u24.desk.rules.gates import may_answer
from u24.desk.rules.rights import acts_as, is_deputy, is_live, roles_of
from u24.desk.rules.subjects import family, holder_of, members_of, survivor
from u24.desk.saying import PEOPLE, Setting, case_stream, refuse
from u24.domain.commands import cases, decisions, movements, people, plans, requests
from u24.domain.commands.command import Command, Refusal
from u24.domain.facts.people import EVERY_CASE, Role

C = TypeVar("C", bound=Command)

ADMIN, DUTY, FOCAL, HOST = (
    Role.ADMINISTRATOR, Role.DUTY_OFFICER, Role.FOCAL_POINT, Role.HOST_OFFICER,
)  # fmt: skip
DECIDES, LOGISTICS, LEGAL, OBSERVER = (
    Role.DECISION_MAKER, Role.LOGISTICIAN, Role.LEGAL_OFFICER, Role.OBSERVER,
)  # fmt: skip
OPERATIONAL = (DUTY, FOCAL, HOST, DECIDES, LOGISTICS, LEGAL)
EVERYBODY = tuple(Role)

# One line a command. A rule may narrow this further, never widen it.
MAY: dict[type[Command], tuple[Role, ...]] = {
    cases.HearAlert: (DUTY, FOCAL, HOST, LOGISTICS),
    cases.OpenCase: (DUTY, HOST),
    cases.AttachAlert: (DUTY,),
    cases.DescribeCase: (DUTY, HOST, LOGISTICS),
    cases.HearClaim: (DUTY, FOCAL, HOST, LOGISTICS),
    requests.StateRequest: (DUTY, HOST),
    requests.WithdrawRequest: (DUTY, HOST),
    requests.AnswerRequest: (FOCAL, DECIDES),
    requests.ReleaseStandingOffer: (FOCAL, DECIDES),
    requests.WithdrawStandingOffer: (FOCAL, DECIDES),
    requests.DraftOffer: (DUTY, FOCAL, DECIDES),
    requests.MakeOffer: (FOCAL, DECIDES),
    requests.AnswerOffer: (HOST,),
    requests.CommitOffer: (FOCAL, DECIDES),
    requests.WithdrawOffer: (FOCAL, DECIDES),
    decisions.GiveConsent: (HOST,),
    decisions.WithdrawConsent: (HOST,),
    decisions.NamePhase: (HOST,),
    decisions.NameHostCrews: (HOST,),
    decisions.StateAsk: (HOST,),
    decisions.DeclareCondition: (DUTY, DECIDES, LEGAL),
    decisions.SayCondition: (DUTY, LEGAL),
    decisions.MakeProposal: (DUTY, LEGAL),
    decisions.TakePosition: (DECIDES,),
    decisions.AnswerGate: (HOST, DECIDES, LEGAL),  # whom the gate asks, see rules/gates.py
    plans.MakePlan: (DUTY, LOGISTICS),
    plans.DropPlan: (DUTY, LOGISTICS),
    plans.SignPlan: (DUTY, LEGAL),
    plans.ReleasePlan: (DUTY,),
    movements.ReportMovement: (DUTY, FOCAL, HOST, LOGISTICS),
    movements.AcknowledgeAlarm: OPERATIONAL,
    movements.ClearAlarm: (DUTY, LOGISTICS),
    movements.HandOver: (DUTY, FOCAL, HOST, LOGISTICS),
    movements.SettleConflict: (DUTY,),
    cases.CloseCase: (DUTY,),
    cases.ReopenCase: (DUTY,),
    cases.WriteNote: OPERATIONAL,
    cases.MergeCases: (DUTY,),
    cases.CorrectFact: OPERATIONAL,  # who may say it may correct it, see rules/corrections.py
    people.EnrolPerson: (ADMIN, DUTY),  # a duty officer only somebody new
    people.GrantRole: (ADMIN, DUTY),  # a duty officer only guests
    people.EndRole: EVERYBODY,  # own; a duty officer guests; an administrator anybody's
    people.NameDeputy: EVERYBODY,  # own; an administrator anybody's
    people.EndDeputy: EVERYBODY,  # own; an administrator anybody's
    people.HandOverShift: OPERATIONAL,  # own
    people.BreakGlass: EVERYBODY,  # who holds a lasting role anywhere
    people.RegisterKey: EVERYBODY,  # own; an administrator anybody's first
    people.RotateKey: EVERYBODY,  # own
    people.RevokeKey: EVERYBODY,  # own; an administrator anybody's
    people.SetClockBack: (ADMIN, DUTY),
}
# About the caller, not about a case: a role in any case will do. Never as a deputy.
OF_ONESELF = (
    people.NameDeputy, people.EndDeputy, people.HandOverShift, people.BreakGlass,
    people.RegisterKey, people.RotateKey, people.RevokeKey,
)  # fmt: skip
# What a closed case still takes: late news, and what was said wrongly.
TAKEN_WHEN_CLOSED = (
    cases.ReopenCase, cases.WriteNote, cases.CorrectFact,
    movements.ReportMovement, movements.HandOver,
)  # fmt: skip
# About a case that was merged, as such; everything else goes to the case that goes on.
NOT_FOR_SURVIVORS = (cases.CloseCase, cases.ReopenCase, cases.MergeCases)
# Said of people, not in the case: it may be closed, or * for every case.
OF_PEOPLE = (people.GrantRole, people.EndRole, people.HandOverShift)


def place(board: Board, command: C) -> C | Refusal:
    """The command with the id of the case that it acts on.

    A call sign is read. A merged case sends to the one that goes on, or to the case of that
    family which holds what the command names.
    """
    found: dict[str, str] = {}
    for name in ("case_id", "into_case_id"):
        if not hasattr(command, name) or _is_of_no_case(command):
            continue
        case = find_case(board, getattr(command, name))
        if case is None:
            text = f"no case is called {getattr(command, name)!r}; give its id or call sign"
            return refuse("unknown-case", text)
        if case.merged_into and isinstance(command, NOT_FOR_SURVIVORS):
            into = survivor(board, case).call_sign
            return refuse("merged", f"{case.call_sign} was merged into {into}; name that one")
        found[name] = case.case_id
        if not isinstance(command, NOT_FOR_SURVIVORS):
            found[name] = holder_of(board, case, command).case_id
    return replace(command, **found) if found else command


def find_case(board: Board, said: str) -> CaseState | None:
    """The case with that id or call sign, as it was named, merged or not."""
    if said in board.cases:
        return board.cases[said]
    call_sign = said.strip().upper()
    leads_to = board.cases.get(board.call_signs.get(call_sign, ""))
    if leads_to is None or leads_to.call_sign == call_sign:
        return leads_to
    named = (case for case in family(board, leads_to) if case.call_sign == call_sign)
    return next(named, leads_to)


def judge(command: Command, setting: Setting) -> Refusal | None:
    """Why this person may not do this now; None if they may."""
    return may_say(command, setting) or _why_closed(setting.board, command)


def may_say(command: Command, setting: Setting) -> Refusal | None:
    """Why this person has no right to this; None if they have, whether the case is open or not."""
    if refusal := _why_nobody(setting) or _why_not_for_another(command, setting):
        return refusal
    allowed = MAY.get(type(command), ())
    if any(_holds(command, role, setting) for role in allowed):
        return None
    own_id, case_id = acts_as(setting.caller), getattr(command, "case_id", "") or EVERY_CASE
    member = setting.board.people.persons[own_id].member or "no member"
    held = ", ".join(sorted(roles_of(setting, case_id))) or "nothing"
    text = (
        f"{own_id} of {member} is {held} here now; {type(command).__name__} is for "
        f"{', '.join(allowed) or 'nobody'}, each for their own member or host"
    )
    return Refusal(code="not-allowed", text=text, who_may=tuple(str(role) for role in allowed))


def stands_on(board: Board, command: Command) -> tuple[str, ...]:
    """The streams that decide whether a command may be said: rights, and the whole case."""
    return (PEOPLE, *case_streams(board, getattr(command, "case_id", "")))


def case_streams(board: Board, case_id: str) -> tuple[str, ...]:
    """The streams of a case and of all that are one with it; none if there is no such case."""
    case = board.cases.get(case_id)
    return tuple(case_stream(one.case_id) for one in family(board, case)) if case else ()


def _why_nobody(setting: Setting) -> Refusal | None:
    caller = setting.caller
    for person_id in filter(None, (caller.person_id, caller.for_person_id)):
        if person_id not in setting.board.people.persons:
            text = f"nobody here is called {person_id}; an administrator enrols people"
            return Refusal(code="unknown-person", text=text, who_may=(ADMIN,))
    return None


def _why_not_for_another(command: Command, setting: Setting) -> Refusal | None:
    caller, held_by = setting.caller, setting.caller.for_person_id
    if not held_by:
        return None
    if not is_deputy(setting.board, held_by, caller.person_id, setting.now):
        text = f"{caller.person_id} is no deputy of {held_by} now; {held_by} may name one"
        return refuse("no-deputy", text)
    if isinstance(command, OF_ONESELF):
        text = f"{type(command).__name__} is for {held_by} alone; ask in your own name"
        return refuse("own-name-only", text)
    return None


def _holds(command: Command, role: Role, setting: Setting) -> bool:
    """Whether the role is held where it must be, and speaks for whom the command is about."""
    if isinstance(command, OF_ONESELF):
        grants = setting.board.people.grants.get(setting.caller.person_id, ())
        return any(grant.role is role and is_live(grant, setting.now) for grant in grants)
    cases = [getattr(command, "case_id", "") or EVERY_CASE]
    cases += filter(None, [getattr(command, "into_case_id", "")])
    return all(role in roles_of(setting, case_id) for case_id in cases) and _speaks_for(
        command, role, setting
    )


def _speaks_for(command: Command, role: Role, setting: Setting) -> bool:
    board, own = setting.board, setting.board.people.persons[acts_as(setting.caller)].member
    if isinstance(command, decisions.AnswerGate):
        return may_answer(command, role, own, board)
    if role is HOST:
        case = board.cases.get(getattr(command, "case_id", ""))
        said = getattr(command, "host", "") or getattr(command, "country", "")
        return bool(own) and own == (case.host if case else said)
    if role in {FOCAL, DECIDES}:
        return bool(own) and members_of(command, board) <= {own}
    return True


def _why_closed(board: Board, command: Command) -> Refusal | None:
    if isinstance(command, (*OF_PEOPLE, *TAKEN_WHEN_CLOSED)):
        return None
    for name in ("case_id", "into_case_id"):
        named = board.cases.get(getattr(command, name, ""))
        case = survivor(board, named) if named else None
        if case and case.closed:
            takes = ", ".join(held.__name__ for held in TAKEN_WHEN_CLOSED)
            text = f"{case.call_sign} is closed: {case.closed}; it takes only {takes}"
            return refuse("closed", text)
    return None


def _is_of_no_case(command: Command) -> bool:
    case_id = getattr(command, "case_id", "")
    if isinstance(command, OF_PEOPLE):
        return bool(case_id == EVERY_CASE)
    return isinstance(command, cases.HearAlert) and not case_id
