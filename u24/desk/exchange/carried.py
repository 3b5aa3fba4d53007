"""An entry on its way between desks: one line of JSON, its body perhaps withheld."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec

from u24.clock import require_utc
from u24.errors import InvalidInput
from u24.ledger.heads import iso
from u24.ledger.store import Entry
from u24.ledger.verify_proof import joined, leaf_hash

HEX_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """All fields of an entry. ``body`` is None where only its SHA-256 travels.

    The leaf hash and an actor's signature cover the body by its SHA-256, so that both can
    be checked without it.
    """

    position: int
    stream: str
    seq: int
    kind: str
    actor: str
    at: datetime
    command: str
    part: int
    asked: bytes
    body: bytes | None
    body_sha256: str
    key_id: str
    signature: bytes
    leaf: bytes
    proof: tuple[bytes, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Whether the body stayed where it was."""
        return self.body is None

    def right_leaf(self) -> bytes:
        """The leaf hash that follows from the other fields."""
        return leaf_hash(
            {
                "position": self.position, "stream": self.stream, "seq": self.seq,
                "kind": self.kind, "actor": self.actor, "at": iso(self.at),
                "command": self.command, "part": self.part, "asked": self.asked.hex(),
                "body_sha256": self.body_sha256, "key_id": self.key_id,
                "signature": self.signature.hex(),
            }
        )  # fmt: skip

    def statement(self, *, actor: str, command: str) -> bytes:
        """What the actor signed, under the names it had where it was said."""
        digest = bytes.fromhex(self.body_sha256)
        return joined(b"u24-statement/1", self.stream, self.kind, actor, command, digest)

    def entry(self) -> Entry:
        """The entry itself.

        Raises
        ------
        InvalidInput
            The body is withheld.
        """
        if self.body is None:
            raise InvalidInput(
                f"entry {self.position}: its body is withheld; ask for it with all bodies"
            )
        return Entry(
            position=self.position, stream=self.stream, seq=self.seq, kind=self.kind,
            actor=self.actor, at=self.at, command=self.command, part=self.part,
            asked=self.asked, body=self.body, key_id=self.key_id, signature=self.signature,
            leaf=self.leaf,
        )  # fmt: skip


class _Line(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The line; exactly one of the three bodies stands in it."""

    position: int
    stream: str
    seq: int
    kind: str
    actor: str
    at: datetime
    command: str
    part: int
    asked: str
    key_id: str
    signature: str
    leaf: str
    body: msgspec.Raw = msgspec.Raw(b"")
    body_base64: str | None = None
    body_sha256: str | None = None
    proof: list[str] | None = None


def carry(entry: Entry, *, withheld: bool = False, proof: tuple[bytes, ...] = ()) -> Carried:
    """The entry as it travels."""
    return Carried(
        position=entry.position, stream=entry.stream, seq=entry.seq, kind=entry.kind,
        actor=entry.actor, at=entry.at, command=entry.command, part=entry.part,
        asked=entry.asked, body=None if withheld else entry.body,
        body_sha256=sha256(entry.body).hexdigest(), key_id=entry.key_id,
        signature=entry.signature, leaf=entry.leaf, proof=proof,
    )  # fmt: skip


def line_of(carried: Carried) -> bytes:
    """One line of JSON, with its line end.

    A body that is compact JSON stands in it as it is; any other in base64.
    """
    line = _Line(
        position=carried.position, stream=carried.stream, seq=carried.seq, kind=carried.kind,
        actor=carried.actor, at=carried.at, command=carried.command, part=carried.part,
        asked=carried.asked.hex(), key_id=carried.key_id, signature=carried.signature.hex(),
        leaf=carried.leaf.hex(), proof=[held.hex() for held in carried.proof] or None,
    )  # fmt: skip
    if carried.body is None:
        line.body_sha256 = carried.body_sha256
    elif _is_compact_json(carried.body):
        line.body = msgspec.Raw(carried.body)
    else:
        line.body_base64 = b64encode(carried.body).decode()
    return msgspec.json.encode(line) + b"\n"


def carried_of(line: bytes) -> Carried:
    """The entry of a line.

    Raises
    ------
    InvalidInput
        The line is none; the message says why.
    """
    try:
        read = msgspec.json.decode(line, type=_Line)
        require_utc(at=read.at)
        body = _body_of(read)
        return Carried(
            position=read.position, stream=read.stream, seq=read.seq, kind=read.kind,
            actor=read.actor, at=read.at, command=read.command, part=read.part,
            asked=_digest(read.asked), body=body,
            body_sha256=_sha256_of(read, body), key_id=read.key_id,
            signature=bytes.fromhex(read.signature), leaf=_digest(read.leaf),
            proof=tuple(_digest(held) for held in read.proof or ()),
        )  # fmt: skip
    except (msgspec.MsgspecError, ValueError, OverflowError) as error:
        raise InvalidInput(f"it is no entry: {error}") from error


def _is_compact_json(body: bytes) -> bool:
    """Whether another program that reads and writes JSON would give the same bytes."""
    try:
        return msgspec.json.encode(msgspec.json.decode(body)) == body
    except (msgspec.MsgspecError, UnicodeError, ValueError, RecursionError):
        return False


def _body_of(line: _Line) -> bytes | None:
    raw = bytes(line.body)
    given = [bool(raw), line.body_base64 is not None, line.body_sha256 is not None]
    if sum(given) != 1:
        raise InvalidInput("give one of body, body_base64 and body_sha256")
    if raw:
        return raw
    if line.body_base64 is not None:
        return b64decode(line.body_base64, validate=True)
    return None


def _sha256_of(line: _Line, body: bytes | None) -> str:
    return sha256(body).hexdigest() if body is not None else _digest(line.body_sha256 or "").hex()


def _digest(text: str) -> bytes:
    digest = bytes.fromhex(text)
    if len(digest) != HEX_BYTES:
        raise InvalidInput(f"{text[:70]!r} must be {2 * HEX_BYTES} letters of 0-9 and a-f")
    return digest
