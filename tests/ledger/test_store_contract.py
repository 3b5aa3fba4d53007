"""What every store must do: each sentence of the protocol."""

import tracemalloc
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from tests.ledger.stores import NOON, a_batch, a_draft, a_submission, submit
from u24.errors import ClockWentBack, Conflict, InvalidInput, StoreUnavailable
from u24.ledger.merkle import leaf_hash, root_of
from u24.ledger.rows import CHUNK_BYTES
from u24.ledger.store import CLOCK_SET_BACK, Entry, entry_content


def bodies(entries):
    return [entry.body for entry in entries]


def test_an_entry_comes_back_with_every_field_as_it_was_given(store, now):
    now.turn(microseconds=123_456)
    draft = a_draft("offer.made/2", actor="ana", body=b"\0\xff", key_id="k1", signature=b"s")
    submission = a_submission("key-ä", "request/ß", drafts=[draft])

    receipt = store.append(submission)

    [entry] = store.everything()
    assert receipt.entries == (entry,)
    assert not receipt.repeated
    given = {field.name: getattr(entry, field.name) for field in fields(Entry)}
    assert given.pop("leaf") == leaf_hash(entry_content(entry))
    assert given == {
        "position": 1, "stream": "request/ß", "seq": 1, "kind": "offer.made/2", "actor": "ana",
        "at": NOON + timedelta(microseconds=123_456), "command": "key-ä", "part": 0,
        "asked": submission.asked, "body": b"\0\xff", "key_id": "k1", "signature": b"s",
    }  # fmt: skip


def test_an_empty_ledger_holds_nothing(store):
    assert store.size() == 0
    assert store.stream_seq("request/1") == 0
    assert list(store.stream("request/1")) == []
    assert list(store.everything()) == []
    assert store.find_command("c") == ()
    assert store.hashes(0, 0, 0) == []
    assert store.append_group([]) == []


def test_positions_rise_over_all_streams_and_seqs_within_each(store):
    store.append(submit("c1", a_batch("a", drafts=2), a_batch("b", drafts=1)))
    store.append(submit("c2", a_batch("b", expect_seq=1, drafts=2)))

    found = [(e.position, e.stream, e.seq, e.command, e.part) for e in store.everything()]
    assert found == [
        (1, "a", 1, "c1", 0), (2, "a", 2, "c1", 1), (3, "b", 1, "c1", 2),
        (4, "b", 2, "c2", 0), (5, "b", 3, "c2", 1),
    ]  # fmt: skip
    assert (store.size(), store.stream_seq("a"), store.stream_seq("b")) == (5, 2, 3)


def test_a_writer_who_read_an_old_stream_is_refused_and_nothing_is_written(store):
    store.append(a_submission())

    with pytest.raises(Conflict, match=r"request/1 is at 1, not 0; read it again"):
        store.append(a_submission(drafts=2))

    assert store.size() == 1


def test_a_conflict_in_one_batch_keeps_the_other_batches_out(store):
    store.append(a_submission(stream="b"))

    with pytest.raises(Conflict, match=r"b is at 1, not 0"):
        store.append(submit("c", a_batch("a"), a_batch("b")))

    assert store.stream_seq("a") == 0
    assert store.find_command("c") == ()


def test_a_batch_without_drafts_still_guards_its_stream(store):
    store.append(a_submission(stream="guard"))

    store.append(submit("right", a_batch("a"), a_batch("guard", expect_seq=1, drafts=0)))
    with pytest.raises(Conflict, match="guard is at 1, not 0"):
        store.append(submit("old", a_batch("b"), a_batch("guard", drafts=0)))

    assert store.stream_seq("guard") == 1


def test_a_command_on_record_is_not_written_again_whatever_it_asks(store):
    first = store.append(a_submission("c", drafts=2))

    again = store.append(a_submission("c", "another", expect_seq=7, drafts=3))

    assert again.repeated
    assert again.entries == first.entries == store.find_command("c")
    assert store.size() == 2


def test_a_command_that_was_refused_may_come_again(store):
    store.append(a_submission())
    with pytest.raises(Conflict):
        store.append(a_submission("c"))

    assert not store.append(a_submission("c", expect_seq=1)).repeated


def test_in_a_group_later_ones_see_earlier_ones_and_a_conflict_hurts_nobody_else(store):
    results = store.append_group(
        [
            a_submission("c1", drafts=2),
            a_submission("c2", expect_seq=0),
            a_submission("c3", expect_seq=2),
            a_submission("c1", "another"),
            a_submission("c2", expect_seq=3),
        ]
    )

    first, refused, second, repeated, third = results
    assert isinstance(refused, Conflict)
    assert repeated.repeated
    assert repeated.entries == first.entries
    assert [e.seq for r in (first, second, third) for e in r.entries] == [1, 2, 3, 4]
    assert [e.position for e in store.everything()] == [1, 2, 3, 4]


