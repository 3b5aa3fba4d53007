"""Ukraine 2022, Morocco 2023, Nargis 2008: what is fact is sourced, the rest is reasoned."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from u24.intake.case_folder import check_case

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NAMES = ("ukraine-2022", "morocco-2023", "nargis-2008")
TABLES = ("needs", "offers", "lift", "airports", "roads", "history")
KEY = re.compile(r"\b(?:S\d+|T(?!0\b)\d+|V\d+)\b")
NOT_WORDS = re.compile(r"/work|prototype|\bagent\b|\bsession\b|\bTODO\b", re.IGNORECASE)
TABLE_LINE = re.compile(
    r"\| (?:case\.toml: )?(\w+)(?:\.csv)? \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|"
)


def rows_of(case, name):
    file = SCENARIOS / case / f"{name}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def sections_of(case):
    """The sections of case.toml that rest on something, by name."""
    content = tomllib.loads((SCENARIOS / case / "case.toml").read_text(encoding="utf-8"))
    return {
        name: [{"source": "", "note": "", **row} for row in rows]
        for name, rows in content.items()
        if isinstance(rows, list) and "basis" in rows[0]
    }


def all_tables(case):
    tables = sections_of(case) | {name: rows_of(case, name) for name in TABLES}
    return {name: rows for name, rows in tables.items() if rows}


def every_row(case):
    for name, rows in all_tables(case).items():
        for number, row in enumerate(rows):
            yield f"{case} {name} {number + 1}", row


def keys_in(row):
    return {key for key in row["source"].split(";") if key}


@pytest.mark.parametrize("case", NAMES)
def test_the_folder_reads_without_a_message(case):
    assert check_case(SCENARIOS / case) == []


@pytest.mark.parametrize("case", NAMES)
def test_the_readme_counts_facts_and_assumptions_as_the_files_hold_them(case):
    readme = (SCENARIOS / case / "README.md").read_text(encoding="utf-8")

    told = {name: [int(each) for each in counts] for name, *counts in TABLE_LINE.findall(readme)}

    held = {}
    for name, rows in all_tables(case).items():
        facts = sum(row["basis"] == "fact" for row in rows)
        alone = sum(row["basis"] == "assumed" and not row["source"] for row in rows)
        held[name] = [len(rows), facts, len(rows) - facts - alone, alone]
    assert told == held


@pytest.mark.parametrize("case", NAMES)
def test_every_fact_is_sourced_and_every_assumption_is_reasoned(case):
    for place, row in every_row(case):
        if row["basis"] == "fact":
            assert row["source"], place
        else:
            assert row["basis"] == "assumed", place
            assert len(row["note"]) > 30, place


@pytest.mark.parametrize("case", NAMES)
def test_a_fact_does_not_call_its_figures_assumed(case):
    for place, row in every_row(case):
        if row["basis"] == "fact":
            assert "assum" not in row["note"], place


@pytest.mark.parametrize("case", NAMES)
def test_sources_are_all_used_and_none_is_missing(case):
    used = set().union(*(keys_in(row) for _, row in every_row(case)))

    assert used == {row["key"] for row in rows_of(case, "sources")}


@pytest.mark.parametrize("case", NAMES)
def test_a_note_names_only_sources_of_its_row(case):
    for place, row in every_row(case):
        assert set(KEY.findall(row["note"])) <= keys_in(row), place


@pytest.mark.parametrize("case", NAMES)
def test_the_texts_speak_of_the_case_alone(case):
    for file in sorted((SCENARIOS / case).iterdir()):
        assert not NOT_WORDS.search(file.read_text(encoding="utf-8")), file.name


@pytest.mark.parametrize("case", NAMES)
def test_every_recorded_outcome_has_its_moment(case):
    for row in sections_of(case)["recorded"]:
        assert "at" in row, row["id"]
