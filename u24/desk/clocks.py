"""What must be said now though nobody asked: by the board and the time alone.

Every due thing has a key that is the same in every process, so that it is said once, however
many look, and also when none looked for a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from u24.desk.board.state import AlarmState, Board, CaseState
from u24.desk.decisions_due import find_decision
from u24.desk.plans import make_plan
from u24.desk.watching import PREFIXES, Finding, watched
from u24.domain.commands.command import Refusal
from u24.domain.commands.plans import MakePlan
from u24.domain.facts.cases import NoteWritten
from u24.domain.facts.fact import Fact
from u24.domain.facts.movements import AlarmCleared, AlarmEscalated, AlarmKind, AlarmRaised
from u24.domain.facts.people import EVERY_CASE, Role
from u24.ids import IdMaker

# Assumed: long enough to read it and telephone once, short enough for a 24-hour clock.
ACKNOWLEDGE_WITHIN = timedelta(minutes=15)
MOST_ESCALATIONS = 3
REPLAN_FROM_SHARE = 0.01  # of the weighted need at risk
REPLANNED = (
    AlarmKind.LATE, AlarmKind.FAILED, AlarmKind.SITE_CLOSED, AlarmKind.OFFER_GONE,
    AlarmKind.CONSENT_GONE, AlarmKind.NEED_GREW,
)  # fmt: skip
Findings = Mapping[str, Finding]  # by the id of their alarm
AS_PLANNED = "it is as planned again, or no longer in the released plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to be said now: its facts, or the plan that is to be proposed."""

    key: str
    case_id: str
    facts: tuple[tuple[str, Fact], ...] = ()  # (stream, fact)
    plan: MakePlan | None = None


def due(board: Board, now: datetime) -> list[Due]:
    """Everything that is due, in the order of the cases; nothing is planned here."""
    found: list[Due] = []
    for state in board.cases.values():
        found += _decisions(board, state, now)
        if state.closed or state.merged_into:
            continue
        seen = {finding.alarm_id: finding for finding in watched(board, state, now).findings()}
        told = [*_alarms(board, state, seen, now), *_escalations(board, state, seen, now)]
        found += told or _proposals(state, seen)
    return found


def propose(
    board: Board, each: Due, now: datetime, ids: IdMaker, *, work: int | None = None
) -> tuple[tuple[str, Fact], ...]:
    """The facts of something that is due: for a plan that is to be proposed, the plan.

    It is never released by itself. ``work`` limits the planner for equal bytes; without it
    the planner takes its usual seconds.

    Where nothing can be planned a note says so, and it is not tried again for these alarms.
    """
    if each.plan is None:
        return each.facts
    made = make_plan(board, replace(each.plan, work=work), now, ids)
    if isinstance(made, Refusal):
        text = f"no new plan is proposed: {made.text}"
        made_facts: tuple[Fact, ...] = (NoteWritten(said_at=now, case_id=each.case_id, text=text),)
    else:
        made_facts = made
    return tuple((_stream(each.case_id), fact) for fact in made_facts)


def next_due_at(board: Board, now: datetime) -> datetime | None:
    """When to look again if nothing is said meanwhile; ``now`` if something is due already.

    None if nothing will ever fall due by time alone.
    """
    if due(board, now):
        return now
    moments: list[datetime] = []
    for state in board.cases.values():
        moments += [
            held.fact.proposal.deadline_at
            for held in state.proposals.values()
            if held.decided is None and held.fact.proposal.deadline_at is not None
        ]
        if state.closed or state.merged_into:
            continue
        moments += watched(board, state, now).next_moments()
        chain = line_of_duty(board, state.case_id, now)
        moments += [
            alarm.acknowledge_until_at
            for alarm in state.alarms.values()
            if alarm.acknowledge_until_at and _next_in_line(alarm, chain)
        ]
    return min((moment for moment in moments if moment > now), default=None)


def line_of_duty(board: Board, case_id: str, now: datetime) -> list[str]:
    """Who looks after alarms, in order: each duty officer, then that officer's deputies.

    Officers of this case come before those of every case; where there is none, the
    administrators do it.
    """
    found: list[str] = []
    for role in (Role.DUTY_OFFICER, Role.ADMINISTRATOR):
        for wanted in (case_id, EVERY_CASE):
            for person_id, grants in board.people.grants.items():
                if any(
                    grant.role is role and grant.case_id == wanted and _runs(grant.until_at, now)
                    for grant in grants
                ):
                    found.append(person_id)
                    found += [
                        deputy.deputy_id
                        for deputy in board.people.deputies.get(person_id, [])
                        if _runs(deputy.until_at, now)
                    ]
        if found:
            break
    return list(dict.fromkeys(found))


def _runs(until_at: datetime | None, now: datetime) -> bool:
    return until_at is None or now < until_at


def _stream(case_id: str) -> str:
    return f"case/{case_id}"


