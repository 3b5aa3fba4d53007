"""``u24 cases``, ``new``, ``check`` and ``--version``."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

INSTANT = [("cases",), ("new", "fresh"), ("check", "my-case")]


def test_cases_lists_every_case_with_its_lesson(u24):
    result = u24("cases")

    assert result.exit_code == 0
    assert "turkiye-2023  Earthquakes in Türkiye, T0 2023-02-06 01:17Z" in result.stdout
    assert "    Airports decide" in result.stdout


def test_cases_as_json(u24):
    listed = json.loads(u24("cases", "--json").stdout)["cases"]

    assert [one["name"] for one in listed] == ["turkiye-2023", "nepal-2015"]
    assert listed[0]["t0_at"] == "2023-02-06T01:17:00Z"


def test_new_starts_a_folder_and_says_what_comes_next(u24):
    result = u24("new", "fresh")

    assert result.exit_code == 0
    assert Path("fresh/case.toml").exists()
    assert "u24 check fresh" in result.stdout


def test_new_never_writes_over_what_is_there(u24):
    Path("my-case/notes.txt").write_text("mine")

    result = u24("new", "my-case")

    assert result.exit_code == 2
    assert "my-case is there and not empty" in result.stderr
    assert [path.name for path in Path("my-case").iterdir()] == ["notes.txt"]


def test_check_says_that_nothing_is_wrong(u24):
    result = u24("check", "my-case")

    assert result.exit_code == 0
    assert result.stdout == "my-case: no fault found\n"


def test_check_tells_every_fault(u24, desk):
    desk.faults = ["one", "two"]

    result = u24("check", "my-case", "--json")

    assert result.exit_code == 2
    assert json.loads(result.stdout) == {"errors": ["one", "two"]}
    assert result.stderr == "u24: one\nu24: two\n"


@pytest.mark.parametrize("words", INSTANT, ids=lambda words: words[0])
def test_instant_commands_take_seconds_and_json_like_the_others(u24, words):
    result = u24(*words, "--json", "--seconds", "4")

    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout)["format"] == 1


def test_the_version_is_that_of_the_package(u24):
    result = u24("--version")

    assert result.stdout.startswith("u24 0.")


def test_the_command_starts_without_loading_numbers_or_solvers():
    heavy = (
        "import sys, u24.cli.main; print({'numpy', 'numba', 'scipy', 'rich'} & set(sys.modules))"
    )

    said = subprocess.run(
        [sys.executable, "-c", heavy], capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "set()"


def test_listing_cases_loads_no_solver_and_no_compiler():
    listing = "import sys, u24.cli.cases; print({'numba', 'highspy', 'scipy'} & set(sys.modules))"

    done = subprocess.run(
        [sys.executable, "-c", listing], capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "set()", done.stderr
