"""What the mail door remembers of the record: news of each case, and letters out and in.

It is folded from the ledger and may be thrown away, like the board. The board says what
stands; the book says what happened when, and what of it was already told to whom.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from u24.domain.facts.cases import CaseClosed, CaseMerged, CaseOpened, CaseReopened
from u24.domain.facts.decisions import ProposalDecided, ProposalMade
from u24.domain.facts.fact import Fact
from u24.domain.facts.letters import CodeIssued, MailFailed, MailHeard, MailSent
from u24.domain.facts.movements import AlarmEscalated, AlarmRaised
from u24.domain.facts.plans import PlanReleased
from u24.domain.facts.record import (
    HeadPublished,
    KeyRegistered,
    KeyRevoked,
    KeyRotated,
    LedgerBegun,
)
from u24.domain.facts.requests import (
    OfferAnswered,
    OfferMade,
    OfferWithdrawn,
    RequestStated,
    RequestWithdrawn,
)
from u24.ledger.store import Entry, Store
from u24.wire.facts import KINDS, decode_fact

# Changes of substance. A note, a claim or a movement is none; the board shows them.
NEWS = (
    CaseOpened, CaseClosed, CaseReopened, CaseMerged, RequestStated, RequestWithdrawn, OfferMade,
    OfferAnswered, OfferWithdrawn, PlanReleased, AlarmRaised, AlarmEscalated, ProposalMade,
    ProposalDecided,
)  # fmt: skip
KEYS = (KeyRegistered, KeyRotated, KeyRevoked, LedgerBegun)
LETTERS = (MailSent, MailFailed, MailHeard, CodeIssued)
_KEPT = (*NEWS, *KEYS, *LETTERS, HeadPublished)
_KINDS = frozenset(kind for kind, cls in KINDS.items() if cls in _KEPT)
# How the outcome of a mail with a wrong code begins; tries are counted by it.
WRONG_CODE = "wrong code"
# How the reason of a failure begins that is the server's and not the recipient's.
SERVER = "server: "
REFUSED = "refused: "
BOUNCED = "bounced: "
# The name of the command that puts a mail's code on record, and so claims the mail.
CLAIM = "mail-claim/"
WAITS = "waits for "  # in an outcome: then the id of a code, then the lines it would do


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A change of substance: who said it, and where it stands on record."""

    position: int
    at: datetime
    actor: str
    fact: Fact


@dataclass(slots=True, kw_only=True)
class Correspondence:
    """Letters to one person in one case."""

    told_position: int = 0  # the last entry that a brief told of
    sent: list[datetime] = field(default_factory=list)  # briefs
    answered: list[datetime] = field(default_factory=list)
    failures: list[datetime] = field(default_factory=list)  # in a row, since the last that left
    codes: list[tuple[int, CodeIssued]] = field(default_factory=list)
    wrong_tries: list[int] = field(default_factory=list)  # positions


@dataclass(slots=True, kw_only=True)
class Book:
    """All of it."""

    position: int = 0
    root_hex: str = ""  # of the last published head
    news: dict[str, list[News]] = field(default_factory=lambda: defaultdict(list))  # by case
    letters: dict[tuple[str, str], Correspondence] = field(
        default_factory=lambda: defaultdict(Correspondence)
    )  # by case and person
    heard_ids: set[str] = field(default_factory=set)
    heard_sha256: set[str] = field(default_factory=set)
    sent_ids: dict[str, tuple[str, str]] = field(default_factory=dict)  # case, person
    final_ids: dict[str, str] = field(default_factory=dict)  # why a mail will never be taken
    claims: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    # ^ by mail: when somebody set out to send it
    failed_at: dict[str, datetime] = field(default_factory=dict)  # by mail
    pending: dict[str, tuple[str, ...]] = field(default_factory=dict)  # lines by code
    last_sent_at: datetime | None = None
    server_failures: list[datetime] = field(default_factory=list)  # in a row
    public_keys: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # person, by key


def read_on(book: Book, store: Store) -> None:
    """Bring the book level with the record."""
    for entry in store.everything(after=book.position):
        if entry.kind in _KINDS:
            _note(book, entry, decode_fact(entry.kind, entry.body))
        book.position = entry.position


def _note(book: Book, entry: Entry, fact: Fact) -> None:
    if isinstance(fact, NEWS):
        news = News(position=entry.position, at=entry.at, actor=entry.actor, fact=fact)
        book.news[fact.case_id].append(news)
    elif isinstance(fact, LETTERS):
        _note_letter(book, entry, fact)
    elif isinstance(fact, HeadPublished):
        book.root_hex = fact.root_hex
    else:
        _note_key(book, fact)


def _note_letter(
    book: Book, entry: Entry, fact: MailSent | MailFailed | MailHeard | CodeIssued
) -> None:
    if isinstance(fact, MailHeard):
        _note_heard(book, entry, fact)
    elif isinstance(fact, MailSent):
        _note_sent(book, entry, fact)
    elif isinstance(fact, MailFailed):
        book.sent_ids[fact.mail_id] = (fact.case_id, fact.to_person_id)
        if fact.reason.startswith(SERVER):
            book.server_failures.append(entry.at)
        elif fact.reason.startswith((REFUSED, BOUNCED)):
            book.final_ids[fact.mail_id] = fact.reason
        book.failed_at[fact.mail_id] = entry.at
        book.letters[fact.case_id, fact.to_person_id].failures.append(entry.at)
    else:
        book.letters[fact.case_id, fact.person_id].codes.append((entry.position, fact))
        _, _, claimed = entry.command.partition(CLAIM)
        if claimed:
            book.claims[claimed.rpartition("/")[0]].append(entry.at)


def _note_heard(book: Book, entry: Entry, fact: MailHeard) -> None:
    book.heard_sha256.add(fact.raw_sha256)
    if fact.mail_id:
        book.heard_ids.add(fact.mail_id)
    if fact.outcome.startswith(WRONG_CODE):
        for person_id in fact.outcome.rpartition(" of ")[2].split():
            book.letters[fact.case_id, person_id].wrong_tries.append(entry.position)
    elif fact.outcome.startswith(WAITS):
        code_id, _, lines = fact.outcome.removeprefix(WAITS).partition("\n")
        book.pending[code_id] = tuple(lines.splitlines())


def _note_sent(book: Book, entry: Entry, fact: MailSent) -> None:
    letters = book.letters[fact.case_id, fact.to_person_id]
    book.sent_ids[fact.mail_id] = (fact.case_id, fact.to_person_id)
    # An answer repeats the position that the last brief told of.
    if fact.position > letters.told_position:
        letters.told_position = fact.position
        letters.sent.append(entry.at)
    else:
        letters.answered.append(entry.at)
    letters.failures.clear()
    book.failed_at.pop(fact.mail_id, None)
    book.server_failures.clear()
    book.last_sent_at = entry.at


def _note_key(book: Book, fact: Fact) -> None:
    if isinstance(fact, KeyRegistered | KeyRotated):
        public_key = bytes.fromhex(fact.public_key_hex)
        # A key is registered once; a second time would give it to somebody else.
        book.public_keys.setdefault(fact.key_id, (fact.person_id, public_key))
    if isinstance(fact, KeyRotated):
        book.public_keys[fact.old_key_id] = ("", b"")
    elif isinstance(fact, KeyRevoked):
        book.public_keys[fact.key_id] = ("", b"")
