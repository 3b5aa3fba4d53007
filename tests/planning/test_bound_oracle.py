"""Plan and bound against the true optimum, found by trying everything in tiny worlds."""

from datetime import timedelta

import numpy as np
import pytest

from tests.builders import (
    T0,
    a_lot,
    a_match,
    a_need,
    a_road,
    a_site,
    a_vehicle,
    a_vehicle_class,
    at_h,
)
from tests.planning.brute_force import the_optimum
from u24.domain.problem import Problem, SlotChange, VehicleLimits, Worth
from u24.planning import Limits, check_plan, met_shares, plan_problem

SEEDS = range(24)
H = 3600


def a_tiny_world(seed):
    """One or two aircraft with time for two sorties, up to 3 lots, 1 or 2 needs, hours."""
    rng = np.random.default_rng(seed)

    def pick(*choices):
        return choices[int(rng.integers(len(choices)))]

    hubs = [
        a_site(
            name, lat_deg=39.0 + i, lon_deg=33.0 - 2 * i, entry=False, lorries=0, slots=pick(1, 2)
        )
        for i, name in enumerate(pick(["h0"], ["h0", "h1"]))
    ]
    shut = int(rng.integers(0, 10)) * H + pick(0, 1800)
    entry = a_site(
        "ADA",
        slots=pick(1, 1, 2),
        slot_changes=(SlotChange(from_s=shut, until_s=shut + 2 * H, slots=0),),
        lorries=pick(1, 2, 3),
        lorry_payload_kg=10_000,
        lorry_volume_l=60_000,
    )
    places = [
        a_site(name, lat_deg=36.2, runway_m=None, slots=None, entry=False, lorries=0)
        for name in ("near", "far")
    ]
    vehicles = [
        a_vehicle(
            f"v{k}",
            member=pick("NLD", "DEU"),
            class_id=pick("big", "small"),
            home_site=pick(*hubs).site_id,
            available_at=T0 + timedelta(minutes=int(rng.integers(0, 150))),
            until_at=T0 + timedelta(minutes=int(rng.integers(700, 860))),
        )
        for k in range(1 + seed % 2)
    ]
    needs = [
        a_need(
            f"n{i}",
            place_id=pick("near", "far"),
            kind="tents" if i == 0 else "kits",
            planned_units=int(rng.integers(1, 8)),
            due_at=at_h(pick(6, 10, 24)),
            deadline_at=at_h(24),
            weight=float(rng.uniform(1, 4)),
        )
        for i in range(pick(1, 2))
    ]
    lots = [
        a_lot(
            f"lot{i}",
            member=pick("NLD", "DEU"),
            kind=pick("tents", "kits"),
            site_id=pick(*hubs).site_id,
            packs=int(rng.integers(1, 4 if seed % 2 else 5)),
            pack_mass_g=int(rng.integers(1_000, 9_000)) * 1000,
            pack_volume_ml=int(rng.integers(5, 40)) * 1_000_000,
            pack_people=pick(0, 0, 10),
            pack_units=pick(1, 1, 2),
            ready_at=T0 + timedelta(minutes=int(rng.integers(0, 240))),
        )
        for i in range(1 + int(rng.integers(2 if seed % 2 else 3)))
    ]
    return Problem(
        t0_at=T0,
        tick_s=H,
        horizon_s=24 * H,
        sites=(*hubs, entry, *places),
        classes=(
            a_vehicle_class("big", payload_points=((300, 16_000), (900, 9_000)), parking_units=2)
            if entry.slots == 2 and all(hub.slots == 2 for hub in hubs)
            else a_vehicle_class("big", payload_points=((300, 16_000), (900, 9_000))),
            a_vehicle_class(
                "small",
                payload_points=((600, 7_000),),
                volume_l=45_000,
                seats=20,
                block_speed_kmh=400,
                load_s=3_000,
                unload_s=1_800,
            ),
        ),
        vehicles=tuple(vehicles),
        vehicle_limits=tuple(
            VehicleLimits(vehicle_id=v.vehicle_id, own_cargo_only=bool(rng.random() < 0.25))
            for v in vehicles
        ),
        lots=tuple(lots),
        needs=tuple(needs),
        matches=tuple(
            a_match(
                lot_id=lot.lot_id,
                need_id=need.need_id,
                factor_share=1.0 if lot.kind == need.kind else 0.5,
                windows=((T0, at_h(pick(6, 9))),) if rng.random() < 0.3 else ((T0, None),),
            )
            for lot in lots
            for need in needs
            if lot.kind == need.kind or rng.random() < 0.3
        ),
        roads=(
            a_road(to_site="near", duration_s=pick(1, 2) * H),
            a_road(to_site="far", duration_s=pick(3, 4) * H - 600),
        ),
        worth=Worth(marks_s=(24 * H,)),
    )


@pytest.fixture(scope="module")
def compared():
    """(seed, what the plan meets, the optimum, the bound) of every tiny world."""
    out = []
    for seed in SEEDS:
        problem = a_tiny_world(seed)
        made = plan_problem(problem, Limits(seconds=None, work=1_000), stopwatch=lambda: 0.0)
        assert check_plan(problem, made.plan) == ()
        met = met_shares(problem, made.plan)[0]
        out.append((seed, met, the_optimum(problem), made.score.bound_share))
    return out


def test_no_plan_meets_more_than_the_optimum(compared):
    beyond = [(seed, met, best) for seed, met, best, _ in compared if met > best + 1e-9]

    assert beyond == []


def test_the_bound_is_never_below_the_optimum(compared):
    below = [(seed, best, bound) for seed, _, best, bound in compared if best > bound + 1e-6]

    assert below == []


def test_most_plans_reach_nine_tenths_of_the_optimum(compared):
    worth_planning = [(met, best) for _, met, best, _ in compared if best > 0]

    reached = [met >= 0.9 * best for met, best in worth_planning]

    assert len(reached) >= 12
    assert sum(reached) >= 0.8 * len(reached)


@pytest.mark.xfail(strict=True, reason="the search does not wait for the one lorry to be back")
def test_an_aircraft_waits_until_its_cargo_finds_a_lorry(compared):
    # Seed 0: one lorry, 4 h to the place; the second flight must land when it is back.
    _, met, best, _ = compared[0]

    assert met >= 0.9 * best


def test_the_worlds_ask_for_choices(compared):
    # An oracle of worlds in which all or nothing arrives would prove little.
    between = [best for _, _, best, _ in compared if 0.02 < best < 0.98]

    assert len(between) >= 10
