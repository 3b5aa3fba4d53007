"""How anything gets onto the record: who says it, by which key, on what was read before.

A rule reads the board and gives a :class:`Saying`. It is written only if nothing that it
stands on has changed meanwhile; what was read is named by stream, and guarded by its seq.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, fields
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from u24.clock import Clock
from u24.desk.board.fold import Said, catch_up, said_of
from u24.desk.board.state import Board
from u24.desk.rules.lines import lines_of, made_of
from u24.domain.commands.command import Command, Outcome, Refusal
from u24.domain.facts.fact import Fact
from u24.domain.facts.record import DESK
from u24.errors import Conflict, InvalidInput
from u24.ids import IdMaker
from u24.ledger.keys import Signer, signed
from u24.ledger.store import Batch, Draft, Entry, Receipt, Store, Submission
from u24.planning import Progress, no_progress
from u24.wire.facts import decode_fact, encode_fact, kind_of

# Streams of the whole desk; those of cases are ``case_stream``.
RECORD = "record"
PEOPLE = "people"
ALLOTTED = "desk"  # call signs and standing offers
ALERTS = "alerts"
FOR = "for/"  # in the name of a command: then for whom a deputy stands
MOST_KEY_LETTERS = 800  # a Message-ID may be long
ATTEMPTS = 12  # how often to think again when others write at the same time


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; ``signer`` is the person's own key, ``for_person_id`` whom a deputy stands for."""

    person_id: str
    _: KW_ONLY
    signer: Signer | None = None
    for_person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What a rule wants on record, what it stands on, and hints that no fact tells."""

    facts: tuple[tuple[str, Fact], ...]  # (stream, fact)
    reads: tuple[str, ...] = ()  # further streams that must not have changed
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a rule may look at: the board, who asks and as what, the time, and the record."""

    board: Board
    caller: Caller
    now: datetime
    ids: IdMaker
    entry_at: Callable[[int], Said | None]  # one entry on record, by position
    stream: Callable[[str], Iterator[Said]]
    progress: Progress = no_progress  # told how far a slow rule is


Rule = Callable[[Any, Setting], Saying | Refusal]


def case_stream(case_id: str) -> str:
    """The stream that holds what is said in one case."""
    return f"case/{case_id}"


def refuse(code: str, text: str) -> Refusal:
    """A refusal: stable code; what was found, then what is allowed."""
    return Refusal(code=code, text=text)


class Pen:
    """Writes to the record, and keeps the board level with it. One thread at a time."""

    def __init__(self, store: Store, clock: Clock, signer: Signer | None) -> None:
        self.store = store
        self.board = Board()
        self._clock = clock
        self._signer = signer

    def now(self) -> datetime:
        """The present moment, UTC."""
        return self._clock()

    def refresh(self) -> Board:
        """Fold in what is new on record."""
        self.board = catch_up(self.board, self.store)
        return self.board

    def setting(self, caller: Caller, ids: IdMaker, board: Board | None = None) -> Setting:
        """What a rule may look at now."""
        return Setting(
            board=board or self.board, caller=caller, now=self.now(), ids=ids,
            entry_at=self._entry_at, stream=self._stream,
        )  # fmt: skip

    def find(self, command: str, asked: bytes) -> Outcome | None:
        """The earlier outcome of a key; a refusal if the key was used for something else."""
        entries = self.store.find_command(command)
        return _outcome(entries, asked, repeated=True) if entries else None

    def write(
        self,
        command: str,
        asked: bytes,
        caller: Caller,
        saying: Saying,
        seqs: Mapping[str, int] | None = None,
    ) -> Outcome:
        """Write what a rule gave, if all that it stands on is still as the board has it.

        ``seqs`` are the last seqs when it was thought out; those of the board unless given.

        Raises
        ------
        Conflict
            It is not: refresh, and think again.
        """
        seqs = self.board.seqs if seqs is None else seqs
        streams = list(dict.fromkeys(stream for stream, _ in saying.facts))
        guards = [name for name in dict.fromkeys(saying.reads) if name not in streams]
        batches = [
            Batch(
                stream=stream,
                expect_seq=seqs.get(stream, 0),
                drafts=tuple(
                    self._draft(fact, caller, stream, command)
                    for told, fact in saying.facts
                    if told == stream
                ),
            )
            for stream in (*streams, *guards)
        ]
        receipt: Receipt = self.store.append(
            Submission(command=command, asked=asked, batches=tuple(batches))
        )
        self.refresh()
        return _outcome(receipt.entries, asked, repeated=receipt.repeated, hints=saying.hints)

    def _draft(self, fact: Fact, caller: Caller, stream: str, command: str) -> Draft:
        draft = Draft(kind=kind_of(fact), actor=caller.person_id, body=_body(fact))
        signer = self._signer if caller.person_id == DESK else caller.signer
        return signed(draft, signer, stream=stream, command=command) if signer else draft

    def _entry_at(self, position: int) -> Said | None:
        entry = next(self.store.everything(after=position - 1), None) if position > 0 else None
        return said_of(entry) if entry and entry.position == position else None

    def _stream(self, stream: str) -> Iterator[Said]:
        return (said_of(entry) for entry in self.store.stream(stream))


