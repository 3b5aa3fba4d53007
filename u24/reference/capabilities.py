"""Capabilities that a mission is made of: people and kit of a unit of each kind."""

from dataclasses import dataclass

from u24.reference.lookup import get_keyed, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "capabilities"
FORCE_PROTECTION = "force_protection"
MILITARY = "military"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityKind:
    """One kind of unit that members give to a mission: what it is for, never how it is used.

    None means that no source says. The plan figures of people, mass and volume are
    complete, and ``assumed`` names those that are not facts; a capacity is None where it
    means nothing. Mass and volume are the equipment, without the people.
    """

    kind_id: str
    name: str
    group: str  # force_protection, engineers, medical, transport, logistics, liaison, ...
    legal_class: str  # military, or civil (police too)
    people: int | None
    patients_day: int | None
    beds: int | None
    plan_people: int
    plan_mass_kg: int
    plan_volume_l: int
    plan_patients_day: int | None
    plan_beds: int | None
    inferred: tuple[str, ...]
    assumed: tuple[str, ...]
    assumed_note: str
    sources: tuple[str, ...]
    notes: str

    @property
    def is_military(self) -> bool:
        """Whether it belongs to armed forces, whatever its offer says."""
        return self.legal_class == MILITARY

    @property
    def protects(self) -> bool:
        """Whether a mission with it can defend itself."""
        return self.group == FORCE_PROTECTION


def get_capability(kind_id: str, tables: Tables = SHIPPED) -> CapabilityKind:
    """The kind of capability with this id.

    Raises
    ------
    InvalidInput
        There is none; the message names ids that look alike.
    """
    return get_keyed(TABLE, CapabilityKind, kind_id, tables)


def find_capability(kind_id: str, tables: Tables = SHIPPED) -> CapabilityKind | None:
    """The kind of capability with this id, or None."""
    return read_keyed(TABLE, CapabilityKind, tables).get(kind_id)


def list_capabilities(tables: Tables = SHIPPED) -> tuple[CapabilityKind, ...]:
    """All kinds of capability, in order of id."""
    return tuple(read_keyed(TABLE, CapabilityKind, tables).values())
