"""The whole of planning: ladder, search beside bound, exact load, later marks, the check."""

import threading
from dataclasses import dataclass

import numpy as np

from u24.domain.answer import Planned, Score
from u24.domain.plan import Plan
from u24.domain.problem import Problem
from u24.planning.bound import Bound, ColumnGeneration
from u24.planning.checker import met_shares
from u24.planning.decode import plan_of
from u24.planning.explain import Explanation, losses_of
from u24.planning.grid import Grid, compile_problem, gains, guided
from u24.planning.kernels.world import World
from u24.planning.ladder import Ladder, climb
from u24.planning.limits import Limits, Progress, Stopwatch, no_progress
from u24.planning.loads import ExactLoad
from u24.planning.programme import Dear
from u24.planning.published import certificate_of
from u24.planning.search import COOLING, HEAT_SHARE, Search

SEARCH_SHARE = 0.84  # of the time: search beside bound
LOAD_SHARE = 0.10  # then the exact load
# When the programme has come so near to the bound, more rounds could lower it by no more
# than the rest; with little time the search is the better use of it.
HOPELESS_SHARE = 0.95
HOPELESS_SHARE_WITH_TIME = 0.998
MUCH_TIME_S = 10.0
ROUNDS_PER_BOUND_ROUND = 40  # of the search, under a work limit
MOST_NODES = 5  # of the exact load, under a work limit
# With less, writing the exact load down would take what the search makes better use of.
EXACT_LOAD_FROM_WORK = 5_000  # rounds
EXACT_LOAD_FROM_S = 10.0


def plan_problem(
    problem: Problem,
    limits: Limits,
    stopwatch: Stopwatch,
    progress: Progress = no_progress,
) -> Planned:
    """Plan, bound and explain one problem. At any limit there is a plan and a valid bound.

    Parameters
    ----------
    problem
        The words of the plan problem.
    limits
        Seconds of wall time, or rounds of work for the same bytes each time.
    stopwatch
        Seconds, rising; a room does not know the time.
    progress
        Told the stage, how much of it is done, and of how much.

    Returns
    -------
    Planned
        The plan holds every rule of the checker; the bound is proven for the grid of
        ``problem.tick_s`` and for sorties of one pick-up and one drop.
    """
    if not problem.needs:
        nothing = tuple(0.0 for _ in problem.worth.marks_s)
        return Planned(plan=Plan(), score=Score(met_shares=nothing, bound_share=0.0, losses=()))
    return _Planner(problem, limits, stopwatch, progress).run()


@dataclass
class _Time:
    """Shares of the limit, by clock or by rounds."""

    limits: Limits
    stopwatch: Stopwatch
    begun: float

    @property
    def by_work(self) -> bool:
        return self.limits.work is not None

    def spent_share(self) -> float:
        return (self.stopwatch() - self.begun) / float(self.limits.seconds or 1.0)

    def left_s(self) -> float:
        return float(self.limits.seconds or 0.0) * (1.0 - self.spent_share())


