"""One emergency on the desk, as its folder tells it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from u24.clock import require_utc
from u24.domain.consent import Consent, Position
from u24.domain.events import Shock
from u24.domain.figures import Source
from u24.domain.history import Arrival
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.domain.places import AirportTerms, Place, Road


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
    consents: tuple[Consent, ...] = ()
    positions: tuple[Position, ...] = ()
    history: tuple[Arrival, ...] = ()
    sources: tuple[Source, ...] = ()
    table_files: tuple[tuple[str, str], ...] = ()  # reference tables of the user's own
    folder: str = field(default="", compare=False)  # where those files stand

    def __post_init__(self) -> None:
        require_utc(t0_at=self.t0_at)

    def hours_after_t0(self, hours: float) -> datetime:
        """The moment ``hours`` after T0, to the second."""
        return self.t0_at + timedelta(seconds=round(hours * 3600))
