"""One-time codes: long enough not to be guessed from their hash, short enough to be copied."""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import scrypt, sha256

from u24.domain.facts.letters import CodeIssued
from u24.mail.book import Correspondence

# No letter that looks like another one: no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "34679ACDEFGHJKMNPRTWXY"
HALF = 5
# 22 letters in 10 places are 2^44 codes; a try against the hash on record costs some 10 ms,
# so that all of them are some 5,000 years of one machine. A code lives two hours.
SCRYPT_N = 1 << 12
VALID_FOR = timedelta(hours=2)
MOST_WRONG_TRIES = 5
_WRITTEN = re.compile(r"(?i)(?:code\s*:?\s+)?([A-Z0-9]{5})[-\u2010-\u2014 ]?([A-Z0-9]{5})\.?")

MakeCode = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBond:
    """What a code is good for: one person, in one case, on one ledger."""

    ledger_id: str
    case_id: str
    person_id: str


def system_code() -> str:
    """A new code, e.g. ``K7TM9-PXC4D``."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(2 * HALF))
    return f"{letters[:HALF]}-{letters[HALF:]}"


def issue(code: str, bond: CodeBond, now: datetime) -> CodeIssued:
    """The fact that a code went out; it holds only the code's hash, and an id made from it."""
    digest = _digest(code, bond)
    return CodeIssued(
        said_at=now,
        case_id=bond.case_id,
        code_id=_code_id(digest),
        person_id=bond.person_id,
        code_sha256=sha256(digest).hexdigest(),
        valid_until_at=now + VALID_FOR,
    )


def code_id_of(code: str, bond: CodeBond) -> str:
    """The id that this code would have, were it given to this person in this case."""
    return _code_id(_digest(code, bond))


def find_code(line: str) -> str:
    """The code that a line holds alone or behind the word CODE; empty if it holds none."""
    match = _WRITTEN.fullmatch(line.strip())
    if match is None:
        return ""
    first, second = match.group(1).upper(), match.group(2).upper()
    is_named = line.strip().lower().startswith("code")
    if not is_named and not set(first + second) <= set(ALPHABET):
        return ""  # two plain words of five letters
    if not is_named and not any(letter.isdigit() for letter in first + second):
        return ""
    return f"{first}-{second}"


def why_not(code_id: str, letters: Correspondence, now: datetime) -> str:
    """Why a code no longer opens anything; empty if it does. ``wrong`` if there is none."""
    for position, issued in letters.codes:
        if issued.code_id == code_id:
            if now >= issued.valid_until_at:
                return f"the code was valid until {issued.valid_until_at:%H:%M}Z"
            if wrong_tries(letters, position) >= MOST_WRONG_TRIES:
                return f"the code is locked after {MOST_WRONG_TRIES} wrong tries"
            return ""
    return "wrong"


def wrong_tries(letters: Correspondence, since_position: int) -> int:
    """How many wrong codes came in the person's name since a code went out."""
    return sum(position > since_position for position in letters.wrong_tries)


def _digest(code: str, bond: CodeBond) -> bytes:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    salt = "\0".join(("u24-code/1", bond.ledger_id, bond.case_id, bond.person_id))
    return scrypt(plain.encode(), salt=salt.encode(), n=SCRYPT_N, r=8, p=1, dklen=32)


def _code_id(digest: bytes) -> str:
    return f"code_{digest.hex()[:16]}"
