"""The most that one vehicle earns on one route: backward over time, in whole money.

Loads are first estimated quickly. Those on the best routes are then estimated as well as can
be, and the best routes are sought anew, until no load on a best route is left to improve. All
others earn less than their quick estimate, and that was not enough to be on one.
"""

import math
from dataclasses import dataclass

import numpy as np

from u24.domain.offers import Vehicle, VehicleClass
from u24.planning.certificate.book import WHOLE, Book
from u24.planning.certificate.loads import Cargo, Loads
from u24.planning.certificate.tables import Ints, Tables

SHUT = -(10**18)  # of a sortie that cannot be
NEARLY_NOTHING = WHOLE // 10**12  # what earns no more may stay with its quick estimate
AT_ONCE = 32  # loads that are estimated anew between two looks at all routes


@dataclass(frozen=True, slots=True)
class Window:
    """From where and when a vehicle may work, and where it may not go."""

    home: str
    opens: int
    until: int
    closed: frozenset[str]


class Trade:
    """Vehicles of one class with one rule of cargo: their ways, loads and routes."""

    def __init__(
        self, tables: Tables, book: Book, loads: Loads, of_class: VehicleClass, member: str | None
    ) -> None:
        self.tables, self.book, self.loads, self.of_class = tables, book, loads, of_class
        self.cargo: list[Cargo] = []
        for pickup in tables.pickups:
            for drop in tables.drops:
                for way in tables.legs.ways(of_class, pickup, drop):
                    cargo = loads.cargo(way, member)
                    if cargo is not None and cargo.whole_ticks <= tables.until:
                        self.cargo.append(cargo)
        self.pickups = sorted({cargo.way.pickup for cargo in self.cargo})
        self.drops = sorted({cargo.way.drop for cargo in self.cargo})
        self.pickup = np.array([self.pickups.index(c.way.pickup) for c in self.cargo], np.int64)
        self.drop = np.array([self.drops.index(c.way.drop) for c in self.cargo], np.int64)
        self.length = np.array([cargo.whole_ticks for cargo in self.cargo], np.int64)
        self.moves = self._moves()
        self.cost = [self._slot_cost(cargo) for cargo in self.cargo]
        self.value = np.full((len(self.cargo), tables.until + 1), SHUT, np.int64)
        for w, cargo in enumerate(self.cargo):
            starts = np.flatnonzero(self.cost[w] >= 0)
            if len(starts):
                earns = np.ceil(loads.coarse(cargo, starts) * WHOLE).astype(np.int64)
                self.value[w, starts] = earns - self.cost[w][starts]
        self._is_fine = np.zeros(self.value.shape, np.bool_)

    def most_earned(self, window: Window) -> int:
        """Most that one vehicle with this window earns, in whole money, rounded up."""
        usable = [not {c.way.pickup, c.way.drop} & window.closed for c in self.cargo]
        chosen = np.flatnonzero(np.array(usable, np.bool_))
        if not len(chosen) or window.opens > window.until:
            return 0
        sheet = _Sheet(self, chosen, window)
        while True:
            through = sheet.through()
            best = int(through.max(initial=0))
            open_to_doubt = np.where(self._is_fine[chosen], 0, through).ravel()
            if best <= NEARLY_NOTHING or int(open_to_doubt.max()) < best:
                return best
            for i in np.argsort(-open_to_doubt, kind="stable")[:AT_ONCE]:
                if open_to_doubt[i] > 0:
                    w, t = divmod(int(i), through.shape[1])
                    self._refine(int(chosen[w]), t)

    def _refine(self, w: int, t: int) -> None:
        """Estimate this load as well as can be."""
        self._is_fine[w, t] = True
        earns = math.ceil(self.loads.fine(self.cargo[w], t) * WHOLE)
        self.value[w, t] = min(self.value[w, t], earns - self.cost[w][t])

    def _slot_cost(self, cargo: Cargo) -> Ints:
        """Price of the slots of a sortie at each start; -1 where it cannot be."""
        legs, until = self.tables.legs, self.tables.until
        way, units = cargo.way, cargo.way.of_class.parking_units
        cost = np.full(until + 1, -1, np.int64)
        start = np.arange(until + 1 - cargo.whole_ticks)
        leave = start + legs.ticks(way.of_class.load_s)
        land, done = leave + way.ticks, start + cargo.whole_ticks
        at, to = self.book.slots(way.pickup), self.book.slots(way.drop)
        shut_at, shut_to = self.tables.shut(way.pickup), self.tables.shut(way.drop)
        is_open = (shut_at[leave] == shut_at[start]) & (shut_to[done] == shut_to[land])
        paid = units * (at[leave] - at[start] + to[done] - to[land])
        cost[: len(start)] = np.where(is_open, paid, -1)
        return cost

    def _moves(self) -> Ints:
        """Empty moves from drops to pick-ups: (drop, pick-up, ticks) by row. Shape (3, moves)."""
        found = []
        for g, drop in enumerate(self.drops):
            for p, pickup in enumerate(self.pickups):
                ticks = self.tables.legs.move(self.of_class, drop, pickup)
                if ticks is not None:
                    found.append((g, p, ticks))
        return np.array(found, np.int64).reshape(-1, 3).T


