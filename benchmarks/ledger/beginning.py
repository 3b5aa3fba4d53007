"""How a ledger of a campaign begins: whose it is, a person's key, heads. Its keys are no secret."""

from hashlib import sha256
from pathlib import Path

from u24.clock import Clock, system_clock
from u24.domain.facts.fact import Fact
from u24.domain.facts.record import DESK, KeyRegistered, LedgerBegun
from u24.ledger.heads import Head, publish_head
from u24.ledger.keys import KeyInMemory, signed
from u24.ledger.store import Batch, Draft, Store, Submission
from u24.wire.facts import encode_fact, kind_of

DESK_KEY = KeyInMemory.from_seed(b"desk of a campaign".ljust(32))
PERSON_KEY = KeyInMemory.from_seed(b"person of a campaign".ljust(32))
PERSON = "person_0"


def begin(store: Store, clock: Clock = system_clock) -> None:
    """Write the fact at position 1, and the key of :data:`PERSON`."""
    begun = LedgerBegun(
        said_at=clock(), ledger_id="ledger_campaign", name="Campaign", exercise=True,
        administrator_id=PERSON, public_key_hex=DESK_KEY.public_key.hex(),
    )  # fmt: skip
    _append(store, "begin", "record", begun)
    known = KeyRegistered(
        said_at=clock(), person_id=PERSON, key_id=PERSON_KEY.key_id,
        public_key_hex=PERSON_KEY.public_key.hex(),
    )  # fmt: skip
    _append(store, "key", f"keys/{PERSON}", known)


def publish(store: Store, heads_file: Path, clock: Clock = system_clock) -> Head:
    """Sign a head over all that is on record."""
    return publish_head(store, DESK_KEY, clock, heads_file)


def _append(store: Store, command: str, stream: str, fact: Fact) -> None:
    draft = Draft(kind=kind_of(fact), actor=DESK, body=encode_fact(fact))
    draft = signed(draft, DESK_KEY, stream=stream, command=command)
    batch = Batch(stream=stream, expect_seq=0, drafts=(draft,))
    asked = sha256(command.encode()).digest()
    store.append(Submission(command=command, asked=asked, batches=(batch,)))
