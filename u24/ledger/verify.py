"""Does the record prove itself? Read once from the first entry to the last."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from u24.domain.facts.record import (
    HeadPublished,
    KeyRegistered,
    KeyRevoked,
    KeyRotated,
    LedgerBegun,
)
from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger import findings as found
from u24.ledger.findings import Finding, Findings
from u24.ledger.heads import Head, iso, recorded_head
from u24.ledger.keyring import Keyring, entry_statement
from u24.ledger.keys import key_id_of, public_key_of
from u24.ledger.merkle import GrowingTree, leaf_hash
from u24.ledger.order import Order
from u24.ledger.proofs import root_at
from u24.ledger.reading import entries_of
from u24.ledger.signatures import SignatureCheck
from u24.ledger.store import CLOCK_SET_BACK, Entry, Store, entry_content
from u24.ledger.swaps import MOST_CHANGED, find_swaps
from u24.wire.facts import KINDS, decode_fact

Progress = Callable[[str, float, float], None]
_TOLD_EVERY = 1_000
_WORDS = (LedgerBegun, KeyRegistered, KeyRotated, KeyRevoked, HeadPublished)
_ABOUT_THE_RECORD = frozenset(kind for kind, word in KINDS.items() if issubclass(word, _WORDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a record proves, and what is wrong with it; good if nothing is."""

    ledger_id: str  # empty if the record does not say whose it is
    size: int
    root: bytes
    first_at: datetime | None
    last_at: datetime | None
    signatures: int
    heads: int
    covered: int  # so many of the entries stand under a head that came from outside
    findings: tuple[Finding, ...]  # the first hundred of each code
    counts: dict[str, int]  # of all findings, by code

    @property
    def good(self) -> bool:
        """Whether nothing was found."""
        return not self.counts


def verify(
    store: Store,
    *,
    heads: Iterable[Head] = (),
    trusted_key_hex: str | None = None,
    progress: Progress = lambda _stage, _done, _total: None,
    workers: int = 1,
) -> Verified:
    """Check every entry, hash, signature and head of a record.

    Parameters
    ----------
    store
        The record; it is only read.
    heads
        Heads that were kept outside of it. Without one, a record that was rewritten as a
        whole, or cut at its end, looks good: see docs/explain/record.md.
    trusted_key_hex
        The desk's public key with which the record must begin.
    progress
        Called with (stage, done, total).
    workers
        Threads that check signatures.

    Raises
    ------
    InvalidInput
        ``trusted_key_hex`` is no key.
    StoreUnavailable
        The record cannot be reached; that is no finding.
    """
    trusted = None if trusted_key_hex is None else public_key_of(trusted_key_hex)
    findings = Findings()
    with SignatureCheck(findings, workers) as signatures:
        walk = _Walk(store, findings, signatures, trusted)
        return walk.verified(sorted(heads, key=lambda head: head.tree_size), progress)


