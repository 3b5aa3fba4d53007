"""Lorry classes: what they carry and how fast."""

from dataclasses import dataclass

from u24.reference.lookup import get_keyed, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "lorries"


@dataclass(frozen=True, slots=True, kw_only=True)
class LorryClass:
    """One class of lorry. None means that no source says; ``plan_`` figures are complete."""

    class_id: str
    name: str
    max_payload_kg: int | None
    volume_l: int | None
    pallets: int | None
    road_speed_kmh: int | None
    range_km: int | None
    plan_payload_kg: int
    plan_volume_l: int
    plan_speed_kmh: int
    plan_load_min: int
    plan_unload_min: int
    inferred: tuple[str, ...]
    assumed: tuple[str, ...]
    assumed_note: str
    sources: tuple[str, ...]
    notes: str


def get_lorry_class(class_id: str, tables: Tables = SHIPPED) -> LorryClass:
    """The lorry class with this id.

    Raises
    ------
    InvalidInput
        There is none; the message names ids that look alike.
    """
    return get_keyed(TABLE, LorryClass, class_id, tables)


def list_lorry_classes(tables: Tables = SHIPPED) -> tuple[LorryClass, ...]:
    """All lorry classes, in order of id."""
    return tuple(read_keyed(TABLE, LorryClass, tables).values())
