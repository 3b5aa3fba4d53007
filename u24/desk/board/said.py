"""An entry of the ledger, read: who said what, and where it stands on record."""

from dataclasses import dataclass
from datetime import datetime

from u24.domain.facts.fact import Fact
from u24.ledger.store import Entry
from u24.wire.facts import decode_fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A fact and its entry. ``corrects`` is the entry that it says anew, or 0."""

    position: int
    stream: str
    seq: int
    kind: str
    actor: str
    at: datetime  # when it was recorded
    command: str
    fact: Fact
    corrects: int = 0

    @property
    def origin(self) -> int:
        """The entry in whose place it stands: itself, or the one that it corrects."""
        return self.corrects or self.position


def said_of(entry: Entry) -> Said:
    """Read an entry of the ledger.

    Raises
    ------
    InvalidInput
        The kind is unknown here, or the body is not one of that kind.
    """
    return Said(
        position=entry.position,
        stream=entry.stream,
        seq=entry.seq,
        kind=entry.kind,
        actor=entry.actor,
        at=entry.at,
        command=entry.command,
        fact=decode_fact(entry.kind, entry.body),
    )
