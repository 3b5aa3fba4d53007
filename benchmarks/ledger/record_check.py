"""Looks whether everything that was acknowledged is on record, whole and in its place.

Reads only what is new since the last time, and shares no code with ``verify``: a fault in
one is found by the other.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby

from benchmarks.ledger.load import asked_of, drafts_of, is_of
from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger.merkle import GrowingTree, leaf_hash
from u24.ledger.store import Entry, Store, entry_content

FAULTS = (
    "lost", "half", "double", "gap", "changed", "kept_hash", "clock", "verify", "repeat",
    "unreadable",
)  # fmt: skip
_TOLD = 5
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class RecordCheck:
    """Holds what is checked so far; ``faults`` counts what is wrong, ``told`` has examples."""

    def __init__(self, campaign: str) -> None:
        self.campaign = campaign
        self.faults: Counter[str] = Counter(dict.fromkeys(FAULTS, 0))
        self.told: list[str] = []
        self.tree = GrowingTree(self._compare)
        self._seqs: dict[str, int] = {}
        self._commands: set[str] = set()
        self._at = _LONG_AGO
        self._store: Store | None = None

    @property
    def size(self) -> int:
        """How many entries are checked."""
        return self.tree.size

    def advance(self, store: Store, acknowledged: Mapping[str, int]) -> set[str]:
        """Check what is new; gives its commands.

        Parameters
        ----------
        acknowledged
            Commands that a store said are on record, with the position of their first entry;
            all since the last call.
        """
        self._store = store
        found: dict[str, int] = {}
        entries = store.everything(after=self.size)
        for command, parts in groupby(map(self._see, entries), lambda entry: entry.command):
            held = list(parts)
            if command in self._commands:
                self.tell("double", f"{command} stands at {held[0].position} once more")
            self._commands.add(command)
            found[command] = held[0].position
            if is_of(self.campaign, command):
                self._see_whole(command, held)
        for command, position in acknowledged.items():
            if found.get(command) != position:
                was = found.get(command, "nowhere")
                self.tell("lost", f"{command} was acknowledged at {position} and is {was}")
        return set(found)

    def tell(self, fault: str, text: str) -> None:
        """Count a fault, and keep some of them in words."""
        self.faults[fault] += 1
        if len(self.told) < _TOLD:
            self.told.append(f"{fault}: {text}")

    def _see(self, entry: Entry) -> Entry:
        if entry.position != self.size + 1:
            self.tell("gap", f"position {entry.position} stands behind {self.size}")
        if entry.seq != self._seqs.get(entry.stream, 0) + 1:
            self.tell("gap", f"{entry.stream} has seq {entry.seq} at {entry.position}")
        if entry.at < self._at:
            self.tell("clock", f"entry {entry.position} is older than the one before")
        leaf = leaf_hash(entry_content(entry))
        if leaf != entry.leaf:
            self.tell("changed", f"entry {entry.position} does not have its hash")
        self._seqs[entry.stream] = entry.seq
        self._at = entry.at
        self.tree.add(leaf)
        return entry

    def _see_whole(self, command: str, held: list[Entry]) -> None:
        expected = [
            (stream, draft.kind, draft.actor, draft.body)
            for stream, drafts in drafts_of(command).items()
            for draft in drafts
        ]
        if [entry.part for entry in held] != list(range(len(expected))):
            self.tell("half", f"{command} has {len(held)} of {len(expected)} facts")
            return
        found = [(entry.stream, entry.kind, entry.actor, entry.body) for entry in held]
        if found != expected or any(entry.asked != asked_of(command) for entry in held):
            self.tell("changed", f"{command} does not hold what was said")

    def _compare(self, level: int, number: int, hash_: bytes) -> None:
        assert self._store is not None  # noqa: S101
        try:
            kept = self._store.hashes(level, number, 1)
        except (InvalidInput, StoreUnavailable) as error:
            self.tell("kept_hash", f"subtree {number} of level {level} is not kept: {error}")
            return
        if kept != [hash_]:
            self.tell("kept_hash", f"subtree {number} of level {level} has another hash")
