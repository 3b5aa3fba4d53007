"""Good rows into the words of the case. Everything here is checked already."""

import math
from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from u24.domain.case import Case
from u24.domain.events import Shock
from u24.domain.figures import Range, Source
from u24.domain.history import Arrival
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.domain.places import AirportTerms, Place, Road
from u24.intake.case_folder import build_decisions
from u24.intake.case_folder.declaring import DUE_H
from u24.intake.case_folder.faults import Row
from u24.intake.case_folder.grounds import at_if, grounds_of
from u24.intake.case_folder.kinds import packs_by_kind
from u24.reference.tables import Tables

S_PER_H = 3600
THOUSAND = 1000


def build_case(rows: dict[str, list[Row]], own_tables: dict[str, str], tables: Tables) -> Case:
    """The case. ``rows`` are by section or file name; each list is in the order of its file."""
    (head,) = rows["case"]
    case = _head(head)
    return replace(
        case,
        places=tuple(_place(row) for row in rows["places"]),
        shocks=tuple(_shock(row) for row in rows["shocks"]),
        needs=tuple(_need(row, case, head["planning_figure"]) for row in rows["needs.csv"]),
        lots=tuple(_lot(row, case, tables) for row in rows["offers.csv"]),
        vehicles=tuple(each for row in rows["lift.csv"] for each in _vehicles(row, case)),
        airports=tuple(_airport(row, case) for row in rows["airports.csv"]),
        roads=_roads(rows["roads.csv"]),
        phases=tuple(build_decisions.phase_of(row, case) for row in rows["phases"]),
        consents=tuple(build_decisions.consent_of(row, case) for row in rows["consent"]),
        proposals=tuple(build_decisions.proposal_of(row) for row in rows["proposals"]),
        positions=tuple(build_decisions.position_of(row) for row in rows["positions"]),
        conditions=tuple(build_decisions.condition_of(row) for row in rows["conditions"]),
        condition_words=tuple(
            build_decisions.condition_word_of(row) for row in rows["condition_words"]
        ),
        gate_answers=tuple(build_decisions.gate_answer_of(row) for row in rows["gate_answers"]),
        embargoes=tuple(build_decisions.embargo_of(row) for row in rows["embargoes"]),
        asks=tuple(build_decisions.ask_of(row) for row in rows["asks"]),
        recorded=tuple(build_decisions.recorded_of(row) for row in rows["recorded"]),
        history=tuple(_arrival(row) for row in rows["history.csv"]),
        sources=tuple(_source(row) for row in rows["sources.csv"]),
        table_files=tuple(own_tables.items()),
    )


def _head(row: Row) -> Case:
    return Case(
        case_id=row["id"],
        title=row["title"],
        hazard=row["hazard"],
        t0_at=row["t0"],
        host=row["host"],
        horizon_h=row["horizon_h"],
        exercise=row["exercise"],
        estimate_needs=row["estimate_needs"],
        host_crews=row["host_crews"] or (),
        summary=row["summary"] or "",
    )


def in_thousandths(value: float) -> int:
    """1000 times the value (kg to g, litres to ml, tonnes to kg), as written, rounded up."""
    exact = Decimal(repr(value)) * THOUSAND
    return int(exact.to_integral_value(rounding=ROUND_CEILING))


def _place(row: Row) -> Place:
    return Place(
        place_id=row["id"],
        name=row["name"],
        country=row["country"],
        lat_deg=row["lat"],
        lon_deg=row["lon"],
    )


def _shock(row: Row) -> Shock:
    return Shock(
        at=row["at"],
        magnitude=row["magnitude"],
        depth_km=row["depth_km"],
        lat_deg=row["lat"],
        lon_deg=row["lon"],
        rupture_lonlat=row["rupture"] or (),
        grounds=grounds_of(row),
    )


def _need(row: Row, case: Case, planning_figure: str) -> Need:
    best = row["amount_best"]
    amount = Range(
        low=best if row["amount_low"] is None else row["amount_low"],
        best=best,
        high=best if row["amount_high"] is None else row["amount_high"],
    )
    deadline_h = row["deadline_h"]
    due_h = row["due_h"]
    if due_h is None:
        due_h = min(DUE_H, case.horizon_h, deadline_h or DUE_H)
    return Need(
        need_id=row["need_id"],
        place_id=row["place"],
        kind=row["kind"],
        amount=amount,
        planned_units=math.ceil(getattr(amount, planning_figure)),
        due_at=case.hours_after_t0(due_h),
        deadline_at=case.hours_after_t0(due_h if deadline_h is None else deadline_h),
        weight=row["weight"],
        substitutes=row["substitutes"] or (),
        or_similar=row["or_similar"],
        proposal_id=row["proposal"] or "",
        grounds=grounds_of(row),
    )


