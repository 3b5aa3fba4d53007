"""The plan problem: one shape for every world.

Sites handle vehicles, vehicles of a class move between sites, lots wait at sites, needs
wait for lots. Range, runway, closures, consent and caveats are all data here, so that
neither the planner nor the checker knows what an earthquake or a red line is.
"""

from dataclasses import dataclass
from datetime import datetime

from u24.clock import require_utc
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle, VehicleClass
from u24.domain.places import Road
from u24.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotChange:
    """From ``from_s`` to ``until_s`` after T0 the site serves ``slots`` parking units.

    A curfew, a closure and a damaged apron are the same thing. 0 is legal: nobody.
    """

    from_s: int
    until_s: int
    slots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An airport, a depot or a place of need.

    ``slots`` is how many parking units are served at once, ``None`` without limit.
    ``runway_m`` is ``None`` where no aircraft can land. ``lorries`` wait here to carry
    cargo onward; each takes ``lorry_payload_kg`` and ``lorry_volume_l``.
    """

    site_id: str
    name: str
    country: str
    lat_deg: float
    lon_deg: float
    runway_m: int | None = None
    paved: bool = True
    slots: int | None = None
    slot_changes: tuple[SlotChange, ...] = ()
    entry: bool = False
    tech_stop: bool = False
    lorries: int = 0
    lorry_payload_kg: int = 1
    lorry_volume_l: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleLimits:
    """Where a vehicle may not go, and whether it carries only its own member's lots."""

    vehicle_id: str
    closed_sites: tuple[str, ...] = ()
    own_cargo_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """How delivered amounts count: the first part of a need counts most.

    The first ``first_amount_share`` of a need carries ``first_value_share`` of its weight.
    ``marks_s`` are the moments after T0 that the plan serves in that order: what arrives
    by the first mark is decided first.
    """

    first_amount_share: float = 0.6
    first_value_share: float = 0.8
    marks_s: tuple[int, ...] = (86_400, 172_800, 259_200)

    def __post_init__(self) -> None:
        if not 0 < self.first_amount_share <= self.first_value_share <= 1:
            raise InvalidInput(
                f"worth is {self.first_amount_share} / {self.first_value_share}; "
                "it must be 0 < amount share <= value share <= 1"
            )
        if not self.marks_s or list(self.marks_s) != sorted(set(self.marks_s)):
            raise InvalidInput(f"marks_s is {self.marks_s}; give rising seconds after T0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything a planner may use and a checker must hold it to.

    Times of lots, needs and vehicles are UTC moments; plans count whole seconds after
    ``t0_at`` on a grid of ``tick_s``. ``roads`` are the only ways by road.
    """

    t0_at: datetime
    tick_s: int
    horizon_s: int
    sites: tuple[Site, ...]
    classes: tuple[VehicleClass, ...]
    vehicles: tuple[Vehicle, ...]
    vehicle_limits: tuple[VehicleLimits, ...]
    lots: tuple[Lot, ...]
    needs: tuple[Need, ...]
    matches: tuple[Match, ...]
    roads: tuple[Road, ...]
    worth: Worth

    def __post_init__(self) -> None:
        require_utc(t0_at=self.t0_at)
        if self.tick_s < 1 or self.horizon_s % self.tick_s:
            raise InvalidInput(
                f"tick_s is {self.tick_s}; it must be 1 or more and divide {self.horizon_s}"
            )
