"""From words to arrays: one problem on its grid of ticks.

Durations and ready times round up, windows and capacities round down, so that a plan on
the grid also holds on the clock.
"""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from u24.clock import seconds_since
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import G_PER_KG, ML_PER_L, Lot, Mode, Vehicle, VehicleClass
from u24.domain.problem import Problem, Site
from u24.planning.kernels.world import FAR, MOST_LOADS, NO_LIMIT, State, World
from u24.planning.legs import LegTable

NEVER = 1_000_000  # a tick that does not come
MOST_SORTIES = 10  # of one vehicle

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A problem as arrays, with the names behind the indices."""

    problem: Problem
    world: World
    ticks: int
    sites: tuple[Site, ...]
    pickups: tuple[str, ...]
    drops: tuple[str, ...]
    locations: tuple[str, ...]
    legs: LegTable
    slots: Ints  # (sites, t)
    lorries: Ints  # (g, t)
    lot_packs: Ints  # (l,)
    ways: tuple[tuple[int, int, int, int, int], ...]  # (c, p, g, ticks, payload kg) for the bound
    owners: tuple[str, ...]  # members whose vehicles carry only their own lots

    def empty_state(self) -> State:
        """Nothing planned, everything left."""
        vehicles = len(self.problem.vehicles)
        sorties = np.zeros((vehicles, MOST_SORTIES), np.int32)
        return State(
            slots_left=self.slots.copy(),
            lorries_left=self.lorries.copy(),
            need_left=self.world.segment_units.copy(),
            lot_left=self.lot_packs.copy(),
            sorties=np.zeros(vehicles, np.int32),
            pickup=sorties.copy(),
            drop=sorties.copy(),
            start=sorties.copy(),
            loads=sorties.copy(),
            load_option=np.zeros((vehicles, MOST_SORTIES, MOST_LOADS), np.int32),
            load_packs=np.zeros((vehicles, MOST_SORTIES, MOST_LOADS), np.int32),
        )


def segments_of(planned_units: int, first_amount: float, first_value: float) -> Floats:
    """Units and worth per unit of the two segments of a need of weight 1. Shape (2, 2).

    The first segment holds ``first_amount`` of the need, rounded up to whole units, and
    ``first_value`` of its worth; where rounding would make later units count more than
    earlier ones, all units count the same.
    """
    first = math.ceil(first_amount * planned_units - 1e-9)
    rest = planned_units - first
    if rest == 0 or first_value * planned_units < first:
        return np.array([[planned_units, 0.0], [1.0 / planned_units, 0.0]])
    return np.array([[first, rest], [first_value / first, (1 - first_value) / rest]])


def gains(problem: Problem, marks_s: tuple[int, ...], length: int) -> Floats:
    """What an arrival of each need counts at each tick. Shape (needs, length), 0 .. 1.

    The value falls from 1 at due to 0 at the deadline; each mark in ``marks_s`` that the
    arrival meets counts an equal part.
    """
    at_s = np.arange(length) * problem.tick_s
    met = np.mean([at_s <= mark for mark in marks_s], axis=0)
    rows = []
    for need in problem.needs:
        due_s = seconds_since(problem.t0_at, need.due_at)
        deadline_s = seconds_since(problem.t0_at, need.deadline_at)
        if deadline_s > due_s:
            worth = np.clip((deadline_s - at_s) / (deadline_s - due_s), 0.0, 1.0)
        else:
            worth = (at_s <= due_s).astype(float)
        rows.append(worth * met)
    return np.array(rows).reshape(len(problem.needs), length)


def best_ways(ways: list[tuple[int, int, int, int, int]]) -> list[tuple[int, int]]:
    """(ticks, payload kg) of the ways that no other way beats in both."""
    best: list[tuple[int, int]] = []
    for ticks, kg, *_ in sorted(ways, key=lambda way: (way[0], -way[1])):
        if not best or kg > best[-1][1]:
            best.append((ticks, kg))
    return best


class _Compiler:
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
        return self.problem.sites[self.site_index[site_id]]

    def tick_up(self, moment: datetime) -> int:
        return max(0, -(-seconds_since(self.problem.t0_at, moment) // self.tick_s))

    def tick_down(self, moment: datetime) -> int:
        return seconds_since(self.problem.t0_at, moment) // self.tick_s

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
        shape = (len(self.problem.classes), len(self.locations), len(self.pickups))
        out = np.full(shape, FAR, np.int32)
        for c, of_class in enumerate(self.problem.classes):
            for x, location in enumerate(self.locations):
                for p, pickup in enumerate(self.pickups):
                    way = self.legs.move_ticks(of_class, location, pickup)
                    if way is not None:
                        out[c, x, p] = way
        return out

    def slots(self) -> Ints:
        out = np.full((len(self.problem.sites), self.length), NO_LIMIT, np.int32)
        for i, site in enumerate(self.problem.sites):
            if site.slots is not None:
                out[i] = site.slots
            for change in site.slot_changes:
                first = max(0, change.from_s // self.tick_s)
                last = max(0, -(-change.until_s // self.tick_s))
                out[i, first:last] = np.minimum(out[i, first:last], change.slots)
        return out

    def options(self) -> "_Options":
        """All options, those of one pair (pick-up, drop) together."""
        by_pickup: dict[str, list[tuple[int, int]]] = {}
        for (lot_id, pickup), ready in sorted(self.access.items()):
            by_pickup.setdefault(pickup, []).append((self.lot_index[lot_id], ready))
        by_lot: dict[int, list[Match]] = {}
        for match in self.problem.matches:
            by_lot.setdefault(self.lot_index[match.lot_id], []).append(match)
        found = _Options()
        for pickup in self.pickups:
            for g, drop in enumerate(self.drops):
                for lot, ready in by_pickup[pickup]:
                    for match in by_lot[lot]:
                        self._add(found, lot, ready, match, (g, drop))
                found.start.append(len(found.lot))
        return found

    def _add(
        self, found: "_Options", lot: int, ready: int, match: Match, at: tuple[int, str]
    ) -> None:
        n = self.need_index[match.need_id]
        if self.onward[at[0], n] < 0 or at[1] in match.not_via:
            return
        if match.only_via and at[1] not in match.only_via:
            return
        opens, closes = match.windows[0]
        first = max(ready, self.tick_up(opens))
        last = NEVER if closes is None else self.tick_down(closes)
        if first > min(last, self.ticks):
            return
        cover = self.problem.lots[lot].pack_units * match.factor_share
        for e in (0, 1):
            found.lot.append(lot)
            found.need.append(n)
            found.segment.append(e)
            found.cover.append(cover)
            found.ready.append(first)
            found.expiry.append(last)


class _Options:
    def __init__(self) -> None:
        self.start: list[int] = [0]
        self.lot: list[int] = []
        self.need: list[int] = []
        self.segment: list[int] = []
        self.cover: list[float] = []
        self.ready: list[int] = []
        self.expiry: list[int] = []


def compile_problem(problem: Problem) -> Grid:
    """The problem as arrays on its grid, served for the first mark."""
    made = _Compiler(problem)
    lanes = made.lanes()
    options = made.options()
    values = _segment_table(problem)
    sites = [made.site(drop) for drop in made.drops]
    lot_arrays = _lot_arrays(problem.lots)
    owners = tuple(
        sorted(
            {v.member for v in problem.vehicles if _own_only(made, v)}
            | {lot.member for lot in problem.lots}
        )
    )
    member_of = {member: i for i, member in enumerate(owners)}
    option_arrays = _option_arrays(options)
    vehicles = _Vehicles(
        made, member_of, lanes["payload"], (options.start, option_arrays), lot_arrays
    )
    world = World(
        ticks=made.ticks,
        load_ticks=_ints(made.legs.ticks(c.load_s) for c in problem.classes),
        unload_ticks=_ints(made.legs.ticks(c.unload_s) for c in problem.classes),
        parking_units=_ints(c.parking_units for c in problem.classes),
        volume_l=_floats(c.volume_l for c in problem.classes),
        seats=_floats(c.seats for c in problem.classes),
        position_ticks=made.positions(),
        lane_ticks=lanes["ticks"].astype(np.int32),
        lane_payload_kg=lanes["payload"],
        stop_site=lanes["stop"].astype(np.int32),
        stop_offset=lanes["offset"].astype(np.int32),
        stop_ticks=lanes["stop_ticks"].astype(np.int32),
        pickup_site=_ints(made.site_index[p] for p in made.pickups),
        drop_site=_ints(made.site_index[g] for g in made.drops),
        drop_location=_ints(made.locations.index(g) for g in made.drops),
        onward_ticks=made.onward,
        option_start=np.array(options.start, np.int64),
        option_lot=option_arrays["lot"],
        option_need=option_arrays["need"],
        option_segment=option_arrays["segment"],
        option_cover=np.array(options.cover, np.float64),
        option_ready=option_arrays["ready"],
        option_expiry=option_arrays["expiry"],
        option_loss=np.zeros(len(options.lot)),
        option_order=_order(
            problem.classes,
            np.array(options.start, np.int64),
            np.array(options.cover) * values[1][option_arrays["need"], option_arrays["segment"]],
            option_arrays,
            lot_arrays,
        ),
        lot_pack_kg=lot_arrays[0],
        lot_pack_l=lot_arrays[1],
        lot_pack_people=lot_arrays[2],
        lot_member=_ints(member_of[lot.member] for lot in problem.lots),
        segment_units=values[0],
        segment_value=values[1],
        gain=gains(problem, problem.worth.marks_s[:1], made.length),
        lorry_payload_kg=_floats(site.lorry_payload_kg for site in sites),
        lorry_volume_l=_floats(site.lorry_volume_l for site in sites),
        lane_start=vehicles.lane_start,
        lane_pickup=vehicles.lane_pickup,
        lane_drop=vehicles.lane_drop,
        vehicle_class=vehicles.of_class,
        vehicle_location=vehicles.location,
        vehicle_from=vehicles.opens,
        vehicle_until=vehicles.closes,
        vehicle_signature=vehicles.signature,
        vehicle_member=vehicles.member,
    )
    lorries = np.repeat(
        np.array([[site.lorries] for site in sites], np.int32).reshape(-1, 1), made.length, 1
    )
    return Grid(
        problem=problem,
        world=world,
        ticks=made.ticks,
        sites=problem.sites,
        pickups=made.pickups,
        drops=made.drops,
        locations=made.locations,
        legs=made.legs,
        slots=made.slots(),
        lorries=lorries,
        lot_packs=_ints(lot.packs for lot in problem.lots),
        ways=tuple(made.ways),
        owners=owners,
    )


def _segment_table(problem: Problem) -> tuple[Floats, Floats]:
    """Units and value per unit of every segment; all needs together are worth 1."""
    whole = sum(need.weight for need in problem.needs)
    units = np.zeros((len(problem.needs), 2))
    value = np.zeros((len(problem.needs), 2))
    for n, need in enumerate(problem.needs):
        made = _segments(problem, need)
        units[n] = made[0]
        value[n] = made[1] * need.weight / whole
    return units, value


def _segments(problem: Problem, need: Need) -> Floats:
    worth = problem.worth
    return segments_of(need.planned_units, worth.first_amount_share, worth.first_value_share)


def _lot_arrays(lots: tuple[Lot, ...]) -> tuple[Floats, Floats, Floats]:
    return (
        _floats(lot.pack_payload_g / G_PER_KG for lot in lots),
        _floats(lot.pack_volume_ml / ML_PER_L for lot in lots),
        _floats(lot.pack_people for lot in lots),
    )


def _option_arrays(options: _Options) -> dict[str, Ints]:
    return {
        name: np.array(getattr(options, name), np.int32)
        for name in ("lot", "need", "segment", "ready", "expiry")
    }


def guided(grid: Grid, need_price: Floats, lot_price: Floats, best_gain: Floats) -> World:
    """The world with options weighed by prices of the stock: what a pack loses by each use."""
    world = grid.world
    lot, need, segment = world.option_lot, world.option_need, world.option_segment
    value = world.option_cover * world.segment_value[need, segment]
    best = world.option_cover * need_price[need, segment] + lot_price[lot]
    loss = np.maximum(0.0, best - value * best_gain[lot, need])
    arrays = {"lot": lot, "need": need}
    lots = (world.lot_pack_kg, world.lot_pack_l, world.lot_pack_people)
    order = _order(
        grid.problem.classes, world.option_start, np.maximum(value - loss, 1e-15), arrays, lots
    )
    return world._replace(option_loss=loss, option_order=order)


def _order(
    classes: tuple[VehicleClass, ...],
    start: npt.NDArray[np.int64],
    worth: Floats,
    arrays: dict[str, Ints],
    lots: tuple[Floats, Floats, Floats],
) -> Ints:
    """Options of each pair by falling worth over the share of the vehicle they fill."""
    pair = np.repeat(np.arange(len(start) - 1), np.diff(start))
    kg, litres, people = (figures[arrays["lot"]] for figures in lots)
    out = np.zeros((len(classes), len(pair)), np.int32)
    for c, of_class in enumerate(classes):
        size = kg / of_class.payload_points[0][1] + litres / of_class.volume_l
        size = size + people / max(of_class.seats, 1)
        out[c] = np.lexsort((arrays["need"], -worth / size, pair))
    return out


def _own_only(made: _Compiler, vehicle: Vehicle) -> bool:
    limit = made.limits.get(vehicle.vehicle_id)
    return limit is not None and limit.own_cargo_only


class _Vehicles:
    """Vehicle arrays, and the lanes each kind of vehicle can use at all."""

    def __init__(
        self,
        made: _Compiler,
        member_of: dict[str, int],
        payload: Floats,
        options: tuple[list[int], dict[str, Ints]],
        lots: tuple[Floats, Floats, Floats],
    ) -> None:
        problem = made.problem
        option_start, arrays = options
        closed = {
            v.vehicle_id: made.limits[v.vehicle_id].closed_sites
            if v.vehicle_id in made.limits
            else ()
            for v in problem.vehicles
        }
        self.of_class = _ints(made.class_index[v.class_id] for v in problem.vehicles)
        self.location = _ints(made.locations.index(v.home_site) for v in problem.vehicles)
        self.opens = _ints(made.tick_up(v.available_at) for v in problem.vehicles)
        self.closes = _ints(
            min(made.ticks, max(0, made.tick_down(v.until_at))) for v in problem.vehicles
        )
        self.member = _ints(
            member_of[v.member] if _own_only(made, v) else -1 for v in problem.vehicles
        )
        kinds = [
            (int(self.of_class[k]), closed[v.vehicle_id], int(self.member[k]))
            for k, v in enumerate(problem.vehicles)
        ]
        signatures = sorted(set(kinds))
        self.signature = _ints(signatures.index(kind) for kind in kinds)
        start, pickups, drops = [0], [], []
        lot_member = np.array([member_of[lot.member] for lot in problem.lots], np.int32)
        for of_class, shut, member in signatures:
            fits = self._fitting(problem.classes[of_class], payload[of_class].max(initial=0), lots)
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
            start.append(len(pickups))
        self.lane_start = np.array(start, np.int64)
        self.lane_pickup = np.array(pickups, np.int32)
        self.lane_drop = np.array(drops, np.int32)

    @staticmethod
    def _fitting(
        of_class: VehicleClass, most_kg: float, lots: tuple[Floats, Floats, Floats]
    ) -> npt.NDArray[np.bool_]:
        kg, litres, people = lots
        fits: npt.NDArray[np.bool_] = (
            (kg <= most_kg) & (litres <= of_class.volume_l) & (people <= of_class.seats)
        )
        return fits


def _ints(figures: object) -> Ints:
    return np.array(list(figures), np.int32)  # type: ignore[call-overload]


def _floats(figures: object) -> Floats:
    return np.array(list(figures), np.float64)  # type: ignore[call-overload]
