"""A record and what lies beside it, for those who check it or prove something from it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from u24.clock import Clock
from u24.desk.home import Home, shown_ledger
from u24.errors import InvalidInput
from u24.ledger.heads import Head, iso, publish_head, read_heads
from u24.ledger.keys import read_key
from u24.ledger.opening import open_store
from u24.ledger.prove import find_entry, find_head, make_proof
from u24.ledger.store import Entry, Store
from u24.ledger.verify import Verified, verify

__all__ = ["Record", "Verified", "iso", "prove_entry", "record_at", "verify_record"]

# also inside a correction, which holds the right fact as text
_CONFIDENTIAL = re.compile(rb'\\*"(?:confidential|secret)\\*":\s*true')

Progress = Callable[[str, float, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Where a ledger is, and where its heads and the desk's key would be."""

    ledger: str  # a file or postgresql://...
    clock: Clock
    heads_file: Path | None = None
    key_file: Path | None = None
    named: tuple[Path | None, ...] = ()  # files that somebody gave, so that they must be there

    @property
    def shown(self) -> str:
        """The ledger as it may be printed: without a password."""
        return shown_ledger(self.ledger)

    def heads(self) -> tuple[Head, ...]:
        """The heads that were kept; none if the file is not there and nobody named it."""
        file = self.heads_file
        if file is None or not (file in self.named or file.exists()):
            return ()
        return read_heads(file)

    @contextmanager
    def opened(self, *, read_only: bool = True) -> Iterator[Store]:
        """The ledger, closed afterwards."""
        store = open_store(self.ledger, self.clock, read_only=read_only)
        try:
            yield store
        finally:
            store.close()


def record_at(
    place: str | None,
    home: Home,
    clock: Clock,
    *,
    heads_file: Path | None = None,
    key_file: Path | None = None,
) -> Record:
    """The record at ``place``, a file or an address; without it, that of the home.

    Beside ``desk.db`` heads are looked for in ``desk-heads.jsonl`` and the key in ``desk.key``.
    """
    beside: tuple[str, Path | None, Path | None]
    if not place:
        beside = (home.ledger, home.heads_file, home.key_file)
    elif "://" in place:
        beside = (place, None, None)
    else:
        path = Path(place)
        beside = (place, path.with_name(f"{path.stem}-heads.jsonl"), path.with_suffix(".key"))
    return Record(
        ledger=beside[0],
        clock=clock,
        heads_file=heads_file or beside[1],
        key_file=key_file or beside[2],
        named=(heads_file, key_file),
    )


def verify_record(
    record: Record, *, trusted_key_hex: str | None, progress: Progress, workers: int
) -> Verified:
    """Check every entry, hash, signature and head; nothing is written."""
    heads = record.heads()
    with record.opened() as store:
        return verify(
            store, heads=heads, trusted_key_hex=trusted_key_hex, progress=progress, workers=workers
        )


def prove_entry(
    record: Record, name: str, *, with_body: bool, whole: bool = False
) -> tuple[Entry, bytes]:
    """An entry, by position or by its command's key, and the proof that it stands on record.

    Where no head covers it yet, one is signed, if the desk's key is at hand. A body that is
    marked as confidential is left out unless the ``whole`` is asked for; its hash is proven.

    Raises
    ------
    InvalidInput
        No such entry, or no head covers it and none can be signed.
    Tampered
        The record does not prove it.
    """
    with record.opened() as store:
        entry = find_entry(store, name)
        with_body = with_body and (whole or not _CONFIDENTIAL.search(entry.body))
        head = find_head(store, entry, record.heads() if _is_there(record.heads_file) else ())
        if head is not None:
            return entry, make_proof(store, entry, head, with_body=with_body)
    _publish(record, entry)
    with record.opened() as store:
        head = find_head(store, entry)
        assert head is not None  # noqa: S101 - it was published just now
        return entry, make_proof(store, entry, head, with_body=with_body)


def _publish(record: Record, entry: Entry) -> None:
    """Sign a head that covers the entry."""
    key_file = record.key_file
    is_at_hand = key_file in record.named or _is_there(key_file)
    if key_file is None or record.heads_file is None or not is_at_hand:
        raise InvalidInput(
            f"no head covers entry {entry.position} yet; give --desk-key and --heads to sign one"
        )
    signer = read_key(key_file)
    with record.opened(read_only=False) as store:
        publish_head(store, signer, record.clock, record.heads_file)


def _is_there(file: Path | None) -> bool:
    return file is not None and file.exists()
