"""The whole record out, and back into a new ledger."""

from functools import partial
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.records import DESK_KEY, a_record
from tests.ledger.stores import HandClock, a_draft, submit
from u24.desk.exchange.export import export_ledger
from u24.desk.exchange.restore import read_export, restore_ledger
from u24.errors import InvalidInput, Tampered
from u24.ledger.heads import Head, head_message
from u24.ledger.memory import MemoryStore
from u24.ledger.proofs import root_at
from u24.ledger.sqlite import SqliteStore
from u24.ledger.store import Batch

BODIES = [
    b"{}", b'{"a":1.0,"b":"\xc3\xa4"}', b'{"a": 1}', b"", b"\xff\x00", b'"\\ud800"', b"null",
    b"1\n",
]  # fmt: skip


@pytest.fixture
def store():
    return MemoryStore(HandClock())


def fill(store, bodies):
    drafts = tuple(a_draft(body=body) for body in bodies)
    store.append(submit("all", Batch(stream="request/1", expect_seq=0, drafts=drafts)))


def lines_of(store, folder, **options):
    export_ledger(store, folder / "all.jsonl", **options)
    return (folder / "all.jsonl").read_bytes().splitlines(keepends=True)


def a_head(store, size):
    root, at = root_at(store.hashes, size), HandClock().now
    message = head_message("ledger_000001", size, root, at)
    return Head(
        ledger_id="ledger_000001", tree_size=size, root=root, at=at, key_id=DESK_KEY.key_id,
        signature=DESK_KEY.sign(message),
    )  # fmt: skip


def test_what_goes_out_comes_back_field_for_field(store, tmp_path):
    a_record(store)

    back = [held.entry() for held in read_export(lines_of(store, tmp_path))]

    assert back == list(store.everything())


@given(bodies=st.lists(st.sampled_from(BODIES) | st.binary(max_size=20), min_size=1, max_size=8))
def test_every_body_survives_byte_for_byte(tmp_path_factory, bodies):
    store = MemoryStore(HandClock())
    fill(store, bodies)

    lines = lines_of(store, tmp_path_factory.mktemp("export"))

    assert [held.body for held in read_export(lines)] == bodies


def test_the_leaf_of_what_travels_is_that_of_the_ledger(store, tmp_path):
    a_record(store)

    for held in read_export(lines_of(store, tmp_path, withhold=lambda _: True)):
        assert held.right_leaf() == held.leaf
        assert held.is_withheld


def test_a_restored_ledger_has_the_same_positions_moments_and_hashes(tmp_path):
    clock = HandClock()
    store = MemoryStore(clock)
    writer = a_record(store)
    for step in range(4):
        clock.turn(seconds=step, microseconds=7)
        writer.say(body=b"[%d]" % step)

    count = restore_ledger(lines_of(store, tmp_path), partial(SqliteStore, tmp_path / "new.db"))

    restored = SqliteStore(tmp_path / "new.db", clock)
    assert list(restored.everything()) == list(store.everything())
    assert root_at(restored.hashes, count) == root_at(store.hashes, count)
    restored.close()


def test_a_clock_that_was_set_back_is_restored_as_it_was(tmp_path):
    clock = HandClock()
    store = MemoryStore(clock)
    writer = a_record(store)
    clock.turn(hours=-3)
    writer.say("clock.set-back/1", b'{"reason":"it ran ahead"}', actor="desk", stream="record")
    writer.say()

    restore_ledger(lines_of(store, tmp_path), partial(SqliteStore, tmp_path / "new.db"))

    restored = SqliteStore(tmp_path / "new.db", clock)
    assert list(restored.everything()) == list(store.everything())
    restored.close()


def test_a_ledger_that_holds_something_is_not_restored_into(store, tmp_path):
    a_record(store)
    lines = lines_of(store, tmp_path)

    with pytest.raises(InvalidInput, match="holds 9 entries; restore into a new one only"):
        restore_ledger(lines, lambda _clock: store)


