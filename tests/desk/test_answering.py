"""A request's life: from a folder to an answer that the checker accepts."""

from pathlib import Path

import pytest

from u24.desk.answering import (
    Limits,
    answer_case,
    check_against_case,
    check_case,
    new_case,
    problem_of,
    read_case,
    scenario_folder,
)
from u24.domain.plan import Plan
from u24.errors import CaseErrors, InvalidInput

SCENARIO = "turkiye-2023"


@pytest.fixture(scope="module")
def exercise(tmp_path_factory):
    """The answer to the template of a case that U24 ships."""
    folder = tmp_path_factory.mktemp("exercise") / "case"
    new_case(folder)
    return answer_case(read_case(folder), limits=Limits(seconds=None, work=60))


@pytest.fixture(scope="module")
def turkiye():
    case = read_case(scenario_folder(SCENARIO))
    return answer_case(case, limits=Limits(seconds=4))


def test_the_template_is_answered_with_a_plan_that_holds_every_rule(exercise):
    assert exercise.violations == ()
    assert exercise.planned.plan.consignments
    assert 0 < exercise.planned.score.met_shares[0] <= exercise.planned.score.bound_share


def test_the_same_plan_passes_the_check_against_the_case_anew(exercise):
    case, plan = exercise.case, exercise.planned.plan

    assert check_against_case(case, plan) == ()
    assert check_against_case(case, Plan(routes=plan.routes[:0], consignments=plan.consignments))


def test_the_answer_holds_the_problem_of_its_case_and_the_tables_it_used(exercise):
    assert exercise.problem == problem_of(exercise.case)
    assert exercise.needs == exercise.problem.needs
    assert {"airports", "aircraft"} <= {use.table for use in exercise.tables}


def test_the_scenario_is_answered_with_a_plan_that_holds_every_rule(turkiye):
    assert turkiye.violations == ()
    assert turkiye.planned.plan.consignments


def test_losses_of_the_scenario_and_what_is_met_add_up_to_one(turkiye):
    score = turkiye.planned.score

    lost = sum(loss.share for loss in score.losses)

    assert lost + score.met_shares[0] == pytest.approx(1.0, abs=1e-6)


def test_the_plan_of_the_scenario_reaches_nine_tenths_of_what_is_possible(turkiye):
    score = turkiye.planned.score

    assert score.met_shares[0] <= score.bound_share
    assert score.of_possible_share >= 0.9


def test_the_scenario_is_set_beside_what_really_landed(turkiye):
    marks = turkiye.historic_marks

    assert [mark.mark_h for mark in marks] == [24, 48, 72]
    assert [mark.teams for mark in marks] == sorted(mark.teams for mark in marks)
    assert marks[0].teams > 0
    assert 0 < len(turkiye.historic_matches) <= len(turkiye.case.history)


def test_every_shortage_names_a_need_and_a_reason(turkiye):
    needs = {need.need_id: need for need in turkiye.needs}

    for shortage in turkiye.planned.shortages:
        assert 0 < shortage.missing_units <= needs[shortage.need_id].planned_units
        assert shortage.reason
        assert shortage.text


def test_progress_tells_each_stage_once_begun(tmp_path):
    folder = tmp_path / "case"
    new_case(folder)
    stages = []

    answer_case(
        read_case(folder),
        limits=Limits(seconds=None, work=20),
        progress=lambda stage, done, total: stages.append((stage, done <= total)),
    )

    assert stages[0][0] == "needs"
    assert stages[-1][0] == "check"
    assert all(within for _, within in stages)


def test_a_case_with_an_error_is_refused_with_every_fault(tmp_path):
    folder = tmp_path / "case"
    new_case(folder)
    offers = folder / "offers.csv"
    offers.write_text(offers.read_text("utf-8").replace("O1,ROU", "O1,Romania"), "utf-8")

    with pytest.raises(CaseErrors) as caught:
        read_case(folder)

    assert any("Romania" in message for message in caught.value.messages)
    assert check_case(folder) == caught.value.messages


def test_a_scenario_that_is_not_there_is_named_beside_those_that_look_alike():
    with pytest.raises(InvalidInput, match="there is no scenario 'turkey-2023'; try turkiye-2023"):
        scenario_folder("turkey-2023")


def test_a_new_case_overwrites_nothing(tmp_path):
    (tmp_path / "case.toml").write_text("mine", "utf-8")

    with pytest.raises((InvalidInput, FileExistsError)):
        new_case(Path(tmp_path))

    assert (tmp_path / "case.toml").read_text("utf-8") == "mine"
