"""The command MakePlan: what is left is planned, and what is under way stays as it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from u24.consent import judge_case
from u24.consent.missions import planned_needs
from u24.desk.answering import Limits, Progress, needs_of, plan_for
from u24.desk.board.state import Board, CaseState
from u24.desk.live_case import joined_cases, live_case, offers_of
from u24.desk.plan_changes import changes_of
from u24.desk.replanning import Kept, kept_of, taken_of, under_way
from u24.desk.rest import by_parts, joined_parts, joined_plan, rest_problem
from u24.desk.rules.gates import asks_two_persons, missions_of
from u24.domain.answer import Planned
from u24.domain.commands.command import Refusal
from u24.domain.commands.plans import MakePlan
from u24.domain.facts.plans import PlanLine, PlanMade
from u24.domain.needs import Need
from u24.domain.plan import Carrier, Consignment, Plan
from u24.domain.problem import Problem, Worth
from u24.domain.tracking import Coming
from u24.errors import InvalidInput
from u24.ids import IdMaker
from u24.planning import check_plan, no_progress
from u24.reference.tables import SHIPPED
from u24.tracking import weighted_shares, worth_parts


def make_plan(
    board: Board,
    command: MakePlan,
    now: datetime,
    ids: IdMaker,
    *,
    progress: Progress = no_progress,
) -> tuple[PlanMade, ...] | Refusal:
    """Plan a case as the board has it at ``now``.

    Parameters
    ----------
    board
        Read, not changed. It may be a copy that holds this case and those merged into it.
    command
        The case, and limits in seconds or work; 2.8 seconds unless one is given.
    now
        Nothing new begins before it.
    progress
        Told each stage of planning.

    Returns
    -------
    tuple of PlanMade, or Refusal
        The plan, with what is under way in it; or what is missing. A plan that brings
        nothing, because nothing is offered, is a plan: its shortages are the answer.
    """
    state = board.cases.get(command.case_id)
    if state is None:
        return _refuse("unknown-case", f"case {command.case_id!r} is not on the board")
    if command.plan_id in state.plans:
        return _refuse(
            "plan-id-used", f"plan {command.plan_id} exists; give another id, or none at all"
        )
    try:
        limits = Limits(
            seconds=2.8 if command.seconds is None else command.seconds,
            work=command.work,
            seed=command.seed,
        )
        task = Task(board, state, now)
        if not task.needs and task.waiting:
            waits = ", ".join(sorted({need.proposal_id for need in task.waiting}))
            return _refuse(
                "nothing-allowed",
                f"all that {state.call_sign} asks for waits for {waits}, which may not be done as "
                "things stand; see what its verdict lacks",
            )
        if not task.needs:
            return _refuse(
                "nothing-needed",
                f"{state.call_sign} has no request that stands, so there is nothing to plan; "
                "state a request first",
            )
        return (task.plan(command, limits, command.plan_id or ids("plan"), progress),)
    except InvalidInput as error:
        return _refuse("invalid-input", str(error))


class Task:
    """One case at one moment: what stands, what is under way, what is left."""

    def __init__(self, board: Board, state: CaseState, now: datetime) -> None:
        self.state, self.now, self.position = state, now, board.position
        self.states = joined_cases(board, state)
        merged = self.states[1:]
        self.case = live_case(state, merged, exercise=board.exercise)
        judgement = judge_case(self.case, SHIPPED, now)
        self.verdicts = judgement.lots
        self.needs, self.waiting = planned_needs(needs_of(self.case), judgement.proposals)
        offers = [offer.fact for offer in offers_of(state, merged).values()]
        self.lots = {lot.lot_id: lot for offer in offers for lot in offer.lots}
        self.vehicles = {v.vehicle_id: v for offer in offers for v in offer.vehicles}
        self.kept: Kept = kept_of(self.states, now)

    def rest(self) -> Problem:
        """The problem of what is left to plan."""
        known = (self.lots, self.vehicles)
        return rest_problem(self.case, self.needs, self.kept, known, self.verdicts, self.now)

    def plan(self, command: MakePlan, limits: Limits, plan_id: str, progress: Progress) -> PlanMade:
        """Plan the rest, check it, and say the whole."""
        rest = self.rest()
        covered = under_way(self.kept, self.needs, self.case.t0_at).covered
        planned = plan_for(by_parts(rest, self.needs, covered), limits, progress)
        fresh = joined_parts(planned.plan)
        violations = check_plan(rest, fresh)
        if violations:
            told = "; ".join(f"{v.rule} at {v.where}: {v.text}" for v in violations[:3])
            raise InvalidInput(f"the plan breaks {len(violations)} rules: {told}; report this")
        names = self._names(fresh)
        lines = (
            *self.kept.lines,
            *(
                line_of(name, consignment, fresh, rest)
                for name, consignment in zip(names, fresh.consignments, strict=True)
            ),
        )
        shares = self._met_shares(lines[len(self.kept.lines) :], rest.worth)
        return PlanMade(
            said_at=self.now,
            case_id=self.state.case_id,
            plan_id=plan_id,
            position=self.position,
            plan=joined_plan(self.kept, fresh),
            lines=lines,
            met_shares=shares,
            bound_share=max(shares[0], self._bound_share(planned, rest, covered)),
            marks_s=rest.worth.marks_s,
            seed=command.seed,
            work=planned.work,
            replaces_plan_id=self.state.released_plan_id,
            because=command.because,
            changes=self._changes(lines),
            two_persons=command.two_persons or self._asks_two_persons(lines),
            need_units=tuple((need.need_id, need.planned_units) for need in self.needs),
        )

    def _met_shares(self, fresh: Sequence[PlanLine], worth: Worth) -> tuple[float, ...]:
        """Of all weighted need, by each mark: what is under way, and what is new."""
        coming = (
            *self.kept.coming,
            *(
                Coming(
                    need_id=line.need_id,
                    units=line.units,
                    arrive_at=self.case.t0_at + timedelta(seconds=line.arrive_s),
                )
                for line in fresh
            ),
        )
        return weighted_shares(self.needs, coming, self.case.t0_at, worth)

    def _bound_share(self, planned: Planned, rest: Problem, covered: Mapping[str, float]) -> float:
        """What is under way as if it were on time, and the bound of the rest.

        Why this holds is in docs/explain/replanning.md.
        """
        whole = sum(need.weight for need in self.needs)
        held = sum(
            need.weight * _worth_of(need, covered.get(need.need_id, 0.0), Worth())
            for need in self.needs
        )
        left = sum(need.weight for need in rest.needs)
        return min(1.0, (held + planned.score.bound_share * left) / whole)

    def _asks_two_persons(self, lines: Sequence[PlanLine]) -> bool:
        needs = {need.need_id: need for need in self.needs}
        return asks_two_persons(lines, self.lots, needs, missions_of(self.states))

    def _names(self, fresh: Plan) -> list[str]:
        """Ids of new consignments: those of the released plan for the same ways come first."""
        taken = {line.consignment_id for line in self.kept.lines} | self.kept.reported_ids
        for state in self.states:
            for plan in state.plans.values():
                if plan.released_at is not None:
                    taken |= {line.consignment_id for line in plan.fact.lines}
        free = self._free_lines()
        names: dict[int, str] = {}
        for is_same in (_is_alike, _is_pair):
            for n, consignment in enumerate(fresh.consignments):
                line = next((each for each in free if is_same(each, consignment)), None)
                if n not in names and line is not None:
                    free.remove(line)
                    names[n] = line.consignment_id
        for n, consignment in enumerate(fresh.consignments):
            if n not in names:
                names[n] = _new_name(consignment, taken)
                taken.add(names[n])
        return [names[n] for n in range(len(fresh.consignments))]

    def _free_lines(self) -> list[PlanLine]:
        """Lines of the released plan that nothing is reported of and that do not stay."""
        released = self.state.plans.get(self.state.released_plan_id)
        used = {line.consignment_id for line in self.kept.lines} | self.kept.reported_ids
        lines = released.fact.lines if released else ()
        return [line for line in lines if line.consignment_id not in used]

    def _changes(self, lines: Sequence[PlanLine]) -> tuple[str, ...]:
        released = self.state.plans.get(self.state.released_plan_id)
        if released is None:
            return ()
        kept_ids = [line.consignment_id for line in self.kept.lines]
        return changes_of(released.fact.lines, lines, kept_ids, self.needs, self.lots)


def line_of(name: str, consignment: Consignment, plan: Plan, problem: Problem) -> PlanLine:
    """A consignment as the board follows it."""
    lots = {lot.lot_id: lot for lot in problem.lots}
    factor = next(
        match.factor_share
        for match in problem.matches
        if (match.lot_id, match.need_id) == (consignment.lot_id, consignment.need_id)
    )
    routes = {route.vehicle_id: route.calls for route in plan.routes}
    sites = [consignment.segments[0].from_site]
    vehicle_ids, depart_s = [], consignment.segments[0].start_s
    for segment in consignment.segments:
        if segment.carrier is Carrier.VEHICLE:
            calls = routes[segment.vehicle_id]
            vehicle_ids.append(segment.vehicle_id)
            depart_s = calls[segment.from_call].depart_s
            sites += [call.site_id for call in calls[segment.from_call + 1 : segment.to_call]]
        sites.append(segment.to_site)
    return PlanLine(
        consignment_id=name,
        lot_id=consignment.lot_id,
        need_id=consignment.need_id,
        packs=consignment.packs,
        units=consignment.packs * lots[consignment.lot_id].pack_units * factor,
        depart_s=depart_s,
        arrive_s=consignment.arrive_s,
        vehicle_ids=tuple(vehicle_ids),
        site_ids=tuple(sites),
    )


def overtaken(board: Board, case_id: str, plan_id: str, now: datetime) -> tuple[str, ...]:
    """Why a plan no longer fits what happened since it was made; empty if it may be released.

    What left under the released plan, and what the new one would move otherwise, cannot be
    called back; what was withdrawn cannot go. Then the case is to be planned again.
    """
    state = board.cases[case_id]
    states = joined_cases(board, state)
    lines = {line.consignment_id: line for line in state.plans[plan_id].fact.lines}
    left = {line.consignment_id: line for line in kept_of(states, now).lines}
    found = []
    for name, line in left.items():
        planned = lines.get(name)
        if planned is None or _as_it_goes(planned) != _as_it_goes(line):
            found.append(f"{name} has left since and is not in it as it left")
    taken = taken_of(states)
    for name, line in lines.items():
        if name not in left and not {line.lot_id, *line.vehicle_ids} <= taken:
            found.append(f"{name} needs what is no longer offered and accepted")
    return tuple(found)


def _as_it_goes(line: PlanLine) -> tuple[object, ...]:
    return (line.lot_id, line.packs, line.vehicle_ids, line.site_ids)


def _is_pair(line: PlanLine, consignment: Consignment) -> bool:
    return (line.lot_id, line.need_id) == (consignment.lot_id, consignment.need_id)


def _is_alike(line: PlanLine, consignment: Consignment) -> bool:
    carried = tuple(s.vehicle_id for s in consignment.segments if s.carrier is Carrier.VEHICLE)
    same = (line.packs, line.vehicle_ids) == (consignment.packs, carried)
    return same and _is_pair(line, consignment)


def _new_name(consignment: Consignment, taken: Iterable[str]) -> str:
    number = 1
    while (name := f"{consignment.lot_id}/{consignment.need_id}/{number}") in taken:
        number += 1
    return name


def _worth_of(need: Need, units: float, worth: Worth) -> float:
    """What so many units count of a need of weight 1, if they are on time."""
    found = 0.0
    for size, rate in worth_parts(need.planned_units, worth):
        used = min(float(size), units)
        units -= used
        found += used * rate
    return found


def _refuse(code: str, text: str) -> Refusal:
    return Refusal(code=code, text=text)
