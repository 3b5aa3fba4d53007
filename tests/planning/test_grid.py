"""From words to the grid: everything rounds to the side on which the plan also holds."""

from datetime import timedelta

import numpy as np
import pytest

from tests.builders import (
    T0,
    a_lot,
    a_match,
    a_need,
    a_problem,
    a_vehicle,
    a_vehicle_class,
    at_h,
)
from tests.planning.hand_made import with_site
from u24.domain.plan import Plan
from u24.domain.problem import SlotChange, Worth
from u24.planning import Limits, check_plan, plan_problem
from u24.planning.grid import compile_problem, gains, segments_of

TICK = 900


def at_s(seconds):
    return T0 + timedelta(seconds=seconds)


def a_grid(**values):
    lot = a_lot(pack_mass_g=5_000_000, pack_people=40, **values.pop("lot", {}))
    return compile_problem(a_problem(lots=(lot,), **values))


def slots_at_ada(*changes, slots=4):
    change = with_site("ADA", slots=slots, slot_changes=tuple(changes))
    problem, _ = change(a_problem(), Plan())
    grid = compile_problem(problem)
    return grid.slots[[site.site_id for site in grid.sites].index("ADA")]


@pytest.mark.parametrize(("seconds", "tick"), [(-5, 0), (0, 0), (1, 1), (TICK, 1), (TICK + 1, 2)])
def test_ready_rounds_up(seconds, tick):
    grid = a_grid(lot={"ready_at": at_s(seconds)})

    assert set(grid.world.option_ready.tolist()) == {tick}


@pytest.mark.parametrize(("seconds", "tick"), [(0, 0), (1, 1), (TICK, 1), (TICK + 1, 2)])
def test_the_crew_begins_rounded_up(seconds, tick):
    grid = a_grid(vehicles=(a_vehicle(available_at=at_s(seconds)),))

    assert grid.world.vehicle_from.tolist() == [tick]


@pytest.mark.parametrize(
    ("seconds", "tick"), [(TICK, 1), (2 * TICK - 1, 1), (2 * TICK, 2), (999 * TICK, 288)]
)
def test_the_crew_ends_rounded_down_and_at_the_horizon(seconds, tick):
    grid = a_grid(vehicles=(a_vehicle(available_at=at_s(0), until_at=at_s(seconds)),))

    assert grid.world.vehicle_until.tolist() == [tick]


@pytest.mark.parametrize(
    ("opens_s", "closes_s", "first", "last"),
    [
        (0, 10 * TICK, 0, 9),  # at 10 the window is over
        (0, 10 * TICK + 1, 0, 10),
        (0, 10 * TICK - 1, 0, 9),
        (1, 10 * TICK, 1, 9),
        (TICK, 10 * TICK, 1, 9),
    ],
)
def test_a_window_holds_its_first_moment_and_not_its_last(opens_s, closes_s, first, last):
    grid = a_grid(matches=(a_match(windows=((at_s(opens_s), at_s(closes_s)),)),))

    assert set(grid.world.option_ready.tolist()) == {first}
    assert set(grid.world.option_expiry.tolist()) == {last}


def test_a_window_shorter_than_a_tick_gives_no_option():
    grid = a_grid(matches=(a_match(windows=((at_s(1), at_s(TICK)),)),))

    assert len(grid.world.option_lot) == 0


def test_each_window_of_a_match_is_an_option_of_its_own():
    windows = ((at_h(0), at_h(2)), (at_h(5), None))

    grid = a_grid(matches=(a_match(windows=windows),))

    assert sorted(set(grid.world.option_ready.tolist())) == [0, 20]


@pytest.mark.parametrize(
    ("from_s", "until_s", "shut"),
    [
        (TICK, 2 * TICK, [1]),
        (TICK - 1, 2 * TICK, [0, 1]),
        (TICK, 2 * TICK + 1, [1, 2]),
        (TICK + 10, TICK + 20, [1]),
        (-50, TICK, [0]),
    ],
)
def test_a_closure_takes_every_tick_it_touches(from_s, until_s, shut):
    slots = slots_at_ada(SlotChange(from_s=from_s, until_s=until_s, slots=0))

    assert np.flatnonzero(slots == 0).tolist() == shut
    assert set(slots.tolist()) == {0, 4}


