"""A mail that came in: heard once, proven or asked back, done order by order, answered."""

import re
from dataclasses import dataclass, field, replace
from hashlib import sha256

from u24.desk.board.state import CaseState
from u24.desk.policy import find_case
from u24.desk.rules.rights import is_deputy
from u24.desk.rules.subjects import survivor
from u24.desk.saying import Caller
from u24.domain.commands.command import Command, Outcome
from u24.domain.facts.fact import Fact
from u24.domain.facts.letters import CodeUsed, MailFailed, MailHeard
from u24.domain.facts.people import PersonEnrolled
from u24.mail.addresses import answer_id, one_line
from u24.mail.answers import confirm_page, done_page, faults_page, refused_page
from u24.mail.book import BOUNCED, WAITS, WRONG_CODE
from u24.mail.brief import Page, View, compose_brief
from u24.mail.codes import CodeBond, code_id_of, issue, why_not
from u24.mail.envelope import AUTO_REPLIED
from u24.mail.orders import OFFER, STATUS, Asked, Ground, LineFault, Order, offer_from, read_orders
from u24.mail.outbox import HOUR
from u24.mail.post import Office, deliver, make_envelope, stream_of, view_for
from u24.mail.quoting import own_lines
from u24.mail.raw_mail import ReadMail, read_mail
from u24.mail.signing import SignedBlock, block_name, find_block, why_not_signed
from u24.mail.tables import ReadTable

_CALL_SIGN = re.compile(r"\[((?:EX-)?U24-\d{4}-\d{3,6})\]", re.IGNORECASE)
MOST_OUTCOME_LETTERS = 4_000
NO_RIGHT = "not-allowed"  # the desk's code


@dataclass(slots=True, kw_only=True)
class Heard:
    """A mail on its way through the door."""

    mail: ReadMail
    persons: tuple[PersonEnrolled, ...] = ()  # whose address it names; proven is none of them
    case: CaseState | None = None
    block: SignedBlock | None = None
    asked: Asked = field(default_factory=Asked)
    proof: str = ""  # what it was proven by
    person: PersonEnrolled | None = None  # who it is from, once proven; else who is asked back


def hear(office: Office, raw: bytes, read_table: ReadTable) -> str:
    """Take one mail in; what became of it, in one line. The same mail never acts twice."""
    mail = read_mail(raw, most_bytes=office.config.most_mail_bytes)
    office.read_on()
    book = office.book
    if mail.raw_sha256 in book.heard_sha256 or (mail.mail_id and mail.mail_id in book.heard_ids):
        return "heard before"
    if mail.fault:
        return _record(office, Heard(mail=mail), f"refused: {mail.fault}")
    if mail.bounced_ids:
        return _bounce(office, mail)
    board = office.desk.board
    own_list = f"u24.{office.config.domain}".casefold()
    if (
        mail.is_automatic
        or mail.ledger_id == board.ledger_id
        or own_list in mail.list_id.casefold()
    ):
        return _record(office, Heard(mail=mail), "ignored: an automatic mail")
    heard = _place(office, mail)
    if not heard.persons:
        return _record(office, heard, "ignored: nobody here has that address")
    return _hear_person(office, heard, read_table)


def _place(office: Office, mail: ReadMail) -> Heard:
    """Whose address it names, and of which case it is."""
    board = office.desk.board
    persons = tuple(
        person
        for _, person in sorted(board.people.persons.items())
        if mail.from_address and person.email.casefold() == mail.from_address
    )
    known = [office.book.sent_ids[held] for held in mail.answers if held in office.book.sent_ids]
    for case_id, person_id in known:
        # A mailbox that several share: first whoever the mail went to.
        persons = tuple(sorted(persons, key=lambda held: held.person_id != person_id))
        if case_id in board.cases:
            case = survivor(board, board.cases[case_id])
            return Heard(mail=mail, persons=persons, case=case)
    named = _CALL_SIGN.search(mail.subject)
    found = find_case(board, named.group(1)) if named else None
    return Heard(mail=mail, persons=persons, case=survivor(board, found) if found else None)


