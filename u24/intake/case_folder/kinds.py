"""Kinds that the reference tables know, and the figures of one pack of each."""

from dataclasses import dataclass
from functools import lru_cache

from u24.reference.capabilities import CapabilityKind, list_capabilities
from u24.reference.controlled import list_controlled_kinds
from u24.reference.goods import list_goods
from u24.reference.tables import Tables
from u24.reference.teams import TeamKind, list_teams

G_PER_KG = 1000
ML_PER_L = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """The figures of one pack of a kind, as a reference table gives them."""

    mass_g: int
    volume_ml: int
    people: int


@lru_cache(maxsize=8)
def packs_by_kind(tables: Tables) -> dict[str, Pack]:
    """The pack of every kind of goods, team and capability of a mission."""
    packs = {
        goods.kind_id: Pack(mass_g=goods.plan_pack_g, volume_ml=goods.plan_pack_ml, people=0)
        for goods in list_goods(tables)
    }
    units: tuple[TeamKind | CapabilityKind, ...]
    units = (*list_teams(tables), *list_capabilities(tables))
    for unit in units:
        packs[unit.kind_id] = Pack(
            mass_g=max(1, unit.plan_mass_kg * G_PER_KG),  # a team without kit still is a pack
            volume_ml=max(1, unit.plan_volume_l * ML_PER_L),
            people=unit.plan_people,
        )
    return packs


@lru_cache(maxsize=8)
def table_kinds(tables: Tables) -> frozenset[str]:
    """Every kind of a reference table, controlled ones too, of which no pack is known."""
    return frozenset(packs_by_kind(tables)) | {each.kind for each in list_controlled_kinds(tables)}
