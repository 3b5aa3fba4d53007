"""A request's life, from top to bottom: read, estimate, judge, match, plan, check, compare."""

import resource
from dataclasses import replace
from pathlib import Path

from u24 import planning
from u24.clock import stopwatch
from u24.consent import judge_lots
from u24.desk.assembly import assemble
from u24.desk.scenarios import ScenarioLine, list_scenarios, scenario_folder
from u24.domain.answer import Answer, Planned, TableUse
from u24.domain.case import Case
from u24.domain.needs import Need
from u24.domain.plan import Plan, Violation
from u24.domain.problem import Problem
from u24.intake import case_folder
from u24.matching import MatchResult, match
from u24.needs.estimate import NeedsEstimate, estimate
from u24.needs.merge import merge_needs
from u24.planning import Limits, Progress, check_plan, no_progress
from u24.reference.tables import SHIPPED, Tables
from u24.tracking import historic_marks, historic_matches

__all__ = [
    "Limits",
    "Progress",
    "ScenarioLine",
    "answer_case",
    "check_against_case",
    "check_case",
    "list_scenarios",
    "needs_of",
    "new_case",
    "plan_for",
    "problem_of",
    "read_case",
    "scenario_folder",
]

MIB = 1024  # ru_maxrss is in KiB on Linux


def read_case(folder: Path) -> Case:
    """Read a case folder.

    Raises
    ------
    CaseErrors
        Everything that is wrong with it, one message a fault.
    """
    return replace(case_folder.read_case(Path(folder)), folder=str(folder))


def check_case(folder: Path) -> list[str]:
    """Everything that is wrong with a case folder; empty if it can be read."""
    return case_folder.check_case(Path(folder))


def new_case(folder: Path) -> None:
    """Write a commented template of a case folder; nothing is overwritten."""
    case_folder.write_template(Path(folder))


def answer_case(
    case: Case, *, limits: Limits | None = None, progress: Progress = no_progress
) -> Answer:
    """Walk a case through the rooms and give the whole answer.

    Parameters
    ----------
    case
        As read from its folder.
    limits
        Seconds or work for the planner; 2.8 seconds unless said.
    progress
        Told each stage, and how much of it is done.
    """
    begun = stopwatch()
    tables = _tables(case)
    progress("needs", 0, 1)
    estimated, problem, matched = _state_the_problem(case, tables)
    planned = planning.plan_problem(problem, limits or Limits(), stopwatch, progress)
    progress("check", 0, 1)
    violations = check_plan(problem, planned.plan)
    marks_h = tuple(mark // 3600 for mark in problem.worth.marks_s)
    return Answer(
        case=case,
        needs=problem.needs,
        problem=problem,
        planned=planned,
        violations=violations,
        non_matches=matched.non_matches,
        estimates=estimated.estimates,
        historic_marks=historic_marks(case.history, case.t0_at, marks_h),
        historic_matches=historic_matches(case.history, planned.plan, problem),
        tables=tuple(
            TableUse(
                table=file.table,
                file=file.file,
                version=file.version,
                sha256=file.sha256,
                source=file.source,
                licence=file.licence,
            )
            for file in tables.used()
        ),
        elapsed_s=round(stopwatch() - begun, 3),
        peak_memory_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB, 1),
    )


def problem_of(case: Case) -> Problem:
    """The plan problem of a case: its needs, what may move, and how it could."""
    return _state_the_problem(case, _tables(case))[1]


def needs_of(case: Case) -> tuple[Need, ...]:
    """What a case is planned for: the needs it states, then the estimated ones."""
    estimated = estimate(case, _tables(case)).needs if case.estimate_needs else ()
    return merge_needs(case.needs, estimated)


def plan_for(
    problem: Problem, limits: Limits | None = None, progress: Progress = no_progress
) -> Planned:
    """Plan a problem, with the desk's stopwatch; 2.8 seconds unless said."""
    return planning.plan_problem(problem, limits or Limits(), stopwatch, progress)


def check_against_case(case: Case, plan: Plan) -> tuple[Violation, ...]:
    """Check any plan against a case, from its words anew; empty if every rule holds."""
    return check_plan(problem_of(case), plan)


def _state_the_problem(case: Case, tables: Tables) -> tuple[NeedsEstimate, Problem, MatchResult]:
    estimated = estimate(case, tables) if case.estimate_needs else NeedsEstimate()
    needs = merge_needs(case.needs, estimated.needs)
    verdicts = judge_lots(case)
    matched = match(case, needs, verdicts)
    return estimated, assemble(case, needs, matched.matches, tables), matched


def _tables(case: Case) -> Tables:
    if not case.table_files:
        return SHIPPED
    return case_folder.find_tables(Path(case.folder), case)
