"""What the rules look up: names to words, distances, durations - computed anew."""

import math
from collections.abc import Container
from datetime import datetime, timedelta
from itertools import pairwise

from u24.domain.offers import Mode, VehicleClass
from u24.domain.plan import Consignment, Plan, Route, Violation
from u24.domain.problem import Problem, Site, VehicleLimits

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG


class Book:
    """The problem by name. Rows of the plan with unknown names are set aside and named."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.sites = {site.site_id: site for site in problem.sites}
        self.classes = {c.class_id: c for c in problem.classes}
        self.vehicles = {v.vehicle_id: v for v in problem.vehicles}
        self.limits = {limit.vehicle_id: limit for limit in problem.vehicle_limits}
        self.lots = {lot.lot_id: lot for lot in problem.lots}
        self.needs = {need.need_id: need for need in problem.needs}
        self.matches = {(m.lot_id, m.need_id): m for m in problem.matches}
        self.road_s = {(r.from_site, r.to_site): r.duration_s for r in problem.roads}
        self.unknown: list[Violation] = []
        self.routes: dict[str, Route] = {}
        for route in plan.routes:
            if self._knows_route(route):
                self.routes[route.vehicle_id] = route
        self.consignments = [c for c in plan.consignments if self._knows_consignment(c)]

    def seconds(self, moment: datetime) -> float:
        """Seconds from T0 to ``moment``."""
        return (moment - self.problem.t0_at) / timedelta(seconds=1)

    def class_of(self, vehicle_id: str) -> VehicleClass:
        """The class of a vehicle known to the problem."""
        return self.classes[self.vehicles[vehicle_id].class_id]

    def limits_of(self, vehicle_id: str) -> VehicleLimits:
        """The limits of a vehicle; none if the problem names none."""
        return self.limits.get(vehicle_id, VehicleLimits(vehicle_id=vehicle_id))

    def km(self, a: Site, b: Site) -> float:
        """Great-circle distance by the spherical law of vectors, km."""
        one, two = _unit(a), _unit(b)
        cross = math.dist((0, 0, 0), _cross(one, two))
        dot = sum(x * y for x, y in zip(one, two, strict=True))
        return EARTH_RADIUS_KM * math.atan2(cross, dot)

    def least_s(self, of_class: VehicleClass, a: str, b: str) -> float | None:
        """Least seconds from site ``a`` to ``b``; None if there is no way for the class."""
        if a == b:
            return 0.0
        if of_class.mode is Mode.ROAD:
            return self.road_s.get((a, b))
        km = self.km(self.sites[a], self.sites[b])
        return km / of_class.block_speed_kmh * 3600 + of_class.leg_fixed_s

    @staticmethod
    def payload_kg(of_class: VehicleClass, km: float) -> float:
        """Payload over ``km`` on the payload-range curve; below 0 beyond its end."""
        points = of_class.payload_points
        if km <= points[0][0]:
            return points[0][1]
        for (near, more), (far, less) in pairwise(points):
            if km <= far:
                return more + (less - more) * (km - near) / (far - near)
        return -1.0

    def _knows_route(self, route: Route) -> bool:
        names: list[tuple[str, str, Container[str]]] = [
            ("vehicle", route.vehicle_id, self.vehicles)
        ]
        names += [("site", call.site_id, self.sites) for call in route.calls]
        if not self._knows(names, f"route of {route.vehicle_id}"):
            return False
        if route.vehicle_id in self.routes:
            self.unknown.append(
                broken("route-shape", route.vehicle_id, "this vehicle has two routes; give one")
            )
            return False
        return True

    def _knows_consignment(self, consignment: Consignment) -> bool:
        names: list[tuple[str, str, Container[str]]] = [
            ("lot", consignment.lot_id, self.lots),
            ("need", consignment.need_id, self.needs),
        ]
        for segment in consignment.segments:
            names += [("site", segment.from_site, self.sites)]
            names += [("site", segment.to_site, self.sites)]
        return self._knows(names, f"consignment {consignment.lot_id} > {consignment.need_id}")

    def _knows(self, names: list[tuple[str, str, Container[str]]], where: str) -> bool:
        missing = [(word, name) for word, name, known in names if name not in known]
        for word, name in missing:
            self.unknown.append(
                broken("unknown-name", where, f"{word} {name!r} is not in the problem")
            )
        return not missing


def broken(rule: str, where: str, text: str) -> Violation:
    """One violation."""
    return Violation(rule=rule, where=where, text=text)


def hours(seconds: float) -> str:
    """``T+hh:mm`` of seconds after T0."""
    minutes = round(seconds / 60)
    sign = "-" if minutes < 0 else "+"
    return f"T{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _unit(site: Site) -> tuple[float, float, float]:
    lat, lon = math.radians(site.lat_deg), math.radians(site.lon_deg)
    return (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))


def _cross(
    a: tuple[float, float, float], b: tuple[float, float, float]
) -> tuple[float, float, float]:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )
