"""A plan: what each vehicle does, and which packs go which way. Seconds after T0."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """Why a vehicle stops somewhere."""

    START = "start"  # it stands here when its window opens; takes no slot
    LOAD = "load"
    UNLOAD = "unload"
    TECH_STOP = "tech_stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One stop of a vehicle. It takes a slot from ``service_from_s`` to ``service_until_s``.

    ``depart_s`` is when it leaves for the next call; on the last call it equals
    ``service_until_s``.
    """

    site_id: str
    purpose: Purpose
    arrive_s: int
    service_from_s: int
    service_until_s: int
    depart_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """All calls of one vehicle in order of time; the first is its start."""

    vehicle_id: str
    calls: tuple[Call, ...]


class Carrier(StrEnum):
    """What carries a consignment over one segment."""

    MEMBER_ROAD = "member_road"  # the member brings it to the airport itself
    VEHICLE = "vehicle"  # from one call of a route to a later one
    LORRIES = "lorries"  # whole lorries of the site's pool, which then return


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One part of a consignment's way. ``vehicle_id`` and calls only where a vehicle carries."""

    carrier: Carrier
    from_site: str
    to_site: str
    start_s: int
    end_s: int
    vehicle_id: str = ""
    from_call: int = 0
    to_call: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """Packs of one lot on their way to one need, by a chain of segments."""

    lot_id: str
    need_id: str
    packs: int
    segments: tuple[Segment, ...]

    @property
    def arrive_s(self) -> int:
        """When it reaches the place of need, seconds after T0."""
        return self.segments[-1].end_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Routes and consignments, each in a fixed order, so that equal plans are equal bytes."""

    routes: tuple[Route, ...] = ()
    consignments: tuple[Consignment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One broken rule, found by the checker."""

    rule: str  # e.g. overloaded, runway-too-short, slot-double-booked
    where: str
    text: str
