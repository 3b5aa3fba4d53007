"""A mail as bytes from anybody, into a value; or one line that says why it is not read.

Whoever sent it may mean harm. What could cost time or memory is bounded before the parser
of the standard library sees it.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.header import Header, decode_header
from email.message import Message
from email.policy import compat32
from hashlib import sha256
from html.parser import HTMLParser

from u24.mail.addresses import MOST_HEADER_LETTERS, message_ids, one_line, sender_of

MOST_NESTED = 50  # boundaries and inner messages, more than any mail program makes
MOST_PARTS = 50
MOST_ATTACHED = 10
MOST_HEADER_LINES = 500
MOST_TEXT_LETTERS = 64_000
_NESTING = re.compile(rb"boundary[*0-9]*\s*=|message/", re.IGNORECASE)
# Codecs of text that cannot run away; all else is read as ISO 8859-1, where any byte is a letter.
_CHARSETS = re.compile(
    r"(utf-?8|us-ascii|ascii|iso-?8859-\d{1,2}|windows-\d{3,4}|cp\d{3,4}|koi8-[ru]|gb2312|gbk"
    r"|gb18030|big5|shift_jis|euc-(jp|kr)|iso-2022-jp|utf-16(le|be)?)"
)
_AUTOMATIC = frozenset({"bulk", "junk", "list", "auto_reply"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that came with a mail."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMail:
    """What of a mail matters; no header of it is proven."""

    raw_sha256: str
    mail_id: str = ""  # Message-ID; empty if it has none that is one
    from_address: str = ""
    subject: str = ""
    answers: tuple[str, ...] = ()  # Message-IDs that it refers to, the nearest first
    text: str = ""
    attached: tuple[Attached, ...] = ()
    list_id: str = ""
    ledger_id: str = ""  # of the desk that sent it, if a desk did
    is_automatic: bool = False
    bounce: str = ""  # why a mail of ours came back
    bounced_ids: tuple[str, ...] = ()
    fault: str = ""  # why it is not read; the rest is then empty


def read_mail(raw: bytes, *, most_bytes: int) -> ReadMail:
    """Read a mail. Never raises for any bytes."""
    digest = sha256(raw).hexdigest()
    fault = _why_not(raw, most_bytes)
    if fault:
        return ReadMail(raw_sha256=digest, fault=fault)
    try:
        return _read(message_from_bytes(raw, policy=compat32), digest)
    # What the standard parser raises for mails that nobody could have meant.
    except (MessageError, ValueError, LookupError, TypeError, AttributeError) as error:
        return ReadMail(raw_sha256=digest, fault=f"it cannot be read ({type(error).__name__})")


def _why_not(raw: bytes, most_bytes: int) -> str:
    if len(raw) > most_bytes:
        return f"it has more than {most_bytes:,} bytes"
    nested = len(_NESTING.findall(raw))
    if nested > MOST_NESTED:
        return f"it names {nested:,} inner parts; {MOST_NESTED} are allowed"
    return ""


def _read(message: Message, digest: str) -> ReadMail:
    if len(message.keys()) > MOST_HEADER_LINES:
        fault = f"it has {len(message.keys()):,} header lines; {MOST_HEADER_LINES} are allowed"
        return ReadMail(raw_sha256=digest, fault=fault)
    parts = list(message.walk())
    if len(parts) > MOST_PARTS:
        fault = f"it has {len(parts):,} parts; {MOST_PARTS} are allowed"
        return ReadMail(raw_sha256=digest, fault=fault)
    attached = tuple(_attached(part) for part in parts if _is_file(part))
    if len(attached) > MOST_ATTACHED:
        fault = f"it has {len(attached):,} files attached; {MOST_ATTACHED} are allowed"
        return ReadMail(raw_sha256=digest, fault=fault)
    is_bounce = _is_bounce(message)
    senders = message.get_all("From") or []
    return ReadMail(
        raw_sha256=digest,
        mail_id=next(iter(message_ids(_header(message, "Message-ID"))), ""),
        from_address=sender_of(str(senders[0])) if len(senders) == 1 else "",
        subject=one_line(_header(message, "Subject")),
        answers=_answers(message),
        text=_text(parts)[:MOST_TEXT_LETTERS],
        attached=attached,
        list_id=one_line(_header(message, "List-Id")),
        ledger_id=one_line(_header(message, "X-U24-Ledger")),
        is_automatic=_is_automatic(message),
        bounce=_why_bounced(parts) if is_bounce else "",
        bounced_ids=_bounced_ids(parts) if is_bounce else (),
    )


def _answers(message: Message) -> tuple[str, ...]:
    nearest = message_ids(_header(message, "In-Reply-To"))
    thread = message_ids(_header(message, "References"))
    return tuple(dict.fromkeys((*nearest, *reversed(thread))))


def _is_automatic(message: Message) -> bool:
    sent = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return (
        sent not in {"", "no"}
        or _header(message, "Precedence").strip().lower() in _AUTOMATIC
        or any(message.get(name) for name in ("X-Autoreply", "X-Autorespond", "List-Unsubscribe"))
        or _header(message, "Return-Path").strip() == "<>"
    )


def _is_bounce(message: Message) -> bool:
    return (
        message.get_content_type() == "multipart/report"
        and "delivery-status" in str(message.get("Content-Type", "")).lower()
    )


def _why_bounced(parts: list[Message]) -> str:
    """The status of a report of delivery that failed for good (RFC 3464); else empty."""
    for part in parts:
        action = _header(part, "Action").strip().lower()
        if action == "failed":
            said = _header(part, "Diagnostic-Code") or "no reason given"
            return one_line(f"{_header(part, 'Status')} {said}")
    return ""


def _bounced_ids(parts: list[Message]) -> tuple[str, ...]:
    found: list[str] = []
    for part in parts[1:]:
        found += message_ids(_header(part, "Message-ID"))
        if part.get_content_type() == "text/rfc822-headers":
            found += message_ids(_payload_text(part))
    return tuple(dict.fromkeys(found))


def _is_file(part: Message) -> bool:
    if part.is_multipart() or part.get_content_maintype() in {"multipart", "message"}:
        return False
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def _attached(part: Message) -> Attached:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    return Attached(name=one_line(_text_of(part.get_filename() or "file"), 100), data=data)


def _text(parts: list[Message]) -> str:
    """The text that the sender wrote: plain if there is any, else out of the HTML."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not _is_file(part):
                text = _payload_text(part)
                if text.strip():
                    return text if kind == "text/plain" else _from_html(text)
    return ""


