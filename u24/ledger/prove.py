"""A proof in one file: that an entry stands on record, under a head that the desk signed.

Whoever has the file and the desk's public key needs nothing of ours, see verify_proof.py.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

import msgspec

from u24.domain.facts.record import DESK, HeadPublished, KeyRegistered, KeyRotated
from u24.errors import InvalidInput, Tampered
from u24.ledger.heads import HEADS_STREAM, RECORD_STREAM, Head, begun, iso, recorded_head
from u24.ledger.keyring import entry_statement
from u24.ledger.keys import is_signed, key_id_of, public_key_of
from u24.ledger.merkle import leaf_hash
from u24.ledger.proofs import inclusion_proof, is_included
from u24.ledger.store import Entry, Store, entry_content
from u24.wire.facts import KINDS, decode_fact

FORMAT = "u24-proof/1"
_ABOUT_KEYS = frozenset(
    kind for kind, word in KINDS.items() if issubclass(word, KeyRegistered | KeyRotated)
)


def find_entry(store: Store, name: str) -> Entry:
    """The entry that a human names: by its position, or by its command's key.

    Raises
    ------
    InvalidInput
        There is none, or the command wrote more than one.
    """
    if name.isascii() and name.isdigit():
        position = int(name)
        entry = next(store.everything(after=position - 1), None) if position else None
        if entry is None or entry.position != position:
            raise InvalidInput(f"there is no entry {position}; the record has {store.size()}")
        return entry
    entries = store.find_command(name)
    if not entries:
        raise InvalidInput(f"no command {name!r} is on record; give a position or a command's key")
    if len(entries) > 1:
        places = ", ".join(str(entry.position) for entry in entries)
        raise InvalidInput(f"command {name} wrote the entries {places}; give one of them")
    return entries[0]


def find_head(store: Store, entry: Entry, outside: Iterable[Head] = ()) -> Head | None:
    """The newest head that covers an entry, from the record or from outside of it."""
    ledger_id = begun(store).ledger_id
    published = (decode_fact(held.kind, held.body) for held in store.stream(HEADS_STREAM))
    recorded = (
        recorded_head(fact, ledger_id) for fact in published if isinstance(fact, HeadPublished)
    )
    heads = [
        head
        for head in (*recorded, *outside)
        if entry.position <= head.tree_size <= store.size() and head.ledger_id == ledger_id
    ]
    return max(heads, key=lambda head: head.tree_size, default=None)


def make_proof(store: Store, entry: Entry, head: Head, *, with_body: bool = True) -> bytes:
    """The proof of an entry under a head, as a JSON document.

    Parameters
    ----------
    with_body
        Whether the reader may see what was said; if not, its SHA-256 stands there alone.

    Raises
    ------
    Tampered
        The record does not prove the entry.
    InvalidInput
        A key that signed is not on record.
    """
    desk_key = _public_key(store, head.key_id, DESK)
    actor_key = _public_key(store, entry.key_id, entry.actor) if entry.key_id else None
    path = inclusion_proof(store.hashes, entry.position, head.tree_size)
    _require_proven(entry, head, path, desk_key, actor_key)
    document = {
        "format": FORMAT,
        "entry": _fields(entry),
        "body": b64encode(entry.body).decode() if with_body else None,
        "inclusion": [held.hex() for held in path],
        "head": {
            "ledger_id": head.ledger_id,
            "tree_size": head.tree_size,
            "root": head.root.hex(),
            "at": iso(head.at),
            "key_id": head.key_id,
            "signature": head.signature.hex(),
        },
        "desk_public_key": desk_key.hex(),
        "actor_public_key": actor_key.hex() if actor_key else None,
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _fields(entry: Entry) -> dict[str, str | int]:
    return {
        "position": entry.position,
        "stream": entry.stream,
        "seq": entry.seq,
        "kind": entry.kind,
        "actor": entry.actor,
        "at": iso(entry.at),
        "command": entry.command,
        "part": entry.part,
        "asked": entry.asked.hex(),
        "body_sha256": sha256(entry.body).hexdigest(),
        "key_id": entry.key_id,
        "signature": entry.signature.hex(),
    }


def _require_proven(
    entry: Entry, head: Head, path: list[bytes], desk_key: bytes, actor_key: bytes | None
) -> None:
    """Never hand out a proof that does not hold."""
    leaf = leaf_hash(entry_content(entry))
    if not is_included(leaf, entry.position, head.tree_size, path, head.root):
        raise Tampered(
            f"entry {entry.position} does not stand under the head over {head.tree_size} entries; "
            "check the whole record with u24 verify"
        )
    if not head.is_signed_by(desk_key):
        raise Tampered(f"the desk did not sign the head over {head.tree_size} entries")
    if actor_key and not is_signed(actor_key, entry.signature, entry_statement(entry)):
        raise Tampered(f"{entry.actor} did not sign entry {entry.position}")


def _public_key(store: Store, key_id: str, person_id: str) -> bytes:
    for key in _keys_of(store, person_id):
        if key_id_of(key) == key_id:
            return key
    raise InvalidInput(f"key {key_id} of {person_id} is not on record")


def _keys_of(store: Store, person_id: str) -> Iterator[bytes]:
    """Every key that a person ever had; the whole record is read only if it must be."""
    if person_id == DESK:
        yield public_key_of(begun(store).public_key_hex)
    for entries in (store.stream(RECORD_STREAM), store.everything()):
        for entry in entries:
            if entry.kind in _ABOUT_KEYS:
                fact = decode_fact(entry.kind, entry.body)
                if isinstance(fact, KeyRegistered | KeyRotated) and fact.person_id == person_id:
                    yield public_key_of(fact.public_key_hex)
