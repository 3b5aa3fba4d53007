"""The search for a good plan: greedy first, then large neighbourhoods, at any time a plan."""

from collections.abc import Callable

import numpy as np

from u24.planning.grid import Grid
from u24.planning.kernels.search import (
    copy_routes,
    insert_greedily,
    search,
)
from u24.planning.kernels.sortie import take
from u24.planning.kernels.world import State, World, scratch_for

FIRST_ROUNDS = 40
HEAT_SHARE = 6e-3  # of the value: the first temperature
FEW_LANES = (15, 100)
COOLING = 0.01  # the last temperature over the first


class Search:
    """One state on its way to a better one. The best routes are kept apart.

    ``kept`` sorties at the head of each vehicle's route stay as they are: commitments.
    """

    def __init__(self, grid: Grid, world: World | None = None, state: State | None = None) -> None:
        self.grid = grid
        self.world = world or grid.world
        self.state = state or grid.empty_state()
        self.best = grid.empty_state()
        self._backup = grid.empty_state()
        self._free = self.state._replace(
            slots_left=grid.slots,
            lorries_left=grid.lorries,
            need_left=grid.world.segment_units.copy(),
        )
        self.kept = self.state.sorties.copy()
        self._scratch = scratch_for(len(self.kept), len(grid.problem.needs))
        self.rounds = 0
        self.value = self._value_of_routes()
        self.best_value = self.value
        copy_routes(self.state, self.best)

    def greedy(self, thrift: float = 0.0, *, few_lanes_first: bool = False) -> float:
        """Fill every vehicle greedily; returns the value.

        With ``few_lanes_first`` vehicles that can use few lanes choose before the others:
        what only they can carry would otherwise find its slots and lorries taken.
        """
        lanes = np.diff(self.world.lane_start)[self.world.vehicle_signature]
        everyone = np.arange(len(lanes), dtype=np.int32)
        groups = [everyone]
        if few_lanes_first:
            groups = [everyone[lanes < few] for few in FEW_LANES] + groups
        for group in groups:
            if len(group):
                self._scratch.chosen[: len(group)] = group
                self.value += insert_greedily(
                    self.world, self.state, len(group), 1.0, 1.0, 1, 0.0, 1.0, thrift,
                    self._scratch,
                )  # fmt: skip
        self._keep_if_better()
        self.rounds += 1
        return self.value

    def run(self, rounds: int, seed: int, heat: tuple[float, float]) -> float:
        """``rounds`` rounds of large neighbourhood search; returns the best value."""
        if len(self.state.sorties) == 0 or rounds < 1:
            return self.best_value
        self.value, self.best_value = search(
            self.world,
            self.state,
            self._free,
            self.best,
            self._backup,
            self.kept,
            self._scratch,
            self.value,
            self.best_value,
            rounds,
            seed + self.rounds,
            heat,
        )
        self.rounds += rounds
        return self.best_value

    def run_until(
        self, done_share: Callable[[], float], seed: int, on_progress: Callable[[float], None]
    ) -> float:
        """Search until ``done_share()`` reaches 1, cooling as it rises."""
        first = max(self.best_value, 1e-3) * HEAT_SHARE
        rounds = FIRST_ROUNDS
        share = done_share()
        while share < 1.0 and len(self.state.sorties):
            before = share
            heat = first * COOLING**share
            self.run(rounds, seed, (heat, heat * 0.95))
            share = done_share()
            on_progress(min(share, 1.0))
            step = max(share - before, 1e-6)
            rounds = max(4, min(4 * rounds, int(rounds * 0.04 / step)))
        return self.best_value

    def back_to_best(self) -> None:
        """Make the best routes the present state again, with what is left recomputed."""
        fresh = self.grid.empty_state()
        for name in ("slots_left", "lorries_left", "need_left", "lot_left"):
            getattr(self.state, name)[:] = getattr(fresh, name)
        copy_routes(self.best, self.state)
        self.value = self._value_of_routes(take_all=True)
        self.best_value = self.value

    def copied_state(self) -> State:
        """A copy of the present state, for another search to begin from."""
        return State(**{name: array.copy() for name, array in self.state._asdict().items()})

    def take_over(self, other: "Search") -> None:
        """Take the best routes of another search on the same grid."""
        copy_routes(other.best, self.best)
        self.back_to_best()

    def adopt_state(self) -> None:
        """Take the present state as the best: its loads were improved from outside."""
        self.value = self._value_of_routes()
        self.best_value = self.value
        copy_routes(self.state, self.best)

    def _value_of_routes(self, *, take_all: bool = False) -> float:
        """Value of all routes; with ``take_all`` what they use is taken from a fresh state."""
        total = 0.0
        for k in range(len(self.state.sorties)):
            for j in range(self.state.sorties[k]):
                value = take(self.world, self.state, k, j, 1)
                if not take_all:
                    take(self.world, self.state, k, j, -1)
                total += value
        return total

    def _keep_if_better(self) -> None:
        if self.value > self.best_value + 1e-12:
            self.best_value = self.value
            copy_routes(self.state, self.best)
