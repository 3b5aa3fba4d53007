"""Facts about a case as such: heard, opened, described, merged, corrected, closed."""

from dataclasses import dataclass
from datetime import datetime

from u24.clock import require_utc
from u24.domain.events import Shock
from u24.domain.facts.fact import Fact
from u24.domain.figures import Grounds, Range, Source
from u24.domain.places import AirportTerms, Place, Road


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A figure that one source gave at one time; claims are never added up."""

    name: str  # e.g. deaths, displaced
    amount: Range
    unit: str
    source: str
    claimed_at: datetime | None = None
    place_id: str = ""

    def __post_init__(self) -> None:
        if self.claimed_at is not None:
            require_utc(claimed_at=self.claimed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertHeard(Fact):
    """What a feed or a person reported. ``case_id`` is empty while it belongs to no case."""

    alert_id: str
    source: str
    title: str
    hazard: str = ""  # UNDRR-ISC code
    country: str = ""  # ISO 3166-1 alpha-3
    event_at: datetime | None = None
    lat_deg: float | None = None
    lon_deg: float | None = None
    event_names: tuple[str, ...] = ()  # ids of the event elsewhere, e.g. GLIDE:EQ-2023-000015-TUR
    claims: tuple[Claim, ...] = ()
    case_id: str = ""
    raw_sha256: str = ""  # of the message as it came
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAttached(Fact):
    """An alert that was heard belongs to a case."""

    alert_id: str
    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened(Fact):
    """A case begins: what, where and when. Everything else may come later."""

    case_id: str
    call_sign: str  # e.g. U24-2026-014; EX- before it in an exercise
    title: str
    hazard: str
    host: str  # ISO 3166-1 alpha-3
    t0_at: datetime
    alert_id: str = ""
    horizon_h: int = 72
    estimate_needs: bool = False
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSignAllotted(Fact):
    """A call sign is taken; said in one stream for all cases, so that none is taken twice."""

    case_id: str
    call_sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDescribed(Fact):
    """What is known of the ground; each row replaces an earlier one of the same name."""

    case_id: str
    places: tuple[Place, ...] = ()
    shocks: tuple[Shock, ...] = ()  # all shocks known; they replace the earlier ones
    airports: tuple[AirportTerms, ...] = ()
    roads: tuple[Road, ...] = ()
    sources: tuple[Source, ...] = ()
    why: str = ""  # e.g. Hatay: runway broken


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimHeard(Fact):
    """Somebody gave a figure."""

    case_id: str
    claim: Claim
    grounds: Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMerged(Fact):
    """Two cases are one emergency: the other goes on, and nothing of the first vanishes."""

    case_id: str
    into_case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCorrected(Fact):
    """A fact was wrong; what should have been said stands in ``fact``, of the same kind."""

    case_id: str
    position: int  # of the wrong fact on record
    kind: str
    fact: str  # JSON of the right one
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Fact):
    """A line in the log book."""

    case_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed(Fact):
    """The case is over."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Fact):
    """The case was closed too early."""

    case_id: str
    reason: str
