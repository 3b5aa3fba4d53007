"""Rules of the vehicles' routes: shape, window, speed, range, runway, service."""

from collections.abc import Iterator
from itertools import pairwise

from u24.domain.offers import Mode, VehicleClass
from u24.domain.plan import Call, Purpose, Route, Violation
from u24.planning.checker.book import Book, broken, hours

SLACK_S = 1.0  # rounding of a distance computed by another formula
SLACK_KM = 0.01
FOLLOWERS = {
    Purpose.START: {Purpose.LOAD},
    Purpose.LOAD: {Purpose.TECH_STOP, Purpose.UNLOAD},
    Purpose.TECH_STOP: {Purpose.UNLOAD},
    Purpose.UNLOAD: {Purpose.LOAD},
}


def check_routes(book: Book) -> list[Violation]:
    """Every broken rule of every route."""
    found: list[Violation] = []
    for vehicle_id in sorted(book.routes):
        route = book.routes[vehicle_id]
        shape = list(_shape(route))
        found += shape
        if shape:
            continue
        found += _window(book, route)
        found += _calls(book, route)
        found += _legs(book, route)
    return found


def _shape(route: Route) -> Iterator[Violation]:
    where = f"route of {route.vehicle_id}"
    if not route.calls or route.calls[0].purpose is not Purpose.START:
        yield broken("route-shape", where, "it must begin with a start call")
        return
    for before, after in pairwise(route.calls):
        if after.purpose not in FOLLOWERS[before.purpose]:
            yield broken("route-shape", where, f"{before.purpose} is followed by {after.purpose}")
    if route.calls[-1].purpose not in (Purpose.START, Purpose.UNLOAD):
        yield broken("route-shape", where, f"it ends with {route.calls[-1].purpose}")
    for call in route.calls:
        times = (call.arrive_s, call.service_from_s, call.service_until_s, call.depart_s)
        if list(times) != sorted(times):
            yield broken("route-shape", where, f"times at {call.site_id} run backwards: {times}")


def _window(book: Book, route: Route) -> Iterator[Violation]:
    vehicle = book.vehicles[route.vehicle_id]
    where = f"route of {route.vehicle_id}"
    first, last = route.calls[0], route.calls[-1]
    if first.site_id != vehicle.home_site:
        yield broken("not-at-home", where, f"starts at {first.site_id}, not {vehicle.home_site}")
    if first.depart_s < book.seconds(vehicle.available_at):
        yield broken(
            "before-available",
            where,
            f"leaves at {hours(first.depart_s)}, available from "
            f"{hours(book.seconds(vehicle.available_at))}",
        )
    limit = min(book.seconds(vehicle.until_at), book.problem.horizon_s)
    if last.service_until_s > limit:
        yield broken(
            "crew-over-time",
            where,
            f"works until {hours(last.service_until_s)}, allowed until {hours(limit)}",
        )


def _calls(book: Book, route: Route) -> Iterator[Violation]:
    of_class = book.class_of(route.vehicle_id)
    closed = book.limits_of(route.vehicle_id).closed_sites
    for call in route.calls[1:]:
        where = f"{route.vehicle_id} at {call.site_id}"
        site = book.sites[call.site_id]
        if call.site_id in closed:
            yield broken("site-not-allowed", where, "the vehicle may not go there")
        if of_class.mode is Mode.AIR:
            if call.purpose is Purpose.UNLOAD and not site.entry:
                yield broken("site-not-allowed", where, "it is no airport of entry")
            if call.purpose is Purpose.TECH_STOP and not site.tech_stop:
                yield broken("site-not-allowed", where, "it offers no tech stop")
            yield from _runway(book, of_class, call, where)
        least = of_class.load_s if call.purpose is Purpose.LOAD else of_class.unload_s
        if call.service_until_s - call.service_from_s < least:
            yield broken(
                "service-too-short",
                where,
                f"{call.purpose} takes {call.service_until_s - call.service_from_s} s, "
                f"at least {least} s",
            )
        elif call.purpose is not Purpose.UNLOAD and (
            call.service_until_s - call.service_from_s > least + book.problem.tick_s
        ):
            yield broken("waits-loaded", where, f"{call.purpose} takes longer than {least} s")


def _runway(book: Book, of_class: VehicleClass, call: Call, where: str) -> Iterator[Violation]:
    site = book.sites[call.site_id]
    if site.runway_m is None or site.runway_m < of_class.min_runway_m:
        yield broken(
            "runway-too-short",
            where,
            f"runway is {site.runway_m} m, {of_class.class_id} needs {of_class.min_runway_m} m",
        )
    if not site.paved and not of_class.unpaved_ok:
        yield broken("runway-too-short", where, f"{of_class.class_id} needs a paved runway")


def _legs(book: Book, route: Route) -> Iterator[Violation]:
    of_class = book.class_of(route.vehicle_id)
    for before, after in pairwise(route.calls):
        where = f"{route.vehicle_id} {before.site_id} > {after.site_id}"
        least = book.least_s(of_class, before.site_id, after.site_id)
        if least is None:
            yield broken("range-exceeded", where, "there is no road")
            continue
        took = after.arrive_s - before.depart_s
        if took + SLACK_S < least:
            yield broken("too-fast", where, f"takes {took} s, at least {least:.0f} s")
        if before.purpose in (Purpose.LOAD, Purpose.TECH_STOP):
            yield from _waiting(book, before, after, least, where)
        if of_class.mode is Mode.AIR:
            km = book.km(book.sites[before.site_id], book.sites[after.site_id])
            if km > of_class.payload_points[-1][0] + SLACK_KM:
                yield broken(
                    "range-exceeded",
                    where,
                    f"{km:.0f} km, {of_class.class_id} flies {of_class.payload_points[-1][0]} km",
                )


def _waiting(
    book: Book, before: Call, after: Call, least: float, where: str
) -> Iterator[Violation]:
    """Loaded, a vehicle goes at once and is served on arrival, but for rounding to the grid.

    Neither plan nor bound knows of cargo that waits on a vehicle for a slot to open.
    """
    between = after.service_from_s - before.service_until_s
    if between > least + book.problem.tick_s:
        yield broken(
            "waits-loaded",
            where,
            f"{between} s from loading to unloading, the way takes {least:.0f} s",
        )
