"""A small record with keys, signed facts and heads, valid by default."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

from u24.domain.facts.record import KeyRegistered, KeyRevoked, KeyRotated, LedgerBegun
from u24.ledger.keys import KeyInMemory, signed
from u24.ledger.store import Batch, Draft, Store, Submission
from u24.wire.facts import encode_fact, kind_of

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

DESK_KEY = KeyInMemory.from_seed(b"desk".ljust(32))
ANNA_KEY = KeyInMemory.from_seed(b"anna".ljust(32))
BORIS_KEY = KeyInMemory.from_seed(b"boris".ljust(32))
NEW_KEY = KeyInMemory.from_seed(b"new".ljust(32))


@dataclass
class Writer:
    """Writes facts into a store, each with a command of its own."""

    store: Store
    commands: itertools.count = field(default_factory=lambda: itertools.count(1))

    def say(self, kind="offer.made/1", body=b"{}", *, actor="anna", signer=None, stream="offer/1"):
        """One fact, signed if there is a signer; gives its entry."""
        command = f"command-{next(self.commands)}"
        draft = Draft(kind=kind, actor=actor, body=body)
        if signer:
            draft = signed(draft, signer, stream=stream, command=command)
        return self.put(command, {stream: [draft]})[0]

    def put(self, command, drafts):
        """Drafts by stream, all in one command; gives their entries."""
        batches = tuple(
            Batch(stream=stream, expect_seq=self.store.stream_seq(stream), drafts=tuple(held))
            for stream, held in drafts.items()
        )
        asked = sha256(command.encode()).digest()
        receipt = self.store.append(Submission(command=command, asked=asked, batches=batches))
        return receipt.entries

    def tell(self, fact, *, actor="desk", signer=None, stream="record"):
        """One fact of the domain."""
        return self.say(kind_of(fact), encode_fact(fact), actor=actor, signer=signer, stream=stream)

    def begin(self, signer=DESK_KEY, **fields):
        """The fact at position 1."""
        held = {
            "said_at": NOON, "ledger_id": "ledger_000001", "name": "Desk of tests",
            "exercise": True, "administrator_id": "anna", "public_key_hex": hex_of(signer),
        }  # fmt: skip
        return self.tell(LedgerBegun(**(held | fields)), signer=signer)

    def register(self, person, key, **fields):
        """A key of a person."""
        held = {"person_id": person, "key_id": key.key_id, "public_key_hex": hex_of(key)}
        return self.tell(KeyRegistered(said_at=NOON, **(held | fields)), stream=f"keys/{person}")

    def rotate(self, person, old, new, *, signer=None):
        """A new key in place of the old one, signed by it unless another signer is given."""
        fact = KeyRotated(
            said_at=NOON, person_id=person, old_key_id=old.key_id,
            key_id=new.key_id, public_key_hex=hex_of(new),
        )  # fmt: skip
        return self.tell(fact, actor=person, signer=signer or old, stream=f"keys/{person}")

    def revoke(self, person, key):
        """A key that signs nothing more."""
        fact = KeyRevoked(said_at=NOON, person_id=person, key_id=key.key_id, reason="lost")
        return self.tell(fact, stream=f"keys/{person}")


def goes_on(store, *, first, facts):
    """A writer whose commands are numbered from ``first``, after so many unsigned facts."""
    writer = Writer(store, itertools.count(first))
    for number in range(facts):
        writer.say(body=b"%d" % number, actor="boris", stream=f"request/{number % 7}")
    return writer


def hex_of(key):
    """A public key as text."""
    return key.public_key.hex()


def a_record(store, *, offers=3, desk_key=DESK_KEY):
    """A record that begins as it should, with signed and unsigned offers; gives its writer."""
    writer = Writer(store)
    writer.begin(desk_key)
    writer.register("anna", ANNA_KEY)
    writer.register("boris", BORIS_KEY)
    for number in range(offers):
        writer.say(body=b'{"packs": %d}' % number, signer=ANNA_KEY)
    writer.put(
        f"command-two-streams-{offers}",
        {
            "offer/2": [Draft(kind="offer.made/1", actor="boris", body=b"{}")] * 2,
            "request/1": [Draft(kind="need.stated/1", actor="boris", body=b"[1]")],
        },
    )
    return writer
