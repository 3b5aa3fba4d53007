"""The whole record as JSON lines, with all that is needed to prove it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import msgspec

from u24.desk.exchange.carried import carry, line_of
from u24.desk.exchange.putting import put_whole
from u24.errors import Tampered
from u24.ledger.heads import Head, head_line
from u24.ledger.merkle import GrowingTree
from u24.ledger.proofs import root_at
from u24.ledger.store import Entry, Store

FORMAT = "u24-export/1"
BEGUN = "ledger.begun/1"
_TOLD_EVERY = 1_000
_NO_HEAD = msgspec.Raw(b"")  # left out of the line

Progress = Callable[[str, float, float], None]
Withhold = Callable[[Entry], bool]


class ExportHeader(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The first line."""

    format: str
    ledger_id: str
    size: int
    root: str
    withheld: bool  # whether bodies may be missing
    head: msgspec.Raw = _NO_HEAD  # the newest that the desk signed, if there is one


class ExportEnd(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The last line: who has it has everything."""

    end: int
    root: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    entries: int
    withheld: int
    root: bytes


def export_ledger(
    store: Store,
    out: Path,
    *,
    heads: Iterable[Head] = (),
    withhold: Withhold | None = None,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Exported:
    """Write the record as it stands now; what is said meanwhile is left for the next export.

    Parameters
    ----------
    out
        The file; it is replaced when everything is written.
    heads
        Heads that the desk signed; the newest goes into the first line.
    withhold
        Which bodies stay here; of those only the SHA-256 goes out, so that every proof holds.
    progress
        Called with (stage, done, total).

    Raises
    ------
    InvalidInput
        ``out`` cannot be written.
    Tampered
        The record does not give its own root; nothing is written.
    """
    size = store.size()
    root = root_at(store.hashes, size)
    tree, hidden = GrowingTree(), 0
    with put_whole(out) as file:
        file.write(msgspec.json.encode(_header(store, size, root, heads, withhold)) + b"\n")
        for entry in takewhile(lambda held: held.position <= size, store.everything()):
            withheld = withhold is not None and withhold(entry)
            hidden += withheld
            file.write(line_of(carry(entry, withheld=withheld)))
            tree.add(entry.leaf)
            if tree.size % _TOLD_EVERY == 0:
                progress("exporting", tree.size, size)
        if tree.size != size or tree.root() != root:
            raise Tampered(
                f"the record gave {tree.size} of {size} entries, or others than its hashes say; "
                "check it with u24 verify"
            )
        file.write(msgspec.json.encode(ExportEnd(end=size, root=root.hex())) + b"\n")
    progress("exporting", size, size)
    return Exported(entries=size, withheld=hidden, root=root)


def _header(
    store: Store, size: int, root: bytes, heads: Iterable[Head], withhold: Withhold | None
) -> ExportHeader:
    covered = [head for head in heads if head.tree_size <= size]
    newest = max(covered, key=lambda head: head.tree_size, default=None)
    return ExportHeader(
        format=FORMAT,
        ledger_id=find_ledger_id(store),
        size=size,
        root=root.hex(),
        withheld=withhold is not None,
        head=_NO_HEAD if newest is None else msgspec.Raw(head_line(newest)),
    )


def find_ledger_id(store: Store) -> str:
    """Whose record it is; empty if its first entry does not say."""
    first = next(store.everything(), None)
    if first is None or first.kind != BEGUN:
        return ""
    return str(msgspec.json.decode(first.body).get("ledger_id", ""))
