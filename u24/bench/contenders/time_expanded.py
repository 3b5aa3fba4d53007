"""The time-expanded programme in HiGHS, as it comes out of the box, on grids of three widths."""

from typing import Any

import highspy
import numpy as np

from u24.bench.contenders.cargo_grid import CargoGrid
from u24.bench.contenders.contender import Budget, Tell, only_better
from u24.bench.contenders.reading import Chosen, draft_of
from u24.bench.ways import Ways
from u24.domain.plan import Plan
from u24.domain.problem import Problem

HOLD_BACK_S = 0.2  # to write the last plan down
TO_WRITE_SHARE = 0.6  # of the time, for the programme; then it is too big to be solved


def on_grid_of_60(problem: Problem, budget: Budget, tell: Tell) -> float | None:
    """On a grid of an hour."""
    return _solve(problem, budget, tell, 60)


def on_grid_of_30(problem: Problem, budget: Budget, tell: Tell) -> float | None:
    """On a grid of half an hour."""
    return _solve(problem, budget, tell, 30)


def on_grid_of_15(problem: Problem, budget: Budget, tell: Tell) -> float | None:
    """On a grid of a quarter of an hour; its bound holds where that is the problem's own."""
    return _solve(problem, budget, tell, 15)


def _solve(problem: Problem, budget: Budget, tell: Tell, minutes: int) -> float | None:
    tell = only_better(problem, tell)
    ways = Ways(problem)
    step = max(1, minutes * 60 // problem.tick_s)
    whole_s = budget.left_s()
    late_s = whole_s * (1 - TO_WRITE_SHARE)
    grid = CargoGrid(ways, step, lambda: budget.left_s() < late_s)
    if not grid.is_complete or not grid.flights:
        return None
    solver = _solver_of(grid, budget)
    solver.cbMipImprovingSolution.subscribe(
        lambda event: tell(_plan(grid, event.data_out.mip_solution))
    )
    # Its threads are set once for a process; whoever solves next may want another number.
    highspy.Highs.resetGlobalScheduler(True)
    solver.run()
    highspy.Highs.resetGlobalScheduler(True)
    values = solver.getSolution().col_value
    if solver.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        tell(_plan(grid, values))
    bound = -float(solver.getInfo().mip_dual_bound)
    return min(1.0, bound) if step == 1 and np.isfinite(bound) else None


def _plan(grid: CargoGrid, values: Any) -> Plan:
    array = np.asarray(values, dtype=float)
    flown = {column: round(array[column]) for column in grid.flights if array[column] > 0.5}
    loaded = {column: float(array[column]) for column in grid.cargo if array[column] > 1e-6}
    return draft_of(grid, Chosen(flown, loaded)).plan()


def _solver_of(grid: CargoGrid, budget: Budget) -> highspy.Highs:
    table = grid.table
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(table.cost), len(table.row_low)
    programme.col_cost_ = np.array(table.cost)
    programme.col_lower_ = np.zeros(len(table.cost))
    programme.col_upper_ = np.array(table.upper, float)
    programme.row_lower_ = np.array(table.row_low)
    programme.row_upper_ = np.array(table.row_high)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.array(table.start, np.int32)
    programme.a_matrix_.index_ = np.array(table.index, np.int32)
    programme.a_matrix_.value_ = np.array(table.entry)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    programme.integrality_ = [kinds[whole] for whole in table.whole]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", budget.threads)
    solver.setOptionValue("random_seed", budget.seed)
    solver.passModel(programme)
    solver.setOptionValue("time_limit", max(0.1, budget.left_s() - HOLD_BACK_S))
    return solver
