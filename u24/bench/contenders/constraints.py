"""CP-SAT: a few optional sorties for each vehicle, slots and lorries as cumulative resources."""

from typing import Any

from u24.bench.contenders.by_hand import one_by_one
from u24.bench.contenders.contender import Budget, Tell, only_better
from u24.bench.contenders.sortie_model import SortieModel
from u24.bench.draft import Draft, Load
from u24.bench.ways import Ways
from u24.domain.plan import Plan
from u24.domain.problem import Problem
from u24.errors import InvalidInput

HOLD_BACK_S = 0.2


def cp_sat(problem: Problem, budget: Budget, tell: Tell) -> float | None:
    """Begins from the plan by hand, as hints; equal vehicles take their sorties in order.

    The bound is for its own model: so many sorties for each vehicle, worth in steps.
    """
    try:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - an extra, for this one only
    except ModuleNotFoundError as error:
        raise InvalidInput(
            "contender cp-sat needs the package ortools, which is not installed; "
            "it comes with the extra 'bench': pip install 'u24[bench]'"
        ) from error
    except ImportError as error:
        # OR-Tools brings a HiGHS of its own, and two of them cannot be in one process.
        raise InvalidInput(
            f"contender cp-sat cannot load ortools ({str(error)[-60:]}); "
            "it needs a process of its own, without highspy"
        ) from error
    tell = only_better(problem, tell)
    ways = Ways(problem)
    whole_s = budget.left_s()
    made = SortieModel(cp_model, ways, lambda: budget.left_s() < whole_s / 2)
    if not made.is_complete:
        return None
    by_hand = Draft(ways)
    for _ in one_by_one(by_hand):
        if budget.left_s() < whole_s / 2:
            break
    made.hint(by_hand)

    class Teller(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            tell(_plan(made, self.value))

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, budget.left_s() - HOLD_BACK_S)
    solver.parameters.num_workers = budget.threads
    solver.parameters.random_seed = budget.seed
    status = solver.solve(made.model, Teller())
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        tell(_plan(made, solver.value))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None  # it may not even have begun
    return min(1.0, float(solver.best_objective_bound) / made.whole)


def _plan(made: SortieModel, value: Any) -> Plan:
    """The sorties in order of time; what room is left takes what is worth most."""
    draft = Draft(made.ways)
    flown = [
        (value(made.start[k, j]), k, j, lane)
        for (k, j), lanes in made.lanes.items()
        for lane, chosen in lanes.items()
        if value(chosen)
    ]
    for start, k, j, (pickup, drop, way) in sorted(flown, key=lambda row: row[:3]):
        vehicle = made.ways.problem.vehicles[k]
        sortie = draft.sortie_at(vehicle, pickup, drop, way, start)
        if not draft.holds(sortie):
            continue
        for (lot_id, need_id, _), packs in made.packs[k, j].items():
            if value(packs) > 0 and draft.may_go(sortie, lot_id, need_id):
                draft.add(sortie, Load(lot_id, need_id, value(packs)))
        draft.commit(sortie)
    draft.top_up()
    return draft.plan()
