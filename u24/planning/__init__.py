"""How in 24 hours: the plan, its proven bound, and why it is so.

``plan_problem`` and ``warm_up`` bring the compiler along, which takes a second to load; they
are loaded when they are first asked for, so that a desk which only looks is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from u24.planning.checker import check_plan, met_shares
from u24.planning.limits import Limits, Progress, Stopwatch, no_progress

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    if name in {"plan_problem", "warm_up"}:
        return getattr(import_module("u24.planning.planner"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
