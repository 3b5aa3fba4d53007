"""From a case to the problem that is planned: what is needed, what may be done, who has it."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from u24.consent import judge_case
from u24.consent.conditions import holding
from u24.consent.missions import planned_needs
from u24.consent.openings import opened_vehicles
from u24.consent.similar import widen_needs
from u24.desk.assembly import assemble
from u24.domain.answer import Estimate
from u24.domain.case import Case
from u24.domain.judgement import Judgement
from u24.domain.needs import Need
from u24.domain.problem import Problem
from u24.intake import case_folder
from u24.matching import MatchResult, match
from u24.needs.estimate import NeedsEstimate, estimate
from u24.needs.merge import merge_needs
from u24.reference.tables import SHIPPED, Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A case made ready to be planned.

    ``waiting`` are needs of proposals that may not be done; they are not planned for.
    """

    needs: tuple[Need, ...]
    waiting: tuple[Need, ...]
    estimates: tuple[Estimate, ...]
    judgement: Judgement
    matched: MatchResult
    problem: Problem


def state_problem(case: Case, at: datetime | None = None) -> Stated:
    """Walk a case through estimating, judging and matching.

    Parameters
    ----------
    case
        From a folder or from the board.
    at
        As things stood then; None: all that is on record counts.
    """
    tables = tables_of(case)
    estimated = _estimated(case, tables)
    judgement = judge_case(case, tables, at)
    case = replace(case, vehicles=opened_vehicles(case, judgement.at))
    wanted = _wanted(case, estimated, tables)
    needs, waiting = planned_needs(wanted, judgement.proposals)
    matched = match(case, needs, judgement.lots)
    return Stated(
        needs=needs,
        waiting=waiting,
        estimates=estimated.estimates,
        judgement=judgement,
        matched=matched,
        problem=assemble(case, needs, matched.matches, tables, holds=holding(case, judgement.at)),
    )


def problem_of(case: Case, at: datetime | None = None) -> Problem:
    """The plan problem of a case: its needs, what may move, and how it could."""
    return state_problem(case, at).problem


def needs_of(case: Case) -> tuple[Need, ...]:
    """All that a case asks for: the needs it states, then the estimated ones."""
    tables = tables_of(case)
    return _wanted(case, _estimated(case, tables), tables)


def tables_of(case: Case) -> Tables:
    """The reference tables of a case: its own where it has some, else those that ship."""
    if not case.table_files:
        return SHIPPED
    return case_folder.find_tables(Path(case.folder), case)


def _estimated(case: Case, tables: Tables) -> NeedsEstimate:
    return estimate(case, tables) if case.estimate_needs else NeedsEstimate()


def _wanted(case: Case, estimated: NeedsEstimate, tables: Tables) -> tuple[Need, ...]:
    return widen_needs(merge_needs(case.needs, estimated.needs), case.host_crews, tables)
