"""Where a vehicle may go, when, and with whose cargo."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from u24.consent.caveats import NOTHING_KNOWN, Caveats, Holds
from u24.consent.corridors import Border, Ways
from u24.consent.refusals import Asked, consent_reasons
from u24.consent.verdicts import verdict_of
from u24.consent.windows import cut, overlap
from u24.domain.case import Case
from u24.domain.consent import (
    ANY,
    GOODS,
    LIFT,
    MILITARY,
    PEOPLE,
    TYPE_WORDS,
    Consent,
    Reason,
    Verdict,
    alternatives,
)
from u24.domain.offers import Caveat, CaveatKind, Vehicle
from u24.domain.problem import VehicleLimits
from u24.reference.aircraft import list_aircraft_classes
from u24.reference.lorries import list_lorry_classes
from u24.reference.tables import SHIPPED, Tables
from u24.reference.teams import list_teams


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleVerdict:
    """A vehicle's limits in the plan, and the verdict that they come from.

    ``verdict.windows`` say when it may land in the host country; with none of them the
    host's sites are closed to it. The limits hold in the window that :func:`clip_vehicle`
    gives it.
    """

    limits: VehicleLimits
    verdict: Verdict


def judge_vehicle(
    case: Case,
    vehicle: Vehicle,
    airport_countries: Mapping[str, str],
    *,
    holds: Holds = NOTHING_KNOWN,
    tables: Tables = SHIPPED,
) -> VehicleVerdict:
    """Judge whether a vehicle may land in the host country, and where it may not go.

    Parameters
    ----------
    case
        Airports and places that caveats and consents may close are taken from here.
    vehicle
        Any vehicle; the host's own needs no consent.
    airport_countries
        ISO3 country of every airport of the plan. One that is missing here counts as
        closed wherever a country decides: safe, and a reason says so.
    holds
        What is known of conditions, by id; what is missing is unknown and does not count.
    tables
        Classes of vehicles and kinds of teams are looked up here.

    Raises
    ------
    InvalidInput
        A ``not_before_h`` whose argument is no number of hours, or a consent that names a
        phase which the case does not have.
    """
    sites = _Sites.of(case, vehicle, airport_countries)
    by_caveat = {site for caveat in vehicle.caveats for site in sites.closed_by(caveat)}
    verdict = _verdict(case, vehicle, sites, (holds, tables))
    open_ways = tuple(way for way in verdict.corridor_windows if way[0] not in by_caveat)
    verdict = replace(verdict, corridor_windows=open_ways)
    closed = by_caveat | _closed_by_host(case, vehicle, verdict)
    if not verdict.windows:
        closed |= sites.within([case.host])
    unknown = sorted((closed & sites.unplaced) - sites.closed_by_way(vehicle.caveats))
    if unknown:
        text = f"closed because their country is not known: {', '.join(unknown)}"
        reason = Reason(code="country-unknown", text=text, lifted_by="the desk")
        verdict = replace(verdict, reasons=(*verdict.reasons, reason))
    return VehicleVerdict(
        limits=VehicleLimits(
            vehicle_id=vehicle.vehicle_id,
            closed_sites=tuple(sorted(closed)),
            own_cargo_only=any(c.kind is CaveatKind.OWN_CARGO_ONLY for c in vehicle.caveats),
        ),
        verdict=verdict,
    )


def clip_vehicle(case: Case, vehicle: Vehicle, verdict: Verdict) -> Vehicle | None:
    """The vehicle inside the longest window that it may work in; None if there is none.

    The plan knows one working window a vehicle, so of several the longest stands (the
    first of equals). Where points of entry differ, it is the longest of any one of them:
    those that are not open all through it are closed to the vehicle.
    """
    span = _working_window(case, vehicle, verdict)
    if span is None:
        return None
    from_at, until_at = span
    if from_at == case.t0_at:  # it may stand ready earlier; nothing moves before T0
        from_at = min(from_at, vehicle.available_at)
    return replace(vehicle, available_at=from_at, until_at=until_at)


def _working_window(
    case: Case, vehicle: Vehicle, verdict: Verdict
) -> tuple[datetime, datetime] | None:
    choices = [windows for _, windows in verdict.corridor_windows] or [verdict.windows]
    from_at = max(vehicle.available_at, case.t0_at)
    parts = [part for each in choices for part in cut(each, from_at, vehicle.until_at)]
    spans = [(start, end) for start, end in parts if end is not None]
    return max(spans, key=lambda span: (span[1] - span[0], case.t0_at - span[0]), default=None)


def _closed_by_host(case: Case, vehicle: Vehicle, verdict: Verdict) -> set[str]:
    """Points of entry that are not open all through the window that the vehicle works in."""
    span = _working_window(case, vehicle, verdict)
    ways = dict(verdict.corridor_windows)
    return {
        site
        for site in verdict.closed_corridors
        if span is None or overlap(ways.get(site, ()), [span]) != (span,)
    }


def _verdict(case: Case, vehicle: Vehicle, sites: "_Sites", known: tuple[Holds, Tables]) -> Verdict:
    holds, tables = known
    asked = Asked(
        host=case.host, member=vehicle.member, kind=LIFT, military=vehicle.military,
        t0_at=case.t0_at,
    )  # fmt: skip
    if vehicle.member == case.host:
        ways = Ways(windows=((case.t0_at, None),))
    else:
        ways = Border.of(case, sites.within([case.host])).ways(_spoken(case, vehicle, tables))
    caveats = Caveats(case=case, offer=vehicle, holds=holds)
    return verdict_of(case, ways, (*consent_reasons(ways, asked), *caveats.reasons()))


def _spoken(case: Case, vehicle: Vehicle, tables: Tables) -> list[list[Consent]]:
    """The rows about the vehicle empty, and with each kind of cargo that a row names.

    A yes to anything of a member includes the lift that brings it. A row that names
    ``lift``, the class or, of armed forces, ``military`` speaks of the vehicle whatever it
    carries, so a later no to it closes, and a later yes to one kind opens again.
    """
    own = {LIFT, vehicle.class_id} | ({MILITARY} if vehicle.military else set())
    rows = [row for row in case.consents if ANY in row.members or vehicle.member in row.members]
    named = {kind for row in rows for kind in row.kinds} - own - {ANY}
    classes = _class_ids(tables) | {each.class_id for each in case.vehicles}
    cargoes = [{LIFT}, *(_cargo(case, kind, tables) for kind in sorted(named - classes))]
    lists = ([row for row in rows if row.speaks_of(vehicle.member, own | c)] for c in cargoes)
    return list({tuple(map(id, each)): each for each in lists}.values())


def _cargo(case: Case, kind: str, tables: Tables) -> set[str]:
    """What a consent may call cargo of a kind: the kind, and whether it is goods or people."""
    if kind in TYPE_WORDS:
        return {kind}
    brings_people = kind in {team.kind_id for team in list_teams(tables)} or any(
        lot.kind == kind and lot.pack_people > 0 for lot in case.lots
    )
    return {kind, PEOPLE if brings_people else GOODS}


@lru_cache(maxsize=8)
def _class_ids(tables: Tables) -> frozenset[str]:
    aircraft = {each.class_id for each in list_aircraft_classes(tables)}
    return frozenset(aircraft | {each.class_id for each in list_lorry_classes(tables)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sites:
    """Sites of a case by country; ``None`` where the country is not known."""

    countries: Mapping[str, str | None]
    entries: frozenset[str]
    destinations: frozenset[str]  # entries and places, but not where the vehicle picks up

    @staticmethod
    def of(case: Case, vehicle: Vehicle, airport_countries: Mapping[str, str]) -> "_Sites":
        countries: dict[str, str | None] = {a.code: None for a in case.airports}
        countries |= airport_countries
        countries |= {place.place_id: place.country for place in case.places}
        entries = {airport.code for airport in case.airports if airport.entry}
        depots = {lot.site_id for lot in case.lots} - {need.place_id for need in case.needs}
        places = {place.place_id for place in case.places} - depots
        home = {vehicle.home_site}
        return _Sites(
            countries=countries,
            entries=frozenset(entries - home),
            destinations=frozenset((entries | places) - home),
        )

    @property
    def unplaced(self) -> set[str]:
        """Sites whose country is not known."""
        return {site for site, country in self.countries.items() if country is None}

    def within(self, names: Iterable[str]) -> set[str]:
        """Sites that are, or lie or may lie in, one of the named sites and countries."""
        wanted = set(names)
        by_country = any(name not in self.countries for name in wanted)
        return {
            site
            for site, country in self.countries.items()
            if site in wanted or country in wanted or (by_country and country is None)
        }

    def closed_by_way(self, caveats: Iterable[Caveat]) -> set[str]:
        """Sites that caveats name as airports, whatever their country."""
        ways = {CaveatKind.NOT_VIA, CaveatKind.ONLY_VIA}
        return {site for c in caveats if c.kind in ways for site in self.closed_by(c)}

    def closed_by(self, caveat: Caveat) -> set[str]:
        """Sites that one caveat closes to the vehicle."""
        names = alternatives(caveat.argument)
        if caveat.kind is CaveatKind.NOT_VIA:
            return set(names)
        if caveat.kind is CaveatKind.NOT_TO:
            return self.within(names)
        if caveat.kind is CaveatKind.ONLY_VIA:
            return set(self.entries) - set(names)
        if caveat.kind is CaveatKind.ONLY_TO:
            known = {site for site, country in self.countries.items() if country in names}
            return set(self.destinations) - known - set(names)
        return set()
