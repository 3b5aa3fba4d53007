"""Heads: signed, given away, recorded; never over a record that lost its past."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ledger.records import ANNA_KEY, DESK_KEY, Writer, a_record
from u24.domain.facts.record import HeadPublished
from u24.errors import InvalidInput, StoreUnavailable, Tampered
from u24.ledger.heads import (
    HEADS_STREAM,
    add_head,
    begun,
    head_line,
    head_of,
    publish_head,
    read_heads,
)
from u24.ledger.memory import MemoryStore
from u24.ledger.proofs import root_at
from u24.wire.facts import decode_fact


@pytest.fixture
def record(clock):
    store = MemoryStore(clock)
    a_record(store)
    return store


@pytest.fixture
def heads_file(tmp_path):
    return tmp_path / "heads.jsonl"


def test_a_head_is_signed_over_all_entries_on_record(record, clock, heads_file):
    head = publish_head(record, DESK_KEY, clock, heads_file)

    assert head.tree_size == 9
    assert head.root == root_at(record.hashes, 9)
    assert head.is_signed_by(DESK_KEY.public_key)
    assert not head.is_signed_by(ANNA_KEY.public_key)


@pytest.mark.parametrize("field", ["ledger_id", "tree_size", "root", "at"])
def test_the_signature_covers_every_field(record, clock, heads_file, field):
    head = publish_head(record, DESK_KEY, clock, heads_file)
    other = {"ledger_id": "l", "tree_size": 8, "root": bytes(32), "at": clock()}

    changed = replace(head, **{field: other[field]})

    assert not changed.is_signed_by(DESK_KEY.public_key)


def test_a_head_can_be_read_by_humans_and_programs(record, clock, heads_file):
    head = publish_head(record, DESK_KEY, clock, heads_file)

    [line] = heads_file.read_text().splitlines()

    assert json.loads(line)["at"] == head.at.isoformat().replace("+00:00", "Z")
    assert head.message().decode().splitlines()[:3] == ["u24-head/1", "ledger_000001", "9"]
    assert read_heads(heads_file) == (head,)


def test_publishing_is_itself_on_record_signed_by_the_desk(record, clock, heads_file):
    head = publish_head(record, DESK_KEY, clock, heads_file)

    [entry] = record.stream(HEADS_STREAM)

    fact = decode_fact(entry.kind, entry.body)
    assert isinstance(fact, HeadPublished)
    assert (fact.tree_size, fact.root_hex) == (9, head.root.hex())
    assert (entry.position, entry.actor, entry.key_id) == (10, "desk", DESK_KEY.key_id)


def test_heads_stand_one_behind_the_other(record, clock, heads_file):
    first = publish_head(record, DESK_KEY, clock, heads_file)
    second = publish_head(record, DESK_KEY, clock, heads_file)

    assert read_heads(heads_file) == (first, second)
    assert second.tree_size == 10


def test_a_head_that_cannot_be_given_away_is_not_recorded(record, clock, tmp_path):
    with pytest.raises(StoreUnavailable, match=r"cannot be written: No such .*; the head was not"):
        publish_head(record, DESK_KEY, clock, tmp_path / "none" / "heads.jsonl")

    assert record.stream_seq(HEADS_STREAM) == 0


def test_a_full_disk_is_told(record, clock, heads_file):
    head = publish_head(record, DESK_KEY, clock, heads_file)

    with pytest.raises(StoreUnavailable, match="No space left on device; the head was not"):
        add_head(Path("/dev/full"), head)


def test_a_line_that_a_crash_left_half_written_goes(record, clock, heads_file):
    first = publish_head(record, DESK_KEY, clock, heads_file)
    with heads_file.open("ab") as file:
        file.write(head_line(first)[:50])

    second = publish_head(record, DESK_KEY, clock, heads_file)

    assert read_heads(heads_file) == (first, second)


def test_a_whole_line_without_its_end_stays(record, clock, heads_file):
    first = publish_head(record, DESK_KEY, clock, heads_file)
    heads_file.write_bytes(head_line(first))

    second = publish_head(record, DESK_KEY, clock, heads_file)

    assert read_heads(heads_file) == (first, second)


def test_no_head_is_signed_over_a_record_that_was_cut(record, clock, heads_file):
    publish_head(record, DESK_KEY, clock, heads_file)
    shorter = MemoryStore(clock)
    Writer(shorter).begin()

    with pytest.raises(Tampered, match=r"cut-tail: the record has 1 entries, the head of .* 9"):
        publish_head(shorter, DESK_KEY, clock, heads_file)

    assert (shorter.size(), len(read_heads(heads_file))) == (1, 1)


def test_the_largest_head_says_whether_the_record_was_cut(record, clock, heads_file):
    for _ in range(2):
        publish_head(record, DESK_KEY, clock, heads_file)
    shorter = MemoryStore(clock)
    shorter._held.add(list(record.everything())[:9])

    with pytest.raises(Tampered, match=r"cut-tail: the record has 9 entries, the head of .* 10"):
        publish_head(shorter, DESK_KEY, clock, heads_file)


def test_no_head_is_signed_over_a_past_that_was_rewritten(record, clock, heads_file):
    publish_head(record, DESK_KEY, clock, heads_file)
    other = MemoryStore(clock)
    a_record(other, offers=20)

    with pytest.raises(Tampered, match="rewritten-past: the first 9 entries"):
        publish_head(other, DESK_KEY, clock, heads_file)

    assert len(read_heads(heads_file)) == 1


def test_a_record_that_does_not_say_whose_it_is_gets_no_head(clock, heads_file):
    store = MemoryStore(clock)

    with pytest.raises(InvalidInput, match="the record is empty"):
        publish_head(store, DESK_KEY, clock, heads_file)
    Writer(store).register("anna", ANNA_KEY)
    with pytest.raises(InvalidInput, match=r"the record begins with key\.registered/1"):
        begun(store)

    assert not heads_file.exists()


def test_two_processes_that_publish_at_the_same_moment_both_come_on_record(
    record, clock, heads_file
):
    class Busy:
        """A store at which another process publishes, between reading and writing."""

        def __init__(self, store):
            self._store = store
            self._moved = False

        def __getattr__(self, name):
            return getattr(self._store, name)

        def append(self, submission):
            if not self._moved:
                self._moved = True
                publish_head(self._store, DESK_KEY, clock, heads_file)
            return self._store.append(submission)

    publish_head(Busy(record), DESK_KEY, clock, heads_file)

    assert [head.tree_size for head in read_heads(heads_file)] == [9, 9]
    assert record.stream_seq(HEADS_STREAM) == 2


def test_a_head_that_was_given_away_and_not_recorded_hinders_no_other(record, clock, heads_file):
    class Failing:
        """A store that can be read, and takes nothing."""

        def __getattr__(self, name):
            return getattr(record, name)

        def append(self, submission):
            raise StoreUnavailable(f"no room for {submission.command}")

    with pytest.raises(StoreUnavailable, match="no room for head/9/"):
        publish_head(Failing(), DESK_KEY, clock, heads_file)

    publish_head(record, DESK_KEY, clock, heads_file)

    assert [head.tree_size for head in read_heads(heads_file)] == [9, 9]
    assert record.stream_seq(HEADS_STREAM) == 1


def test_a_head_is_on_disk_with_its_name_before_it_counts(record, clock, heads_file, monkeypatch):
    """Seen by the calls alone: nothing but a power cut would tell."""
    synced = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))

    publish_head(record, DESK_KEY, clock, heads_file)
    publish_head(record, DESK_KEY, clock, heads_file)

    file, folder = heads_file.stat().st_ino, heads_file.parent.stat().st_ino
    assert synced == [file, folder, file]


def test_a_line_that_the_disk_takes_by_half_is_told_and_goes(record, clock, heads_file):
    resource = pytest.importorskip("resource")
    first = publish_head(record, DESK_KEY, clock, heads_file)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (heads_file.stat().st_size + 50, limits[1]))
    try:
        with pytest.raises(StoreUnavailable, match="No space left on device; the head was not"):
            add_head(heads_file, first)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    add_head(heads_file, first)

    assert read_heads(heads_file) == (first, first)


@pytest.mark.parametrize(
    "wrong",
    [
        {"tree_size": 0},
        {"tree_size": -1},
        {"tree_size": "9"},
        {"root": "00" * 31},
        {"root": "00" * 33},
        {"root": "zz" * 32},
        {"signature": "z"},
        {"at": "2026-01-01T12:00:00"},
        {"at": "2026-01-01T12:00:00+01:00"},
        {"more": 1},
    ],
    ids=repr,
)
def test_a_head_with_a_wrong_field_is_no_head(record, clock, heads_file, wrong):
    fields = json.loads(head_line(publish_head(record, DESK_KEY, clock, heads_file)))

    with pytest.raises(InvalidInput, match="that is no head"):
        head_of(json.dumps(fields | wrong).encode())


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[1]", b'{"tree_size": 1}', b"\xff", b"null"], ids=repr
)
def test_a_line_that_is_no_head_is_refused(line):
    with pytest.raises(InvalidInput, match="that is no head"):
        head_of(line)


def test_a_file_with_a_bad_line_says_which(record, clock, heads_file):
    publish_head(record, DESK_KEY, clock, heads_file)
    with heads_file.open("ab") as file:
        file.write(b"{}\n")

    with pytest.raises(InvalidInput, match=r"heads.jsonl, line 2: that is no head"):
        read_heads(heads_file)


def test_a_file_of_heads_that_is_not_there_is_refused(heads_file):
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        read_heads(heads_file)


def test_the_line_of_a_head_gives_the_head(record, clock, heads_file):
    head = publish_head(record, DESK_KEY, clock, heads_file)
    add_head(heads_file, head)

    assert head_of(head_line(head)) == head
    assert read_heads(heads_file) == (head, head)
