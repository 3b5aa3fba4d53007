"""What moves are possible, in ticks: for contenders that are not the planner.

Written from the words anew, so that a fault of the planner's own tables is no fault of its
rivals. Durations round up, payload rounds down, as the measure asks of everybody.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from u24.clock import seconds_since
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import G_PER_KG, ML_PER_L, Lot, Mode, Vehicle, VehicleClass
from u24.domain.problem import Problem, Site

EARTH_RADIUS_KM = 6371.0088
NEVER = 10**9
SAFE_KM = 0.001  # distances by other formulas differ by less


@dataclass(frozen=True, slots=True)
class Way:
    """A loaded move: ticks from end of loading to start of unloading, and its payload.

    ``stop_ticks`` are spent at ``stop`` after ``stop_after`` ticks; no stop: empty and 0.
    """

    ticks: int
    payload_kg: int
    stop: str = ""
    stop_after: int = 0
    stop_ticks: int = 0


@dataclass(frozen=True, slots=True)
class Pack:
    """What one pack of a lot takes, kg and litres as they are, without rounding."""

    kg: float
    litres: float
    people: int


class Ways:
    """Answers about moves, lots and needs of one problem; costly ones are remembered."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.tick_s = problem.tick_s
        self.sites = {site.site_id: site for site in problem.sites}
        self.classes = {c.class_id: c for c in problem.classes}
        self.lots = {lot.lot_id: lot for lot in problem.lots}
        self.needs = {need.need_id: need for need in problem.needs}
        self.matches = {(m.lot_id, m.need_id): m for m in problem.matches}
        self.matches_of: dict[str, list[Match]] = {}
        for match in problem.matches:
            self.matches_of.setdefault(match.lot_id, []).append(match)
        self.limits = {limit.vehicle_id: limit for limit in problem.vehicle_limits}
        self.until = min(problem.horizon_s, problem.worth.marks_s[0]) // self.tick_s
        self._road_s = {(r.from_site, r.to_site): r.duration_s for r in problem.roads}
        self._stops = [site for site in problem.sites if site.tech_stop]
        places = {need.place_id for need in problem.needs}
        reached = {r.from_site for r in problem.roads if r.to_site in places}
        self.drops = sorted(
            places | {s.site_id for s in problem.sites if s.entry and s.site_id in reached}
        )
        self.ways = cache(self._ways)
        self.move = cache(self._move)
        self.pack = cache(self._pack)
        self.onward = cache(self._onward)
        self.km = cache(self._km)
        self._last_arrivals = {n.need_id: self._last_arrival(n) for n in problem.needs}
        self._windows = {v.vehicle_id: self._window_of(v) for v in problem.vehicles}
        self.services = cache(self._services)
        self.ready_at = self._access()

    # time ------------------------------------------------------------------------------

    def ticks(self, seconds: int) -> int:
        """Ticks that hold ``seconds``."""
        return -(-seconds // self.tick_s)

    def tick_up(self, moment: datetime) -> int:
        """The first tick at or after a moment, 0 or more."""
        return max(0, self.ticks(seconds_since(self.problem.t0_at, moment)))

    def tick_down(self, moment: datetime) -> int:
        """The last tick at or before a moment."""
        return seconds_since(self.problem.t0_at, moment) // self.tick_s

    def window_of(self, vehicle: Vehicle) -> tuple[int, int]:
        """First tick, and the tick by which the last unloading ends."""
        return self._windows[vehicle.vehicle_id]

    def last_arrival(self, need: Need) -> int:
        """The last tick at which an arrival counts at all."""
        return self._last_arrivals[need.need_id]

    def _window_of(self, vehicle: Vehicle) -> tuple[int, int]:
        closes = seconds_since(self.problem.t0_at, vehicle.until_at) // self.tick_s
        return self.tick_up(vehicle.available_at), min(closes, self.until)

    def may_load(self, match: Match, tick: int) -> bool:
        """Whether the match lets its lot be loaded at that tick."""
        moment = tick * self.tick_s
        t0 = self.problem.t0_at
        return any(
            seconds_since(t0, opens) <= moment
            and (closes is None or moment < seconds_since(t0, closes))
            for opens, closes in match.windows
        )

    def worth(self, need: Need, tick: int) -> float:
        """What an arrival at that tick counts, 0 to 1."""
        at_s = tick * self.tick_s
        due_s = seconds_since(self.problem.t0_at, need.due_at)
        end_s = seconds_since(self.problem.t0_at, need.deadline_at)
        if at_s > min(end_s, self.problem.worth.marks_s[0]):
            return 0.0
        return 1.0 if at_s <= due_s else (end_s - at_s) / (end_s - due_s)

    def _km(self, a: str, b: str) -> float:
        """Great circle between two sites."""
        return _km(self.sites[a], self.sites[b])

    def _last_arrival(self, need: Need) -> int:
        due_s = seconds_since(self.problem.t0_at, need.due_at)
        end_s = seconds_since(self.problem.t0_at, need.deadline_at)
        # At the deadline itself a falling worth is nothing.
        last_s = min(end_s if end_s == due_s else end_s - 1, self.problem.worth.marks_s[0])
        return last_s // self.tick_s

    # moves -----------------------------------------------------------------------------

    def _services(self, class_id: str) -> tuple[int, int]:
        """Ticks of loading and of unloading."""
        of_class = self.classes[class_id]
        return self.ticks(of_class.load_s), self.ticks(of_class.unload_s)

    def _onward(self, drop: str, place: str) -> int | None:
        """Ticks by lorry to the place, 0 on the spot; None if there is no way."""
        if drop == place:
            return 0
        seconds = self._road_s.get((drop, place))
        no_way = seconds is None or self.sites[drop].lorries < 1
        return None if no_way or seconds is None else self.ticks(seconds)

    def _move(self, class_id: str, a: str, b: str) -> int | None:
        """Ticks of an empty move; None if the class cannot make it."""
        of_class = self.classes[class_id]
        if of_class.mode is Mode.ROAD:
            return 0 if a == b else self._road_ticks(a, b)
        one, two = self.sites[a], self.sites[b]
        if not (_may_use(of_class, one) and _may_use(of_class, two)):
            return None
        km = _km(one, two)
        return None if km > of_class.payload_points[-1][0] else self._leg_ticks(of_class, km)

    def _ways(self, class_id: str, a: str, b: str) -> tuple[Way, ...]:
        """Loaded moves that no other beats in both time and payload, most payload first."""
        of_class = self.classes[class_id]
        if a == b:
            return ()
        if of_class.mode is Mode.ROAD:
            road = self._road_ticks(a, b)
            to_place = any(need.place_id == b for need in self.problem.needs)
            return (Way(road, of_class.payload_points[0][1]),) if road and to_place else ()
        one, two = self.sites[a], self.sites[b]
        if not (two.entry and _may_use(of_class, one) and _may_use(of_class, two)):
            return ()
        km = _km(one, two)
        found = [Way(self._leg_ticks(of_class, km), _payload_kg(of_class, km))]
        if found[0].payload_kg < of_class.payload_points[0][1]:
            found += [self._by_stop(of_class, one, stop, two) for stop in self._stops]
        best: list[Way] = []
        for way in sorted(found, key=lambda way: (way.ticks, -way.payload_kg, way.stop)):
            if way.payload_kg > (best[-1].payload_kg if best else 0):
                best.append(way)
        return tuple(reversed(best))

    def _by_stop(self, of_class: VehicleClass, a: Site, stop: Site, b: Site) -> Way:
        if stop in (a, b) or not _may_use(of_class, stop):
            return Way(NEVER, 0)
        first, second = _km(a, stop), _km(stop, b)
        after, ground = self._leg_ticks(of_class, first), self.ticks(of_class.unload_s)
        kg = min(_payload_kg(of_class, first), _payload_kg(of_class, second))
        whole = after + ground + self._leg_ticks(of_class, second)
        return Way(whole, kg, stop.site_id, after, ground)

    def _road_ticks(self, a: str, b: str) -> int | None:
        seconds = self._road_s.get((a, b))
        return None if seconds is None else self.ticks(seconds)

    def _leg_ticks(self, of_class: VehicleClass, km: float) -> int:
        if km <= SAFE_KM:
            return 0
        return self.ticks(math.ceil(km / of_class.block_speed_kmh * 3600) + of_class.leg_fixed_s)

    # lots ------------------------------------------------------------------------------

    def _access(self) -> dict[str, dict[str, int]]:
        """By pick-up: the lots that can be loaded there, and from which tick."""
        by_air = any(c.mode is Mode.AIR for c in self.problem.classes)
        found: dict[str, dict[str, int]] = {}
        matched = {match.lot_id for match in self.problem.matches}
        roads: dict[str, list[str]] = {}
        for a, b in self._road_s:
            if by_air and self.sites[b].runway_m is not None:
                roads.setdefault(a, []).append(b)
        for lot in self.problem.lots:
            if lot.lot_id not in matched:
                continue
            ready = self.tick_up(lot.ready_at)
            found.setdefault(lot.site_id, {})[lot.lot_id] = ready
            for to_site in roads.get(lot.site_id, ()):
                way = self._road_ticks(lot.site_id, to_site) or 0
                found.setdefault(to_site, {})[lot.lot_id] = ready + way
        return {pickup: found[pickup] for pickup in sorted(found)}

    def _pack(self, lot_id: str) -> Pack:
        lot: Lot = self.lots[lot_id]
        return Pack(
            lot.pack_payload_g / G_PER_KG, lot.pack_volume_ml / ML_PER_L, lot.pack_people
        )  # fmt: skip

    def lorry_share(self, drop: str, lot_id: str) -> float:
        """How much of a lorry one pack fills, by mass or volume, whichever is more."""
        pack, site = self.pack(lot_id), self.sites[drop]
        return max(pack.kg / site.lorry_payload_kg, pack.litres / site.lorry_volume_l)

    def may_carry(self, vehicle: Vehicle, lot_id: str) -> bool:
        """Whether the vehicle carries this lot's owner's cargo."""
        limit = self.limits.get(vehicle.vehicle_id)
        own = limit is not None and limit.own_cargo_only
        return not own or self.lots[lot_id].member == vehicle.member

    def may_call(self, vehicle: Vehicle, *sites: str) -> bool:
        """Whether the vehicle may go to all of these sites; no name is no site."""
        limit = self.limits.get(vehicle.vehicle_id)
        return limit is None or not any(site in limit.closed_sites for site in sites if site)

    def parts_of(self, need: Need) -> tuple[tuple[int, float], ...]:
        """Units, and weight a unit, of the parts of a need, the first counts most."""
        worth, whole = self.problem.worth, need.planned_units
        first = math.ceil(worth.first_amount_share * whole - 1e-9)
        if first == whole or worth.first_value_share * whole < first:
            return ((whole, need.weight / whole),)
        early = need.weight * worth.first_value_share / first
        return (first, early), (whole - first, (need.weight - early * first) / (whole - first))


def _km(a: Site, b: Site) -> float:
    lat_a, lat_b = math.radians(a.lat_deg), math.radians(b.lat_deg)
    half_lat, half_lon = (lat_b - lat_a) / 2, math.radians(b.lon_deg - a.lon_deg) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))


def _payload_kg(of_class: VehicleClass, km: float) -> int:
    points = of_class.payload_points
    if km <= points[0][0]:
        return points[0][1]
    for i in range(1, len(points)):
        (near, more), (far, less) = points[i - 1], points[i]
        if km <= far:
            return math.floor(more + (less - more) * (km - near) / (far - near) + 1e-9)
    return 0


def _may_use(of_class: VehicleClass, site: Site) -> bool:
    return (
        site.runway_m is not None
        and site.runway_m >= of_class.min_runway_m
        and (site.paved or of_class.unpaved_ok)
    )