def test_a_clock_that_is_a_little_late_is_rounded_up_to_the_last_entry(store, now):
    store.append(a_submission())
    now.turn(seconds=-5)

    receipt = store.append(a_submission(expect_seq=1))

    assert receipt.entries[0].at == NOON


def test_a_clock_that_went_back_is_refused_until_it_is_right_again(store, now):
    store.append(a_submission("c1"))
    now.turn(seconds=-5, microseconds=-1)

    with pytest.raises(ClockWentBack, match=r"shows 2026-01-01T11:59:54.*2026-01-01T12:00:00"):
        store.append(a_submission("c2", expect_seq=1))
    assert store.append(a_submission("c1")).repeated
    assert store.size() == 1

    now.turn(seconds=6)
    store.append(a_submission("c2", expect_seq=1))
    assert store.size() == 2


def test_a_group_is_not_written_at_all_when_the_clock_went_back(store, now):
    store.append(a_submission("c1"))
    now.turn(hours=-1)

    with pytest.raises(ClockWentBack):
        store.append_group([a_submission("c1"), a_submission("c2", "b"), a_submission("c3", "c")])

    assert store.size() == 1


def test_a_human_may_set_the_clock_back_and_the_record_goes_on_from_there(store, now):
    store.append(a_submission())
    now.turn(hours=-1)

    store.append(a_submission(stream="clock", drafts=[a_draft(CLOCK_SET_BACK), a_draft()]))
    now.turn(minutes=1)
    store.append(a_submission(expect_seq=1))

    at_min = [(entry.at - NOON) // timedelta(minutes=1) for entry in store.everything()]
    assert at_min == [0, -60, -60, -59]


def test_in_a_group_those_behind_a_set_back_are_stamped_by_the_clock_that_was_set(store, now):
    store.append(a_submission())
    now.turn(hours=-1)

    store.append_group(
        [
            a_submission(stream="clock", drafts=[a_draft(CLOCK_SET_BACK)]),
            a_submission(expect_seq=1),
        ]
    )

    assert [entry.at - NOON for entry in store.everything(after=1)] == [timedelta(hours=-1)] * 2


def test_only_the_first_draft_sets_the_clock_back(store, now):
    store.append(a_submission())
    now.turn(hours=-1)

    with pytest.raises(ClockWentBack):
        store.append(a_submission(stream="b", drafts=[a_draft(), a_draft(CLOCK_SET_BACK)]))


def test_a_clock_without_a_time_zone_is_refused(store, now):
    store.append(a_submission())
    now.now = now.now.replace(tzinfo=None)

    with pytest.raises(InvalidInput, match="give it in UTC"):
        store.append(a_submission(expect_seq=1))

    assert store.size() == 1


def test_reading_starts_behind_what_was_read(store):
    store.append(submit("c1", a_batch("a", drafts=3), a_batch("b", drafts=2)))

    assert [e.position for e in store.everything(after=2)] == [3, 4, 5]
    assert [e.seq for e in store.stream("a", after=1)] == [2, 3]
    assert [e.seq for e in store.stream("a", after=-1)] == [1, 2, 3]
    assert [e.position for e in store.everything(after=-9)] == [1, 2, 3, 4, 5]
    assert list(store.everything(after=5)) == list(store.stream("b", after=2)) == []


def test_a_long_record_is_read_whole_and_in_order(store):
    store.append(submit("c1", a_batch("a", drafts=1_500), a_batch("b", drafts=1_001)))

    assert [e.position for e in store.everything()] == list(range(1, 2_502))
    assert [e.seq for e in store.stream("b")] == list(range(1, 1_002))


def test_large_bodies_are_read_whole_and_in_order(store):
    drafts = [a_draft(body=bytes([number]) * 3_000_000) for number in range(7)]
    store.append(a_submission(drafts=drafts))

    assert bodies(store.everything()) == bodies(store.stream("request/1")) == bodies(drafts)


def test_a_body_larger_than_a_reader_takes_at_a_time_is_read_like_any_other(store):
    sizes = [1, CHUNK_BYTES + 1, 2]
    store.append(a_submission("c", drafts=[a_draft(body=bytes(size)) for size in sizes]))

    for read in (store.everything(), store.stream("request/1"), store.find_command("c")):
        assert [len(body) for body in bodies(read)] == sizes


def test_a_reader_holds_few_large_bodies_at_a_time(lasting):
    store = lasting.open()
    store.append(a_submission(drafts=[a_draft(body=bytes(CHUNK_BYTES // 2))] * 6))

    for read in (store.everything(), store.stream("request/1")):
        tracemalloc.start()
        try:
            next(read)
            _, peak_bytes = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak_bytes < 2 * CHUNK_BYTES


def test_a_reader_in_the_middle_blocks_no_writer_and_sees_what_it_writes(store):
    store.append(a_submission(drafts=1_001))
    reader = store.everything()
    next(reader)

    store.append(a_submission(stream="b"))

    assert sum(1 for _ in reader) == 1_001


@pytest.mark.parametrize("sizes", [[255], [256], [257], [100, 300, 1, 200], [1_100]])
def test_whole_subtrees_of_256_are_kept(store, sizes):
    for number, size in enumerate(sizes):
        store.append(a_submission(stream=f"s{number}", drafts=size))

    leaves = [entry.leaf for entry in store.everything()]
    whole = [root_of(leaves[i : i + 256]) for i in range(0, len(leaves) - 255, 256)]
    assert store.hashes(0, 0, len(leaves)) == leaves
    assert store.hashes(8, 0, len(whole)) == whole
    assert store.hashes(8, 1, max(len(whole) - 1, 0)) == whole[1:]


@pytest.mark.parametrize(
    ("level", "first", "count", "message"),
    [
        (0, 0, 301, "level 0 has no hash 300"),
        (8, 1, 1, "level 8 has no hash 1"),
        (16, 0, 1, "level 16 has no hash 0"),
        (4, 0, 1, "level is 4; it must be 0 or a multiple of 8"),
        (-8, 0, 1, "level is -8"),
        (0, -1, 1, "first is -1"),
        (0, 0, -1, "count is -1"),
    ],
)
def test_hashes_that_are_not_there_are_refused(store, level, first, count, message):
    store.append(a_submission(drafts=300))

    with pytest.raises(InvalidInput, match=message):
        store.hashes(level, first, count)


@pytest.mark.parametrize(
    ("submission", "message"),
    [
        (a_submission("c\0"), "command is .* zero character"),
        (a_submission(stream="s" * 1_001), "stream has 1001 bytes; it may have 1000"),
        (a_submission(kind="\ud800"), "kind is .* half a character"),
        (a_submission(actor="ä" * 501), "actor has 1002 bytes"),
        (a_submission(key_id="\0"), "key_id is"),
        (a_submission(body=bytes(64 * 1024 * 1024 + 1)), "a body has 67108865 bytes"),
    ],
    ids=["command", "stream", "kind", "actor", "key_id", "body"],
)
def test_what_some_store_cannot_hold_every_store_refuses(store, submission, message):
    with pytest.raises(InvalidInput, match=message):
        store.append(submission)

    assert store.size() == 0


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"command": ""}, "command is empty"),
        ({"asked": bytes(31)}, "asked has 31 bytes; it must be 32"),
        ({"batches": ()}, "it holds no draft"),
        ({"batches": (a_batch("a", drafts=0),)}, "it holds no draft"),
        ({"batches": (a_batch("a"), a_batch("a", expect_seq=1))}, "a stream stands twice in"),
    ],
)
def test_a_submission_that_nobody_could_mean_is_refused(wrong, message):
    with pytest.raises(InvalidInput, match=message):
        replace(a_submission("c"), **wrong)


def test_the_longest_texts_are_held(store):
    long = "".join(chr(0x4E00 + number * 7) for number in range(333)) + "x"  # 1,000 bytes

    store.append(a_submission(long, long, kind=long, actor=long, key_id=long))

    [entry] = store.find_command(long)
    assert (entry.stream, entry.kind, entry.actor, entry.key_id) == (long,) * 4
    assert store.stream_seq(long) == 1


def test_a_closed_store_refuses_and_may_be_closed_again(store):
    store.close()
    store.close()

    for call in (
        lambda: store.append(a_submission()),
        lambda: store.append_group([a_submission()]),
        store.size,
        lambda: store.stream_seq("a"),
        lambda: list(store.everything()),
        lambda: list(store.stream("a")),
        lambda: store.find_command("c"),
        lambda: store.hashes(0, 0, 0),
    ):
        with pytest.raises(StoreUnavailable, match="closed"):
            call()


def test_what_was_written_is_there_after_opening_again(lasting):
    first = lasting.open(name="again")
    written = first.append(a_submission("c", drafts=257))
    first.close()

    second = lasting.open(name="again")

    assert tuple(second.everything()) == written.entries
    assert second.hashes(8, 0, 1) == [root_of([e.leaf for e in written.entries[:256]])]
    assert second.append(a_submission("c")).repeated
    assert second.append(a_submission(expect_seq=257)).entries[0].position == 258
