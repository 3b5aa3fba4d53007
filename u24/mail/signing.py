"""Replies signed with a person's own key: a block of lines that survives any mail program.

-----BEGIN U24 COMMANDS-----
Case: U24-2026-014
Signed: 2026-02-06T04:27:00Z
Attached: <SHA-256 of each attached table, if any>
ACCEPT offer_01
-----U24 SIGNATURE-----
Key: 0123456789abcdef
<base64 of the Ed25519 signature, over one or more lines>
-----END U24 COMMANDS-----

Signed are the ledger's id, the person's id and every line between the first two marks, each
with blanks at its ends and double blanks taken out, so that wrapping does no harm.
"""

from base64 import b64decode, b64encode
from binascii import Error as Base64Fault
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from u24.ledger.keys import Signer, is_signed

BEGIN = "-----BEGIN U24 COMMANDS-----"
MIDDLE = "-----U24 SIGNATURE-----"
END = "-----END U24 COMMANDS-----"
OLDEST = timedelta(hours=24)
AHEAD = timedelta(minutes=10)  # clocks differ
_NAMES = ("case:", "signed:", "attached:")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedBlock:
    """A block as it was found; nothing in it is proven yet."""

    lines: tuple[str, ...]  # all that is signed
    key_id: str
    signature: bytes

    @property
    def call_sign(self) -> str:
        """The case that it speaks of."""
        return next(iter(self._named("case:")), "")

    @property
    def attached_sha256(self) -> tuple[str, ...]:
        """Hashes of the files that belong to it."""
        return self._named("attached:")

    @property
    def signed_at(self) -> datetime | None:
        """When it was signed; None if that cannot be read."""
        try:
            moment = datetime.fromisoformat(next(iter(self._named("signed:")), ""))
        except ValueError:
            return None
        return moment if moment.utcoffset() == timedelta(0) else None

    @property
    def orders(self) -> tuple[str, ...]:
        """The lines that ask for something."""
        return tuple(line for line in self.lines if not line.lower().startswith(_NAMES))

    def _named(self, name: str) -> tuple[str, ...]:
        return tuple(
            line[len(name) :].strip() for line in self.lines if line.lower().startswith(name)
        )


def sign_orders(  # noqa: PLR0913 - each is a part of what is signed
    orders: Iterable[str],
    *,
    ledger_id: str,
    call_sign: str,
    person_id: str,
    signer: Signer,
    now: datetime,
    attached: Iterable[bytes] = (),
) -> str:
    """The block to paste into a reply, above whatever is quoted.

    Parameters
    ----------
    orders
        Lines like ``ACCEPT offer_01``.
    ledger_id, call_sign
        As they stand at the head and the foot of every brief.
    now
        When it is signed; it acts for 24 hours.
    attached
        The bytes of every table that goes with it.
    """
    lines = _plain([
        f"Case: {call_sign}",
        f"Signed: {now.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%S')}Z",
        *(f"Attached: {sha256(data).hexdigest()}" for data in attached),
        *orders,
    ])  # fmt: skip
    signature = signer.sign(_statement(lines, ledger_id, person_id))
    text = b64encode(signature).decode()
    return "\n".join((BEGIN, *lines, MIDDLE, f"Key: {signer.key_id}", text[:44], text[44:], END))


def find_block(lines: Iterable[str]) -> SignedBlock | None:
    """The first whole block in the lines of a reply; None if there is none."""
    held = _plain(lines)
    try:
        begin = held.index(BEGIN)
        middle = held.index(MIDDLE, begin)
        end = held.index(END, middle)
    except ValueError:
        return None
    key_id, text = "", ""
    for line in held[middle + 1 : end]:
        if line.lower().startswith("key:"):
            key_id = line[4:].strip()
        else:
            text += line
    try:
        signature = b64decode(text, validate=True)
    except (Base64Fault, ValueError):
        signature = b""
    return SignedBlock(lines=held[begin + 1 : middle], key_id=key_id, signature=signature)


def why_not_signed(
    block: SignedBlock,
    *,
    ledger_id: str,
    persons: Iterable[str],
    public_keys: Mapping[str, tuple[str, bytes]],
    now: datetime,
) -> str:
    """Why a block proves nothing; empty if one of the persons signed it, and lately."""
    person_id, public_key = public_keys.get(block.key_id, ("", b""))
    if person_id not in set(persons):
        return f"key {block.key_id[:16]} is no key of this sender that stands on record"
    message = _statement(block.lines, ledger_id, person_id)
    if not is_signed(public_key, block.signature, message):
        return "the signature does not fit the lines above it, the person or this ledger"
    if block.signed_at is None:
        return "the line Signed: gives no moment like 2026-02-06T04:27:00Z"
    if not now - OLDEST <= block.signed_at <= now + AHEAD:
        return f"it was signed {block.signed_at:%Y-%m-%d %H:%M}Z; it must be of the last 24 hours"
    return ""


def block_name(block: SignedBlock) -> str:
    """A name of what was signed: the same block sent again is the same command."""
    return sha256("\n".join((block.key_id, *block.lines)).encode()).hexdigest()[:32]


def _plain(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain for line in lines if (plain := " ".join(line.split())))


def _statement(lines: tuple[str, ...], ledger_id: str, person_id: str) -> bytes:
    parts = [part.encode() for part in ("u24-mail/1", ledger_id, person_id, *lines)]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
