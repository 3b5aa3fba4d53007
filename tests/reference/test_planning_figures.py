"""Aircraft, lorries, goods and teams: complete for planning, honest about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u24.reference.aircraft import get_aircraft_class, list_aircraft_classes
from u24.reference.figures import count_figures
from u24.reference.goods import get_goods, list_goods
from u24.reference.lorries import list_lorry_classes
from u24.reference.sources import list_sources
from u24.reference.sphere import get_rate, list_rates
from u24.reference.tables import read_rows
from u24.reference.teams import get_team, list_teams

PLANNED = ("aircraft", "lorries", "goods", "teams")
FACT_OF = {
    "aircraft": {
        "plan_payload_kg": "planning_payload_kg",
        "plan_volume_l": "volume_l",
        "plan_seats": "seats",
        "plan_speed_kmh": "block_speed_kmh",
        "plan_range_full_km": "range_full_km",
        "plan_range_ferry_km": "range_ferry_km",
        "plan_runway_m": "runway_m",
        "plan_unpaved": "unpaved",
        "plan_unload_min": "turn_min",
    },
    "lorries": {"plan_payload_kg": "max_payload_kg", "plan_volume_l": "volume_l"},
    "teams": {
        f"plan_{name}": name
        for name in [
            "people",
            "dogs",
            "mass_kg",
            "volume_l",
            "ready_h",
            "self_sufficient_days",
            "sites_at_once",
            "patients_day",
            "beds",
            "litres_day",
            "people_served",
        ]
    },
    "goods": {"plan_people_served": "people_served"},
}


@pytest.mark.parametrize("table", PLANNED)
def test_a_planning_figure_is_the_fact_or_is_named_as_assumed(table):
    for row in read_rows(table):
        for plan, fact in FACT_OF[table].items():
            is_fact = row[plan] == row[fact] and fact not in row["inferred"]
            assert is_fact or plan in row["assumed"], (table, next(iter(row.values())), plan)


@pytest.mark.parametrize("table", PLANNED)
def test_what_is_assumed_is_a_planning_figure_with_its_reasons(table):
    for row in read_rows(table):
        assert all(name.startswith("plan_") and row[name] is not None for name in row["assumed"])
        assert len(set(row["assumed"])) == len(row["assumed"])
        assert bool(row["assumed"]) == bool(row["assumed_note"]), row


def test_packs_of_goods_are_whole_and_match_the_facts():
    for kind in list_goods():
        if kind.pack_kg is not None and "plan_pack_g" not in kind.assumed:
            assert 0 <= kind.plan_pack_g - kind.pack_kg * 1000 < 1, kind.kind_id
        if kind.pack_l is not None and "plan_pack_ml" not in kind.assumed:
            assert 0 <= kind.plan_pack_ml - kind.pack_l * 1000 < 1, kind.kind_id


@pytest.mark.parametrize("table", [*PLANNED, "sphere"])
def test_every_cited_source_is_in_the_table_of_sources(table):
    known = {source.source_id for source in list_sources()}

    cited = {key for row in read_rows(table) for key in row["sources"]}

    assert cited
    assert cited <= known


@pytest.mark.parametrize("table", PLANNED)
def test_a_row_without_a_source_claims_no_facts(table):
    for row in read_rows(table):
        if not row["sources"]:
            figures = [name for name, value in row.items() if type(value) in {int, float}]
            assert all(name.startswith("plan_") or name == "days" for name in figures), row


def test_facts_and_assumptions_can_be_counted():
    count = count_figures("lorries")

    rows = read_rows("lorries")
    assert count.assumed == sum(len(row["assumed"]) for row in rows)
    assert count.facts + count.assumed == 5 * len(rows)


def test_payload_falls_from_full_to_nothing_between_the_two_ranges():
    transport = get_aircraft_class("A400M")

    assert transport.payload_at_kg(0) == 28000
    assert transport.payload_at_kg(3300) == 28000
    assert transport.payload_at_kg(6000) == 14000
    assert transport.payload_at_kg(8700) == 0
    assert transport.payload_at_kg(20000) == 0


@given(
    aircraft=st.sampled_from(list_aircraft_classes()),
    shorter=st.floats(0, 20000),
    longer=st.floats(0, 20000),
)
def test_a_longer_flight_never_carries_more(aircraft, shorter, longer):
    shorter, longer = sorted((shorter, longer))

    assert aircraft.payload_at_kg(shorter) >= aircraft.payload_at_kg(longer) >= 0


def test_aircraft_figures_are_possible():
    for each in list_aircraft_classes():
        assert each.plan_payload_kg <= (each.max_payload_kg or each.plan_payload_kg), each
        assert each.plan_range_full_km <= each.plan_range_ferry_km, each
        assert each.helipad == (each.plan_runway_m == 0) == (each.kind == "helicopter"), each
        assert each.plan_seats or each.plan_volume_l > 5000, each
        assert 60 <= each.plan_payload_kg / each.plan_volume_l * 1000 <= 700, each


@pytest.mark.parametrize(
    "class_id",
    [
        "A319",
        "A321",
        "A332",
        "A332MRTT",
        "B738",
        "B752",
        "B788",
        "C130J30",
        "C17A",
        "IL76TD",
        "AN124",
        "B744F",
    ],
)
def test_the_aircraft_of_2023_are_there(class_id):
    assert get_aircraft_class(class_id).class_id == class_id


def test_facts_read_as_in_their_sources():
    tent, light, heavy = get_goods("family_tent"), get_team("usar_light"), get_team("usar_heavy")

    assert (tent.pack_kg, tent.pack_l, tent.assumed) == (55, 282, ())
    assert (light.people, heavy.people, heavy.self_sufficient_days) == (18, 59, 10)
    assert heavy.volume_l is None
    assert get_aircraft_class("C17A").max_payload_kg == 77500
    assert get_aircraft_class("C17A").cost_per_hour_usd is None
    assert {lorry.plan_speed_kmh for lorry in list_lorry_classes()} <= {30, 45, 50, 60}


def test_a_winter_tent_is_heavier_than_a_family_tent():
    assert get_goods("winter_tent").plan_pack_g > get_goods("family_tent").plan_pack_g


def test_every_kind_of_help_has_a_team():
    families = {team.family for team in list_teams()}

    assert families >= {"usar", "medical", "water", "flood", "fire", "shelter", "coordination"}
    assert get_team("emt2").plan_beds == 20
    assert get_team("usar_heavy").plan_sites_at_once == 2


def test_a_rate_with_a_range_uses_its_upper_end():
    drinking = get_rate("water_drinking_food")

    assert (drinking.low, drinking.value, drinking.high) == (2.5, 3.0, 3.0)
    assert (get_rate("water_total_min").value, get_rate("shelter_covered").value) == (15, 3.5)
    assert all(rate.unit and rate.sources for rate in list_rates())
