"""The file of a SQLite ledger: made, recognised, opened."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger.sqlite_faults import BUSY_STEP_S, patiently, plain_words

# "u24L" in the file's header tells this file from every other SQLite file.
APPLICATION_ID = int.from_bytes(b"u24L", "big")
FORMAT = 1
PAGE_BYTES = 4_096
_WAL_BYTES = 64 * 1024 * 1024  # what the -wal file shrinks to after a burst
# Triggers check every insert as well: "insert or replace" would delete rows unseen by them.
_SCHEMA = """
create table fact (
    position integer primary key check (position > 0),
    stream text not null,
    seq integer not null check (seq > 0),
    kind text not null,
    actor text not null,
    at_us integer not null,
    command text not null,
    part integer not null check (part >= 0),
    asked blob not null check (length(asked) = 32),
    body blob not null,
    key_id text not null,
    signature blob not null,
    leaf blob not null check (length(leaf) = 32),
    unique (stream, seq),
    unique (command, part)
) strict;
create table subtree (
    level integer not null check (level > 0 and level % 8 = 0),
    number integer not null check (number >= 0),
    hash blob not null check (length(hash) = 32),
    primary key (level, number)
) strict, without rowid;
create trigger fact_has_no_gap before insert on fact
when new.position <> (select coalesce(max(position), 0) + 1 from fact)
    or new.seq <> (select coalesce(max(seq), 0) + 1 from fact where stream = new.stream)
    or new.part <> (select coalesce(max(part), -1) + 1 from fact where command = new.command)
