"""The case on its grid of time, read from the words anew."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt

from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import Mode
from u24.domain.problem import Problem, Site
from u24.planning.certificate.legs import Legs

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Uses:
    """Lots for needs over one pick-up and drop; one column each."""

    lot: Ints
    need: Ints
    cover: Floats  # units of the need that one pack covers
    onward: Ints  # ticks by lorry, 0 on the spot
    open: Flags  # (start, use) whether loading may begin

    def only(self, kept: Flags) -> "Uses":
        """Some of the columns."""
        return Uses(
            self.lot[kept], self.need[kept], self.cover[kept], self.onward[kept], self.open[:, kept]
        )


class Tables:
    """What prices are put on, and what may be carried where and when."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.legs = Legs(problem)
        self.ticks = problem.horizon_s // problem.tick_s
        self.until = min(self.ticks, problem.worth.marks_s[0] // problem.tick_s)
        self.lot_of = {lot.lot_id: i for i, lot in enumerate(problem.lots)}
        self.need_of = {need.need_id: n for n, need in enumerate(problem.needs)}
        self.ready = self._ready()
        self.pickups = sorted({pickup for _, pickup in self.ready})
        self.drops = self._drops()
        self.onward = self._onward()
        longest = max(self.onward.values(), default=0)
        self.length = self.ticks + 2 * longest + 3
        self.units, self.values = self._segments()
        self.gain = np.array([self._gains(need) for need in problem.needs]).reshape(-1, self.length)
        self._matches = _matches_by_lot(problem)
        self._shut: dict[str, Ints] = {}
        self._uses: dict[tuple[str, str], Uses] = {}

    def seconds(self, moment: datetime) -> int:
        """Whole seconds after T0."""
        return (moment - self.problem.t0_at) // timedelta(seconds=1)

    def first_tick(self, moment: datetime) -> int:
        """The first step that begins at or after a moment; 0 at the least."""
        return max(0, -(-self.seconds(moment) // self.problem.tick_s))

    def last_tick(self, moment: datetime) -> int:
        """The last step that begins at or before a moment."""
        return self.seconds(moment) // self.problem.tick_s

    def uses(self, pickup: str, drop: str) -> Uses:
        """All that may be loaded at a pick-up and unloaded at a drop."""
        if (pickup, drop) not in self._uses:
            self._uses[(pickup, drop)] = self._uses_of(pickup, drop)
        return self._uses[(pickup, drop)]

    def shut(self, site_id: str) -> Ints:
        """Ticks at which a site serves nobody, summed up to each tick; one longer, from 0."""
        if site_id not in self._shut:
            site, tick_s = self.legs.sites[site_id], self.problem.tick_s
            each = [slots_at(site, tick, tick_s) == 0 for tick in range(self.until + 1)]
            self._shut[site_id] = np.concatenate([[0], np.cumsum(each)]).astype(np.int64)
        return self._shut[site_id]

    def _ready(self) -> dict[tuple[int, str], int]:
        """(lot, pick-up) to the first tick of loading; members bring lots to airports by road."""
        by_air = any(c.mode is Mode.AIR for c in self.problem.classes)
        matched = {match.lot_id for match in self.problem.matches}
        found = {}
        for i, lot in enumerate(self.problem.lots):
            if lot.lot_id not in matched:
                continue
            ready = self.first_tick(lot.ready_at)
            found[(i, lot.site_id)] = ready
            for road in self.problem.roads:
                if road.from_site != lot.site_id or not by_air:
                    continue
                if self.legs.sites[road.to_site].runway_m is not None:
                    way = self.legs.road(lot.site_id, road.to_site) or 0
                    found[(i, road.to_site)] = ready + way
        return found

    def _drops(self) -> list[str]:
        places = {need.place_id for need in self.problem.needs}
        leads_to_need = {r.from_site for r in self.problem.roads if r.to_site in places}
        entries = {s.site_id for s in self.problem.sites if s.entry and s.site_id in leads_to_need}
        return sorted(places | entries)

    def _onward(self) -> dict[tuple[str, int], int]:
        """(drop, need) to ticks by lorry; no entry where there is no way."""
        found = {}
        for drop, (n, need) in product(self.drops, enumerate(self.problem.needs)):
            ticks = self.legs.road(drop, need.place_id)
            if ticks is not None and (ticks == 0 or self.legs.sites[drop].lorries > 0):
                found[(drop, n)] = ticks
        return found

    def _segments(self) -> tuple[Floats, Floats]:
        """Units, and worth of one unit, of both parts of each need. Shape (needs, 2)."""
        worth = self.problem.worth
        amount, value = (
            Fraction(str(share)) for share in (worth.first_amount_share, worth.first_value_share)
        )
        whole = math.fsum(need.weight for need in self.problem.needs)
        units, values = [], []
        for need in self.problem.needs:
            first = math.ceil(amount * need.planned_units)
            rest = need.planned_units - first
            weight = need.weight / whole
            if rest == 0 or value * need.planned_units < first:
                units.append([need.planned_units, 0])
                values.append([weight / need.planned_units, 0.0])
            else:
                units.append([first, rest])
                values.append([weight * float(value / first), weight * float((1 - value) / rest)])
        return np.array(units, float).reshape(-1, 2), np.array(values).reshape(-1, 2)

    def _gains(self, need: Need) -> list[float]:
        """What an arrival at each tick counts, 0 .. 1."""
        due, deadline = self.seconds(need.due_at), self.seconds(need.deadline_at)
        mark = self.problem.worth.marks_s[0]
        gains = []
        for at in range(0, self.length * self.problem.tick_s, self.problem.tick_s):
            if at > mark or at > max(due, deadline):
                gains.append(0.0)
            else:
                gains.append(1.0 if at <= due else (deadline - at) / (deadline - due))
        return gains

    def _uses_of(self, pickup: str, drop: str) -> Uses:
        found: dict[tuple[int, int, float], Flags] = {}
        for i in range(len(self.problem.lots)):
            if (i, pickup) in self.ready:
                for key, is_open in self._open_uses(i, self.ready[(i, pickup)], drop):
                    before = found.setdefault(key, np.zeros(self.until + 1, np.bool_))
                    before |= is_open
        kept = [(key, is_open) for key, is_open in found.items() if is_open.any()]
        return Uses(
            lot=np.array([key[0] for key, _ in kept], np.int64),
            need=np.array([key[1] for key, _ in kept], np.int64),
            cover=np.array([key[2] for key, _ in kept], np.float64),
            onward=np.array([self.onward[(drop, key[1])] for key, _ in kept], np.int64),
            open=np.array([is_open for _, is_open in kept], np.bool_)
            .reshape(len(kept), self.until + 1)
            .T,
        )

    def _open_uses(
        self, i: int, ready: int, drop: str
    ) -> Iterator[tuple[tuple[int, int, float], Flags]]:
        lot = self.problem.lots[i]
        for match in self._matches.get(lot.lot_id, []):
            n = self.need_of[match.need_id]
            barred = drop in match.not_via or (match.only_via and drop not in match.only_via)
            if (drop, n) not in self.onward or barred:
                continue
            is_open = np.zeros(self.until + 1, np.bool_)
            for opens, closes in match.windows:
                first = max(ready, self.first_tick(opens))
                last = self.until if closes is None else self._last_before(closes)
                is_open[first : max(last + 1, 0)] = True
            yield (i, n, lot.pack_units * match.factor_share), is_open

    def _last_before(self, moment: datetime) -> int:
        return -(-self.seconds(moment) // self.problem.tick_s) - 1


def _matches_by_lot(problem: Problem) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in problem.matches:
        found.setdefault(match.lot_id, []).append(match)
    return found


def slots_at(site: Site, tick: int, tick_s: int) -> int | None:
    """Parking units that a site serves all through a tick; None without limit."""
    begins, ends = tick * tick_s, (tick + 1) * tick_s
    changed = [c.slots for c in site.slot_changes if c.from_s < ends and begins < c.until_s]
    known = changed if site.slots is None else [site.slots, *changed]
    return min(known, default=None)
