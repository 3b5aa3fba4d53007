"""The tables that a grid is made of: access, lanes, positions, slots, options, vehicles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from u24.clock import seconds_since
from u24.domain.match import Match
from u24.domain.offers import Mode, Vehicle, VehicleClass
from u24.domain.problem import Problem, Site
from u24.planning.kernels.world import FAR, NO_LIMIT, Floats, Ints
from u24.planning.legs import LegTable

NEVER = 1_000_000  # a tick that does not come


def best_ways(ways: list[tuple[int, int, int, int, int]]) -> list[tuple[int, int]]:
    """(ticks, payload kg) of the ways that no other way beats in both."""
    best: list[tuple[int, int]] = []
    for ticks, kg, *_ in sorted(ways, key=lambda way: (way[0], -way[1])):
        if not best or kg > best[-1][1]:
            best.append((ticks, kg))
    return best


class Compiler:
    """Holds the intermediate tables of one compilation."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tick_s = problem.tick_s
        self.ticks = problem.horizon_s // problem.tick_s
        self.legs = LegTable(problem.sites, problem.roads, problem.tick_s)
        self.site_index = {site.site_id: i for i, site in enumerate(problem.sites)}
        self.class_index = {c.class_id: i for i, c in enumerate(problem.classes)}
        self.need_index = {need.need_id: i for i, need in enumerate(problem.needs)}
        self.lot_index = {lot.lot_id: i for i, lot in enumerate(problem.lots)}
        self.limits = {limit.vehicle_id: limit for limit in problem.vehicle_limits}
        matched = {match.lot_id for match in problem.matches}
        roads_from: dict[str, list[str]] = {}
        for road in problem.roads:
            roads_from.setdefault(road.from_site, []).append(road.to_site)
        by_air = any(c.mode is Mode.AIR for c in problem.classes)
        self.access: dict[tuple[str, str], int] = {}  # (lot, pick-up) -> ready tick
        for lot in problem.lots:
            if lot.lot_id not in matched:
                continue
            ready = self.tick_up(lot.ready_at)
            self.access[(lot.lot_id, lot.site_id)] = ready
            for to_site in roads_from.get(lot.site_id, []):
                if by_air and self.site(to_site).runway_m is not None:
                    way = self.legs.road_ticks(lot.site_id, to_site) or 0
                    self.access[(lot.lot_id, to_site)] = ready + way
        self.pickups = tuple(sorted({p for _, p in self.access}))
        self.drops = self._drops()
        homes = {vehicle.home_site for vehicle in problem.vehicles}
        self.locations = tuple(sorted(homes | set(self.drops)))
        self.onward = self._onward()
        self.ways: list[tuple[int, int, int, int, int]] = []
        longest = int(self.onward.max(initial=0))
        self.length = self.ticks + 2 * longest + 3

    def site(self, site_id: str) -> Site:
        """The site of that id."""
        return self.problem.sites[self.site_index[site_id]]

    def tick_up(self, moment: datetime) -> int:
        """The first tick at or after a moment, 0 or more."""
        return max(0, -(-seconds_since(self.problem.t0_at, moment) // self.tick_s))

    def tick_down(self, moment: datetime) -> int:
        """The last tick at or before a moment."""
        return seconds_since(self.problem.t0_at, moment) // self.tick_s

    def tick_before(self, moment: datetime) -> int:
        """The last tick before a moment that a window no longer holds."""
        return -(-seconds_since(self.problem.t0_at, moment) // self.tick_s) - 1

    def _drops(self) -> tuple[str, ...]:
        places = {need.place_id for need in self.problem.needs}
        reached = {(r.from_site, r.to_site) for r in self.problem.roads}
        found = set(places)
        for site in self.problem.sites:
            if site.entry and any((site.site_id, place) in reached for place in places):
                found.add(site.site_id)
        return tuple(sorted(found))

    def _onward(self) -> Ints:
        onward = np.full((len(self.drops), len(self.problem.needs)), -1, np.int32)
        for g, drop in enumerate(self.drops):
            for n, need in enumerate(self.problem.needs):
                way = self.legs.road_ticks(drop, need.place_id)
                if way is None or (way > 0 and self.site(drop).lorries < 1):
                    continue
                onward[g, n] = way
        return onward

    def lanes(self) -> dict[str, npt.NDArray[np.float64]]:
        """Every lane of every class as the search uses it; ``self.ways`` gets all of them."""
        shape = (len(self.problem.classes), len(self.pickups), len(self.drops))
        out = {
            "ticks": np.full(shape, FAR, np.float64),
            "payload": np.zeros(shape),
            "stop": np.full(shape, -1.0),
            "offset": np.zeros(shape),
            "stop_ticks": np.zeros(shape),
        }
        places = {need.place_id for need in self.problem.needs}
        for c, of_class in enumerate(self.problem.classes):
            for g, drop in enumerate(self.drops):
                by_road = of_class.mode is Mode.ROAD
                if (by_road and drop not in places) or (not by_road and not self.site(drop).entry):
                    continue
                for p, pickup in enumerate(self.pickups):
                    ways = self.legs.lanes(of_class, pickup, drop)
                    if not ways:
                        continue
                    at = (c, p, g)
                    names = ("ticks", "payload", "stop", "offset", "stop_ticks")
                    for name, figure in zip(names, ways[0], strict=True):
                        out[name][at] = figure
                    self.ways += [(c, p, g, *way) for way in best_ways(ways)]
        return out

    def positions(self) -> Ints:
        """Ticks of empty moves. Shape (c, x, p)."""
        shape = (len(self.problem.classes), len(self.locations), len(self.pickups))
        out = np.full(shape, FAR, np.int32)
        for c, of_class in enumerate(self.problem.classes):
            out[c] = self.legs.move_table(of_class, self.locations, self.pickups)
        return out

    def slots(self) -> Ints:
        """Parking units served at each tick; of changes that overlap the lowest holds."""
        out = np.full((len(self.problem.sites), self.length), NO_LIMIT, np.int32)
        for i, site in enumerate(self.problem.sites):
            if site.slots is not None:
                out[i] = site.slots
            for change in site.slot_changes:
                first = max(0, change.from_s // self.tick_s)
                last = max(0, -(-change.until_s // self.tick_s))
                out[i, first:last] = np.minimum(out[i, first:last], change.slots)
        return out

    def options(self) -> "Options":
        """All options, those of one pair (pick-up, drop) together."""
        by_pickup: dict[str, list[tuple[int, int]]] = {}
        for (lot_id, pickup), ready in sorted(self.access.items()):
            by_pickup.setdefault(pickup, []).append((self.lot_index[lot_id], ready))
        by_lot: dict[int, list[_Timed]] = {}
        for match in self.problem.matches:
            by_lot.setdefault(self.lot_index[match.lot_id], []).extend(self._timed(match))
        found = Options()
        for pickup in self.pickups:
            for g, drop in enumerate(self.drops):
                for lot, ready in by_pickup[pickup]:
                    for timed in by_lot[lot]:
                        self._add(found, lot, ready, timed, (g, drop))
                found.start.append(len(found.lot))
        return found

    def _add(
        self, found: "Options", lot: int, ready: int, match: "_Timed", at: tuple[int, str]
    ) -> None:
        if self.onward[at[0], match.need] < 0 or at[1] in match.not_via:
            return
        if match.only_via and at[1] not in match.only_via:
            return
        first = max(ready, match.opens)
        if first > min(match.closes, self.ticks):
            return
        for e in (0, 1):
            found.lot.append(lot)
            found.need.append(match.need)
            found.segment.append(e)
            found.cover.append(match.cover)
            found.ready.append(first)
            found.expiry.append(match.closes)

    def _timed(self, match: Match) -> "list[_Timed]":
        """The match once for each of its windows."""
        lot = self.problem.lots[self.lot_index[match.lot_id]]
        return [
            _Timed(
                need=self.need_index[match.need_id],
                opens=self.tick_up(opens),
                closes=NEVER if closes is None else self.tick_before(closes),
                cover=lot.pack_units * match.factor_share,
                only_via=match.only_via,
                not_via=match.not_via,
            )
            for opens, closes in match.windows
        ]


@dataclass(frozen=True, slots=True)
class _Timed:
    """A match with one of its windows in ticks."""

    need: int
    opens: int
    closes: int
    cover: float
    only_via: tuple[str, ...]
    not_via: tuple[str, ...]


class Options:
    """Columns of the options as they are found; ``start`` begins each pair (p, g)."""

    def __init__(self) -> None:
        self.start: list[int] = [0]
        self.lot: list[int] = []
        self.need: list[int] = []
        self.segment: list[int] = []
        self.cover: list[float] = []
        self.ready: list[int] = []
        self.expiry: list[int] = []


def own_only(made: Compiler, vehicle: Vehicle) -> bool:
    """Whether a vehicle carries only its own member's lots."""
    limit = made.limits.get(vehicle.vehicle_id)
    return limit is not None and limit.own_cargo_only


class Vehicles:
    """Vehicle arrays, and the lanes each kind of vehicle can use at all."""

    def __init__(
        self,
        made: Compiler,
        owners: tuple[str, ...],
        lanes: tuple[Floats, Ints],
        options: tuple[list[int], dict[str, Ints]],
        lots: tuple[Floats, Floats, Floats],
    ) -> None:
        problem = made.problem
        payload, stop_site = lanes
        option_start, arrays = options
        closed = {
            v.vehicle_id: made.limits[v.vehicle_id].closed_sites
            if v.vehicle_id in made.limits
            else ()
            for v in problem.vehicles
        }
        self.of_class = ints(made.class_index[v.class_id] for v in problem.vehicles)
        self.location = ints(made.locations.index(v.home_site) for v in problem.vehicles)
        self.opens = ints(made.tick_up(v.available_at) for v in problem.vehicles)
        self.closes = ints(
            min(made.ticks, max(0, made.tick_down(v.until_at))) for v in problem.vehicles
        )
        self.member = ints(
            owners.index(v.member) if own_only(made, v) else -1 for v in problem.vehicles
        )
        kinds = [
            (int(self.of_class[k]), closed[v.vehicle_id], int(self.member[k]))
            for k, v in enumerate(problem.vehicles)
        ]
        signatures = sorted(set(kinds))
        self.signature = ints(signatures.index(kind) for kind in kinds)
        start, pickups, drops, is_open = [0], [], [], []
        lot_member = ints(owners.index(lot.member) for lot in problem.lots)
        for of_class, shut, member in signatures:
            fits = self._fitting(problem.classes[of_class], lots)
            usable = fits[arrays["lot"]]
            if member >= 0:
                usable &= lot_member[arrays["lot"]] == member
            for p, pickup in enumerate(made.pickups):
                for g, drop in enumerate(made.drops):
                    pair = p * len(made.drops) + g
                    if payload[of_class, p, g] <= 0 or pickup in shut or drop in shut:
                        continue
                    if usable[option_start[pair] : option_start[pair + 1]].any():
                        pickups.append(p)
                        drops.append(g)
                        stop = int(stop_site[of_class, p, g])
                        is_open.append(stop < 0 or problem.sites[stop].site_id not in shut)
            start.append(len(pickups))
        self.lane_start = np.array(start, np.int64)
        self.lane_pickup = np.array(pickups, np.int32)
        self.lane_drop = np.array(drops, np.int32)
        self.lane_open = np.array(is_open, np.bool_)

    @staticmethod
    def _fitting(
        of_class: VehicleClass, lots: tuple[Floats, Floats, Floats]
    ) -> npt.NDArray[np.bool_]:
        """Lots of which one pack fits the class at all, on the shortest leg."""
        kg, litres, people = lots
        fits: npt.NDArray[np.bool_] = (
            (kg <= of_class.payload_points[0][1])
            & (litres <= of_class.volume_l)
            & (people <= of_class.seats)
        )
        return fits


def ints(figures: Iterable[float]) -> Ints:
    """Whole numbers as an array."""
    return np.array(list(figures), np.int32)


def floats(figures: Iterable[float]) -> Floats:
    """Numbers as an array."""
    return np.array(list(figures), np.float64)
