"""The one shape of all contenders."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from u24.clock import stopwatch
from u24.domain.plan import Plan
from u24.domain.problem import Problem
from u24.planning import met_shares

Tell = Callable[[Plan], None]  # of a better plan; the last one told is what counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """``ends`` is a reading of the stopwatch; the seconds before it are all there are."""

    ends: float
    seed: int = 0
    threads: int = 2

    def left_s(self) -> float:
        """Seconds that are left, 0 or more."""
        return max(0.0, self.ends - stopwatch())

    @property
    def is_spent(self) -> bool:
        """Whether no time is left."""
        return stopwatch() >= self.ends


def only_better(problem: Problem, tell: Tell) -> Tell:
    """Tell only what is worth more than all before: a model's values are not quite a plan's."""
    best = -1.0

    def tell_if_better(plan: Plan) -> None:
        nonlocal best
        value = met_shares(problem, plan)[0]
        if value > best:
            best = value
            tell(plan)

    return tell_if_better


class Contender(Protocol):
    """Plans until it is done or the budget is spent.

    Tells of each better plan as it finds it. Returns a share that by its own proof no plan
    can pass, or None if it proves nothing.
    """

    def __call__(self, problem: Problem, budget: Budget, tell: Tell) -> float | None:
        """Plan."""
        ...
