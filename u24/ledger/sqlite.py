"""A ledger in one SQLite file: the default for one desk, on one machine."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from u24.clock import Clock
from u24.errors import Conflict, StoreUnavailable
from u24.ledger.pool import Pool
from u24.ledger.rows import (
    BODY,
    CHUNK_BYTES,
    CHUNK_ROWS,
    COLUMNS,
    Row,
    by_command,
    entry_of,
    require_all,
    require_subtrees,
    row_of,
)
from u24.ledger.sqlite_faults import patiently, plain_words
from u24.ledger.sqlite_file import SqliteFile
from u24.ledger.store import Entry, Receipt, Submission, moment_of
from u24.ledger.writing import Kept, Standing, only, require_storable, write_group

PATIENCE_S = 30.0
_MOST_CONNECTIONS = 32
_SELECT = f"select {', '.join(COLUMNS)} from fact"  # noqa: S608 - only names of ours
_INSERT = f"insert into fact values ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
_LAST_SEQ = "select seq from fact where stream = ? order by seq desc limit 1"
_LEAVES = "select leaf from fact where position > ? order by position limit ?"
_SUBTREES = "select hash from subtree where level = ? and number >= ? order by number limit ?"


class SqliteStore:
    """Meets :class:`u24.ledger.store.Store` for threads and processes of one machine.

    Parameters
    ----------
    path
        The file; it is made if there is none.
    clock
        What every entry is stamped by.
    read_only
        For a copy that is checked: nothing is written, and nothing left beside the file.
    most_bytes
        The file grows no further; for a disk that is shared with others.
    patience_s
        How long to wait for those who write, s.
    """

    def __init__(
        self,
        path: Path | str,
        clock: Clock,
        *,
        read_only: bool = False,
        most_bytes: int | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._clock = clock
        self._patience_s = patience_s
        self._file = SqliteFile(
            path=Path(path).absolute(),
            read_only=read_only,
            most_bytes=most_bytes,
            patience_s=patience_s,
        )
        self._file.require_usable()
        # Threads wait here; only processes must ask SQLite again and again.
        self._writing = Lock()
        self._pool = Pool(
            self._file.connect, _is_sound, most=_MOST_CONNECTIONS, wait_s=patience_s
        )  # fmt: skip

    def append(self, submission: Submission) -> Receipt:
        """See :class:`u24.ledger.store.Store`."""
        return only(self.append_group([submission]))

    def append_group(self, submissions: Sequence[Submission]) -> list[Receipt | Conflict]:
        """See :class:`u24.ledger.store.Store`."""
        if self._file.read_only:
            raise StoreUnavailable(f"{self._file.path} is open for reading only; open it to write")
        require_storable(submissions)
        if not submissions:
            return []
        with self._turn(), plain_words(self._file.path), self._pool.borrow() as connection:
            patiently(partial(connection.execute, "begin immediate"), self._patience_s)
            try:
                self._file.require_same()
                results = write_group(_Locked(connection), self._clock, submissions)
                connection.execute("commit")
            finally:
                # A full disk makes SQLite itself roll back.
                if connection.in_transaction:
                    connection.execute("rollback")
        return results

    def size(self) -> int:
        """See :class:`u24.ledger.store.Store`."""
        [(size,)] = self._rows("select coalesce(max(position), 0) from fact")
        return int(size)

    def stream_seq(self, stream: str) -> int:
        """See :class:`u24.ledger.store.Store`."""
        return next((int(seq) for (seq,) in self._rows(_LAST_SEQ, stream)), 0)

    def stream(self, stream: str, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        sql = f"{_SELECT} where stream = ? and seq > ? order by seq limit {CHUNK_ROWS}"
        while chunk := self._chunk(sql, stream, after):
            yield from map(entry_of, chunk)
            after = entry_of(chunk[-1]).seq

    def everything(self, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        sql = f"{_SELECT} where position > ? order by position limit {CHUNK_ROWS}"
        while chunk := self._chunk(sql, after):
            yield from map(entry_of, chunk)
            after = entry_of(chunk[-1]).position

    def find_command(self, command: str) -> tuple[Entry, ...]:
        """See :class:`u24.ledger.store.Store`."""
        rows = self._rows(f"{_SELECT} where command = ? order by part", command)
        return tuple(map(entry_of, rows))

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """See :class:`u24.ledger.store.Store`."""
        require_subtrees(level, first, count)
        with self._reading() as connection:
            found = patiently(
                lambda: _Locked(connection).hashes(level, first, count), self._patience_s
            )
        return require_all(found, level, first, count)

    def close(self) -> None:
        """See :class:`u24.ledger.store.Store`."""
        self._pool.close()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the only place of a writer in this process."""
        if not self._writing.acquire(timeout=self._patience_s):
            raise StoreUnavailable(
                f"ledger {self._file.path}: others have written for {self._patience_s:g} s "
                "without a pause; try again"
            )
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with plain_words(self._file.path), self._pool.borrow() as connection:
            yield connection
            self._file.require_same()
            self._file.require_still()

    def _rows(self, sql: str, *given: object) -> list[Any]:
        with self._reading() as connection:
            return patiently(lambda: connection.execute(sql, given).fetchall(), self._patience_s)

    def _chunk(self, sql: str, *given: object) -> list[Row]:
        with self._reading() as connection:
            return patiently(lambda: _fetch(connection, sql, given), self._patience_s)


class _Locked:
    """Meets :class:`u24.ledger.writing.Locked`, inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def standing(self, streams: list[str], commands: list[str]) -> Standing:
        ask = self._connection.execute
        last = ask("select position, at_us from fact order by position desc limit 1").fetchone()
        position, at_us = last or (0, None)
        known = [
            entry_of(row)
            for command in commands
            for row in ask(f"{_SELECT} where command = ? order by part", (command,))
        ]
        return Standing(
            position=position,
            at=None if at_us is None else moment_of(at_us),
            seqs={stream: (ask(_LAST_SEQ, (stream,)).fetchone() or (0,))[0] for stream in streams},
            known=by_command(known),
        )

    def add(self, entries: Sequence[Entry]) -> None:
        self._connection.executemany(_INSERT, map(row_of, entries))

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        sql, given = (_SUBTREES, (level, first, count)) if level else (_LEAVES, (first, count))
        return [found for (found,) in self._connection.execute(sql, given)]

    def keep(self, subtree: Kept) -> None:
        self._connection.execute(
            "insert into subtree values (?, ?, ?)", (subtree.level, subtree.number, subtree.hash)
        )


def _fetch(connection: sqlite3.Connection, sql: str, given: tuple[object, ...]) -> list[Row]:
    """The first rows, until they are ``CHUNK_BYTES``; the statement is then let go."""
    rows: list[Row] = []
    held_bytes = 0
    cursor = connection.execute(sql, given)
    try:
        for row in cursor:
            rows.append(row)
            held_bytes += len(row[BODY])
            if held_bytes >= CHUNK_BYTES:
                break
    finally:
        cursor.close()
    return rows


def _is_sound(connection: sqlite3.Connection) -> bool:
    return not connection.in_transaction
