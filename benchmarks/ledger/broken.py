"""Ledgers that break their promise on purpose: a campaign that cannot fail would prove nothing."""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import SimpleQueue

from benchmarks.ledger.places import Place, open_at
from u24.clock import system_clock
from u24.ledger.store import Receipt, Store, Submission, make_entries

_LATE_S = 0.004
_KEPT_SHARE = 0.7
_WAL_HEADER = 32
_FRAME_HEADER = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """What is broken: the store of the writers, or the disk below it."""

    open: Callable[[], Store]
    writers: tuple[int, ...]
    after_kill: Callable[[], object] = lambda: None


def early(place: Place) -> Break:
    """Says that it is on record some milliseconds before it is."""
    return Break(open=lambda: _Early(open_at(place)), writers=(0,))  # type: ignore[return-value]


def torn(place: Place) -> Break:
    """A disk that forgets the last part of the log: what a power cut does without ``fsync``."""
    log = Path(f"{place.where('ledger')}-wal")
    return Break(open=lambda: open_at(place), writers=(0,), after_kill=lambda: _tear(log))


BREAKS = {"early": early, "torn": torn}


class _Early:
    """Just enough of a store for the writer that says one thing after another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seqs: dict[str, int] = {}
        self._position = store.size()
        self._waiting: SimpleQueue[Submission] = SimpleQueue()
        threading.Thread(target=self._write, daemon=True).start()

    def stream_seq(self, stream: str) -> int:
        if stream not in self._seqs:
            self._seqs[stream] = self._store.stream_seq(stream)
        return self._seqs[stream]

    def append(self, submission: Submission) -> Receipt:
        entries = make_entries(
            submission, position=self._position, seqs=self._seqs, at=system_clock()
        )
        self._position += len(entries)
        self._waiting.put(submission)
        return Receipt(entries=entries)

    def _write(self) -> None:
        for _ in count():
            submission = self._waiting.get()
            time.sleep(_LATE_S)
            self._store.append(submission)


def _tear(log: Path) -> None:
    """Cut the live part of a write-ahead log; see "WAL File Format" in SQLite's manual."""
    if not log.exists():
        return
    held = log.read_bytes()
    page_bytes, salts = int.from_bytes(held[8:12], "big"), held[16:24]
    frame_bytes = _FRAME_HEADER + page_bytes
    live = 0
    while held[(place := _WAL_HEADER + live * frame_bytes) + 8 : place + 16] == salts:
        live += 1
    os.truncate(log, _WAL_HEADER + int(live * _KEPT_SHARE) * frame_bytes)