def _payload_text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_content_charset() or "utf-8").lower()
    known = charset if _CHARSETS.fullmatch(charset) else "iso-8859-1"
    try:
        return payload.decode(known, errors="replace")
    except LookupError:  # the name fits, but there is no such codec, e.g. cp999
        return payload.decode("iso-8859-1")


def _header(message: Message, name: str) -> str:
    return _text_of(message.get(name, ""))


def _text_of(value: str | Header) -> str:
    """A header as text, unfolded, with its encoded words read."""
    text = str(value)[:MOST_HEADER_LETTERS]
    try:
        pieces = decode_header(text)
    except HeaderParseError:
        return text
    return "".join(
        piece if isinstance(piece, str) else _decoded(piece, charset or "us-ascii")
        for piece, charset in pieces
    )


def _decoded(piece: bytes, charset: str) -> str:
    known = charset.lower() if _CHARSETS.fullmatch(charset.lower()) else "iso-8859-1"
    try:
        return piece.decode(known, errors="replace")
    except LookupError:
        return piece.decode("iso-8859-1")


class _Letters(HTMLParser):
    """The words of a page line by line, without what is quoted, styled or scripted."""

    _SILENT = frozenset({"blockquote", "script", "style", "head", "title"})
    _BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "pre"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._depth += tag in self._SILENT
        if tag in self._BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        # A closing mark without an opening one opens nothing.
        self._depth = max(self._depth - (tag in self._SILENT), 0)
        if tag in self._BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.pieces.append(data)


def _from_html(page: str) -> str:
    letters = _Letters()
    letters.feed(page[: 4 * MOST_TEXT_LETTERS])
    letters.close()
    return "".join(letters.pieces)
