"""Words that are valid by default, so that a test shows only what matters."""

from datetime import UTC, datetime, timedelta
from typing import Any

from u24.domain.case import Case
from u24.domain.consent import Consent, Permission, Reason, Verdict
from u24.domain.events import Shock
from u24.domain.figures import Basis, Grounds, Range, Source
from u24.domain.history import Arrival
from u24.domain.match import Match
from u24.domain.needs import Need, Substitute
from u24.domain.offers import Caveat, CaveatKind, Lot, Mode, Vehicle, VehicleClass
from u24.domain.places import AirportTerms, Place, Road
from u24.domain.plan import Call, Carrier, Consignment, Plan, Purpose, Route, Segment
from u24.domain.problem import Problem, Site, VehicleLimits, Worth

T0 = datetime(2023, 2, 6, 1, 17, tzinfo=UTC)
HOST = "TUR"


def at_h(hours: float) -> datetime:
    """The moment ``hours`` after T0."""
    return T0 + timedelta(hours=hours)


def a_grounds(**values: Any) -> Grounds:
    return Grounds(**{"basis": Basis.ASSUMED, "note": "for a test", **values})


def a_source(**values: Any) -> Source:
    return Source(**{"key": "s1", "title": "A source", **values})


def a_shock(**values: Any) -> Shock:
    default = {"at": T0, "magnitude": 7.8, "depth_km": 10.0, "lat_deg": 37.2, "lon_deg": 37.0}
    return Shock(**{**default, **values})


def a_place(place_id: str = "antakya", **values: Any) -> Place:
    default = {"name": place_id.title(), "country": HOST, "lat_deg": 36.2, "lon_deg": 36.16}
    return Place(place_id=place_id, **{**default, **values})


def an_airport(code: str = "ADA", **values: Any) -> AirportTerms:
    return AirportTerms(code=code, **{"slots": 4, "entry": True, "lorries": 10, **values})


def a_road(**values: Any) -> Road:
    return Road(**{"from_site": "ADA", "to_site": "antakya", "duration_s": 12_600, **values})


def a_consent(
    *,
    allowed: bool = True,
    from_h: float | None = None,
    until_h: float | None = None,
    **values: Any,
) -> Consent:
    """A yes to everybody and everything; hours after T0."""
    default = {
        "members": ("*",),
        "kinds": ("*",),
        "from_at": None if from_h is None else at_h(from_h),
        "until_at": None if until_h is None else at_h(until_h),
    }
    return Consent(allowed=allowed, **{**default, **values})


def a_caveat(text: str) -> Caveat:
    """The caveat that a case folder writes as ``text``, e.g. ``not_to:SYR``."""
    kind, _, argument = text.partition(":")
    return Caveat(kind=CaveatKind(kind), argument=argument)


def some_caveats(*texts: str) -> tuple[Caveat, ...]:
    return tuple(a_caveat(text) for text in texts)


def a_lot(lot_id: str = "lot_1", *, ready_h: float = 0.0, **values: Any) -> Lot:
    """One heavy team of the Netherlands at Eindhoven."""
    default = {
        "member": "NLD",
        "kind": "usar_heavy",
        "site_id": "EIN",
        "packs": 1,
        "pack_mass_g": 15_000_000,
        "pack_volume_ml": 60_000_000,
        "pack_people": 65,
        "ready_at": at_h(ready_h),
    }
    return Lot(lot_id=lot_id, **{**default, **values})


def a_need(need_id: str = "need_1", **values: Any) -> Need:
    """Two heavy teams at Antakya within 24 hours."""
    units = values.get("planned_units", 2)
    default = {
        "place_id": "antakya",
        "kind": "usar_heavy",
        "amount": Range(low=units, best=units, high=units),
        "planned_units": units,
        "due_at": at_h(24),
        "deadline_at": at_h(48),
        "weight": 1.0,
    }
    return Need(need_id=need_id, **{**default, **values})


def a_substitute(kind: str = "usar_medium", factor_share: float = 0.5) -> Substitute:
    return Substitute(kind=kind, factor_share=factor_share)


def a_vehicle_class(class_id: str = "c130", **values: Any) -> VehicleClass:
    default = {
        "name": class_id.upper(),
        "mode": Mode.AIR,
        "payload_points": ((0, 19_000), (3_800, 15_000)),
        "volume_l": 110_000,
        "seats": 90,
        "block_speed_kmh": 540,
        "load_s": 5_400,
        "unload_s": 3_600,
        "min_runway_m": 1_000,
    }
    return VehicleClass(class_id=class_id, **{**default, **values})


def a_vehicle(
    vehicle_id: str = "lift_1/1", *, available_h: float = 0.0, until_h: float = 72.0, **values: Any
) -> Vehicle:
    default = {
        "member": "NLD",
        "class_id": "c130",
        "home_site": "EIN",
        "available_at": at_h(available_h),
        "until_at": at_h(until_h),
    }
    return Vehicle(vehicle_id=vehicle_id, **{**default, **values})


