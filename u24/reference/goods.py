"""Relief goods: mass, volume and people served of a pack of each kind."""

from dataclasses import dataclass

from u24.reference.lookup import get_keyed, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "goods"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsKind:
    """One kind of relief goods; a pack is one ``unit``.

    ``people_served`` is per pack, for ``days`` if the source gives them. None means
    that no source says; ``plan_`` figures are complete, and ``assumed`` names those
    that are not facts.
    """

    kind_id: str
    name: str
    unit: str
    sector: str  # shelter, household, food, health, water or energy
    pack_kg: float | None
    pack_l: float | None
    people_served: float | None
    days: float | None
    hazard_class: str | None
    plan_pack_g: int
    plan_pack_ml: int
    plan_people_served: float
    inferred: tuple[str, ...]
    assumed: tuple[str, ...]
    assumed_note: str
    sources: tuple[str, ...]
    notes: str


def get_goods(kind_id: str, tables: Tables = SHIPPED) -> GoodsKind:
    """The kind of goods with this id.

    Raises
    ------
    InvalidInput
        There is none; the message names ids that look alike.
    """
    return get_keyed(TABLE, GoodsKind, kind_id, tables)


def list_goods(tables: Tables = SHIPPED) -> tuple[GoodsKind, ...]:
    """All kinds of goods, in order of id."""
    return tuple(read_keyed(TABLE, GoodsKind, tables).values())
