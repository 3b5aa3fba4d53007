"""What members put on the table: lots of goods, teams, and lift."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from u24.clock import require_utc
from u24.domain.figures import Grounds
from u24.errors import InvalidInput

G_PER_KG = 1000
ML_PER_L = 1000
# A person with hand and checked baggage, as payload: standard masses of EASA
# AMC1 CAT.POL.MAB.100(e), adult 84 kg and 13-15 kg of baggage, rounded up.
PERSON_MASS_G = 100_000

# More of anything than there is in the world: what is above is a slip, and no planner counts it.
MOST = 10**9
MOST_PEOPLE = 10**4


class CaveatKind(StrEnum):
    """What a member may attach to an offer. The argument follows a colon in the case folder."""

    NOT_TO = "not_to"  # place id or ISO3 country
    ONLY_TO = "only_to"  # place id or ISO3 country
    ONLY_VIA = "only_via"  # airport code
    NOT_VIA = "not_via"  # airport code
    NOT_BEFORE_H = "not_before_h"  # hours after T0: an approval that is awaited
    ONLY_IF = "only_if"  # id of a condition that must hold
    ONCE_REPLACED = "once_replaced"  # kind that must first stand in its place, perhaps *n units
    OWN_CARGO_ONLY = "own_cargo_only"  # lift carries only its own member's offers


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveat:
    """One condition on an offer, e.g. ``not_to:SYR``."""

    kind: CaveatKind
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.argument}" if self.argument else str(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """Identical packs of one kind, at one place, offered by one member.

    A lot may be split between flights; a pack may not. A team is a lot of one pack with
    people in it. Mass and volume round up where they become kilograms and litres, so that
    a plan never loads more than the aircraft was told.
    """

    lot_id: str
    member: str  # ISO 3166-1 alpha-3
    kind: str
    site_id: str  # airport code or place id where it stands
    packs: int
    pack_mass_g: int
    pack_volume_ml: int
    pack_people: int = 0
    pack_units: int = 1  # units of ``kind`` in one pack
    ready_at: datetime
    valid_until_at: datetime | None = None
    caveats: tuple[Caveat, ...] = ()
    standing: bool = False
    military: bool = False  # belongs to armed forces
    proposal_id: str = ""  # moves only as a part of this proposal
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        for name in ("packs", "pack_mass_g", "pack_volume_ml", "pack_units"):
            value = getattr(self, name)
            if not 1 <= value <= MOST:
                raise InvalidInput(f"lot {self.lot_id}: {name} is {value}; it must be 1 .. {MOST}")
        if not 0 <= self.pack_people <= MOST_PEOPLE:
            raise InvalidInput(
                f"lot {self.lot_id}: pack_people is {self.pack_people}; "
                f"it must be 0 .. {MOST_PEOPLE}"
            )
        require_utc(ready_at=self.ready_at)
        if self.valid_until_at is not None:
            require_utc(valid_until_at=self.valid_until_at)

    @property
    def mass_kg(self) -> int:
        """Mass of the whole lot without its people, kg, rounded up."""
        return -(-self.packs * self.pack_mass_g // G_PER_KG)

    @property
    def pack_payload_g(self) -> int:
        """What one pack takes of a payload, with its people, g."""
        return self.pack_mass_g + self.pack_people * PERSON_MASS_G


class Mode(StrEnum):
    """How a vehicle moves."""

    AIR = "air"
    ROAD = "road"


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleClass:
    """The planning figures of one type of aircraft or lorry.

    ``payload_points`` is the payload-range curve: (leg length km, payload kg), length
    rising, payload falling; straight lines between, nothing beyond the last point.
    """

    class_id: str
    name: str
    mode: Mode
    payload_points: tuple[tuple[int, int], ...]
    volume_l: int
    seats: int
    block_speed_kmh: int
    leg_fixed_s: int = 0  # taxi, climb and approach of every leg
    load_s: int
    unload_s: int
    min_runway_m: int = 0
    unpaved_ok: bool = False
    parking_units: int = 1
    cost_eur_per_hour: int | None = None
    assumed: tuple[str, ...] = ()  # names of figures that no source states

    def __post_init__(self) -> None:
        for name in ("volume_l", "block_speed_kmh", "load_s", "unload_s", "parking_units"):
            value = getattr(self, name)
            if value < 1:
                raise InvalidInput(
                    f"class {self.class_id}: {name} is {value}; it must be 1 or more"
                )
        if not self.payload_points:
            raise InvalidInput(f"class {self.class_id}: payload_points is empty; give one or more")
        ranges = [point[0] for point in self.payload_points]
        payloads = [point[1] for point in self.payload_points]
        if ranges != sorted(set(ranges)) or payloads != sorted(payloads, reverse=True):
            raise InvalidInput(
                f"class {self.class_id}: payload_points is {self.payload_points}; "
                "range must rise and payload must not"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """One aircraft or lorry on offer, with the window in which its crew may work."""

    vehicle_id: str
    member: str
    class_id: str
    home_site: str
    available_at: datetime
    until_at: datetime
    caveats: tuple[Caveat, ...] = ()
    military: bool = False
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        require_utc(available_at=self.available_at, until_at=self.until_at)
        if self.until_at <= self.available_at:
            raise InvalidInput(
                f"vehicle {self.vehicle_id}: until {self.until_at.isoformat()} is not after "
                f"available {self.available_at.isoformat()}"
            )
