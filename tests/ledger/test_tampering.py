"""Whoever changes the file is found, and what was done is named."""

from dataclasses import replace
from datetime import timedelta
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.attacker import Attacker
from tests.ledger.records import BORIS_KEY, DESK_KEY, NEW_KEY, Writer, a_record, goes_on
from tests.ledger.stores import HandClock
from u24.clock import system_clock
from u24.ledger.heads import publish_head
from u24.ledger.rows import COLUMNS
from u24.ledger.sqlite import SqliteStore
from u24.ledger.verify import verify

SIZE = 274


@pytest.fixture
def path(tmp_path):
    return tmp_path / "desk.db"


@pytest.fixture
def now():
    return HandClock()


@pytest.fixture
def head(path, now):
    """A closed file, and the last head over all but the last of its entries."""
    store = SqliteStore(path, now)
    try:
        a_record(store, offers=30)
        publish_head(store, DESK_KEY, now, path.with_name("early.jsonl"))
        goes_on(store, first=1_000, facts=235).revoke("boris", BORIS_KEY)
        return publish_head(store, DESK_KEY, now, path.with_name("heads.jsonl"))
    finally:
        store.close()


@pytest.fixture
def attacker(path, head):
    return Attacker(path)


def checked(path, *heads):
    store = SqliteStore(path, system_clock, read_only=True)
    try:
        return verify(store, heads=heads, trusted_key_hex=DESK_KEY.public_key.hex())
    finally:
        store.close()


def codes(verified):
    return {held.code for held in verified.findings}


def places(verified):
    return {(held.code, held.position) for held in verified.findings}


def texts(verified):
    return {held.text for held in verified.findings}


def test_a_file_that_nobody_touched_is_good(path, head):
    verified = checked(path, head)

    assert verified.good
    assert (verified.size, verified.covered, head.tree_size) == (SIZE, SIZE - 1, SIZE - 1)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """One file for all flips, and a head over every entry of it."""
    path = tmp_path_factory.mktemp("flips") / "desk.db"
    now = HandClock()
    store = SqliteStore(path, now)
    a_record(store, offers=4)
    goes_on(store, first=1_000, facts=240)
    publish_head(store, DESK_KEY, now, path.with_name("heads.jsonl"))
    goes_on(store, first=2_000, facts=10)
    head = publish_head(store, DESK_KEY, now, path.with_name("heads.jsonl"))
    store.close()
    Attacker(path).do("delete from fact where position > ?", head.tree_size)
    return path, head


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), place=st.integers(0, 500), bit=st.integers(0, 7))
def test_any_bit_of_any_column_of_any_entry_that_is_flipped_is_found(
    untouched, tmp_path, data, place, bit
):
    source, head = untouched
    path = tmp_path / "desk.db"
    copyfile(source, path)
    column = data.draw(st.sampled_from(COLUMNS))
    key = {"position": data.draw(st.integers(1, head.tree_size))}

    if not Attacker(path).flip("fact", key, column, place, bit):
        return

    assert not checked(path, head).good


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(column=st.sampled_from(["level", "hash"]), place=st.integers(0, 31), bit=st.integers(0, 7))
def test_any_bit_of_a_kept_hash_that_is_flipped_is_found(untouched, tmp_path, column, place, bit):
    source, head = untouched
    path = tmp_path / "desk.db"
    copyfile(source, path)

    Attacker(path).flip("subtree", {"level": 8, "number": 0}, column, place, bit)

    assert codes(checked(path, head)) == {"kept-hash"}


def test_a_changed_entry_is_named(path, attacker, head):
    attacker.change(7, body=b'{"packs": 999}')

    assert places(checked(path, head)) == {
        ("changed-entry", 7),
        ("forged-signature", 7),
        ("kept-hash", 256),
        ("rewritten-past", 37),
        ("rewritten-past", SIZE - 1),
        ("rewritten-past", SIZE),
    }


def test_many_changed_entries_are_all_counted(path, attacker, head):
    attacker.do("update fact set body = x'00' where position between 100 and 199")

    assert checked(path, head).counts["changed-entry"] == 100


def test_a_missing_entry_is_named(path, attacker, head):
    attacker.do("delete from fact where position = 50")

    verified = checked(path)

    assert ("missing-entry", 51) in places(verified)
    assert "entry 50 is missing before this one" in texts(verified)


def test_a_missing_entry_is_named_by_its_stream_when_the_others_move_up(path, attacker):
    attacker.rewrite(lambda held: [entry for entry in held if entry.position != 50])

    verified = checked(path)

    assert "missing-entry" in codes(verified)
    assert any("where its stream comes to" in held.text for held in verified.findings)


def test_two_swapped_entries_are_named(path, attacker):
    one, other = attacker.entries()[99], attacker.entries()[106]
    for position in (one.position, other.position):
        attacker.change(position, position=-position, seq=-position)
    attacker.change(-one.position, position=other.position, seq=other.seq)
    attacker.change(-other.position, position=one.position, seq=one.seq)

    verified = checked(path)

    assert ("swapped-entries", 100) in places(verified)
    assert "entries 100 and 107 were exchanged" in texts(verified)
    assert "changed-entry" not in codes(verified)


