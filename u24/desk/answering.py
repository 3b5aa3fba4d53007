"""A request's life, from top to bottom: read, estimate, judge, match, plan, check, compare."""

import resource
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from u24 import planning
from u24.clock import stopwatch
from u24.desk.deciding import decided_of
from u24.desk.in_confidence import without_secrets
from u24.desk.scenarios import ScenarioLine, list_scenarios, scenario_folder
from u24.desk.stating import needs_of, problem_of, state_problem, tables_of
from u24.desk.what_if import with_changes
from u24.domain.answer import Answer, Planned, TableUse
from u24.domain.case import Case
from u24.domain.plan import Plan, Violation
from u24.domain.problem import Problem
from u24.intake import case_folder
from u24.planning import Limits, Progress, check_plan, no_progress
from u24.reference.tables import Tables
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
    case: Case,
    *,
    limits: Limits | None = None,
    progress: Progress = no_progress,
    changes: Sequence[str] = (),
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
    changes
        What to suppose, as ``--what-if`` says it.
    """
    begun = stopwatch()
    progress("needs", 0, 1)
    case = with_changes(case, changes)
    tables = tables_of(case)
    stated = state_problem(case)
    problem = stated.problem
    planned = planning.plan_problem(problem, limits or Limits(), stopwatch, progress)
    progress("check", 0, 1)
    violations = check_plan(problem, planned.plan)
    marks_h = tuple(mark // 3600 for mark in problem.worth.marks_s)
    return Answer(
        case=without_secrets(case),
        needs=problem.needs,
        problem=problem,
        planned=planned,
        violations=violations,
        non_matches=stated.matched.non_matches,
        decided=decided_of(case, stated.judgement, tables, changes),
        waiting=stated.waiting,
        estimates=stated.estimates,
        historic_marks=historic_marks(case.history, case.t0_at, marks_h),
        historic_matches=historic_matches(case.history, planned.plan, problem),
        tables=_tables_used(tables),
        elapsed_s=round(stopwatch() - begun, 3),
        peak_memory_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB, 1),
    )


def plan_for(
    problem: Problem, limits: Limits | None = None, progress: Progress = no_progress
) -> Planned:
    """Plan a problem, with the desk's stopwatch; 2.8 seconds unless said."""
    return planning.plan_problem(problem, limits or Limits(), stopwatch, progress)


def check_against_case(case: Case, plan: Plan) -> tuple[Violation, ...]:
    """Check any plan against a case, from its words anew; empty if every rule holds."""
    return check_plan(problem_of(case), plan)


def _tables_used(tables: Tables) -> tuple[TableUse, ...]:
    return tuple(
        TableUse(
            table=file.table,
            file=file.file,
            version=file.version,
            sha256=file.sha256,
            source=file.source,
            licence=file.licence,
        )
        for file in tables.used()
    )