def test_of_changes_that_overlap_the_fewest_slots_hold():
    slots = slots_at_ada(
        SlotChange(from_s=0, until_s=4 * TICK, slots=2),
        SlotChange(from_s=TICK, until_s=2 * TICK, slots=1),
        SlotChange(from_s=0, until_s=TICK, slots=9),
    )

    assert slots[:5].tolist() == [2, 1, 2, 2, 4]


def test_loading_and_unloading_round_up():
    grid = a_grid(classes=(a_vehicle_class(load_s=5_401, unload_s=3_600),))

    assert grid.world.load_ticks.tolist() == [7]
    assert grid.world.unload_ticks.tolist() == [4]


@pytest.mark.parametrize(
    ("units", "sizes", "rates"),
    [
        (100, (60, 40), (0.8 / 60, 0.2 / 40)),
        (10, (6, 4), (0.8 / 6, 0.05)),
        (5, (3, 2), (0.8 / 3, 0.1)),
        (3, (2, 1), (0.4, 0.2)),
        (2, (2, 0), (0.5, 0)),
        (1, (1, 0), (1, 0)),
    ],
)
def test_the_first_60_percent_count_80_percent_and_all_count_1(units, sizes, rates):
    made = segments_of(units, 0.6, 0.8)

    assert made[0].tolist() == list(sizes)
    assert made[1] == pytest.approx(rates)
    assert made[0] @ made[1] == pytest.approx(1.0)


def test_with_equal_shares_all_units_count_the_same():
    made = segments_of(10, 0.6, 0.6)

    assert made[1] == pytest.approx([0.1, 0.1])


def test_where_rounding_would_make_later_units_count_more_all_count_the_same():
    made = segments_of(7, 0.6, 0.6)  # 5 of 7 would carry only 60 %

    assert made.tolist() == [[7, 0], [pytest.approx(1 / 7), 0]]


def test_worth_is_full_until_due_falls_to_the_deadline_and_counts_the_marks_it_meets():
    need = a_need(due_at=at_h(1), deadline_at=at_h(2))
    problem = a_problem(needs=(need,), worth=Worth(marks_s=(5_400, 86_400)))

    by_both = gains(problem, problem.worth.marks_s, 10)
    by_first = gains(problem, problem.worth.marks_s[:1], 10)

    assert by_first[0] == pytest.approx([1, 1, 1, 1, 1, 0.75, 0.5, 0, 0, 0])
    assert by_both[0] == pytest.approx([1, 1, 1, 1, 1, 0.75, 0.5, 0.125, 0, 0])


def test_worth_stops_behind_a_deadline_that_is_due_too():
    need = a_need(due_at=at_h(1), deadline_at=at_h(1))

    made = gains(a_problem(needs=(need,)), (86_400,), 7)

    assert made[0].tolist() == [1, 1, 1, 1, 1, 0, 0]


@pytest.mark.parametrize("seconds", [0, 1, 449, 899, 901])
def test_a_plan_on_the_grid_also_holds_on_the_clock(seconds):
    # given: everything falls between two ticks
    problem = a_problem(
        lots=(a_lot(pack_mass_g=5_000_000, pack_people=40, ready_at=at_s(seconds)),),
        vehicles=(a_vehicle(available_at=at_s(seconds + 7), until_at=at_s(80_000 + seconds)),),
        matches=(a_match(windows=((at_s(seconds), at_s(5_000 + seconds)),)),),
    )
    problem, _ = with_site(
        "ADA", slots=1, slot_changes=(SlotChange(from_s=25_000, until_s=26_111, slots=0),)
    )(problem, Plan())

    planned = plan_problem(problem, Limits(seconds=None, work=40), stopwatch=lambda: 0.0)

    assert len(planned.plan.consignments) == 1
    assert check_plan(problem, planned.plan) == ()
