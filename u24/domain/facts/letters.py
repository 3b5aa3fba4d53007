"""Facts about e-mail and bundles: what left, what came, what another desk said."""

from dataclasses import dataclass
from datetime import datetime

from u24.domain.facts.fact import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSent(Fact):
    """A mail left, with what the server said."""

    case_id: str
    mail_id: str  # Message-ID
    to_person_id: str
    subject: str
    position: int  # the last entry that the mail tells of
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFailed(Fact):
    """A mail did not leave."""

    case_id: str
    mail_id: str
    to_person_id: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailHeard(Fact):
    """A mail came in, and what became of it."""

    case_id: str
    mail_id: str
    from_address: str
    subject: str
    raw_sha256: str
    outcome: str  # what it did, or why nothing was done


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeIssued(Fact):
    """A one-time code went to a person; only its hash is on record."""

    case_id: str
    code_id: str
    person_id: str
    code_sha256: str
    valid_until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeUsed(Fact):
    """A one-time code was used; it opens nothing again."""

    case_id: str
    code_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleTakenIn(Fact):
    """A case's facts came from another desk, with that desk's signed head."""

    case_id: str
    bundle_id: str  # SHA-256 of the bundle
    ledger_id: str  # of the other desk
    desk_name: str
    tree_size: int
    root_hex: str
    taken: int  # facts that were new here
    known: int  # facts that were here already
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictNoted(Fact):
    """The other desk said something of a subject that changed here too; nothing is overwritten."""

    case_id: str
    conflict_id: str
    bundle_id: str
    subject: str  # e.g. offer/off_01
    kind: str
    actor: str
    command: str
    theirs: str  # JSON of their fact
    ours_position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictSettled(Fact):
    """A person decided which of the two stands."""

    case_id: str
    conflict_id: str
    take_theirs: bool
    reason: str
