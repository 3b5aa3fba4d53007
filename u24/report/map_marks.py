"""What stands on the map: ways with their load, airports in use, depots, places of need."""

from dataclasses import dataclass
from itertools import pairwise

from u24.domain.answer import Answer
from u24.domain.board import board
from u24.domain.offers import G_PER_KG, Mode
from u24.domain.plan import Carrier, Consignment
from u24.domain.problem import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One lane between two sites and the load on it, whole plan; 0 kg is an empty flight."""

    from_site: Site
    to_site: Site
    by_air: bool
    mass_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedMark:
    """A place of need; ``met_share`` is the share of its wanted units there by the first mark."""

    site: Site
    weight: float
    met_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Everything drawn on the map, each in a fixed order."""

    ways: tuple[Way, ...]
    gateways: tuple[Site, ...]  # help may arrive here, or did in this plan
    origins: tuple[Site, ...]  # other airports that the plan uses
    depots: tuple[Site, ...]  # sites without a runway where lots stand that travel
    needs: tuple[NeedMark, ...]


def marks(answer: Answer) -> Marks:
    """What the map of this answer shows."""
    sites = {site.site_id: site for site in answer.problem.sites}
    ways = _ways(answer, sites)
    used = {site.site_id for way in ways for site in (way.from_site, way.to_site)}
    needs = _need_marks(answer, sites)
    of_need = {mark.site.site_id for mark in needs}
    left_by_road = {way.from_site.site_id for way in ways if not way.by_air}
    reached_by_air = {way.to_site.site_id for way in ways if way.by_air and way.mass_kg}
    open_to_air = [site for site in answer.problem.sites if site.runway_m is not None]
    gateways = tuple(
        site
        for site in open_to_air
        if site.entry or site.site_id in (reached_by_air & left_by_road)
    )
    shown = {site.site_id for site in gateways} | of_need
    others = [sites[site_id] for site_id in sorted(used - shown)]
    return Marks(
        ways=ways,
        gateways=gateways,
        origins=tuple(site for site in others if site.runway_m is not None),
        depots=tuple(site for site in others if site.runway_m is None),
        needs=needs,
    )


def masses_kg(answer: Answer) -> list[tuple[Consignment, int]]:
    """Each consignment of the plan with its mass, kg, rounded up."""
    lots = {lot.lot_id: lot for lot in answer.problem.lots}
    return [
        (c, -(-c.packs * lots[c.lot_id].pack_mass_g // G_PER_KG))
        for c in answer.planned.plan.consignments
    ]


def _ways(answer: Answer, sites: dict[str, Site]) -> tuple[Way, ...]:
    modes = {c.class_id: c.mode for c in answer.problem.classes}
    flies = {v.vehicle_id: modes[v.class_id] is Mode.AIR for v in answer.problem.vehicles}
    loads: dict[tuple[str, str, bool], int] = {}
    for route in answer.planned.plan.routes:
        for call, after in pairwise(route.calls):
            if call.site_id != after.site_id:
                loads.setdefault((call.site_id, after.site_id, flies[route.vehicle_id]), 0)
    calls = {route.vehicle_id: route.calls for route in answer.planned.plan.routes}
    for consignment, mass_kg in masses_kg(answer):
        for segment in consignment.segments:
            by_air = segment.carrier is Carrier.VEHICLE and flies[segment.vehicle_id]
            stops = [segment.from_site, segment.to_site]
            if segment.carrier is Carrier.VEHICLE:
                mine = calls[segment.vehicle_id][segment.from_call : segment.to_call + 1]
                stops = [call.site_id for call in mine]
            for start, end in pairwise(stops):
                if start != end:
                    key = (start, end, by_air)
                    loads[key] = loads.get(key, 0) + mass_kg
    return tuple(
        Way(from_site=sites[start], to_site=sites[end], by_air=by_air, mass_kg=load)
        for (start, end, by_air), load in sorted(loads.items())
        if load or not loads.get((end, start, by_air))
    )


def _need_marks(answer: Answer, sites: dict[str, Site]) -> tuple[NeedMark, ...]:
    weights = {need.need_id: need.weight for need in answer.needs}
    weight: dict[str, float] = {}
    met: dict[str, float] = {}
    for row in board(answer):
        share = min(row.arrived_units[0] / row.planned_units, 1.0)
        weight[row.place_id] = weight.get(row.place_id, 0.0) + weights[row.need_id]
        met[row.place_id] = met.get(row.place_id, 0.0) + weights[row.need_id] * share
    return tuple(
        NeedMark(site=sites[place], weight=weight[place], met_share=met[place] / weight[place])
        for place in sorted(weight)
        if place in sites
    )
