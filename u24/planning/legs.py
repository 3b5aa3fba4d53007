"""The leg table: how long each class takes between sites, and what it may carry.

Range, runway and roads thin it here; airspace and clearances will thin it further. The
search sees only the table.
"""

import math

import numpy as np
import numpy.typing as npt

from u24.domain.offers import Mode, VehicleClass
from u24.domain.places import Road
from u24.domain.problem import Site
from u24.planning.kernels.world import FAR

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
DIRECT_ENOUGH_SHARE = 0.75  # of the largest payload: then no tech stop is looked for
NO_DISTANCE_KM = 1e-6
STOP_MUST_GAIN = 1.25  # a tech stop must carry this much more than the direct leg

Distances = npt.NDArray[np.float64]


def distances_km(sites: tuple[Site, ...]) -> Distances:
    """Great-circle distance between all sites, km. Shape (sites, sites). Haversine."""
    lat = np.radians([site.lat_deg for site in sites])
    lon = np.radians([site.lon_deg for site in sites])
    half_lat = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2
    chord = half_lat + np.cos(lat[:, None]) * np.cos(lat[None, :]) * half_lon
    km: Distances = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return km


def payload_kg(of_class: VehicleClass, km: float) -> int:
    """Payload over a leg of ``km``, kg, rounded down; 0 beyond the last range point."""
    points = of_class.payload_points
    if km <= points[0][0]:
        return points[0][1]
    for i in range(1, len(points)):
        (near_km, more_kg), (far_km, less_kg) = points[i - 1], points[i]
        if km <= far_km:
            part = (km - near_km) / (far_km - near_km)
            return math.floor(more_kg + (less_kg - more_kg) * part + 1e-9)
    return 0


def leg_s(of_class: VehicleClass, km: float) -> int:
    """Seconds of one leg of ``km`` by air, rounded up; 0 for no distance."""
    if km < NO_DISTANCE_KM:
        return 0
    return math.ceil(km / of_class.block_speed_kmh * 3600) + of_class.leg_fixed_s


def may_use(of_class: VehicleClass, site: Site) -> bool:
    """Whether runway length and surface let this class of aircraft land and leave."""
    return (
        site.runway_m is not None
        and site.runway_m >= of_class.min_runway_m
        and (site.paved or of_class.unpaved_ok)
    )


class LegTable:
    """Answers about single legs, from the words of one problem."""

    def __init__(self, sites: tuple[Site, ...], roads: tuple[Road, ...], tick_s: int) -> None:
        self._sites = sites
        self._km = distances_km(sites)
        self._index = {site.site_id: i for i, site in enumerate(sites)}
        self._road_s = {(r.from_site, r.to_site): r.duration_s for r in roads}
        self._tick_s = tick_s
        self._stops = [i for i, site in enumerate(sites) if site.tech_stop]

    def ticks(self, seconds: int) -> int:
        """Ticks that hold ``seconds``, rounded up."""
        return -(-seconds // self._tick_s)

    def road_ticks(self, from_site: str, to_site: str) -> int | None:
        """Ticks by road, 0 on the spot; None if there is no road."""
        if from_site == to_site:
            return 0
        seconds = self._road_s.get((from_site, to_site))
        return None if seconds is None else self.ticks(seconds)

    def move_table(
        self, of_class: VehicleClass, from_sites: tuple[str, ...], to_sites: tuple[str, ...]
    ) -> npt.NDArray[np.int32]:
        """Ticks of empty moves between sites, FAR where the class cannot make it."""
        if of_class.mode is Mode.ROAD:
            ways = [[self.road_ticks(a, b) for b in to_sites] for a in from_sites]
            return np.array(
                [[FAR if way is None else way for way in row] for row in ways], np.int32
            ).reshape(len(from_sites), len(to_sites))
        a = [self._index[site] for site in from_sites]
        b = [self._index[site] for site in to_sites]
        usable = np.array([may_use(of_class, site) for site in self._sites])
        km = self._km[np.ix_(a, b)]
        seconds = np.ceil(km / of_class.block_speed_kmh * 3600) + of_class.leg_fixed_s
        ticks = np.where(km < NO_DISTANCE_KM, 0, -(-seconds // self._tick_s))
        reach = (km <= of_class.payload_points[-1][0]) & usable[a][:, None] & usable[b][None, :]
        table: npt.NDArray[np.int32] = np.where(reach, ticks, FAR).astype(np.int32)
        return table

    def lanes(
        self, of_class: VehicleClass, from_site: str, to_site: str
    ) -> list[tuple[int, int, int, int, int]]:
        """Ways to carry cargo: (ticks, payload kg, stop site or -1, stop offset, stop ticks).

        Directly or with one tech stop. The first is the one the search uses; a bound must
        allow for all of them. Empty if there is no way.
        """
        if from_site == to_site:
            return []
        if of_class.mode is Mode.ROAD:
            by_road = self.road_ticks(from_site, to_site)
            return [] if by_road is None else [(by_road, of_class.payload_points[0][1], -1, 0, 0)]
        a, b = self._index[from_site], self._index[to_site]
        if not (may_use(of_class, self._sites[a]) and may_use(of_class, self._sites[b])):
            return []
        km = float(self._km[a, b])
        direct_kg = payload_kg(of_class, km)
        direct = (self.ticks(leg_s(of_class, km)), direct_kg, -1, 0, 0)
        found = [direct] if direct_kg > 0 else []
        stops = self._stops_between(of_class, (a, b), direct_kg)
        most_kg = of_class.payload_points[0][1]
        enough = direct_kg >= DIRECT_ENOUGH_SHARE * most_kg
        if stops and not enough and stops[0][1] >= STOP_MUST_GAIN * direct_kg:
            return [*stops, *found]
        return [*found, *stops]

    def _stops_between(
        self, of_class: VehicleClass, ends: tuple[int, int], direct_kg: int
    ) -> list[tuple[int, int, int, int, int]]:
        """Ways with one tech stop that carry more than the direct leg, most cargo first."""
        if direct_kg >= of_class.payload_points[0][1]:
            return []
        found = []
        for h in self._stops:
            if h in ends or not may_use(of_class, self._sites[h]):
                continue
            legs_km = float(self._km[ends[0], h]), float(self._km[h, ends[1]])
            kg = min(payload_kg(of_class, legs_km[0]), payload_kg(of_class, legs_km[1]))
            if kg <= direct_kg:
                continue
            first = self.ticks(leg_s(of_class, legs_km[0]))
            ground = self.ticks(of_class.unload_s)
            whole = first + ground + self.ticks(leg_s(of_class, legs_km[1]))
            found.append((whole, kg, h, first, ground))
        return sorted(found, key=lambda way: (-way[1], way[0], way[2]))
