"""What made instances ask for and offer, with masses and volumes of the reference tables."""

from dataclasses import dataclass

from u24.reference.goods import get_goods
from u24.reference.teams import get_team

ML_PER_L = 1000
G_PER_KG = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind; the weights say how often it is needed and how often it is in stock."""

    kind_id: str
    pack_g: int
    pack_ml: int
    people: int
    urgency: int
    need_weight: int
    lot_weight: int


_GOODS = (
    ("family_tent", 4, 30, 30), ("tarpaulin", 3, 20, 20), ("blanket", 3, 20, 25),
    ("kitchen_set", 2, 15, 15), ("wash_kit_2", 6, 20, 13), ("generator_100kw", 4, 15, 15),
    ("iehk", 8, 30, 25), ("heb", 4, 30, 30), ("hygiene_kit", 2, 20, 20),
    ("cholera_kit", 6, 15, 12), ("sleeping_bag", 2, 15, 15), ("large_tent", 2, 7, 8),
)  # fmt: skip
_TEAMS = (("usar_medium", 10, 10, 12), ("emt1_fixed", 10, 10, 12))
# What else serves a need, and how much one of it counts.
SERVES: dict[str, tuple[tuple[str, float], ...]] = {
    "family_tent": (("tarpaulin", 0.15), ("large_tent", 3.0)),
    "tarpaulin": (("family_tent", 2.5),),
    "blanket": (("sleeping_bag", 0.9),),
    "sleeping_bag": (("blanket", 0.6),),
    "cholera_kit": (("iehk", 0.5),),
}


def _goods(kind_id: str, urgency: int, need: int, lot: int) -> Kind:
    known = get_goods(kind_id)
    return Kind(
        kind_id=kind_id, pack_g=known.plan_pack_g, pack_ml=known.plan_pack_ml, people=0,
        urgency=urgency, need_weight=need, lot_weight=lot,
    )  # fmt: skip


def _team(kind_id: str, urgency: int, need: int, lot: int) -> Kind:
    known = get_team(kind_id)
    return Kind(
        kind_id=kind_id, pack_g=known.plan_mass_kg * G_PER_KG,
        pack_ml=known.plan_volume_l * ML_PER_L, people=known.plan_people,
        urgency=urgency, need_weight=need, lot_weight=lot,
    )  # fmt: skip


KINDS = {
    kind.kind_id: kind
    for kind in (*(_goods(*row) for row in _GOODS), *(_team(*row) for row in _TEAMS))
}
