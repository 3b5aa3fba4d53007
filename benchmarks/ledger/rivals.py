"""Who writes the same facts: our ledger in two ways, plain inserts, and a library.

Each gives a writer that is ready to write, so that only the writing itself is measured.
All commit to disk: SQLite with a write-ahead log and ``synchronous = full``, PostgreSQL
with ``synchronous_commit = on``.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from benchmarks.ledger.places import Place, PostgresPlace, open_at
from u24.errors import Conflict
from u24.ledger.group import GroupCommit
from u24.ledger.rows import COLUMNS
from u24.ledger.store import Batch, Draft, Receipt, Store, Submission

BODY_BYTES = 300
_BUSY_S = 60.0
_STREAMS = 64  # of each writer; a thread of a group commit has one
_AT_US = 1_767_268_800_000_000
_SQLITE = """create table if not exists plain (
    position integer primary key, stream text not null, seq integer not null, kind text not null,
    actor text not null, at_us integer not null, command text not null, part integer not null,
    asked blob not null, body blob not null, key_id text not null, signature blob not null,
    leaf blob not null, unique (stream, seq), unique (command, part))"""
_POSTGRES = """create table if not exists plain (
    position bigserial primary key, stream text collate "C" not null, seq bigint not null,
    kind text not null, actor text not null, at_us bigint not null,
    command text collate "C" not null, part bigint not null, asked bytea not null,
    body bytea not null, key_id text not null, signature bytea not null, leaf bytea not null,
    unique (stream, seq), unique (command, part))"""
_POSTGRES_TYPES = (
    "text", "bigint", "text", "text", "bigint", "text", "bigint", "bytea", "bytea", "text",
    "bytea", "bytea",
)  # fmt: skip

T = TypeVar("T")
Write = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one of several writer processes is to write."""

    writer: int
    facts: int
    group: int  # facts in one commit, or threads that share one


def submissions_of(task: Task) -> list[Submission]:
    """The facts, one a command, in turn for each of the writer's streams."""
    return [_submission(task, number) for number in range(task.facts)]


def commands_of(task: Task) -> set[str]:
    """The keys of all facts."""
    return {_command(task, number) for number in range(task.facts)}


def ours_in_groups(place: Place, task: Task) -> Write:
    """``append_group``, a commit for each group."""
    store = open_at(place)
    store.size()
    groups = list(_parts(submissions_of(task), task.group))

    def write() -> None:
        for group in groups:
            for result in store.append_group(group):
                if isinstance(result, Conflict):
                    raise result

    return write


def ours_by_group_commit(place: Place, task: Task) -> Write:
    """``append`` by many threads; those who wait together are committed together."""
    store = GroupCommit(open_at(place))
    store.size()
    of_thread: list[list[Submission]] = [[] for _ in range(min(task.group, _STREAMS))]
    for number, submission in enumerate(submissions_of(task)):
        of_thread[number % _STREAMS % len(of_thread)].append(submission)
    threads = [threading.Thread(target=_append_all, args=(store, held)) for held in of_thread]

    def write() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return write


def plain_inserts(place: Place, task: Task) -> Write:
    """The same rows into a table of the same shape and indexes, ready made: no hash, no check."""
    groups = list(_parts([_row(held) for held in submissions_of(task)], task.group))
    if isinstance(place, PostgresPlace):
        return _plain_postgres(place, groups)
    return _plain_sqlite(place, groups)


def library(place: Place, task: Task) -> Write:
    """``eventsourcing``: ``insert_events`` of its application recorder, as many bytes a fact."""
    with _alone(place):
        recorder = _recorder(place)
        recorder.create_table()
    groups = list(_parts([_event(task, held) for held in submissions_of(task)], task.group))

    def write() -> None:
        for group in groups:
            recorder.insert_events(group)

    return write


RIVALS: dict[str, Callable[[Place, Task], Write]] = {
    "ours, group commit": ours_by_group_commit,
    "ours, groups": ours_in_groups,
    "plain inserts": plain_inserts,
    "eventsourcing": library,
}


