"""The bound at any prices, and what a plan may not do that only the checker would notice."""

from dataclasses import replace

import numpy as np
import pytest

from tests.planning.worlds import CLASSES, T0, Size, a_world
from u24.domain.figures import Range
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.domain.places import Road
from u24.domain.problem import Problem, Site, VehicleLimits, Worth
from u24.planning.bound import ColumnGeneration
from u24.planning.checker import check_plan, met_shares
from u24.planning.decode import plan_of
from u24.planning.grid import compile_problem
from u24.planning.ladder import climb
from u24.planning.search import Search


def a_found_plan(problem):
    grid = compile_problem(problem)
    until = problem.worth.marks_s[0] // problem.tick_s
    search = Search(grid, grid.world._replace(ticks=until))
    search.greedy()
    search.run(150, 1, (1e-3, 1e-5))
    search.back_to_best()
    return grid, plan_of(grid, search.state)


def bound_at(grid, need, lot, slot=None, lorry=None):
    columns = ColumnGeneration(grid)
    _, _, no_slot, no_lorry = columns._zero_prices()
    columns.share = columns._least = float("inf")
    columns._price(
        (need, lot, no_slot if slot is None else slot, no_lorry if lorry is None else lorry)
    )
    return columns._least


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_passes_the_bound_whatever_the_prices(seed):
    # given
    problem = a_world(seed, Size(needs=5, lots=8, vehicles=4))
    grid, plan = a_found_plan(problem)
    met = met_shares(problem, plan)[0]
    rng = np.random.default_rng(seed)
    least = []

    # when: about the prices of the shared stock, where the bound is tight
    ladder = climb(grid)
    for spread in (0.0, 0.02, 0.1, 0.3, 0.6):
        need = ladder.need_price * rng.uniform(1 - spread, 1 + spread, ladder.need_price.shape)
        lot = ladder.lot_price * rng.uniform(1 - spread, 1 + spread, len(problem.lots))
        slot = rng.uniform(0, spread * 1e-4, (len(grid.sites), 97))
        lorry = rng.uniform(0, spread * 1e-4, grid.lorries.shape)
        least.append(bound_at(grid, need, lot, slot, lorry))

    # then
    assert min(least) >= met - 1e-9


def a_pack_for_two_segments(**limits) -> Problem:
    """A need of 5 units; two packs of 3 units each, each as much as one aircraft takes."""
    hub, entry = (
        Site(
            site_id=name,
            name=name,
            country="AAA",
            lat_deg=lat,
            lon_deg=20.0,
            runway_m=3000,
            slots=8,
            entry=name == "entry",
            tech_stop=name == "stop",
            lorries=9,
            lorry_payload_kg=20_000,
            lorry_volume_l=90_000,
        )
        for name, lat in (("hub", 45.0), ("entry", 40.0))
    )
    place = Site(site_id="place", name="place", country="AAA", lat_deg=40.2, lon_deg=20.0)
    later = T0.replace(day=2)
    return Problem(
        t0_at=T0,
        tick_s=900,
        horizon_s=86_400,
        sites=(hub, entry, place),
        classes=(CLASSES[1],),
        vehicles=tuple(
            Vehicle(
                vehicle_id=f"v{i}",
                member="AAA",
                class_id="small",
                home_site="hub",
                available_at=T0,
                until_at=later,
            )
            for i in range(2)
        ),
        vehicle_limits=tuple(VehicleLimits(vehicle_id=f"v{i}", **limits) for i in range(2)),
        lots=(
            Lot(
                lot_id="packs",
                member="AAA",
                kind="module",
                site_id="hub",
                packs=2,
                pack_mass_g=8_000_000,
                pack_volume_ml=50_000_000,
                pack_units=3,
                ready_at=T0,
            ),
        ),
        needs=(
            Need(
                need_id="modules",
                place_id="place",
                kind="module",
                amount=Range(low=5, best=5, high=5),
                planned_units=5,
                due_at=later,
                deadline_at=later,
                weight=1.0,
            ),
        ),
        matches=(
            Match(lot_id="packs", need_id="modules", factor_share=1.0, windows=((T0, None),)),
        ),
        roads=(Road(from_site="entry", to_site="place", duration_s=1800),),
        worth=Worth(marks_s=(86_400,)),
    )


@pytest.mark.parametrize("first_price", [0.0, 0.2, 0.24, 0.26])
def test_a_big_pack_is_priced_for_the_dearer_part_of_a_need_first(first_price):
    problem = a_pack_for_two_segments()
    grid = compile_problem(problem)

    bound = bound_at(grid, np.array([[first_price, 0.0]]), np.zeros(1))

    assert bound >= 1.0 - 1e-9  # both packs can come: 6 units for a need of 5


def test_a_technical_stop_that_is_closed_to_a_vehicle_is_not_made():
    # given: the hub so far away that only a stop leads to the airport of entry
    near = a_pack_for_two_segments()
    hub, entry, place = near.sites
    far = replace(hub, lat_deg=69.0, lon_deg=-10.0)
    stop = replace(hub, site_id="stop", lat_deg=54.0, lon_deg=10.0, tech_stop=True)
    lots = (replace(near.lots[0], pack_mass_g=3_000_000),)
    vast = replace(CLASSES[1], payload_points=((1500, 9_000), (2800, 2_000)))
    open_world = replace(near, sites=(far, entry, place, stop), lots=lots, classes=(vast,))
    shut = tuple(
        VehicleLimits(vehicle_id=v.vehicle_id, closed_sites=("stop",)) for v in near.vehicles
    )
    closed_world = replace(open_world, vehicle_limits=shut)

    # when
    _, with_stop = a_found_plan(open_world)
    _, without = a_found_plan(closed_world)

    # then
    assert any(call.site_id == "stop" for route in with_stop.routes for call in route.calls)
    assert not any(call.site_id == "stop" for route in without.routes for call in route.calls)
    assert check_plan(closed_world, without) == ()
