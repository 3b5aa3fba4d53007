"""``u24 plan`` and ``u24 replay``: what they ask, show, write, and how they leave."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.an_answer import a_violation

SENTENCE = "83 % of the weighted need met by T+24; at least 96 % of what was possible"


@pytest.mark.parametrize("words", [("plan", "my-case"), ("replay", "turkiye-2023")])
def test_an_answer_shows_the_board_and_writes_both_reports(u24, words):
    result = u24(*words)

    assert result.exit_code == 0, result.output
    assert SENTENCE in result.stdout
    assert "out/turkiye-test/report.pdf" in result.stdout
    assert Path("out/turkiye-test/report.html").read_text().startswith("<h1>Türkiye")
    assert Path("out/turkiye-test/report.pdf").read_bytes() == b"%PDF-1.7"


def test_with_json_stdout_is_one_document_and_no_report_is_written(u24):
    result = u24("replay", "turkiye-2023", "--json")

    assert json.loads(result.stdout)["case"] == "turkiye-test"
    assert not Path("out").exists()


def test_with_json_and_a_folder_the_reports_are_written_there(u24):
    result = u24("plan", "my-case", "--json", "--out", "there")

    assert json.loads(result.stdout)["format"] == 1
    assert "there/report.html" in result.stderr
    assert sorted(path.name for path in Path("there").iterdir()) == ["report.html", "report.pdf"]


def test_no_report_writes_none(u24):
    assert u24("plan", "my-case", "--no-report").exit_code == 0
    assert not Path("out").exists()


def test_the_budget_is_seconds_and_a_seed(u24, desk):
    u24("plan", "my-case", "--seconds", "7.5", "--seed", "3", "--no-report")

    [(_, limits)] = desk.asked
    assert (limits.seconds, limits.work, limits.seed) == (7.5, None, 3)


def test_a_limit_of_work_takes_the_place_of_seconds_and_leaves_measurements_out(u24, desk):
    result = u24("plan", "my-case", "--work", "5000", "--json")

    [(_, limits)] = desk.asked
    assert (limits.seconds, limits.work) == (None, 5000)
    document = json.loads(result.stdout)
    assert document["elapsed_s"] is None
    assert document["peak_memory_mib"] is None


def test_a_plan_that_breaks_a_rule_leaves_with_3_and_says_so(u24, desk):
    desk.answer = replace(desk.answer, violations=(a_violation(),))

    result = u24("plan", "my-case")

    assert result.exit_code == 3
    assert "overloaded at rou-c130-1: 16,000 kg" in result.stderr
    assert "THE PLAN BREAKS 1 RULE" in result.stdout


def test_every_fault_of_a_case_is_one_line_and_leaves_with_2(u24, desk):
    desk.faults = ["needs.csv row 3: due_h is -1", "offers.csv row 2: kind is 'x'"]

    result = u24("plan", "my-case")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [f"u24: {fault}" for fault in desk.faults]


def test_with_json_faults_come_as_json_too(u24, desk):
    desk.faults = ["needs.csv row 3: due_h is -1"]

    result = u24("plan", "my-case", "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout) == {"errors": desk.faults}
    assert desk.faults[0] in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "nowhere"), "nowhere"),
        (("plan", "my-case", "--seconds", "nan"), "nan is no budget"),
        (("plan", "my-case", "--seconds", "0"), "0 is no budget"),
        (("plan", "my-case", "--seconds", "inf"), "inf is no budget"),
        (("plan", "my-case", "--seconds", "soon"), "soon"),
        (("plan", "my-case", "--work", "0"), "--work"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_bad_input_in_json_too(u24, words, said):
    result = u24(*words, "--json")

    assert result.exit_code == 2
    assert said in json.loads(result.stdout)["errors"][0]
    assert said in result.stderr


def test_an_unknown_case_is_answered_with_the_names_there_are(u24):
    result = u24("replay", "turkey-2023")

    assert result.exit_code == 2
    assert result.stderr == (
        "u24: there is no scenario 'turkey-2023'; try turkiye-2023, nepal-2015\n"
    )


def test_a_report_folder_that_cannot_be_written_is_bad_input(u24):
    Path("taken").write_text("a file")

    result = u24("plan", "my-case", "--out", "taken/sub")

    assert result.exit_code == 2
    assert "cannot write taken" in result.stderr
