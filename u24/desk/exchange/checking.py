"""Everything that can be wrong with a bundle, told in plain words."""

from collections.abc import Iterator, Mapping
from itertools import islice

from u24.desk.exchange.bundle import KEY_KINDS, bundle_message
from u24.desk.exchange.carried import Carried
from u24.desk.exchange.export import BEGUN
from u24.desk.exchange.origins import MARK, Names, names_of
from u24.desk.exchange.reading import Bundle
from u24.desk.exchange.subjects import case_of, document_of, subjects_of, travels
from u24.domain.facts.fact import Fact
from u24.domain.facts.record import DESK
from u24.errors import InvalidInput
from u24.ledger.keys import is_signed, key_id_of
from u24.ledger.proofs import is_included
from u24.wire.facts import decode_fact

MOST_FAULTS = 100
Keys = dict[str, tuple[str, bytes, int, int | None]]  # owner, key, from position, until


def list_faults(bundle: Bundle, trusted_keys: Mapping[str, str]) -> list[str]:
    """The first hundred faults, in order of the file."""
    if faults := list(_faults_of_desk(bundle, trusted_keys)):
        return faults  # whatever else it says is nobody's word
    keys, told = _read_keys(bundle)
    faults = list(islice((*told, *_faults_of_entries(bundle, keys)), MOST_FAULTS + 1))
    if len(faults) > MOST_FAULTS:
        faults[MOST_FAULTS:] = ["there are more faults; these come first"]
    return faults


def fact_of(held: Carried) -> Fact:
    """The fact in an entry that is not withheld.

    Raises
    ------
    InvalidInput
        It does not read, or the body is withheld.
    """
    return decode_fact(held.kind, held.entry().body)


def _faults_of_desk(bundle: Bundle, trusted_keys: Mapping[str, str]) -> Iterator[str]:
    header, head, end = bundle.header, bundle.head, bundle.end
    try:
        key = bytes.fromhex(header.public_key)
        signature = bytes.fromhex(end.signature)
    except ValueError:
        yield "public_key or signature is not in hex; ask for the bundle again"
        return
    trusted = trusted_keys.get(header.ledger_id, "").lower()
    if not trusted:
        yield (
            f"desk {header.desk_name!r} with record {header.ledger_id!r} is not trusted here; ask "
            f"that desk whether its key is {header.public_key}, then add it to the trusted keys"
        )
    elif trusted not in _keys_up_to(bundle, key):
        yield f"it is signed with key {header.public_key}; trusted is {trusted}"
    if not is_signed(key, signature, bundle_message(header, bundle.digest)) or (
        end.sha256 != bundle.digest or end.key_id != key_id_of(key)
    ):
        yield "the signature at its end does not fit; something was changed or left out"
    if head.ledger_id != header.ledger_id or head.key_id != key_id_of(key):
        yield "its head is that of another record or key"
    elif not head.is_signed_by(key):
        yield f"its head over {head.tree_size} entries is not signed by the desk"
    if header.entries != len(bundle.entries):
        yield f"it holds {len(bundle.entries)} entries; its first line says {header.entries}"
    yield from _faults_of_beginning(bundle)


def _faults_of_beginning(bundle: Bundle) -> Iterator[str]:
    """The first entry must be the beginning of the very record that the header names."""
    first, header = next(iter(bundle.entries), None), bundle.header
    if first is None or first.position != 1 or first.kind != BEGUN or first.body is None:
        yield f"its first entry must be {BEGUN}, at position 1"
        return
    begun = document_of(first.body)
    for name, right in (
        ("ledger_id", header.ledger_id), ("name", header.desk_name), ("exercise", header.exercise)
    ):  # fmt: skip
        if begun.get(name) != right:
            yield f"{name} is {right!r} in its first line and {begun.get(name)!r} on its record"
    if MARK in header.ledger_id or "/" in header.ledger_id or not header.ledger_id:
        yield f"ledger_id is {header.ledger_id!r}; it must be a word without {MARK} and /"


def _keys_up_to(bundle: Bundle, key: bytes) -> set[str]:
    """The signing key, and those it took the place of, each signed over by the one before."""
    known = {key.hex()}
    for held in reversed(bundle.entries):
        told = document_of(held.body or b"")
        new = str(told.get("public_key_hex", ""))
        if held.kind == "key.rotated/1" and told.get("person_id") == DESK and new in known:
            known |= set(_old_keys(bundle, str(told.get("old_key_id", "")), held))
    return known


