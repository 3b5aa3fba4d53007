"""The gates: every question with its law, and versions by date without a gap."""

import subprocess
import sys
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u24.domain.gates import Control
from u24.errors import InvalidInput
from u24.reference.gates import counts_on, gates_on, list_gates
from u24.reference.sources import get_source
from u24.reference.tables import SHIPPED, read_rows

ROOT = Path(__file__).parents[2]
HEADER = (
    "gate_id,order,question,asked_of,legal_source,applies_to,only_members_of,"
    "from_on,until_on,by_rule,signatures,checked_in,note"
)
GATES = list_gates()
EU_CRITERIA = [f"eu-criterion-{number}" for number in range(1, 9)]


def with_gates(folder, *days):
    """A table with one gate in these versions."""
    rows = [f"mine,1,Is it so?,officer,Law,military,,{a},{b},no,1,," for a, b in days]
    path = folder / "mine.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return SHIPPED.with_override("gates", path)


def ids_on(day, control=Control.MILITARY):
    return [gate.gate_id for gate in gates_on(day) if control in gate.applies_to]


def test_the_gates_of_defence_materiel_stand_in_the_order_in_which_they_are_asked():
    assert ids_on(date(2022, 3, 16)) == [
        "host-request",
        "owner-licence",
        "maker-reexport",
        "att-6",
        "att-7",
        *EU_CRITERIA,
        "un-embargo",
        "un-embargo-scope",
        "eu-embargo",
        "eu-embargo-scope",
        "other-embargo",
        "other-embargo-scope",
        "end-use",
        "signatures",
        "transit",
    ]


def test_dual_use_goods_pass_fewer_gates():
    assert ids_on(date(2022, 3, 16), Control.DUAL_USE) == [
        "owner-licence",
        "eu-dual-use",
        "un-embargo-scope",
        "eu-embargo-scope",
        "other-embargo-scope",
        "end-use",
    ]


@pytest.mark.parametrize(
    ("gate_id", "first"),
    [
        ("att-6", date(2014, 12, 24)),
        ("att-7", date(2014, 12, 24)),
        ("eu-criterion-1", date(2008, 12, 8)),
        ("eu-criterion-8", date(2008, 12, 8)),
    ],
)
def test_a_gate_counts_from_the_day_on_which_its_law_came_into_force(gate_id, first):
    assert gate_id in ids_on(first)
    assert gate_id not in ids_on(first - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "act"),
    [
        (date(2019, 9, 15), "Common Position 2008/944/CFSP, Art. 2(7)"),
        (date(2019, 9, 16), "2019/1560"),
        (date(2025, 4, 13), "2019/1560"),
        (date(2025, 4, 14), "2025/779"),
    ],
)
def test_a_criterion_of_the_eu_is_asked_in_the_version_of_the_day(day, act):
    (gate,) = (gate for gate in gates_on(day) if gate.gate_id == "eu-criterion-7")

    assert gate.legal_source.endswith(act)


def test_each_criterion_of_the_eu_is_its_own_question_to_members_alone():
    criteria = [gate for gate in gates_on(date(2026, 1, 1)) if gate.gate_id in EU_CRITERIA]

    assert {gate.only_members_of for gate in criteria} == {"EU"}
    assert len({gate.question for gate in criteria}) == 8


@pytest.mark.parametrize("gate_id", sorted({gate.gate_id for gate in GATES}))
def test_the_versions_of_a_gate_follow_each_other_without_a_gap_and_the_last_is_open(gate_id):
    versions = [gate for gate in GATES if gate.gate_id == gate_id]

    assert all(older.until_on == newer.from_on for older, newer in pairwise(versions))
    assert versions[-1].until_on is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2040, 1, 1)))
def test_no_day_has_two_versions_of_a_gate(day):
    asked = [gate.gate_id for gate in gates_on(day)]

    assert len(asked) == len(set(asked))


def test_only_the_four_eyes_gate_asks_for_two_officers():
    assert {gate.gate_id for gate in GATES if gate.signatures > 1} == {"signatures"}


def test_what_facts_answer_is_the_hosts_request_and_embargoes_and_nothing_of_ethics():
    by_rule = {gate.gate_id for gate in GATES if gate.by_rule}

    assert by_rule == {"host-request", "un-embargo", "eu-embargo", "other-embargo"}


def test_every_gate_names_its_law_and_every_source_is_known():
    rows = read_rows("gates")

    assert all(gate.legal_source and gate.question and gate.asked_of for gate in GATES)
    assert all(get_source(key) for row in rows for key in row["checked_in"])


def test_gates_with_the_same_place_keep_their_versions_together():
    runs = [gate_id for gate_id, _ in groupby(GATES, key=lambda gate: gate.gate_id)]

    assert len(runs) == len(set(runs))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ([("2010-01-01", "2012-01-01"), ("2013-01-01", "")], "until 2012-01-01 and the next from"),
        ([("2010-01-01", "2014-01-01"), ("2013-01-01", "")], "until 2014-01-01 and the next from"),
        ([("2010-01-01", ""), ("2013-01-01", "")], "until None and the next from 2013-01-01"),
        ([("2010-01-01", "2010-01-01")], "from 2010-01-01 until 2010-01-01; until must be later"),
        ([("2010-02-30", "")], "row mine, column from_on: found '2010-02-30'; it must be a day"),
    ],
)
def test_a_table_whose_versions_leave_a_gap_or_overlap_is_refused(tmp_path, days, told):
    mine = with_gates(tmp_path, *days)

    with pytest.raises(InvalidInput, match=told):
        list_gates(mine)


def test_a_version_counts_on_its_first_day_and_no_longer_on_its_last(tmp_path):
    mine = with_gates(tmp_path, ("", "2012-01-01"), ("2012-01-01", "2013-01-01"))

    older, newer = list_gates(mine)

    assert counts_on(older, date(1900, 1, 1))
    assert [counts_on(older, date(2012, 1, 1)), counts_on(newer, date(2012, 1, 1))] == [False, True]
    assert gates_on(date(2013, 1, 1), mine) == ()


def test_the_page_of_the_gates_is_that_of_the_tables():
    command = [sys.executable, ROOT / "scripts" / "document_gates.py", "--check"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
