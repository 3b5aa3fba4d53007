"""From words to arrays: one problem on its grid of ticks.

Durations and ready times round up, windows and capacities round down, so that a plan on
the grid also holds on the clock.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from u24.clock import seconds_since
from u24.domain.needs import Need
from u24.domain.offers import G_PER_KG, ML_PER_L, Lot, VehicleClass
from u24.domain.problem import Problem, Site
from u24.planning.compiler import Compiler, Options, Vehicles, floats, ints, own_only
from u24.planning.kernels.world import MOST_LOADS, State, World
from u24.planning.legs import LegTable

NEVER = 1_000_000  # a tick that does not come
MOST_SORTIES = 10  # of one vehicle

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A problem as arrays, with the names behind the indices."""

    problem: Problem
    world: World
    ticks: int
    sites: tuple[Site, ...]
    pickups: tuple[str, ...]
    drops: tuple[str, ...]
    locations: tuple[str, ...]
    legs: LegTable
    slots: Ints  # (sites, t)
    lorries: Ints  # (g, t)
    lot_packs: Ints  # (l,)
    ways: tuple[tuple[int, int, int, int, int], ...]  # (c, p, g, ticks, payload kg) for the bound
    owners: tuple[str, ...]  # members whose vehicles carry only their own lots

    def empty_state(self) -> State:
        """Nothing planned, everything left."""
        vehicles = len(self.problem.vehicles)
        sorties = np.zeros((vehicles, MOST_SORTIES), np.int32)
        return State(
            slots_left=self.slots.copy(),
            lorries_left=self.lorries.copy(),
            need_left=self.world.segment_units.copy(),
            lot_left=self.lot_packs.copy(),
            sorties=np.zeros(vehicles, np.int32),
            pickup=sorties.copy(),
            drop=sorties.copy(),
            start=sorties.copy(),
            loads=sorties.copy(),
            load_option=np.zeros((vehicles, MOST_SORTIES, MOST_LOADS), np.int32),
            load_packs=np.zeros((vehicles, MOST_SORTIES, MOST_LOADS), np.int32),
        )


def segments_of(planned_units: int, first_amount: float, first_value: float) -> Floats:
    """Units and worth per unit of the two segments of a need of weight 1. Shape (2, 2).

    The first segment holds ``first_amount`` of the need, rounded up to whole units, and
    ``first_value`` of its worth; where rounding would make later units count more than
    earlier ones, all units count the same.
    """
    first = math.ceil(first_amount * planned_units - 1e-9)
    rest = planned_units - first
    if rest == 0 or first_value * planned_units < first:
        return np.array([[planned_units, 0.0], [1.0 / planned_units, 0.0]])
    return np.array([[first, rest], [first_value / first, (1 - first_value) / rest]])


def gains(problem: Problem, marks_s: tuple[int, ...], length: int) -> Floats:
    """What an arrival of each need counts at each tick. Shape (needs, length), 0 .. 1.

    The value falls from 1 at due to 0 at the deadline; each mark in ``marks_s`` that the
    arrival meets counts an equal part.
    """
    at_s = np.arange(length) * problem.tick_s
    met = np.mean([at_s <= mark for mark in marks_s], axis=0)
    rows = []
    for need in problem.needs:
        due_s = seconds_since(problem.t0_at, need.due_at)
        deadline_s = seconds_since(problem.t0_at, need.deadline_at)
        if deadline_s > due_s:
            worth = np.clip((deadline_s - at_s) / (deadline_s - due_s), 0.0, 1.0)
        else:
            worth = (at_s <= due_s).astype(float)
        rows.append(worth * met)
    return np.array(rows).reshape(len(problem.needs), length)


