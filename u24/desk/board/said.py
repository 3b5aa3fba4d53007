"""An entry of the ledger, read: who said what, and where it stands on record."""

from datetime import datetime
from typing import NamedTuple

from u24.domain.facts.fact import Fact
from u24.ledger.store import Entry
from u24.wire.facts import decode_fact


class Said(NamedTuple):
    """A fact and its entry. ``corrects`` is the entry that it says anew, or 0.

    A tuple, as there is one for every entry of a long record: a frozen class takes six times
    as long to make.
    """

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
        entry.position,
        entry.stream,
        entry.seq,
        entry.kind,
        entry.actor,
        entry.at,
        entry.command,
        decode_fact(entry.kind, entry.body),
    )
