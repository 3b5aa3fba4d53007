"""Teams and goods for given people, with the shipped tables."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u24.needs.casualties import People
from u24.needs.goods import goods_lines
from u24.needs.spread import exactly
from u24.needs.standards import standards_of
from u24.needs.teams import team_lines
from u24.reference.tables import SHIPPED

COLD, WARM = standards_of(SHIPPED, cold=True), standards_of(SHIPPED, cold=False)


def some_people(**counts):
    return People(**{f.name: exactly(float(counts.get(f.name, 0))) for f in fields(People)})


def lines_of(people, standards=COLD):
    return {
        line.kind: line
        for line in (*team_lines(people, standards), *goods_lines(people, standards))
    }


def test_a_thousand_people_without_a_roof_need_two_hundred_tents_and_a_blanket_each():
    lines = lines_of(some_people(without_roof=1000))

    assert lines["winter_tent"].amount.best == pytest.approx(200)
    assert lines["heater"].amount.best == pytest.approx(200)
    assert lines["blanket"].amount.best == pytest.approx(1000)
    assert lines["blanket"].amount.high == pytest.approx(2000)
    assert lines["sleeping_mat"].amount.high == pytest.approx(1000)


def test_eight_thousand_displaced_people_need_one_water_unit_and_rations_for_three_days():
    lines = lines_of(some_people(displaced=8000))

    # 15 l x 8,000 people are 120,000 l a day, what one unit makes
    assert lines["water_purification_unit"].amount.best == pytest.approx(1)
    assert lines["food_ration"].amount.best == pytest.approx(24_000)
    assert lines["hygiene_kit"].amount.best == pytest.approx(1600)


def test_bottled_water_is_nine_litres_a_person_for_three_days():
    line = lines_of(some_people(without_roof=1000))["water_bottled"]

    # 3 l x 3 days = 9 l = one pack of 6 x 1.5 l; with 2.5 l a day a sixth less
    assert line.amount.best == pytest.approx(1000)
    assert line.amount.low == pytest.approx(1000 * 2.5 / 3)


def test_in_the_warm_nobody_gets_a_heater_and_tents_have_no_liner():
    lines = lines_of(some_people(without_roof=1000), WARM)

    assert "heater" not in lines
    assert "winter_tent" not in lines
    assert lines["family_tent"].amount.best == pytest.approx(200)
    assert lines["blanket"].amount.high == pytest.approx(1000)


def test_a_heavy_team_works_twelve_sites_in_three_days():
    line = lines_of(some_people(awaiting_rescue=480))["usar_heavy"]

    # 480 people, 4 a site: 120 sites; 12 h each, two at once for 72 h: 12 sites a team
    assert line.amount.best == pytest.approx(10)
    assert line.amount.low < 10 < line.amount.high
    assert [(s.kind, s.factor_share) for s in line.substitutes] == [("usar_medium", 0.5)]


def test_beds_and_patients_a_day_make_medical_teams():
    lines = lines_of(some_people(injured=1350, inpatients=350))

    assert lines["emt2"].amount.best == pytest.approx(350 * 0.3 / 20)
    assert lines["emt1_fixed"].amount.best == pytest.approx(1000 * 0.3 / 3.5 / 100)
    assert lines["emt2"].substitutes[0].factor_share == 2  # type 3 has 40 beds


def test_every_line_says_how_it_was_reached_and_from_what():
    for standards in (COLD, WARM):
        for line in lines_of(some_people(), standards).values():
            assert line.method
            assert line.sources or "assumed" in line.method
            assert line.weight > 0


counts = st.floats(0, 1e7)


@given(less=st.fixed_dictionaries({f.name: counts for f in fields(People)}), times=st.floats(1, 50))
def test_more_people_never_lower_a_need(less, times):
    less["inpatients"] = min(less["inpatients"], less["injured"])

    before = lines_of(some_people(**less))
    after = lines_of(some_people(**{name: count * times for name, count in less.items()}))

    for kind, line in before.items():
        for end in ("low", "best", "high"):
            assert getattr(after[kind].amount, end) >= getattr(line.amount, end) * (1 - 1e-9)
