"""What is told of runs: shares of the best bound, times, medians, and the page."""

from dataclasses import replace

import pytest

from tests.bench.measured import A_MACHINE, a_run, some_results
from u24.bench.page import PAGE, list_results, table_of, text
from u24.bench.results import Point, best_bound, read_results, write_results
from u24.bench.scores import beyond, lines, score
from u24.errors import InvalidInput


def one(results, name, bound=0.8):
    [scored] = [s for s in score(results, bound) if s.run.contender == name]
    return scored


def test_the_best_bound_is_the_least_that_is_proven():
    results = [
        some_results(
            a_run(bound_share=0.8),
            a_run("cp-sat", bound_share=0.5, bound_holds=False),
            a_run("highs-15", bound_share=0.7, bound_holds=True),
        )
    ]

    assert best_bound(results) == 0.7


def test_a_value_is_told_as_a_share_of_the_bound():
    assert one(some_results(a_run(value=0.6)), "hybrid").of_bound_share == pytest.approx(0.75)


def test_the_gap_counts_nothing_as_a_whole_gap_until_the_first_plan():
    # Bound 0.8: 2 s of nothing, 3 s at half of it, 5 s at three quarters.
    points = (Point(at_s=2.0, value=0.4), Point(at_s=5.0, value=0.6))

    scored = one(some_results(a_run(points=points)), "hybrid")

    assert scored.gap_s == pytest.approx(2 + 3 * 0.5 + 5 * 0.25)
    assert scored.first_s == 2.0


def test_a_plan_told_in_the_grace_closes_no_gap():
    scored = one(some_results(a_run(points=(Point(at_s=10.5, value=0.8),))), "hybrid")

    assert scored.gap_s == pytest.approx(10.0)


def test_an_empty_plan_is_no_first_plan():
    points = (Point(at_s=1.0, value=0.0), Point(at_s=4.0, value=0.3))

    assert one(some_results(a_run(points=points)), "hybrid").first_s == 4.0


def test_of_three_grids_the_best_counts_with_the_bound_of_the_finest():
    results = some_results(
        a_run("highs-60", 0.5),
        a_run("highs-30", 0.55),
        a_run("highs-15", 0.1, bound_share=0.9, bound_holds=True),
    )

    scored = one(results, "highs")

    assert (scored.run.value, scored.run.bound_share) == (0.55, 0.9)


def test_a_plan_above_a_proven_bound_is_found_out():
    results = some_results(a_run(value=0.6), a_run("lns", value=0.9))

    assert beyond(score(results, 0.8), 0.8) == ["lns"]
    assert table_of([results], 10.0)[1] == ["S-1: lns is worth more than the proven bound"]
    assert "worth more than the proven bound" in text([results])


def test_a_line_has_the_median_and_the_worst_of_its_instances():
    scored = [
        s
        for seed, value in ((1, 0.4), (2, 0.6), (3, 0.72))
        for s in score(some_results(a_run(value=value, seed=seed)), 0.8)
    ]

    [line] = lines(scored)

    assert line.value == 0.6
    assert line.of_bound == pytest.approx((0.75, 0.5))
    assert line.runs == 3


def test_a_broken_plan_and_a_missing_plan_are_counted():
    broken = a_run("lns", 0.0, points=(Point(at_s=1, value=0.0),), violations=("overloaded",))

    by_name = {line.contender: line for line in lines(score(some_results(broken), None))}
    none = lines(score(some_results(a_run("cp-sat", 0.0)), None))[0]

    assert by_name["lns"].infeasible == 1
    assert (none.without_plan, none.first_s) == (1, None)


# Files and the page ----------------------------------------------------------------------


def test_results_are_kept_and_a_run_that_is_measured_again_replaces_its_old_one(tmp_path):
    write_results(some_results(a_run(value=0.1), a_run("lns", 0.3)), tmp_path)

    file = write_results(some_results(a_run(value=0.6)), tmp_path)

    kept = {run.contender: run.value for run in read_results(file).runs}
    assert kept == {"lns": 0.3, "hybrid": 0.6}


def test_results_of_another_problem_of_that_name_are_dropped(tmp_path):
    write_results(some_results(a_run("lns", 0.3), sha256="cd" * 32), tmp_path)

    file = write_results(some_results(a_run(value=0.6)), tmp_path)

    assert [run.contender for run in read_results(file).runs] == ["hybrid"]


def test_a_file_that_holds_no_results_is_told(tmp_path):
    (tmp_path / "plan-x.json").write_text("{}", encoding="utf-8")

    with pytest.raises(InvalidInput, match=r"results plan-x\.json: "):
        list_results(tmp_path)


def test_the_page_says_when_the_machine_was_busy():
    busy = replace(A_MACHINE, load_before=4.5)

    assert "busy with other work" in text([some_results(a_run(machine=busy))])
    assert "busy with other work" not in text([some_results()])


def test_the_page_names_the_commit_and_whether_sources_had_changed():
    changed = replace(A_MACHINE, changed_since_commit=True)

    assert "commit 0123456789." in text([some_results()])
    assert "commit 0123456789 with changes." in text([some_results(a_run(machine=changed))])


def test_a_page_of_nothing_says_so():
    assert "Nothing is measured yet." in text([])


def test_the_page_of_benchmarks_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == text(list_results())