def compile_problem(problem: Problem) -> Grid:
    """The problem as arrays on its grid, served for the first mark."""
    made = Compiler(problem)
    options = made.options()
    owners = tuple(
        sorted(
            {v.member for v in problem.vehicles if own_only(made, v)}
            | {lot.member for lot in problem.lots}
        )
    )
    world = World(
        ticks=made.ticks,
        **_class_arrays(made),
        **_lane_arrays(made),
        **_place_arrays(made),
        **_option_arrays(problem, options, len(made.pickups)),
        **_worth_arrays(problem, made.length),
        **_lot_arrays(problem.lots, owners),
        **_NO_VEHICLES,
    )
    lots = (world.lot_pack_kg, world.lot_pack_l, world.lot_pack_people)
    arrays = {"lot": world.option_lot}
    vehicles = Vehicles(
        made, owners, (world.lane_payload_kg, world.stop_site), (options.start, arrays), lots
    )
    world = world._replace(
        lane_start=vehicles.lane_start,
        lane_pickup=vehicles.lane_pickup,
        lane_drop=vehicles.lane_drop,
        lane_open=vehicles.lane_open,
        vehicle_class=vehicles.of_class,
        vehicle_location=vehicles.location,
        vehicle_from=vehicles.opens,
        vehicle_until=vehicles.closes,
        vehicle_signature=vehicles.signature,
        vehicle_member=vehicles.member,
    )
    pools = ints(made.site(drop).lorries for drop in made.drops)
    return Grid(
        problem=problem,
        world=world,
        ticks=made.ticks,
        sites=problem.sites,
        pickups=made.pickups,
        drops=made.drops,
        locations=made.locations,
        legs=made.legs,
        slots=made.slots(),
        lorries=np.repeat(pools.reshape(-1, 1), made.length, 1),
        lot_packs=ints(lot.packs for lot in problem.lots),
        ways=tuple(made.ways),
        owners=owners,
    )


_NONE = np.zeros(0, np.int32)
_NO_VEHICLES: dict[str, Any] = {
    "lane_start": np.zeros(1, np.int64),
    "lane_pickup": _NONE,
    "lane_drop": _NONE,
    "lane_open": np.zeros(0, np.bool_),
    "vehicle_class": _NONE,
    "vehicle_location": _NONE,
    "vehicle_from": _NONE,
    "vehicle_until": _NONE,
    "vehicle_signature": _NONE,
    "vehicle_member": _NONE,
}


def _class_arrays(made: Compiler) -> dict[str, Any]:
    classes = made.problem.classes
    return {
        "load_ticks": ints(made.legs.ticks(c.load_s) for c in classes),
        "unload_ticks": ints(made.legs.ticks(c.unload_s) for c in classes),
        "parking_units": ints(c.parking_units for c in classes),
        "volume_l": floats(c.volume_l for c in classes),
        "seats": floats(c.seats for c in classes),
    }


def _lane_arrays(made: Compiler) -> dict[str, Any]:
    lanes = made.lanes()
    return {
        "position_ticks": made.positions(),
        "lane_ticks": lanes["ticks"].astype(np.int32),
        "lane_payload_kg": lanes["payload"],
        "stop_site": lanes["stop"].astype(np.int32),
        "stop_offset": lanes["offset"].astype(np.int32),
        "stop_ticks": lanes["stop_ticks"].astype(np.int32),
    }


def _place_arrays(made: Compiler) -> dict[str, Any]:
    drops = [made.site(drop) for drop in made.drops]
    return {
        "pickup_site": ints(made.site_index[p] for p in made.pickups),
        "drop_site": ints(made.site_index[g] for g in made.drops),
        "drop_location": ints(made.locations.index(g) for g in made.drops),
        "onward_ticks": made.onward,
        "lorry_payload_kg": floats(site.lorry_payload_kg for site in drops),
        "lorry_volume_l": floats(site.lorry_volume_l for site in drops),
    }


def _option_arrays(problem: Problem, options: Options, pickups: int) -> dict[str, Any]:
    lot, need = np.array(options.lot, np.int32), np.array(options.need, np.int32)
    segment, start = np.array(options.segment, np.int32), np.array(options.start, np.int64)
    cover = np.array(options.cover, np.float64)
    value = cover * _segment_table(problem)[1][need, segment]
    arrays = {"lot": lot, "need": need}
    return {
        "option_start": start,
        "option_lot": lot,
        "option_need": need,
        "option_segment": segment,
        "option_cover": cover,
        "option_ready": np.array(options.ready, np.int32),
        "option_expiry": np.array(options.expiry, np.int32),
        "option_loss": np.zeros(len(lot)),
        **_ready_arrays(start, np.array(options.ready, np.int32), pickups),
        "option_order": _order(problem.classes, start, value, arrays, _pack_sizes(problem.lots)),
    }


