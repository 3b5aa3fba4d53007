"""Aircraft classes: what they carry, how far, how fast, where they may land."""

from dataclasses import dataclass

from u24.reference.lookup import get_keyed, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "aircraft"


@dataclass(frozen=True, slots=True, kw_only=True)
class AircraftClass:
    """One class of aircraft. Units are in the names; None means that no source says.

    The ``plan_`` figures are complete: each is the fact, or an assumption that
    ``assumed`` names and ``assumed_note`` explains. ``plan_payload_kg`` is shared by
    people and freight. A helicopter needs 0 m of runway.
    """

    class_id: str
    name: str
    kind: str  # airlifter, freighter, airliner or helicopter
    max_payload_kg: int | None
    planning_payload_kg: int | None
    volume_l: int | None
    pallet_positions: int | None
    seats: int | None
    cruise_kmh: int | None
    block_speed_kmh: int | None
    range_full_km: int | None
    range_ferry_km: int | None
    runway_m: int | None
    unpaved: bool | None
    turn_min: int | None
    fuel_burn_kg_h: int | None
    cost_per_hour_usd: int | None
    helipad: bool
    plan_payload_kg: int
    plan_volume_l: int
    plan_seats: int
    plan_speed_kmh: int
    plan_range_full_km: int
    plan_range_ferry_km: int
    plan_runway_m: int
    plan_unpaved: bool
    plan_load_min: int
    plan_unload_min: int
    plan_parking_units: int  # wide 2, narrow 1
    inferred: tuple[str, ...]
    assumed: tuple[str, ...]
    assumed_note: str
    sources: tuple[str, ...]
    notes: str

    def payload_at_kg(self, distance_km: float) -> int:
        """Payload over a distance without refuelling, kg, rounded down; 0 if out of range.

        Full payload up to ``plan_range_full_km``, then a straight line to nothing at
        ``plan_range_ferry_km``: below the true curve, which bends outwards.
        """
        if distance_km <= self.plan_range_full_km:
            return self.plan_payload_kg
        span_km = self.plan_range_ferry_km - self.plan_range_full_km
        left_km = self.plan_range_ferry_km - distance_km
        return int(self.plan_payload_kg * left_km / span_km) if left_km > 0 else 0


def get_aircraft_class(class_id: str, tables: Tables = SHIPPED) -> AircraftClass:
    """The aircraft class with this id.

    Raises
    ------
    InvalidInput
        There is none; the message names ids that look alike.
    """
    return get_keyed(TABLE, AircraftClass, class_id, tables)


def list_aircraft_classes(tables: Tables = SHIPPED) -> tuple[AircraftClass, ...]:
    """All aircraft classes, in order of id."""
    return tuple(read_keyed(TABLE, AircraftClass, tables).values())
