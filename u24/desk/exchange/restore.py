"""An export, read and proven line by line; and a ledger made from it anew."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby

import msgspec

from u24.clock import Clock
from u24.desk.exchange.carried import Carried, carried_of
from u24.desk.exchange.export import FORMAT, ExportEnd, ExportHeader, Progress
from u24.errors import Conflict, InvalidInput, Tampered
from u24.ledger.heads import head_of
from u24.ledger.merkle import GrowingTree
from u24.ledger.store import Batch, Draft, Entry, Store, Submission

MOST_IN_A_GROUP = 1_000


def read_export(lines: Iterable[bytes]) -> Iterator[Carried]:
    """Every entry of an export, each proven by its hash, all by the root at the end.

    Whoever reads must read to the end: the last entries are proven by the last line.

    Raises
    ------
    InvalidInput
        A line cannot be read; the message gives its number.
    Tampered
        An entry, the order or the root is not what it was.
    """
    numbered = enumerate(lines, 1)
    header = _read_header(next(numbered, (1, b""))[1])
    tree = GrowingTree()
    proven_at = head_of(bytes(header.head)) if bytes(header.head) else None
    for number, line in numbered:
        if tree.size == header.size:
            _check_end(number, line, header, tree)
            if next(numbered, None):
                raise InvalidInput(f"line {number + 1}: the export ended with line {number}")
            return
        carried = _read_entry(number, line, tree.size + 1)
        tree.add(carried.leaf)
        if proven_at and tree.size == proven_at.tree_size and tree.root() != proven_at.root:
            raise Tampered(
                f"line {number}: the first {tree.size} entries are not those of the signed head"
            )
        yield carried
    raise InvalidInput(
        f"the export breaks off behind {tree.size} of {header.size} entries; copy it again"
    )


def restore_ledger(
    lines: Iterable[bytes],
    open_store: Callable[[Clock], Store],
    *,
    progress: Progress = lambda _stage, _done, _total: None,
) -> int:
    """Make the ledger anew: the same positions, moments and hashes. Gives how many entries.

    A ledger stamps by its clock, so the ledger is opened here with a clock that shows
    what the export says.

    Parameters
    ----------
    open_store
        Opens a new ledger with the clock given to it, e.g. ``partial(SqliteStore, path)``.
        It is closed at the end.

    Raises
    ------
    InvalidInput
        The ledger is not empty, a line cannot be read, or a body is withheld.
    Tampered
        The export does not prove itself, or cannot have come from a ledger. What was
        restored before that stays in the new ledger; throw it away.
    """
    clock = _ShownClock()
    store = open_store(clock)
    try:
        if store.size():
            raise InvalidInput(
                f"the ledger holds {store.size()} entries; restore into a new one only"
            )
        done = 0
        for group in _groups(held.entry() for held in read_export(lines)):
            _write(store, clock, group)
            done += sum(len(entries) for entries in group)
            progress("restoring", done, done)
        return done
    finally:
        store.close()


class _ShownClock:
    """Shows what it is told."""

    def __init__(self) -> None:
        self.now = datetime(1970, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def _read_header(line: bytes) -> ExportHeader:
    try:
        header = msgspec.json.decode(line, type=ExportHeader)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidInput(f"line 1: it is no header of an export: {error}") from error
    if header.format != FORMAT:
        raise InvalidInput(f"line 1: format is {header.format!r}; it must be {FORMAT}")
    return header


def _read_entry(number: int, line: bytes, position: int) -> Carried:
    try:
        carried = carried_of(line)
    except InvalidInput as error:
        raise InvalidInput(f"line {number}: {error}") from error
    if carried.position != position:
        raise Tampered(
            f"line {number}: position is {carried.position}; it must be {position}, so lines "
            "are missing, doubled or swapped"
        )
    if carried.right_leaf() != carried.leaf:
        raise Tampered(f"line {number}: entry {position} is not what was recorded")
    return carried


def _check_end(number: int, line: bytes, header: ExportHeader, tree: GrowingTree) -> None:
    try:
        end = msgspec.json.decode(line, type=ExportEnd)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidInput(f"line {number}: it is not the end of an export: {error}") from error
    root = tree.root().hex()
    if not root == end.root == header.root or end.end != tree.size:
        raise Tampered(
            f"line {number}: the {tree.size} entries give the root {root}; the first line says "
            f"{header.root}, the last {end.root}"
        )


def _groups(entries: Iterable[Entry]) -> Iterator[list[list[Entry]]]:
    """Commands that were recorded at one moment, so that one commit takes them."""
    group: list[list[Entry]] = []
    for _, held in groupby(entries, key=lambda entry: (entry.at, entry.command)):
        command = list(held)
        if group and (group[0][0].at != command[0].at or len(group) == MOST_IN_A_GROUP):
            yield group
            group = []
        group.append(command)
    if group:
        yield group


def _write(store: Store, clock: _ShownClock, group: list[list[Entry]]) -> None:
    clock.now = group[0][0].at
    results = store.append_group([_submission(entries) for entries in group])
    for entries, result in zip(group, results, strict=True):
        written = () if isinstance(result, Conflict) else result.entries
        if list(written) != entries:
            raise Tampered(
                f"entry {entries[0].position}: written anew it is another, so the export does "
                "not come from a ledger"
            )


def _submission(entries: list[Entry]) -> Submission:
    batches = tuple(
        Batch(stream=stream, expect_seq=held[0].seq - 1, drafts=tuple(map(_draft, held)))
        for stream, held in (
            (stream, list(part)) for stream, part in groupby(entries, key=lambda one: one.stream)
        )
    )
    return Submission(command=entries[0].command, asked=entries[0].asked, batches=batches)


def _draft(entry: Entry) -> Draft:
    return Draft(
        kind=entry.kind, actor=entry.actor, body=entry.body, key_id=entry.key_id,
        signature=entry.signature,
    )  # fmt: skip
