"""The case Nargis 2008: goods yes, people no, a named country's military no, the delta later."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from u24.desk.recorded import compare_recorded
from u24.intake.case_folder import read_case
from u24.reference.tables import SHIPPED

FOLDER = Path(__file__).parents[2] / "scenarios" / "nargis-2008"


@pytest.fixture(scope="module")
def case():
    return read_case(FOLDER)


def test_goods_are_let_in_from_8_may_by_way_of_yangon_alone(case):
    (goods,) = [row for row in case.consents if row.kinds == ("goods",)]

    assert goods.allowed
    assert goods.from_at == datetime(2008, 5, 8, tzinfo=UTC)
    assert goods.corridors == ("VYYY",)


def test_the_first_yes_lies_beyond_the_horizon(case):
    first_h = min(
        (row.from_at - case.t0_at).total_seconds() / 3600 for row in case.consents if row.allowed
    )

    assert first_h == 132
    assert first_h > case.horizon_h


def test_people_and_the_american_military_are_never_let_in(case):
    closed = [row for row in case.consents if not row.allowed and row.until_at is None]

    assert [(row.members, row.kinds) for row in closed] == [
        (("*",), ("people",)),
        (("USA",), ("military",)),
    ]


def test_nine_helicopters_are_let_in_from_20_may(case):
    helicopters = [each for each in case.vehicles if each.vehicle_id.startswith("wfp-")]
    (opened,) = [row for row in case.consents if row.kinds == ("MI17",) and row.allowed]

    assert len(helicopters) == 9
    assert opened.from_at == datetime(2008, 5, 20, tzinfo=UTC)


def test_the_waiting_american_team_is_ten(case):
    team = {lot.lot_id: lot for lot in case.lots}["usa-dart"]

    assert team.pack_people == 10


def test_seven_givers_had_landed_by_8_may(case):
    by = datetime(2008, 5, 8, 23, 59, tzinfo=UTC)

    landed = {arrival.member for arrival in case.history if arrival.latest_at == by}

    assert landed == {"XUN", "BGD", "CHN", "IND", "SGP", "ITA", "THA"}


def test_every_recorded_outcome_is_computed(case):
    comparisons = compare_recorded(case, SHIPPED)

    differing = {each.outcome.outcome_id: each.computed for each in comparisons if not each.same}
    assert len(comparisons) == len(case.recorded)
    assert differing == {}
