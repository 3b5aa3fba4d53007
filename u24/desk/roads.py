"""Ways by road: those the case gives, and assumed ones where it gives none from a site."""

import math

from u24.domain.case import Case
from u24.domain.figures import Basis, Grounds
from u24.domain.offers import Vehicle
from u24.domain.places import Road
from u24.domain.problem import Site
from u24.reference.distance import great_circle_km

# Assumed where a case gives no road from a site: a road is 1.4 times as long as the
# great circle, driven at 40 km/h door to door, half an hour to set off.
DETOUR = 1.4
SPEED_KMH = 40.0
SET_OFF_H = 0.5
FARTHEST_ENTRY_KM = 350.0  # great circle, airport of entry to place
FARTHEST_DEPOT_KM = 250.0  # great circle, depot to airport
ROUND_S = 900


def all_roads(
    case: Case, sites: tuple[Site, ...], vehicles: tuple[Vehicle, ...]
) -> tuple[Road, ...]:
    """The case's roads in both directions as it says, then assumed ones.

    Only those between ``sites``: a road to an airport that nothing starts from and that is no
    airport of the case leads nowhere.

    An assumed road joins an airport of entry to the places of its country, a place with
    stock to the airports of its country, and within the host country the stock and homes
    of lorries to the places; always only from a site that the case gives no road from.
    """
    by_id = {site.site_id: site for site in sites}
    given = [road for road in case.roads if {road.from_site, road.to_site} <= by_id.keys()]
    known = {road.from_site for road in case.roads}
    wanted = [
        (a, b, FARTHEST_ENTRY_KM) for a in sites if a.entry for b in sites if b.runway_m is None
    ]
    stocked = sorted({lot.site_id for lot in case.lots} | {v.home_site for v in vehicles})
    for site_id in stocked:
        a = by_id[site_id]
        if a.runway_m is None:
            wanted += [(a, b, FARTHEST_DEPOT_KM) for b in sites if b.runway_m is not None]
        if a.country == case.host:
            wanted += [(a, b, FARTHEST_ENTRY_KM) for b in sites if b.runway_m is None]
    made: dict[tuple[str, str], Road] = {}
    for a, b, farthest_km in wanted:
        if a.site_id == b.site_id or a.site_id in known or a.country != b.country:
            continue
        km = float(great_circle_km(a.lat_deg, a.lon_deg, b.lat_deg, b.lon_deg))
        if km <= farthest_km:
            made[(a.site_id, b.site_id)] = _assumed(a, b, km)
    return (*given, *(made[key] for key in sorted(made)))


def _assumed(a: Site, b: Site, km: float) -> Road:
    hours = km * DETOUR / SPEED_KMH + SET_OFF_H
    return Road(
        from_site=a.site_id,
        to_site=b.site_id,
        duration_s=math.ceil(hours * 3600 / ROUND_S) * ROUND_S,
        grounds=Grounds(
            basis=Basis.ASSUMED,
            note=f"great circle {km:.0f} km x {DETOUR} at {SPEED_KMH:.0f} km/h, "
            f"{SET_OFF_H} h to set off",
        ),
    )