def _old_keys(bundle: Bundle, key_id: str, rotated: Carried) -> Iterator[str]:
    for held in bundle.entries:
        told = document_of(held.body or b"")
        said = rotated.statement(actor=rotated.actor, command=rotated.command)
        try:
            key = bytes.fromhex(str(told.get("public_key_hex", "")))
        except ValueError:
            continue
        if key and key_id_of(key) == key_id and is_signed(key, rotated.signature, said):
            yield key.hex()


def _read_keys(bundle: Bundle) -> tuple[Keys, list[str]]:
    """Which key signs for whom from which position on, as the other record says it."""
    begun = document_of(bundle.entries[0].body or b"")
    first = str(begun.get("public_key_hex", ""))
    keys: Keys = {}
    faults: list[str] = []
    _add_key(keys, DESK, first, 1, faults)
    for held in bundle.entries:
        if held.kind not in KEY_KINDS:
            continue
        told = document_of(held.body or b"")
        owner = str(told.get("person_id", ""))
        ended = str(told.get("old_key_id", "")) if "rotated" in held.kind else ""
        if "revoked" in held.kind:
            ended = str(told.get("key_id", ""))
        else:
            key = str(told.get("public_key_hex", ""))
            _add_key(keys, owner, key, held.position, faults)
        if ended in keys and keys[ended][0] == owner:
            keys[ended] = (*keys[ended][:3], held.position)
    return keys, faults


def _add_key(keys: Keys, owner: str, key_hex: str, position: int, faults: list[str]) -> None:
    try:
        key = bytes.fromhex(key_hex)
    except ValueError:
        faults.append(f"entry {position}: the key of {owner} is not in hex")
        return
    keys.setdefault(key_id_of(key), (owner, key, position, None))


def _faults_of_entries(bundle: Bundle, keys: Keys) -> Iterator[str]:
    before, seq = 0, 0
    for held in bundle.entries:
        place = f"entry {held.position} ({held.kind})"
        if held.position <= before:
            yield f"{place}: it stands behind entry {before}; they must rise"
        before = held.position
        yield from (f"{place}: {fault}" for fault in _faults_of_proof(bundle, held))
        if held.stream == bundle.stream:
            seq += 1
            if held.seq != seq:
                yield f"{place}: it is number {held.seq} of its case, not {seq}; one is missing"
                seq = held.seq
            yield from (f"{place}: {fault}" for fault in _faults_of_said(bundle, held, keys))
        elif held.kind not in {BEGUN, *KEY_KINDS}:
            yield f"{place}: it stands in {held.stream!r}; only {bundle.stream!r} is carried"
    if not seq:
        yield f"it holds nothing of case {bundle.header.case_id!r}"


def _faults_of_proof(bundle: Bundle, held: Carried) -> Iterator[str]:
    head = bundle.head
    if held.right_leaf() != held.leaf:
        yield "it is not what was recorded"
    elif not is_included(held.leaf, held.position, head.tree_size, held.proof, head.root):
        yield "it does not stand on the record that the desk signed"


def _faults_of_said(bundle: Bundle, held: Carried, keys: Keys) -> Iterator[str]:
    try:
        names = names_of(held.actor, held.command, held.position, bundle.header.ledger_id)
    except InvalidInput as error:
        yield str(error)
        return
    if held.key_id:
        yield from _faults_of_signature(held, names, keys)
    if held.is_withheld:
        return
    try:
        fact = fact_of(held)
        if travels(fact):
            subjects_of(fact, held.actor)
    except InvalidInput as error:
        yield str(error)
        return
    if case_of(fact) != bundle.header.case_id:
        yield f"it is about case {case_of(fact)!r}, not {bundle.header.case_id!r}"


def _faults_of_signature(held: Carried, names: Names, keys: Keys) -> Iterator[str]:
    found = keys.get(held.key_id)
    if found is None:
        yield f"it is signed with key {held.key_id!r}, which is not in the bundle"
        return
    owner, key, since, until = found
    if owner != held.actor:
        yield f"{held.actor} is said to have signed with a key of {owner}"
    elif held.position < since or (until is not None and held.position > until):
        yield f"it is signed with key {held.key_id}, which did not sign at that time"
    elif not is_signed(
        key, held.signature, held.statement(actor=names.actor, command=names.command)
    ):
        yield f"{held.actor} did not sign this"
