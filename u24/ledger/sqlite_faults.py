"""What SQLite says is wrong, in plain words, and waiting for others to finish."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from u24.clock import stopwatch
from u24.errors import InvalidInput, StoreUnavailable

# SQLite itself waits so long in small steps, then patiently() asks again. Left to itself it
# would end in steps of 100 ms, and a busy neighbour could be faster every time.
BUSY_STEP_S = 0.05
_PAUSE_S = 0.002
_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full, or the file has reached its largest size; make room",
    sqlite3.SQLITE_READONLY: "it may not be written; check the rights of the file and its folder",
    sqlite3.SQLITE_BUSY: "somebody else has locked it for too long; try again, or end the other",
    sqlite3.SQLITE_LOCKED: "somebody else has locked it for too long; try again",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; check its folder, and the rights of both",
    sqlite3.SQLITE_PERM: "it may not be opened; check the rights of the file and its folder",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written; it may be full or broken",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; stop writing and bring back a copy",
}
_PRIMARY = 0xFF  # the low byte of an extended code; the others say more about where
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

T = TypeVar("T")


@contextmanager
def plain_words(path: Path) -> Iterator[None]:
    """Turn any error of SQLite into one of ours.

    Raises
    ------
    InvalidInput
        The file is no database.
    StoreUnavailable
        Anything else that the disk, the rights or the neighbours cause.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        if code == sqlite3.SQLITE_NOTADB:
            raise InvalidInput(f"{path} is not a SQLite file; give a u24 ledger") from error
        words = _WORDS.get(code, "SQLite could not do it")
        raise StoreUnavailable(f"ledger {path}: {words} ({error})") from error


def patiently(call: Callable[[], T], patience_s: float) -> T:
    """Call until nobody else holds the lock that is needed, or for ``patience_s``."""
    begun_s = stopwatch()
    while True:
        try:
            return call()
        except sqlite3.OperationalError as error:
            if _code(error) not in _BUSY or stopwatch() - begun_s > patience_s:
                raise
        # Some locks are refused at once, without SQLite's own waiting.
        time.sleep(_PAUSE_S)


def _code(error: sqlite3.Error) -> int:
    found: int = getattr(error, "sqlite_errorcode", 0)
    return found & _PRIMARY