def test_withheld_bodies_are_nowhere_in_the_file_and_every_proof_holds(store, tmp_path):
    a_record(store)

    lines = lines_of(store, tmp_path, withhold=lambda entry: entry.kind == "offer.made/1")

    assert b'"packs"' not in b"".join(lines)
    hidden = [held for held in read_export(lines) if held.is_withheld]
    bodies = {entry.position: entry.body for entry in store.everything()}
    assert len(hidden) == 5
    assert all(held.body_sha256 == sha256(bodies[held.position]).hexdigest() for held in hidden)


def test_an_export_without_all_bodies_is_not_restored(store, tmp_path):
    a_record(store)
    lines = lines_of(store, tmp_path, withhold=lambda entry: entry.position == 4)

    with pytest.raises(InvalidInput, match="entry 4: its body is withheld"):
        restore_ledger(lines, partial(SqliteStore, tmp_path / "new.db"))


@given(data=st.data())
def test_any_changed_letter_is_noticed(tmp_path_factory, data):
    store = MemoryStore(HandClock())
    a_record(store)
    lines = lines_of(store, tmp_path_factory.mktemp("export"), heads=[a_head(store, 5)])
    number = data.draw(st.integers(1, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 2))
    letter = lines[number][place : place + 1]
    other = data.draw(st.sampled_from([b"7", b"f", b"x"]).filter(lambda held: held != letter))
    lines[number] = lines[number][:place] + other + lines[number][place + 1 :]

    with pytest.raises((InvalidInput, Tampered), match=f"line {number + 1}:|breaks off"):
        list(read_export(lines))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: lines[:4] + lines[5:], "line 5: position is 5; it must be 4"),
        (lambda lines: lines[:4] + lines[3:], "line 5: position is 3; it must be 4"),
        (lambda lines: lines[:-2], "breaks off behind 8 of 9 entries"),
        (lambda lines: lines[:-1], "breaks off behind 9 of 9 entries"),
        (lambda lines: [*lines, lines[-1]], "line 12: the export ended with line 11"),
        (lambda lines: [], "line 1: it is no header"),
        (lambda lines: [b'{"format":"x"}'], "line 1: it is no header"),
        (lambda lines: [lines[0].replace(b"export/1", b"export/9")], "line 1: format is"),
        (lambda lines: [*lines[:3], b"nonsense\n", *lines[4:]], "line 4: it is no entry"),
    ],
)
def test_a_bad_export_is_told_with_the_number_of_the_line(store, tmp_path, change, message):
    a_record(store)

    with pytest.raises((InvalidInput, Tampered), match=message):
        list(read_export(change(lines_of(store, tmp_path))))


def test_the_newest_head_goes_with_it_and_must_hold(store, tmp_path):
    a_record(store)
    lines = lines_of(store, tmp_path, heads=[a_head(store, 2), a_head(store, 6)])
    assert b'"tree_size":6' in lines[0]
    assert len(list(read_export(lines))) == 9

    other = MemoryStore(HandClock())
    fill(other, [b"%d" % number for number in range(9)])
    with pytest.raises(Tampered, match="line 7: the first 6 entries are not those of the signed"):
        list(read_export(lines_of(other, tmp_path, heads=[a_head(store, 6)])))


def test_nothing_is_left_of_an_export_that_fails(store, tmp_path):
    a_record(store)

    def fail(entry):
        raise InvalidInput("asked wrongly")

    with pytest.raises(InvalidInput, match="asked wrongly"):
        export_ledger(store, tmp_path / "all.jsonl", withhold=fail)
    assert list(tmp_path.iterdir()) == []


def test_the_progress_ends_with_everything(store, tmp_path):
    told = []
    a_record(store)

    export_ledger(store, tmp_path / "a", progress=lambda *held: told.append(held))

    assert told[-1] == ("exporting", 9, 9)
