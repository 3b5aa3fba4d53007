"""Every contender keeps every rule, and none passes the true optimum of a tiny world."""

import builtins

import pytest

from tests.planning.brute_force import the_optimum
from tests.planning.test_bound_oracle import a_tiny_world
from tests.planning.worlds import Size, a_world
from u24.bench.contenders import NAMES, Budget, get_contender
from u24.bench.contenders.by_hand import one_by_one
from u24.bench.draft import Draft
from u24.bench.instances import made_instance
from u24.bench.measure import PROVEN
from u24.bench.ways import Ways
from u24.clock import stopwatch
from u24.errors import InvalidInput
from u24.planning import check_plan, met_shares

TINY = (1, 3, 5, 8)
# cp-sat and HiGHS cannot be in one process; see test_measure.py.
every_contender = pytest.mark.parametrize("name", [n for n in NAMES if n != "cp-sat"])


def run(name, problem, seconds=1.0):
    """All plans that the contender told, and its bound."""
    plans = []
    bound = get_contender(name)(problem, Budget(ends=stopwatch() + seconds), plans.append)
    return plans, bound


@pytest.fixture(scope="module")
def tiny():
    """Worlds so small that everything can be tried, with their optimum."""
    worlds = {seed: a_tiny_world(seed) for seed in TINY}
    return {seed: (problem, the_optimum(problem)) for seed, problem in worlds.items()}


@every_contender
def test_no_contender_passes_the_optimum_and_no_proof_falls_below_it(name, tiny):
    for problem, best in tiny.values():
        plans, bound = run(name, problem, seconds=0.4)

        assert all(check_plan(problem, plan) == () for plan in plans)
        assert all(met_shares(problem, plan)[0] <= best + 1e-9 for plan in plans)
        if name in PROVEN:
            assert bound >= best - 1e-6


@every_contender
def test_a_contender_gives_a_plan_that_keeps_every_rule(name):
    problem = a_world(8, Size(vehicles=3, lots=6, needs=4, hubs=3, horizon_h=30))

    # who proves its plan stops by itself, however slow the machine; the others use all they get
    plans, _ = run(name, problem, seconds=30 if name.startswith("highs") else 1.5)

    assert plans
    assert all(check_plan(problem, plan) == () for plan in plans)
    assert met_shares(problem, plans[-1])[0] > 0


@pytest.mark.parametrize("seed", range(12))
def test_the_plan_by_hand_keeps_every_rule_of_any_world(seed):
    problem = a_world(seed, Size(vehicles=6, lots=14, needs=8))

    plans, _ = run("by-hand", problem)

    assert check_plan(problem, plans[-1]) == ()


def test_the_plan_by_hand_of_a_made_instance_keeps_every_rule():
    problem = made_instance("S", 3).problem

    plans, _ = run("by-hand", problem)

    assert check_plan(problem, plans[-1]) == ()
    assert met_shares(problem, plans[-1])[0] > 0.2


def test_what_a_solver_tells_is_better_each_time():
    problem = a_world(8, Size(vehicles=3, lots=6, needs=4, hubs=3, horizon_h=30))

    values = [met_shares(problem, plan)[0] for plan in run("highs-60", problem)[0]]

    assert values == sorted(set(values))


def test_nothing_planned_is_an_empty_plan():
    problem = a_world(1)

    assert Draft(Ways(problem)).plan().routes == ()


def test_an_unknown_contender_is_refused_with_those_there_are():
    with pytest.raises(InvalidInput, match="contender is 'oracle'; it must be one of by-hand"):
        get_contender("oracle")


def test_without_or_tools_cp_sat_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **named):
        if name.startswith("ortools"):
            raise ModuleNotFoundError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(InvalidInput, match=r"needs the package ortools.*u24\[bench\]"):
        run("cp-sat", a_world(1))


@pytest.mark.parametrize("seed", [1, 3, 6])
def test_topping_up_a_plan_keeps_every_rule_and_loses_nothing(seed):
    problem = made_instance("S", seed).problem
    draft = Draft(Ways(problem))
    for _ in one_by_one(draft):
        pass
    before = met_shares(problem, draft.plan())[0]

    draft.top_up()

    assert check_plan(problem, draft.plan()) == ()
    assert met_shares(problem, draft.plan())[0] >= before
