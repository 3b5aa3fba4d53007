"""The planner as it is used."""

from u24.bench.contenders.contender import Budget, Tell
from u24.clock import stopwatch
from u24.domain.problem import Problem
from u24.planning import Limits, plan_problem

KEPT_BACK_SHARE = 0.03  # to write the plan down and explain it


def hybrid(problem: Problem, budget: Budget, tell: Tell) -> float:
    """Ladder, greedy, search beside bound, exact load, polish."""
    seconds = max(0.1, budget.left_s() * (1 - KEPT_BACK_SHARE))
    made = plan_problem(problem, Limits(seconds=seconds, seed=budget.seed), stopwatch)
    tell(made.plan)
    return made.score.bound_share
