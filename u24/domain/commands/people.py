"""Commands about people, their roles and their keys."""

from dataclasses import dataclass
from datetime import datetime

from u24.clock import require_utc
from u24.domain.commands.command import Command
from u24.domain.facts.people import EVERY_CASE, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolPerson(Command):
    """Make a person known to the desk, or change what is known."""

    person_id: str
    name: str
    email: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole(Command):
    """Give a role in one case or in all. A duty officer may only invite guests, with an end."""

    person_id: str
    role: Role
    case_id: str = EVERY_CASE
    until_at: datetime | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.until_at is not None:
            require_utc(until_at=self.until_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRole(Command):
    """Take a role back."""

    person_id: str
    role: Role
    case_id: str = EVERY_CASE
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDeputy(Command):
    """Let somebody act for the caller; an administrator may name one for anybody."""

    deputy_id: str
    person_id: str = ""  # empty: the caller
    until_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.until_at is not None:
            require_utc(until_at=self.until_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDeputy(Command):
    """The deputy no longer acts for the caller, or for ``person_id``."""

    deputy_id: str
    person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverShift(Command):
    """Give the caller's own role to the one who comes on duty, with a note of what is open."""

    to_person_id: str
    role: Role
    case_id: str = EVERY_CASE
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlass(Command):
    """Take a role for four hours because whoever could grant it does not answer.

    Everybody on the desk sees it, with the reason.
    """

    role: Role
    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterKey(Command):
    """The caller's own signing key; an administrator may register anybody's first one."""

    public_key_hex: str
    person_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKey(Command):
    """Replace the caller's key; the command must be signed with the old one."""

    old_key_id: str
    public_key_hex: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeKey(Command):
    """Believe nothing more that is signed with this key."""

    key_id: str
    reason: str
    person_id: str = ""
    compromised_from_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.compromised_from_at is not None:
            require_utc(compromised_from_at=self.compromised_from_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetClockBack(Command):
    """Say that the desk's clock had run ahead, so that the record may go on."""

    reason: str