def _hear_person(office: Office, heard: Heard, read_table: ReadTable) -> str:
    lines = own_lines(heard.mail.text)
    heard.block = find_block(line for _, line in lines)
    heard.person = heard.persons[0]
    if heard.block is not None:
        board = office.desk.board
        named = find_case(board, heard.block.call_sign)
        heard.case = survivor(board, named) if named else None
        lines = list(enumerate(heard.block.orders, 1))
    heard.asked = read_orders(lines, _ground(office, heard))
    refusal = _prove(office, heard)
    if refusal:
        return refusal
    if heard.proof and not heard.asked.orders and not heard.asked.faults:
        _take_pending(office, heard)
    return _act(office, heard, read_table)


def _ground(office: Office, heard: Heard) -> Ground | None:
    if heard.case is None or heard.person is None:
        return None
    view = view_for(office, heard.case, heard.person.person_id)
    return Ground(
        case=heard.case,
        offers={held.fact.offer_id: held for held in view.offers} if view else {},
        alarm_ids=frozenset(heard.case.alarms) if view else frozenset(),
    )


def _prove(office: Office, heard: Heard) -> str:
    """Find out who sent it. What was recorded, if it goes no further; else empty."""
    if heard.block is not None:
        return _prove_by_key(office, heard, heard.block)
    if heard.asked.code:
        return _prove_by_code(office, heard)
    return ""


def _prove_by_key(office: Office, heard: Heard, block: SignedBlock) -> str:
    why = why_not_signed(
        block,
        ledger_id=office.desk.board.ledger_id,
        persons=[person.person_id for person in heard.persons],
        public_keys=office.book.public_keys,
        now=office.clock(),
    )
    if why:
        return _answer(office, heard, f"refused: {why}", refused_page(_view(office, heard), why))
    person_id = office.book.public_keys[block.key_id][0]
    heard.person = next(held for held in heard.persons if held.person_id == person_id)
    heard.proof = f"signed with key {block.key_id}"
    return ""


def _prove_by_code(office: Office, heard: Heard) -> str:
    if heard.case is None:
        why = "a code is good for one case; reply to the mail that brought it"
        return _answer(office, heard, f"refused: {why}", refused_page(None, why))
    reason = "wrong"
    for person in heard.persons:
        bond = _bond(office, heard.case, person)
        code_id = code_id_of(heard.asked.code, bond)
        letters = office.book.letters[heard.case.case_id, person.person_id]
        reason = why_not(code_id, letters, office.clock())
        if reason == "wrong":
            continue
        heard.person = person
        return _use_code(office, heard, code_id, reason)
    persons = " ".join(person.person_id for person in heard.persons)
    why = "the code is not one of yours for this case; copy it from the last mail"
    page = refused_page(_view(office, heard), why)
    return _answer(office, heard, f"{WRONG_CODE} in the name of {persons}", page)


def _use_code(office: Office, heard: Heard, code_id: str, reason: str) -> str:
    """Use the code up. The ledger takes the name of its use once, for this very mail."""
    case = heard.case
    if case is None:
        raise AssertionError("a code was found without a case")
    if not reason:
        fact = CodeUsed(said_at=office.clock(), case_id=case.case_id, code_id=code_id)
        outcome = office.desk.say(
            f"code-used/{code_id}",
            [(stream_of(case.case_id), fact)],
            asked=bytes.fromhex(heard.mail.raw_sha256),
        )
        reason = "the code was used before; each is good once" if outcome.refusal else ""
    if reason:
        page = refused_page(_view(office, heard), reason)
        return _answer(office, heard, f"refused: {reason}", page)
    heard.proof = f"proven by {code_id}"
    # Another person of the same mailbox may see other offers.
    heard.asked = replace(
        read_orders(own_lines(heard.mail.text), _ground(office, heard)), code=heard.asked.code
    )
    return ""


def _take_pending(office: Office, heard: Heard) -> None:
    """A code alone stands for the orders that it was asked back for."""
    code_id = heard.proof.rpartition(" ")[2]
    lines = list(enumerate(office.book.pending.get(code_id, ()), 1))
    heard.asked = replace(read_orders(lines, _ground(office, heard)), code=heard.asked.code)


