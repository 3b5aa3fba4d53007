"""The planner's own greedy start, and its search, both without bound and without prices."""

from functools import partial
from threading import Lock, Thread

from u24.bench.contenders.contender import Budget, Tell
from u24.domain.problem import Problem
from u24.planning.decode import plan_of
from u24.planning.grid import Grid, compile_problem
from u24.planning.search import Search

PARTS = 40  # of the time; after each the best plan so far is told


def greedy(problem: Problem, budget: Budget, tell: Tell) -> None:
    """Every vehicle takes its best next sortie, the best first."""
    grid = compile_problem(problem)
    search = _begin(problem, grid)
    search.greedy()
    search.back_to_best()
    tell(plan_of(grid, search.state))


def lns(problem: Problem, budget: Budget, tell: Tell) -> None:
    """Greedy, then large neighbourhoods on every thread, each from its own seed."""
    grid = compile_problem(problem)
    first = _begin(problem, grid)
    first.greedy()
    first.back_to_best()
    tell(plan_of(grid, first.state))
    searches = [first] + [
        Search(grid, first.world, first.copied_state()) for _ in range(budget.threads - 1)
    ]
    whole_s = budget.left_s()
    if whole_s <= 0:
        return
    shared = _Best(grid, tell, first.best_value)
    workers = [
        Thread(
            target=search.run_until,
            args=(
                lambda: 1.0 - budget.left_s() / whole_s,
                budget.seed + 1000 * i,
                partial(shared.look_at, search),
            ),
        )
        for i, search in enumerate(searches)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def _begin(problem: Problem, grid: Grid) -> Search:
    """A search up to the first mark."""
    ticks = min(grid.ticks, problem.worth.marks_s[0] // problem.tick_s)
    return Search(grid, grid.world._replace(ticks=ticks))


class _Best:
    """The best plan of all threads; told when it is better, and not too often."""

    def __init__(self, grid: Grid, tell: Tell, value: float) -> None:
        self._grid, self._tell, self._value = grid, tell, value
        self._lock = Lock()
        self._told_share = 0.0

    def look_at(self, search: Search, share: float) -> None:
        """Tell of this search's best plan if it is better than all before."""
        with self._lock:
            soon = share < 1.0 and share < self._told_share + 1 / PARTS
            if search.best_value > self._value + 1e-9 and not soon:
                self._value, self._told_share = search.best_value, share
                self._tell(plan_of(self._grid, search.best))
