"""Tree heads: the root over the first n entries, signed by the desk and given away.

A head that somebody else holds is what makes the record tamper-evident: whoever rewrites
the whole ledger can make every hash fit again, but not a signature made before.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path

import msgspec

from u24.clock import Clock, require_utc
from u24.domain.facts.record import DESK, HeadPublished, LedgerBegun
from u24.errors import Conflict, InvalidInput, StoreUnavailable, Tampered
from u24.ledger.keys import Signer, is_signed, signed
from u24.ledger.merkle import HASH_BYTES
from u24.ledger.proofs import root_at
from u24.ledger.store import Batch, Draft, Store, Submission
from u24.wire.facts import decode_fact, encode_fact, kind_of

HEADS_FILE = "heads.jsonl"  # beside the ledger, unless another place is named
RECORD_STREAM = "record"  # how it began, and whose keys sign
HEADS_STREAM = "record/heads"
_ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The root over the first ``tree_size`` entries, signed by the desk."""

    ledger_id: str
    tree_size: int
    root: bytes
    at: datetime
    key_id: str
    signature: bytes

    def __post_init__(self) -> None:
        require_utc(at=self.at)
        if self.tree_size < 1:
            raise InvalidInput(f"head: tree_size is {self.tree_size}; it must be 1 or more")
        if len(self.root) != HASH_BYTES:
            raise InvalidInput(f"head: root has {len(self.root)} bytes; it must be {HASH_BYTES}")

    def is_signed_by(self, public_key: bytes) -> bool:
        """Whether the signature was made with this key."""
        return is_signed(public_key, self.signature, self.message())

    def message(self) -> bytes:
        """The bytes that the desk signs: five lines that a human can read."""
        return head_message(self.ledger_id, self.tree_size, self.root, self.at)


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    """A head as text."""

    ledger_id: str
    tree_size: int
    root: str
    at: datetime
    key_id: str
    signature: str


def head_message(ledger_id: str, tree_size: int, root: bytes, at: datetime) -> bytes:
    """The bytes that the desk signs for a head."""
    return f"u24-head/1\n{ledger_id}\n{tree_size}\n{root.hex()}\n{iso(at)}\n".encode()


def iso(moment: datetime) -> str:
    """A moment in UTC as text that ends in Z, the same for the same moment."""
    return moment.isoformat().replace("+00:00", "Z")


def head_line(head: Head) -> bytes:
    """A head as one line of JSON, without the new line."""
    line = _Line(
        head.ledger_id, head.tree_size, head.root.hex(), head.at, head.key_id, head.signature.hex()
    )
    return msgspec.json.encode(line)


def head_of(line: bytes) -> Head:
    """The head of :func:`head_line`.

    Raises
    ------
    InvalidInput
        It is none.
    """
    try:
        read = msgspec.json.decode(line, type=_Line)
        return Head(
            ledger_id=read.ledger_id, tree_size=read.tree_size, root=bytes.fromhex(read.root),
            at=read.at, key_id=read.key_id, signature=bytes.fromhex(read.signature),
        )  # fmt: skip
    except (msgspec.MsgspecError, ValueError) as error:
        raise InvalidInput(f"that is no head: {error}") from error


