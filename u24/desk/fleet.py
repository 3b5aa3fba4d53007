"""Planning figures of aircraft and lorries as the plan problem takes them."""

from u24.domain.offers import Mode, VehicleClass
from u24.errors import InvalidInput
from u24.reference.aircraft import get_aircraft_class, list_aircraft_classes
from u24.reference.lorries import get_lorry_class
from u24.reference.tables import Tables

# Taxi, climb and approach on top of distance at block speed; assumed, a quarter of an hour.
LEG_FIXED_S = 900
# People who travel with a lorry's load go along by car or bus; a convoy takes its team.
ROAD_SEATS = 60
ROAD_RANGE_KM = 100_000  # a lorry's fuel is no limit of a plan


def class_of(class_id: str, tables: Tables) -> VehicleClass:
    """The class of that id, aircraft or lorry.

    Raises
    ------
    InvalidInput
        Neither table knows it.
    """
    if any(known.class_id == class_id for known in list_aircraft_classes(tables)):
        return _aircraft(class_id, tables)
    try:
        return _lorry(class_id, tables)
    except InvalidInput as error:
        raise InvalidInput(f"class {class_id!r} is neither an aircraft nor a lorry") from error


def _aircraft(class_id: str, tables: Tables) -> VehicleClass:
    known = get_aircraft_class(class_id, tables)
    points = [(known.plan_range_full_km, known.plan_payload_kg)]
    if known.plan_range_ferry_km > known.plan_range_full_km:
        points.append((known.plan_range_ferry_km, 0))
    return VehicleClass(
        class_id=class_id,
        name=known.name,
        mode=Mode.AIR,
        payload_points=tuple(points),
        volume_l=known.plan_volume_l,
        seats=known.plan_seats,
        block_speed_kmh=known.plan_speed_kmh,
        leg_fixed_s=LEG_FIXED_S,
        load_s=known.plan_load_min * 60,
        unload_s=known.plan_unload_min * 60,
        min_runway_m=known.plan_runway_m,
        unpaved_ok=known.plan_unpaved,
        parking_units=known.plan_parking_units,
        assumed=known.assumed,
    )


def _lorry(class_id: str, tables: Tables) -> VehicleClass:
    known = get_lorry_class(class_id, tables)
    return VehicleClass(
        class_id=class_id,
        name=known.name,
        mode=Mode.ROAD,
        payload_points=((ROAD_RANGE_KM, known.plan_payload_kg),),
        volume_l=known.plan_volume_l,
        seats=ROAD_SEATS,
        block_speed_kmh=known.plan_speed_kmh,
        load_s=known.plan_load_min * 60,
        unload_s=known.plan_unload_min * 60,
        assumed=known.assumed,
    )
