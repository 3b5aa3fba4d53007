"""The linear programme over routes: it chooses among those found and prices what is scarce."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import highspy
import numpy as np

from u24.planning.fleets import Fleet
from u24.planning.grid import Grid
from u24.planning.kernels.world import Floats

# prices of needs (n, 2), lots (l,), slots (sites, t) and lorries (g, t)
Dear = tuple[Floats, Floats, Floats, Floats]


@dataclass(frozen=True, slots=True)
class Column:
    """One route of one fleet: what it earns and what it uses."""

    fleet: int
    sorties: tuple[tuple[int, int], ...]  # (way, start)
    value: float
    units: dict[tuple[int, int], float] = field(hash=False)
    packs: dict[int, float] = field(hash=False)
    slots: dict[tuple[int, int], int] = field(hash=False)
    lorries: dict[tuple[int, int], float] = field(hash=False)


class Programme:
    """The linear programme over the routes found so far, solved warm each time."""

    def __init__(self, grid: Grid, fleets: list[Fleet]) -> None:
        self.grid = grid
        self.needs = len(grid.problem.needs)
        self.lots = len(grid.problem.lots)
        self.columns: list[Column] = []
        self.timed_rows: dict[tuple[str, int, int], int] = {}
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.solver.setOptionValue("threads", 1)
        infinite = highspy.kHighsInf
        empty = np.array([], np.int32), np.array([])
        tops = [*grid.world.segment_units.ravel(), *grid.lot_packs, *(f.count for f in fleets)]
        for top in tops:
            self.solver.addRow(-infinite, float(top), 0, *empty)
        self.first_fleet = 2 * self.needs + self.lots

    def add(self, column: Column) -> None:
        """One more route to choose from."""
        rows = {2 * n + e: u for (n, e), u in column.units.items()}
        rows |= {2 * self.needs + lot: packs for lot, packs in column.packs.items()}
        rows[self.first_fleet + column.fleet] = 1.0
        for kind, uses in (("slot", column.slots), ("lorry", column.lorries)):
            for key, used in uses.items():
                if (kind, *key) in self.timed_rows:
                    rows[self.timed_rows[(kind, *key)]] = float(used)
        index = np.array(list(rows), np.int32)
        self.solver.addCol(
            -column.value, 0.0, highspy.kHighsInf, len(index), index, np.array(list(rows.values()))
        )
        self.columns.append(column)

    def solve(self) -> tuple[float, Dear]:
        """Value and prices; rows of slots and lorries join as they are overrun."""
        while True:
            self.solver.run()
            if not self._add_overrun_rows():
                break
        duals = -np.array(self.solver.getSolution().row_dual)
        duals = np.maximum(duals, 0.0)
        need = duals[: 2 * self.needs].reshape(self.needs, 2).copy()
        lot = duals[2 * self.needs : self.first_fleet].copy()
        until = self.grid.problem.worth.marks_s[0] // self.grid.problem.tick_s
        slot = np.zeros((len(self.grid.sites), min(self.grid.ticks, until) + 1))
        lorry = np.zeros_like(self.grid.lorries, dtype=np.float64)
        for (kind, place, t), row in self.timed_rows.items():
            (slot if kind == "slot" else lorry)[place, t] = duals[row]
        value = -float(self.solver.getInfo().objective_function_value)
        return value, (need, lot, slot, lorry)

    def _add_overrun_rows(self) -> bool:
        """Rows for slots and lorries that the chosen routes together overrun."""
        if not self.columns:
            return False
        chosen = np.array(self.solver.getSolution().col_value)
        used: dict[tuple[str, int, int], float] = {}
        for i in np.flatnonzero(chosen > 1e-9):
            for kind, uses in _timed(self.columns[i]):
                for key, units in uses.items():
                    name = (kind, *key)
                    used[name] = used.get(name, 0.0) + units * float(chosen[i])
        over = [
            name
            for name, units in sorted(used.items())
            if name not in self.timed_rows and units > self._limit(name) + 1e-7
        ]
        for name in over:
            kind, key = name[0], name[1:]
            self.timed_rows[name] = self.solver.getNumRow()
            entries = [
                (i, float(uses[key]))
                for i, column in enumerate(self.columns)
                for found, uses in _timed(column)
                if found == kind and key in uses
            ]
            self.solver.addRow(
                -highspy.kHighsInf,
                self._limit(name),
                len(entries),
                np.array([i for i, _ in entries], np.int32),
                np.array([u for _, u in entries]),
            )
        return bool(over)

    def _limit(self, name: tuple[str, int, int]) -> float:
        limits = self.grid.slots if name[0] == "slot" else self.grid.lorries
        return float(limits[name[1], name[2]])


def _timed(column: Column) -> tuple[tuple[str, Mapping[tuple[int, int], float]], ...]:
    return ("slot", column.slots), ("lorry", column.lorries)
