"""From a case and its matches to the plan problem: sites, classes, vehicles, roads."""

from collections.abc import Mapping
from datetime import timedelta

from u24.consent import clip_vehicle, judge_vehicle
from u24.consent.caveats import NOTHING_KNOWN
from u24.desk.fleet import class_of
from u24.desk.roads import all_roads
from u24.domain.case import Case
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import Vehicle
from u24.domain.places import AirportTerms
from u24.domain.problem import Problem, Site, SlotChange, VehicleLimits, Worth
from u24.reference.airports import get_airport
from u24.reference.lorries import get_lorry_class
from u24.reference.tables import Tables

TICK_S = 900
MARKS_H = (24, 48, 72)
DAY_S = 86_400
# Parking units served at once where a case says nothing: two for each aircraft of the working
# maximum on ground that airlift-planner's METHOD.md assumes (large 6, medium 3, small 1).
SLOTS_BY_SIZE = {"large": 12, "medium": 6, "small": 2}
DEFAULT_LORRY = "semi_136"


def assemble(
    case: Case,
    needs: tuple[Need, ...],
    matches: tuple[Match, ...],
    tables: Tables,
    *,
    holds: Mapping[str, bool | None] = NOTHING_KNOWN,
) -> Problem:
    """The plan problem of a case, on a grid of 15 minutes.

    Parameters
    ----------
    case
        Airports, roads, vehicles and lots are taken from here.
    needs, matches
        What is wanted, and which lot may serve which need.
    tables
        Reference figures of airports, aircraft and lorries.
    holds
        What is known of conditions that lift waits for.
    """
    sites = _sites(case, tables)
    vehicles, limits = _vehicles(case, sites, tables, holds)
    classes = sorted({vehicle.class_id for vehicle in vehicles})
    horizon_s = case.horizon_h * 3600
    marks = [hours * 3600 for hours in MARKS_H if hours <= case.horizon_h]
    return Problem(
        t0_at=case.t0_at,
        tick_s=TICK_S,
        horizon_s=horizon_s,
        sites=sites,
        classes=tuple(class_of(class_id, tables) for class_id in classes),
        vehicles=vehicles,
        vehicle_limits=limits,
        lots=case.lots,
        needs=needs,
        matches=matches,
        roads=all_roads(case, sites, vehicles),
        worth=Worth(marks_s=tuple(marks) or (horizon_s,)),
    )


def _sites(case: Case, tables: Tables) -> tuple[Site, ...]:
    """Every airport and place that lots, vehicles, caveats or the case itself name."""
    places = {place.place_id: place for place in case.places}
    terms = {term.code: term for term in case.airports}
    codes = set(terms) | {lot.site_id for lot in case.lots}
    codes |= {vehicle.home_site for vehicle in case.vehicles}
    sites = [_airport(case, code, terms.get(code), tables) for code in sorted(codes - set(places))]
    sites += [
        Site(
            site_id=place.place_id,
            name=place.name,
            country=place.country,
            lat_deg=place.lat_deg,
            lon_deg=place.lon_deg,
        )
        for place in case.places
    ]
    return tuple(sites)


def _airport(case: Case, code: str, terms: AirportTerms | None, tables: Tables) -> Site:
    known = get_airport(code, tables)
    terms = terms or AirportTerms(code=code)
    lorry = get_lorry_class(terms.lorry_class or DEFAULT_LORRY, tables)
    return Site(
        site_id=code,
        name=known.name,
        country=known.iso3,
        lat_deg=known.lat,
        lon_deg=known.lon,
        runway_m=known.length_m if terms.runway_m is None else terms.runway_m,
        paved=known.surface != "unpaved" if terms.paved is None else terms.paved,
        slots=SLOTS_BY_SIZE[known.size] if terms.slots is None else terms.slots,
        slot_changes=_slot_changes(case, terms),
        entry=terms.entry,
        tech_stop=terms.tech_stop,
        lorries=terms.lorries,
        lorry_payload_kg=lorry.plan_payload_kg,
        lorry_volume_l=lorry.plan_volume_l,
    )


def _slot_changes(case: Case, terms: AirportTerms) -> tuple[SlotChange, ...]:
    """Closures, and the hours outside opening hours, as times without slots."""
    end_s = case.horizon_h * 3600
    shut = [
        (round(from_h * 3600), round(min(until_h, case.horizon_h) * 3600))
        for from_h, until_h in terms.closed_h
    ]
    if terms.open_utc is not None:
        opens, closes = (minutes * 60 for minutes in terms.open_utc)
        midnight = case.t0_at.replace(hour=0, minute=0, second=0, microsecond=0)
        first = round((midnight - case.t0_at) / timedelta(seconds=1))
        for day in range(first - DAY_S, end_s + DAY_S, DAY_S):
            if opens < closes:
                shut += [(day, day + opens), (day + closes, day + DAY_S)]
            else:
                shut.append((day + closes, day + opens))
    return tuple(
        SlotChange(from_s=max(0, a), until_s=min(end_s, b), slots=0)
        for a, b in sorted(shut)
        if max(0, a) < min(end_s, b)
    )


def _vehicles(
    case: Case, sites: tuple[Site, ...], tables: Tables, holds: Mapping[str, bool | None]
) -> tuple[tuple[Vehicle, ...], tuple[VehicleLimits, ...]]:
    """Vehicles that may work at all, each inside its window, with its limits."""
    countries = {site.site_id: site.country for site in sites if site.runway_m is not None}
    vehicles, limits = [], []
    for vehicle in case.vehicles:
        judged = judge_vehicle(case, vehicle, countries, holds=holds, tables=tables)
        clipped = clip_vehicle(case, vehicle, judged.verdict)
        if clipped is not None:
            vehicles.append(clipped)
            limits.append(judged.limits)
    return tuple(vehicles), tuple(limits)
