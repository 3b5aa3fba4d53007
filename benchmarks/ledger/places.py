"""Where a ledger of a campaign lives: a SQLite file, or a PostgreSQL server of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import psycopg

from tests.ledger.postgres_server import PostgresServer, find_binaries
from u24.clock import Clock, stopwatch, system_clock
from u24.ledger.opening import open_store
from u24.ledger.store import Store

_END_S = 10.0
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


class Place(Protocol):
    """A folder or server that goes when the campaign ends."""

    make: str  # sqlite or postgres

    def where(self, name: str) -> str:
        """What :func:`u24.ledger.opening.open_store` takes; another ledger for each name."""
        ...

    def server_cpu_s(self) -> float:
        """CPU seconds of the server so far; 0 if there is none."""
        ...

    def remove(self) -> None:
        """Take it away."""
        ...


class SqlitePlace:
    """A folder."""

    make = "sqlite"

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="u24-ledger-", dir=folder))

    @classmethod
    def at(cls, folder: Path) -> "SqlitePlace":
        """A folder that is there."""
        place = cls.__new__(cls)
        place.folder = folder
        return place

    def where(self, name: str) -> str:
        """See :class:`Place`."""
        return str(self.folder / f"{name}.db")

    def server_cpu_s(self) -> float:
        """See :class:`Place`."""
        return 0.0

    def remove(self) -> None:
        """See :class:`Place`."""
        shutil.rmtree(self.folder, ignore_errors=True)


class PostgresPlace:
    """A server that was started for this."""

    make = "postgres"

    def __init__(self) -> None:
        binaries = find_binaries()
        if binaries is None:
            raise SystemExit(
                "PostgreSQL is neither on this machine nor in the wheel that brings it"
            )
        self.server = PostgresServer(binaries)
        self.server.start()

    def where(self, name: str) -> str:
        """See :class:`Place`."""
        return f"{self.server.dsn}&schema={name}"

    def server_cpu_s(self) -> float:
        """See :class:`Place`."""
        pid = self.server.pid
        return sum(_cpu_of_s(held) for held in [pid, *children_of(pid)]) if pid else 0.0

    def size_bytes(self, name: str = "ledger") -> int:
        """What the tables of a ledger and their indexes take."""
        with psycopg.connect(self.server.dsn) as connection:
            found = connection.execute(
                "select sum(pg_total_relation_size(c.oid)) from pg_class c join pg_namespace n "
                "on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = %s", (name,)
            ).fetchone()  # fmt: skip
        return int(found[0]) if found else 0

    def kill(self) -> None:
        """End the server and all its processes with SIGKILL: it can write nothing any more."""
        pid = self.server.pid
        if pid is None:
            return
        os.kill(pid, signal.SIGSTOP)  # or it could start one more while we look
        held = [*children_of(pid), pid]
        for one in held:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        self.server.stop()  # it has ended; this takes note of it
        give_up_s = stopwatch() + _END_S
        while any(map(_is_alive, held)) and stopwatch() < give_up_s:
            time.sleep(0.005)

    def start(self) -> None:
        """Start it again; it recovers what was committed from its log."""
        self.server.start()

    def remove(self) -> None:
        """See :class:`Place`."""
        self.server.remove()


def place_of(make: str) -> SqlitePlace | PostgresPlace:
    """A new place: ``sqlite`` or ``postgres``."""
    return PostgresPlace() if make == "postgres" else SqlitePlace()


def open_at(place: Place, name: str = "ledger", clock: Clock = system_clock) -> Store:
    """Open the ledger of a place."""
    return open_store(place.where(name), clock)


def postgres_version() -> str:
    """The version of the server that the campaigns start, or nothing."""
    binaries = find_binaries()
    if binaries is None:
        return ""
    done = subprocess.run(
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip().rpartition(") ")[2]


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(_stat(path)[1]) == pid:
                found.append(int(path.parent.name))
    return found


def _is_alive(pid: int) -> bool:
    with suppress(OSError):
        return _stat(Path(f"/proc/{pid}/stat"))[0] != "Z"
    return False


def _cpu_of_s(pid: int) -> float:
    """User and system time of a process and of its children that have ended."""
    with suppress(OSError):
        return sum(map(int, _stat(Path(f"/proc/{pid}/stat"))[11:15])) / _TICKS_PER_S
    return 0.0


def _stat(path: Path) -> list[str]:
    """The fields behind the program's name, which may itself hold blanks."""
    return path.read_text(encoding="utf-8").rpartition(")")[2].split()
