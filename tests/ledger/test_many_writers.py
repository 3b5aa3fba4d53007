"""Many processes at one ledger, and processes that die in the middle."""

import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import pytest

from u24.clock import system_clock
from u24.ledger.merkle import leaf_hash, root_of
from u24.ledger.store import KEPT_LEAVES, entry_content

ROOT = Path(__file__).parents[2]
PROCESSES = 4
SUBMISSIONS = 200
ROUNDS = 10


@contextmanager
def writing(where, name, count, streams="", how="plain"):
    """A writer that waits for a line before it begins."""
    words = [sys.executable, "-m", "tests.ledger.writer_process", where, name, str(count)]
    with subprocess.Popen(
        [*words, streams, how], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def begin(process):
    process.stdin.write("\n")
    process.stdin.flush()


def require_whole(store):
    """No gap, no half submission, no wrong hash; gives the commands on record."""
    entries = list(store.everything())
    assert [e.position for e in entries] == list(range(1, len(entries) + 1))
    seqs = Counter()
    for entry in entries:
        seqs[entry.stream] += 1
        assert entry.seq == seqs[entry.stream]
        assert entry.leaf == leaf_hash(entry_content(entry))
    commands = [
        (command, [e.part for e in held], held[0].body)
        for command, held in ((c, list(g)) for c, g in groupby(entries, key=lambda e: e.command))
    ]
    for command, parts, body in commands:
        assert parts == list(range(int(body.split()[-1]))), f"{command} is not whole"
    leaves = [entry.leaf for entry in entries]
    whole = len(leaves) // KEPT_LEAVES
    assert store.hashes(8, 0, whole) == [
        root_of(leaves[i * KEPT_LEAVES : (i + 1) * KEPT_LEAVES]) for i in range(whole)
    ]
    return [command for command, _, _ in commands]


@pytest.mark.parametrize("streams", ["", "one,two"], ids=["own-streams", "same-streams"])
def test_four_processes_lose_nothing_and_write_nothing_twice(lasting, streams):
    where = lasting.place("many")
    with (
        writing(where, "w0", SUBMISSIONS, streams) as first,
        writing(where, "w1", SUBMISSIONS, streams) as second,
        writing(where, "w2", SUBMISSIONS, streams, "group") as third,
        writing(where, "w3", SUBMISSIONS, streams, "group") as fourth,
    ):
        writers = [first, second, third, fourth]
        for process in writers:
            begin(process)
        acknowledged = [line for process in writers for line in process.communicate()[0].split()]
        assert [process.returncode for process in writers] == [0] * PROCESSES

    commands = require_whole(lasting.open(system_clock, name="many"))

    wanted = [f"w{w}-{number}" for w in range(PROCESSES) for number in range(SUBMISSIONS)]
    assert sorted(commands) == sorted(acknowledged) == sorted(wanted)


@pytest.mark.parametrize("how", ["plain", "group"])
def test_what_a_killed_process_was_told_is_on_record_and_nothing_is_there_by_half(lasting, how):
    where = lasting.place("killed")
    acknowledged = []
    for turn in range(ROUNDS // 2):
        with writing(where, f"w{turn}", 10_000, "", how) as process:
            begin(process)
            # Lines come when they come, so the kill falls anywhere in the writer's work.
            heard = [process.stdout.readline() for _ in range(1 + turn * 37)]
            process.kill()
            heard.append(process.stdout.read())
        acknowledged += "".join(heard).rpartition("\n")[0].split()

    commands = require_whole(lasting.open(system_clock, name="killed"))

    assert set(acknowledged) <= set(commands)
    assert len(commands) == len(set(commands))
    assert len(acknowledged) > ROUNDS


def test_stores_that_are_opened_for_the_first_time_at_once_make_one_ledger(lasting):
    where = lasting.place("fresh")
    with (
        writing(where, "w0", 1) as first,
        writing(where, "w1", 1) as second,
        writing(where, "w2", 1) as third,
        writing(where, "w3", 1) as fourth,
    ):
        for process in (first, second, third, fourth):
            process.communicate("\n")
            assert process.returncode == 0

    assert len(require_whole(lasting.open(system_clock, name="fresh"))) == 4