def _lot(row: Row, case: Case, tables: Tables) -> Lot:
    pack = packs_by_kind(tables).get(row["kind"])
    mass_kg, volume_l, people = row["pack_kg"], row["pack_l"], row["pack_people"]
    return Lot(
        lot_id=row["offer_id"],
        member=row["member"],
        kind=row["kind"],
        site_id=row["site"],
        packs=row["packs"],
        pack_mass_g=pack.mass_g if pack and mass_kg is None else in_thousandths(mass_kg),
        pack_volume_ml=pack.volume_ml if pack and volume_l is None else in_thousandths(volume_l),
        pack_people=people if people is not None else pack.people if pack else 0,
        pack_units=row["pack_units"],
        ready_at=case.hours_after_t0(row["ready_h"]),
        valid_until_at=at_if(case, row["valid_until_h"]),
        caveats=row["caveats"] or (),
        standing=row["standing"],
        military=row["military"],
        proposal_id=row["proposal"] or "",
        grounds=grounds_of(row),
    )


def _vehicles(row: Row, case: Case) -> Iterable[Vehicle]:
    """One vehicle each; it stops at the earliest of its limit, its crew's and the horizon."""
    ends = [float(case.horizon_h)]
    if row["until_h"] is not None:
        ends.append(row["until_h"])
    if row["crew_duty_h"] is not None:
        ends.append(row["available_h"] + row["crew_duty_h"])
    for number in range(1, row["count"] + 1):
        yield Vehicle(
            vehicle_id=f"{row['lift_id']}/{number}",
            member=row["member"],
            class_id=row["class"],
            home_site=row["home"],
            available_at=case.hours_after_t0(row["available_h"]),
            until_at=case.hours_after_t0(min(ends)),
            caveats=row["caveats"] or (),
            military=row["military"],
            grounds=grounds_of(row),
        )


def _airport(row: Row, case: Case) -> AirportTerms:
    return AirportTerms(
        code=row["code"],
        slots=row["slots"],
        closed_h=tuple(
            (start, max(start, case.horizon_h) if end is None else end)
            for start, end in row["closed"] or ()
        ),
        open_utc=row["open_utc"],
        runway_m=row["runway_m"],
        paved=row["paved"],
        entry=row["entry"],
        tech_stop=row["tech_stop"],
        lorries=row["lorries"],
        lorry_class=row["lorry_class"] or "",
        grounds=grounds_of(row),
    )


def _roads(rows: list[Row]) -> tuple[Road, ...]:
    """Both directions where asked; a row of its own for the way back outweighs that."""
    own = {(row["from"], row["to"]) for row in rows}
    roads = []
    for row in rows:
        there, back = (row["from"], row["to"]), (row["to"], row["from"])
        ways = [there, back] if row["both_ways"] and back not in own else [there]
        duration_s = math.ceil(Decimal(repr(row["duration_h"])) * S_PER_H)
        roads += [
            Road(from_site=a, to_site=b, duration_s=duration_s, grounds=grounds_of(row))
            for a, b in ways
        ]
    return tuple(roads)


def _arrival(row: Row) -> Arrival:
    return Arrival(
        arrival_id=row["arrival_id"],
        who=row["who"],
        member=row["member"],
        kind=row["kind"] or "",
        people=row["people"],
        dogs=row["dogs"],
        mass_kg=None if row["tonnes"] is None else in_thousandths(row["tonnes"]),
        airport=row["airport"] or "",
        landed_at=row["landed_at"],
        earliest_at=row["earliest_at"],
        latest_at=row["latest_at"],
        place_id=row["place"] or "",
        on_site_at=row["on_site_at"],
        grounds=grounds_of(row),
    )


def _source(row: Row) -> Source:
    return Source(key=row["key"], title=row["title"], url=row["url"] or "", date=row["date"] or "")
