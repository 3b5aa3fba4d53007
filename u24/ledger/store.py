"""What a ledger must do, whatever holds it.

One table, for ever. New knowledge is a new kind of fact, or a new version of one, so there
is nothing to migrate. Views are folded from the facts and may be thrown away; so may the
kept hashes of whole subtrees (``subtree``), which follow from the facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from u24.clock import require_utc
from u24.errors import Conflict, InvalidInput
from u24.ledger.merkle import HASH_BYTES, leaf_hash

# Level 8 of the tree is kept: one hash for each whole 256 leaves; then level 16, 24 ...
KEPT_BITS = 8
KEPT_LEAVES = 1 << KEPT_BITS
# Processes read their clocks before they wait for each other: so much earlier than the last
# entry is rounded up to it. More than that is a clock that went back.
CLOCK_GRACE = timedelta(seconds=5)
# With this kind as the first draft, a submission may be earlier than the last entry: a human
# says that the clock ran ahead, and why.
CLOCK_SET_BACK = "clock.set-back/1"
_STATEMENT = b"u24-statement/1"
_ENTRY = b"u24-entry/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A fact on its way in. Whoever says it may sign :func:`statement` with an own key."""

    kind: str  # name and version, e.g. offer.made/1
    actor: str  # who says it: a person's id, or desk
    body: bytes
    key_id: str = ""
    signature: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Drafts for one stream, written only if its last seq is ``expect_seq``."""

    stream: str
    expect_seq: int
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What one command says: all of it is written, or none.

    ``command`` is the caller's key. A command that is already on record is not written
    again: its entries come back. ``asked`` is the SHA-256 of what the caller asked, so that
    the desk notices a key that is used again for something else.
    """

    command: str
    asked: bytes
    batches: tuple[Batch, ...]

    def __post_init__(self) -> None:
        if not self.command:
            raise InvalidInput("command is empty; give the caller's key")
        if len(self.asked) != HASH_BYTES:
            raise InvalidInput(f"asked has {len(self.asked)} bytes; it must be {HASH_BYTES}")
        if not any(batch.drafts for batch in self.batches):
            raise InvalidInput(f"command {self.command}: it holds no draft; give one or more")
        streams = [batch.stream for batch in self.batches]
        if len(set(streams)) != len(streams):
            raise InvalidInput(f"command {self.command}: a stream stands twice in {streams}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact on record. ``leaf`` covers every other field."""

    position: int  # 1, 2, 3 ... over the whole ledger
    stream: str
    seq: int  # 1, 2, 3 ... within the stream
    kind: str
    actor: str
    at: datetime  # when it was recorded, UTC, to the microsecond; never falls
    command: str
    part: int  # 0, 1, 2 ... within the command
    asked: bytes
    body: bytes
    key_id: str
    signature: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a submission wrote; ``repeated`` if it was on record before."""

    entries: tuple[Entry, ...]
    repeated: bool = False


class Store(Protocol):
    """An append-only ledger for any number of threads and processes that read and write.

    What :meth:`append` has returned is on disk. Every method may raise ``StoreUnavailable``;
    then nothing was kept, and the same call may be made again.
    """

    def append(self, submission: Submission) -> Receipt:
        """Write one submission: all batches or none.

        Raises
        ------
        Conflict
            A stream's last seq is not the expected one.
        ClockWentBack
            The clock is more than ``CLOCK_GRACE`` before the last entry.
        """
        ...

    def append_group(self, submissions: Sequence[Submission]) -> list[Receipt | Conflict]:
        """Write many submissions with one commit, each by itself all or nothing, in order.

        Raises
        ------
        ClockWentBack
            As :meth:`append`; then none of them was written.
        """
        ...

    def size(self) -> int:
        """How many entries are on record."""
        ...

    def stream_seq(self, stream: str) -> int:
        """The last seq of a stream; 0 if nothing is in it."""
        ...

    def stream(self, stream: str, *, after: int = 0) -> Iterator[Entry]:
        """One stream in order of seq, starting behind seq ``after``."""
        ...

    def everything(self, *, after: int = 0) -> Iterator[Entry]:
        """All entries in order of position, starting behind position ``after``; memory flat."""
        ...

    def find_command(self, command: str) -> tuple[Entry, ...]:
        """What a command wrote, in order of part; empty if it is not on record."""
        ...

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """Hashes of whole subtrees of ``2 ** level`` leaves; level 0 are the leaves.

        Parameters
        ----------
        level
            0, or a multiple of ``KEPT_BITS``.
        first, count
            Which subtrees, counted from 0 on the left. Only whole ones exist.

        Raises
        ------
        InvalidInput
            The ledger does not hold that many.
        """
        ...

    def close(self) -> None:
        """Let go of file or connection."""
        ...


def statement(draft: Draft, *, stream: str, command: str) -> bytes:
    """The bytes that an actor signs: who says what, where, by which command."""
    return _joined(
        _STATEMENT,
        stream.encode(),
        draft.kind.encode(),
        draft.actor.encode(),
        command.encode(),
        sha256(draft.body).digest(),
    )


def entry_content(entry: Entry) -> bytes:
    """The bytes that the leaf hash covers: every field, the body by its SHA-256.

    A body may therefore be withheld from a reader who can still check the proof.
    """
    return _content(
        entry.position, entry.stream, entry.seq, entry.part, entry.at,
        entry.command, entry.asked,
        Draft(
            kind=entry.kind, actor=entry.actor, body=entry.body,
            key_id=entry.key_id, signature=entry.signature,
        ),
    )  # fmt: skip


def make_entries(
    submission: Submission, *, position: int, seqs: dict[str, int], at: datetime
) -> tuple[Entry, ...]:
    """The entries of a submission, the first behind ``position``; raises ``seqs`` as it goes.

    Parameters
    ----------
    position
        Last position on record.
    seqs
        Last seq of every stream that the submission names; changed in place.
    at
        When it is recorded.

    Raises
    ------
    Conflict
        A stream's last seq is not the expected one; ``seqs`` is as it was.
    """
    for batch in submission.batches:
        if seqs[batch.stream] != batch.expect_seq:
            raise Conflict(
                f"{batch.stream} is at {seqs[batch.stream]}, not {batch.expect_seq}; read it again"
            )
    require_utc(at=at)
    entries: list[Entry] = []
    for batch in submission.batches:
        for draft in batch.drafts:
            position += 1
            seqs[batch.stream] += 1
            seq, part = seqs[batch.stream], len(entries)
            content = _content(
                position, batch.stream, seq, part, at,
                submission.command, submission.asked, draft,
            )  # fmt: skip
            entries.append(
                Entry(
                    position=position,
                    stream=batch.stream,
                    seq=seq,
                    kind=draft.kind,
                    actor=draft.actor,
                    at=at,
                    command=submission.command,
                    part=part,
                    asked=submission.asked,
                    body=draft.body,
                    key_id=draft.key_id,
                    signature=draft.signature,
                    leaf=leaf_hash(content),
                )
            )
    return tuple(entries)


def _content(  # noqa: PLR0913, PLR0917 - one for each column
    position: int, stream: str, seq: int, part: int, at: datetime, command: str, asked: bytes,
    draft: Draft,
) -> bytes:  # fmt: skip
    return _joined(
        _ENTRY,
        b"%d" % position,
        stream.encode(),
        b"%d" % seq,
        draft.kind.encode(),
        draft.actor.encode(),
        b"%d" % microseconds(at),
        command.encode(),
        b"%d" % part,
        asked,
        sha256(draft.body).digest(),
        draft.key_id.encode(),
        draft.signature,
    )


def microseconds(moment: datetime) -> int:
    """Whole microseconds from 1970 to a moment in UTC, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(since_1970_us: int) -> datetime:
    """The moment of :func:`microseconds`."""
    return _EPOCH + timedelta(microseconds=since_1970_us)


def _joined(*parts: bytes) -> bytes:
    """Every part behind its length of four bytes, so that no two lists give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_MICROSECOND = timedelta(microseconds=1)
