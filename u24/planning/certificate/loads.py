"""The most that one sortie's load earns at given prices: an upper estimate, rounded up.

Mass, volume and seats become one measure by a mix of them: what holds by all three holds by
any mix. Packs that fill little of the vehicle may be cut; the others are whole, in fortieths
of the vehicle, rounded down. Every mix gives an upper estimate; the least of them counts.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from u24.planning.certificate.book import WHOLE, Book
from u24.planning.certificate.legs import Way
from u24.planning.certificate.tables import Flags, Floats, Ints, Tables, Uses

PARTS = 40  # of a vehicle
BIG_SHARE = 0.12  # what fills more is not cut
MIXES = (
    (0.50, 0.50, 0.00),
    (1.00, 0.00, 0.00),
    (0.00, 1.00, 0.00),
    (0.75, 0.25, 0.00),
    (0.25, 0.75, 0.00),
    (0.00, 0.00, 1.00),
    (0.40, 0.40, 0.20),
)
COARSE_MIXES = (0, 1, 2)
# Each figure below is reached in fewer than 50 roundings of 2^-53, each sum in fewer than 5,000.
ULPS = 1e-14
SUMS = 1e-12
WHOLE_PACK = 1e-9  # of a fortieth: 8 packs lose less than one by it
MOST_EARNED = 1.0  # no load is worth more than all needs together


@dataclass(frozen=True, slots=True)
class Cargo:
    """What fits on one way: columns of uses, and how much of the vehicle a pack fills."""

    way: Way
    whole_ticks: int  # loading, way and unloading
    uses: Uses
    packs: Floats  # of the lot
    lorry_share: Floats  # of one lorry that a pack fills
    sizes: Floats  # (mix, use) share of the vehicle, rounded down
    big: Flags  # (mix, use)


class Earned(NamedTuple):
    """What one pack earns after all prices, rounded up. Shape (starts, uses)."""

    first: Floats  # all of it for the first part of the need
    rest: Floats
    both: Floats  # a whole pack, the dearer part first


class Loads:
    """Loads at the prices of one book."""

    def __init__(self, tables: Tables, book: Book) -> None:
        self.tables = tables
        self.book = book
        lots = tables.problem.lots
        self._grams = np.array([lot.pack_payload_g for lot in lots], np.float64)
        self._ml = np.array([lot.pack_volume_ml for lot in lots], np.float64)
        self._people = np.array([lot.pack_people for lot in lots], np.float64)
        self._packs = np.array([lot.packs for lot in lots], np.float64)
        self._known: dict[tuple[object, ...], float] = {}  # loads that were estimated before
        self._members = np.array([lot.member for lot in lots], np.str_)

    def cargo(self, way: Way, member: str | None) -> Cargo | None:
        """What fits on a way, of one member's lots or of all; None if nothing does."""
        of_class, legs = way.of_class, self.tables.legs
        uses = self.tables.uses(way.pickup, way.drop)
        lot = uses.lot
        fits = (
            (self._grams[lot] <= way.payload_kg * 1000)
            & (self._ml[lot] <= of_class.volume_l * 1000)
            & (self._people[lot] <= of_class.seats)
        )
        if member is not None:
            fits &= self._members[lot] == member
        if not fits.any():
            return None
        lot = lot[fits]
        kg, litres, seats = self._grams[lot] / 1000, self._ml[lot] / 1000, max(of_class.seats, 1)
        sizes = np.array(
            [
                a * kg / way.payload_kg + b * litres / of_class.volume_l
                + c * self._people[lot] / seats
                for a, b, c in MIXES
            ]
        )  # fmt: skip
        site = legs.sites[way.drop]
        filled = np.maximum(
            self._grams[lot] / (site.lorry_payload_kg * 1000),
            self._ml[lot] / (site.lorry_volume_l * 1000),
        )
        return Cargo(
            way=way,
            whole_ticks=legs.ticks(of_class.load_s) + way.ticks + legs.ticks(of_class.unload_s),
            uses=uses.only(fits),
            packs=self._packs[lot],
            lorry_share=filled,
            sizes=sizes * (1 - ULPS),
            big=sizes > BIG_SHARE,
        )

    def earned(self, cargo: Cargo, starts: Ints) -> Earned:
        """What a pack of each use earns when loading begins at each of these ticks."""
        uses, tables, book = cargo.uses, self.tables, self.book
        done = starts[:, None] + cargo.whole_ticks
        gain = tables.gain[uses.need, done + uses.onward]
        summed = book.lorries(cargo.way.drop)
        lorries = (summed[done + 2 * uses.onward] - summed[done]) / WHOLE * cargo.lorry_share
        paid = book.lot[uses.lot] + lorries
        each = []
        for part in (0, 1):
            income = gain * tables.values[uses.need, part]
            price = book.need[uses.need, part]
            each.append((income - price) + ULPS * (income + price))
        units = tables.units[uses.need]
        slack = ULPS * paid
        is_open = uses.open[starts]
        first, rest = (
            np.where(is_open & (units[:, part] > 0), _up(uses.cover * each[part]) - paid + slack, 0)
            for part in (0, 1)
        )
        used_first = np.minimum(uses.cover, units[:, 0])
        used_rest = np.minimum(uses.cover, units[:, 1])
        dear = each[0] >= each[1]
        used = np.where(dear, used_first, used_rest)
        left = np.minimum(uses.cover - used, np.where(dear, units[:, 1], units[:, 0]))
        high, low = np.maximum(each[0], each[1]), np.minimum(each[0], each[1])
        income = _up(used * np.maximum(high, 0)) + _up(left * np.maximum(low, 0))
        both = np.where(is_open, income - paid + slack, 0)
        return Earned(np.maximum(first, 0), np.maximum(rest, 0), np.maximum(both, 0))

    def coarse(self, cargo: Cargo, starts: Ints) -> Floats:
        """A quick upper estimate for each start: every pack may be cut."""
        earned = self.earned(cargo, starts)
        rows = np.concatenate([earned.first, earned.rest, earned.both], axis=1)
        index: dict[bytes, int] = {}
        place = np.array([index.setdefault(row.tobytes(), len(index)) for row in rows])
        _, firsts = np.unique(place, return_index=True)
        units = self.tables.units[cargo.uses.need]
        best = np.full(len(firsts), MOST_EARNED)
        most = np.concatenate(
            [
                np.minimum(_up(units[:, 0] / cargo.uses.cover), cargo.packs),
                np.minimum(_up(units[:, 1] / cargo.uses.cover), cargo.packs),
                cargo.packs,
            ]
        )
        for mix in COARSE_MIXES:
            big, size = cargo.big[mix], np.tile(cargo.sizes[mix], 3)
            kept = np.concatenate([~big, ~big, big])
            best = np.minimum(best, _cut(rows[firsts][:, kept], size[kept], most[kept]))
        estimates: Floats = best[place]
        return estimates

    def fine(self, cargo: Cargo, start: int) -> float:
        """The least upper estimate of one load over all mixes."""
        earned = self.earned(cargo, np.array([start]))
        key = (cargo.way, cargo.uses.lot.tobytes(), *(each.tobytes() for each in earned))
        if key not in self._known:
            mixes = range(len(MIXES))
            self._known[key] = min(MOST_EARNED, *(self._by_mix(cargo, earned, m) for m in mixes))
        return self._known[key]

    def _by_mix(self, cargo: Cargo, earned: Earned, mix: int) -> float:
        small = self._small_packs(cargo, earned, mix)
        whole = _big_packs(cargo, earned.both[0], mix)
        return float((whole + small[::-1]).max()) * (1 + SUMS)

    def _small_packs(self, cargo: Cargo, earned: Earned, mix: int) -> Floats:
        """Most that small packs earn in each number of fortieths. Shape (PARTS + 1,)."""
        earns = np.concatenate([earned.first[0], earned.rest[0]])
        kept = np.flatnonzero(np.tile(~cargo.big[mix], 2) & (earns > 0))
        use = kept % len(cargo.packs)
        earns, size = earns[kept], cargo.sizes[mix][use]
        units = self.tables.units[cargo.uses.need].T.ravel()[kept]
        most = (units / cargo.uses.cover[use] * (1 + ULPS)).tolist()
        lot = cargo.uses.lot[use].tolist()
        left = dict(zip(lot, cargo.packs[use].tolist(), strict=True))
        rate = np.divide(earns, size, out=np.full(len(earns), np.inf), where=size > 0)
        free, filled, value = 0.0, [0.0], [0.0]
        for i in np.lexsort((-earns, -rate)).tolist():
            packs = min(most[i], left[lot[i]])
            left[lot[i]] -= packs
            if size[i] > 0:
                filled.append(filled[-1] + packs * float(size[i]) * PARTS)
                value.append(value[-1] + packs * float(earns[i]))
            else:
                free += packs * float(earns[i])
            if filled[-1] >= PARTS:
                break
        return free + np.interp(np.arange(PARTS + 1), filled, value)


