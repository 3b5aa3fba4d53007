"""Small desks that write down whatever they are told, and carry cases to each other."""

from dataclasses import replace
from hashlib import sha256
from itertools import count

from tests.facts import (
    CASE,
    a_case_opened,
    a_key_registered,
    a_ledger_begun,
    a_person_enrolled,
    a_role_granted,
)
from tests.ledger.stores import HandClock
from u24.desk.board.fold import catch_up
from u24.desk.board.state import Board
from u24.desk.exchange.bundle import write_bundle
from u24.desk.exchange.taking_in import take_in
from u24.desk.saying import Caller
from u24.domain.commands.command import Outcome
from u24.domain.facts.people import EVERY_CASE, Role
from u24.ledger.keys import KeyInMemory, signed
from u24.ledger.memory import MemoryStore
from u24.ledger.store import Batch, Draft, Submission
from u24.wire.facts import encode_fact, kind_of

STREAM = f"case/{CASE}"


class PlainDesk:
    """A desk without rules: enough of :class:`u24.desk.journey.Desk` to exchange bundles."""

    def __init__(self, name, *, exercise=False):
        self.name = name
        self.clock = HandClock()
        self.store = MemoryStore(self.clock)
        self.board = Board()
        self.key = KeyInMemory.from_seed(name.encode().ljust(32))
        self.anna_key = KeyInMemory.from_seed(f"anna of {name}".encode().ljust(32))
        self.ledger_id = f"ledger_{name}"
        self._numbers = count(1)
        self.tell(
            "record",
            a_ledger_begun(
                ledger_id=self.ledger_id, name=f"Desk {name}", exercise=exercise,
                administrator_id="anna", public_key_hex=self.key.public_key.hex(),
            ),
            actor="desk",
        )  # fmt: skip
        self.tell(
            "people", a_person_enrolled(person_id="anna", name="Anna", email="anna@x.example")
        )
        self.tell(
            "people",
            a_role_granted(
                person_id="anna", role=Role.DUTY_OFFICER, case_id=EVERY_CASE, until_at=None
            ),
        )
        self.tell(
            "record",
            a_key_registered(
                person_id="anna", key_id=self.anna_key.key_id,
                public_key_hex=self.anna_key.public_key.hex(),
            ),
        )  # fmt: skip

    def tell(self, stream, *facts, actor="anna", signer=None, command=None):
        """Put facts on record as they are; gives the entries."""
        command = command or f"{actor}/{next(self._numbers)}"
        drafts = [Draft(kind=kind_of(fact), actor=actor, body=encode_fact(fact)) for fact in facts]
        if signer:
            drafts = [signed(draft, signer, stream=stream, command=command) for draft in drafts]
        batch = Batch(stream=stream, expect_seq=self.store.stream_seq(stream), drafts=tuple(drafts))
        asked = sha256(command.encode()).digest()
        receipt = self.store.append(Submission(command=command, asked=asked, batches=(batch,)))
        self.refresh()
        return receipt.entries

    def case(self, *facts, **options):
        """Facts of the one case; Anna signs."""
        return self.tell(STREAM, *facts, signer=self.anna_key, **options)

    def refresh(self):
        self.board = catch_up(self.board, self.store)
        return self.board

    def say(self, key, facts, asked=b""):
        command = f"desk/{key}"
        if found := self.store.find_command(command):
            return Outcome(repeated=True, positions=tuple(entry.position for entry in found))
        positions = []
        batches = []
        for stream in dict.fromkeys(stream for stream, _ in facts):
            drafts = tuple(
                Draft(kind=kind_of(fact), actor="desk", body=encode_fact(fact))
                for told, fact in facts
                if told == stream
            )
            seq = self.store.stream_seq(stream)
            batches.append(Batch(stream=stream, expect_seq=seq, drafts=drafts))
        asked = asked or sha256(command.encode()).digest()
        receipt = self.store.append(
            Submission(command=command, asked=asked, batches=tuple(batches))
        )
        positions = tuple(entry.position for entry in receipt.entries)
        self.refresh()
        return Outcome(positions=positions)

    def entries(self):
        return list(self.store.stream(STREAM))

    def bundle(self, folder, name="case.u24", **options):
        """The case as a file."""
        out = folder / f"{self.name}-{next(self._numbers)}-{name}"
        write_bundle(self.store, self.refresh(), CASE, self.key, out, clock=self.clock, **options)
        return out

    def take(self, path, *others, caller="anna"):
        """Take a bundle in, trusting the other desks."""
        return take_in(self, Caller(caller), path, trusted_keys=trust(*others), clock=self.clock)

    def standing(self):
        """The one case on the board."""
        return self.refresh().cases[CASE]


def trust(*desks):
    return {desk.ledger_id: desk.key.public_key.hex() for desk in desks}


def opened_at(name, **values):
    """A desk that opened the case."""
    desk = PlainDesk(name)
    desk.tell(STREAM, a_case_opened(**values))
    return desk


def without_position(state):
    """What another desk sees as the same: places on record differ."""
    return replace(state, position=0)
