"""Addresses, Message-IDs and header texts, so that nobody writes a header of ours but us."""

import re
from hashlib import sha256

MOST_ADDRESS_LETTERS = 254  # RFC 5321 4.5.3.1.3, less the angle brackets
MOST_SUBJECT_LETTERS = 200
MOST_HEADER_LETTERS = 2000
# One @, no blanks, brackets, quotes or controls: less than RFC 5322 allows, on purpose.
_NO_LETTER = r"\s<>@,;:\"\\()\[\]\x00-\x1f\x7f"
_ADDRESS = re.compile(rf"[^{_NO_LETTER}]{{1,64}}@[^{_NO_LETTER}]+")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_SENDER = re.compile(
    r"(?:(?P<name>[^<>]*)<(?P<inner>[^<>]+)>|(?P<plain>[^<>()]+))(?: ?\([^()]*\))?"
)
_MESSAGE_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,250}>")
# Controls, and the marks by which text may be shown in another order than it is written.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff]+"
)


def is_address(text: str) -> bool:
    """Whether it is one plain address that may stand in a header."""
    return len(text) <= MOST_ADDRESS_LETTERS and _ADDRESS.fullmatch(text) is not None


def one_line(text: str, most_letters: int = MOST_SUBJECT_LETTERS) -> str:
    """The text on one line, without controls and marks of direction, cut at ``most_letters``."""
    clean = " ".join(_UNSEEN.sub(" ", text[: 4 * most_letters]).split())
    return clean if len(clean) <= most_letters else f"{clean[: most_letters - 1]}…"


def sender_of(header: str) -> str:
    """The one address of a From header, in small letters; empty if there is none or several.

    Read by a rule of our own: the standard library's parser recurses into comments.
    """
    if len(header) > MOST_HEADER_LETTERS:
        return ""
    match = _SENDER.fullmatch(_QUOTED.sub(" ", " ".join(header.split())))
    if match is None:
        return ""
    address = (match["inner"] or match["plain"]).strip()
    several = match["name"] and "," in match["name"] and "@" in match["name"]
    return address.casefold() if is_address(address) and not several else ""


def message_ids(header: str) -> tuple[str, ...]:
    """Every Message-ID in a header, in order; at most 100."""
    return tuple(_MESSAGE_ID.findall(header[: 100 * 256]))[:100]


def brief_id(*, ledger_id: str, case_id: str, person_id: str, position: int, domain: str) -> str:
    """The Message-ID of a brief: the same news to the same person has the same one."""
    return _made_id(domain, "brief", ledger_id, case_id, person_id, str(position))


def thread_id(*, ledger_id: str, case_id: str, domain: str) -> str:
    """The root of a case's thread. No mail has it; every mail of the case refers to it."""
    return _made_id(domain, "thread", ledger_id, case_id)


def answer_id(*, ledger_id: str, raw_sha256: str, domain: str) -> str:
    """The Message-ID of the answer to a mail that came in."""
    return _made_id(domain, "answer", ledger_id, raw_sha256)


def list_id(*, call_sign: str, domain: str) -> str:
    """The List-Id of a case (RFC 2919)."""
    return f"{one_line(call_sign)} <{own_list(call_sign, domain)}>"


def own_list(call_sign: str, domain: str) -> str:
    """The name of a case's list; every name of ours ends in ``u24.<domain>``."""
    label = re.sub(r"[^a-z0-9-]", "-", call_sign.lower()) or "desk"
    return f"{label}.u24.{domain}"


def _made_id(domain: str, *parts: str) -> str:
    name = sha256("\0".join(parts).encode()).hexdigest()[:40]
    return f"<u24.{name}@{domain}>"
