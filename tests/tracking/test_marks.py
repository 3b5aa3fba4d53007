"""What had landed by each mark."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import T0, an_arrival
from u24.tracking import historic_marks, list_undated


def mark(history, mark_h=24):
    (found,) = historic_marks(history, T0, [mark_h])
    return found


def test_each_mark_counts_what_had_landed_by_then():
    history = [
        an_arrival("bgr", landed_h=22.2, people=12, dogs=5),
        an_arrival("ita", landed_h=27.7, people=67, mass_kg=9_000),
        an_arrival("usa", landed_h=60, people=79, mass_kg=26_300),
    ]

    marks = historic_marks(history, T0, (24, 48, 72))

    assert [(m.mark_h, m.teams, m.people, m.mass_kg) for m in marks] == [
        (24, 1, 12, 0),
        (48, 2, 79, 9_000),
        (72, 3, 158, 35_300),
    ]


def test_a_landing_at_the_mark_counts_and_a_second_later_does_not():
    assert mark([an_arrival(landed_h=24)]).teams == 1
    assert mark([an_arrival(landed_h=24 + 1 / 3600)]).teams == 0


def test_an_arrival_with_only_a_latest_moment_counts_then_and_is_told_apart():
    history = [an_arrival("rou", latest_h=19, people=60), an_arrival("nld", landed_h=20.7)]

    assert mark(history).of_which_bounded == 1
    assert mark(history).teams == 2
    assert mark(history, mark_h=18).teams == 0


def test_a_stated_landing_outweighs_a_bound():
    assert mark([an_arrival(landed_h=30, latest_h=20)]).teams == 0


def test_an_arrival_without_a_time_is_counted_at_no_mark_and_listed():
    history = [an_arrival("aze", people=420), an_arrival("nld", landed_h=20)]

    assert mark(history, mark_h=72).people == 0
    assert [row.arrival_id for row in list_undated(history)] == ["aze"]


def test_unknown_people_and_mass_add_nothing():
    found = mark([an_arrival(landed_h=3)])

    assert (found.teams, found.people, found.mass_kg) == (1, 0, 0)


def test_a_total_over_its_parts_is_not_counted_beside_them():
    parts = [
        an_arrival("va", member="USA", landed_h=20, people=79, dogs=6),
        an_arrival("ca", member="USA", landed_h=20, people=82, dogs=6),
    ]
    total = an_arrival("both", member="USA", kind="total", people=161, mass_kg=77_000)

    assert mark([*parts, total]) == mark(parts)
    assert list_undated([total]) == ()


def test_a_team_that_lands_in_two_parts_is_one_team():
    # Czech heavy USAR: the first half at 19.7 h, the second two hours later.
    history = [
        an_arrival("cze_1", who="Czech heavy USAR", member="CZE", landed_h=19.7, people=34),
        an_arrival("cze_2", who="Czech heavy USAR", member="CZE", landed_h=21.7, people=34),
    ]

    assert (mark(history).teams, mark(history).people) == (1, 68)


def test_goods_without_people_are_no_team():
    found = mark([an_arrival(landed_h=3, mass_kg=90_000)])

    assert (found.teams, found.mass_kg) == (0, 90_000)


HOURS = st.none() | st.floats(min_value=0, max_value=80)
FIGURES = st.none() | st.integers(min_value=0, max_value=500)
ARRIVALS = st.lists(
    st.builds(
        lambda landed_h, latest_h, people, mass_kg, who: an_arrival(
            landed_h=landed_h, latest_h=latest_h, people=people, mass_kg=mass_kg, who=who
        ),
        HOURS,
        HOURS,
        FIGURES,
        FIGURES,
        st.sampled_from(["one", "two", "three"]),
    ),
    max_size=8,
)


@given(history=ARRIVALS)
def test_a_later_mark_never_counts_less_and_never_more_than_there_is(history):
    marks = historic_marks(history, T0, (24, 48, 72))

    for earlier, later in pairwise(marks):
        assert earlier.teams <= later.teams
        assert earlier.people <= later.people
        assert earlier.mass_kg <= later.mass_kg
        assert earlier.of_which_bounded <= later.of_which_bounded
    assert marks[-1].people <= sum(row.people or 0 for row in history)
