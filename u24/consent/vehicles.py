"""Where a vehicle may go, when, and with whose cargo."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from u24.consent.caveats import caveat_reasons, not_before_at
from u24.consent.lots import DOMESTIC, permission_of
from u24.consent.windows import (
    Window,
    consent_reasons,
    cut,
    list_stretches,
    merge,
    open_windows,
)
from u24.domain.case import Case
from u24.domain.consent import ANY, LIFT, Consent, Reason, Verdict, alternatives
from u24.domain.offers import Caveat, CaveatKind, Vehicle
from u24.domain.problem import VehicleLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleVerdict:
    """A vehicle's limits in the plan, and the verdict that they come from.

    ``verdict.windows`` say when it may land in the host country; with none of them the
    host's sites are closed to it.
    """

    limits: VehicleLimits
    verdict: Verdict


def judge_vehicle(
    case: Case, vehicle: Vehicle, airport_countries: Mapping[str, str]
) -> VehicleVerdict:
    """Judge whether a vehicle may land in the host country, and where it may not go.

    Parameters
    ----------
    case
        Airports and places that caveats may close are taken from here.
    vehicle
        Any vehicle; the host's own needs no consent.
    airport_countries
        ISO3 country of every airport of the plan. One that is missing here counts as
        closed wherever a country decides: safe, and a reason says so.

    Raises
    ------
    InvalidInput
        A ``not_before_h`` whose argument is no number of hours.
    """
    windows, refusals = _consent(case, vehicle)
    windows = cut(windows, not_before_at(case, vehicle.caveats), None)
    sites = _Sites.of(case, vehicle, airport_countries)
    closed = {site for caveat in vehicle.caveats for site in sites.closed_by(caveat)}
    reasons = [*refusals, *caveat_reasons(case, vehicle.member, vehicle.caveats)]
    if not windows:
        closed |= sites.within([case.host])
    unknown = sorted((closed & sites.unplaced) - sites.closed_by_way(vehicle.caveats))
    if unknown:
        text = f"closed because their country is not known: {', '.join(unknown)}"
        reasons.append(Reason(code="country-unknown", text=text, lifted_by="the desk"))
    return VehicleVerdict(
        limits=VehicleLimits(
            vehicle_id=vehicle.vehicle_id,
            closed_sites=tuple(sorted(closed)),
            own_cargo_only=any(c.kind is CaveatKind.OWN_CARGO_ONLY for c in vehicle.caveats),
        ),
        verdict=Verdict(
            permission=permission_of(case, windows, reasons),
            windows=windows,
            reasons=tuple(reasons),
        ),
    )


def clip_vehicle(case: Case, vehicle: Vehicle, verdict: Verdict) -> Vehicle | None:
    """The vehicle inside the longest window that it may work in; None if there is none.

    The plan knows one working window a vehicle, so of several the longest stands (the
    first of equals).
    """
    parts = cut(verdict.windows, vehicle.available_at, vehicle.until_at)
    spans = [(from_at, until_at) for from_at, until_at in parts if until_at is not None]
    if not spans:
        return None
    from_at, until_at = max(spans, key=lambda span: span[1] - span[0])
    if from_at == case.t0_at:  # it may stand ready earlier; nothing moves before T0
        from_at = min(from_at, vehicle.available_at)
    return replace(vehicle, available_at=from_at, until_at=until_at)


def _consent(case: Case, vehicle: Vehicle) -> tuple[tuple[Window, ...], tuple[Reason, ...]]:
    """Windows and refusals. A yes to anything of a member includes the lift that brings it.

    A row that names ``lift`` or the class speaks of the vehicle whatever it carries, so a
    later no to lift closes, and a later yes to one kind opens again.
    """
    if vehicle.member == case.host:
        return open_windows(list_stretches([DOMESTIC], case.t0_at)), ()
    rows = [row for row in case.consents if ANY in row.members or vehicle.member in row.members]
    by_name = {LIFT, vehicle.class_id}
    kinds = {LIFT, *(kind for row in rows for kind in row.kinds if kind not in {ANY, *by_name})}
    found: list[Window] = []
    for kind in sorted(kinds):
        spoken = {kind, ANY, *by_name}
        found += open_windows(
            list_stretches([row for row in rows if spoken & set(row.kinds)], case.t0_at)
        )
    windows = merge(found)
    subject = f"lift of {vehicle.member}"
    as_rows = [
        Consent(members=(ANY,), kinds=(ANY,), allowed=True, from_at=start, until_at=end)
        for start, end in windows
    ]
    closed = list_stretches(as_rows, case.t0_at)
    return windows, consent_reasons(closed, case.host, subject, case.t0_at)


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