def _append_all(store: Store, submissions: Iterable[Submission]) -> None:
    for submission in submissions:
        receipt: Receipt = store.append(submission)
        if receipt.repeated:
            raise RuntimeError(f"{submission.command} was there before")


def _plain_sqlite(place: Place, groups: list[list[tuple[object, ...]]]) -> Write:
    connection = sqlite3.connect(place.where("plain"), timeout=_BUSY_S, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    connection.execute(_SQLITE)
    names = ", ".join(COLUMNS[1:])
    insert = f"insert into plain ({names}) values ({', '.join('?' * len(COLUMNS[1:]))})"  # noqa: S608

    def write() -> None:
        for group in groups:
            connection.execute("begin immediate")
            connection.executemany(insert, group)
            connection.execute("commit")

    return write


def _plain_postgres(place: PostgresPlace, groups: list[list[tuple[object, ...]]]) -> Write:
    connection = psycopg.connect(place.server.dsn, autocommit=True)
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(1)")
        connection.execute(_POSTGRES)
    names = ", ".join(COLUMNS[1:])
    lists = ", ".join(f"%b::{kind}[]" for kind in _POSTGRES_TYPES)
    insert = f"insert into plain ({names}) select * from unnest({lists})".encode()  # noqa: S608

    def write() -> None:
        for group in groups:
            connection.execute(insert, [list(column) for column in zip(*group, strict=True)])

    return write


def _recorder(place: Place) -> Any:
    if isinstance(place, PostgresPlace):
        # Its PostgreSQL part needs the package psycopg-pool.
        from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

        datastore = PostgresDatastore(
            "postgres", str(place.server.folder), 5432, "u24", "", schema="public"
        )
        return PostgresApplicationRecorder(datastore)
    held = SQLiteDatastore(place.where("library"), lock_timeout=int(_BUSY_S))
    with held.transaction(commit=False) as cursor:
        cursor.execute("pragma synchronous")
        if cursor.fetchone()[0] < 2:
            raise RuntimeError("the library does not wait for the disk: no fair rival")
    return SQLiteApplicationRecorder(held)


@contextmanager
def _alone(place: Place) -> Iterator[None]:
    """Keep other processes from making the library's tables meanwhile; it cannot do that itself."""
    if not isinstance(place, PostgresPlace):
        yield
        return
    with psycopg.connect(place.server.dsn) as connection:
        connection.execute("select pg_advisory_xact_lock(2)")
        yield


def _event(task: Task, submission: Submission) -> StoredEvent:
    """The same number of bytes in two columns: what ours has in columns stands in ``state``."""
    [batch] = submission.batches
    [draft] = batch.drafts
    more = len(submission.command) + 2 * 32 + len(draft.actor)
    return StoredEvent(
        originator_id=UUID(bytes=sha256(batch.stream.encode()).digest()[:16]),
        originator_version=batch.expect_seq + 1,
        topic=draft.kind,
        state=draft.body + bytes(more),
    )


def _row(submission: Submission) -> tuple[object, ...]:
    [batch] = submission.batches
    [draft] = batch.drafts
    return (
        batch.stream, batch.expect_seq + 1, draft.kind, draft.actor, _AT_US, submission.command, 0,
        submission.asked, draft.body, "", b"", submission.asked,
    )  # fmt: skip


def _submission(task: Task, number: int) -> Submission:
    command = _command(task, number)
    body = b'{"offer_id":"%s","text":"' % command.encode()
    draft = Draft(
        kind="offer.made/1", actor=f"person_{number % 20}",
        body=body + b"x" * (BODY_BYTES - len(body) - 2) + b'"}',
    )  # fmt: skip
    stream = f"case/{task.writer}-{number % _STREAMS}"
    batch = Batch(stream=stream, expect_seq=number // _STREAMS, drafts=(draft,))
    asked = sha256(command.encode()).digest()
    return Submission(command=command, asked=asked, batches=(batch,))


def _command(task: Task, number: int) -> str:
    return f"command_{task.writer}_{number:026d}"


def _parts(whole: Sequence[T], size: int) -> Iterator[list[T]]:
    left = iter(whole)
    while part := list(islice(left, size)):
        yield part