def test_two_swapped_entries_are_named_when_every_hash_fits_again(path, attacker):
    def swap(entries):
        entries[99], entries[106] = entries[106], entries[99]
        return entries

    attacker.rewrite(swap)

    assert "swapped-entries" in codes(checked(path))


def test_two_bodies_that_were_swapped_are_named(path, attacker):
    one, other = attacker.entries()[99], attacker.entries()[106]
    attacker.change(100, body=other.body)
    attacker.change(107, body=one.body)

    assert "entries 100 and 107 were exchanged" in texts(checked(path))


def test_a_cut_tail_is_named_by_a_head_from_outside_alone(path, attacker, head):
    attacker.rewrite(lambda entries: entries[:200])

    assert checked(path).good  # nothing inside can know
    verified = checked(path, head)
    assert codes(verified) == {"cut-tail"}
    assert f"a head over {head.tree_size} entries" in verified.findings[0].text
    assert "the record has 200" in verified.findings[0].text


def test_an_empty_file_in_its_place_is_found(tmp_path, head):
    SqliteStore(tmp_path / "new.db", system_clock).close()

    assert {"forged-head", "unknown-key"} == codes(checked(tmp_path / "new.db", head))


def test_a_past_that_was_rewritten_as_a_whole_is_found_by_an_old_head_alone(path, attacker, head):
    attacker.rewrite(
        lambda entries: [
            replace(entry, body=b"another need") if entry.position == 60 else entry
            for entry in entries[:-1]  # the head on record would know
        ]
    )

    assert checked(path).good  # every hash fits again, and what boris said was not signed
    assert codes(checked(path, head)) == {"rewritten-past"}


def test_a_head_on_record_finds_who_rewrites_before_it_and_leaves_it(path, attacker):
    attacker.rewrite(
        lambda entries: [
            replace(entry, body=b"another need") if entry.position == 60 else entry
            for entry in entries
        ]
    )

    assert codes(checked(path)) == {"rewritten-past"}


def test_a_record_that_was_made_anew_with_another_desk_key_is_found(tmp_path, head, now):
    store = SqliteStore(tmp_path / "false.db", now)
    writer = Writer(store)
    writer.begin(NEW_KEY)
    for _ in range(300):
        writer.say()
    store.close()

    verified = checked(tmp_path / "false.db", head)

    assert {"unknown-key", "rewritten-past"} == codes(verified)


def test_a_signature_that_is_used_for_another_fact_is_named(path, attacker):
    def reuse(entries):
        signed, other = entries[4], entries[100]
        entries[100] = replace(
            other, actor=signed.actor, key_id=signed.key_id, signature=signed.signature
        )
        return entries

    attacker.rewrite(reuse)

    assert ("forged-signature", 101) in places(checked(path))


def test_a_fact_signed_with_a_revoked_key_is_named(path, now, head):
    store = SqliteStore(path, now)
    late = goes_on(store, first=5_000, facts=0).say(actor="boris", signer=BORIS_KEY)
    store.close()

    verified = checked(path, head)

    assert places(verified) == {("revoked-key", late.position)}


def test_a_clock_that_went_back_is_named(path, attacker):
    attacker.rewrite(
        lambda entries: [
            replace(entry, at=entry.at - timedelta(hours=1)) if entry.position == 90 else entry
            for entry in entries
        ]
    )

    assert ("clock-back", 90) in places(checked(path))


def test_a_command_that_stands_twice_is_named(path, attacker):
    _loosen(attacker)
    attacker.rewrite(
        lambda entries: [
            replace(entry, command=entries[59].command) if entry.position == 70 else entry
            for entry in entries
        ]
    )

    verified = checked(path)
    assert ("double-command", 70) in places(verified)
    assert "the command of this entry was on record before, at 60" in texts(verified)


def test_a_part_that_lost_its_command_is_named(path, attacker):
    attacker.rewrite(
        lambda entries: [
            replace(entry, part=entry.part + 1) if entry.position == 90 else entry
            for entry in entries
        ]
    )

    assert ("broken-command", 90) in places(checked(path))


@pytest.mark.parametrize("position", [1, 2, 90, SIZE])
def test_an_entry_that_cannot_be_read_is_named_and_the_others_are_checked(
    path, attacker, head, position
):
    attacker.do("update fact set actor = cast(? as text) where position = ?", b"\xff", position)

    verified = checked(path, head)

    [unreadable] = [held for held in verified.findings if held.code == "unreadable"]
    named = "entry 1 cannot" if position == 1 else f"one of entries 1 to {position} cannot"
    assert unreadable.text.startswith(named)
    assert verified.size == SIZE
    assert "rewritten-past" not in codes(verified)  # its leaf hash is still there


def test_a_moment_that_cannot_be_is_named(path, attacker):
    attacker.change(90, at_us=2**62)

    assert ("unreadable", 90) in places(checked(path))


def _loosen(attacker):
    """A table without its unique names, as an attacker may well write it."""
    [(sql,)] = attacker.do("select sql from sqlite_master where name = 'fact'")
    attacker.do("alter table fact rename to tight")
    attacker.do(sql.replace("unique (command, part)", "check (1)"))
    attacker.do("insert into fact select * from tight")
    attacker.do("drop table tight")
