"""A ledger in PostgreSQL: for desks on several machines."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from u24.clock import Clock
from u24.errors import Conflict, StoreUnavailable
from u24.ledger.pool import Pool
from u24.ledger.postgres_address import SCHEMA, read_address
from u24.ledger.postgres_faults import in_doubt, plain_words
from u24.ledger.postgres_schema import require_tables
from u24.ledger.postgres_sql import BEGIN, CHANNEL, LOCK, NOTIFY, TYPES, Statements, statements_for
from u24.ledger.rows import by_command, entry_of, require_all, require_subtrees, row_of
from u24.ledger.store import Entry, Receipt, Submission, moment_of
from u24.ledger.writing import Kept, Standing, only, require_storable, write_group

PATIENCE_S = 30.0
_MOST_CONNECTIONS = 8
# A writer whose machine has died must not hold the others for longer than they wait.
_IDLE_IN_TRANSACTION_S = 20.0


class PostgresStore:
    """Meets :class:`u24.ledger.store.Store` for threads, processes and machines.

    Writers take turns by a lock of the transaction; so positions have no gap, and whoever
    reads up to a position has all that is before it. A connection that was lost is opened
    again by the next call.

    Parameters
    ----------
    dsn
        What libpq reads: ``postgresql://user@host:port/database``.
    clock
        What every entry is stamped by.
    schema
        Where the tables are; made if there are none.
    read_only
        Nothing is written, not even the tables.
    patience_s
        How long to wait for those who write, s.
    """

    def __init__(
        self,
        dsn: str,
        clock: Clock,
        *,
        schema: str = SCHEMA,
        read_only: bool = False,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._clock = clock
        self._read_only = read_only
        self._patience_s = patience_s
        self._address = read_address(dsn, schema)
        self._say = statements_for(schema)
        self._pool = Pool(
            self._address.connect, _is_sound, most=_MOST_CONNECTIONS, wait_s=patience_s
        )
        try:
            with self._reading() as connection:
                require_tables(connection, self._address, read_only=read_only)
        except BaseException:
            self._pool.close()
            raise

    def append(self, submission: Submission) -> Receipt:
        """See :class:`u24.ledger.store.Store`."""
        return only(self.append_group([submission]))

    def append_group(self, submissions: Sequence[Submission]) -> list[Receipt | Conflict]:
        """See :class:`u24.ledger.store.Store`."""
        if self._read_only:
            raise StoreUnavailable(f"{self._address} is open for reading only; open it to write")
        require_storable(submissions)
        if not submissions:
            return []
        with self._reading() as connection:
            try:
                self._begin(connection)
                results = write_group(_Locked(connection, self._say), self._clock, submissions)
                with in_doubt(self._address):
                    connection.execute("commit")
            finally:
                _roll_back(connection)
        return results

    def size(self) -> int:
        """See :class:`u24.ledger.store.Store`."""
        [(size,)] = self._rows(self._say.size)
        return int(size)

    def stream_seq(self, stream: str) -> int:
        """See :class:`u24.ledger.store.Store`."""
        return next((int(seq) for (seq,) in self._rows(self._say.stream_seq, (stream,))), 0)

    def stream(self, stream: str, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        while chunk := self._entries(self._say.stream, {"stream": stream, "after": after}):
            yield from chunk
            after = chunk[-1].seq

    def everything(self, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        while chunk := self._entries(self._say.everything, {"after": after}):
            yield from chunk
            after = chunk[-1].position

    def find_command(self, command: str) -> tuple[Entry, ...]:
        """See :class:`u24.ledger.store.Store`."""
        return tuple(self._entries(self._say.commands, ([command],)))

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """See :class:`u24.ledger.store.Store`."""
        require_subtrees(level, first, count)
        with self._reading() as connection:
            found = _Locked(connection, self._say).hashes(level, first, count)
        return require_all(found, level, first, count)

    def close(self) -> None:
        """See :class:`u24.ledger.store.Store`."""
        self._pool.close()

    @contextmanager
    def _reading(self) -> Iterator[psycopg.Connection]:
        with plain_words(self._address), self._pool.borrow() as connection:
            yield connection

    def _rows(self, statement: bytes, given: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        with self._reading() as connection:
            return _ask(connection, statement, given)

    def _entries(self, statement: bytes, given: Sequence[Any] | Mapping[str, Any]) -> list[Entry]:
        return [entry_of(row) for row in self._rows(statement, given)]

    def _begin(self, connection: psycopg.Connection) -> None:
        waits = f"{self._patience_s:.3f}s", f"{_IDLE_IN_TRANSACTION_S}s"
        connection.execute(BEGIN)
        connection.execute(LOCK, (*waits, self._address.lock_key))


class _Locked:
    """Meets :class:`u24.ledger.writing.Locked`, inside a transaction that holds the lock."""

    def __init__(self, connection: psycopg.Connection, say: Statements) -> None:
        self._connection = connection
        self._say = say

    def standing(self, streams: list[str], commands: list[str]) -> Standing:
        [(position, at_us, seqs, has_known)] = self._ask(self._say.standing, (streams, commands))
        known = self._ask(self._say.commands, (commands,)) if has_known else []
        return Standing(
            position=position or 0,
            at=None if at_us is None else moment_of(at_us),
            seqs=dict(zip(streams, seqs, strict=True)),
            known=by_command([entry_of(row) for row in known]),
        )

    def add(self, entries: Sequence[Entry]) -> None:
        with self._connection.cursor().copy(self._say.add) as copy:
            copy.set_types(TYPES)
            for entry in entries:
                copy.write_row(row_of(entry))
        self._connection.execute(NOTIFY, (CHANNEL, str(entries[-1].position)))

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        sql, given = (
            (self._say.subtrees, (level, first, count))
            if level
            else (self._say.leaves, (first, count))
        )
        return [found for (found,) in self._ask(sql, given)]

    def keep(self, subtree: Kept) -> None:
        self._connection.execute(self._say.keep, (subtree.level, subtree.number, subtree.hash))

    def _ask(self, statement: bytes, given: Sequence[Any]) -> list[Any]:
        return _ask(self._connection, statement, given)


def _ask(
    connection: psycopg.Connection, statement: bytes, given: Sequence[Any] | Mapping[str, Any]
) -> list[Any]:
    return connection.cursor(binary=True).execute(statement, given).fetchall()


def _roll_back(connection: psycopg.Connection) -> None:
    """End a transaction that was not committed; a lost connection has ended by itself."""
    if connection.info.transaction_status is not TransactionStatus.IDLE:
        with suppress(psycopg.Error):
            connection.execute("rollback")


def _is_sound(connection: psycopg.Connection) -> bool:
    return (
        not connection.closed
        and connection.info.transaction_status is TransactionStatus.IDLE
    )  # fmt: skip
