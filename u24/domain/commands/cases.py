"""Commands about a case as such."""

from dataclasses import dataclass
from datetime import datetime

from u24.clock import require_utc
from u24.domain.commands.command import Command
from u24.domain.events import Shock
from u24.domain.facts.cases import Claim
from u24.domain.figures import Grounds, Source
from u24.domain.places import AirportTerms, Place, Road


@dataclass(frozen=True, slots=True, kw_only=True)
class HearAlert(Command):
    """Put on record what a feed or a person reports; with a case, it belongs to it."""

    source: str
    title: str
    alert_id: str = ""
    hazard: str = ""
    country: str = ""
    event_at: datetime | None = None
    lat_deg: float | None = None
    lon_deg: float | None = None
    event_names: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    case_id: str = ""
    raw_sha256: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        if self.event_at is not None:
            require_utc(event_at=self.event_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachAlert(Command):
    """An alert that was heard belongs to a case."""

    alert_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase(Command):
    """Begin a case. Three fields: what happened, what kind of hazard, in which country.

    T0 is now unless said, or the alert's event if one is named. Fitting standing offers
    draft themselves at once.
    """

    title: str
    hazard: str
    host: str
    t0_at: datetime | None = None
    alert_id: str = ""
    horizon_h: int = 72
    estimate_needs: bool = False
    summary: str = ""

    def __post_init__(self) -> None:
        if self.t0_at is not None:
            require_utc(t0_at=self.t0_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeCase(Command):
    """Say what is known of the ground: places, shocks, airports, roads, sources."""

    case_id: str
    places: tuple[Place, ...] = ()
    shocks: tuple[Shock, ...] = ()
    airports: tuple[AirportTerms, ...] = ()
    roads: tuple[Road, ...] = ()
    sources: tuple[Source, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HearClaim(Command):
    """Put a figure on record, with who gave it."""

    case_id: str
    claim: Claim
    grounds: Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCases(Command):
    """Two cases are one emergency; ``into_case_id`` goes on and shows what both hold."""

    case_id: str
    into_case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectFact(Command):
    """Say anew what stands wrong at ``position``: ``fact`` is the JSON of the right fact."""

    case_id: str
    position: int
    fact: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote(Command):
    """Write a line into the log book."""

    case_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCase(Command):
    """End a case."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenCase(Command):
    """Go on with a case that was closed."""

    case_id: str
    reason: str