begin select raise(abort, 'position, seq and part rise by one'); end;
create trigger subtree_has_no_gap before insert on subtree
when new.number <> (select coalesce(max(number), -1) + 1 from subtree where level = new.level)
begin select raise(abort, 'number rises by one'); end;
create trigger fact_is_never_changed before update on fact
begin select raise(abort, 'the ledger is append only'); end;
create trigger fact_is_never_deleted before delete on fact
begin select raise(abort, 'the ledger is append only'); end;
create trigger subtree_is_never_changed before update on subtree
begin select raise(abort, 'the ledger is append only'); end;
create trigger subtree_is_never_deleted before delete on subtree
begin select raise(abort, 'the ledger is append only'); end;
"""


@dataclass(slots=True, kw_only=True)
class SqliteFile:
    """One ledger file. ``path`` is absolute, so that changing folders changes nothing.

    A file that is only read, and that nobody has open, is read without locks: so no
    ``-wal`` file is left beside a copy, and a folder that may not be written will do.
    """

    path: Path
    read_only: bool
    most_bytes: int | None  # the file grows no further
    patience_s: float
    _still: os.stat_result | None = field(default=None, init=False)
    _opened: os.stat_result | None = field(default=None, init=False)

    def require_usable(self) -> None:
        """Make the file if there is none, and refuse one that is no ledger.

        Raises
        ------
        InvalidInput
            The path is a folder, or a file that is no u24 ledger.
        StoreUnavailable
            There is no such folder or file, or it may not be read or written.
        """
        self._require_place()
        with plain_words(self.path):
            if self.read_only and not self._is_open_elsewhere():
                self._still = self.path.stat()
            connection = self._connect("ro" if self.read_only else "rwc")
            try:
                patiently(lambda: self._recognise(connection), self.patience_s)
            finally:
                connection.close()
            self._opened = self.path.stat()

    def connect(self) -> sqlite3.Connection:
        """Open the file once more; one that is gone is not made anew."""
        return self._connect("ro" if self.read_only else "rw")

    def require_same(self) -> None:
        """Refuse to go on when another file has taken the place of the one that was opened.

        Connections hold on to the old one, which nobody will ever find again.

        Raises
        ------
        StoreUnavailable
            The file was moved, removed or replaced.
        """
        try:
            found = self.path.stat()
        except FileNotFoundError:
            found = None
        if found is None or not self._opened or not os.path.samestat(found, self._opened):
            raise StoreUnavailable(
                f"{self.path} was moved or replaced while it was open; put the right file there, "
                "and open the ledger again"
            )

    def _connect(self, mode: str) -> sqlite3.Connection:
        how = f"mode={mode}&immutable=1" if self._still else f"mode={mode}"
        connection = sqlite3.connect(
            f"{self.path.as_uri()}?{how}",
            uri=True,
            timeout=BUSY_STEP_S,
            isolation_level=None,
            check_same_thread=False,  # the pool lends it to one thread at a time
        )
        try:
            self._set_up(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def require_still(self) -> None:
        """Refuse what was read without locks while somebody wrote.

        Raises
        ------
        StoreUnavailable
            The file has changed since it was opened.
        """
        if self._still and _mark(self.path.stat()) != _mark(self._still):
            raise StoreUnavailable(f"{self.path} was written while it was read; read it again")

    def _require_place(self) -> None:
        if self.path.is_dir():
            raise InvalidInput(f"{self.path} is a folder; give the path of a file")
        if not self.path.parent.is_dir():
            raise StoreUnavailable(f"folder {self.path.parent} does not exist; make it first")
        if self.read_only and not self.path.exists():
            raise StoreUnavailable(f"{self.path} does not exist; give a ledger to read")
        if self.path.exists() and not _may(self.path, os.R_OK):
            raise StoreUnavailable(f"{self.path} may not be read; check the rights of the file")
        if self.path.exists() and not self.read_only and not _may(self.path, os.W_OK):
            raise StoreUnavailable(f"{self.path} may not be written; open it for reading only")

    def _is_open_elsewhere(self) -> bool:
        wal = self.path.with_name(f"{self.path.name}-wal")
        return wal.exists() and wal.stat().st_size > 0

    def _set_up(self, connection: sqlite3.Connection) -> None:
        connection.execute("pragma synchronous = full")
        connection.execute("pragma fullfsync = on")  # macOS keeps fsync in the drive otherwise
        connection.execute("pragma checkpoint_fullfsync = on")
        connection.execute(f"pragma journal_size_limit = {_WAL_BYTES}")
        if self.most_bytes is not None:
            connection.execute(f"pragma max_page_count = {self.most_bytes // PAGE_BYTES}")

    def _recognise(self, connection: sqlite3.Connection) -> None:
        if self._is_ledger(connection) or self.read_only:
            self._require_ledger(connection)
            return
        connection.execute(f"pragma page_size = {PAGE_BYTES}")
        self._require_wal(connection)
        connection.execute("begin immediate")
        try:
            if not self._is_ledger(connection):
                self._require_empty(connection)
                _run_all(connection.execute, _SCHEMA)
                connection.execute(f"pragma application_id = {APPLICATION_ID}")
                connection.execute(f"pragma user_version = {FORMAT}")
            connection.execute("commit")
        finally:
            if connection.in_transaction:
                connection.execute("rollback")

    def _require_wal(self, connection: sqlite3.Connection) -> None:
        self._require_empty(connection)
        (mode,) = connection.execute("pragma journal_mode = wal").fetchone()
        if mode != "wal":
            raise StoreUnavailable(
                f"{self.path} cannot have a write-ahead log ({mode}); use a local disk"
            )

    def _require_ledger(self, connection: sqlite3.Connection) -> None:
        if not self._is_ledger(connection):
            raise InvalidInput(f"{self.path} is not a u24 ledger; give another file")
        found = _pragma(connection, "user_version")
        if found != FORMAT:
            raise InvalidInput(
                f"{self.path} has format {found}; this version reads format {FORMAT}"
            )

    def _require_empty(self, connection: sqlite3.Connection) -> None:
        (things,) = connection.execute("select count(*) from sqlite_master").fetchone()
        if (things or _pragma(connection, "application_id")) and not self._is_ledger(connection):
            raise InvalidInput(f"{self.path} is a SQLite file, but not a u24 ledger; give another")

    def _is_ledger(self, connection: sqlite3.Connection) -> bool:
        return _pragma(connection, "application_id") == APPLICATION_ID


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"pragma {name}").fetchone()
    return int(value)


def _may(path: Path, what: int) -> bool:
    # Asked, not tried: closing a file that was opened to try it would drop the locks that
    # another connection of this process holds on it (POSIX fcntl).
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _run_all(execute: Callable[[str], object], script: str) -> None:
    """Run a script inside the transaction; ``executescript`` would commit it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            execute(statement)
            statement = ""


def _mark(found: os.stat_result) -> tuple[int, int]:
    return found.st_mtime_ns, found.st_size
