"""The ladder of bounds that need no routes: who has it, who may, who reaches, who shares."""

from dataclasses import dataclass
from datetime import timedelta

import highspy
import numpy as np
import numpy.typing as npt

from u24.planning.fleets import fleets_of, ways_of
from u24.planning.grid import Grid
from u24.planning.kernels.reach import open_starts, reach_by_fleet
from u24.planning.kernels.world import FAR, Floats

# One pack of many is worth a millionth; the solver takes what is below 1e-7 as nothing and
# would stop early, and its value would be no bound. So it counts in millionths.
FINE = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Shares of the weighted need that stay possible, step by step; each at most the last.

    Per need and segment: ``has_units`` in all offers of the kind, ``may_units`` permitted,
    ``reach_units`` that can arrive by the first mark if this need were alone.
    """

    has_share: float
    may_share: float
    reach_share: float
    stock_share: float
    has_units: Floats  # (n,)
    may_units: Floats
    reach_units: Floats
    stock_units: Floats
    best_gain: Floats  # (l, n) 0 where the lot cannot reach the need by the mark
    need_price: Floats  # (n, 2) of the shared stock
    lot_price: Floats  # (l,)


def climb(grid: Grid) -> Ladder:
    """All steps of the ladder for the first mark."""
    cover = _cover_matrix(grid)
    may = _permitted(grid)
    gain = best_gains(grid)
    packs = grid.lot_packs.astype(float)
    has_units = packs @ cover
    may_units = packs @ np.where(may, cover, 0.0)
    reach_units = packs @ np.where(gain > 0, cover, 0.0)
    share, stock_units, need_price, lot_price = _shared_stock(grid, cover, gain)
    alone = _alone_share(grid, cover, gain)
    return Ladder(
        has_share=_share(grid, has_units),
        may_share=_share(grid, may_units),
        reach_share=alone,
        stock_share=min(share, alone),
        has_units=has_units,
        may_units=may_units,
        reach_units=reach_units,
        stock_units=stock_units,
        best_gain=gain,
        need_price=need_price,
        lot_price=lot_price,
    )


def _cover_matrix(grid: Grid) -> Floats:
    """Units of need n in one pack of lot l, by kind and substitute alone. Shape (l, n)."""
    problem = grid.problem
    out = np.zeros((len(problem.lots), len(problem.needs)))
    by_kind: dict[str, list[int]] = {}
    for i, lot in enumerate(problem.lots):
        by_kind.setdefault(lot.kind, []).append(i)
    for n, need in enumerate(problem.needs):
        for kind, factor in [(s.kind, s.factor_share) for s in need.substitutes] + [
            (need.kind, 1.0)
        ]:
            for i in by_kind.get(kind, []):
                out[i, n] = problem.lots[i].pack_units * factor
    index_of = {lot.lot_id: i for i, lot in enumerate(problem.lots)}
    need_of = {need.need_id: n for n, need in enumerate(problem.needs)}
    for match in problem.matches:
        i = index_of[match.lot_id]
        out[i, need_of[match.need_id]] = problem.lots[i].pack_units * match.factor_share
    return out


def _permitted(grid: Grid) -> npt.NDArray[np.bool_]:
    """Whether a lot may go to a need, and before the first mark: waiting for a yes is no reach."""
    problem = grid.problem
    mark_at = problem.t0_at + timedelta(seconds=problem.worth.marks_s[0])
    out = np.zeros((len(problem.lots), len(problem.needs)), np.bool_)
    index_of = {lot.lot_id: i for i, lot in enumerate(problem.lots)}
    need_of = {need.need_id: n for n, need in enumerate(problem.needs)}
    for match in problem.matches:
        opens = any(from_at < mark_at for from_at, _ in match.windows)
        out[index_of[match.lot_id], need_of[match.need_id]] = opens
    return out


def _share(grid: Grid, units: Floats) -> float:
    """Value of so many units of each need, all in full time."""
    first = np.minimum(units, grid.world.segment_units[:, 0])
    rest = np.minimum(units - first, grid.world.segment_units[:, 1])
    return float((first * grid.world.segment_value[:, 0]).sum()) + float(
        (rest * grid.world.segment_value[:, 1]).sum()
    )


def _alone_share(grid: Grid, cover: Floats, gain: Floats) -> float:
    """Value if each need had all lots that reach it to itself, best arrivals first."""
    total = 0.0
    for n in range(len(grid.problem.needs)):
        left = grid.world.segment_units[n].copy()
        for i in np.argsort(-gain[:, n], kind="stable"):
            if gain[i, n] <= 0 or left.sum() <= 0:
                break
            units = float(grid.lot_packs[i]) * cover[i, n]
            for e in (0, 1):
                used = min(units, left[e])
                left[e] -= used
                units -= used
                total += used * grid.world.segment_value[n, e] * gain[i, n]
    return total


def best_gains(grid: Grid) -> Floats:
    """What the earliest possible arrival of each lot counts for each need. Shape (l, n)."""
    ways, trades = ways_of(grid)
    until = min(grid.ticks, grid.problem.worth.marks_s[0] // grid.problem.tick_s)
    open_at = np.full((len(ways.ticks), until + 2), FAR, np.int32)
    open_starts(grid.world, ways, grid.slots, until, open_at)
    first = np.zeros(len(grid.pickups), np.int64)
    out = np.zeros((len(grid.problem.lots), len(grid.problem.needs)))
    for fleet in fleets_of(grid, until):
        chosen = trades[(fleet.member, fleet.of_class)][fleet.signature]
        window = (fleet.of_class, fleet.location, fleet.opens, fleet.until, fleet.member)
        reach_by_fleet(grid.world, ways, chosen, open_at, window, until, first, out)
    return out


def _shared_stock(grid: Grid, cover: Floats, gain: Floats) -> tuple[float, Floats, Floats, Floats]:
    """Linear programme: best sharing of all lots, each arriving as early as it ever could.

    Returns the share, the units each need gets, and the prices of needs and lots.
    """
    needs = len(grid.problem.needs)
    no_prices = np.zeros((needs, 2)), np.zeros(len(grid.problem.lots))
    if not (gain > 0).any():
        return 0.0, np.zeros(needs), *no_prices
    solver = _stock_solver(grid, cover, gain)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return 1.0, np.full(needs, np.inf), *no_prices  # not solved, its value bounds nothing
    solution = solver.getSolution()
    rows = 2 * needs + len(grid.problem.lots)
    duals = np.maximum(-np.array(solution.row_dual), 0.0) / FINE
    got = np.array(solution.row_value)[: 2 * needs].reshape(needs, 2).sum(axis=1)
    share = -float(solver.getInfo().objective_function_value) / FINE
    return share, got, duals[: 2 * needs].reshape(needs, 2).copy(), duals[2 * needs : rows].copy()


def _stock_solver(grid: Grid, cover: Floats, gain: Floats) -> highspy.Highs:
    """Columns: packs of each lot for each segment it reaches. Rows: segments, then lots."""
    needs, lots = len(grid.problem.needs), len(grid.problem.lots)
    units, value = grid.world.segment_units, grid.world.segment_value
    cost, index, entry = [], [], []
    for i, n in np.argwhere(gain > 0):
        for e in (0, 1):
            if units[n, e] > 0:
                cost.append(-FINE * cover[i, n] * value[n, e] * gain[i, n])
                index += [2 * n + e, 2 * needs + i]
                entry += [cover[i, n], 1.0]
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(cost), 2 * needs + lots
    programme.col_cost_ = np.array(cost)
    programme.col_lower_ = np.zeros(len(cost))
    programme.col_upper_ = np.full(len(cost), highspy.kHighsInf)
    programme.row_lower_ = np.full(2 * needs + lots, -highspy.kHighsInf)
    programme.row_upper_ = np.concatenate([units.ravel(), grid.lot_packs.astype(float)])
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.arange(0, 2 * len(cost) + 1, 2, dtype=np.int32)
    programme.a_matrix_.index_ = np.array(index, np.int32)
    programme.a_matrix_.value_ = np.array(entry, np.float64)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(programme)
    return solver
