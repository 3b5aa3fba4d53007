"""All entries in order, past those that cannot be read."""

from collections.abc import Iterator

from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger.findings import UNREADABLE, Findings
from u24.ledger.store import Entry, Store

# What a row gives that was damaged: no text, no moment, no number.
_DAMAGE = (StoreUnavailable, ValueError, OverflowError, TypeError)
_NO_HASH = bytes(32)


def entries_of(store: Store, findings: Findings, size: int) -> Iterator[Entry | bytes]:
    """Every entry; in place of one that cannot be read, its leaf hash as the store has it.

    Raises
    ------
    StoreUnavailable
        Nothing can be read any more, not even how many entries there are.
    """
    after = 0
    while True:
        try:
            for entry in store.everything(after=after):
                after = entry.position
                yield entry
        except _DAMAGE as error:
            store.size()
            again = _next_readable(store, after, size)
            several = again > after + 1
            which = f"one of entries {after + 1} to {again}" if several else f"entry {again}"
            findings.add(UNREADABLE, after + 1, f"{which} cannot be read: {error}")
            yield from _leaves(store, after, again)
            after = again
        else:
            return


def _next_readable(store: Store, after: int, size: int) -> int:
    """The place behind which reading goes on; exact if one entry in reach is damaged.

    Stores read many rows at once, so that one bad row spoils those before it as well.
    """
    step = 1
    while after + step < size and not _is_readable(store, after + step):
        step *= 2
    low, high = after + step // 2, min(after + step, max(size, after + 1))
    while high - low > 1:
        middle = (low + high) // 2
        if _is_readable(store, middle):
            high = middle
        else:
            low = middle
    return high


def _is_readable(store: Store, after: int) -> bool:
    try:
        next(store.everything(after=after), None)
    except _DAMAGE:
        return False
    return True


def _leaves(store: Store, after: int, until: int) -> Iterator[bytes]:
    for place in range(after, until):
        try:
            [leaf] = store.hashes(0, place, 1)
        except (InvalidInput, StoreUnavailable):
            leaf = _NO_HASH
        yield leaf