def command_of(caller: Caller, key: str) -> str:
    """The name of a command on record: a key is the person's own, also as somebody's deputy.

    Raises
    ------
    InvalidInput
        The key is empty or too long, holds what is no character to print, or begins as the
        name of a deputy's command does.
    """
    if not key or len(key) > MOST_KEY_LETTERS or not key.isprintable():
        raise InvalidInput(
            f"key is {key[:40]!r}; give 1 .. {MOST_KEY_LETTERS} letters that can be printed"
        )
    if key.startswith(FOR):
        raise InvalidInput(f"key is {key[:40]!r}; it must not begin with {FOR}, as a deputy's does")
    standing_for = f"{FOR}{caller.for_person_id}/" if caller.for_person_id else ""
    return f"{caller.person_id}/{standing_for}{key}"


def asked_of(command: Command) -> bytes:
    """The SHA-256 of what is asked: equal commands give equal bytes.

    Raises
    ------
    InvalidInput
        A text in it cannot be written.
    """
    try:
        document = msgspec.json.encode(command, order="deterministic")
    except UnicodeEncodeError as error:
        raise InvalidInput(f"{type(command).__name__}: a text holds half a character") from error
    return sha256(type(command).__name__.encode() + b"\n" + document).digest()


def copy_of(value: Any) -> Any:
    """A copy that shares only what cannot change, for those who think while others write."""
    if isinstance(value, dict):
        return {key: copy_of(held) for key, held in value.items()}
    if isinstance(value, list):
        return [copy_of(held) for held in value]
    settings = getattr(value, "__dataclass_params__", None)
    if settings is None or settings.frozen:
        return value
    return type(value)(**{own.name: copy_of(getattr(value, own.name)) for own in fields(value)})


def _body(fact: Fact) -> bytes:
    """The body of a fact that is sure to read again: a body is there for ever."""
    try:
        body = encode_fact(fact)
    except UnicodeEncodeError as error:
        raise InvalidInput(f"{kind_of(fact)}: a text holds half a character") from error
    if decode_fact(kind_of(fact), body) != fact:
        raise InvalidInput(f"{kind_of(fact)}: it does not read as written; is a number no number?")
    return body


def _outcome(
    entries: Sequence[Entry], asked: bytes, *, repeated: bool, hints: tuple[str, ...] = ()
) -> Outcome:
    if entries[0].asked != asked:
        text = (
            f"key {entries[0].command} was used at {entries[0].at.isoformat()} for something "
            "else; give a new key for a new command"
        )
        return Outcome(refusal=refuse("key-used", text))
    facts = [decode_fact(entry.kind, entry.body) for entry in entries]
    return Outcome(
        repeated=repeated,
        positions=tuple(entry.position for entry in entries),
        made=tuple(name for fact in facts for name in made_of(fact)),
        changed=(*(line for fact in facts for line in lines_of(fact)), *hints),
    )


def busy(error: Conflict) -> Refusal:
    """Others wrote at the same time, again and again."""
    return refuse("busy", f"{error} ({ATTEMPTS} times); nothing was done, so ask again")
