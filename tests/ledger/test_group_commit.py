"""One commit for many threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import chain, repeat
from threading import Event

import pytest

from tests.ledger.stores import NOON, HandClock, a_draft, a_submission
from u24.errors import ClockWentBack, Conflict, InvalidInput, StoreUnavailable
from u24.ledger.group import GroupCommit
from u24.ledger.memory import MemoryStore
from u24.ledger.store import CLOCK_SET_BACK


class SlowStore(MemoryStore):
    """Waits at its first commit until it is let go, and remembers the groups."""

    def __init__(self, clock=None, fails=()):
        super().__init__(clock or HandClock())
        self.groups, self.begun, self.let_go = [], Event(), Event()
        self.fails = list(fails)

    def append_group(self, submissions):
        self.groups.append([submission.command for submission in submissions])
        self.begun.set()
        assert self.let_go.wait(10)
        if len(self.groups) > 1 and self.fails:
            raise self.fails.pop()
        return super().append_group(submissions)


def gather(slow, submissions, **options):
    """Append one, and the others while the first is being committed; the answers in order."""
    store = GroupCommit(slow, **options)
    with ThreadPoolExecutor(len(submissions) + 1) as threads:
        first = threads.submit(store.append, a_submission("first", "first"))
        assert slow.begun.wait(10)
        others = []
        for number, submission in enumerate(submissions, 1):
            others.append(threads.submit(store.append, submission))
            wait_until(store, min(number, options.get("most_waiting", number)))
        slow.let_go.set()
        answers = [found.exception() or found.result() for found in [first, *others]]
    store.close()
    return answers


def wait_until(store, count):
    with store._changed:
        assert store._changed.wait_for(lambda: len(store._waiting) >= count, 10)


def test_what_waits_together_is_written_in_one_commit_in_order_of_arrival():
    slow = SlowStore()

    answers = gather(slow, [a_submission(f"c{i}", f"s{i}") for i in range(5)])

    assert slow.groups == [["first"], ["c0", "c1", "c2", "c3", "c4"]]
    assert [answer.entries[0].position for answer in answers] == [1, 2, 3, 4, 5, 6]


def test_a_group_is_no_larger_than_allowed():
    slow = SlowStore()

    gather(slow, [a_submission(f"c{i}", f"s{i}") for i in range(5)], most_in_a_group=2)

    assert [len(group) for group in slow.groups] == [1, 2, 2, 1]


def test_who_comes_when_too_many_wait_is_held_back_and_then_written():
    slow = SlowStore()

    answers = gather(slow, [a_submission(f"c{i}", f"s{i}") for i in range(5)], most_waiting=2)

    assert len(slow.groups[1]) == 2
    assert sorted(answer.entries[0].position for answer in answers) == [1, 2, 3, 4, 5, 6]


def test_everybody_gets_the_own_answer():
    answers = gather(
        SlowStore(),
        [a_submission("c1"), a_submission("c2"), a_submission("c1"), a_submission(expect_seq=1)],
    )

    _, written, refused, repeated, follows = answers
    assert isinstance(refused, Conflict)
    assert (written.repeated, repeated.repeated, follows.repeated) == (False, True, False)
    assert repeated.entries == written.entries


def test_one_that_cannot_be_stored_hurts_nobody_else():
    answers = gather(SlowStore(), [a_submission("c1"), a_submission("\0"), a_submission("c3", "b")])

    assert isinstance(answers[2], InvalidInput)
    assert [answer.entries[0].position for answer in (answers[1], answers[3])] == [2, 3]


def test_setting_the_clock_back_works_beside_one_that_is_refused():
    shown = chain([NOON], repeat(NOON - timedelta(hours=1)))
    set_back = a_submission("set", "clock", drafts=[a_draft(CLOCK_SET_BACK)])

    answers = gather(
        SlowStore(lambda: next(shown)),
        [a_submission("c1", "a"), set_back, a_submission("c2", "b")],
    )

    _, refused, *written = answers
    assert isinstance(refused, ClockWentBack)
    assert [answer.entries[0].position for answer in written] == [2, 3]


def test_when_the_store_fails_everybody_gets_an_error_of_his_own_and_the_next_call_works():
    slow = SlowStore(fails=[StoreUnavailable("the disk is full")])

    answers = gather(slow, [a_submission("c1", "a"), a_submission("c2", "b")])

    first, *failed = answers
    assert first.entries
    assert [str(error) for error in failed] == ["the disk is full"] * 2
    assert failed[0] is not failed[1]


@pytest.mark.parametrize("odd", [ZeroDivisionError, SystemExit])
def test_an_error_nobody_thought_of_reaches_its_caller_and_the_writer_goes_on(odd):
    slow = SlowStore(fails=[odd("odd")])

    answers = gather(slow, [a_submission("c1", "a")])

    assert isinstance(answers[1], odd)


def test_closing_writes_what_still_waits():
    slow = SlowStore()
    store = GroupCommit(slow, most_in_a_group=1)
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(store.append, a_submission(f"c{i}", f"s{i}")) for i in range(3)]
        wait_until(store, 2)
        closing = threads.submit(store.close)
        slow.let_go.set()
        closing.result()

        assert sorted(call.result().entries[0].position for call in calls) == [1, 2, 3]
    with pytest.raises(StoreUnavailable, match="closed"):
        store.append(a_submission())


@pytest.mark.parametrize("make", ["memory", "sqlite", "group", "postgres"])
def test_many_threads_write_every_command_once(maker_of, make):
    with maker_of(make) as maker, ThreadPoolExecutor(8) as threads:
        store = maker.open()

        def write(number):
            return store.append(a_submission(f"c{number}", f"s{number}"))

        wanted = [number % 100 for number in range(150)]
        receipts = list(threads.map(write, wanted))

        entries = list(store.everything())
        assert [e.position for e in entries] == list(range(1, 101))
        assert {e.command for e in entries} == {f"c{number}" for number in range(100)}
        assert sum(receipt.repeated for receipt in receipts) == 50
