"""Pages into mails: text first, plain HTML beside it, nothing from outside, under 100 kB."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from u24.errors import InvalidInput
from u24.mail.addresses import is_address, list_id, one_line
from u24.mail.brief import Page

MOST_BYTES = 100_000
MOST_TEXT_BYTES = 60_000  # base64 makes a third more of it
AUTO_GENERATED = "auto-generated"
AUTO_REPLIED = "auto-replied"
LEDGER_HEADER = "X-U24-Ledger"
_STYLE = "font-family:sans-serif;white-space:pre-wrap"
_POLICY = SMTP.clone(max_line_length=78)


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who writes to whom, and where in which thread."""

    mail_id: str
    from_address: str
    from_name: str
    to_address: str
    to_name: str
    at: datetime
    ledger_id: str
    call_sign: str = ""
    thread: tuple[str, ...] = ()  # Message-IDs, the root first, the one replied to last
    auto: str = AUTO_GENERATED


def page_text(page: Page) -> str:
    """The page as plain text."""
    blocks = []
    for section in page.sections:
        heading = [section.heading.upper()] if section.heading else []
        blocks.append("\n".join([*heading, *section.lines]))
    return "\n\n".join(blocks) + "\n"


def page_html(page: Page) -> str:
    """The page as HTML that loads nothing and runs nothing."""
    blocks = []
    for section in page.sections:
        heading = f"<h3>{escape(section.heading)}</h3>" if section.heading else ""
        lines = escape("\n".join(section.lines))
        blocks.append(f'{heading}<div dir="auto" style="{_STYLE}">{lines}</div>')
    title = escape(page.subject)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{''.join(blocks)}</body></html>\n"
    )


def as_message(page: Page, envelope: Envelope) -> EmailMessage:
    """The mail, ready to leave.

    Raises
    ------
    InvalidInput
        The address is none that may stand in a header.
    """
    if not is_address(envelope.to_address):
        raise InvalidInput(
            f"address is {one_line(envelope.to_address, 80)!r}; give one like name@example.org"
        )
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(envelope.from_name, envelope.from_address)
    message["To"] = _address(envelope.to_name, envelope.to_address)
    message["Subject"] = one_line(page.subject)
    message["Date"] = format_datetime(envelope.at)
    message["Message-ID"] = envelope.mail_id
    if envelope.thread:
        message["In-Reply-To"] = envelope.thread[-1]
        message["References"] = " ".join(envelope.thread)
    domain = envelope.from_address.rpartition("@")[2]
    message["List-Id"] = list_id(call_sign=envelope.call_sign, domain=domain)
    message["Auto-Submitted"] = envelope.auto
    message["X-Auto-Response-Suppress"] = "All"
    message[LEDGER_HEADER] = one_line(envelope.ledger_id)
    _fill(message, page_text(page))
    if len(message.as_bytes()) + 2 * len(html := page_html(page).encode()) < MOST_BYTES:
        message.add_alternative(html.decode(), subtype="html", cte="base64")
    return message


def _fill(message: EmailMessage, text: str) -> None:
    """Put the text in, in an encoding that every server on the way carries."""
    cut = text.encode()[:MOST_TEXT_BYTES].decode(errors="ignore")
    if cut != text:
        cut += "\n... more at the desk\n"
    message.set_content(cut, cte="quoted-printable" if cut.isascii() else "base64")


def _address(name: str, address: str) -> Address:
    return Address(display_name=one_line(name, 80), addr_spec=address)
