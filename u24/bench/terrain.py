"""Where made instances play: real airports, gateways near real disasters, places around them."""

from dataclasses import dataclass
from functools import cache

from u24.bench.dice import Dice, Wheel
from u24.bench.sizes import Size
from u24.domain.places import Road
from u24.domain.problem import Site, SlotChange
from u24.reference.airports import Airport, airports_near, get_airport
from u24.reference.distance import great_circle_km
from u24.reference.lorries import get_lorry_class

H = 3600
HORIZON_H = 36
TICK_S = 900
LORRY = "rigid_10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disaster:
    """A real place where help was needed."""

    name: str
    iso3: str
    lat_deg: float
    lon_deg: float


DISASTERS = tuple(
    Disaster(name=name, iso3=iso3, lat_deg=lat, lon_deg=lon)
    for name, iso3, lat, lon in (
        ("antakya", "TUR", 36.2, 36.2), ("port-au-prince", "HTI", 18.55, -72.3),
        ("beira", "MOZ", -19.8, 34.85), ("kathmandu", "NPL", 27.7, 85.3),
        ("marrakesh", "MAR", 31.2, -8.2), ("derna", "LBY", 32.75, 22.6),
        ("kharkiv", "UKR", 49.9, 36.2), ("tacloban", "PHL", 11.2, 125.0),
        ("coxs-bazar", "BGD", 21.4, 92.0), ("herat", "AFG", 34.3, 62.2),
    )
)  # fmt: skip
# Airports with stocks of relief goods or large fleets; the first of every instance.
HUBS = (
    "LIBR", "OMDB", "MPTO", "DGAA", "WMSA", "GCLP", "EDDF", "EBLG", "LFPG", "LEZG", "EPWA",
    "LROP", "ESSA", "EFHK", "EKCH", "LGAV", "LTAC", "HKJK", "VIDP", "RJAA", "KMIA", "KCHS",
    "FAOR", "YBBN", "CYTR", "SBGL", "RPLL", "VTBD", "OPKC", "HAAB", "LTFM", "EDDK", "EHAM",
    "LOWW", "LKPR", "LIRP", "LPPT", "EGVN", "EIDW", "ENGM",
)  # fmt: skip
NEAR_KM = 5_500  # of size S: what a freighter reaches without a stop
GATEWAY_WITHIN_KM = 400
ROAD_KMH, DETOUR_PERCENT, SET_OFF_MIN, LONGEST_ROAD_KM = 35, 140, 30, 350


@dataclass(frozen=True, slots=True, kw_only=True)
class Terrain:
    """All sites, and which of them are what."""

    sites: tuple[Site, ...]
    roads: tuple[Road, ...]
    stocks: tuple[str, ...]
    bases: tuple[str, ...]
    gateways: tuple[tuple[str, ...], ...]  # one row a disaster
    places: tuple[tuple[str, ...], ...]
    iso3: dict[str, str]


def make_terrain(size: Size, dice: Dice) -> Terrain:
    """Airports, gateways and places of one instance."""
    disasters = DISASTERS[: size.disasters]
    gateways: list[tuple[Airport, ...]] = []
    taken: set[str] = set()
    for disaster in disasters:
        found = _gateways(disaster, size.gateways, taken)
        taken |= {airport.icao for airport in found}
        gateways.append(found)
    others = _others(size, dice, taken)
    sites = [_airport_site(airport, dice) for airport in others]
    roads: list[Road] = []
    places: list[tuple[str, ...]] = []
    for number, disaster in enumerate(disasters):
        entries = [_gateway_site(airport, size, dice) for airport in gateways[number]]
        here = [_place(disaster, i, dice) for i in range(size.places)]
        roads += _roads(entries, here)
        sites += [*entries, *here]
        places.append(tuple(site.site_id for site in here))
    codes = tuple(airport.icao for airport in others)
    return Terrain(
        sites=tuple(sites),
        roads=tuple(roads),
        stocks=codes[: size.stock_airports],
        bases=codes,
        gateways=tuple(tuple(airport.icao for airport in row) for row in gateways),
        places=tuple(places),
        iso3={site.site_id: site.country for site in sites},
    )


@cache
def _all_airports() -> tuple[Airport, ...]:
    """Airports with a code, a paved runway of 1,500 m and regular traffic, by ICAO code."""
    near = (airport for _, airport in airports_near(0.0, 0.0, 20_100))
    fit = (
        airport
        for airport in near
        if airport.iata
        and airport.size in ("large", "medium")
        and airport.surface == "paved"
        and airport.length_m >= 1_500
    )
    return tuple(sorted(fit, key=lambda airport: airport.icao))


