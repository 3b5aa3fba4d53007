"""What is new in a reply, and mails that mean harm."""

import base64
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mail.world import PEOPLE, World, a_reply, code_in
from u24.mail.quoting import ABOVE, own_lines
from u24.mail.raw_mail import MOST_ATTACHED, read_mail
from u24.mail.settings import MIB

HOST = PEOPLE["host"][2]
SMALL = 100_000


def own(text):
    return [line for _, line in own_lines(text)]


QUOTES = [
    "> ACCEPT offer_1",
    "On Fri, 6 Feb 2026 at 04:27, U24 desk <desk@u24.example> wrote:\n\nACCEPT offer_1",
    "On Fri, 6 Feb 2026 at 04:27, U24 desk\n<desk@u24.example> wrote:\nACCEPT offer_1",
    "Am 06.02.26 um 05:27 schrieb U24 desk:\nACCEPT offer_1",
    "Le ven. 6 févr. 2026 à 05:27, U24 desk <desk@u24.example> a écrit :\nACCEPT offer_1",
    "El vie, 6 feb 2026 a las 5:27, U24 (<desk@u24.example>) escribió:\nACCEPT offer_1",
    "6 Şub 2026 Cum, 07:27 tarihinde U24 <desk@u24.example> şunu yazdı:\nACCEPT offer_1",
    "пт, 6 февр. 2026 г. в 07:27, U24 <desk@u24.example>:\nACCEPT offer_1",
    "في الجمعة، ٦ فبراير ٢٠٢٦ كتب U24:\nACCEPT offer_1",
    "2026-02-06 5:27 GMT+01:00 U24 <desk@u24.example>:\nACCEPT offer_1",
    "-----Original Message-----\nACCEPT offer_1",
    "-----Ursprüngliche Nachricht-----\nACCEPT offer_1",
    "________________________________\nACCEPT offer_1",
    "From: U24 desk\nSent: Friday\nTo: host\nSubject: [U24]\n\nACCEPT offer_1",
    "Von: U24 desk\nGesendet: Freitag\nAn: host\n\nACCEPT offer_1",
    "*De :* U24\n*Envoyé :* vendredi\n\nACCEPT offer_1",
    "-- \nACCEPT offer_1",
    f"{ABOVE}\nACCEPT offer_1",
    f"\u200f  | {ABOVE}\nACCEPT offer_1",
    "Begin forwarded message:\n\nACCEPT offer_1",
]


@pytest.mark.parametrize("quoted", QUOTES)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n"])
def test_what_is_quoted_is_cut_off_and_what_stands_above_is_kept(quoted, gap):
    assert own(f"DECLINE offer_2 no{gap}{quoted}") == ["DECLINE offer_2 no"]


def test_a_reply_without_a_quote_is_kept_whole_with_the_numbers_of_its_lines():
    text = "Dear all,\n\nACCEPT offer_1\nTo be clear: all of it.\nRegards\n"

    assert own_lines(text) == [
        (1, "Dear all,"), (3, "ACCEPT offer_1"), (4, "To be clear: all of it."), (5, "Regards"),
    ]  # fmt: skip


def test_a_page_in_html_alone_is_read_without_its_quotes(world, inboxes):
    world.offer()
    world.round()
    brief = inboxes.of(HOST)[-1]
    reply = a_reply(brief, "x")
    reply.set_content(
        "<style>p{}</style><p>STATUS</p><blockquote>ACCEPT offer_000004</blockquote>",
        subtype="html",
    )

    assert own(read_mail(reply.as_bytes(), most_bytes=MIB).text) == ["STATUS"]


def nested(depth):
    inner = b"text"
    for i in range(depth):
        inner = (
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i)
            + inner + b"\r\n--b%d--\r\n" % i
        )  # fmt: skip
    return b"From: host@afad.example\r\n" + inner


def inner_messages(depth):
    return b"From: host@afad.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * depth


def many_files():
    message = a_reply(None, "OFFER")
    for i in range(MOST_ATTACHED + 1):
        message.add_attachment(b"x", maintype="text", subtype="csv", filename=f"{i}.csv")
    return message.as_bytes()


HOSTILE = {
    "deep": nested(3000),
    "inner": inner_messages(5000),
    "large": b"Subject: x\r\n\r\n" + b"a" * (SMALL + 1),
    "files": many_files(),
    "headers": b"X: y\r\n" * 2000 + b"\r\n",
    "parts": b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 500,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_mail_that_means_harm_is_refused_with_one_line_and_the_next_is_heard(
    tmp_path, inboxes, server, name
):
    world = World(tmp_path / "m", port=server.port, most_mail_bytes=SMALL)
    world.enrol("host", "ita")
    world.open_case()
    offer_id = world.offer()
    world.round()
    brief = inboxes.of(HOST)[-1]
    world.arrives(HOSTILE[name], "1")
    world.arrives(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}"), "2")

    done = world.round()

    assert done.heard[0].startswith("refused: it ")
    assert "\n" not in done.heard[0]
    assert world.case.offers[offer_id].reply is not None
    assert len(world.heard) == 2


@pytest.mark.parametrize(
    "header",
    [
        "From: a@b.c, host@afad.example",
        "From: host@afad.example\r\nFrom: host@afad.example",
        "From: " + "(" * 5000 + "host@afad.example",
        "From: host@afad.example\x00@x",
        "From: =?utf-8?q?host@afad.example?= <x@y.z>",
        "From:",
    ],
)
def test_a_sender_that_is_not_one_plain_address_is_nobody(world, inboxes, header):
    before = len(inboxes.mails)
    raw = f"{header}\r\nSubject: [{world.case.call_sign}]\r\n\r\nSTATUS\r\n".encode()

    assert world.hear(raw) == "ignored: nobody here has that address"
    assert len(inboxes.mails) == before


@pytest.mark.parametrize(
    "charset", ["utf-8", "x-none", "hex", "zlib", "utf-7", "punycode", "cp999", "\x00", "a" * 999]
)
def test_a_charset_of_any_name_is_read_somehow(charset):
    raw = f'Content-Type: text/plain; charset="{charset}"\r\n\r\nACCEPT x\xff'.encode("latin-1")

    assert read_mail(raw, most_bytes=SMALL).text.startswith("ACCEPT x")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"X_Autoreply": "yes"},
        {"List_Id": "<u24-2026-001.u24.u24.example>"}, {"Return_Path": "<>"},
    ],
)  # fmt: skip
def test_loops_and_automatic_mails_are_neither_done_nor_answered(world, inboxes, headers):
    offer_id = world.offer()
    world.round()
    brief, before = inboxes.of(HOST)[-1], len(inboxes.mails)

    said = world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {offer_id}", **headers))

    assert said == "ignored: an automatic mail"
    assert world.case.offers[offer_id].reply is None
    assert len(inboxes.mails) == before