def an_arrival(
    arrival_id: str = "arrival_1",
    *,
    landed_h: float | None = None,
    latest_h: float | None = None,
    **values: Any,
) -> Arrival:
    """An arrival of which no time and no figure is known, unless the test says so."""
    default = {
        "who": f"team {arrival_id}",
        "member": "NLD",
        "landed_at": None if landed_h is None else at_h(landed_h),
        "latest_at": None if latest_h is None else at_h(latest_h),
    }
    return Arrival(arrival_id=arrival_id, **{**default, **values})


def a_case(**values: Any) -> Case:
    """One lot, one aircraft, one need, and a host that says yes to all."""
    default = {
        "case_id": "test-case",
        "title": "A test case",
        "hazard": "GH0101",
        "t0_at": T0,
        "host": HOST,
        "places": (a_place(),),
        "needs": (a_need(),),
        "lots": (a_lot(),),
        "vehicles": (a_vehicle(),),
        "airports": (an_airport(),),
        "roads": (a_road(),),
        "consents": (a_consent(),),
    }
    return Case(**{**default, **values})


def a_reason(code: str = "caveat-only-via", **values: Any) -> Reason:
    return Reason(code=code, **{"text": f"because of {code}", "lifted_by": "member NLD", **values})


def a_verdict(**values: Any) -> Verdict:
    return Verdict(**{"permission": Permission.YES, "windows": ((T0, None),), **values})


def a_match(**values: Any) -> Match:
    default = {"lot_id": "lot_1", "need_id": "need_1", "factor_share": 1.0}
    return Match(**{**default, "windows": ((T0, None),), **values})


def a_site(site_id: str = "ADA", **values: Any) -> Site:
    default = {
        "name": site_id,
        "country": HOST,
        "lat_deg": 36.98,
        "lon_deg": 35.28,
        "runway_m": 2_750,
        "slots": 4,
        "entry": True,
        "lorries": 10,
        "lorry_payload_kg": 10_000,
        "lorry_volume_l": 60_000,
    }
    return Site(site_id=site_id, **{**default, **values})


def some_sites() -> tuple[Site, ...]:
    """Eindhoven, Adana and Antakya."""
    home = a_site("EIN", country="NLD", lat_deg=51.45, lon_deg=5.37, entry=False, lorries=0)
    need = a_site(
        "antakya", lat_deg=36.2, lon_deg=36.16, runway_m=None, slots=None, entry=False, lorries=0
    )
    return (home, a_site("ADA"), need)


def a_problem(**values: Any) -> Problem:
    """One Dutch team at Eindhoven, one C-130 and one need at Antakya, by way of Adana."""
    default = {
        "t0_at": T0,
        "tick_s": 900,
        "horizon_s": 259_200,
        "sites": some_sites(),
        "classes": (a_vehicle_class(),),
        "vehicles": (a_vehicle(),),
        "vehicle_limits": (VehicleLimits(vehicle_id="lift_1/1"),),
        "lots": (a_lot(),),
        "needs": (a_need(),),
        "matches": (a_match(),),
        "roads": (a_road(),),
        "worth": Worth(),
    }
    return Problem(**{**default, **values})


def a_call(site_id: str = "ADA", *, arrive_s: int = 0, **values: Any) -> Call:
    default = {
        "purpose": Purpose.UNLOAD,
        "service_from_s": arrive_s,
        "service_until_s": arrive_s + 3_600,
        "depart_s": arrive_s + 3_600,
    }
    return Call(site_id=site_id, arrive_s=arrive_s, **{**default, **values})


def a_route(vehicle_id: str = "lift_1/1", **values: Any) -> Route:
    """From Eindhoven, loaded after 1.5 h, to Adana, where it is at 8 h and unloads for 1 h."""
    calls = (
        Call(
            site_id="EIN",
            purpose=Purpose.LOAD,
            arrive_s=0,
            service_from_s=0,
            service_until_s=5_400,
            depart_s=5_400,
        ),
        a_call("ADA", arrive_s=28_800),
    )
    return Route(vehicle_id=vehicle_id, **{"calls": calls, **values})


def a_segment(**values: Any) -> Segment:
    """By lorries of Adana from 9 h to 12.5 h."""
    default = {
        "carrier": Carrier.LORRIES,
        "from_site": "ADA",
        "to_site": "antakya",
        "start_s": 32_400,
        "end_s": 45_000,
    }
    return Segment(**{**default, **values})


def a_flown_segment(**values: Any) -> Segment:
    """On the calls of `a_route`."""
    default = {
        "carrier": Carrier.VEHICLE,
        "from_site": "EIN",
        "to_site": "ADA",
        "start_s": 0,
        "end_s": 32_400,
        "vehicle_id": "lift_1/1",
        "from_call": 0,
        "to_call": 1,
    }
    return Segment(**{**default, **values})


def a_consignment(**values: Any) -> Consignment:
    default = {"lot_id": "lot_1", "need_id": "need_1", "packs": 1}
    return Consignment(**{**default, "segments": (a_flown_segment(), a_segment()), **values})


def a_plan(**values: Any) -> Plan:
    """The plan of `a_problem`: one flight, one consignment at Antakya 12.5 h after T0."""
    return Plan(**{"routes": (a_route(),), "consignments": (a_consignment(),), **values})
