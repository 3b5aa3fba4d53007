"""A ledger in lists: for tests, drills and rehearsals. It ends with the process."""

from collections.abc import Iterator, Sequence
from threading import RLock

from u24.clock import Clock
from u24.errors import Conflict, StoreUnavailable
from u24.ledger.rows import CHUNK_ROWS, by_command, require_all, require_subtrees
from u24.ledger.store import Entry, Receipt, Submission
from u24.ledger.writing import Kept, Standing, only, require_storable, write_group


class MemoryStore:
    """Meets :class:`u24.ledger.store.Store`; safe for any number of threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = RLock()
        self._held = _Lists()
        self._closed = False

    def append(self, submission: Submission) -> Receipt:
        """See :class:`u24.ledger.store.Store`."""
        return only(self.append_group([submission]))

    def append_group(self, submissions: Sequence[Submission]) -> list[Receipt | Conflict]:
        """See :class:`u24.ledger.store.Store`."""
        require_storable(submissions)
        with self._lock:
            return write_group(self._open(), self._clock, submissions)

    def size(self) -> int:
        """See :class:`u24.ledger.store.Store`."""
        with self._lock:
            return len(self._open().entries)

    def stream_seq(self, stream: str) -> int:
        """See :class:`u24.ledger.store.Store`."""
        with self._lock:
            return len(self._open().streams.get(stream, ()))

    def stream(self, stream: str, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        after = max(after, 0)
        while chunk := self._chunk(after, stream):
            yield from chunk
            after += len(chunk)

    def everything(self, *, after: int = 0) -> Iterator[Entry]:
        """See :class:`u24.ledger.store.Store`."""
        after = max(after, 0)
        while chunk := self._chunk(after):
            yield from chunk
            after += len(chunk)

    def find_command(self, command: str) -> tuple[Entry, ...]:
        """See :class:`u24.ledger.store.Store`."""
        with self._lock:
            return self._open().commands.get(command, ())

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """See :class:`u24.ledger.store.Store`."""
        require_subtrees(level, first, count)
        with self._lock:
            found = self._open().hashes(level, first, count)
        return require_all(found, level, first, count)

    def close(self) -> None:
        """See :class:`u24.ledger.store.Store`."""
        self._closed = True

    def _chunk(self, after: int, stream: str | None = None) -> list[Entry]:
        with self._lock:
            held = self._open()
            entries = held.entries if stream is None else held.streams.get(stream, [])
            return entries[after : after + CHUNK_ROWS]

    def _open(self) -> "_Lists":
        if self._closed:
            raise StoreUnavailable("the ledger in memory is closed; open a new one")
        return self._held


class _Lists:
    """Meets :class:`u24.ledger.writing.Locked`."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.streams: dict[str, list[Entry]] = {}
        self.commands: dict[str, tuple[Entry, ...]] = {}
        self.kept: dict[int, list[bytes]] = {}

    def standing(self, streams: list[str], commands: list[str]) -> Standing:
        return Standing(
            position=len(self.entries),
            at=self.entries[-1].at if self.entries else None,
            seqs={stream: len(self.streams.get(stream, ())) for stream in streams},
            known={held: self.commands[held] for held in commands if held in self.commands},
        )

    def add(self, entries: Sequence[Entry]) -> None:
        self.entries.extend(entries)
        for entry in entries:
            self.streams.setdefault(entry.stream, []).append(entry)
        self.commands.update(by_command(entries))

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        if level:
            return self.kept.get(level, [])[first : first + count]
        return [entry.leaf for entry in self.entries[first : first + count]]

    def keep(self, subtree: Kept) -> None:
        self.kept.setdefault(subtree.level, []).append(subtree.hash)
