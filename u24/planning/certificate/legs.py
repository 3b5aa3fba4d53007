"""How long each class takes from site to site, and what it carries, from the words."""

import itertools
import math
from dataclasses import dataclass

from u24.domain.offers import Mode, VehicleClass
from u24.domain.problem import Problem, Site

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
NO_DISTANCE_KM = 1e-6
ROUNDING = 1e-9  # kg that arithmetic may lose of a payload


@dataclass(frozen=True, slots=True)
class Way:
    """One way to carry cargo, directly or by a technical stop."""

    of_class: VehicleClass
    pickup: str
    drop: str
    ticks: int  # from the end of loading to the beginning of unloading
    payload_kg: int


class Legs:
    """Moves and ways of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._tick_s = problem.tick_s
        self.sites = {site.site_id: site for site in problem.sites}
        self._stops = [site for site in problem.sites if site.tech_stop]
        self._road_s = {(r.from_site, r.to_site): r.duration_s for r in problem.roads}
        self._vectors = {site.site_id: _on_the_ball(site) for site in problem.sites}
        self._places = {need.place_id for need in problem.needs}

    def ticks(self, seconds: int) -> int:
        """Steps of time that hold so many seconds."""
        return -(-seconds // self._tick_s)

    def km(self, one: str, other: str) -> float:
        """Great circle from the chord through the earth."""
        chord = math.dist(self._vectors[one], self._vectors[other])
        return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, chord / 2))

    def road(self, one: str, other: str) -> int | None:
        """Ticks by road; None without a road."""
        if one == other:
            return 0
        seconds = self._road_s.get((one, other))
        return None if seconds is None else self.ticks(seconds)

    def move(self, of_class: VehicleClass, one: str, other: str) -> int | None:
        """Ticks of an empty move; None where the class cannot make it."""
        if of_class.mode is Mode.ROAD:
            return self.road(one, other)
        km = self.km(one, other)
        if not (self._may_use(of_class, one) and self._may_use(of_class, other)):
            return None
        return self._flight(of_class, km) if km <= of_class.payload_points[-1][0] else None

    def ways(self, of_class: VehicleClass, pickup: str, drop: str) -> list[Way]:
        """All useful ways, without those that another beats in time and in payload."""
        if of_class.mode is Mode.ROAD:
            found = self._by_road(of_class, pickup, drop)
        else:
            found = self._by_air(of_class, pickup, drop)
        best: list[Way] = []
        for ticks, payload_kg in sorted(found, key=lambda way: (way[0], -way[1])):
            if not best or payload_kg > best[-1].payload_kg:
                best.append(Way(of_class, pickup, drop, ticks, payload_kg))
        return best

    def _by_road(self, of_class: VehicleClass, pickup: str, drop: str) -> list[tuple[int, int]]:
        ticks = self.road(pickup, drop)
        if drop not in self._places or pickup == drop or ticks is None:
            return []
        return [(ticks, of_class.payload_points[0][1])]

    def _by_air(self, of_class: VehicleClass, pickup: str, drop: str) -> list[tuple[int, int]]:
        usable = self._may_use(of_class, pickup) and self._may_use(of_class, drop)
        if not self.sites[drop].entry or pickup == drop or not usable:
            return []
        km = self.km(pickup, drop)
        direct_kg = _payload_kg(of_class, km)
        found = [(self._flight(of_class, km), direct_kg)] if direct_kg > 0 else []
        for stop in self._stops:
            if stop.site_id in {pickup, drop} or not self._may_use(of_class, stop.site_id):
                continue
            legs_km = self.km(pickup, stop.site_id), self.km(stop.site_id, drop)
            payload_kg = min(_payload_kg(of_class, leg) for leg in legs_km)
            if payload_kg > direct_kg:
                air = sum(self._flight(of_class, leg) for leg in legs_km)
                found.append((air + self.ticks(of_class.unload_s), payload_kg))
        return found

    def _flight(self, of_class: VehicleClass, km: float) -> int:
        if km < NO_DISTANCE_KM:
            return 0
        return self.ticks(math.ceil(km / of_class.block_speed_kmh * 3600) + of_class.leg_fixed_s)

    def _may_use(self, of_class: VehicleClass, site_id: str) -> bool:
        site = self.sites[site_id]
        if site.runway_m is None or site.runway_m < of_class.min_runway_m:
            return False
        return site.paved or of_class.unpaved_ok


def _on_the_ball(site: Site) -> tuple[float, float, float]:
    lat, lon = math.radians(site.lat_deg), math.radians(site.lon_deg)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _payload_kg(of_class: VehicleClass, km: float) -> int:
    points = of_class.payload_points
    if km <= points[0][0]:
        return points[0][1]
    for (near_km, more_kg), (far_km, less_kg) in itertools.pairwise(points):
        if km <= far_km:
            share = (km - near_km) / (far_km - near_km)
            return math.floor(more_kg - (more_kg - less_kg) * share + ROUNDING)
    return 0