def _due(state: CaseState, name: str, fact: Fact) -> Due:
    """``name`` holds ids as members gave them: any letters, and stocks that stay in confidence.

    So the key, which nobody can withhold, holds only its hash.
    """
    digest = sha256(name.encode()).hexdigest()[:32]
    return Due(
        key=f"clock/{state.case_id}/{digest}",
        case_id=state.case_id,
        facts=((_stream(state.case_id), fact),),
    )


def _decisions(board: Board, state: CaseState, now: datetime) -> Iterable[Due]:
    """Proposals that have ended, by their deadline or because all has been said."""
    for proposal_id, proposal in state.proposals.items():
        decided = find_decision(board, state, proposal, now) if not proposal.decided else None
        if decided is not None:
            yield _due(state, f"decide/{proposal_id}", decided)


def _alarms(board: Board, state: CaseState, seen: Findings, now: datetime) -> Iterable[Due]:
    """Alarms to raise, then those to clear."""
    chain = line_of_duty(board, state.case_id, now)
    for alarm_id, finding in seen.items():
        before = state.alarms.get(alarm_id)
        if before is not None and (not before.cleared or before.cleared != AS_PLANNED):
            continue  # it stands, or a person decided that it no longer matters
        again = "" if before is None else f"/{before.position}"
        yield _due(state, f"{alarm_id}{again}", _raised(state, finding, chain, now))
    for alarm_id, alarm in state.alarms.items():
        ours = alarm_id.startswith(PREFIXES)
        if ours and not alarm.cleared and alarm_id not in seen:
            yield _due(
                state,
                f"clear/{alarm_id}/{alarm.position}",
                AlarmCleared(
                    said_at=now, case_id=state.case_id, alarm_id=alarm_id, reason=AS_PLANNED
                ),
            )


def _raised(state: CaseState, finding: Finding, chain: list[str], now: datetime) -> AlarmRaised:
    return AlarmRaised(
        said_at=now,
        case_id=state.case_id,
        alarm_id=finding.alarm_id,
        kind=finding.kind,
        subject=finding.subject,
        text=finding.text,
        need_ids=finding.need_ids,
        risk_share=finding.risk_share,
        for_person_id=chain[0] if chain else "",
        acknowledge_until_at=now + ACKNOWLEDGE_WITHIN,
    )


def _next_in_line(alarm: AlarmState, chain: list[str]) -> str:
    """To whom an alarm goes when it is not acknowledged; empty if it stays where it is."""
    if alarm.cleared or alarm.acknowledged_by or alarm.escalations >= MOST_ESCALATIONS:
        return ""
    behind = chain
    if alarm.for_person_id in chain:
        behind = chain[chain.index(alarm.for_person_id) + 1 :]
    return behind[0] if behind else ""


def _escalations(board: Board, state: CaseState, seen: Findings, now: datetime) -> Iterable[Due]:
    """Alarms that nobody acknowledged in time go to the next in line, who has as long again."""
    chain = line_of_duty(board, state.case_id, now)
    for alarm_id, alarm in state.alarms.items():
        until_at, to_person_id = alarm.acknowledge_until_at, _next_in_line(alarm, chain)
        over = alarm_id.startswith(PREFIXES) and alarm_id not in seen
        if over or until_at is None or now < until_at or not to_person_id:
            continue
        yield _due(
            state,
            f"escalate/{alarm_id}/{alarm.position}/{alarm.escalations + 1}",
            AlarmEscalated(
                said_at=now, case_id=state.case_id, alarm_id=alarm_id,
                to_person_id=to_person_id, acknowledge_until_at=now + ACKNOWLEDGE_WITHIN,
            ),
        )  # fmt: skip


def _proposals(state: CaseState, seen: Findings) -> Iterable[Due]:
    """A new plan, when alarms that no younger plan answers put enough at risk by now."""
    if not state.released_plan_id:
        return
    known = max(plan.fact.position for plan in state.plans.values())
    open_ = {
        alarm_id: alarm
        for alarm_id, alarm in state.alarms.items()
        if not alarm.cleared and alarm.fact.kind in REPLANNED and alarm.position > known
    }
    at_risk = sum(
        max(alarm.fact.risk_share, seen[alarm_id].risk_share if alarm_id in seen else 0.0)
        for alarm_id, alarm in open_.items()
    )
    if at_risk < REPLAN_FROM_SHARE:
        return
    told = "\n".join(sorted(f"{alarm_id}@{alarm.position}" for alarm_id, alarm in open_.items()))
    digest = sha256(told.encode()).hexdigest()[:16]
    yield Due(
        key=f"clock/{state.case_id}/replan/{digest}",
        case_id=state.case_id,
        plan=MakePlan(
            case_id=state.case_id, plan_id=f"plan_{digest}", because=tuple(sorted(open_))
        ),
    )