class _Planner:
    def __init__(
        self, problem: Problem, limits: Limits, stopwatch: Stopwatch, progress: Progress
    ) -> None:
        self.problem = problem
        self.time = _Time(limits, stopwatch, stopwatch())
        self.seed = limits.seed
        self.progress = progress
        progress("grid", 0, 1)
        self.grid: Grid = compile_problem(problem)
        self.first_mark = min(self.grid.ticks, problem.worth.marks_s[0] // problem.tick_s)

    def _first_world(self, ladder: Ladder) -> World:
        """The world up to the first mark, guided by the prices of the shared stock."""
        world = guided(self.grid, ladder.need_price, ladder.lot_price, ladder.best_gain)
        return world._replace(ticks=self.first_mark)

    def run(self) -> Planned:
        ladder = climb(self.grid)
        self.progress("first plan", 0, 1)
        search = Search(self.grid, self._first_world(ladder))
        search.greedy(thrift=1.0, few_lanes_first=True)
        bounds = ColumnGeneration(self.grid, (ladder.need_price, ladder.lot_price))
        bounds.seed(search.state)
        bound = self._search_beside_bound(search, bounds, ladder)
        self._exact_load(search)
        search.back_to_best()
        self._polish(search)
        later = self._later_marks(search)
        plan = plan_of(self.grid, later.state)
        shares = met_shares(self.problem, plan)
        possible = min(1.0, max(shares[0], min(bound.share, ladder.stock_share)))
        explained = Explanation(self.grid, ladder, bound, bounds, later.state)
        return Planned(
            plan=plan,
            score=Score(
                met_shares=shares,
                bound_share=float(possible),
                losses=losses_of(ladder, possible, shares[0]),
            ),
            shortages=explained.shortages(plan),
            changes=explained.changes(),
            stayed=explained.stayed(),
            work=search.rounds + later.rounds,
            certificate=certificate_of(self.grid, _proving_prices(ladder, bound)),
        )

    def _search_beside_bound(
        self, search: Search, bounds: ColumnGeneration, ladder: Ladder
    ) -> Bound:
        """The search in a thread of its own, the bound here; neither looks at the other.

        When the bound cannot fall much more, this thread searches too, from another seed.
        """
        second = Search(self.grid, search.world, search.copied_state())
        if self.time.by_work:
            return self._search_by_rounds(search, second, bounds)
        worker = threading.Thread(target=self._search_by_time, args=(search, self.seed))
        worker.start()

        much = float(self.time.limits.seconds or 0.0) >= MUCH_TIME_S
        near = HOPELESS_SHARE_WITH_TIME if much else HOPELESS_SHARE

        def enough(_: int) -> bool:
            reached = max(bounds.value, search.best_value)
            hopeless = reached >= near * min(bounds.share, ladder.stock_share)
            return hopeless or self.time.spent_share() >= SEARCH_SHARE

        found = bounds.run(stop=enough)
        self._search_by_time(second, self.seed + 1)
        worker.join()
        if second.best_value > search.best_value:
            search.take_over(second)
        return found

    def _search_by_rounds(self, search: Search, second: Search, bounds: ColumnGeneration) -> Bound:
        """As by time, but every part does the same work whatever the machine is doing."""
        rounds = int(self.time.limits.work or 0)
        workers = [
            threading.Thread(target=self._search_by_work, args=(each, rounds // 2, self.seed + i))
            for i, each in enumerate((search, second))
        ]
        for worker in workers:
            worker.start()
        found = bounds.run(stop=lambda done: done >= 2 + rounds // ROUNDS_PER_BOUND_ROUND)
        for worker in workers:
            worker.join()
        if second.best_value > search.best_value:
            search.take_over(second)
        return found

    def _search_by_time(self, search: Search, seed: int) -> None:
        begun = self.time.spent_share()
        if begun < SEARCH_SHARE:
            search.run_until(
                lambda: (self.time.spent_share() - begun) / (SEARCH_SHARE - begun),
                seed,
                lambda share: self.progress("search", share, 1.0),
            )

    def _search_by_work(self, search: Search, rounds: int, seed: int) -> None:
        parts = 20
        done = 0

        def share() -> float:
            return done / parts

        first = max(search.best_value, 1e-3) * HEAT_SHARE
        for part in range(parts):
            heat = first * COOLING ** share()
            search.run(rounds // parts, seed, (heat, heat * 0.95))
            done = part + 1
            self.progress("search", share(), 1.0)

    def _exact_load(self, search: Search) -> None:
        limits = self.time.limits
        if self.time.by_work:
            enough = int(limits.work or 0) >= EXACT_LOAD_FROM_WORK
        else:
            enough = float(limits.seconds or 0.0) >= EXACT_LOAD_FROM_S
        if not enough:
            return
        self.progress("exact load", 0, 1)
        search.back_to_best()
        programme = ExactLoad(self.grid, search.world, search.state)
        if self.time.by_work:
            better = programme.improve(seconds=None, nodes=MOST_NODES)
        else:
            better = programme.improve(
                seconds=LOAD_SHARE * float(limits.seconds or 0.0), nodes=None
            )
        if better:
            search.adopt_state()

    def _polish(self, search: Search) -> None:
        """A little more search from the exact loads."""
        heat = max(search.best_value, 1e-3) * 4e-6
        if self.time.by_work:
            search.run(int(self.time.limits.work or 0) // 10, self.seed, (heat, heat / 10))
        else:
            until = SEARCH_SHARE + LOAD_SHARE + (1 - SEARCH_SHARE - LOAD_SHARE) / 2
            begun = self.time.spent_share()
            if begun < until:
                search.run_until(
                    lambda: (self.time.spent_share() - begun) / (until - begun),
                    self.seed,
                    lambda _: None,
                )
        search.back_to_best()

    def _later_marks(self, search: Search) -> Search:
        """Go on after the first mark; what serves the first mark stays as it is."""
        marks = self.problem.worth.marks_s[1:]
        if not marks:
            return search
        self.progress("later marks", 0, 1)
        length = self.grid.world.gain.shape[1]
        world = self.grid.world._replace(gain=gains(self.problem, marks, length))
        later = Search(self.grid, world, search.state)
        later.greedy()
        heat = max(later.best_value, 1e-3) * 1e-4
        if self.time.by_work:
            later.run(int(self.time.limits.work or 0) // 4, self.seed, (heat, heat / 100))
        else:
            begun = self.time.spent_share()
            if begun < 1.0:
                later.run_until(
                    lambda: (self.time.spent_share() - begun) / max(1e-6, 1.0 - begun),
                    self.seed,
                    lambda share: self.progress("later marks", share, 1.0),
                )
        later.back_to_best()
        return later


def _proving_prices(ladder: Ladder, bound: Bound) -> Dear:
    """The prices that gave the bound: of the routes, or of the shared stock alone."""
    if bound.share <= ladder.stock_share:
        return bound.prices
    _, _, slot, lorry = bound.prices
    return ladder.need_price, ladder.lot_price, np.zeros_like(slot), np.zeros_like(lorry)


def warm_up(progress: Progress = no_progress) -> None:
    """Compile every loop once, so that the first plan is not the one that waits."""
    from u24.planning.rehearsal import rehearsal_problem  # noqa: PLC0415

    problem = rehearsal_problem()
    steps = iter(range(10_000))
    plan_problem(
        problem,
        Limits(work=40),
        stopwatch=lambda: float(np.float64(next(steps))),
        progress=progress,
    )
