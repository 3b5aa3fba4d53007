"""The lanes of the time line: each vehicle's bars, lorry loads and airports over time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from u24.domain.answer import Answer
from u24.domain.offers import Mode
from u24.domain.plan import Call, Carrier, Purpose, Route
from u24.domain.problem import Site
from u24.report.map_marks import masses_kg
from u24.report.names import country_and_code
from u24.report.wording import counted, t_plus, tonnes


class Doing(StrEnum):
    """What a bar shows; the value is its class in the picture."""

    FLY = "u-fly"
    DRIVE = "u-drive"
    MOVE = "u-move"  # without load
    WAIT = "u-wait"
    LOAD = "u-load"
    UNLOAD = "u-unload"
    TECH_STOP = "u-tech"
    OWN_ROAD = "u-own"  # the member brings it itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that takes time; ``text`` may be written on it, ``told`` says it all."""

    doing: Doing
    from_s: int
    until_s: int
    text: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One row; ``anchor`` is where the table of movements tells the same."""

    name: str
    bars: tuple[Bar, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AirportLane:
    """Parking in use and closures of one airport: steps of (from, until, slots)."""

    name: str
    slots: int | None
    busy: tuple[tuple[int, int, int], ...]
    limits: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Lanes under one heading."""

    name: str
    lanes: tuple[Lane, ...] = ()
    airports: tuple[AirportLane, ...] = ()


SERVICE = {
    Purpose.LOAD: Doing.LOAD,
    Purpose.UNLOAD: Doing.UNLOAD,
    Purpose.TECH_STOP: Doing.TECH_STOP,
}
VERB = {
    Doing.LOAD: "loads at",
    Doing.UNLOAD: "unloads at",
    Doing.TECH_STOP: "tech stop at",
}


def groups(answer: Answer) -> tuple[Group, ...]:
    """Airports of arrival, then vehicles by member, then lorries by the site they leave."""
    found = [Group(name="Airports of arrival: parking in use", airports=_airport_lanes(answer))]
    found += _vehicle_groups(answer)
    found += _road_groups(answer)
    return tuple(group for group in found if group.lanes or group.airports)


def vehicle_anchors(answer: Answer) -> dict[str, str]:
    """The anchor of each vehicle's rows in the table of movements."""
    routes = sorted(route.vehicle_id for route in answer.planned.plan.routes)
    return {vehicle_id: f"vehicle-{i}" for i, vehicle_id in enumerate(routes, start=1)}


def leg_loads_kg(answer: Answer) -> dict[tuple[str, int], int]:
    """Load of each leg that carries something, kg: (vehicle, index of the call it leaves)."""
    loads: dict[tuple[str, int], int] = {}
    for consignment, mass_kg in masses_kg(answer):
        for segment in consignment.segments:
            for leg in range(segment.from_call, segment.to_call):
                key = (segment.vehicle_id, leg)
                loads[key] = loads.get(key, 0) + mass_kg
    return loads


def _vehicle_groups(answer: Answer) -> list[Group]:
    vehicles = {v.vehicle_id: v for v in answer.problem.vehicles}
    classes = {c.class_id: c for c in answer.problem.classes}
    loads, anchors = leg_loads_kg(answer), vehicle_anchors(answer)
    by_member: dict[str, list[Lane]] = {}
    for route in sorted(answer.planned.plan.routes, key=lambda route: route.vehicle_id):
        vehicle = vehicles[route.vehicle_id]
        by_air = classes[vehicle.class_id].mode is Mode.AIR
        bars = tuple(_bars(route, loads, by_air=by_air))
        if bars:
            lane = Lane(name=route.vehicle_id, bars=bars, anchor=anchors[route.vehicle_id])
            by_member.setdefault(vehicle.member, []).append(lane)
    return [
        Group(
            name=f"{country_and_code(member)}: {counted(len(lanes), 'vehicle', 'vehicles')}",
            lanes=tuple(lanes),
        )
        for member, lanes in sorted(by_member.items())
    ]


def _bars(route: Route, loads: dict[tuple[str, int], int], *, by_air: bool) -> Iterator[Bar]:
    for i, call in enumerate(route.calls):
        yield from _service(call, route.vehicle_id)
        if i + 1 == len(route.calls):
            break
        after = route.calls[i + 1]
        if call.site_id == after.site_id:
            continue
        load_kg = loads.get((route.vehicle_id, i), 0)
        way = f"{call.site_id} to {after.site_id}"
        span = f"{t_plus(call.depart_s)} to {t_plus(after.arrive_s)}"
        told = f"{way}, {tonnes(load_kg) if load_kg else 'empty'}, {span}"
        loaded = Doing.FLY if by_air else Doing.DRIVE
        yield Bar(
            doing=loaded if load_kg else Doing.MOVE,
            from_s=call.depart_s,
            until_s=after.arrive_s,
            text=after.site_id if load_kg else "",
            told=f"{route.vehicle_id}: {told}",
        )