class _Sheet:
    """One window on the ways of a trade: the best before, and after, every sortie."""

    def __init__(self, trade: Trade, chosen: Ints, window: Window) -> None:
        self.trade, self.chosen, self.until = trade, chosen, window.until
        self.pickup, self.drop = trade.pickup[chosen], trade.drop[chosen]
        self.length = trade.length[chosen]
        self.at_g, self.to_p, self.move = trade.moves
        self.first = np.full((len(trade.pickups), window.until + 1), SHUT, np.int64)
        for p, pickup in enumerate(trade.pickups):
            move = trade.tables.legs.move(trade.of_class, window.home, pickup)
            if move is not None:
                self.first[p, window.opens + move :] = 0

    def through(self) -> Ints:
        """Most that a route earns which has this sortie. Shape (chosen ways, starts)."""
        value = self.trade.value[self.chosen]
        before, after = self._before(value), self._after(value)
        total = np.full((len(self.chosen), self.trade.tables.until + 1), SHUT, np.int64)
        for t in range(self.until + 1):
            w = np.flatnonzero(t + self.length <= self.until)
            rest = after[self.drop[w], t + self.length[w]]
            total[w, t] = before[self.pickup[w], t] + value[w, t] + rest
        return total

    def _after(self, value: Ints) -> Ints:
        """Best from standing unloaded at a drop on. Shape (drops, ticks)."""
        until = self.until
        after = np.zeros((len(self.trade.drops), until + 2), np.int64)
        start = np.zeros((len(self.trade.pickups), until + 2), np.int64)
        for t in range(until, -1, -1):
            w = np.flatnonzero(t + self.length <= until)
            total = value[w, t] + after[self.drop[w], t + self.length[w]]
            np.maximum.at(start[:, t], self.pickup[w], total)
            after[:, t] = after[:, t + 1]
            there = t + self.move <= until
            ahead = start[self.to_p[there], t + self.move[there]]
            np.maximum.at(after[:, t], self.at_g[there], ahead)
        return after

    def _before(self, value: Ints) -> Ints:
        """Best until standing ready to load at a pick-up. Shape (pick-ups, ticks)."""
        before = self.first.copy()
        stands = np.full((len(self.trade.drops), self.until + 1), SHUT, np.int64)
        for t in range(self.until + 1):
            if t:
                np.maximum(stands[:, t], stands[:, t - 1], out=stands[:, t])
            there = t + self.move <= self.until
            at = self.to_p[there], t + self.move[there]
            np.maximum.at(before, at, stands[self.at_g[there], t])
            w = np.flatnonzero(t + self.length <= self.until)
            at = self.drop[w], t + self.length[w]
            np.maximum.at(stands, at, before[self.pickup[w], t] + value[w, t])
        return before


def window_of(tables: Tables, vehicle: Vehicle, closed: tuple[str, ...]) -> Window:
    """The window of one vehicle on the grid, up to the first mark."""
    closes = min(tables.ticks, max(0, tables.last_tick(vehicle.until_at)))
    return Window(
        home=vehicle.home_site,
        opens=tables.first_tick(vehicle.available_at),
        until=min(tables.until, closes),
        closed=frozenset(closed),
    )
