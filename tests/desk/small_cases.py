"""Small random cases at real airports, and what may happen to their plans."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from tests.builders import T0, a_consent, a_lot, a_need, a_place, a_road, a_vehicle, an_airport
from tests.desk.live_board import CASE, LiveBoard
from u24.desk.live_case import live_case
from u24.domain.case import Case
from u24.domain.facts.cases import CaseDescribed
from u24.domain.facts.movements import Milestone
from u24.domain.facts.plans import PlanMade
from u24.domain.plan import Purpose

HOMES = {"NLD": "EIN", "ROU": "OTP", "DEU": "CGN"}
ENTRIES = ("ADA", "GZT")
PLACES = {"antakya": (36.2, 36.16), "marash": (37.58, 36.93)}
GOODS = {"family_tent": (55_000, 282_000), "blanket": (50_000, 350_000)}


def a_small_case(seed: int) -> Case:
    """Two airports, two places, three members; equal seeds give equal cases."""
    rng = np.random.default_rng(seed)
    return Case(
        case_id="small",
        title="Small",
        hazard="GH0101",
        t0_at=T0,
        host="TUR",
        horizon_h=48,
        places=tuple(a_place(p, lat_deg=lat, lon_deg=lon) for p, (lat, lon) in PLACES.items()),
        needs=tuple(_needs(rng)),
        lots=tuple(_lots(rng)),
        vehicles=tuple(
            a_vehicle(
                f"{member}/{n}", member=member, class_id=str(rng.choice(["C130H", "A400M"])),
                home_site=home, available_h=float(rng.integers(0, 5)),
                until_h=float(rng.integers(24, 48)),
            )
            for member, home in HOMES.items()
            for n in range(int(rng.integers(1, 3)))
        ),
        airports=tuple(
            an_airport(code, slots=int(rng.integers(1, 4)), lorries=int(rng.integers(3, 12)))
            for code in ENTRIES
        ),
        roads=tuple(
            a_road(from_site=code, to_site=place, duration_s=int(rng.integers(2, 9)) * 1800)
            for code in ENTRIES
            for place in PLACES
        ),
        consents=(a_consent(),),
    )  # fmt: skip


def _needs(rng):
    for i, place in enumerate((*PLACES, *PLACES)):
        kind = list(GOODS)[i // 2]
        units = int(rng.integers(60, 500))
        due_h = float(rng.choice([14, 20, 24]))
        yield a_need(
            f"need_{i}", place_id=place, kind=kind, planned_units=units,
            due_at=T0 + timedelta(hours=due_h), deadline_at=T0 + timedelta(hours=due_h + 20),
            weight=float(rng.integers(1, 5)),
        )  # fmt: skip
    yield a_need("need_team", planned_units=2, weight=6.0)


def _lots(rng):
    for member, home in HOMES.items():
        for kind, (grams, millilitres) in GOODS.items():
            yield a_lot(
                f"{member}_{kind}", member=member, kind=kind, site_id=home,
                packs=int(rng.integers(50, 300)), pack_mass_g=grams, pack_volume_ml=millilitres,
                pack_people=0, ready_h=float(rng.integers(0, 6)),
            )  # fmt: skip
    yield a_lot("team", member="NLD", site_id="EIN", ready_h=2.0)


def play(live: LiveBoard, made: PlanMade, until_h: float, rng) -> None:
    """Reports of a released plan up to a moment: most on time, some late, a few missing."""
    live.at(until_h)
    for route in made.plan.routes:
        late_h = float(rng.choice([0, 0, 0, 0.4, 1.7, 3.0]))
        silent = rng.random() < 0.15
        for call in route.calls[1:]:
            away_h, there_h = call.depart_s / 3600 + late_h, call.arrive_s / 3600 + late_h
            if silent:
                continue
            if call.purpose is Purpose.LOAD and away_h <= until_h:
                live.report(
                    Milestone.DEPARTED, away_h, vehicle_id=route.vehicle_id, site_id=call.site_id
                )
            if call.purpose is Purpose.UNLOAD and there_h <= until_h:
                live.report(
                    Milestone.LANDED, there_h, vehicle_id=route.vehicle_id, site_id=call.site_id
                )
    left = {m.vehicle_id for m in live.case.movements.values()}
    for line in made.lines:
        there_h = line.arrive_s / 3600
        if there_h <= until_h and set(line.vehicle_ids) <= left and rng.random() < 0.7:
            live.report(Milestone.ARRIVED, there_h, consignment_id=line.consignment_id)
            if rng.random() < 0.5:
                live.hand_over(
                    line.consignment_id, max(1, line.packs - int(rng.integers(3))), there_h
                )


def disrupt(live: LiveBoard, rng) -> dict[str, object]:
    """A vehicle fails, an offer is withdrawn, an airport closes; what came true, by name."""
    told: dict[str, object] = {}
    case = live_case(live.case)
    hours = (live.now - T0) / timedelta(hours=1)
    if rng.random() < 0.6:
        vehicle = case.vehicles[int(rng.integers(len(case.vehicles)))]
        live.report(Milestone.FAILED, hours, vehicle_id=vehicle.vehicle_id)
        told["failed"] = vehicle.vehicle_id
    if rng.random() < 0.6:
        told["withdrawn"] = str(rng.choice(list(HOMES)))
        live.withdraw(f"off_{CASE}_{told['withdrawn']}")
    if rng.random() < 0.6:
        code = str(rng.choice(ENTRIES))
        terms = replace(live.case.airports[code], closed_h=((0.0, hours + 6.0),))
        live.say(CaseDescribed(said_at=live.now, case_id=CASE, airports=(terms,), why="shut"))
        told["closed"] = (code, hours + 6.0)
    return told
