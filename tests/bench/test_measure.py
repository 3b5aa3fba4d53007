"""A run is scored by the checker, from outside of its process, and ends in time."""

from dataclasses import replace

import msgspec
import pytest

from tests.bench.measured import A_MACHINE, a_run
from tests.planning.brute_force import the_optimum
from tests.planning.hand_made import a_hand_made_plan, a_hand_made_problem
from tests.planning.test_bound_oracle import a_tiny_world
from u24.bench import measure as measuring
from u24.bench.compare import runs_of
from u24.bench.instances import Instance, write_instance
from u24.bench.measure import Terms, measure, value_of
from u24.bench.runner import main
from u24.bench.told import Told, read_told, told_line
from u24.errors import InvalidInput
from u24.planning import met_shares


def silent(stage, done, total):
    """Say nothing."""


def measured(contender, problem, seconds):
    instance = Instance(name="tiny", problem=problem)
    return measure(instance, contender, Terms(seconds=seconds, seed=0), A_MACHINE, silent)


def test_a_plan_is_worth_what_the_checker_says():
    problem, plan = a_hand_made_problem(), a_hand_made_plan()

    assert value_of(problem, plan) == met_shares(problem, plan)[0] > 0


def test_a_plan_that_breaks_a_rule_is_worth_nothing():
    problem, plan = a_hand_made_problem(), a_hand_made_plan()
    first = plan.consignments[0]

    broken = replace(plan, consignments=(replace(first, packs=10**6), *plan.consignments[1:]))

    assert value_of(problem, broken) == 0.0


def test_what_is_told_is_read_again():
    told = Told(plan=a_hand_made_plan(), bound_share=0.5, is_done=True)

    line = told_line(told)

    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_told(line) == told


def test_cp_sat_keeps_every_rule_in_its_own_process_and_finds_the_optimum():
    problem = a_tiny_world(21)  # nothing falls in worth here, so that its model is exact
    best = the_optimum(problem)

    run = measured("cp-sat", problem, seconds=40.0)

    assert (run.end, run.feasible, run.said) == ("done", True, "")
    assert (run.value, run.bound_share) == (pytest.approx(best), pytest.approx(best, abs=1e-6))
    assert not run.bound_holds
    assert run.cpu_s > 0
    assert run.peak_mib > 20


def test_a_contender_that_goes_on_is_killed_and_its_last_plan_counts(monkeypatch, tmp_path):
    file = tmp_path / "instance.json"
    write_instance(Instance(name="tiny", problem=a_hand_made_problem()), file)
    monkeypatch.setattr(measuring, "_COMMAND", ("-c", NEVER_ENDS))
    monkeypatch.setattr(measuring, "GRACE_S", 0.0)

    run = measured("endless", a_hand_made_problem(), seconds=4.0)

    assert run.end == "killed"
    assert [point.value for point in run.points] == [0.0]  # an empty plan, in time
    assert run.feasible


def test_a_contender_that_fails_is_told_with_its_last_word(monkeypatch):
    monkeypatch.setattr(measuring, "_COMMAND", ("-c", "raise SystemExit('no solver here')"))

    run = measured("broken", a_hand_made_problem(), seconds=30.0)

    assert (run.end, run.value, run.feasible, run.points) == ("failed", 0.0, False, ())
    assert run.said == "no solver here"


NEVER_ENDS = """
import os, time
from u24.bench.told import Told, told_line
from u24.domain.plan import Plan
os.write(1, told_line(Told(plan=Plan())))
os.write(1, b"what a solver prints is no plan\\n")
time.sleep(60)
"""


def test_the_best_of_three_grids_is_three_runs():
    assert runs_of(["by-hand", "highs"]) == ["by-hand", "highs-60", "highs-30", "highs-15"]
    assert runs_of(["highs-15", "highs"]) == ["highs-15", "highs-60", "highs-30"]
    assert "hybrid" in runs_of([])


def test_an_unknown_contender_is_refused():
    with pytest.raises(InvalidInput, match="contender is 'oracle'; it must be one of"):
        runs_of(["oracle"])


def test_a_run_is_written_and_read_without_loss():
    run = a_run()

    assert msgspec.json.decode(msgspec.json.encode(run), type=type(run)) == run


def test_the_runner_wants_five_words():
    with pytest.raises(ValueError, match="not enough values to unpack"):
        main(["instance.json", "by-hand"])
