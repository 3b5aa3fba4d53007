"""The arrays that the compiled loops run on.

Index letters: ``k`` vehicle, ``c`` class, ``x`` location (homes and drops), ``p`` pick-up,
``g`` drop, ``n`` need, ``e`` segment of a need (0 counts most), ``l`` lot, ``t`` tick.
A *lane* is a loaded move from a pick-up to a drop; an *option* is one lot for one segment
of one need over one pick-up and drop. Options of a pair (p, g) lie together.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FAR = 30_000  # ticks: no way there
MOST_LOADS = 48  # options in one sortie
NO_LIMIT = 1_000_000  # slots of a site that handles any number


class World(NamedTuple):
    """What does not change while a plan is searched."""

    ticks: int  # the last tick a service may end
    load_ticks: Ints  # (c,)
    unload_ticks: Ints  # (c,)
    parking_units: Ints  # (c,)
    volume_l: Floats  # (c,)
    seats: Floats  # (c,)
    position_ticks: Ints  # (c, x, p) empty move, FAR if none
    lane_ticks: Ints  # (c, p, g) from end of loading to start of unloading
    lane_payload_kg: Floats  # (c, p, g) 0 if no lane
    stop_site: Ints  # (c, p, g) site of the tech stop, -1 if none
    stop_offset: Ints  # (c, p, g) ticks after departure
    stop_ticks: Ints  # (c, p, g)
    pickup_site: Ints  # (p,)
    drop_site: Ints  # (g,)
    drop_location: Ints  # (g,) -> x
    onward_ticks: Ints  # (g, n) by lorry, 0 if the drop is the place, -1 if no road
    option_start: npt.NDArray[np.int64]  # (p * drops + g,) and one behind
    option_lot: Ints
    option_need: Ints
    option_segment: Ints
    option_cover: Floats  # units of need per pack
    option_ready: Ints  # first tick of loading
    option_expiry: Ints  # last tick of loading
    option_loss: Floats  # value a pack loses here against its best use, by prices of the stock
    ready_start: npt.NDArray[np.int64]  # (p + 1,)
    ready_tick: Ints  # ticks at which more can be loaded at a pick-up, rising within each
    option_order: Ints  # (c, options) by value density within each (p, g)
    lot_pack_kg: Floats
    lot_pack_l: Floats
    lot_pack_people: Floats
    lot_member: Ints
    segment_units: Floats  # (n, 2)
    segment_value: Floats  # (n, 2) share of all weighted need per unit
    gain: Floats  # (n, t) what an arrival at t counts, 0 .. 1
    lorry_payload_kg: Floats  # (g,)
    lorry_volume_l: Floats  # (g,)
    lane_start: npt.NDArray[np.int64]  # (signatures + 1,) usable lanes of a vehicle signature
    lane_pickup: Ints
    lane_drop: Ints
    lane_open: Flags  # whether the vehicle may make the lane's tech stop
    vehicle_class: Ints  # (k,)
    vehicle_location: Ints  # (k,) -> x
    vehicle_from: Ints  # (k,) tick
    vehicle_until: Ints  # (k,) tick
    vehicle_signature: Ints  # (k,)
    vehicle_member: Ints  # (k,) carries only that member's lots, -1 any


class State(NamedTuple):
    """What is used and what is left: changed in place by taking and giving back sorties."""

    slots_left: Ints  # (sites, t)
    lorries_left: Ints  # (g, t)
    need_left: Floats  # (n, 2)
    lot_left: Ints  # (l,)
    sorties: Ints  # (k,)
    pickup: Ints  # (k, j)
    drop: Ints  # (k, j)
    start: Ints  # (k, j)
    loads: Ints  # (k, j)
    load_option: Ints  # (k, j, m)
    load_packs: Ints  # (k, j, m)


class Scratch(NamedTuple):
    """Scratch space of one search."""

    score: Floats  # (k,)
    candidate: Ints  # (k, 3) pick-up, drop, start
    fresh: Flags  # (k,)
    option_out: Ints  # (m,)
    packs_out: Ints  # (m,)
    chosen: Ints  # (k,)
    is_chosen: Flags  # (k,)
    marked: Flags  # (n,)


def scratch_for(vehicles: int, needs: int) -> Scratch:
    """Scratch space for so many vehicles and needs."""
    return Scratch(
        score=np.zeros(vehicles),
        candidate=np.zeros((vehicles, 3), np.int32),
        fresh=np.zeros(vehicles, np.bool_),
        option_out=np.zeros(MOST_LOADS, np.int32),
        packs_out=np.zeros(MOST_LOADS, np.int32),
        chosen=np.zeros(vehicles, np.int32),
        is_chosen=np.zeros(vehicles, np.bool_),
        marked=np.zeros(needs, np.bool_),
    )