def _act(office: Office, heard: Heard, read_table: ReadTable) -> str:
    asked, view = heard.asked, _view(office, heard)
    if asked.faults:
        text = f"refused: {len(asked.faults)} lines cannot be understood; nothing was done"
        return _answer(office, heard, text, faults_page(view, asked.faults))
    if not asked.orders:
        why = "no line begins with ACCEPT, PARTLY, DECLINE, COMMIT, ACK, OFFER or STATUS"
        return _answer(office, heard, f"no order: {why}", refused_page(view, why))
    if all(order.word == STATUS for order in asked.orders):
        return _tell_status(office, heard)
    if not heard.proof:
        return _ask_back(office, heard)
    prepared = _with_tables(heard, read_table)
    if isinstance(prepared, list):
        faults = tuple(prepared)
        text = "refused: the table cannot be read; nothing was done"
        return _answer(office, heard, text, faults_page(view, faults))
    return _do(office, heard, prepared)


def _do(office: Office, heard: Heard, orders: tuple[Order, ...]) -> str:
    """Each order by itself, under a key of its own, so that a second try does nothing twice."""
    person = heard.person
    if person is None:
        raise AssertionError("a mail without a sender is proven")
    # The same signed block in another mail is the same command.
    name = f"signed/{block_name(heard.block)}" if heard.block else heard.mail.raw_sha256[:32]
    outcomes = []
    for order in orders:
        if order.command is not None:
            key = f"mail/{name}/{order.number}"
            outcomes.append((order, _do_one(office, person.person_id, key, order.command)))
    office.read_on()
    told = "; ".join(_told(order, outcome) for order, outcome in outcomes)
    text = f"{heard.proof} of {person.person_id}: {told}"
    return _answer(office, heard, text, done_page(_view(office, heard), outcomes))


def _do_one(office: Office, person_id: str, key: str, command: Command) -> Outcome:
    """In the person's own name; where they have no right of their own, as a deputy."""
    own = office.desk.do(Caller(person_id), key, command)
    if own.refusal is None or own.refusal.code != NO_RIGHT:
        return own
    board, now = office.desk.board, office.clock()
    for held in sorted(board.people.deputies):
        if is_deputy(board, held, person_id, now):
            outcome = office.desk.do(Caller(person_id, for_person_id=held), key, command)
            if outcome.refusal is None or outcome.refusal.code != NO_RIGHT:
                return outcome
    return own


def _told(order: Order, outcome: Outcome) -> str:
    what = f"not done ({outcome.refusal.code})" if outcome.refusal else "done"
    return f"{order.line} - {what}"


def _with_tables(heard: Heard, read_table: ReadTable) -> tuple[Order, ...] | list[LineFault]:
    """The orders with what their tables offer; or every fault of a table."""
    offers = [order for order in heard.asked.orders if order.word == OFFER]
    if not offers:
        return heard.asked.orders
    first, case, person = offers[0], heard.case, heard.person
    if case is None or person is None:
        raise AssertionError("an offer without a case or a sender is proven")
    why = _why_no_table(heard, len(offers))
    if why:
        return [LineFault(number=first.number, line=first.line, text=why)]
    file = heard.mail.attached[0]
    table = read_table(file.data, file.name, person.member)
    if table.faults:
        return [
            LineFault(number=first.number, line=file.name, text=one_line(text, 300))
            for text in table.faults[:50]
        ]
    command: Command = offer_from(case, person.member, table.lots, table.vehicles, first.line)
    return tuple(
        replace(order, command=command) if order is first else order for order in heard.asked.orders
    )


def _why_no_table(heard: Heard, count: int) -> str:
    files = heard.mail.attached
    if count > 1 or len(files) != 1:
        return f"{count} lines OFFER and {len(files)} files are in the mail; give one of each"
    if heard.block and heard.block.attached_sha256 != (sha256(files[0].data).hexdigest(),):
        return "the attached table is not the one that was signed; sign it with the line Attached:"
    if heard.person is not None and not heard.person.member:
        return f"{heard.person.person_id} speaks for no member; only a member offers"
    return ""