def _gateways(disaster: Disaster, wanted: int, taken: set[str]) -> tuple[Airport, ...]:
    """The nearest paved airports, those of the host first."""
    near = airports_near(disaster.lat_deg, disaster.lon_deg, GATEWAY_WITHIN_KM)
    fit = [
        airport
        for _, airport in near
        if airport.surface == "paved" and airport.length_m >= 1_300 and airport.icao not in taken
    ]
    at_home = [airport for airport in fit if airport.iso3 == disaster.iso3]
    abroad = [airport for airport in fit if airport.iso3 != disaster.iso3]
    return tuple((at_home + abroad)[:wanted])


def _others(size: Size, dice: Dice, taken: set[str]) -> list[Airport]:
    """Airports of stock and home bases: the hubs, then any, large and European ones more often."""

    def fits(airport: Airport) -> bool:
        return airport.icao not in taken and (size.disasters > 1 or _km(airport) < NEAR_KM)

    chosen = [airport for airport in map(get_airport, HUBS) if fits(airport)]
    known = {airport.icao for airport in chosen}
    rest = [airport for airport in _all_airports() if fits(airport) and airport.icao not in known]
    wheel = Wheel(
        (airport, (6 if airport.size == "large" else 1) * (3 if _in_europe(airport) else 1))
        for airport in rest
    )
    wanted = size.airports - size.disasters * size.gateways
    most = min(wanted, len(chosen) + len(rest))
    while len(chosen) < most:
        airport = dice.spin(wheel)
        if airport.icao not in known:
            known.add(airport.icao)
            chosen.append(airport)
    return chosen


def _km(airport: Airport) -> int:
    """Whole km from the first disaster."""
    first = DISASTERS[0]
    return round(great_circle_km(airport.lat, airport.lon, first.lat_deg, first.lon_deg))


def _in_europe(airport: Airport) -> bool:
    return 34 < airport.lat < 66 and -11 < airport.lon < 42


def _airport_site(airport: Airport, dice: Dice) -> Site:
    large = airport.size == "large"
    slots = dice.between(3, 8) if large else dice.between(1, 3)
    return Site(
        site_id=airport.icao,
        name=airport.name,
        country=airport.iso3,
        lat_deg=airport.lat,
        lon_deg=airport.lon,
        runway_m=airport.length_m,
        slots=slots,
        slot_changes=_curfew(airport.lon) if dice.chance(200) else (),
        tech_stop=large and dice.chance(400),
    )


def _gateway_site(airport: Airport, size: Size, dice: Dice) -> Site:
    large = airport.size == "large"
    slots = dice.between(2, 5) if large else dice.between(1, 3)
    changes: tuple[SlotChange, ...] = ()
    if dice.chance(350):
        first = dice.between(0, 18)
        until = first + dice.between(2, 6)
        changes = (SlotChange(from_s=first * H, until_s=until * H, slots=0),)
    lorry = get_lorry_class(LORRY)
    return Site(
        site_id=airport.icao,
        name=airport.name,
        country=airport.iso3,
        lat_deg=airport.lat,
        lon_deg=airport.lon,
        runway_m=airport.length_m,
        slots=slots,
        slot_changes=changes,
        entry=True,
        lorries=dice.between(*size.lorries),
        lorry_payload_kg=lorry.plan_payload_kg,
        lorry_volume_l=lorry.plan_volume_l,
    )


def _curfew(lon_deg: float) -> tuple[SlotChange, ...]:
    """No service from 23 to 5 by the sun."""
    begins = 23 - int(lon_deg // 15)
    nights = [begins + 24 * day for day in (-2, -1, 0, 1)]
    return tuple(
        SlotChange(from_s=max(0, night) * H, until_s=(night + 6) * H, slots=0)
        for night in nights
        if night + 6 > 0 and night < HORIZON_H
    )


def _place(disaster: Disaster, number: int, dice: Dice) -> Site:
    lat_deg = round(disaster.lat_deg + dice.between(-800, 800) / 1000, 3)
    lon_deg = round(disaster.lon_deg + dice.between(-900, 900) / 1000, 3)
    name = f"{disaster.name}-{number + 1:02d}"
    return Site(
        site_id=name, name=name, country=disaster.iso3, lat_deg=lat_deg, lon_deg=lon_deg
    )  # fmt: skip


def _roads(entries: list[Site], places: list[Site]) -> list[Road]:
    """From each gateway to each place near enough; whole km, so that it is the same everywhere."""
    found = []
    for entry in entries:
        for place in places:
            away = great_circle_km(entry.lat_deg, entry.lon_deg, place.lat_deg, place.lon_deg)
            km = round(away) * DETOUR_PERCENT // 100
            if km >= LONGEST_ROAD_KM:
                continue
            minutes = SET_OFF_MIN + -(-km * 60 // ROAD_KMH)
            seconds = -(-minutes * 60 // TICK_S) * TICK_S
            found.append(
                Road(from_site=entry.site_id, to_site=place.site_id, duration_s=seconds)
            )  # fmt: skip
    return found
