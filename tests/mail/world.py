"""A desk with people and a case, a mail server and a maildir: what every test of mail needs."""

import re
import socket
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from tests.builders import a_lot, a_need
from u24.desk.journey import Desk, begin_desk
from u24.desk.saying import Caller
from u24.domain.commands.cases import OpenCase
from u24.domain.commands.people import EnrolPerson, GrantRole
from u24.domain.commands.requests import MakeOffer, StateRequest
from u24.domain.facts.letters import MailFailed, MailHeard, MailSent
from u24.domain.facts.people import Role
from u24.domain.figures import Range
from u24.ids import counted_ids
from u24.ledger.memory import MemoryStore
from u24.mail.book import Book
from u24.mail.codes import ALPHABET
from u24.mail.inbox import hear
from u24.mail.post import Office
from u24.mail.rounds import run_mail
from u24.mail.settings import Cover, MailConfig, MailServer
from u24.mail.tables import no_tables
from u24.wire.facts import decode_fact

NOW = datetime(2026, 2, 6, 4, 27, tzinfo=UTC)
DESK_ADDRESS = "desk@u24.example"
PEOPLE = {
    "duty": (Role.DUTY_OFFICER, "", "duty@desk.example"),
    "host": (Role.HOST_OFFICER, "TUR", "host@afad.example"),
    "ita": (Role.FOCAL_POINT, "ITA", "eoc@dpc.example"),
    "fra": (Role.FOCAL_POINT, "FRA", "cogic@fra.example"),
    "lifts": (Role.LOGISTICIAN, "", "lifts@desk.example"),
    "law": (Role.LEGAL_OFFICER, "", ""),
}


class HandClock:
    """Shows what it is set to."""

    def __init__(self, now=NOW):
        self.now = now

    def __call__(self):
        return self.now

    def turn(self, **values):
        self.now += timedelta(**values)


class Inboxes:
    """What a mail server took; refuses whom it is told to."""

    def __init__(self):
        self.mails = []
        self.refused = {}

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):  # noqa: N802
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        for address in envelope.rcpt_tos:
            self.mails.append((address, envelope.original_content))
        return f"250 OK kept as {len(self.mails)}"

    def of(self, address):
        return [read(raw) for to, raw in self.mails if to == address]


def read(raw):
    return message_from_bytes(raw, policy=policy.default)


def text_of(message):
    return message.get_body(("plain",)).get_content()


def code_in(message):
    return re.search(r"CODE ([A-Z0-9]{5}-[A-Z0-9]{5})", text_of(message)).group(1)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def start_server(inboxes, port):
    server = Controller(inboxes, hostname="127.0.0.1", port=port)
    server.start()
    return server


class World:
    """A desk in the middle of a case; the mail server may be up or down."""

    def __init__(self, maildir, *, port, exercise=False, **config):
        self.clock = HandClock()
        self.store = MemoryStore(self.clock)
        ids = counted_ids()
        begin_desk(
            self.store, self.clock, ids, name="U24 desk", exercise=exercise,
            administrator=EnrolPerson(person_id="admin", name="Administrator"),
        )  # fmt: skip
        self.desk = Desk(self.store, self.clock, ids)
        self.desk.refresh()
        self.count, self.case_id = 0, ""
        self.maildir = maildir
        for name in ("new", "cur", "tmp"):
            (maildir / name).mkdir(parents=True)
        smtp = MailServer(host="127.0.0.1", port=port, cover=Cover.NONE, timeout_s=5)
        self.config = MailConfig(address=DESK_ADDRESS, smtp=smtp, maildir=maildir, **config)
        self.office = self.an_office()
        self.enrol("duty")

    def an_office(self, make_code=None):
        return Office(
            desk=self.desk, config=self.config, clock=self.clock,
            make_code=make_code or self.next_code, book=Book(),
        )  # fmt: skip

    def next_code(self):
        self.count += 1
        letters = ALPHABET[self.count % len(ALPHABET)] + ALPHABET[self.count // len(ALPHABET)]
        return f"3333{letters[0]}-4444{letters[1]}"

    def do(self, who, command):
        self.count += 1
        outcome = self.desk.do(Caller(who), f"step-{self.count}", command)
        assert outcome.is_done, (who, command, outcome.refusal)
        return outcome

    def enrol(self, *names):
        for name in names:
            role, member, email = PEOPLE[name]
            self.do("admin", EnrolPerson(person_id=name, name=name, email=email, member=member))
            self.do("admin", GrantRole(person_id=name, role=role))

    def open_case(self, **values):
        default = {"title": "Earthquake Kahramanmaraş", "hazard": "GH0101", "host": "TUR"}
        done = self.do("duty", OpenCase(**{**default, **values}))
        self.case_id = done.get_made("case_id")
        return self.case_id

    def ask_for_help(self, **values):
        amount = Range(low=800, best=1200, high=2000)
        need = a_need(kind="family_tent", amount=amount, planned_units=1200, **values)
        return self.do("duty", StateRequest(case_id=self.case_id, needs=(need,)))

    def offer(self, who="ita", *, confidential=False, request_id="", **values):
        self.count += 1
        member = PEOPLE[who][1]
        lot = a_lot(
            f"lot_{self.count}", member=member, kind="family_tent",
            **{"packs": 300, "ready_at": self.clock(), **values},
        )  # fmt: skip
        done = self.do(
            who, MakeOffer(case_id=self.case_id, member=member, lots=(lot,),
                           confidential=confidential),
        )  # fmt: skip
        return done.get_made("offer_id")

    @property
    def case(self):
        return self.desk.refresh().cases[self.case_id]

    def facts(self, *kinds):
        found = (decode_fact(e.kind, e.body) for e in self.store.everything())
        return [fact for fact in found if isinstance(fact, kinds)]

    @property
    def sent(self):
        return self.facts(MailSent)

    @property
    def failed(self):
        return self.facts(MailFailed)

    @property
    def heard(self):
        return [fact.outcome for fact in self.facts(MailHeard)]

    def round(self, **values):
        return run_mail(self.desk, self.config, self.clock, make_code=self.next_code, **values)

    def hear(self, message, read_table=no_tables):
        raw = message if isinstance(message, bytes) else message.as_bytes()
        return hear(self.office, raw, read_table)

    def arrives(self, message, name="1"):
        raw = message if isinstance(message, bytes) else message.as_bytes()
        (self.maildir / "new" / f"{name}.host").write_bytes(raw)


def a_reply(to, text, *, sender="host@afad.example", number=1, **headers):
    """A reply to a mail of ours, as a person's mail program writes it."""
    message = EmailMessage()
    message["From"] = f"Somebody <{sender}>"
    message["To"] = DESK_ADDRESS
    message["Subject"] = f"Re: {to['Subject']}" if to is not None else "hello"
    message["Message-ID"] = f"<reply.{number}@{sender.partition('@')[2]}>"
    if to is not None:
        message["In-Reply-To"] = to["Message-ID"]
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    quoted = ""
    if to is not None:
        lines = "\n".join(f"> {line}" for line in text_of(to).splitlines())
        quoted = f"\n\nOn Fri, 6 Feb 2026 at 04:27, desk wrote:\n{lines}\n"
    message.set_content(text + quoted)
    return message