def _ask_back(office: Office, heard: Heard) -> str:
    """Nothing is proven: send what was understood, with a code, to the address on record."""
    case, person = heard.case, heard.person
    view = _view(office, heard)
    if case is None or person is None or view is None:
        why = "you have no part in this case now; ask the duty officer"
        return _answer(office, heard, f"refused: {why}", refused_page(None, why))
    if not _may_answer(office, heard):
        return _record(office, heard, "ignored: unproven, and asked back too often this hour")
    code = office.make_code()
    fact = issue(code, _bond(office, case, person), office.clock())
    lines = "\n".join(order.line for order in heard.asked.orders)
    outcome = f"{WAITS}{fact.code_id}\n{lines}"
    page = confirm_page(view, heard.asked.orders, code, "an address alone proves nothing")
    return _answer(office, heard, outcome, page, fact)


def _tell_status(office: Office, heard: Heard) -> str:
    view = _view(office, heard)
    if view is None:
        why = "you have no part in this case now; ask the duty officer"
        return _answer(office, heard, f"refused: {why}", refused_page(None, why))
    return _answer(office, heard, "told the status", compose_brief(view, ()))


def _bond(office: Office, case: CaseState, person: PersonEnrolled) -> CodeBond:
    return CodeBond(
        ledger_id=office.desk.board.ledger_id, case_id=case.case_id, person_id=person.person_id
    )


def _view(office: Office, heard: Heard) -> View | None:
    if heard.case is None or heard.person is None:
        return None
    return view_for(office, office.desk.board.cases[heard.case.case_id], heard.person.person_id)


def _may_answer(office: Office, heard: Heard) -> bool:
    """Whether one more answer may go to the person within the hour."""
    case_id = heard.case.case_id if heard.case else ""
    person_id = heard.person.person_id if heard.person else ""
    answered = office.book.letters[case_id, person_id].answered
    lately = [at for at in answered if at > office.clock() - HOUR]
    return len(lately) < office.config.most_answers_per_hour


def _answer(office: Office, heard: Heard, outcome: str, page: Page, *facts: Fact) -> str:
    """Put on record what became of the mail, then answer it; only to the address on record."""
    may = _may_answer(office, heard)
    text = outcome if may else f"{outcome} (not answered: too many answers this hour)"
    is_new = _record(office, heard, text, *facts)
    if not may or heard.person is None or is_new == "heard before":
        return text
    mail_id = answer_id(
        ledger_id=office.desk.board.ledger_id, raw_sha256=heard.mail.raw_sha256,
        domain=office.config.domain,
    )  # fmt: skip
    envelope = make_envelope(
        office, heard.case, heard.person, mail_id,
        replied_to=heard.mail.mail_id, auto=AUTO_REPLIED,
    )  # fmt: skip
    deliver(office, page, envelope, heard.person, None)
    return text


def _record(office: Office, heard: Heard, outcome: str, *facts: Fact) -> str:
    case_id = heard.case.case_id if heard.case else ""
    stream = stream_of(case_id)
    mail = heard.mail
    fact = MailHeard(
        said_at=office.clock(),
        case_id=case_id,
        mail_id=mail.mail_id or f"<sha256.{mail.raw_sha256[:40]}@none>",
        from_address=mail.from_address,
        subject=mail.subject,
        raw_sha256=mail.raw_sha256,
        outcome=outcome[:MOST_OUTCOME_LETTERS],
    )
    said = office.desk.say(
        f"mail-heard/{mail.raw_sha256}", [(stream, fact), *((stream, one) for one in facts)]
    )
    office.read_on()
    return "heard before" if said.repeated else outcome


def _bounce(office: Office, mail: ReadMail) -> str:
    """A mail of ours came back: on record beside it, for the heartbeat to show."""
    book = office.book
    ours = next((held for held in mail.bounced_ids if held in book.sent_ids), "")
    if not ours or not mail.bounce:
        return _record(office, Heard(mail=mail), "ignored: a report on a mail that is not lost")
    case_id, person_id = book.sent_ids[ours]
    case = office.desk.board.cases.get(case_id)
    failed = MailFailed(
        said_at=office.clock(), case_id=case_id, mail_id=ours, to_person_id=person_id,
        subject=mail.subject, reason=f"{BOUNCED}{mail.bounce}",
    )  # fmt: skip
    heard = Heard(mail=mail, case=case)
    return _record(office, heard, f"bounced: {person_id} was not reached", failed)
