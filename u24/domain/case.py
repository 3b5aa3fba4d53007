"""One emergency on the desk, as its folder tells it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from u24.clock import require_utc
from u24.domain.asks import Ask
from u24.domain.consent import Consent
from u24.domain.events import Shock
from u24.domain.figures import Grounds, Source
from u24.domain.gates import Embargo, GateAnswer
from u24.domain.history import Arrival
from u24.domain.judgement import RecordedOutcome
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.domain.places import AirportTerms, Place, Road
from u24.domain.proposals import Condition, ConditionWord, Position, Proposal
from u24.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stretch of the response that the host names, e.g. rescue; ``until_at`` None: open."""

    name: str
    from_at: datetime
    until_at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        require_utc(from_at=self.from_at)
        if self.until_at is not None:
            require_utc(until_at=self.until_at)
            if self.until_at <= self.from_at:
                raise InvalidInput(
                    f"phase {self.name}: until {self.until_at.isoformat()} is not after "
                    f"from {self.from_at.isoformat()}"
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Everything known of one emergency. Reading it changes nothing in it."""

    case_id: str
    title: str
    hazard: str  # UNDRR-ISC 2025 code, e.g. GH0101
    t0_at: datetime  # the clock of the 24 hours starts here
    host: str  # ISO 3166-1 alpha-3
    horizon_h: int = 72
    exercise: bool = False
    estimate_needs: bool = False
    summary: str = ""
    places: tuple[Place, ...] = ()
    shocks: tuple[Shock, ...] = ()
    needs: tuple[Need, ...] = ()
    lots: tuple[Lot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    airports: tuple[AirportTerms, ...] = ()
    roads: tuple[Road, ...] = ()
    phases: tuple[Phase, ...] = ()
    consents: tuple[Consent, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    positions: tuple[Position, ...] = ()
    conditions: tuple[Condition, ...] = ()
    condition_words: tuple[ConditionWord, ...] = ()
    gate_answers: tuple[GateAnswer, ...] = ()
    embargoes: tuple[Embargo, ...] = ()  # beside those of the reference table
    host_crews: tuple[str, ...] = ()  # crew families that the host's crews can run
    asks: tuple[Ask, ...] = ()
    recorded: tuple[RecordedOutcome, ...] = ()
    history: tuple[Arrival, ...] = ()
    sources: tuple[Source, ...] = ()
    table_files: tuple[tuple[str, str], ...] = ()  # reference tables of the user's own
    folder: str = field(default="", compare=False)  # where those files stand

    def __post_init__(self) -> None:
        require_utc(t0_at=self.t0_at)

    def hours_after_t0(self, hours: float) -> datetime:
        """The moment ``hours`` after T0, to the second."""
        return self.t0_at + timedelta(seconds=round(hours * 3600))
