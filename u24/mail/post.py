"""Mails leave here: claimed on record, sent, and what the server said put on record.

A mail is claimed before it is sent: its one-time code is put on record under the name of
the mail and of the try, and the ledger takes a name once. Of two mailers one gets it; the
other leaves the mail alone. If the mailer dies between the claim and the server's word, the
claim lapses after ten minutes and somebody tries again. So every mail leaves at least once;
a second copy has the same Message-ID, by which mail programs show it once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from hashlib import sha256

from u24.clock import Clock
from u24.desk.board.state import CaseState
from u24.desk.journey import Desk
from u24.desk.saying import case_stream
from u24.domain.facts.letters import MailFailed, MailSent
from u24.domain.facts.people import PersonEnrolled
from u24.errors import InvalidInput
from u24.mail.addresses import brief_id, one_line, thread_id
from u24.mail.book import CLAIM, REFUSED, SERVER, Book, read_on
from u24.mail.brief import Page, View, compose_brief
from u24.mail.codes import CodeBond, MakeCode, issue
from u24.mail.envelope import AUTO_GENERATED, Envelope, as_message
from u24.mail.outbox import DueMail, due_mails, make_view, may_be_tried, server_may_be_tried
from u24.mail.sending import Delivery, send
from u24.mail.settings import MailConfig
from u24.mail.waiting import find_reader

DESK_STREAM = "desk"  # of letters that belong to no case

Send = Callable[[EmailMessage, str], Delivery]


@dataclass(slots=True, kw_only=True)
class Office:
    """What a mailer works with; the book is read on as it goes."""

    desk: Desk
    config: MailConfig
    clock: Clock
    make_code: MakeCode
    book: Book

    def read_on(self) -> None:
        """Bring board and book level with the record."""
        self.desk.refresh()
        read_on(self.book, self.desk.store)

    def hand_over(self, message: EmailMessage, to_address: str) -> Delivery:
        """One mail to the server, once."""
        return send(message, to_address, self.config.address, self.config.smtp)


def stream_of(case_id: str) -> str:
    """Where letters of a case, or of none, are put on record."""
    return case_stream(case_id) if case_id else DESK_STREAM


def send_due(office: Office) -> int:
    """Send every brief that is due now; how many left."""
    office.read_on()
    board, book, now = office.desk.board, office.book, office.clock()
    count = 0
    for due in due_mails(board, book, office.config, now):
        if not server_may_be_tried(book, office.clock()):
            break
        count += _send_one(office, due)
    return count


def _send_one(office: Office, due: DueMail) -> bool:
    board, now = office.desk.board, office.clock()
    case = board.cases[due.case_id]
    reader = find_reader(board, case, due.person_id, now)
    if reader is None:
        return False
    mail_id = brief_id(
        ledger_id=board.ledger_id, case_id=due.case_id, person_id=due.person_id,
        position=due.position, domain=office.config.domain,
    )  # fmt: skip
    if not may_be_tried(office.book, mail_id, due, now):
        return False
    code = _claim(office, due, mail_id, now)
    if not code:
        return False
    view = make_view(office.desk.board, office.book, office.config, case, reader, now)
    page = compose_brief(view, due.news, code=code, held=due.is_held)
    envelope = make_envelope(office, view.case, reader.person, mail_id)
    return deliver(office, page, envelope, reader.person, due)


def _claim(office: Office, due: DueMail, mail_id: str, now: datetime) -> str:
    """The code that goes with the mail; empty if somebody else has claimed it."""
    code = office.make_code()
    bond = CodeBond(
        ledger_id=office.desk.board.ledger_id, case_id=due.case_id, person_id=due.person_id
    )
    fact = issue(code, bond, now)
    number = len(office.book.claims.get(mail_id, ())) + 1
    outcome = office.desk.say(
        f"{CLAIM}{mail_id}/{number}",
        [(stream_of(due.case_id), fact)],
        asked=sha256(fact.code_id.encode()).digest(),
    )
    office.read_on()
    return code if outcome.is_done and not outcome.repeated else ""


def make_envelope(
    office: Office,
    case: CaseState | None,
    person: PersonEnrolled,
    mail_id: str,
    *,
    replied_to: str = "",
    auto: str = AUTO_GENERATED,
) -> Envelope:
    """The envelope of a mail to a person, in the thread of its case."""
    board, config = office.desk.board, office.config
    root = (
        thread_id(ledger_id=board.ledger_id, case_id=case.case_id, domain=config.domain)
        if case
        else ""
    )
    return Envelope(
        mail_id=mail_id,
        from_address=config.address,
        from_name=("EXERCISE " if board.exercise else "") + (board.desk_name or "U24"),
        to_address=person.email,
        to_name=person.name,
        at=office.clock(),
        ledger_id=board.ledger_id,
        call_sign=case.call_sign if case else "",
        thread=tuple(filter(None, (root, replied_to))),
        auto=auto,
    )


def deliver(
    office: Office, page: Page, envelope: Envelope, person: PersonEnrolled, due: DueMail | None
) -> bool:
    """Send one mail and put on record what became of it; whether it left.

    ``due`` is None for an answer, which tells of nothing that a brief has to tell.
    """
    case_id = due.case_id if due else _case_of(office, envelope)
    try:
        message = as_message(page, envelope)
        delivery = office.hand_over(message, person.email)
    except InvalidInput as error:
        delivery = Delivery(is_sent=False, reply=str(error), is_final=True)
    told = office.book.letters[case_id, person.person_id].told_position
    fact: MailSent | MailFailed
    if delivery.is_sent:
        fact = MailSent(
            said_at=office.clock(), case_id=case_id, mail_id=envelope.mail_id,
            to_person_id=person.person_id, subject=page.subject,
            position=due.position if due else told, receipt=delivery.reply,
        )  # fmt: skip
    else:
        mark = SERVER if delivery.is_servers else REFUSED if delivery.is_final else ""
        fact = MailFailed(
            said_at=office.clock(), case_id=case_id, mail_id=envelope.mail_id,
            to_person_id=person.person_id, subject=page.subject,
            reason=one_line(f"{mark}{delivery.reply}", 300),
        )  # fmt: skip
    number = len(office.book.claims.get(envelope.mail_id, ()))
    tried = f"{'sent' if delivery.is_sent else 'failed'}/{number}/{fact.said_at.isoformat()}"
    office.desk.say(f"mail/{envelope.mail_id}/{tried}", [(stream_of(case_id), fact)])
    office.read_on()
    return delivery.is_sent


def _case_of(office: Office, envelope: Envelope) -> str:
    return office.desk.board.call_signs.get(envelope.call_sign, "")


def view_for(office: Office, case: CaseState, person_id: str) -> View | None:
    """The case as a person sees it now; None if the person has no part in it."""
    now = office.clock()
    reader = find_reader(office.desk.board, case, person_id, now)
    if reader is None:
        return None
    return make_view(office.desk.board, office.book, office.config, case, reader, now)
