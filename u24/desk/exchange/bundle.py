"""One case as one file that a person can carry to another desk: gzip of JSON lines.

First line: whose it is, with a head that the desk signed. Then one line an entry, each with
the path that leads from it to the head. Last line: the desk's signature over all before it,
so that no line can be left out.
"""

import gzip
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

import msgspec

from u24.clock import Clock
from u24.desk.board.state import Board
from u24.desk.exchange.carried import Carried, carry, line_of
from u24.desk.exchange.export import BEGUN
from u24.desk.exchange.putting import put_whole
from u24.desk.exchange.withholding import withhold_confidential
from u24.domain.facts.record import DESK
from u24.errors import InvalidInput
from u24.ledger.heads import Head, head_line, head_message
from u24.ledger.keys import Signer
from u24.ledger.proofs import inclusion_proof, root_at
from u24.ledger.store import Entry, Store

FORMAT = "u24-bundle/1"
KEY_KINDS = ("key.registered/1", "key.rotated/1", "key.revoked/1")
RECORD_STREAMS = ("record", "people")
_LEVEL = 9


class Person(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Somebody who said something in the case; no address."""

    person_id: str
    name: str
    member: str


class BundleHeader(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The first line."""

    format: str
    ledger_id: str
    desk_name: str
    exercise: bool
    case_id: str
    call_sign: str
    public_key: str
    entries: int
    persons: list[Person]
    head: msgspec.Raw


class BundleEnd(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The last line."""

    sha256: str
    key_id: str
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What went into a bundle."""

    bundle_id: str  # SHA-256 of the file
    entries: int
    withheld: int


def write_bundle(  # noqa: PLR0913 - a desk in parts, so that a reader of the record can call it
    store: Store,
    board: Board,
    case_id: str,
    signer: Signer,
    out: Path,
    *,
    clock: Clock,
    withhold: Callable[[Entry], bool] | None = None,
) -> Written:
    """Write one case for another desk. The same record, moment and key give the same bytes.

    Parameters
    ----------
    signer
        The desk's key.
    withhold
        Which bodies stay here; if not given, what is confidential, mail and codes.

    Raises
    ------
    InvalidInput
        The case is unknown, or ``out`` cannot be written.
    """
    case = board.cases.get(case_id)
    if case is None:
        raise InvalidInput(f"case {case_id!r} is unknown; give one of the board's")
    size = store.size()
    said = [entry for entry in store.stream(f"case/{case_id}") if entry.position <= size]
    stays = withhold or withhold_confidential(lambda: said)
    actors = sorted({entry.actor for entry in said})
    entries = sorted([*_founding(store, actors, size), *said], key=lambda entry: entry.position)
    head = _sign_head(store, board.ledger_id, size, signer, clock)
    header = BundleHeader(
        format=FORMAT, ledger_id=board.ledger_id, desk_name=board.desk_name,
        exercise=board.exercise, case_id=case_id, call_sign=case.call_sign,
        public_key=signer.public_key.hex(), entries=len(entries),
        persons=list(_persons(board, actors)), head=msgspec.Raw(head_line(head)),
    )  # fmt: skip
    carried = [
        carry(
            entry,
            withheld=stays(entry),
            proof=tuple(inclusion_proof(store.hashes, entry.position, size)),
        )
        for entry in entries
    ]
    with put_whole(out) as file:
        _write_lines(file, header, carried, signer)
    return Written(
        bundle_id=sha256(out.read_bytes()).hexdigest(),
        entries=len(carried),
        withheld=sum(held.is_withheld for held in carried),
    )


def bundle_message(header: BundleHeader, digest: str) -> bytes:
    """What the desk signs at the end."""
    return f"{FORMAT}\n{header.ledger_id}\n{header.case_id}\n{digest}\n".encode()


def _write_lines(
    file: BinaryIO, header: BundleHeader, carried: Iterable[Carried], signer: Signer
) -> None:
    digest = sha256()
    with gzip.GzipFile(
        filename="", mode="wb", compresslevel=_LEVEL, fileobj=file, mtime=0
    ) as zipped:
        for line in (msgspec.json.encode(header) + b"\n", *map(line_of, carried)):
            digest.update(line)
            zipped.write(line)
        signature = signer.sign(bundle_message(header, digest.hexdigest()))
        end = BundleEnd(sha256=digest.hexdigest(), key_id=signer.key_id, signature=signature.hex())
        zipped.write(msgspec.json.encode(end) + b"\n")


def _founding(store: Store, actors: list[str], size: int) -> Iterator[Entry]:
    """The beginning of the record, and what it says of the keys of those who spoke."""
    first = next(store.everything(), None)
    if first is None or first.kind != BEGUN:
        raise InvalidInput("the record does not begin with ledger.begun/1; begin a desk first")
    yield first
    owners = sorted({*actors, DESK})
    for entry in (held for stream in RECORD_STREAMS for held in store.stream(stream)):
        if entry.kind in KEY_KINDS and entry.position <= size and _key_owner(entry) in owners:
            yield entry


def _key_owner(entry: Entry) -> str:
    return str(msgspec.json.decode(entry.body).get("person_id", ""))


def _persons(board: Board, actors: list[str]) -> Iterator[Person]:
    for actor in actors:
        person = board.people.persons.get(actor)
        if person is not None:
            yield Person(person_id=actor, name=person.name, member=person.member)


def _sign_head(store: Store, ledger_id: str, size: int, signer: Signer, clock: Clock) -> Head:
    root, at = root_at(store.hashes, size), clock()
    return Head(
        ledger_id=ledger_id, tree_size=size, root=root, at=at, key_id=signer.key_id,
        signature=signer.sign(head_message(ledger_id, size, root, at)),
    )  # fmt: skip