def _up(figures: Floats) -> Floats:
    return figures + ULPS * np.abs(figures)


def _cut(earns: Floats, size: Floats, most: Floats) -> Floats:
    """Most that packs earn which may all be cut. Shapes (rows, items), (items,), (items,)."""
    free = size <= 0
    base = (earns[:, free] * most[free]).sum(axis=1)
    rate = earns[:, ~free] / size[~free]
    room = size[~free] * most[~free]
    order = np.argsort(-rate, axis=1)
    filled = np.cumsum(room[order], axis=1)
    taken = np.clip(1 - (filled - room[order]) + SUMS, 0, room[order])
    earned = base + (np.take_along_axis(rate, order, axis=1) * taken).sum(axis=1)
    most_earned: Floats = earned * (1 + SUMS)
    return most_earned


def _big_packs(cargo: Cargo, earns: Floats, mix: int) -> Floats:
    """Most that big packs earn in each number of fortieths. Shape (PARTS + 1,)."""
    best: dict[int, tuple[float, int]] = {}
    for u in np.flatnonzero(cargo.big[mix] & (earns > 0)):
        lot = int(cargo.uses.lot[u])
        if lot not in best or earns[u] > best[lot][0]:
            best[lot] = (float(earns[u]), int(u))
    value = np.zeros(PARTS + 1)
    for worth, column in best.values():
        parts = math.floor(cargo.sizes[mix][column] * PARTS + WHOLE_PACK)
        for _ in range(int(min(cargo.packs[column], PARTS // parts))):
            value[parts:] = np.maximum(value[parts:], value[:-parts] + worth)
    return value