def test_our_own_mail_that_comes_back_is_ignored(world, inboxes):
    world.round()

    assert world.hear(inboxes.mails[-1][1]) == "ignored: an automatic mail"


def test_a_mail_that_names_our_own_record_is_ignored_whatever_else_was_taken_out(world):
    sent = a_reply(None, "STATUS", X_U24_Ledger=world.desk.board.ledger_id)

    assert world.hear(sent) == "ignored: an automatic mail"


def a_bounce(mail, action="failed"):
    raw = (
        "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMessage-ID: <b1@mx.example>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; {mail['To']}\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 unknown\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {mail['Message-ID']}\r\n\r\n--b--\r\n"
    )
    return raw.encode()


def test_a_mail_that_comes_back_is_on_record_and_an_alarm(world, inboxes):
    world.round()
    world.arrives(a_bounce(inboxes.of(HOST)[-1]))

    world.round()

    assert world.failed[0].reason == "bounced: 5.1.1 smtp; 550 unknown"
    assert world.failed[0].to_person_id == "host"
    assert any("mail does not reach host" in a.fact.text for a in world.case.alarms.values())


def test_a_delay_is_no_bounce(world, inboxes):
    world.round()

    world.hear(a_bounce(inboxes.of(HOST)[-1], action="delayed"))

    assert world.failed == []


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory, server):
    world = World(tmp_path_factory.mktemp("fuzz") / "mail", port=server.port)
    world.enrol("host", "ita")
    world.open_case()
    offer_id = world.offer()
    world.round()
    brief = server.handler.of(HOST)[-1]
    server.handler.mails.clear()
    return world, offer_id, brief


def facts_of(world):
    """All on record but letters."""
    return [e.kind for e in world.store.everything() if not e.kind.startswith(("mail.", "code."))]


@settings(max_examples=150, deadline=None)
@given(raw=st.binary(max_size=2000))
def test_no_bytes_crash_the_reader(raw):
    assert read_mail(raw, most_bytes=1000) is not None


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_mutated_mail_without_proof_never_acts_and_never_crashes(fuzzed, data):
    world, offer_id, brief = fuzzed
    world.clock.turn(hours=1)  # so that answers are not capped for ever
    before = facts_of(world)
    number = data.draw(st.integers(0, 10**9))
    raw = bytearray(a_reply(brief, f"ACCEPT {offer_id}\nCODE ", number=number).as_bytes())
    for _ in range(data.draw(st.integers(0, 8))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))

    world.hear(bytes(raw))

    assert facts_of(world) == before


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    subject=st.text(max_size=60),
    text=st.text(max_size=400),
    word=st.sampled_from(
        ["ACCEPT", "PARTLY", "DECLINE", "COMMIT", "ACK", "OFFER", "STATUS", "CODE"]
    ),
    number=st.integers(0, 10**9),
)
def test_any_words_in_a_reply_never_act_without_proof(fuzzed, subject, text, word, number):
    world, offer_id, brief = fuzzed
    world.clock.turn(hours=1)
    before = facts_of(world)
    body = base64.b64encode(f"{word} {text}\n{word} {offer_id} {text}".encode(errors="replace"))
    mail = (
        f"From: {HOST}\nMessage-ID: <t{number}@x>\nIn-Reply-To: {brief['Message-ID']}\nSubject: "
    ).encode() + subject.encode(errors="replace").replace(b"\n", b" ").replace(b"\r", b" ")

    world.hear(mail + b"\nContent-Transfer-Encoding: base64\n\n" + body)

    assert facts_of(world) == before


def test_a_text_with_half_a_character_is_put_on_record_all_the_same(world):
    message = EmailMessage()
    message["From"] = "nobody@nowhere.example"
    message["Subject"] = "x"
    raw = message.as_bytes().replace(b"Subject: x", b"Subject: \xed\xa0\x80 \xff\x00")

    assert world.hear(raw) == "ignored: nobody here has that address"


@pytest.mark.parametrize(
    "header",
    [
        "host@afad.example", "<HOST@afad.example>", '"Doe, J. <x@y>" <host@afad.example>',
        "=?utf-8?b?2YXYrdmF2K8=?= <host@afad.example>", "host@afad.example (on duty)",
        "Officer on duty\r\n <host@afad.example>",
    ],
)  # fmt: skip
def test_one_address_is_read_with_any_name(header):
    raw = f"From: {header}\r\n\r\nx".encode()

    assert read_mail(raw, most_bytes=SMALL).from_address == HOST