class _Walk:
    """One reading of a record."""

    def __init__(
        self, store: Store, findings: Findings, signatures: SignatureCheck, trusted: bytes | None
    ) -> None:
        self._store = store
        self._findings = findings
        self._signatures = signatures
        self._trusted = trusted
        self._keys = Keyring(findings)
        self._order = Order(findings)
        self._tree = GrowingTree(self._compare_kept)
        self._changed: list[Entry] = []
        self._begun: LedgerBegun | None = None
        self._first_at: datetime | None = None
        self._last_at: datetime | None = None
        self._heads = 0
        self._covered = 0

    def verified(self, heads: list[Head], progress: Progress) -> Verified:
        """Read everything; ``heads`` in order of size."""
        size = self._store.size()
        waiting = heads[::-1]
        for entry in entries_of(self._store, self._findings, size):
            if isinstance(entry, Entry):
                self._see(entry)
            else:  # nothing but the hash of an entry that cannot be read
                self._tree.add(entry)
                self._order.skip()
            while waiting and waiting[-1].tree_size <= self._tree.size:
                self._compare_outside(waiting.pop())
            if self._tree.size % _TOLD_EVERY == 0:
                progress("checking", self._tree.size, size)
        for head in waiting[::-1]:
            self._compare_outside(head)
        self._finish(size)
        return Verified(
            ledger_id=self._begun.ledger_id if self._begun else "",
            size=self._tree.size, root=self._tree.root(),
            first_at=self._first_at, last_at=self._last_at,
            signatures=self._signatures.count, heads=self._heads, covered=self._covered,
            findings=self._findings.kept(), counts=self._findings.counts,
        )  # fmt: skip

    def _see(self, entry: Entry) -> None:
        leaf = leaf_hash(entry_content(entry))
        if leaf != entry.leaf:
            self._change(entry)
        self._order.see(entry)
        self._see_time(entry)
        if entry.kind in _ABOUT_THE_RECORD:
            self._see_fact(entry)
        if entry.key_id or entry.signature:
            key = self._keys.key_for(entry)
            message = entry_statement(entry)
            if key is not None:
                self._signatures.add((entry.position, entry.actor, key, entry.signature, message))
        self._tree.add(leaf)

    def _see_time(self, entry: Entry) -> None:
        if self._last_at is None:
            self._first_at = entry.at
        elif entry.at < self._last_at and not (entry.kind == CLOCK_SET_BACK and entry.part == 0):
            text = f"recorded at {iso(entry.at)}, behind an entry of {iso(self._last_at)}"
            self._findings.add(found.CLOCK_BACK, entry.position, text)
        self._last_at = entry.at

    def _see_fact(self, entry: Entry) -> None:
        try:
            self._take_fact(entry)
        except InvalidInput as error:
            self._findings.add(found.UNREADABLE, entry.position, str(error))

    def _take_fact(self, entry: Entry) -> None:
        match decode_fact(entry.kind, entry.body):
            case LedgerBegun() as fact:
                self._begun = self._begun or fact
                self._keys.begin(entry, fact)
            case KeyRegistered() as fact:
                self._keys.register(entry, fact)
            case KeyRotated() as fact:
                self._keys.rotate(entry, fact)
            case KeyRevoked() as fact:
                self._keys.revoke(entry, fact)
            case HeadPublished() as fact:
                self._compare_recorded(entry, fact)

    def _change(self, entry: Entry) -> None:
        """Keep a changed entry, to see later whether it was exchanged; else tell it now."""
        if len(self._changed) < MOST_CHANGED:
            self._changed.append(entry)
        else:
            self._tell_changed(entry)

    def _tell_changed(self, entry: Entry) -> None:
        text = f"the {entry.kind} in {entry.stream} is not what was recorded: its hash differs"
        self._findings.add(found.CHANGED_ENTRY, entry.position, text)

    def _compare_kept(self, level: int, number: int, hash_: bytes) -> None:
        try:
            [kept] = self._store.hashes(level, number, 1)
        except (InvalidInput, StoreUnavailable) as error:
            text = f"hash {number} of level {level} is not kept: {error}"
        else:
            if kept == hash_:
                return
            text = f"hash {number} of level {level} differs from that of its entries"
        self._findings.add(found.KEPT_HASH, (number + 1) << level, text)

    def _compare_recorded(self, entry: Entry, fact: HeadPublished) -> None:
        """A head on record: over entries before it."""
        self._heads += 1
        head = recorded_head(fact, self._begun.ledger_id if self._begun else "")
        if fact.tree_size > self._tree.size:
            text = f"a head over {fact.tree_size} entries stands where there were fewer"
            self._findings.add(found.FORGED_HEAD, entry.position, text)
        elif self._is_of_the_desk(head, entry.position):
            self._compare_root(head, entry.position)

    def _compare_outside(self, head: Head) -> None:
        """A head that was kept outside, now that as many entries are read, or all."""
        self._heads += 1
        place = min(head.tree_size, self._tree.size)
        if self._begun is None or head.ledger_id != self._begun.ledger_id:
            text = (
                f"the head over {head.tree_size} entries is of {head.ledger_id!r}, another record"
            )
            self._findings.add(found.FORGED_HEAD, place, text)
        elif self._is_of_the_desk(head, place):
            if head.tree_size > self._tree.size:
                text = (
                    f"the desk signed a head over {head.tree_size} entries at {iso(head.at)}, "
                    f"the record has {self._tree.size}"
                )
                self._findings.add(found.CUT_TAIL, place, text)
            elif self._compare_root(head, place):
                self._covered = max(self._covered, head.tree_size)

    def _is_of_the_desk(self, head: Head, position: int) -> bool:
        if self._trusted is not None and head.key_id == key_id_of(self._trusted):
            key: bytes | None = self._trusted
        else:
            key = self._keys.desk_key_for(head.key_id, head.tree_size, position)
        if key is None:
            return False
        if not head.is_signed_by(key):
            text = f"the desk did not sign the head over {head.tree_size} entries"
            self._findings.add(found.FORGED_HEAD, position, text)
            return False
        return True

    def _compare_root(self, head: Head, position: int) -> bool:
        try:
            own = self._tree.size == head.tree_size
            root = self._tree.root() if own else root_at(self._store.hashes, head.tree_size)
        except (InvalidInput, StoreUnavailable) as error:
            self._findings.add(found.KEPT_HASH, position, f"no root at {head.tree_size}: {error}")
            return False
        if root == head.root:
            return True
        text = f"the first {head.tree_size} entries are not those that the desk signed at "
        self._findings.add(found.REWRITTEN_PAST, position, text + iso(head.at))
        return False

    def _finish(self, size: int) -> None:
        self._signatures.finish()
        self._order.finish()
        if self._tree.size < size:
            text = f"the store counts {size} entries, {self._tree.size} can be read"
            self._findings.add(found.MISSING_ENTRY, 0, text)
        if self._trusted is not None and self._keys.desk_key != self._trusted:
            text = "the record does not begin with the desk key that was given"
            self._findings.add(found.UNKNOWN_KEY, 1, text)
        self._tell_changes()

    def _tell_changes(self) -> None:
        swaps = find_swaps(self._changed)
        swapped = {held.position for pair in swaps for held in pair}
        for one, other in swaps:
            text = f"entries {one.position} and {other.position} were exchanged"
            self._findings.add(found.SWAPPED_ENTRIES, one.position, text)
        for entry in self._changed:
            if entry.position not in swapped:
                self._tell_changed(entry)
