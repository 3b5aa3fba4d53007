"""One group of submissions, while nobody else can write: the same for every store."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from u24.clock import Clock, require_utc
from u24.errors import ClockWentBack, Conflict, InvalidInput
from u24.ledger.merkle import root_of
from u24.ledger.store import (
    CLOCK_GRACE,
    CLOCK_SET_BACK,
    KEPT_BITS,
    KEPT_LEAVES,
    Draft,
    Entry,
    Receipt,
    Submission,
    make_entries,
)

# Every database can index a text of this length; PostgreSQL stops at 2,704 bytes.
MOST_TEXT_BYTES = 1_000
MOST_BODY_BYTES = 64 * 1024 * 1024


@dataclass(slots=True, kw_only=True)
class Standing:
    """What the record holds when a group begins; moves on with every submission."""

    position: int
    at: datetime | None  # of the last entry
    seqs: dict[str, int]  # of every stream that the group names
    known: dict[str, tuple[Entry, ...]]  # commands of the group that are on record
    written: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The hash of one whole subtree."""

    level: int
    number: int  # from 0 on the left
    hash: bytes


class Locked(Protocol):
    """The record while nobody else can write it."""

    def standing(self, streams: list[str], commands: list[str]) -> Standing:
        """Where the record stands, and what of these is on it."""
        ...

    def add(self, entries: Sequence[Entry]) -> None:
        """Write the entries."""
        ...

    def hashes(self, level: int, first: int, count: int) -> list[bytes]:
        """As the store's, with what this group wrote."""
        ...

    def keep(self, subtree: Kept) -> None:
        """Write the hash of a whole subtree."""
        ...


def write_group(
    record: Locked, clock: Clock, submissions: Sequence[Submission]
) -> list[Receipt | Conflict]:
    """Write a group; the caller holds the lock, and commits or rolls back.

    Raises
    ------
    ClockWentBack
        The clock is more than ``CLOCK_GRACE`` before the last entry.
    """
    standing = record.standing(
        sorted({batch.stream for held in submissions for batch in held.batches}),
        sorted({held.command for held in submissions}),
    )
    now = clock()
    require_utc(now=now)
    before = standing.position
    results = [_write(standing, submission, now) for submission in submissions]
    if standing.written:
        record.add(standing.written)
        for subtree in _completed(record, before, standing.position):
            record.keep(subtree)
    return results


def only(results: list[Receipt | Conflict]) -> Receipt:
    """The receipt of a group of one.

    Raises
    ------
    Conflict
        It was not written.
    """
    [result] = results
    if isinstance(result, Conflict):
        raise result
    return result


def require_storable(submissions: Iterable[Submission]) -> None:
    """Refuse what not every database can hold, so that all stores take the same.

    Raises
    ------
    InvalidInput
        A text is too long, holds a zero character or half a character; or a body is too long.
    """
    for submission in submissions:
        for name, text in _texts(submission):
            _require_text(name, text)
        for draft in _drafts(submission):
            if len(draft.body) > MOST_BODY_BYTES:
                raise InvalidInput(
                    f"command {submission.command}: a body has {len(draft.body)} bytes; it may "
                    f"have {MOST_BODY_BYTES}; record the SHA-256 of what is longer"
                )


def _write(standing: Standing, submission: Submission, now: datetime) -> Receipt | Conflict:
    if found := standing.known.get(submission.command):
        return Receipt(entries=found, repeated=True)
    at = _stamp(standing.at, submission, now)
    try:
        entries = make_entries(
            submission, position=standing.position, seqs=standing.seqs, at=at
        )  # fmt: skip
    except Conflict as conflict:
        return conflict
    standing.position += len(entries)
    standing.at = at
    standing.known[submission.command] = entries
    standing.written += entries
    return Receipt(entries=entries)


def _stamp(last: datetime | None, submission: Submission, now: datetime) -> datetime:
    if last is None or now >= last or next(_drafts(submission)).kind == CLOCK_SET_BACK:
        return now
    if last - now <= CLOCK_GRACE:
        return last
    raise ClockWentBack(
        f"the clock shows {now.isoformat()}, the last entry is of {last.isoformat()}; set the "
        f"clock right, or, if it ran ahead before, first record a {CLOCK_SET_BACK} that says why"
    )


def _completed(record: Locked, before: int, after: int) -> Iterator[Kept]:
    """The subtrees that the entries behind ``before`` made whole, small ones first."""
    level = KEPT_BITS
    while after >> level:
        for number in range(before >> level, after >> level):
            below = record.hashes(level - KEPT_BITS, number << KEPT_BITS, KEPT_LEAVES)
            yield Kept(level=level, number=number, hash=root_of(below))
        level += KEPT_BITS


def _drafts(submission: Submission) -> Iterator[Draft]:
    return (draft for batch in submission.batches for draft in batch.drafts)


def _texts(submission: Submission) -> Iterator[tuple[str, str]]:
    yield "command", submission.command
    for batch in submission.batches:
        yield "stream", batch.stream
    for draft in _drafts(submission):
        yield "kind", draft.kind
        yield "actor", draft.actor
        yield "key_id", draft.key_id


def _require_text(name: str, text: str) -> None:
    if "\0" in text:
        raise InvalidInput(f"{name} is {text!r}; it may not hold a zero character")
    try:
        length = len(text.encode())
    except UnicodeEncodeError:
        raise InvalidInput(f"{name} is {text!r}; it holds half a character") from None
    if length > MOST_TEXT_BYTES:
        raise InvalidInput(f"{name} has {length} bytes; it may have {MOST_TEXT_BYTES}")
