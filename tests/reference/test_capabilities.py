"""Capabilities of a mission: complete for planning, sourced, and of one legal class."""

import pytest

from u24.errors import InvalidInput
from u24.reference.capabilities import find_capability, get_capability, list_capabilities
from u24.reference.catalogue import get_spec
from u24.reference.controlled import list_controlled_kinds
from u24.reference.goods import list_goods
from u24.reference.sources import list_sources
from u24.reference.tables import SHIPPED
from u24.reference.teams import list_teams

every_kind = pytest.mark.parametrize("kind", list_capabilities(), ids=lambda kind: kind.kind_id)
FACTS = ("people", "patients_day", "beds")
PLANS = ("people", "mass_kg", "volume_l", "patients_day", "beds")


def test_a_mission_can_be_made_of_what_it_needs():
    groups = {kind.group for kind in list_capabilities()}

    assert groups >= {
        "force_protection", "engineers", "medical", "transport", "logistics", "liaison",
    }  # fmt: skip


@every_kind
def test_a_planning_figure_is_the_fact_or_is_named_as_assumed(kind):
    for name in PLANS:
        plan = getattr(kind, f"plan_{name}")
        fact = getattr(kind, name, None)
        is_fact = plan == fact and name not in kind.inferred
        assert is_fact or f"plan_{name}" in kind.assumed, name
        assert plan is not None or f"plan_{name}" not in kind.assumed, name


@every_kind
def test_a_fact_names_its_source_and_an_assumption_its_reasoning(kind):
    assert kind.sources or all(getattr(kind, name) is None for name in FACTS)
    assert set(kind.sources) <= {source.source_id for source in list_sources()}
    assert bool(kind.assumed) == bool(kind.assumed_note)


@every_kind
def test_a_capability_stands_in_no_other_table_of_kinds(kind):
    others = {each.kind_id for each in (*list_goods(), *list_teams())}
    others |= {each.kind for each in list_controlled_kinds()}

    assert kind.kind_id not in others


def test_a_unit_of_soldiers_is_military_and_police_are_civil():
    assert get_capability("engineer_company").is_military
    assert not get_capability("formed_police_unit").is_military


def test_only_force_protection_protects():
    protecting = {kind.kind_id for kind in list_capabilities() if kind.protects}

    assert protecting == {
        "force_protection_company", "force_protection_platoon", "infantry_company",
    }  # fmt: skip


def test_hospitals_have_the_beds_that_the_source_gives_the_lower_end_where_it_gives_a_range():
    level1, level2 = get_capability("field_medical_level1"), get_capability("field_hospital_level2")

    assert (level1.people, level1.patients_day, level1.plan_beds) == (11, 20, 5)
    assert (level2.people, level2.patients_day, level2.plan_beds) == (63, 40, 10)


def test_an_unknown_capability_is_answered_with_near_ones_or_with_none():
    assert find_capability("enginer_company") is None
    with pytest.raises(InvalidInput, match=r"'enginer_company'; near matches: engineer_company"):
        get_capability("enginer_company")


def test_a_users_own_capability_is_found(tmp_path):
    header = ",".join(column.name for column in get_spec("capabilities").columns)
    path = tmp_path / "mine.add.csv"
    path.write_text(
        f"{header}\ndog_unit,Dogs,engineers,civil,,,,4,10,10,,,,,,,\n", encoding="utf-8"
    )

    own = SHIPPED.with_override("capabilities", path)

    assert get_capability("dog_unit", own).plan_people == 4
    assert find_capability("dog_unit") is None