def read_heads(path: Path) -> tuple[Head, ...]:
    """All heads of a file, in the order in which they were published.

    Raises
    ------
    InvalidInput
        The file cannot be read, or a line is no head.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    heads = []
    for number, line in enumerate(lines, 1):
        try:
            heads.append(head_of(line))
        except InvalidInput as error:
            raise InvalidInput(f"{path}, line {number}: {error}") from error
    return tuple(heads)


def add_head(path: Path, head: Head) -> None:
    """Put a head behind the others; when this returns, it is on disk.

    Raises
    ------
    StoreUnavailable
        It could not be written.
    """
    try:
        _append(path, head_line(head) + b"\n")
    except OSError as error:
        raise StoreUnavailable(
            f"{path} cannot be written: {error.strerror}; the head was not published"
        ) from error


def begun(store: Store) -> LedgerBegun:
    """Whose record this is: the fact at position 1.

    Raises
    ------
    InvalidInput
        The record does not begin with it.
    """
    first = next(store.everything(), None)
    if first is None:
        raise InvalidInput("the record is empty; begin it first")
    fact = decode_fact(first.kind, first.body)
    if not isinstance(fact, LedgerBegun):
        raise InvalidInput(f"the record begins with {first.kind}; it must say whose it is")
    return fact


def publish_head(store: Store, signer: Signer, clock: Clock, heads_file: Path) -> Head:
    """Sign the root over all entries on record, give it away, and record that it was.

    The file comes first: a head that stands there alone, because of a crash, still holds.

    Raises
    ------
    Tampered
        The record no longer holds what the last head of the file says; nothing is signed.
    """
    ledger_id = begun(store).ledger_id
    _require_grown(store, _earlier_heads(heads_file))
    tree_size, at = store.size(), clock()
    root = root_at(store.hashes, tree_size)
    head = Head(
        ledger_id=ledger_id, tree_size=tree_size, root=root, at=at, key_id=signer.key_id,
        signature=signer.sign(head_message(ledger_id, tree_size, root, at)),
    )  # fmt: skip
    add_head(heads_file, head)
    _record(store, head, signer)
    return head


def recorded_head(fact: HeadPublished, ledger_id: str) -> Head:
    """The head of a fact on the record of ``ledger_id``.

    Raises
    ------
    InvalidInput
        It is none.
    """
    try:
        return Head(
            ledger_id=ledger_id, tree_size=fact.tree_size, root=bytes.fromhex(fact.root_hex),
            at=fact.head_at, key_id=fact.key_id, signature=bytes.fromhex(fact.signature_hex),
        )  # fmt: skip
    except ValueError as error:
        raise InvalidInput(f"that is no head: {error}") from error


def _earlier_heads(path: Path) -> tuple[Head, ...]:
    if not path.exists():
        return ()
    handle = os.open(path, os.O_RDWR | os.O_APPEND)
    try:
        _mend(handle)
    finally:
        os.close(handle)
    return read_heads(path)


def _append(path: Path, line: bytes) -> None:
    new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        _mend(handle)
        if os.write(handle, line) != len(line):
            raise OSError(ENOSPC, os.strerror(ENOSPC))  # the next one cuts the half line off
        os.fsync(handle)
    finally:
        os.close(handle)
    if new:
        _sync_folder(path.parent)


def _mend(handle: int) -> None:
    """End the last line; one that a crash left half written was never given away, and goes."""
    text = os.pread(handle, os.fstat(handle).st_size, 0)
    whole = text.rfind(b"\n") + 1
    if whole == len(text):
        return
    try:
        head_of(text[whole:])
    except InvalidInput:
        os.ftruncate(handle, whole)
    else:
        os.write(handle, b"\n")


def _require_grown(store: Store, heads: Iterable[Head]) -> None:
    last = max(heads, key=lambda head: head.tree_size, default=None)
    if last is None:
        return
    size = store.size()
    if size < last.tree_size:
        raise Tampered(
            f"cut-tail: the record has {size} entries, the head of {iso(last.at)} "
            f"{last.tree_size}; no head is signed over it"
        )
    if root_at(store.hashes, last.tree_size) != last.root:
        raise Tampered(
            f"rewritten-past: the first {last.tree_size} entries are not those of the head of "
            f"{iso(last.at)}; no head is signed over them"
        )


def _record(store: Store, head: Head, signer: Signer) -> None:
    fact = HeadPublished(
        said_at=head.at, tree_size=head.tree_size, root_hex=head.root.hex(), head_at=head.at,
        key_id=head.key_id, signature_hex=head.signature.hex(),
    )  # fmt: skip
    command = f"head/{head.tree_size}/{head.signature.hex()[:16]}"
    draft = Draft(kind=kind_of(fact), actor=DESK, body=encode_fact(fact))
    draft = signed(draft, signer, stream=HEADS_STREAM, command=command)
    asked = sha256(draft.body).digest()
    for _ in range(_ATTEMPTS):
        seq = store.stream_seq(HEADS_STREAM)
        batch = Batch(stream=HEADS_STREAM, expect_seq=seq, drafts=(draft,))
        try:
            store.append(Submission(command=command, asked=asked, batches=(batch,)))
        except Conflict:
            continue  # another process published at the same moment
        return
    raise Conflict(f"{HEADS_STREAM} changed {_ATTEMPTS} times while a head was recorded; try again")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
