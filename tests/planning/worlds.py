"""Small random worlds for tests: a seed and sizes give one plan problem."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from u24.domain.figures import Range
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import Lot, Mode, Vehicle, VehicleClass
from u24.domain.places import Road
from u24.domain.problem import Problem, Site, SlotChange, VehicleLimits, Worth

T0 = datetime(2026, 1, 1, tzinfo=UTC)

CLASSES = (
    VehicleClass(
        class_id="big",
        name="Big freighter",
        mode=Mode.AIR,
        payload_points=((4000, 60_000), (9000, 15_000)),
        volume_l=400_000,
        seats=80,
        block_speed_kmh=760,
        leg_fixed_s=900,
        load_s=8100,
        unload_s=6300,
        min_runway_m=2000,
        parking_units=2,
    ),
    VehicleClass(
        class_id="small",
        name="Small transport",
        mode=Mode.AIR,
        payload_points=((1500, 9_000), (4000, 2_000)),
        volume_l=60_000,
        seats=60,
        block_speed_kmh=450,
        leg_fixed_s=900,
        load_s=3600,
        unload_s=2700,
        min_runway_m=900,
        unpaved_ok=True,
    ),
    VehicleClass(
        class_id="lorry",
        name="Lorry",
        mode=Mode.ROAD,
        payload_points=((100_000, 20_000),),
        volume_l=90_000,
        seats=2,
        block_speed_kmh=50,
        load_s=3600,
        unload_s=3600,
    ),
)
KINDS = (("tents", 55_000, 282_000), ("kits", 12_000, 30_000), ("blankets", 50_000, 350_000))


@dataclass(frozen=True, kw_only=True)
class Size:
    """How big a random world is."""

    hubs: int = 4
    entries: int = 2
    places: int = 3
    needs: int = 6
    lots: int = 10
    vehicles: int = 5
    teams: int = 3
    horizon_h: int = 36


def a_world(seed: int, size: Size | None = None) -> Problem:
    """One random problem; equal seeds and sizes give equal problems."""
    size = size or Size()
    rng = np.random.default_rng(seed)
    sites = _sites(rng, size)
    hubs = [s.site_id for s in sites if s.site_id.startswith("hub")]
    entries = [s.site_id for s in sites if s.entry]
    places = [s.site_id for s in sites if s.site_id.startswith("place")]
    needs = _needs(rng, size, places)
    lots = _lots(rng, size, hubs)
    return Problem(
        t0_at=T0,
        tick_s=900,
        horizon_s=size.horizon_h * 3600,
        sites=sites,
        classes=CLASSES,
        vehicles=(vehicles := _vehicles(rng, size, hubs)),
        vehicle_limits=tuple(
            VehicleLimits(vehicle_id=v.vehicle_id, own_cargo_only=bool(rng.random() < 0.2))
            for v in vehicles
        ),
        lots=lots,
        needs=needs,
        matches=tuple(
            Match(lot_id=lot.lot_id, need_id=need.need_id, factor_share=1.0, windows=((T0, None),))
            for lot in lots
            for need in needs
            if lot.kind == need.kind
        ),
        roads=_roads(rng, hubs, entries, places),
        worth=Worth(marks_s=(86_400, size.horizon_h * 3600)),
    )


def _sites(rng, size):
    out = [
        Site(
            site_id=f"hub{i}",
            name=f"Hub {i}",
            country="AAA",
            lat_deg=float(rng.uniform(42, 55)),
            lon_deg=float(rng.uniform(0, 25)),
            runway_m=int(rng.integers(1500, 3600)),
            slots=int(rng.integers(2, 6)),
            tech_stop=bool(rng.random() < 0.5),
        )
        for i in range(size.hubs)
    ]
    for i in range(size.entries):
        closed = int(rng.integers(0, 20)) * 1800
        out.append(
            Site(
                site_id=f"entry{i}",
                name=f"Entry {i}",
                country="BBB",
                lat_deg=float(rng.uniform(36, 38)),
                lon_deg=float(rng.uniform(35, 38)),
                runway_m=int(rng.integers(1500, 3600)),
                slots=int(rng.integers(1, 4)),
                slot_changes=(SlotChange(from_s=closed, until_s=closed + 7200, slots=0),),
                entry=True,
                lorries=int(rng.integers(1, 8)),
                lorry_payload_kg=20_000,
                lorry_volume_l=85_000,
            )
        )
    out += [
        Site(
            site_id=f"place{i}",
            name=f"Place {i}",
            country="BBB",
            lat_deg=float(rng.uniform(36, 38)),
            lon_deg=float(rng.uniform(35, 38)),
        )
        for i in range(size.places)
    ]
    return tuple(out)


def _needs(rng, size, places):
    out = []
    for i in range(size.needs):
        kind = "team" if i % 3 == 0 and size.teams else KINDS[int(rng.integers(len(KINDS)))][0]
        units = int(rng.integers(1, 4)) if kind == "team" else int(rng.integers(40, 900))
        due_h = float(rng.choice([12, 18, 24, size.horizon_h]))
        out.append(
            Need(
                need_id=f"need{i}",
                place_id=places[int(rng.integers(len(places)))],
                kind=kind,
                amount=Range(low=units, best=units, high=units),
                planned_units=units,
                due_at=T0 + timedelta(hours=due_h),
                deadline_at=T0 + timedelta(hours=float(rng.choice([due_h, size.horizon_h]))),
                weight=float(rng.uniform(1, 5)) * (4 if kind == "team" else 1),
            )
        )
    return tuple(out)


def _lots(rng, size, hubs):
    out = []
    for i in range(size.lots):
        team = i < size.teams
        kind, grams, millilitres = ("team", 0, 0) if team else KINDS[i % len(KINDS)]
        out.append(
            Lot(
                lot_id=f"lot{i}",
                member=f"M{int(rng.integers(3))}",
                kind=kind,
                site_id=hubs[int(rng.integers(len(hubs)))],
                packs=1 if team else int(rng.integers(10, 400)),
                pack_mass_g=int(rng.integers(4_000, 20_000)) * 1000 if team else grams,
                pack_volume_ml=int(rng.integers(15, 60)) * 1_000_000 if team else millilitres,
                pack_people=int(rng.integers(15, 60)) if team else 0,
                ready_at=T0 + timedelta(hours=float(rng.uniform(0, 8))),
            )
        )
    return tuple(out)


def _vehicles(rng, size, hubs):
    out = []
    for i in range(size.vehicles):
        opens = float(rng.uniform(0, 8))
        of_class = CLASSES[int(rng.choice(3, p=[0.4, 0.5, 0.1]))].class_id
        out.append(
            Vehicle(
                vehicle_id=f"v{i}",
                member=f"M{int(rng.integers(3))}",
                class_id=of_class,
                home_site=hubs[int(rng.integers(len(hubs)))],
                available_at=T0 + timedelta(hours=opens),
                until_at=T0 + timedelta(hours=opens + float(rng.uniform(12, 20))),
            )
        )
    return tuple(out)


def _roads(rng, hubs, entries, places):
    out = [
        Road(from_site=e, to_site=p, duration_s=int(rng.integers(1, 8)) * 1800)
        for e in entries
        for p in places
    ]
    for p in places:
        hours = int(rng.integers(8, 20))
        out.append(Road(from_site=hubs[0], to_site=p, duration_s=hours * 3600))
    return tuple(out)


def with_more_offers(problem: Problem, seed: int) -> Problem:
    """The same problem with every third lot's packs doubled and one more aircraft."""
    rng = np.random.default_rng(seed)
    lots = tuple(
        replace(lot, packs=lot.packs * 2) if i % 3 == 0 else lot
        for i, lot in enumerate(problem.lots)
    )
    first = problem.vehicles[int(rng.integers(len(problem.vehicles)))]
    return replace(
        problem, lots=lots, vehicles=(*problem.vehicles, replace(first, vehicle_id="v-more"))
    )


def with_one_more_caveat(problem: Problem, seed: int) -> Problem:
    """The same problem, but one lot may no longer serve one need."""
    rng = np.random.default_rng(seed)
    gone = int(rng.integers(len(problem.matches)))
    return replace(problem, matches=tuple(m for i, m in enumerate(problem.matches) if i != gone))
