"""The ladder of bounds that need no routes: who has it, who may, who reaches, who shares."""

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from u24.planning.bound import Fleet, fleets_of, ways_of
from u24.planning.grid import Grid
from u24.planning.kernels.pricing import Ways
from u24.planning.kernels.world import FAR, Floats, Ints


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
    problem = grid.problem
    out = np.zeros((len(problem.lots), len(problem.needs)), np.bool_)
    index_of = {lot.lot_id: i for i, lot in enumerate(problem.lots)}
    need_of = {need.need_id: n for n, need in enumerate(problem.needs)}
    for match in problem.matches:
        out[index_of[match.lot_id], need_of[match.need_id]] = True
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
    ways, _ = ways_of(grid)
    until = min(grid.ticks, grid.problem.worth.marks_s[0] // grid.problem.tick_s)
    done = _earliest_done(grid, ways, until)
    world = grid.world
    out = np.zeros((len(grid.problem.lots), len(grid.problem.needs)))
    drops = len(grid.drops)
    for member in sorted({trade[0] for trade in done}):
        for w in range(len(ways.ticks)):
            found = done.get((member, int(ways.of_class[w])))
            if found is None:
                continue
            pair = int(ways.pickup[w]) * drops + int(ways.drop[w])
            lots = slice(world.option_start[pair], world.option_start[pair + 1])
            o = np.arange(lots.start, lots.stop)
            o = o[_fits(grid, ways, w, world.option_lot[o])]
            if member >= 0:
                o = o[world.lot_member[world.option_lot[o]] == member]
            ready = world.option_ready[o]
            o, ready = o[ready <= until], ready[ready <= until]
            at = found[w, ready]
            o, at = o[at < FAR], at[at < FAR]
            arrive = at + world.onward_ticks[int(ways.drop[w]), world.option_need[o]]
            gain = world.gain[world.option_need[o], arrive]
            np.maximum.at(out, (world.option_lot[o], world.option_need[o]), gain)
    return out


def _fits(grid: Grid, ways: Ways, w: int, lots: Ints) -> npt.NDArray[np.bool_]:
    world, c = grid.world, int(ways.of_class[w])
    fits: npt.NDArray[np.bool_] = (
        (world.lot_pack_kg[lots] <= ways.payload_kg[w])
        & (world.lot_pack_l[lots] <= world.volume_l[c])
        & (world.lot_pack_people[lots] <= world.seats[c])
    )
    return fits


def _earliest_done(grid: Grid, ways: Ways, until: int) -> dict[tuple[int, int], Ints]:
    """Per (member, class): first tick unloaded by each way for cargo ready at each tick."""
    world = grid.world
    _, trades = ways_of(grid)
    open_at = _open_starts(grid, ways, until)
    out: dict[tuple[int, int], Ints] = {}
    for fleet in fleets_of(grid, until):
        trade = (fleet.member, fleet.of_class)
        table = out.setdefault(trade, np.full((len(ways.ticks), until + 1), FAR, np.int32))
        chosen = trades[trade][fleet.signature]
        first = _first_at_pickup(grid, ways, chosen, fleet)
        c = fleet.of_class
        for w in chosen:
            earliest = int(first[ways.pickup[w]])
            if earliest > until:
                continue
            ready = np.maximum(np.arange(until + 1), earliest)
            start = open_at[w, ready]
            done = start + int(world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c])
            table[w] = np.minimum(table[w], np.where(done <= fleet.until, done, FAR))
    return out


def _open_starts(grid: Grid, ways: Ways, until: int) -> Ints:
    """First start at or after each tick at which both ends of a way are open. Shape (w, t)."""
    world = grid.world
    out = np.full((len(ways.ticks), until + 2), FAR, np.int32)
    for w in range(len(ways.ticks)):
        c = int(ways.of_class[w])
        units, load = int(world.parking_units[c]), int(world.load_ticks[c])
        land = load + int(ways.ticks[w])
        ends = (
            (int(world.pickup_site[ways.pickup[w]]), 0, load),
            (int(world.drop_site[ways.drop[w]]), land, land + int(world.unload_ticks[c])),
        )
        for t in range(until, -1, -1):
            clear = all(
                (grid.slots[site, t + a : t + b] >= units).all() for site, a, b in ends
            )
            out[w, t] = t if clear else out[w, t + 1]
    return out


def _first_at_pickup(grid: Grid, ways: Ways, chosen: Ints, fleet: Fleet) -> Ints:
    """Earliest tick at each pick-up, directly or after earlier sorties. Shape (p,)."""
    world, c = grid.world, fleet.of_class
    first = fleet.opens + world.position_ticks[c, fleet.location].astype(np.int64)
    for _ in range(len(grid.drops)):
        before = first.copy()
        for w in chosen:
            p, g = int(ways.pickup[w]), int(ways.drop[w])
            if first[p] >= FAR:
                continue
            done = first[p] + world.load_ticks[c] + ways.ticks[w] + world.unload_ticks[c]
            after = done + world.position_ticks[c, int(world.drop_location[g])]
            first = np.minimum(first, after)
        if (first == before).all():
            break
    return np.minimum(first, FAR).astype(np.int32)


def _shared_stock(
    grid: Grid, cover: Floats, gain: Floats
) -> tuple[float, Floats, Floats, Floats]:
    """Linear programme: best sharing of all lots, each arriving as early as it ever could.

    Returns the share, the units each need gets, and the prices of needs and lots.
    """
    needs, lots = len(grid.problem.needs), len(grid.problem.lots)
    pairs = np.argwhere(gain > 0)
    cost, index, entry = [], [], []
    for i, n in pairs:
        for e in (0, 1):
            if grid.world.segment_units[n, e] <= 0:
                continue
            cost.append(-cover[i, n] * grid.world.segment_value[n, e] * gain[i, n])
            index += [2 * n + e, 2 * needs + i]
            entry += [cover[i, n], 1.0]
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(cost), 2 * needs + lots
    programme.col_cost_ = np.array(cost)
    programme.col_lower_ = np.zeros(len(cost))
    programme.col_upper_ = np.full(len(cost), highspy.kHighsInf)
    programme.row_lower_ = np.full(2 * needs + lots, -highspy.kHighsInf)
    programme.row_upper_ = np.concatenate(
        [grid.world.segment_units.ravel(), grid.lot_packs.astype(float)]
    )
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.arange(0, 2 * len(cost) + 1, 2, dtype=np.int32)
    programme.a_matrix_.index_ = np.array(index, np.int32)
    programme.a_matrix_.value_ = np.array(entry, np.float64)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(programme)
    solver.run()
    solution = solver.getSolution()
    duals = np.maximum(-np.array(solution.row_dual), 0.0)
    got = np.array(solution.row_value)[: 2 * needs].reshape(needs, 2).sum(axis=1)
    share = -float(solver.getInfo().objective_function_value)
    return share, got, duals[: 2 * needs].reshape(needs, 2), duals[2 * needs :]
