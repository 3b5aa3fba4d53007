"""The figures of a desk, from its board alone: each step timed, and what came within 24 hours.

A group is one emergency: a case with all that were merged into it. Of each step its first
moment counts. What is not known is left out of a figure, never counted as zero.
"""

import math
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from u24.clock import seconds_since
from u24.desk.board.stamps import Stamps, member_stamps_of, stamp
from u24.desk.board.state import Board, CaseState
from u24.desk.live_case import joined_cases
from u24.domain.kpi import CaseStep, Kpi, MemberTimes, StepTime, WithinDay
from u24.domain.needs import Need

DAY = timedelta(hours=24)
WHOLE = 1e-9  # a need that lacks so little of its units counts as met
P90_TENTHS = 9
STEPS = tuple(CaseStep)
PAIRS = (
    *pairwise(STEPS),
    (CaseStep.ALERT, CaseStep.HAND_OVER),
    (CaseStep.REQUEST, CaseStep.HAND_OVER),
)
MEMBER_STEPS = STEPS[STEPS.index(CaseStep.FIRST_OFFER) :]
MEMBER_PAIRS = (*pairwise(MEMBER_STEPS), (CaseStep.FIRST_OFFER, CaseStep.HAND_OVER))

_Group = Sequence[CaseState]  # the case that goes on, then all that were merged into it


def kpi(board: Board, *, now: datetime, include_exercises: bool = False) -> Kpi:
    """Every figure of a desk.

    Parameters
    ----------
    board
        As folded from the ledger.
    now
        When it is asked: what still waits has waited until then.
    include_exercises
        A ledger is all real or all exercise; the cases of an exercise count only if asked for.
    """
    counted = include_exercises or not board.exercise
    cases = [case for case in board.cases.values() if counted and not case.merged_into]
    groups = [joined_cases(board, case) for case in cases]
    closed = {case.case_id for case in cases if case.closed}
    stamps = {group[0].case_id: first_stamps(case.stamps for case in group) for group in groups}
    return Kpi(
        at=now,
        exercise=board.exercise,
        case_ids=tuple(case.case_id for case in cases),
        closed_case_ids=tuple(case.case_id for case in cases if case.closed),
        times=_times(PAIRS, stamps, closed, now),
        members=_members(groups, closed, now),
        within_day=_within_day(groups, now),
    )


def nearest_rank(values: Sequence[int], tenths: int) -> int | None:
    """The percentile by nearest rank: the smallest value that so many tenths do not exceed.

    Of n values in order it is number ceil(n * tenths / 10), so always one that occurred;
    None where there is no value.
    """
    if not values:
        return None
    return sorted(values)[math.ceil(len(values) * tenths / 10) - 1]


def first_stamps(many: Iterable[Stamps]) -> Stamps:
    """Of each step the first moment."""
    first = Stamps()
    for stamps in many:
        for step in STEPS:
            moment = _moment(stamps, step)
            if moment is not None:
                stamp(first, f"{step}_at", moment)
    return first


def _moment(stamps: Stamps, step: CaseStep) -> datetime | None:
    moment: datetime | None = getattr(stamps, f"{step}_at")
    return moment


def _times(
    pairs: Sequence[tuple[CaseStep, CaseStep]],
    stamps: Mapping[str, Stamps],
    closed: set[str],
    now: datetime,
) -> tuple[StepTime, ...]:
    return tuple(_time(pair, stamps, closed, now) for pair in pairs)


def _time(
    pair: tuple[CaseStep, CaseStep], stamps: Mapping[str, Stamps], closed: set[str], now: datetime
) -> StepTime:
    took: dict[str, int] = {}
    waiting: dict[str, int] = {}
    for case_id, reached in stamps.items():
        begun_at, ended_at = _moment(reached, pair[0]), _moment(reached, pair[1])
        if begun_at is None:
            continue
        if ended_at is not None:
            took[case_id] = seconds_since(begun_at, ended_at)
        elif case_id not in closed:
            waiting[case_id] = seconds_since(begun_at, now)
    return StepTime(
        from_step=pair[0],
        to_step=pair[1],
        case_ids=tuple(took),
        median_s=statistics.median(took.values()) if took else None,
        p90_s=nearest_rank(list(took.values()), P90_TENTHS),
        open_case_ids=tuple(waiting),
        longest_open_s=max(waiting.values(), default=None),
    )


def _members(groups: Sequence[_Group], closed: set[str], now: datetime) -> tuple[MemberTimes, ...]:
    found: dict[str, dict[str, Stamps]] = {}
    for group in groups:
        for member, stamps in member_stamps_of(group).items():
            found.setdefault(member, {})[group[0].case_id] = stamps
    return tuple(
        MemberTimes(member=member, times=_times(MEMBER_PAIRS, found[member], closed, now))
        for member in sorted(found)
    )


def _within_day(groups: Sequence[_Group], now: datetime) -> WithinDay:
    whole, short, still_open, unknown = [], [], [], []
    met_weight = due_weight = 0.0
    for group in groups:
        until_at = group[0].t0_at + DAY
        units, traced = _units_handed_over(group, until_at)
        for name, needs in _requests(group):
            shares = [min(1.0, units.get(need.need_id, 0.0) / need.planned_units) for need in needs]
            if needs and min(shares) >= 1 - WHOLE:
                whole.append(name)
            elif now < until_at:
                still_open.append(name)
                continue
            elif not (traced and needs):
                unknown.append(name)
                continue
            else:
                short.append(name)
            due_weight += sum(need.weight for need in needs)
            met_weight += sum(
                need.weight * share for need, share in zip(needs, shares, strict=True)
            )
    return WithinDay(
        met_share=met_weight / due_weight if due_weight else None,
        whole=tuple(whole),
        short=tuple(short),
        open=tuple(still_open),
        unknown=tuple(unknown),
    )


def _requests(group: _Group) -> Iterator[tuple[str, tuple[Need, ...]]]:
    for case in group:
        for request_id, request in case.requests.items():
            if not request.withdrawn:
                yield f"{case.case_id}/{request_id}", request.fact.needs


def _units_handed_over(group: _Group, until_at: datetime) -> tuple[dict[str, float], bool]:
    """Units by need, and whether every hand-over could be traced to its need by a plan's line."""
    lines = {
        line.consignment_id: line
        for case in group
        for plan in case.plans.values()
        for line in plan.fact.lines
    }
    units: dict[str, float] = {}
    traced = True
    for case in group:
        for delivery in case.deliveries.values():
            line = lines.get(delivery.consignment_id)
            if delivery.happened_at > until_at:
                continue
            if line is None or line.packs < 1:
                traced = False
                continue
            handed = line.units * delivery.packs / line.packs
            units[line.need_id] = units.get(line.need_id, 0.0) + handed
    return units, traced
