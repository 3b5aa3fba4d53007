"""The campaigns of benchmarks/ledger in small, so that they cannot rot; and that they can fail."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.ledger import page
from benchmarks.ledger.load import command_of, submission_of
from benchmarks.ledger.record_check import FAULTS, RecordCheck
from tests.ledger.postgres_server import find_binaries
from tests.ledger.stores import HandClock
from u24.ledger.memory import MemoryStore
from u24.ledger.store import KEPT_LEAVES, Submission

ROOT = Path(__file__).parents[2]
SOUND = dict.fromkeys(FAULTS, 0)
MAKES = ["sqlite", "postgres"]


@pytest.fixture(params=MAKES)
def make(request):
    if request.param == "postgres" and find_binaries() is None:
        if os.environ.get("U24_REQUIRE_POSTGRES") == "1":
            pytest.fail("PostgreSQL is neither on this machine nor in the wheel that brings it")
        pytest.skip("PostgreSQL is neither on this machine nor in the wheel that brings it")
    return request.param


@pytest.fixture
def store():
    return MemoryStore(HandClock())


def run(script, *words):
    """A script of its own, as a reader of the docs starts it; its code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.ledger.{script}", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def result_in(said):
    """The JSON at the beginning."""
    return json.JSONDecoder().raw_decode(said)[0]


def write(store, *numbers):
    """Commands of a campaign named x; gives what a writer would tell."""
    told = {}
    for number in numbers:
        command = command_of("x", 1, 0, 0, number)
        receipt = store.append(submission_of(command, store.stream_seq))
        told[command] = receipt.entries[0].position
    return told


def faults_of(check):
    return {name: count for name, count in check.faults.items() if count}


def test_writers_and_server_that_are_killed_lose_nothing(make):
    code, said, error = run(
        "kill_campaign", make, "--rounds", "2", "--seed", "11", "--server-every", "2", "--dry"
    )

    assert code == 0, error
    result = result_in(said)
    assert result["faults"] == SOUND
    assert result["acknowledged_commands"] > 10
    assert result["servers_killed"] == (make == "postgres")


@pytest.mark.parametrize("broken", ["early", "torn"])
def test_a_ledger_that_breaks_its_promise_is_found_by_the_campaign(broken):
    code, said, error = run(
        "kill_campaign", "sqlite", "--rounds", "9", "--seed", "11", "--broken", broken, "--dry"
    )

    assert code == 1, error
    faults = result_in(said)["faults"]
    assert faults["lost"] + faults["unreadable"] > 0


def test_many_writers_lose_nothing_beside_plain_inserts():
    rivals = ["ours, group commit", "ours, groups", "plain inserts"]
    size = ["--writers", "3", "--facts", "200", "--runs", "1"]
    code, said, error = run("writers", "sqlite", "--rivals", *rivals, *size, "--dry")

    assert code == 0, error
    found = result_in(said)["stores"]["sqlite"]
    assert set(found["faults"].values()) == {0}
    assert {held["facts"] for held in found["rivals"].values()} == {600}
    assert found["rivals"]["plain inserts"]["wall_ratio_to_plain"] == 1


def test_proofs_and_full_checks_of_the_million_hold_in_small():
    size = ["--facts", "1500", "--head-every", "500", "--proofs", "20", "--proof-files", "2"]
    code, said, error = run("million", "sqlite", *size, "--dry")

    assert code == 0, error
    [found] = result_in(said)["stores"]["sqlite"]
    assert found["proofs"]["inclusion_holds"]
    assert found["proofs"]["consistency_holds"]
    assert found["proofs"]["proof_files_verified"] == found["proofs"]["proof_files"]
    assert all(check["good"] and check["heads"] == 6 for check in found["checks"])


def test_a_record_that_holds_what_was_said_passes(store):
    check = RecordCheck("x")

    for numbers in (range(1, 150), range(150, 300)):
        check.advance(store, write(store, *numbers))

    assert check.size == store.size() > KEPT_LEAVES
    assert check.faults == SOUND


def test_what_was_acknowledged_and_is_not_on_record_is_lost(store):
    check = RecordCheck("x")
    told = write(store, 1, 2)

    check.advance(store, told | {command_of("x", 1, 0, 0, 3): store.size() + 1})

    assert faults_of(check) == {"lost": 1}


def test_a_submission_of_which_a_part_is_missing_is_half(store):
    numbers = (command_of("x", 1, 0, 0, number) for number in range(1, 99))
    whole = next(held for n in numbers if len((held := submission_of(n, lambda _: 0)).batches) > 1)
    check = RecordCheck("x")

    store.append(replace(whole, batches=whole.batches[:1]))
    check.advance(store, {whole.command: 1})

    assert faults_of(check) == {"half": 1}


def test_other_words_than_were_said_are_noticed(store):
    said = submission_of(command_of("x", 1, 0, 0, 1), lambda _: 0)
    [first, *rest] = said.batches
    drafts = tuple(replace(draft, body=b"other") for draft in first.drafts)
    check = RecordCheck("x")

    store.append(replace(said, batches=(replace(first, drafts=drafts), *rest)))
    check.advance(store, {said.command: 1})

    assert faults_of(check) == {"changed": 1}


class Twisted:
    """A store that shows its entries and kept hashes otherwise than they are."""

    def __init__(self, store, entries=lambda held: held, hashes=lambda held: held):
        self._store, self._entries, self._hashes = store, entries, hashes

    def everything(self, *, after=0):
        return iter(self._entries(list(self._store.everything(after=after))))

    def hashes(self, level, first, count):
        return self._hashes(self._store.hashes(level, first, count))


@pytest.mark.parametrize(
    ("twist", "fault"),
    [
        ({"entries": lambda held: held[:-1]}, {"lost": 1}),
        ({"entries": lambda held: [*held, held[0]]}, {"double": 1, "gap": 2}),
        ({"entries": lambda held: [held[0], replace(held[1], actor="eve")]}, {"changed": 2}),
        ({"entries": lambda held: held[1:]}, {"gap": 2, "lost": 1}),
    ],
)  # fmt: skip
def test_entries_that_are_missing_double_or_changed_are_noticed(store, twist, fault):
    single = [n for n in range(1, 99) if len(_facts_of(n)) == 1][:2]
    told = write(store, *single)
    check = RecordCheck("x")

    check.advance(Twisted(store, **twist), told)

    assert faults_of(check) == fault


def test_a_wrong_hash_of_a_subtree_is_noticed(store):
    told = write(store, *range(1, 200))
    check = RecordCheck("x")

    check.advance(Twisted(store, hashes=lambda held: [bytes(32)] * len(held)), told)

    assert set(faults_of(check)) == {"kept_hash"}


def test_the_page_of_the_docs_is_that_of_the_results():
    assert page.REPORT.read_text(encoding="utf-8") == page.text()


def _facts_of(number) -> list:
    said: Submission = submission_of(command_of("x", 1, 0, 0, number), lambda _: 0)
    return [draft for batch in said.batches for draft in batch.drafts]
