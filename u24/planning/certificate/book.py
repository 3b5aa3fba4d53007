"""The published prices, held to the case, and what the whole supply costs at them."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

import numpy as np

from u24.domain.certificate import Price, PriceKind
from u24.errors import InvalidInput
from u24.planning.certificate.tables import Floats, Ints, Tables, slots_at

# Money in whole numbers, so that sums along a route are exact. Incomes round up to it and
# costs round down, so that a vehicle is never said to earn less than it could.
WHOLE = 10**15  # all needs together
MOST_SHARE = 1.0
T = TypeVar("T")


class Book:
    """Prices by what they are of. All that is not named costs nothing.

    Raises
    ------
    InvalidInput
        A price is of what the case does not have, stands there twice, or is above 1.
    """

    def __init__(self, tables: Tables, prices: tuple[Price, ...]) -> None:
        problem = tables.problem
        self._tables = tables
        self._sites = {site.site_id: site for site in problem.sites}
        self.need: Floats = np.zeros((len(problem.needs), 2))
        self.lot: Floats = np.zeros(len(problem.lots))
        self.supply = Fraction(0)  # what all that there is costs, exactly
        self._slot_rows: dict[str, dict[int, float]] = {}
        self._lorry_rows: dict[str, dict[int, float]] = {}
        seen: set[tuple[PriceKind, str, int | None]] = set()
        for price in prices:
            key = (price.kind, price.of_id, price.from_s)
            if key in seen:
                raise InvalidInput(f"{_named(price)} stands there twice; give it once")
            seen.add(key)
            if price.price_share > MOST_SHARE:
                raise InvalidInput(
                    f"{_named(price)} is {price.price_share}; all needs together are worth 1"
                )
            self.supply += Fraction(price.price_share) * self._enter(price)
        self._slots = _summed_rows(self._slot_rows, tables.until + 1)
        self._lorries = _summed_rows(self._lorry_rows, tables.length)
        self._no_slots = np.zeros(tables.until + 2, np.int64)
        self._no_lorries = np.zeros(tables.length + 1, np.int64)

    def slots(self, site_id: str) -> Ints:
        """Price of one parking unit, summed up to each tick, in whole money."""
        return self._slots.get(site_id, self._no_slots)

    def lorries(self, site_id: str) -> Ints:
        """Price of one lorry, summed up to each tick, in whole money."""
        return self._lorries.get(site_id, self._no_lorries)

    def _enter(self, price: Price) -> int:
        """Write the price into its row; gives how much of it there is."""
        if price.kind in {PriceKind.SLOT, PriceKind.LORRY}:
            return self._enter_timed(price)
        if price.from_s is not None:
            raise InvalidInput(f"{_named(price)} has a time; only slots and lorries have one")
        if price.kind is PriceKind.LOT:
            i = _found(self._tables.lot_of, price)
            self.lot[i] = price.price_share
            return self._tables.problem.lots[i].packs
        n = _found(self._tables.need_of, price)
        part = 0 if price.kind is PriceKind.NEED_FIRST else 1
        self.need[n, part] = price.price_share
        return int(self._tables.units[n, part])

    def _enter_timed(self, price: Price) -> int:
        site = _found(self._sites, price)
        tick_s = self._tables.problem.tick_s
        is_slot = price.kind is PriceKind.SLOT
        last = self._tables.until if is_slot else self._tables.length - 1
        if price.from_s is None or price.from_s % tick_s or not 0 <= price.from_s <= last * tick_s:
            raise InvalidInput(
                f"{_named(price)} begins at {price.from_s} s; "
                f"give a multiple of {tick_s}, 0 .. {last * tick_s}"
            )
        tick = price.from_s // tick_s
        rows = self._slot_rows if is_slot else self._lorry_rows
        rows.setdefault(site.site_id, {})[tick] = price.price_share
        if is_slot:
            return slots_at(site, tick, tick_s) or 0
        return site.lorries


def _summed_rows(rows: dict[str, dict[int, float]], length: int) -> dict[str, Ints]:
    return {site_id: _summed(row, length) for site_id, row in rows.items()}


def _summed(row: dict[int, float], length: int) -> Ints:
    """Sums up to each tick in whole money, each price rounded down; one longer, from 0."""
    each = [math.floor(Fraction(row.get(tick, 0.0)) * WHOLE) for tick in range(length)]
    return np.concatenate([[0], np.cumsum(each)]).astype(np.int64)


def _found(by_id: Mapping[str, T], price: Price) -> T:
    if price.of_id not in by_id:
        raise InvalidInput(f"{_named(price)}: the case has none of that name")
    return by_id[price.of_id]


def _named(price: Price) -> str:
    return f"price of {price.kind} {price.of_id}"
