"""Where things stand and which roads join them."""

from dataclasses import dataclass, field

from u24.domain.figures import Grounds
from u24.errors import InvalidInput


def require_position(name: str, lat_deg: float, lon_deg: float) -> None:
    """Refuse a position that is not on Earth; the message gives ``name``."""
    if not (-90 <= lat_deg <= 90 and -180 <= lon_deg <= 180):
        raise InvalidInput(
            f"{name} is at lat {lat_deg}, lon {lon_deg}; lat is -90..90, lon is -180..180"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point of need, or a town with a depot."""

    place_id: str
    name: str
    country: str  # ISO 3166-1 alpha-3
    lat_deg: float
    lon_deg: float

    def __post_init__(self) -> None:
        require_position(f"place {self.place_id}", self.lat_deg, self.lon_deg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A way by road, door to door, in one direction."""

    from_site: str
    to_site: str
    duration_s: int
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        if self.duration_s < 1:
            raise InvalidInput(
                f"road {self.from_site} - {self.to_site}: duration_s is {self.duration_s}; "
                "it must be 1 or more"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class AirportTerms:
    """What a case says of one airport; ``None`` means: as in the reference table."""

    code: str  # ICAO or IATA
    slots: int | None = None  # parking units served at once; a wide-body takes 2
    closed_h: tuple[tuple[float, float], ...] = ()  # hours after T0, from - until
    open_utc: tuple[int, int] | None = None  # minutes of the day; opening hours
    runway_m: int | None = None
    paved: bool | None = None
    entry: bool = False  # help may arrive here
    tech_stop: bool = False
    lorries: int = 0  # for the way onward
    lorry_class: str = ""
    grounds: Grounds = field(default_factory=Grounds)
