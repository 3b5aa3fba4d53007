"""A tiny problem that touches every compiled loop; used once, at set-up."""

from datetime import UTC, datetime, timedelta

from u24.domain.figures import Range
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import Lot, Mode, Vehicle, VehicleClass
from u24.domain.places import Road
from u24.domain.problem import Problem, Site, Worth

T0 = datetime(2000, 1, 1, tzinfo=UTC)


def rehearsal_problem() -> Problem:
    """Two hubs, one airport of entry, two places, three vehicles, four lots."""
    sites = (
        _site("hub-a", 50.0, 10.0),
        _site("hub-b", 48.0, 16.0),
        _site("entry", 37.0, 35.0, entry=True),
        Site(site_id="north", name="north", country="BBB", lat_deg=37.5, lon_deg=36.0),
        Site(site_id="south", name="south", country="BBB", lat_deg=36.5, lon_deg=36.0),
    )
    needs = (_need("tents-north", "north", "tent", 200), _need("team-south", "south", "team", 2))
    lots = (
        _lot("tents-a", "hub-a", "tent", 300),
        _lot("tents-b", "hub-b", "tent", 100),
        _lot("team-a", "hub-a", "team", 1),
        _lot("team-b", "hub-b", "team", 1),
    )
    return Problem(
        t0_at=T0,
        tick_s=1800,
        horizon_s=36 * 3600,
        sites=sites,
        classes=(_freighter(),),
        vehicles=tuple(_vehicle(i) for i in range(3)),
        vehicle_limits=(),
        lots=lots,
        needs=needs,
        matches=tuple(
            Match(lot_id=lot.lot_id, need_id=n.need_id, factor_share=1.0, windows=((T0, None),))
            for lot in lots
            for n in needs
            if lot.kind == n.kind
        ),
        roads=(
            Road(from_site="entry", to_site="north", duration_s=7200),
            Road(from_site="entry", to_site="south", duration_s=5400),
        ),
        worth=Worth(marks_s=(86_400, 129_600)),
    )


def _site(site_id: str, lat_deg: float, lon_deg: float, *, entry: bool = False) -> Site:
    return Site(
        site_id=site_id,
        name=site_id,
        country="BBB" if entry else "AAA",
        lat_deg=lat_deg,
        lon_deg=lon_deg,
        runway_m=3000,
        slots=2,
        entry=entry,
        lorries=4 if entry else 0,
        lorry_payload_kg=20_000,
        lorry_volume_l=80_000,
    )


def _freighter() -> VehicleClass:
    return VehicleClass(
        class_id="freighter",
        name="freighter",
        mode=Mode.AIR,
        payload_points=((3000, 16_000), (6000, 5_000)),
        volume_l=100_000,
        seats=60,
        block_speed_kmh=600,
        leg_fixed_s=900,
        load_s=5400,
        unload_s=3600,
        min_runway_m=1000,
    )


def _need(need_id: str, place_id: str, kind: str, units: int) -> Need:
    return Need(
        need_id=need_id,
        place_id=place_id,
        kind=kind,
        amount=Range(low=units, best=units, high=units),
        planned_units=units,
        due_at=T0 + timedelta(hours=24),
        deadline_at=T0 + timedelta(hours=36),
        weight=1.0,
    )


def _lot(lot_id: str, site_id: str, kind: str, packs: int) -> Lot:
    team = kind == "team"
    return Lot(
        lot_id=lot_id,
        member="AAA",
        kind=kind,
        site_id=site_id,
        packs=packs,
        pack_mass_g=9_000_000 if team else 55_000,
        pack_volume_ml=40_000_000 if team else 282_000,
        pack_people=40 if team else 0,
        ready_at=T0 + timedelta(hours=2),
    )


def _vehicle(number: int) -> Vehicle:
    return Vehicle(
        vehicle_id=f"freighter-{number}",
        member="AAA",
        class_id="freighter",
        home_site="hub-a",
        available_at=T0 + timedelta(hours=number),
        until_at=T0 + timedelta(hours=30),
    )
