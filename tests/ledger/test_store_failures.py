"""When disk, lock or clock fail: nothing by half, plain words, and on again when it is right."""

import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from threading import Event

import psycopg
import pytest

from tests.ledger.stores import NOON, HandClock, StoreMaker, a_submission
from tests.ledger.test_many_writers import begin, require_whole, writing
from u24.clock import system_clock
from u24.errors import StoreUnavailable
from u24.ledger.sqlite import SqliteStore

KIB = 1024


def fill(store, body_bytes=2_000, most=2_000):
    """Append until the store refuses; the commands it took, and the refusal."""
    taken = []
    for number in range(most):
        try:
            store.append(a_submission(f"c{number}", expect_seq=number, body=bytes(body_bytes)))
        except StoreUnavailable as error:
            return taken, error
        taken.append(f"c{number}")
    raise AssertionError("it was never full")


def list_commands(store):
    return [entry.command for entry in store.everything()]


@contextmanager
def holding_the_lock(maker, name):
    """Somebody who has begun to write, and does not come to an end."""
    if maker.make == "sqlite":
        with closing(sqlite3.connect(maker.place(name), isolation_level=None)) as other:
            other.execute("begin immediate")
            yield
        return
    [key] = [maker._opened[-1]._address.lock_key]
    with psycopg.connect(maker._server.dsn) as other:
        other.execute("select pg_advisory_xact_lock(%s)", (key,))
        yield


def test_a_lock_that_is_held_for_too_long_is_told_and_readers_do_not_wait(lasting):
    store = lasting.open(name="locked", patience_s=0.1)
    store.append(a_submission("before", "a"))

    with holding_the_lock(lasting, "locked"):
        with pytest.raises(StoreUnavailable, match="for too long; try again"):
            store.append(a_submission("c"))
        assert store.size() == 1

    assert not store.append(a_submission("c")).repeated


def test_a_lock_that_is_let_go_in_time_is_waited_for(lasting):
    store = lasting.open(name="patient")
    store.append(a_submission("before", "a"))

    with ThreadPoolExecutor(1) as threads:
        with holding_the_lock(lasting, "patient"):
            waits = threads.submit(store.append, a_submission("c"))
            with pytest.raises(TimeoutError):
                waits.result(timeout=0.3)

        assert waits.result().entries[0].position == 2


def test_a_thread_that_holds_the_lock_for_too_long_is_told_to_the_others(lasting):
    holds, may_end = Event(), Event()

    def clock():
        holds.set()
        assert may_end.wait(10)
        return NOON

    store = lasting.open(clock, patience_s=0.1)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(store.append, a_submission("slow", "a"))
        assert holds.wait(10)
        try:
            with pytest.raises(StoreUnavailable, match=r"too long|without a pause"):
                store.append(a_submission("c", "b"))
        finally:
            may_end.set()

        assert slow.result().entries[0].position == 1
    assert not store.append(a_submission("c", "b")).repeated


def test_an_error_inside_the_transaction_leaves_nothing_and_the_next_call_works(lasting):
    def clock():
        if faults:
            raise faults.pop()
        return NOON

    faults = [ZeroDivisionError("odd")]
    store = lasting.open(clock)

    with pytest.raises(ZeroDivisionError):
        store.append(a_submission("c"))

    assert store.append(a_submission("c")).entries[0].position == 1


def test_a_file_that_has_reached_its_largest_size_takes_nothing_more_until_it_may_grow(tmp_path):
    path = tmp_path / "small.db"
    with closing(SqliteStore(path, HandClock(), most_bytes=200 * KIB)) as store:
        taken, error = fill(store)

        assert "the disk is full, or the file has reached its largest size" in str(error)
        assert list_commands(store) == taken

    with closing(SqliteStore(path, HandClock())) as store:
        refused = f"c{len(taken)}"
        assert not store.append(a_submission(refused, expect_seq=len(taken))).repeated
        assert list_commands(store) == [*taken, refused]


def test_a_full_disk_takes_nothing_more_until_there_is_room(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "none", disk]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount a small disk")
    try:
        with closing(SqliteStore(disk / "ledger.db", HandClock())) as store:
            taken, error = fill(store)
            assert "full" in str(error)
            assert list_commands(store) == taken

            subprocess.run(["mount", "-o", "remount,size=4m", disk], check=True)
            assert not store.append(a_submission("more", expect_seq=len(taken))).repeated
            assert list_commands(store) == [*taken, "more"]
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def test_a_process_that_may_write_no_more_bytes_loses_nothing_it_was_told(tmp_path):
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("limits of another process cannot be set here")
    maker = StoreMaker("sqlite", tmp_path, None)
    with writing(maker.place("limited"), "w", 10_000) as process:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (100 * KIB, 100 * KIB))
        begin(process)
        acknowledged = process.communicate()[0].split()

    assert process.returncode != 0
    assert len(acknowledged) > 3
    commands = require_whole(maker.open(system_clock, name="limited"))
    assert commands[: len(acknowledged)] == acknowledged
    maker.close_all()
