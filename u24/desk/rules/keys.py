"""Keys, and the clock of the desk: what the record itself stands on."""

import re
from collections.abc import Iterable

from u24.desk.rules.rights import roles_of
from u24.desk.saying import RECORD, Saying, Setting, refuse
from u24.domain.commands.command import Command, Refusal
from u24.domain.commands.people import RegisterKey, RevokeKey, RotateKey, SetClockBack
from u24.domain.facts.fact import Fact
from u24.domain.facts.people import EVERY_CASE, Role
from u24.domain.facts.record import (
    DESK,
    ClockSetBack,
    KeyRegistered,
    KeyRevoked,
    KeyRotated,
    LedgerBegun,
)
from u24.ledger.keys import key_id_of

_PUBLIC_KEY = re.compile(r"[0-9a-f]{64}")


def register_key(command: RegisterKey, setting: Setting) -> Saying | Refusal:
    """A person's first key; whoever has one replaces it instead."""
    person_id = command.person_id or setting.caller.person_id
    if refusal := _why_not_own(person_id, setting):
        return refusal
    if person_id not in setting.board.people.persons:
        return refuse("unknown-person", f"nobody here is called {person_id}; enrol them first")
    said = _said_of_keys(setting)
    live = [key for key, owner in _live_keys(said).items() if owner == person_id]
    if live:
        return refuse("has-key", f"{person_id} signs with {live[0]}; rotate or revoke that one")
    key_id = _new_key(command.public_key_hex, said)
    if isinstance(key_id, Refusal):
        return key_id
    fact = KeyRegistered(
        said_at=setting.now, person_id=person_id, key_id=key_id,
        public_key_hex=command.public_key_hex,
    )  # fmt: skip
    return Saying(facts=((RECORD, fact),))


def rotate_key(command: RotateKey, setting: Setting) -> Saying | Refusal:
    """A new key in place of the caller's old one, which signs this very command."""
    own_id, signer = setting.caller.person_id, setting.caller.signer
    said = _said_of_keys(setting)
    if _live_keys(said).get(command.old_key_id) != own_id:
        return refuse("unknown-key", f"{own_id} does not sign with {command.old_key_id} now")
    if signer is None or signer.key_id != command.old_key_id:
        found = f"with {signer.key_id}" if signer else "by nobody"
        text = f"the command is signed {found}; it must be signed with {command.old_key_id}"
        return refuse("not-signed", text)
    key_id = _new_key(command.public_key_hex, said)
    if isinstance(key_id, Refusal):
        return key_id
    fact = KeyRotated(
        said_at=setting.now, person_id=own_id, old_key_id=command.old_key_id, key_id=key_id,
        public_key_hex=command.public_key_hex,
    )  # fmt: skip
    return Saying(facts=((RECORD, fact),))


def revoke_key(command: RevokeKey, setting: Setting) -> Saying | Refusal:
    """Nothing more that is signed with this key is believed."""
    person_id = command.person_id or setting.caller.person_id
    if refusal := _why_not_own(person_id, setting):
        return refusal
    if person_id == DESK:
        text = f"key {command.key_id} of the desk signs all that the desk says on this record"
        return refuse("desk-key", f"{text}; if it was stolen, stop here and begin a new record")
    if _live_keys(_said_of_keys(setting)).get(command.key_id) != person_id:
        return refuse("unknown-key", f"{person_id} does not sign with {command.key_id} now")
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; say why the key is revoked")
    fact = KeyRevoked(
        said_at=setting.now, person_id=person_id, key_id=command.key_id, reason=command.reason,
        compromised_from_at=command.compromised_from_at,
    )  # fmt: skip
    return Saying(facts=((RECORD, fact),))


def set_clock_back(command: SetClockBack, setting: Setting) -> Saying | Refusal:
    """The clock ran ahead; from here on the record is earlier, and says why."""
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; say why the clock was ahead")
    last = setting.entry_at(setting.board.position)
    if last is None or last.at <= setting.now:
        text = f"the clock shows {setting.now.isoformat()}, not earlier than the last entry"
        return refuse("clock-right", f"{text}; nothing is to be set back")
    return Saying(facts=((RECORD, ClockSetBack(said_at=setting.now, reason=command.reason)),))


def why_not_signed(command: Command, setting: Setting) -> Refusal | None:
    """Refuse what is signed with a key that is not the caller's: it would taint the record.

    Who signs with nothing is believed as far as the door is that let them in. A first key
    may sign its own registration.
    """
    signer, own_id = setting.caller.signer, setting.caller.person_id
    if signer is None:
        return None
    if (
        isinstance(command, RegisterKey)
        and command.person_id in {"", own_id}
        and command.public_key_hex == signer.public_key.hex()
    ):
        return None
    if _live_keys(_said_of_keys(setting)).get(signer.key_id) == own_id:
        return None
    text = f"key {signer.key_id} does not sign for {own_id} now; register it, or use your own"
    return refuse("bad-signature", text)


def _why_not_own(person_id: str, setting: Setting) -> Refusal | None:
    admin = Role.ADMINISTRATOR in roles_of(setting, EVERY_CASE)
    if admin or person_id == setting.caller.person_id:
        return None
    text = f"a key of {person_id} is for {person_id}, or for an administrator"
    return Refusal(code="not-allowed", text=text, who_may=(Role.ADMINISTRATOR,))


def _said_of_keys(setting: Setting) -> list[Fact]:
    return [said.fact for said in setting.stream(RECORD)]


def _live_keys(facts: Iterable[Fact]) -> dict[str, str]:
    """Owner by key that signs now."""
    live: dict[str, str] = {}
    for fact in facts:
        if isinstance(fact, LedgerBegun):
            live[_key_id(fact.public_key_hex)] = DESK
        elif isinstance(fact, KeyRegistered):
            live[fact.key_id] = fact.person_id
        elif isinstance(fact, KeyRotated):
            live.pop(fact.old_key_id, None)
            live[fact.key_id] = fact.person_id
        elif isinstance(fact, KeyRevoked):
            live.pop(fact.key_id, None)
    return live


def _new_key(public_key_hex: str, facts: Iterable[Fact]) -> str | Refusal:
    """The name of a key that nobody ever had."""
    if not _PUBLIC_KEY.fullmatch(public_key_hex):
        text = f"public_key_hex is {public_key_hex!r}; it must be 64 letters of 0-9 and a-f"
        return refuse("bad-key", text)
    for fact in facts:
        if isinstance(fact, LedgerBegun | KeyRegistered | KeyRotated) and (
            fact.public_key_hex == public_key_hex
        ):
            text = f"key {_key_id(public_key_hex)} is on record already; a key is used once"
            return refuse("key-known", text)
    return _key_id(public_key_hex)


def _key_id(public_key_hex: str) -> str:
    return key_id_of(bytes.fromhex(public_key_hex))
