"""How in 24 hours: the plan, its proven bound, and why it is so."""

from u24.planning.checker import check_plan, met_shares
from u24.planning.limits import Limits, Progress, Stopwatch, no_progress
from u24.planning.planner import plan_problem, warm_up

__all__ = [
    "Limits",
    "Progress",
    "Stopwatch",
    "check_plan",
    "met_shares",
    "no_progress",
    "plan_problem",
    "warm_up",
]