def _ready_arrays(start: npt.NDArray[np.int64], ready: Ints, pickups: int) -> dict[str, Any]:
    """The ticks at which something becomes ready at each pick-up, over all its drops."""
    drops = (len(start) - 1) // max(pickups, 1)
    ticks = [np.unique(ready[start[p * drops] : start[(p + 1) * drops]]) for p in range(pickups)]
    return {
        "ready_start": np.cumsum([0, *(len(part) for part in ticks)]).astype(np.int64),
        "ready_tick": np.concatenate([_NONE, *ticks]).astype(np.int32),
    }


def _worth_arrays(problem: Problem, length: int) -> dict[str, Any]:
    units, value = _segment_table(problem)
    return {
        "segment_units": units,
        "segment_value": value,
        "gain": gains(problem, problem.worth.marks_s[:1], length),
    }


def _lot_arrays(lots: tuple[Lot, ...], owners: tuple[str, ...]) -> dict[str, Any]:
    kg, litres, people = _pack_sizes(lots)
    return {
        "lot_pack_kg": kg,
        "lot_pack_l": litres,
        "lot_pack_people": people,
        "lot_member": ints(owners.index(lot.member) for lot in lots),
    }


def _segment_table(problem: Problem) -> tuple[Floats, Floats]:
    """Units and value per unit of every segment; all needs together are worth 1."""
    whole = sum(need.weight for need in problem.needs)
    units = np.zeros((len(problem.needs), 2))
    value = np.zeros((len(problem.needs), 2))
    for n, need in enumerate(problem.needs):
        made = _segments(problem, need)
        units[n] = made[0]
        value[n] = made[1] * need.weight / whole
    return units, value


def _segments(problem: Problem, need: Need) -> Floats:
    worth = problem.worth
    return segments_of(need.planned_units, worth.first_amount_share, worth.first_value_share)


def _pack_sizes(lots: tuple[Lot, ...]) -> tuple[Floats, Floats, Floats]:
    """Payload kg with people, litres and people of one pack of each lot."""
    return (
        floats(lot.pack_payload_g / G_PER_KG for lot in lots),
        floats(lot.pack_volume_ml / ML_PER_L for lot in lots),
        floats(lot.pack_people for lot in lots),
    )


def guided(grid: Grid, need_price: Floats, lot_price: Floats, best_gain: Floats) -> World:
    """The world with options weighed by prices of the stock: what a pack loses by each use."""
    world = grid.world
    lot, need, segment = world.option_lot, world.option_need, world.option_segment
    value = world.option_cover * world.segment_value[need, segment]
    best = world.option_cover * need_price[need, segment] + lot_price[lot]
    loss = np.maximum(0.0, best - value * best_gain[lot, need])
    arrays = {"lot": lot, "need": need}
    lots = (world.lot_pack_kg, world.lot_pack_l, world.lot_pack_people)
    order = _order(
        grid.problem.classes, world.option_start, np.maximum(value - loss, 1e-15), arrays, lots
    )
    return world._replace(option_loss=loss, option_order=order)


def _order(
    classes: tuple[VehicleClass, ...],
    start: npt.NDArray[np.int64],
    worth: Floats,
    arrays: dict[str, Ints],
    lots: tuple[Floats, Floats, Floats],
) -> Ints:
    """Options of each pair by falling worth over the share of the vehicle they fill."""
    pair = np.repeat(np.arange(len(start) - 1), np.diff(start))
    kg, litres, people = (figures[arrays["lot"]] for figures in lots)
    out = np.zeros((len(classes), len(pair)), np.int32)
    for c, of_class in enumerate(classes):
        size = kg / of_class.payload_points[0][1] + litres / of_class.volume_l
        size = size + people / max(of_class.seats, 1)
        out[c] = np.lexsort((arrays["need"], -worth / size, pair))
    return out
