"""Ledgers in memory, from facts alone."""

from datetime import timedelta

from tests.builders import T0
from tests.facts import CASE, a_case_opened
from u24.desk.board.fold import board_of
from u24.domain.facts.cases import CaseOpened
from u24.ledger.memory import MemoryStore
from u24.ledger.store import Batch, Draft, Submission
from u24.wire.facts import encode_fact, kind_of

ALERTS = {"alert.heard/1", "alert.attached/1"}


def stream_of(fact):
    """Where the desk writes a fact."""
    if kind_of(fact) in ALERTS:
        return "alerts"
    case_id = getattr(fact, "case_id", "")
    return f"case/{case_id}" if case_id else "desk"


def store_of(*facts, store=None):
    """A ledger of these facts, one command each. ``("dirk", fact)`` names who said it."""
    seconds = iter(range(1_000_000))
    store = store or MemoryStore(lambda: T0 + timedelta(days=1, seconds=next(seconds)))
    for fact in facts:
        actor, said = fact if isinstance(fact, tuple) else ("nora", fact)
        append(store, kind_of(said), encode_fact(said), stream=stream_of(said), actor=actor)
    return store


def append(store, kind, body, *, stream="desk", actor="nora"):
    """One entry, whatever its body is."""
    draft = Draft(kind=kind, actor=actor, body=body)
    batch = Batch(stream=stream, expect_seq=store.stream_seq(stream), drafts=(draft,))
    command = f"command_{store.size() + 1}"
    store.append(Submission(command=command, asked=bytes(32), batches=(batch,)))


def board_with(*facts):
    """The board of these facts."""
    return board_of(store_of(*facts).everything())


def case_with(*facts):
    """The case of these facts; opened first, unless the facts do so."""
    said = [fact[1] if isinstance(fact, tuple) else fact for fact in facts]
    opened = () if any(isinstance(fact, CaseOpened) for fact in said) else (a_case_opened(),)
    return board_with(*opened, *facts).cases[CASE]
