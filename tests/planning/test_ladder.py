"""The ladder: where the need goes, and that waiting for a yes counts as a missing yes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.planning.hand_made import a_hand_made_problem
from u24.bench.instances import made_instance
from u24.clock import stopwatch
from u24.planning import Limits, plan_problem
from u24.planning.grid import compile_problem
from u24.planning.ladder import climb


def losses_of(problem):
    planned = plan_problem(problem, Limits(work=200), stopwatch)
    return {loss.name: loss.share for loss in planned.score.losses}, planned


def opened_after_h(hours):
    """Everything may move, but only from so many hours after T0 on."""
    problem = a_hand_made_problem()
    opens_at = problem.t0_at + timedelta(hours=hours)
    matches = tuple(replace(match, windows=((opens_at, None),)) for match in problem.matches)
    return replace(problem, matches=matches)


@pytest.mark.parametrize("hours", [24, 40])
def test_what_may_move_only_after_the_first_mark_is_lost_to_consent(hours):
    losses, planned = losses_of(opened_after_h(hours))

    assert losses["too_late_from_anywhere"] == pytest.approx(0)
    assert losses["not_permitted"] > 0.5
    assert {short.reason for short in planned.shortages} <= {"nobody_has", "not_permitted"}


def test_what_may_move_just_before_the_mark_comes_too_late():
    losses, _ = losses_of(opened_after_h(23))

    assert losses["not_permitted"] == pytest.approx(0)
    assert losses["too_late_from_anywhere"] > 0.5


def test_without_waiting_nothing_is_lost_to_consent():
    losses, _ = losses_of(a_hand_made_problem())

    assert losses["not_permitted"] == pytest.approx(0)
    assert losses["too_late_from_anywhere"] == pytest.approx(0)


def test_the_bound_of_shared_stock_is_solved_to_the_end_where_a_pack_is_worth_next_to_nothing():
    grid = compile_problem(made_instance("M", 0).problem)

    # As the certificate's own pricing has it; solved in whole shares it stopped at 0.8262.
    assert climb(grid).stock_share == pytest.approx(0.8376899, abs=1e-6)


def test_where_nothing_arrives_in_time_there_is_no_stock_to_share():
    ladder = climb(compile_problem(opened_after_h(30)))

    assert ladder.stock_share == 0
    assert not ladder.stock_units.any()
