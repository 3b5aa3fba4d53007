"""Builders of a small answer: five aircraft, twelve consignments, a history."""

from tests.report.a_case import (
    FACT,
    STATED,
    a_case,
    a_lot,
    a_problem,
    a_vehicle,
    at,
    hours,
    the_needs,
)
from u24.domain.answer import (
    Answer,
    Change,
    Estimate,
    HistoricMark,
    HistoricMatch,
    Loss,
    Planned,
    Score,
    Shortage,
    StayedLot,
    TableUse,
)
from u24.domain.consent import Reason
from u24.domain.figures import Range
from u24.domain.history import Arrival
from u24.domain.match import Match, NonMatch
from u24.domain.needs import Need
from u24.domain.offers import Lot
from u24.domain.plan import Call, Carrier, Consignment, Plan, Purpose, Route, Segment, Violation


def a_call(
    site: str, purpose: Purpose, arrive: float, serve: float, done: float, go: float
) -> Call:
    return Call(
        site_id=site,
        purpose=purpose,
        arrive_s=hours(arrive),
        service_from_s=hours(serve),
        service_until_s=hours(done),
        depart_s=hours(go),
    )


def a_route(
    vehicle_id: str, origin: str, gateway: str, start: float, flight: float, sorties: int
) -> Route:
    calls = [a_call(origin, Purpose.START, start, start, start, start)]
    now = start
    for _ in range(sorties):
        calls.append(a_call(origin, Purpose.LOAD, now, now, now + 1.5, now + 1.5))
        now += 1.5 + flight
        wait = 0.5 if flight > 3 else 0.0
        calls.append(
            a_call(gateway, Purpose.UNLOAD, now, now + wait, now + wait + 1, now + wait + 1)
        )
        now += wait + 1 + flight
    return Route(vehicle_id=vehicle_id, calls=tuple(calls))


def a_consignment(
    lot: Lot, need: Need, packs: int, route: Route, sortie: int, road: float
) -> Consignment:
    load, unload = route.calls[1 + 2 * sortie], route.calls[2 + 2 * sortie]
    down = unload.service_until_s
    return Consignment(
        lot_id=lot.lot_id,
        need_id=need.need_id,
        packs=packs,
        segments=(
            Segment(
                carrier=Carrier.VEHICLE,
                from_site=load.site_id,
                to_site=unload.site_id,
                start_s=load.depart_s,
                end_s=down,
                vehicle_id=route.vehicle_id,
                from_call=1 + 2 * sortie,
                to_call=2 + 2 * sortie,
            ),
            Segment(
                carrier=Carrier.LORRIES,
                from_site=unload.site_id,
                to_site=need.place_id,
                start_s=down + 900,
                end_s=down + 900 + hours(road),
            ),
        ),
    )


MARKS = (
    HistoricMark(mark_h=24, teams=1, people=60, mass_kg=14_000, of_which_bounded=0),
    HistoricMark(mark_h=48, teams=3, people=232, mass_kg=33_000, of_which_bounded=1),
    HistoricMark(mark_h=72, teams=3, people=232, mass_kg=33_000, of_which_bounded=1),
)


def the_history() -> tuple[Arrival, ...]:
    return (
        Arrival(
            arrival_id="a1",
            who="RO-USAR",
            member="ROU",
            kind="usar_heavy",
            people=60,
            mass_kg=14_000,
            airport="ADA",
            landed_at=at(19.5),
            grounds=FACT,
        ),
        Arrival(
            arrival_id="a2",
            who="THW",
            member="DEU",
            kind="usar_heavy",
            people=50,
            mass_kg=16_000,
            airport="GZT",
            earliest_at=at(23),
            latest_at=at(35),
            grounds=STATED,
        ),
        Arrival(
            arrival_id="a3",
            who="Field hospital",
            member="ESP",
            people=122,
            mass_kg=None,
            airport="ADA",
            landed_at=at(61),
            grounds=FACT,
        ),
        Arrival(arrival_id="a4", who="Unknown team", member="FRA", people=None),
    )


