"""What holds in every world: small random worlds, planned by work so that runs repeat."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.planning.hand_made import (
    a_hand_made_plan,
    a_hand_made_problem,
    with_site,
)
from tests.planning.worlds import Size, a_world, with_more_offers, with_one_more_caveat
from u24.domain.plan import Plan
from u24.domain.problem import SlotChange
from u24.planning import Limits, check_plan, met_shares, plan_problem
from u24.wire.answer import plan_bytes

WORK = Limits(seconds=None, work=400)
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
SIZES = st.builds(
    Size,
    hubs=st.integers(1, 4),
    entries=st.integers(1, 2),
    places=st.integers(1, 3),
    needs=st.integers(1, 6),
    lots=st.integers(1, 10),
    vehicles=st.integers(1, 5),
    teams=st.integers(0, 3),
)
SEEDS = st.integers(0, 10_000)
WORLDS = st.builds(a_world, SEEDS, SIZES)


def planned(problem, limits=WORK):
    return plan_problem(problem, limits, stopwatch=lambda: 0.0)


@FEW
@given(problem=WORLDS)
def test_every_plan_holds_every_rule(problem):
    made = planned(problem)

    assert check_plan(problem, made.plan) == ()


@FEW
@given(problem=WORLDS)
def test_losses_and_what_is_met_add_up_to_one_and_no_loss_is_negative(problem):
    score = planned(problem).score

    assert sum(loss.share for loss in score.losses) + score.met_shares[0] == pytest.approx(
        1.0, abs=1e-6
    )
    assert min(loss.share for loss in score.losses) >= 0.0


@FEW
@given(problem=WORLDS)
def test_the_score_is_that_of_the_plan_below_its_bound_and_rises_with_the_marks(problem):
    made = planned(problem)

    assert made.score.met_shares == met_shares(problem, made.plan)
    assert made.score.bound_share >= made.score.met_shares[0] - 1e-9
    assert list(made.score.met_shares) == sorted(made.score.met_shares)
    assert 0.0 <= made.score.bound_share <= 1.0


@FEW
@given(problem=WORLDS, seed=SEEDS)
def test_no_longer_search_passes_the_bound_of_a_short_one(problem, seed):
    # The score itself never shows a bound below its own plan, so two runs are compared.
    hurried = planned(problem, Limits(seconds=None, work=0))

    thorough = planned(problem, Limits(seconds=None, work=2_000, seed=seed))

    assert thorough.score.met_shares[0] <= hurried.score.bound_share + 1e-6
    assert thorough.score.bound_share <= hurried.score.bound_share + 1e-6


@FEW
@given(seed=SEEDS, more=SEEDS, size=SIZES)
def test_more_offers_never_lower_the_bound(seed, more, size):
    problem = a_world(seed, size)

    before = planned(problem, THOROUGH)
    after = planned(with_more_offers(problem, more), THOROUGH)

    assert after.score.bound_share >= before.score.bound_share - 1e-4


@FEW
@given(seed=SEEDS, which=SEEDS, size=SIZES)
def test_one_more_caveat_never_raises_the_bound(seed, which, size):
    problem = a_world(seed, size)
    assume(problem.matches)

    before = planned(problem, THOROUGH)
    after = planned(with_one_more_caveat(problem, which), THOROUGH)

    assert after.score.bound_share <= before.score.bound_share + 1e-4


# Enough rounds for column generation to converge on worlds of this size.
THOROUGH = Limits(seconds=None, work=4_000)


@FEW
@given(problem=WORLDS, seed=st.integers(0, 5))
def test_the_same_problem_seed_and_work_give_the_same_plan_and_bytes(problem, seed):
    limits = Limits(seconds=None, work=200, seed=seed)

    one, two = planned(problem, limits), planned(problem, limits)

    assert one == two
    assert plan_bytes(one.plan) == plan_bytes(two.plan)


def test_a_problem_without_needs_gets_an_empty_plan():
    problem = replace(a_hand_made_problem(), needs=(), matches=())

    made = planned(problem)

    assert made.plan == Plan()
    assert made.score.bound_share == 0.0


@pytest.mark.parametrize("gone", ["vehicles", "lots", "matches", "roads"])
def test_a_problem_that_lacks_something_gets_an_empty_plan_and_its_losses(gone):
    empty = {gone: ()}
    if gone == "vehicles":
        empty["vehicle_limits"] = ()
    if gone == "lots":
        empty["matches"] = ()

    made = planned(replace(a_hand_made_problem(), **empty))

    assert made.plan == Plan()
    assert sum(loss.share for loss in made.score.losses) == pytest.approx(1.0)


def test_the_planner_does_as_well_as_the_plan_by_hand():
    problem = a_hand_made_problem()

    made = planned(problem)

    by_hand = met_shares(problem, a_hand_made_plan())
    assert made.score.met_shares[0] >= by_hand[0] - 1e-9
    assert check_plan(problem, made.plan) == ()  # goods come to the airport by road


def test_a_plan_that_waits_loaded_for_a_slot_to_open_is_no_plan_and_cannot_pass_the_bound():
    # given: EIN closes for good after the loading, and ADA opens later than a flight takes
    problem, plan = with_site("EIN", slots=2)(a_hand_made_problem(), Plan())
    problem, _ = with_site(
        "EIN", slot_changes=(SlotChange(from_s=5_400, until_s=259_200, slots=0),)
    )(problem, plan)
    problem, _ = with_site("ADA", slot_changes=(SlotChange(from_s=0, until_s=32_400, slots=0),))(
        problem, plan
    )
    # and: a team that is loaded at once, and waits at EIN for 2 h
    team = a_hand_made_plan()
    load, land = team.routes[1].calls[1:]
    late = 7_200
    waiting = replace(
        team,
        routes=(
            replace(
                team.routes[1],
                calls=(
                    team.routes[1].calls[0],
                    replace(load, depart_s=load.depart_s + late),
                    replace(
                        land,
                        arrive_s=land.arrive_s + late,
                        service_from_s=land.service_from_s + late,
                        service_until_s=land.service_until_s + late,
                        depart_s=land.depart_s + late,
                    ),
                ),
            ),
        ),
        consignments=(
            replace(
                team.consignments[0],
                segments=tuple(
                    replace(s, start_s=s.start_s + late * i, end_s=s.end_s + late)
                    for i, s in enumerate(team.consignments[0].segments)
                ),
            ),
        ),
    )

    made = planned(problem)

    assert {v.rule for v in check_plan(problem, waiting)} == {"waits-loaded"}
    assert made.score.bound_share < met_shares(problem, waiting)[0]
