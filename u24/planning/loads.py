"""The exact load: given the sorties, which packs fly on which one. A small integer programme."""

from dataclasses import dataclass

import highspy
import numpy as np

from u24.planning.grid import Grid
from u24.planning.kernels.sortie import lorry_share, take
from u24.planning.kernels.world import MOST_LOADS, Floats, State, World

WHOLE_FROM_KG = 400.0  # heavier packs are whole numbers in the programme, lighter round down
GAP = 1e-4
TIGHT_SHARE = 0.5  # of a lorry pool in use: then its lorries are part of the programme


@dataclass(frozen=True, slots=True)
class _Sortie:
    k: int
    j: int
    c: int
    p: int
    g: int
    start: int
    done: int


class _Rows:
    """Rows of the programme by name, with their upper limits."""

    def __init__(self) -> None:
        self.number: dict[tuple[object, ...], int] = {}
        self.upper: list[float] = []

    def __call__(self, name: tuple[object, ...], upper: float) -> int:
        if name not in self.number:
            self.number[name] = len(self.upper)
            self.upper.append(upper)
        return self.number[name]


class ExactLoad:
    """Builds and solves the programme for the sorties ``state`` holds beyond ``kept``."""

    def __init__(self, grid: Grid, world: World, state: State) -> None:
        self.grid, self.world, self.state = grid, world, state
        self.rows = _Rows()
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.start: list[int] = [0]
        self.index: list[int] = []
        self.entry: list[float] = []
        self.meaning: dict[int, tuple[int, int]] = {}  # column -> (sortie, option)
        self.sorties = self._sorties()
        self.tight = self._tight_pools()

    def improve(self, *, seconds: float | None, nodes: int | None) -> bool:
        """Replace the loads by better ones, if the programme finds them; whether it did."""
        before = self._value()
        for s in range(len(self.sorties)):
            self._options_of(s)
        self._waste_columns()
        if not self.meaning:
            return False
        chosen = self._solve(seconds, nodes)
        if chosen is None:
            return False
        old = self.state.loads.copy(), self.state.load_option.copy(), self.state.load_packs.copy()
        self._give_back()
        self._write(chosen)
        after = self._take_all()
        if after > before + 1e-9 and self._holds():
            return True
        self._give_back()
        for array, saved in zip(
            (self.state.loads, self.state.load_option, self.state.load_packs), old, strict=True
        ):
            array[:] = saved
        self._take_all()
        return False

    def _sorties(self) -> list[_Sortie]:
        found = []
        world, state = self.world, self.state
        for k in range(len(state.sorties)):
            c = int(world.vehicle_class[k])
            for j in range(int(state.sorties[k])):
                p, g, start = (
                    int(state.pickup[k, j]), int(state.drop[k, j]), int(state.start[k, j])
                )  # fmt: skip
                done = start + int(
                    world.load_ticks[c] + world.lane_ticks[c, p, g] + world.unload_ticks[c]
                )
                found.append(_Sortie(k, j, c, p, g, start, done))
        return found

    def _tight_pools(self) -> set[int]:
        most = self.grid.lorries.max(axis=1, initial=0)
        least = self.state.lorries_left.min(axis=1, initial=0)
        return {
            g for g in range(len(most)) if most[g] > 0 and least[g] < (1 - TIGHT_SHARE) * most[g]
        }

    def _options_of(self, s: int) -> None:
        sortie, world = self.sorties[s], self.world
        member = int(world.vehicle_member[sortie.k])
        pair = sortie.p * len(self.grid.drops) + sortie.g
        for o in range(world.option_start[pair], world.option_start[pair + 1]):
            lot, n = int(world.option_lot[o]), int(world.option_need[o])
            if not world.option_ready[o] <= sortie.start <= world.option_expiry[o]:
                continue
            if member >= 0 and world.lot_member[lot] != member:
                continue
            e = int(world.option_segment[o])
            worth = float(world.gain[n, sortie.done + world.onward_ticks[sortie.g, n]])
            value = float(world.option_cover[o] * world.segment_value[n, e]) * worth
            if value <= 0 or world.segment_units[n, e] <= 0:
                continue
            self._option_column(s, o, value)

    def _option_column(self, s: int, o: int, value: float) -> None:
        sortie, world = self.sorties[s], self.world
        lot, n, e = (
            int(world.option_lot[o]), int(world.option_need[o]), int(world.option_segment[o])
        )  # fmt: skip
        kg, people = float(world.lot_pack_kg[lot]), float(world.lot_pack_people[lot])
        litres = float(world.lot_pack_l[lot])
        payload = float(world.lane_payload_kg[sortie.c, sortie.p, sortie.g])
        volume, seats = float(world.volume_l[sortie.c]), float(world.seats[sortie.c])
        if kg > payload or litres > volume or people > seats:
            return
        rows = [
            (self.rows(("lot", lot), float(self.grid.lot_packs[lot])), 1.0),
            (self.rows(("need", n, e), float(world.segment_units[n, e])), world.option_cover[o]),
            (self.rows(("kg", s), 1.0), kg / payload),
            (self.rows(("l", s), 1.0), litres / volume),
        ]
        if people > 0:
            rows.append((self.rows(("seats", s), 1.0), people / seats))
        if world.onward_ticks[sortie.g, n] > 0 and sortie.g in self.tight:
            rows.append((self._lorries(s, n), lorry_share(world, sortie.g, lot)))
        most = min(
            float(self.grid.lot_packs[lot]),
            float(np.ceil(world.segment_units[n, e] / world.option_cover[o] - 1e-9)),
        )
        self.meaning[len(self.cost)] = (s, o)
        self._column(-value, most, rows, whole=kg >= WHOLE_FROM_KG or people > 0)

    def _lorries(self, s: int, n: int) -> int:
        """Row that ties shares of lorries to whole lorries of one sortie and need."""
        name = ("trip", s, n)
        if name in self.rows.number:
            return self.rows.number[name]
        sortie = self.sorties[s]
        row = self.rows(name, 0.0)
        pool = float(self.grid.lorries[sortie.g, 0])
        away = 2 * int(self.world.onward_ticks[sortie.g, n])
        entries = [(row, -1.0)]
        entries += [
            (self.rows(("pool", sortie.g, t), pool), 1.0)
            for t in range(sortie.done, sortie.done + away)
        ]
        self._column(0.0, pool, entries, whole=True)
        return row

    def _waste_columns(self) -> None:
        """What a last pack carries beyond its segment may be wasted, at its full worth."""
        for name, row in list(self.rows.number.items()):
            if name[0] == "need":
                n, e = int(str(name[1])), int(str(name[2]))
                rate = float(self.world.segment_value[n, e])
                self._column(rate, highspy.kHighsInf, [(row, -1.0)], whole=False)

    def _column(
        self, cost: float, upper: float, rows: list[tuple[int, float]], *, whole: bool
    ) -> None:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        for row, entry in rows:
            self.index.append(row)
            self.entry.append(float(entry))
        self.start.append(len(self.index))

    def _solve(self, seconds: float | None, nodes: int | None) -> Floats | None:
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.cost), len(self.rows.upper)
        programme.col_cost_ = np.array(self.cost)
        programme.col_lower_ = np.zeros(len(self.cost))
        programme.col_upper_ = np.array(self.upper)
        programme.row_lower_ = np.full(len(self.rows.upper), -highspy.kHighsInf)
        programme.row_upper_ = np.array(self.rows.upper)
        programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        programme.a_matrix_.start_ = np.array(self.start, np.int32)
        programme.a_matrix_.index_ = np.array(self.index, np.int32)
        programme.a_matrix_.value_ = np.array(self.entry)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        programme.integrality_ = [kinds[whole] for whole in self.whole]
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_rel_gap", GAP)
        if seconds is not None:
            solver.setOptionValue("time_limit", max(0.05, seconds))
        if nodes is not None:
            solver.setOptionValue("mip_max_nodes", nodes)
        solver.passModel(programme)
        solver.setSolution(
            len(self.meaning), np.array(list(self.meaning), np.int32), self._present_loads()
        )
        solver.run()
        values = np.array(solver.getSolution().col_value)
        return values if len(values) == len(self.cost) else None

    def _present_loads(self) -> Floats:
        """Packs as loaded now, in the order of the option columns, for the solver to begin from."""
        packs: dict[tuple[int, int], float] = {}
        for s, sortie in enumerate(self.sorties):
            for i in range(int(self.state.loads[sortie.k, sortie.j])):
                option = int(self.state.load_option[sortie.k, sortie.j, i])
                packs[(s, option)] = float(self.state.load_packs[sortie.k, sortie.j, i])
        return np.array([packs.get(meaning, 0.0) for meaning in self.meaning.values()])

    def _write(self, chosen: Floats) -> None:
        """Write the chosen packs into the state, within the most loads a sortie can list."""
        loads: dict[int, list[tuple[int, int]]] = {}
        for column, (s, o) in self.meaning.items():
            packs = int(np.floor(chosen[column] + 1e-6))
            if packs > 0:
                loads.setdefault(s, []).append((o, packs))
        for s, sortie in enumerate(self.sorties):
            mine = sorted(loads.get(s, []))[:MOST_LOADS]
            self.state.loads[sortie.k, sortie.j] = len(mine)
            for i, (o, packs) in enumerate(mine):
                self.state.load_option[sortie.k, sortie.j, i] = o
                self.state.load_packs[sortie.k, sortie.j, i] = packs

    def _holds(self) -> bool:
        return bool(
            (self.state.lorries_left >= 0).all()
            and (self.state.lot_left >= 0).all()
            and (self.state.slots_left >= 0).all()
        )

    def _value(self) -> float:
        self._give_back()
        return self._take_all()

    def _give_back(self) -> None:
        for sortie in self.sorties:
            take(self.world, self.state, sortie.k, sortie.j, -1)

    def _take_all(self) -> float:
        """Value of all loads; what exceeds a segment is worth nothing."""
        value = sum(take(self.world, self.state, s.k, s.j, 1) for s in self.sorties)
        over = np.maximum(-self.state.need_left, 0.0)
        return float(value - (over * self.world.segment_value).sum())
