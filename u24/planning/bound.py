"""The proven bound: column generation over whole vehicle routes.

A linear programme chooses among routes; its prices ask the pricing for better routes; at
any prices the sum below is an upper bound on every plan of the grid, so that each round
gives a valid bound and the best one is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from u24.planning.fleets import Fleet, fleet_key, fleets_of, groups_of, ways_of
from u24.planning.grid import Grid
from u24.planning.kernels.pricing import (
    BUCKETS,
    Bench,
    Prices,
    best_mix,
    best_routes,
    best_start,
    price_ways,
    slot_cost,
    trace_load,
)
from u24.planning.kernels.sortie import lorry_share
from u24.planning.kernels.world import NO_LIMIT, Floats, Ints, State, World
from u24.planning.programme import Column, Dear, Programme

SMOOTHING = 0.5  # weight of the best prices so far (Wentges 1997)
MOST_TURNS = 4  # of tightening mixes in one round
CLOSE = 1e-5  # gap between bound and programme at which it has converged


@dataclass(frozen=True, slots=True)
class Bound:
    """The best bound so far, the prices that prove it, and the programme's own value."""

    share: float
    prices: Dear
    fleet_price: Floats
    rounds: int
    converged: bool


class ColumnGeneration:
    """Rounds of pricing and programme; ``bound`` is valid after each."""

    def __init__(self, grid: Grid, begin: tuple[Floats, Floats] | None = None) -> None:
        """``begin`` are prices of needs and lots to start from, e.g. of the shared stock."""
        self.grid = grid
        self.world: World = grid.world
        self.until = min(grid.ticks, grid.problem.worth.marks_s[0] // grid.problem.tick_s)
        self.ways, self.trades = ways_of(grid)
        self.fleets = fleets_of(grid, self.until)
        self.columns: list[Column] = []
        self.rounds = 0
        self.share = float(grid.world.segment_units.ravel() @ grid.world.segment_value.ravel())
        self._seen: set[tuple[int, tuple[tuple[int, int], ...], float]] = set()
        self._bench = _bench(grid)
        shape = (len(self.ways.ticks), self.until + 1)
        self._mix_of = {trade: np.zeros(len(self.ways.ticks), np.int32) for trade in self.trades}
        self._value = np.zeros(shape)
        self._shut = _summed(grid.slots[:, : self.until + 1] < 1).astype(np.int32)
        self._programme = Programme(grid, self.fleets)
        self._groups = groups_of(self.fleets)
        self._chosen = {
            trade: np.unique(np.concatenate(list(by_signature.values())))
            for trade, by_signature in self.trades.items()
        }
        self._centre = self._zero_prices()
        if begin is not None:
            self._centre = (begin[0], begin[1], *self._centre[2:])
        self.value = 0.0  # of the programme: no bound of this kind falls below it
        self._begun = begin is None
        self._priced: tuple[int, int] | None = None  # whose prices ``_value`` holds at the end
        self._least = float("inf")
        self._best_prices = self._centre
        self._fleet_price = np.zeros(len(self.fleets))

    def run(self, *, stop: Callable[[int], bool]) -> Bound:
        """Rounds until converged or ``stop(round)`` says so; the best bound is kept."""
        converged = not self.fleets or not len(self.ways.ticks)
        if converged:
            self.share = 0.0
        while not converged and not stop(self.rounds):
            converged = self._round()
        return Bound(
            share=self.share,
            prices=self._best_prices,
            fleet_price=self._fleet_price,
            rounds=self.rounds,
            converged=converged,
        )

    def seed(self, state: State) -> None:
        """Let the programme begin with the routes of a plan, so that prices make sense."""
        way_of = {
            (int(c), int(p), int(g)): w
            for w, (c, p, g) in reversed(
                list(
                    enumerate(
                        zip(self.ways.of_class, self.ways.pickup, self.ways.drop, strict=True)
                    )
                )
            )
        }
        fleet_of = {
            (f.of_class, f.location, f.opens, f.until, f.signature, f.member): i
            for i, f in enumerate(self.fleets)
        }
        for k in range(len(state.sorties)):
            if state.sorties[k]:
                f = fleet_of[fleet_key(self.world, k, self.until)]
                column = self._column_of(state, k, f, way_of)
                self.columns.append(column)
                self._programme.add(column)

    def _column_of(
        self, state: State, k: int, f: int, way_of: dict[tuple[int, int, int], int]
    ) -> Column:
        world = self.world
        c = self.fleets[f].of_class
        units: dict[tuple[int, int], float] = {}
        packs: dict[int, float] = {}
        slots: dict[tuple[int, int], int] = {}
        lorries: dict[tuple[int, int], float] = {}
        value = 0.0
        sorties = []
        for j in range(int(state.sorties[k])):
            p, g = int(state.pickup[k, j]), int(state.drop[k, j])
            start = int(state.start[k, j])
            sorties.append((way_of[(c, p, g)], start))
            done = start + int(
                world.load_ticks[c] + world.lane_ticks[c, p, g] + world.unload_ticks[c]
            )
            for i in range(int(state.loads[k, j])):
                o = int(state.load_option[k, j, i])
                n, e = int(world.option_need[o]), int(world.option_segment[o])
                covered = min(
                    state.load_packs[k, j, i] * world.option_cover[o], world.segment_units[n, e]
                )
                worth = world.gain[n, done + world.onward_ticks[g, n]]
                units[(n, e)] = units.get((n, e), 0.0) + float(covered)
                lot = int(world.option_lot[o])
                packs[lot] = packs.get(lot, 0.0) + float(state.load_packs[k, j, i])
                value += float(covered * world.segment_value[n, e] * worth)
                self._add_lorries(lorries, sorties[-1], (lot, n), state.load_packs[k, j, i])
            for key, used in self._slots_of(*sorties[-1]).items():
                slots[key] = slots.get(key, 0) + used
        return Column(f, tuple(sorties), value, units, packs, slots, lorries)

    def worth_of(self, fleet: Fleet, prices: Dear) -> float:
        """What one vehicle of a fleet could earn at these prices, at most."""
        trade = (fleet.member, fleet.of_class)
        if self._priced != trade:
            asked = self._summed_up(prices)
            self._price_trade(trade, self._chosen[trade], asked)
            self._priced = trade
        best_of = self._backward(trade, fleet.signature, fleet.until)
        best, _, _ = best_start(
            self.world, fleet.of_class, fleet.location, fleet.opens, fleet.until, best_of[1]
        )
        return float(best)

    def _zero_prices(self) -> Dear:
        return (
            np.zeros_like(self.world.segment_units),
            np.zeros(len(self.world.lot_pack_kg)),
            np.zeros((len(self.grid.sites), self.until + 1)),
            np.zeros_like(self.grid.lorries, dtype=np.float64),
        )

    def _summed_up(self, prices: Dear) -> Prices:
        need, lot, slot, lorry = prices
        return Prices(need=need, lot=lot, slot=_summed(slot), lorry=_summed(lorry), shut=self._shut)

    def _round(self) -> bool:
        self.rounds += 1
        value, exact = self._programme.solve()
        self.value = value
        asked = exact
        if not self._begun:
            self._begun = True
            asked = self._centre
        elif self._least < float("inf"):
            asked = tuple(  # type: ignore[assignment]
                SMOOTHING * c + (1 - SMOOTHING) * e
                for c, e in zip(self._centre, exact, strict=True)
            )
        added = self._price(asked)
        if added == 0:
            added = self._price(exact)
        gap = self.share - value
        return gap <= CLOSE * max(self.share, 1e-9) or added == 0

    def _price(self, prices: Dear) -> int:
        """Price every fleet, keep the bound if it is better, add the routes found."""
        need, lot, slot, lorry = prices
        asked = self._summed_up(prices)
        bound = float((need * self.world.segment_units).sum() + lot @ self.grid.lot_packs)
        limited = self.grid.slots[:, : self.until + 1]
        bound += float((slot * np.where(limited < NO_LIMIT, limited, 0)).sum())
        bound += float((lorry * self.grid.lorries).sum())
        added = 0
        earned = np.zeros(len(self.fleets))
        for trade, groups in self._groups.items():
            self._price_trade(trade, self._chosen[trade], asked)
            for key, fleets in groups.items():
                for f, best, sorties in self._best_of_group(trade, key, fleets, asked):
                    earned[f] = best
                    bound += self.fleets[f].count * best
                    if best > 1e-10:
                        added += self._add(f, sorties, asked)
        if bound < self._least:
            self._least = bound
            self._centre = prices
            self._best_prices = prices
            self._fleet_price = earned
        self.share = min(self.share, self._least)
        return added

    def _best_of_group(
        self, trade: tuple[int, int], key: tuple[int, int], fleets: list[int], asked: Prices
    ) -> list[tuple[int, float, list[tuple[int, int]]]]:
        """Best route of each fleet; the mixes on the best routes are made tighter first."""
        for turn in range(MOST_TURNS):
            best_of = self._backward(trade, *key)
            found = []
            for f in fleets:
                fleet = self.fleets[f]
                best, p, t = best_start(
                    self.world, fleet.of_class, fleet.location, fleet.opens, key[1], best_of[1]
                )
                route = self._route(fleet, (p, t), best_of) if best > 1e-10 else []
                found.append((f, best, route))
            if turn == MOST_TURNS - 1 or not self._tighten(trade, found, asked):
                break
        return found

    def _tighten(
        self,
        trade: tuple[int, int],
        found: list[tuple[int, float, list[tuple[int, int]]]],
        asked: Prices,
    ) -> bool:
        """Choose a better mix for the ways on these routes; whether any bound fell."""
        changed = set()
        for w, start in {sortie for _, _, sorties in found for sortie in sorties}:
            mix, least = best_mix(
                self.world, self.ways, asked, self.grid.lot_packs, w, start, trade[0], self._bench
            )
            cost = slot_cost(self.world, self.ways, asked, w, start)
            if mix != self._mix_of[trade][w] and least - cost < self._value[w, start] - 1e-9:
                self._mix_of[trade][w] = mix
                changed.add(w)
        if changed:
            self._price_trade(trade, np.array(sorted(changed), np.int32), asked)
        return bool(changed)

    def _backward(
        self, trade: tuple[int, int], signature: int, until: int
    ) -> tuple[Floats, Floats, Ints]:
        after = np.zeros((len(self.grid.drops), self.until + 2))
        start_value = np.zeros((len(self.grid.pickups), self.until + 2))
        start_way = np.full((len(self.grid.pickups), self.until + 2), -1, np.int32)
        chosen = self.trades[trade][signature]
        used = np.zeros(len(self.grid.pickups), np.bool_)
        reached = np.zeros(len(self.grid.drops), np.bool_)
        best_routes(
            self.world, self.ways, chosen, self._value, until, after, start_value, start_way,
            used, reached,
        )  # fmt: skip
        return after, start_value, start_way

    def _price_trade(self, trade: tuple[int, int], chosen: Ints, asked: Prices) -> None:
        price_ways(
            self.world,
            self.ways,
            asked,
            self.grid.lot_packs,
            chosen,
            trade[0],
            self.until,
            self._bench,
            self._mix_of[trade],
            self._value,
        )

    def _route(
        self,
        fleet: Fleet,
        first: tuple[int, int],
        best_of: tuple[Floats, Floats, Ints],
    ) -> list[tuple[int, int]]:
        """Follow the best choices forward from the first start."""
        after, start_value, start_way = best_of
        world = self.world
        sorties: list[tuple[int, int]] = []
        p, t = first
        while p >= 0:
            w = int(start_way[p, t])
            sorties.append((w, t))
            c, g = fleet.of_class, int(self.ways.drop[w])
            done = t + int(world.load_ticks[c] + self.ways.ticks[w] + world.unload_ticks[c])
            left = after[g, done]
            p = -1
            if left <= 1e-12:
                break
            x = int(world.drop_location[g])
            for s in range(done, fleet.until + 1):
                for q in range(len(self.grid.pickups)):
                    move = int(world.position_ticks[c, x, q])
                    at = s + move
                    if at <= fleet.until and start_value[q, at] >= left - 1e-12:
                        p, t = q, at
                        break
                if p >= 0:
                    break
        return sorties

    def _add(self, f: int, sorties: list[tuple[int, int]], asked: Prices) -> int:
        """Write the route down as a column of the programme; 0 if it is there already."""
        units: dict[tuple[int, int], float] = {}
        packs: dict[int, float] = {}
        slots: dict[tuple[int, int], int] = {}
        lorries: dict[tuple[int, int], float] = {}
        value = 0.0
        trade = (self.fleets[f].member, self.fleets[f].of_class)
        out = self._trace
        for w, start in sorties:
            mix = int(self._mix_of[trade][w])
            rows = trace_load(
                self.world, self.ways, asked, self.grid.lot_packs, w, start, trade[0], mix,
                self._bench, out,
            )  # fmt: skip
            for i in range(rows):
                if out[2][i] >= 0:
                    key = (int(out[1][i]), int(out[2][i]))
                    units[key] = units.get(key, 0.0) + float(out[4][i])
                    value += float(out[5][i])
                if out[3][i] > 0:
                    lot = int(out[0][i])
                    packs[lot] = packs.get(lot, 0.0) + float(out[3][i])
                    self._add_lorries(lorries, (w, start), (lot, int(out[1][i])), out[3][i])
            for key, used in self._slots_of(w, start).items():
                slots[key] = slots.get(key, 0) + used
        name = (f, tuple(sorties), round(value, 9))
        if name in self._seen:
            return 0
        self._seen.add(name)
        column = Column(f, tuple(sorties), value, units, packs, slots, lorries)
        self.columns.append(column)
        self._programme.add(column)
        return 1

    @property
    def _trace(self) -> tuple[npt.NDArray[np.generic], ...]:
        size = 4 * len(self._bench.density) + 4 * BUCKETS
        return (
            np.zeros(size, np.int32),
            np.zeros(size, np.int32),
            np.zeros(size, np.int32),
            np.zeros(size),
            np.zeros(size),
            np.zeros(size),
        )

    def _add_lorries(
        self,
        lorries: dict[tuple[int, int], float],
        sortie: tuple[int, int],
        cargo: tuple[int, int],
        packs: float,
    ) -> None:
        """Add the lorries that packs of (lot, need) take onward from a sortie."""
        (w, start), (lot, n) = sortie, cargo
        g, c = int(self.ways.drop[w]), int(self.ways.of_class[w])
        onward = int(self.world.onward_ticks[g, n])
        if onward == 0:
            return
        done = start + int(self.world.load_ticks[c] + self.ways.ticks[w])
        done += int(self.world.unload_ticks[c])
        share = float(packs) * lorry_share(self.world, g, lot)
        for t in range(done, done + 2 * onward):
            lorries[(g, t)] = lorries.get((g, t), 0.0) + share

    def _slots_of(self, w: int, start: int) -> dict[tuple[int, int], int]:
        world = self.world
        c = int(self.ways.of_class[w])
        units = int(world.parking_units[c])
        leave = start + int(world.load_ticks[c])
        land = leave + int(self.ways.ticks[w])
        from_site = int(world.pickup_site[self.ways.pickup[w]])
        to_site = int(world.drop_site[self.ways.drop[w]])
        used = {(from_site, t): units for t in range(start, leave)}
        for t in range(land, land + int(world.unload_ticks[c])):
            used[(to_site, t)] = used.get((to_site, t), 0) + units
        return used


def _summed(figures: npt.NDArray[np.generic]) -> Floats:
    """Sums up to each tick along the last axis, one longer, starting with 0."""
    out = np.zeros((figures.shape[0], figures.shape[1] + 1))
    np.cumsum(figures, axis=1, out=out[:, 1:])
    return out


def _bench(grid: Grid) -> Bench:
    most = int(np.diff(grid.world.option_start).max(initial=0)) + 2
    return Bench(
        density=np.zeros(most),
        amount=np.zeros(most),
        order=np.zeros(most, np.int32),
        small_option=np.zeros(most, np.int32),
        small_size=np.zeros(most),
        big_value=np.zeros(most),
        big_buckets=np.zeros(most, np.int32),
        big_lot=np.zeros(most, np.int32),
        big_need=np.zeros(most, np.int32),
        small_table=np.zeros(BUCKETS + 1),
        whole_table=np.zeros(BUCKETS + 1),
        lot_left=np.zeros(len(grid.problem.lots) + 1),
        taken=np.zeros((most * 8 + BUCKETS, BUCKETS + 1), np.bool_),
        item=np.zeros(most * 8 + BUCKETS, np.int32),
    )
