"""What the bound works with: fleets of equal vehicles, and all ways to carry cargo."""

from dataclasses import dataclass, replace

import numpy as np

from u24.planning.grid import Grid
from u24.planning.kernels.pricing import Ways
from u24.planning.kernels.world import Ints, World


@dataclass(frozen=True, slots=True)
class Fleet:
    """Vehicles that are equal for the bound: one class, place, window and limits."""

    of_class: int
    location: int
    opens: int
    until: int
    signature: int
    member: int
    count: int

    def changed(self, *, opens: int | None = None, until: int | None = None) -> "Fleet":
        """The same fleet with another window."""
        return replace(
            self,
            opens=self.opens if opens is None else opens,
            until=self.until if until is None else until,
        )


def fleets_of(grid: Grid, until: int) -> list[Fleet]:
    """Vehicles that are equal for the bound, counted, in a fixed order."""
    world = grid.world
    counted: dict[tuple[int, int, int, int, int, int], int] = {}
    for k in range(len(world.vehicle_class)):
        key = fleet_key(world, k, until)
        counted[key] = counted.get(key, 0) + 1
    return [Fleet(*key, count) for key, count in sorted(counted.items())]


def fleet_key(world: World, k: int, until: int) -> tuple[int, int, int, int, int, int]:
    """What two vehicles must share to be equal for the bound."""
    return (
        int(world.vehicle_class[k]),
        int(world.vehicle_location[k]),
        int(world.vehicle_from[k]),
        min(until, int(world.vehicle_until[k])),
        int(world.vehicle_signature[k]),
        int(world.vehicle_member[k]),
    )


def groups_of(fleets: list[Fleet]) -> dict[tuple[int, int], dict[tuple[int, int], list[int]]]:
    """Fleets by trade (member, class), and in it by what shares one backward pass."""
    out: dict[tuple[int, int], dict[tuple[int, int], list[int]]] = {}
    for f, fleet in enumerate(fleets):
        trade = out.setdefault((fleet.member, fleet.of_class), {})
        trade.setdefault((fleet.signature, fleet.until), []).append(f)
    return dict(sorted(out.items()))


def ways_of(grid: Grid) -> tuple[Ways, dict[tuple[int, int], dict[int, Ints]]]:
    """All ways, and per (member, class) the ways open to each signature."""
    table = np.array(grid.ways, np.float64).reshape(-1, 5)
    ways = Ways(
        of_class=table[:, 0].astype(np.int32),
        pickup=table[:, 1].astype(np.int32),
        drop=table[:, 2].astype(np.int32),
        ticks=table[:, 3].astype(np.int32),
        payload_kg=table[:, 4].copy(),
    )
    by_pair: dict[tuple[int, int, int], list[int]] = {}
    for w, (c, p, g) in enumerate(zip(ways.of_class, ways.pickup, ways.drop, strict=True)):
        by_pair.setdefault((int(c), int(p), int(g)), []).append(w)
    world = grid.world
    trades: dict[tuple[int, int], dict[int, Ints]] = {}
    for k in range(len(world.vehicle_class)):
        signature, c = int(world.vehicle_signature[k]), int(world.vehicle_class[k])
        lanes = range(world.lane_start[signature], world.lane_start[signature + 1])
        found = [
            w
            for z in lanes
            for w in by_pair.get((c, int(world.lane_pickup[z]), int(world.lane_drop[z])), [])
        ]
        trade = trades.setdefault((int(world.vehicle_member[k]), c), {})
        trade[signature] = np.array(sorted(found), np.int32)
    return ways, trades
