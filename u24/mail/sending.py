"""Mail to an SMTP server, and what the server said to it."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from u24.mail.addresses import one_line
from u24.mail.settings import Cover, MailServer

ACCEPTED = 250
TAKEN = (250, 251)  # 251: it will be forwarded
PERMANENT = 500  # codes from here on mean: do not try again (RFC 5321 4.2.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What became of one mail."""

    is_sent: bool
    reply: str  # of the server, or what went wrong
    is_final: bool = False  # refused for good: the same mail will never be taken
    is_servers: bool = False  # the server was not reached, or takes nothing from us


def send(message: EmailMessage, to_address: str, from_address: str, server: MailServer) -> Delivery:
    """Hand one mail to the server, once. What goes wrong is an answer, not an error."""
    try:
        with _connect(server, from_address.rpartition("@")[2]) as connection:
            return _hand_over(connection, message, to_address, from_address)
    except (OSError, smtplib.SMTPException) as error:
        return Delivery(is_sent=False, reply=_plain(error), is_servers=True)


def _connect(server: MailServer, own_name: str) -> smtplib.SMTP:
    # Without a name of ours smtplib asks the name server for one, and waits for it.
    tls = ssl.create_default_context() if server.cover is not Cover.NONE else None
    if server.cover is Cover.TLS:
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, own_name, timeout=server.timeout_s, context=tls
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, own_name, timeout=server.timeout_s)
    try:
        if server.cover is Cover.STARTTLS:
            connection.starttls(context=tls)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _hand_over(
    connection: smtplib.SMTP, message: EmailMessage, to_address: str, from_address: str
) -> Delivery:
    """The three steps by hand, as ``send_message`` keeps the server's last words to itself."""
    connection.ehlo_or_helo_if_needed()
    data = message.as_bytes()
    code, said = connection.mail(from_address)
    if code == ACCEPTED:
        code, said = connection.rcpt(to_address)
    if code not in TAKEN:
        return _refused(code, said)
    code, said = connection.data(data)
    if code != ACCEPTED:
        return _refused(code, said)
    return Delivery(is_sent=True, reply=f"{code} {_text(said)}")


def _refused(code: int, said: bytes) -> Delivery:
    return Delivery(is_sent=False, reply=f"{code} {_text(said)}", is_final=code >= PERMANENT)


def _text(said: bytes) -> str:
    return one_line(said.decode(errors="replace"))


def _plain(error: Exception) -> str:
    return one_line(f"{type(error).__name__}: {error}")
