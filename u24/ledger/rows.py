"""An entry as a row: the same columns in the same order in every database."""

from collections.abc import Sequence

from u24.errors import InvalidInput
from u24.ledger.store import KEPT_BITS, Entry, microseconds, moment_of

Row = tuple[int, str, int, str, str, int, str, int, bytes, bytes, str, bytes, bytes]

COLUMNS = (
    "position", "stream", "seq", "kind", "actor", "at_us", "command", "part", "asked", "body",
    "key_id", "signature", "leaf",
)  # fmt: skip
BODY = COLUMNS.index("body")
# A reader takes so much at a time and then lets go of the database: flat memory, and no
# read transaction that stays open while somebody thinks.
CHUNK_ROWS = 1_000
CHUNK_BYTES = 8 * 1024 * 1024


def row_of(entry: Entry) -> Row:
    """The row of an entry."""
    return (
        entry.position, entry.stream, entry.seq, entry.kind, entry.actor, microseconds(entry.at),
        entry.command, entry.part, entry.asked, entry.body, entry.key_id, entry.signature,
        entry.leaf,
    )  # fmt: skip


def entry_of(row: Row) -> Entry:
    """The entry of a row."""
    position, stream, seq, kind, actor, at_us, command, part, asked, body, key_id, sig, leaf = row
    return Entry(
        position=position,
        stream=stream,
        seq=seq,
        kind=kind,
        actor=actor,
        at=moment_of(at_us),
        command=command,
        part=part,
        asked=asked,
        body=body,
        key_id=key_id,
        signature=sig,
        leaf=leaf,
    )


def by_command(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The entries of each command, in the order given."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.command, []).append(entry)
    return {command: tuple(held) for command, held in found.items()}


def require_subtrees(level: int, first: int, count: int) -> None:
    """Refuse a level that no ledger keeps, or a range that cannot be.

    Raises
    ------
    InvalidInput
        ``level`` is no multiple of ``KEPT_BITS``, or a number is below 0.
    """
    if level < 0 or level % KEPT_BITS:
        raise InvalidInput(f"level is {level}; it must be 0 or a multiple of {KEPT_BITS}")
    if first < 0 or count < 0:
        raise InvalidInput(f"first is {first} and count is {count}; both must be 0 or more")


def require_all(hashes: list[bytes], level: int, first: int, count: int) -> list[bytes]:
    """Give the hashes back if they are as many as were asked for.

    Raises
    ------
    InvalidInput
        The ledger holds fewer.
    """
    if len(hashes) != count:
        raise InvalidInput(
            f"level {level} has no hash {first + len(hashes)}; ask for whole subtrees only"
        )
    return hashes
