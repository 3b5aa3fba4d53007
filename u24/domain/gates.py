"""Legal gates of defence materiel and other controlled goods, embargoes, and their answers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from u24.clock import require_utc
from u24.domain.figures import Grounds
from u24.errors import InvalidInput


class Control(StrEnum):
    """How goods are controlled."""

    MILITARY = "military"
    DUAL_USE = "dual_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlledKind:
    """A kind that moves only behind the gates. It says what it is for, never how it is used."""

    kind: str  # e.g. air_defence_s300
    name: str
    control: Control
    capability: str  # what may stand in for it, e.g. air_defence_long_range
    crew_family: str  # crews trained on this family can run it
    maker: str  # ISO3 of the state whose consent to re-export is asked; empty: not known
    list_category: str = ""  # e.g. ML4
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A question that must be answered yes by a named officer before controlled goods move.

    ``asked_of`` says whose officer answers. A gate counts from ``from_on`` until ``until_on``
    (not counting that day); a new version of a law is another row with the same gate id.
    """

    gate_id: str  # e.g. att-6
    order: int
    question: str
    asked_of: str
    legal_source: str
    applies_to: tuple[Control, ...]
    only_members_of: str = ""  # the owner's organisation, e.g. EU; empty: all
    from_on: date | None = None
    until_on: date | None = None
    by_rule: bool = (
        False  # answered by facts of the case (embargo, host's request), not by a person
    )
    signatures: int = 1  # how many different officers must say yes


@dataclass(frozen=True, slots=True, kw_only=True)
class GateAnswer:
    """What a named officer answered to one gate, and why. The last word before a moment counts.

    ``subject`` is the lot or the proposal that it is about.
    """

    subject: str
    gate_id: str
    passed: bool
    officer: str
    at: datetime
    reasons: str
    document: str = ""
    valid_until_at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        require_utc(at=self.at)
        if self.valid_until_at is not None:
            require_utc(valid_until_at=self.valid_until_at)
        for name in ("officer", "reasons"):
            if not getattr(self, name).strip():
                raise InvalidInput(
                    f"answer to gate {self.gate_id} for {self.subject}: {name} is empty; "
                    "name the officer and the reasons"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """An arms embargo in force against a state from a day until a day (open: still in force)."""

    target: str  # ISO3
    by: str  # UN, EU, ...
    from_on: date
    until_on: date | None = None
    scope: str = ""  # e.g. non-government forces only
    whole_state: bool = True  # False: it bars only the part of supplies that ``scope`` tells
    source: str = ""
    note: str = ""  # what else is to be known of it, e.g. that a date was not verified

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on <= self.from_on:
            raise InvalidInput(
                f"embargo of {self.by} on {self.target}: until {self.until_on} is not after "
                f"from {self.from_on}"
            )
