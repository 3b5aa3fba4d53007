"""The case Morocco 2023: four accepted of eleven, for search and rescue only."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from u24.desk.recorded import compare_recorded
from u24.intake.case_folder import read_case
from u24.reference.tables import SHIPPED

FOLDER = Path(__file__).parents[2] / "scenarios" / "morocco-2023"
ACCEPTED = {"ESP", "GBR", "QAT", "ARE"}


@pytest.fixture(scope="module")
def case():
    return read_case(FOLDER)


def test_the_shock_is_told_as_its_sources_tell_it(case):
    (shock,) = case.shocks

    assert shock.at == case.t0_at == datetime(2023, 9, 8, 22, 11, tzinfo=UTC)
    assert (shock.magnitude, shock.depth_km, shock.lat_deg, shock.lon_deg) == (
        6.8,
        26.3,
        31.11,
        -8.44,
    )


@pytest.mark.parametrize(
    ("lot_id", "people"),
    [
        ("esp-ume", 56),
        ("esp-ericam", 30),
        ("gbr-isar", 60),
        ("gbr-emt-assessors", 4),
        ("tur-teams", 265),
        ("tun-rescue", 50),
        ("dza-rescue", 80),
    ],
)
def test_teams_have_the_people_that_were_reported(case, lot_id, people):
    lot = {lot.lot_id: lot for lot in case.lots}[lot_id]

    assert lot.packs * lot.pack_people == people


def test_the_turkish_tents_are_a_thousand(case):
    tents = {lot.lot_id: lot for lot in case.lots}["tur-tents"]

    assert tents.packs * tents.pack_units == 1000


def test_all_who_offered_are_in_and_only_four_are_ever_let_in(case):
    offered = {lot.member for lot in case.lots}
    let_in = {member for row in case.consents if row.allowed for member in row.members}

    assert offered == ACCEPTED | {"FRA", "DEU", "USA", "TUR", "TUN", "DZA", "ISR"}
    assert let_in == ACCEPTED


def test_the_four_are_let_in_34_to_36_hours_after_the_shock(case):
    waits_h = {
        (row.from_at - case.t0_at).total_seconds() / 3600 for row in case.consents if row.allowed
    }

    assert waits_h == {35.0}


def test_what_came_is_told_as_its_sources_tell_it(case):
    came = {arrival.arrival_id: (arrival.people, arrival.dogs) for arrival in case.history}

    assert came["esp-ume"] == (56, 4)
    assert came["esp-ericam"] == (30, 4)
    assert came["gbr-isar"] == (60, 4)
    assert came["qat-lekhwiya"] == came["are-rescue"] == (None, None)


def test_every_recorded_outcome_is_computed(case):
    comparisons = compare_recorded(case, SHIPPED)

    differing = {each.outcome.outcome_id: each.computed for each in comparisons if not each.same}
    assert len(comparisons) == len(case.recorded)
    assert differing == {}
