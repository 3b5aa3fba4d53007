"""Builders of a case and its plan problem: three places, three airports of arrival."""

from datetime import UTC, datetime, timedelta

from u24.domain.case import Case
from u24.domain.consent import Consent
from u24.domain.figures import Basis, Grounds, Range, Source
from u24.domain.needs import Need
from u24.domain.offers import Lot, Mode, Vehicle, VehicleClass
from u24.domain.places import AirportTerms, Place, Road
from u24.domain.problem import Problem, Site, SlotChange, Worth

T0 = datetime(2023, 2, 6, 1, 17, tzinfo=UTC)
H = 3600
STATED = Grounds(basis=Basis.STATED, sources=("S1",))
FACT = Grounds(basis=Basis.FACT, sources=("S2",))
PLACES = (
    ("antakya", "Antakya", 36.2025, 36.1606),
    ("islahiye", "İslahiye", 37.0249, 36.6306),
    ("kahramanmaras", "Kahramanmaraş", 37.5753, 36.9228),
)
GATEWAYS = (
    ("ADA", "Adana Şakirpaşa", 36.9822, 35.2804, 6, 12),
    ("GZT", "Gaziantep Oğuzeli", 36.9472, 37.4787, 4, 8),
    ("HTY", "Hatay", 36.3628, 36.2822, 0, 0),
)
ORIGINS = (
    ("OTP", "Bucharest Otopeni", "ROU", 44.5711, 26.0850),
    ("CGN", "Cologne Bonn", "DEU", 50.8659, 7.1427),
    ("MAD", "Madrid Barajas", "ESP", 40.4722, -3.5609),
    ("ESB", "Ankara Esenboğa", "TUR", 40.1281, 32.9951),
)
CLASSES = (
    VehicleClass(
        class_id="c130j",
        name="C-130J",
        mode=Mode.AIR,
        payload_points=((0, 19000), (3500, 15000)),
        volume_l=120_000,
        seats=90,
        block_speed_kmh=560,
        load_s=5400,
        unload_s=3600,
    ),
)


def hours(h: float) -> int:
    return round(h * H)


def at(h: float) -> datetime:
    return T0 + timedelta(hours=h)


def the_sites() -> tuple[Site, ...]:
    gateways = [
        Site(
            site_id=code,
            name=name,
            country="TUR",
            lat_deg=lat,
            lon_deg=lon,
            runway_m=2750,
            slots=slots,
            slot_changes=(SlotChange(from_s=0, until_s=hours(72), slots=0),)
            if code == "HTY"
            else (SlotChange(from_s=hours(20), until_s=hours(26), slots=2),)
            if code == "GZT"
            else (),
            entry=True,
            lorries=lorries,
            lorry_payload_kg=15000,
            lorry_volume_l=50_000,
        )
        for code, name, lat, lon, slots, lorries in GATEWAYS
    ]
    origins = [
        Site(site_id=code, name=name, country=country, lat_deg=lat, lon_deg=lon, runway_m=3500)
        for code, name, country, lat, lon in ORIGINS
    ]
    places = [
        Site(site_id=pid, name=name, country="TUR", lat_deg=lat, lon_deg=lon)
        for pid, name, lat, lon in PLACES
    ]
    return (*gateways, *origins, *places)


def a_need(need_id: str = "n-antakya-usar", **changes) -> Need:
    values = {
        "place_id": "antakya",
        "kind": "usar_heavy",
        "amount": Range(low=4, best=6, high=9),
        "planned_units": 6,
        "due_at": at(24),
        "deadline_at": at(72),
        "weight": 5.0,
        "grounds": STATED,
    }
    return Need(need_id=need_id, **{**values, **changes})


def the_needs() -> tuple[Need, ...]:
    tents = {
        "kind": "tent_winter_family",
        "amount": Range(low=900, best=1200, high=2000),
        "planned_units": 1200,
        "weight": 3.0,
        "grounds": Grounds(basis=Basis.ESTIMATED, sources=("S3", "Sphere shelter standard 3")),
    }
    return (
        a_need(),
        a_need("n-islahiye-usar", place_id="islahiye", planned_units=2, weight=2.0),
        a_need("n-maras-usar", place_id="kahramanmaras", planned_units=4, weight=4.0),
        a_need("n-antakya-tents", **tents),
        a_need("n-maras-tents", place_id="kahramanmaras", **tents),
        a_need(
            "n-islahiye-emt2",
            place_id="islahiye",
            kind="emt_type2",
            planned_units=1,
            amount=Range(low=1, best=1, high=2),
            weight=2.5,
        ),
    )


def a_lot(lot_id: str = "rou-usar", **changes) -> Lot:
    values = {
        "member": "ROU",
        "kind": "usar_heavy",
        "site_id": "OTP",
        "packs": 1,
        "pack_mass_g": 14_000_000,
        "pack_volume_ml": 60_000_000,
        "pack_people": 60,
        "ready_at": at(5),
        "grounds": STATED,
    }
    return Lot(lot_id=lot_id, **{**values, **changes})


def a_case(**changes) -> Case:
    values = {
        "case_id": "turkiye-test",
        "title": "Türkiye earthquakes, 6 February 2023",
        "hazard": "GH0101",
        "t0_at": T0,
        "host": "TUR",
        "exercise": True,
        "summary": "Two shocks, Mw 7.8 and 7.7; the host asks for rescue teams and tents.",
        "places": tuple(
            Place(place_id=p, name=n, country="TUR", lat_deg=lat, lon_deg=lon)
            for p, n, lat, lon in PLACES
        ),
        "airports": (
            AirportTerms(code="ADA", slots=6, entry=True, grounds=FACT),
            AirportTerms(code="GZT", slots=4, entry=True),
            AirportTerms(code="HTY", closed_h=((0, 72),), entry=True, grounds=FACT),
        ),
        "roads": tuple(
            Road(from_site=g, to_site=p[0], duration_s=9000) for g in ("ADA", "GZT") for p in PLACES
        ),
        "consents": (Consent(members=("*",), kinds=("*",), allowed=True, grounds=FACT),),
        "sources": (
            Source(
                key="S1",
                title="EADRCC situation report 1",
                url="https://example.org/s1",
                date="2023-02-06",
            ),
            Source(
                key="S2",
                title="Airport notices",
                url="https://example.org/s2?a=1&b=2",
                date="2023-02-06",
            ),
            Source(key="S3", title="Loss model", date="2023"),
        ),
    }
    return Case(**{**values, **changes})


def a_problem(**changes) -> Problem:
    values = {
        "t0_at": T0,
        "tick_s": 900,
        "horizon_s": hours(72),
        "sites": the_sites(),
        "classes": CLASSES,
        "vehicles": (),
        "vehicle_limits": (),
        "lots": (),
        "needs": the_needs(),
        "matches": (),
        "roads": (),
        "worth": Worth(),
    }
    return Problem(**{**values, **changes})


def a_vehicle(vehicle_id: str, member: str, home: str) -> Vehicle:
    return Vehicle(
        vehicle_id=vehicle_id,
        member=member,
        class_id="c130j",
        home_site=home,
        available_at=at(2),
        until_at=at(70),
    )
