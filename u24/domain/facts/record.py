"""Facts about the record itself: its beginning, keys, published heads, the clock."""

from dataclasses import dataclass
from datetime import datetime

from u24.domain.facts.fact import Fact

DESK = "desk"  # the actor of what the desk does by itself


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBegun(Fact):
    """The first entry of every ledger: whose it is, and whether all in it is an exercise."""

    ledger_id: str
    name: str
    exercise: bool
    administrator_id: str
    public_key_hex: str  # Ed25519 key of the desk, 32 bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRegistered(Fact):
    """A person, or the desk, signs with this key from now on."""

    person_id: str
    key_id: str
    public_key_hex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRotated(Fact):
    """A new key takes the place of an old one; the old one signs this fact."""

    person_id: str
    old_key_id: str
    key_id: str
    public_key_hex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked(Fact):
    """From now on nothing signed with this key is believed."""

    person_id: str
    key_id: str
    reason: str
    compromised_from_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadPublished(Fact):
    """A signed tree head that went out: who holds it can find any later change."""

    tree_size: int
    root_hex: str
    head_at: datetime
    key_id: str
    signature_hex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSetBack(Fact):
    """The clock had run ahead; from here on times are earlier, and this is why."""

    reason: str
