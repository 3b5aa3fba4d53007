"""What happened: shocks now, further hazards as their readers arrive."""

from dataclasses import dataclass, field
from datetime import datetime

from u24.clock import require_utc
from u24.domain.figures import Grounds
from u24.domain.places import require_position
from u24.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """One earthquake shock; ``rupture_lonlat`` is the surface trace, if known."""

    at: datetime
    magnitude: float
    depth_km: float
    lat_deg: float
    lon_deg: float
    rupture_lonlat: tuple[tuple[float, float], ...] = ()
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        require_utc(at=self.at)
        require_position("shock", self.lat_deg, self.lon_deg)
        if not 0 < self.magnitude < 10.5:
            raise InvalidInput(f"shock: magnitude is {self.magnitude}; it must be 0 .. 10.5")
        if not 0 <= self.depth_km <= 800:
            raise InvalidInput(f"shock: depth_km is {self.depth_km}; it must be 0 .. 800")
