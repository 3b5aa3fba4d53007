"""Where mail leaves and comes in, and how much of it; a small frozen value a desk is given."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from u24.errors import InvalidInput
from u24.mail.addresses import is_address

MIB = 1 << 20


class Cover(StrEnum):
    """How a connection is kept from being read on its way."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"  # loopback and closed networks only


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """An SMTP or an IMAP server. The password is never shown."""

    host: str
    port: int
    cover: Cover = Cover.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_s: float = 20.0
    folder: str = "INBOX"  # of an IMAP server


@dataclass(frozen=True, slots=True, kw_only=True)
class MailConfig:
    """All that the mail door needs to know; exactly one way in, or none."""

    address: str  # the desk's own, e.g. desk@example.org
    smtp: MailServer
    maildir: Path | None = None
    imap: MailServer | None = None
    most_per_hour: int = 6  # briefs to one person in one case
    most_answers_per_hour: int = 10  # to one person, so that a forger cannot flood anybody
    silent_h: float = 1.0  # something is due and nothing left for so long: an alarm
    most_mail_bytes: int = 10 * MIB
    offset_min: tuple[tuple[str, int], ...] = ()  # by person or member: minutes east of UTC

    def __post_init__(self) -> None:
        if not is_address(self.address):
            raise InvalidInput(f"address is {self.address!r}; give one like desk@example.org")
        if self.maildir is not None and self.imap is not None:
            raise InvalidInput("maildir and imap are both given; mail comes in one way only")
        if self.most_per_hour < 1:
            raise InvalidInput(f"most_per_hour is {self.most_per_hour}; it must be 1 or more")

    @property
    def domain(self) -> str:
        """What stands behind the @ of the desk's address."""
        return self.address.rpartition("@")[2]

    def find_offset_min(self, person_id: str, member: str) -> int | None:
        """Minutes east of UTC where the reader is; None if nobody said."""
        offsets = dict(self.offset_min)
        return offsets.get(person_id, offsets.get(member))
