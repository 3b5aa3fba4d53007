"""What really arrived, for replays."""

from dataclasses import dataclass, field
from datetime import datetime

from u24.domain.figures import Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One arrival as sources report it; ``None`` is unknown, never zero.

    ``landed_at`` is wheels down at ``airport``, ``on_site_at`` is at the place of work.
    ``earliest_at`` / ``latest_at`` bound the landing where a source gives only a part of a day.
    """

    arrival_id: str
    who: str
    member: str
    kind: str = ""
    people: int | None = None
    dogs: int | None = None
    mass_kg: int | None = None
    airport: str = ""
    landed_at: datetime | None = None
    earliest_at: datetime | None = None
    latest_at: datetime | None = None
    place_id: str = ""
    on_site_at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)
