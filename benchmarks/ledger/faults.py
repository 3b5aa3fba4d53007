"""What the ledger says and keeps when the disk is full, the file is closed, or the server gone.

    sudo python -m benchmarks.ledger.faults        (a small disk can only be mounted by root)

Each fault: write until it strikes, take note of the answer, put it right, go on, look whether
all that was acknowledged is there.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import psycopg

from benchmarks.ledger.beginning import begin
from benchmarks.ledger.load import asked_of
from benchmarks.ledger.machine import keep
from benchmarks.ledger.places import PostgresPlace, SqlitePlace, open_at
from u24.clock import Clock, system_clock
from u24.errors import ClockWentBack, StoreUnavailable, U24Error
from u24.ledger.store import Batch, Draft, Store, Submission
from u24.ledger.verify import verify

_FOLDER = re.compile(r"(?<!\w)/\S*/")
_MOST = 20_000
_BODY_BYTES = 4_000
_SMALL_SQLITE = "1m"
# initdb takes 40 MB, the log 16 MB for each segment.
_SMALL_POSTGRES = "112m"


@dataclass(slots=True, kw_only=True)
class Case:
    """One fault, on one store."""

    store: Store
    acknowledged: list[str] = field(default_factory=list)
    answer: str = ""

    def write(self, most: int, error: type[U24Error] = StoreUnavailable) -> int:
        """Write until the store refuses; the number of facts that it took."""
        for number in range(most):
            try:
                self.append()
            except error as said:
                self.answer = self.answer or _words_of(said)
                return number
        return most

    def append(self) -> None:
        """Write one more; it repeats the last key if that had no answer."""
        command = f"command_{len(self.acknowledged)}"
        # No database can make this shorter.
        body = np.random.default_rng(len(self.acknowledged)).bytes(_BODY_BYTES)
        draft = Draft(kind="offer.made/1", actor="desk", body=body)
        batch = Batch(stream="case/1", expect_seq=len(self.acknowledged), drafts=(draft,))
        self.store.append(Submission(command=command, asked=asked_of(command), batches=(batch,)))
        self.acknowledged.append(command)

    def result(self, store: str, fault: str, went_on: int) -> dict[str, object]:
        """What came of it."""
        found = [entry.command for entry in self.store.stream("case/1")]
        return {
            "store": store, "fault": fault, "answer": self.answer,
            "acknowledged": len(self.acknowledged),
            "lost": len(set(self.acknowledged) - set(found)),
            "double": len(found) - len(set(found)), "went_on": went_on,
            "verified": verify(self.store).good,
        }  # fmt: skip


class TurnedClock:
    """The system's clock, ahead or behind by ``by``."""

    def __init__(self) -> None:
        self.by = timedelta(0)

    def __call__(self) -> datetime:
        """Show the time."""
        return system_clock() + self.by


def sqlite_full_disk() -> dict[str, object]:
    """A disk of one megabyte."""
    with _disk(_SMALL_SQLITE) as disk:
        place = SqlitePlace(disk)
        case = _begin(place)
        case.write(_MOST)
        _grow(disk, "8m")
        return _end(case, "sqlite", "full disk")


def sqlite_no_rights() -> dict[str, object]:
    """Somebody makes the file read-only under the desk's feet, then gives it back."""
    place = SqlitePlace()
    try:
        case = _begin(place)
        case.write(20)
        path = Path(place.where("ledger"))
        _set_changeable(path, changeable=False)
        try:
            case.write(1)
            case.store.close()
            try:
                case.store = open_at(place)
                case.write(1)
            except StoreUnavailable as error:
                case.answer += f"; when opened again: {_words_of(error)}"
        finally:
            _set_changeable(path, changeable=True)
        case.store = open_at(place)
        return _end(case, "sqlite", "read-only file")
    finally:
        place.remove()


def postgres_full_disk() -> dict[str, object]:
    """A server whose data are on a disk with little more room than it needs itself."""
    with _disk(_SMALL_POSTGRES) as disk:
        disk.chmod(0o755)
        with _temporary_folder(disk):
            place = PostgresPlace()
        try:
            case = _begin(place)
            case.write(_MOST)
            _grow(disk, "300m")
            _require_running(place)
            return _end(case, "postgres", "full disk")
        finally:
            place.remove()


def clock_back(place: SqlitePlace | PostgresPlace) -> dict[str, object]:
    """The clock goes back by a day, then is right again."""
    clock = TurnedClock()
    case = _begin(place, clock)
    case.write(20)
    clock.by = -timedelta(days=1)
    case.write(1, ClockWentBack)
    clock.by = timedelta(0)
    return _end(case, place.make, "clock a day back")


def restart(place: PostgresPlace) -> dict[str, object]:
    """The server is stopped and comes back."""
    case = _begin(place)
    case.write(20)
    place.server.stop()
    case.write(1)
    place.server.start()
    return _end(case, "postgres", "server stopped and started")


def lost_connection(place: PostgresPlace) -> dict[str, object]:
    """An administrator ends all connections."""
    case = _begin(place)
    case.write(20)
    with psycopg.connect(place.server.dsn, autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and backend_type = 'client backend'"
        )
    case.write(1)
    return _end(case, "postgres", "connections ended")


def main() -> int:
    """Bring about each fault, print and keep."""
    found = [sqlite_full_disk(), sqlite_no_rights(), postgres_full_disk()]
    found += [_on(PostgresPlace, fault) for fault in (clock_back, restart, lost_connection)]
    found.append(_on(SqlitePlace, clock_back))
    for result in found:
        print(result)
    keep("faults", {"faults": sorted(found, key=lambda held: (held["fault"], held["store"]))})
    return int(any(held["lost"] or held["double"] or not held["verified"] for held in found))


def _on(make: Callable[[], object], fault: Callable[..., dict[str, object]]) -> dict[str, object]:
    place = make()
    try:
        return fault(place)
    finally:
        place.remove()  # type: ignore[attr-defined]


def _begin(place: SqlitePlace | PostgresPlace, clock: Clock = system_clock) -> Case:
    store = open_at(place, clock=clock)
    begin(store)
    return Case(store=store)


def _end(case: Case, store: str, fault: str) -> dict[str, object]:
    """Go on; a lost connection may cost one more call."""
    went_on = sum(case.write(1) for _ in range(11))
    result = case.result(store, fault, went_on)
    case.store.close()
    return result


@contextmanager
def _disk(size: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="u24-disk-") as name:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", name], check=False
        )
        if done.returncode:
            raise SystemExit("only root may mount a small disk; run this as root")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", "-l", name], check=True)


@contextmanager
def _temporary_folder(folder: Path) -> Iterator[None]:
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def _grow(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


def _require_running(place: PostgresPlace) -> None:
    """Start the server again if it has given up."""
    try:
        psycopg.connect(place.server.dsn, connect_timeout=5).close()
    except psycopg.OperationalError:
        place.server.restart()


def _words_of(error: U24Error) -> str:
    """A message without folders of this machine, which differ each time."""
    return _FOLDER.sub("FOLDER/", " ".join(str(error).split()))


def _set_changeable(path: Path, *, changeable: bool) -> None:
    """Take the right to write from the file and its log."""
    for held in (path, path.with_name(f"{path.name}-wal")):
        if held.exists():
            # Root obeys no mode.
            subprocess.run(["chattr", "-i" if changeable else "+i", held], check=True)


if __name__ == "__main__":
    sys.exit(main())
