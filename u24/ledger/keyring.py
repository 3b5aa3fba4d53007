"""Which key may sign for whom at which position, as the record itself says it."""

from dataclasses import dataclass, replace

from u24.domain.facts.record import DESK, KeyRegistered, KeyRevoked, KeyRotated, LedgerBegun
from u24.errors import InvalidInput
from u24.ledger import findings as found
from u24.ledger.findings import Findings
from u24.ledger.keys import is_signed, key_id_of, public_key_of
from u24.ledger.store import Draft, Entry, statement

ABROAD = ":"  # in the names of an entry that came from another desk


@dataclass(frozen=True, slots=True, kw_only=True)
class _Registered:
    """One key and from which position until which it signs."""

    person_id: str
    public_key: bytes
    from_position: int
    until_position: int | None = None
    ended_as: str = ""  # revoked or replaced


class Keyring:
    """The keys on record, told in order of position.

    A fact whose key is none raises ``InvalidInput``.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._keys: dict[str, _Registered] = {}
        self.desk_key: bytes | None = None  # the one that the record began with

    def begin(self, entry: Entry, fact: LedgerBegun) -> None:
        """The record begins, with the desk's first key."""
        if entry.position != 1:
            self._add(found.SECOND_BEGIN, entry, "the record begins a second time")
            return
        self.desk_key = public_key_of(fact.public_key_hex)
        self._register(entry, key_id_of(self.desk_key), DESK, self.desk_key)

    def register(self, entry: Entry, fact: KeyRegistered) -> None:
        """A key signs from here on."""
        key = _key_named(fact.key_id, fact.public_key_hex)
        self._register(entry, fact.key_id, fact.person_id, key)

    def rotate(self, entry: Entry, fact: KeyRotated) -> None:
        """A key takes the place of another, which must have signed this."""
        key = _key_named(fact.key_id, fact.public_key_hex)
        old = self._keys.get(fact.old_key_id)
        if (
            old is None
            or old.until_position is not None
            or old.person_id != fact.person_id
            or not is_signed(old.public_key, entry.signature, entry_statement(entry))
        ):
            text = (
                f"key {fact.key_id} is to replace {fact.old_key_id} of {fact.person_id}, "
                "but that key did not sign it"
            )
            self._add(found.FORGED_SIGNATURE, entry, text)
            return
        self._end(fact.old_key_id, entry.position + 1, "replaced")
        self._register(entry, fact.key_id, fact.person_id, key)

    def revoke(self, entry: Entry, fact: KeyRevoked) -> None:
        """A key signs nothing more."""
        held = self._keys.get(fact.key_id)
        if held is None or held.person_id != fact.person_id:
            text = f"key {fact.key_id} is revoked, but {fact.person_id} never had it"
            self._add(found.UNKNOWN_KEY, entry, text)
        elif held.until_position is None:
            self._end(fact.key_id, entry.position + 1, "revoked")

    def key_for(self, entry: Entry) -> bytes | None:
        """The key that must have signed an entry; None, and a finding, if it may not."""
        held = self._live(entry.key_id, entry.position, "an entry", entry.position)
        if held is None:
            return None
        if held.person_id != entry.actor:
            text = f"{entry.actor} is said to have signed with {entry.key_id} of {held.person_id}"
            self._add(found.FORGED_SIGNATURE, entry, text)
            return None
        return held.public_key

    def desk_key_for(self, key_id: str, tree_size: int, position: int) -> bytes | None:
        """The desk's key of a head over so many entries; None, and a finding, if it is not."""
        what = f"the head over {tree_size} entries"
        held = self._live(key_id, tree_size + 1, what, position)
        if held is None:
            return None
        if held.person_id != DESK:
            text = f"{what} is signed with {key_id} of {held.person_id}, not of the desk"
            self._findings.add(found.FORGED_HEAD, position, text)
            return None
        return held.public_key

    def _register(self, entry: Entry, key_id: str, person_id: str, key: bytes) -> None:
        if key_id in self._keys:
            text = f"key {key_id} is registered again, for {person_id}; a key is registered once"
            self._add(found.KEY_TWICE, entry, text)
            return
        self._keys[key_id] = _Registered(
            person_id=person_id, public_key=key, from_position=entry.position
        )

    def _end(self, key_id: str, until_position: int, ended_as: str) -> None:
        self._keys[key_id] = replace(
            self._keys[key_id], until_position=until_position, ended_as=ended_as
        )

    def _live(self, key_id: str, moment: int, what: str, position: int) -> _Registered | None:
        """The key, if it signs at position ``moment``."""
        held = self._keys.get(key_id)
        if held is None or moment < held.from_position:
            text = f"{what} is signed with key {key_id!r}, which is not on record by then"
            self._findings.add(found.UNKNOWN_KEY, position, text)
            return None
        if held.until_position is not None and moment >= held.until_position:
            text = (
                f"{what} is signed with key {key_id}, which was {held.ended_as} at "
                f"{held.until_position - 1}"
            )
            self._findings.add(found.REVOKED_KEY, position, text)
            return None
        return held

    def _add(self, code: str, entry: Entry, text: str) -> None:
        self._findings.add(code, entry.position, text)


def _key_named(key_id: str, public_key_hex: str) -> bytes:
    key = public_key_of(public_key_hex)
    if key_id != key_id_of(key):
        raise InvalidInput(f"key_id is {key_id!r}; by its key it must be {key_id_of(key)!r}")
    return key


def entry_statement(entry: Entry) -> bytes:
    """What the actor of an entry signed.

    An entry that came from another desk stands here as ``ledger:actor`` and
    ``ledger/position:command``; it was signed with the names behind the colon.
    """
    actor, command = entry.actor, entry.command
    if ABROAD in actor:
        actor, command = actor.partition(ABROAD)[2], command.partition(ABROAD)[2]
    draft = Draft(kind=entry.kind, actor=actor, body=entry.body)
    return statement(draft, stream=entry.stream, command=command)
