"""The standards, packs and teams that needs are counted in, taken from the tables once."""

from collections.abc import Mapping
from dataclasses import dataclass

from u24.reference.goods import GoodsKind, get_goods
from u24.reference.sphere import Rate, get_rate
from u24.reference.tables import Tables
from u24.reference.teams import TeamKind, get_team

RATES = ("water_total_min", "water_drinking_food", "shelter_covered", "energy", "bedding")
GOODS = (
    "family_tent",
    "winter_tent",
    "blanket",
    "sleeping_mat",
    "heater",
    "stove",
    "hygiene_kit",
    "food_ration",
    "water_bottled",
    "water_purification_unit",
)
TEAMS = ("usar_heavy", "usar_medium", "emt1_fixed", "emt1_mobile", "emt2", "emt3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standards:
    """Rates, goods and teams by their names in the tables, and whether it is cold."""

    rates: Mapping[str, Rate]
    goods: Mapping[str, GoodsKind]
    teams: Mapping[str, TeamKind]
    cold: bool


def standards_of(tables: Tables, *, cold: bool) -> Standards:
    """Everything that the lines need, from these tables."""
    return Standards(
        rates={name: get_rate(name, tables) for name in RATES},
        goods={kind: get_goods(kind, tables) for kind in GOODS},
        teams={kind: get_team(kind, tables) for kind in TEAMS},
        cold=cold,
    )
