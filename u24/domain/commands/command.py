"""What all commands have in common, and what comes back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something that the desk is asked to do. All or nothing of it happens, once a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing was done; nothing is on record of it."""

    code: str  # stable, e.g. not-allowed, unknown-offer, key-used, closed
    text: str  # what was found, then what is allowed or what to do
    who_may: tuple[str, ...] = ()  # roles that may, where rights were missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command did: where it stands on record, what it made, what changed."""

    refusal: Refusal | None = None
    repeated: bool = False  # the key had been used for the same before; nothing was added
    positions: tuple[int, ...] = ()  # in the ledger
    made: tuple[tuple[str, str], ...] = ()  # e.g. ("case_id", "case_01..."), ("call_sign", ...)
    changed: tuple[str, ...] = ()  # plain lines for whoever asked

    @property
    def is_done(self) -> bool:
        """Whether it is on record."""
        return self.refusal is None

    def get_made(self, name: str) -> str:
        """The id that was made under that name, e.g. ``case_id``; empty if none was."""
        return dict(self.made).get(name, "")