def an_answer(**changes) -> Answer:
    """Three places, three airports of entry, five aircraft, twelve consignments."""
    needs = the_needs()
    lots = (
        a_lot(),
        a_lot(
            "rou-tents",
            kind="tent_winter_family",
            packs=40,
            pack_mass_g=600_000,
            pack_people=0,
            pack_units=10,
        ),
        a_lot("deu-usar", member="DEU", site_id="CGN", packs=2),
        a_lot(
            "deu-tents",
            member="DEU",
            site_id="CGN",
            kind="tent_winter_family",
            packs=60,
            pack_mass_g=600_000,
            pack_people=0,
            pack_units=10,
        ),
        a_lot(
            "esp-emt2",
            member="ESP",
            site_id="MAD",
            kind="emt_type2",
            pack_people=70,
            pack_mass_g=15_000_000,
        ),
        a_lot(
            "tur-tents",
            member="TUR",
            site_id="ESB",
            kind="tent_winter_family",
            packs=50,
            pack_mass_g=600_000,
            pack_people=0,
            pack_units=10,
        ),
        a_lot("fra-usar", member="FRA", site_id="CGN"),
    )
    by_id = {lot.lot_id: lot for lot in lots}
    routes = (
        a_route("rou-c130-1", "OTP", "ADA", 4, 2.0, 3),
        a_route("rou-c130-2", "OTP", "GZT", 5, 2.25, 2),
        a_route("deu-a400-1", "CGN", "GZT", 6, 4.75, 3),
        a_route("esp-a400-1", "MAD", "ADA", 7, 5.75, 2),
        a_route("tur-c130-1", "ESB", "ADA", 3, 1.0, 4),
    )
    loads = (
        ("rou-usar", 0, 1, 0, 0, 3.5),
        ("rou-tents", 3, 20, 0, 1, 3.5),
        ("rou-tents", 4, 10, 0, 2, 3.0),
        ("rou-tents", 4, 10, 1, 0, 2.0),
        ("deu-usar", 2, 1, 2, 0, 1.5),
        ("deu-usar", 1, 1, 2, 1, 1.25),
        ("deu-tents", 4, 20, 2, 2, 1.5),
        ("esp-emt2", 5, 1, 3, 0, 2.0),
        ("tur-tents", 3, 15, 4, 0, 3.5),
        ("tur-tents", 3, 15, 4, 1, 3.5),
        ("tur-tents", 4, 10, 4, 2, 3.0),
        ("tur-tents", 4, 10, 4, 3, 3.0),
    )
    consignments = tuple(
        a_consignment(by_id[lot], needs[need], packs, routes[route], sortie, road)
        for lot, need, packs, route, sortie, road in loads
    )
    vehicles = (
        a_vehicle("rou-c130-1", "ROU", "OTP"),
        a_vehicle("rou-c130-2", "ROU", "OTP"),
        a_vehicle("deu-a400-1", "DEU", "CGN"),
        a_vehicle("esp-a400-1", "ESP", "MAD"),
        a_vehicle("tur-c130-1", "TUR", "ESB"),
    )
    matches = tuple(
        Match(lot_id=lot.lot_id, need_id=need.need_id, factor_share=1.0, windows=((at(0), None),))
        for lot in lots
        for need in needs
        if lot.kind == need.kind
    )
    history = the_history()
    values = {
        "case": a_case(lots=lots, vehicles=vehicles, needs=needs, history=history),
        "needs": needs,
        "problem": a_problem(lots=lots, vehicles=vehicles, needs=needs, matches=matches),
        "planned": Planned(
            plan=Plan(routes=routes, consignments=consignments),
            score=the_score(),
            shortages=(
                Shortage(
                    need_id="n-antakya-usar",
                    missing_units=5,
                    reason="nobody_has",
                    text="no member offers more heavy rescue teams",
                ),
                Shortage(
                    need_id="n-antakya-tents",
                    missing_units=700,
                    reason="lift",
                    text="aircraft are the limit: two more sorties OTP - ADA before T+18:00",
                ),
            ),
            changes=(
                Change(
                    change="one more parking slot at GZT from T+8:00",
                    kind="slot",
                    gain_share=0.031,
                    effort=1,
                ),
                Change(change="one more C-130J at CGN", kind="vehicle", gain_share=0.024, effort=3),
            ),
            stayed=(
                StayedLot(lot_id="fra-usar", packs=1, reason="France has not yet released it"),
            ),
        ),
        "violations": (),
        "non_matches": (
            NonMatch(
                lot_id="fra-usar",
                need_id="n-maras-usar",
                reasons=(
                    Reason(
                        code="host-consent",
                        text="the host has not asked France",
                        lifted_by="the host's focal point",
                    ),
                ),
            ),
        ),
        "estimates": (
            Estimate(
                name="displaced people",
                place_id="antakya",
                amount=Range(low=90_000, best=150_000, high=240_000),
                unit="people",
                method="exposed people x share of collapsed dwellings",
                sources=("S3",),
                stated_units=200_000.0,
            ),
            Estimate(
                name="collapsed buildings",
                place_id="",
                amount=Range(low=4000, best=5700, high=9000),
                unit="buildings",
                method="intensity x vulnerability class",
                sources=("S3",),
            ),
        ),
        "historic_marks": MARKS,
        "historic_matches": (
            HistoricMatch(arrival=history[0], planned_first_s=hours(8.5), landed_s=hours(19.5)),
            HistoricMatch(arrival=history[2], planned_first_s=hours(15.75), landed_s=hours(61)),
            HistoricMatch(arrival=history[3], planned_first_s=None, landed_s=None),
        ),
        "tables": (
            TableUse(
                table="airports",
                file="airports.csv.gz",
                version="2024-05",
                sha256="ab" * 32,
                source="OurAirports",
                licence="public domain",
            ),
        ),
        "elapsed_s": 1.2,
    }
    return Answer(**{**values, **changes})


def the_score() -> Score:
    return Score(
        met_shares=(0.832, 0.901, 0.93),
        bound_share=0.861,
        losses=(
            Loss(name="nobody_has", share=0.071, text="no member offers it"),
            Loss(name="not_permitted", share=0.021, text="consent is missing"),
            Loss(name="too_late_from_anywhere", share=0.0, text="no way is fast enough"),
            Loss(name="lift", share=0.047, text="aircraft, ramps or lorries are the limit"),
            Loss(name="own_shortfall", share=0.029, text="the bound leaves this open"),
        ),
    )


def a_violation() -> Violation:
    return Violation(
        rule="overloaded", where="rou-c130-1", text="16,000 kg on a leg that allows 15,000 kg"
    )