def _service(call: Call, vehicle_id: str) -> Iterator[Bar]:
    if call.purpose is Purpose.START:
        return
    if call.service_from_s > call.arrive_s:
        told = f"{vehicle_id}: waits at {call.site_id} until {t_plus(call.service_from_s)}"
        yield _bar(Doing.WAIT, call.arrive_s, call.service_from_s, told)
    doing = SERVICE[call.purpose]
    span = f"{t_plus(call.service_from_s)} to {t_plus(call.service_until_s)}"
    told = f"{vehicle_id}: {VERB[doing]} {call.site_id}, {span}"
    yield _bar(doing, call.service_from_s, call.service_until_s, told)


def _bar(doing: Doing, from_s: int, until_s: int, told: str) -> Bar:
    return Bar(doing=doing, from_s=from_s, until_s=until_s, text="", told=told)


def _road_groups(answer: Answer) -> list[Group]:
    loads: dict[tuple[Carrier, str, str, int, int], int] = {}
    for consignment, mass_kg in masses_kg(answer):
        for s in consignment.segments:
            if s.carrier is not Carrier.VEHICLE:
                key = (s.carrier, s.from_site, s.to_site, s.start_s, s.end_s)
                loads[key] = loads.get(key, 0) + mass_kg
    by_site: dict[tuple[Carrier, str], list[Bar]] = {}
    for (carrier, start, end, from_s, until_s), load_kg in sorted(loads.items()):
        lorries = carrier is Carrier.LORRIES
        span = f"{t_plus(from_s)} to {t_plus(until_s)}"
        bar = Bar(
            doing=Doing.DRIVE if lorries else Doing.OWN_ROAD, from_s=from_s, until_s=until_s,
            text=f"{end} {tonnes(load_kg)}",
            told=f"{start} to {end} by road, {tonnes(load_kg)}, {span}",
        )  # fmt: skip
        by_site.setdefault((carrier, start), []).append(bar)
    return [
        Group(
            name=f"Lorries from {site}" if carrier is Carrier.LORRIES else f"Own road from {site}",
            lanes=_packed(bars),
        )
        for (carrier, site), bars in sorted(by_site.items(), key=lambda item: item[0])
    ]


def _packed(bars: list[Bar]) -> tuple[Lane, ...]:
    """As few lanes as keep bars from lying on each other."""
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: (bar.from_s, bar.until_s, bar.told)):
        free = next((lane for lane in lanes if lane[-1].until_s <= bar.from_s), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    return tuple(Lane(name="", bars=tuple(lane)) for lane in lanes)


def _airport_lanes(answer: Answer) -> tuple[AirportLane, ...]:
    visited: dict[str, list[tuple[int, int, int]]] = {}
    units = {c.class_id: c.parking_units for c in answer.problem.classes}
    parking = {v.vehicle_id: units[v.class_id] for v in answer.problem.vehicles}
    for route in answer.planned.plan.routes:
        for call in route.calls:
            if call.purpose is not Purpose.START:
                span = (call.service_from_s, call.service_until_s, parking[route.vehicle_id])
                visited.setdefault(call.site_id, []).append(span)
    return tuple(
        AirportLane(
            name=site.site_id, slots=site.slots, busy=_steps(visited.get(site.site_id, [])),
            limits=tuple((c.from_s, c.until_s, c.slots) for c in site.slot_changes),
        )
        for site in answer.problem.sites
        if _is_gateway(site, visited)
    )  # fmt: skip


def _is_gateway(site: Site, visited: dict[str, list[tuple[int, int, int]]]) -> bool:
    return site.entry and (site.site_id in visited or bool(site.slot_changes))


def _steps(spans: list[tuple[int, int, int]]) -> tuple[tuple[int, int, int], ...]:
    """Units in use over time, from spans of (from, until, units)."""
    changes: dict[int, int] = {}
    for from_s, until_s, units in spans:
        changes[from_s] = changes.get(from_s, 0) + units
        changes[until_s] = changes.get(until_s, 0) - units
    steps, units, times = [], 0, sorted(changes)
    for now, after in pairwise(times):
        units += changes[now]
        if units:
            steps.append((now, after, units))
    return tuple(steps)
