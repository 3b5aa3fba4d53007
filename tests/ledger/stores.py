"""Stores of every make, and what is written into them."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

import pytest

from tests.ledger.postgres_server import PostgresServer, find_binaries
from u24.ledger.group import GroupCommit
from u24.ledger.memory import MemoryStore
from u24.ledger.postgres import PostgresStore
from u24.ledger.sqlite import SqliteStore
from u24.ledger.store import Batch, Draft, Submission

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
_numbers = count(1)


class HandClock:
    """Shows what it was set to."""

    def __init__(self, now=NOON):
        self.now = now

    def __call__(self):
        return self.now

    def turn(self, **by):
        self.now += timedelta(**by)


class StoreMaker:
    """Opens stores of one make; each has a file or schema of its own, unless it is named."""

    def __init__(self, make, folder, server):
        self.make = make
        self._folder = folder
        self._server = server
        self._opened = []

    def open(self, clock=None, *, name=None, **options):
        name = name or f"ledger_{os.getpid()}_{next(_numbers)}"
        store = self._open(clock or HandClock(), name, options)
        self._opened.append(store)
        return store

    def place(self, name):
        if self.make == "postgres":
            return f"{self._server.dsn}&schema={name}"
        return str(self._folder / f"{name}.db")

    def close_all(self):
        for store in self._opened:
            store.close()
        self._opened.clear()

    def _open(self, clock, name, options):
        if self.make == "memory":
            return MemoryStore(clock)
        if self.make == "postgres":
            return PostgresStore(self._server.dsn, clock, schema=name, **options)
        store = SqliteStore(self._folder / f"{name}.db", clock, **options)
        return GroupCommit(store) if self.make == "group" else store


def start_server():
    """A running server; skips where there is none, unless there must be one."""
    binaries = find_binaries()
    if binaries is None:
        say = pytest.fail if os.environ.get("U24_REQUIRE_POSTGRES") == "1" else pytest.skip
        say("PostgreSQL is neither on this machine nor in the wheel that brings it")
    server = PostgresServer(binaries)
    try:
        server.start()
    except BaseException:
        server.remove()
        raise
    return server


def a_draft(kind="offer.made/1", **changed):
    return Draft(**{"kind": kind, "actor": "desk", "body": b"{}"} | changed)


def a_submission(command=None, stream="request/1", *, expect_seq=0, drafts=1, **changed):
    """One batch; ``drafts`` may be a number or the drafts themselves."""
    if isinstance(drafts, int):
        drafts = [a_draft(**changed) for _ in range(drafts)]
    batch = Batch(stream=stream, expect_seq=expect_seq, drafts=tuple(drafts))
    return submit(command, batch)


def submit(command, *batches):
    command = command or f"command-{next(_numbers)}"
    return Submission(
        command=command, asked=sha256(command.encode()).digest(), batches=tuple(batches)
    )


def a_batch(stream="request/1", *, expect_seq=0, drafts=1):
    return Batch(
        stream=stream, expect_seq=expect_seq, drafts=tuple(a_draft() for _ in range(drafts))
    )
