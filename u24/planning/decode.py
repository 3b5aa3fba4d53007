"""From arrays back to words: the routes and consignments of a state."""

from u24.clock import seconds_since
from u24.domain.plan import (
    Call,
    Carrier,
    Consignment,
    Plan,
    Purpose,
    Route,
    Segment,
)
from u24.planning.grid import Grid
from u24.planning.kernels.world import State


def plan_of(grid: Grid, state: State) -> Plan:
    """The plan that a state holds, in order of vehicles, needs and lots."""
    routes = []
    consignments: list[Consignment] = []
    for k, vehicle in enumerate(grid.problem.vehicles):
        if state.sorties[k] == 0:
            continue
        made = _RouteMaker(grid, state, k)
        routes.append(Route(vehicle_id=vehicle.vehicle_id, calls=tuple(made.calls)))
        consignments += made.consignments
    consignments.sort(key=lambda c: (c.need_id, c.lot_id, c.arrive_s, c.segments[-1].start_s))
    return Plan(routes=tuple(routes), consignments=tuple(consignments))


class _RouteMaker:
    """Writes down the calls and consignments of one vehicle, sortie by sortie."""

    def __init__(self, grid: Grid, state: State, k: int) -> None:
        self.grid = grid
        self.state = state
        self.k = k
        self.c = int(grid.world.vehicle_class[k])
        self.tick_s = grid.problem.tick_s
        self.vehicle_id = grid.problem.vehicles[k].vehicle_id
        opens = int(grid.world.vehicle_from[k]) * self.tick_s
        self.location = int(grid.world.vehicle_location[k])
        self.calls = [
            Call(
                site_id=grid.locations[self.location],
                purpose=Purpose.START,
                arrive_s=opens,
                service_from_s=opens,
                service_until_s=opens,
                depart_s=opens,
            )
        ]
        self.consignments: list[Consignment] = []
        for j in range(int(state.sorties[k])):
            self._sortie(j)

    def _sortie(self, j: int) -> None:
        world = self.grid.world
        p, g = int(self.state.pickup[self.k, j]), int(self.state.drop[self.k, j])
        load = int(self.state.start[self.k, j])
        move = int(world.position_ticks[self.c, self.location, p])
        self._leave_at(load - move)
        first = len(self.calls)
        leave = load + int(world.load_ticks[self.c])
        self._call(self.grid.pickups[p], Purpose.LOAD, load, leave)
        stop = int(world.stop_site[self.c, p, g])
        if stop >= 0:
            arrive = leave + int(world.stop_offset[self.c, p, g])
            until = arrive + int(world.stop_ticks[self.c, p, g])
            self._call(self.grid.sites[stop].site_id, Purpose.TECH_STOP, arrive, until)
        landed = leave + int(world.lane_ticks[self.c, p, g])
        done = landed + int(world.unload_ticks[self.c])
        self._call(self.grid.drops[g], Purpose.UNLOAD, landed, done)
        self.location = int(world.drop_location[g])
        self._consignments(j, (first, len(self.calls) - 1), done)

    def _leave_at(self, tick: int) -> None:
        last = self.calls[-1]
        self.calls[-1] = Call(
            site_id=last.site_id,
            purpose=last.purpose,
            arrive_s=last.arrive_s,
            service_from_s=last.service_from_s,
            service_until_s=last.service_until_s,
            depart_s=tick * self.tick_s,
        )

    def _call(self, site_id: str, purpose: Purpose, arrive: int, until: int) -> None:
        self.calls.append(
            Call(
                site_id=site_id,
                purpose=purpose,
                arrive_s=arrive * self.tick_s,
                service_from_s=arrive * self.tick_s,
                service_until_s=until * self.tick_s,
                depart_s=until * self.tick_s,
            )
        )

    def _consignments(self, j: int, calls: tuple[int, int], done: int) -> None:
        world = self.grid.world
        packs: dict[tuple[int, int], int] = {}
        for i in range(int(self.state.loads[self.k, j])):
            option = int(self.state.load_option[self.k, j, i])
            key = (int(world.option_lot[option]), int(world.option_need[option]))
            packs[key] = packs.get(key, 0) + int(self.state.load_packs[self.k, j, i])
        p, g = int(self.state.pickup[self.k, j]), int(self.state.drop[self.k, j])
        pickup, drop = self.grid.pickups[p], self.grid.drops[g]
        load_s = self.calls[calls[0]].service_from_s
        done_s = done * self.tick_s
        for (lot_index, n), count in sorted(packs.items()):
            lot, need = self.grid.problem.lots[lot_index], self.grid.problem.needs[n]
            segments = []
            if lot.site_id != pickup:
                ready = self._up(seconds_since(self.grid.problem.t0_at, lot.ready_at))
                way = self.grid.legs.road_ticks(lot.site_id, pickup) or 0
                segments.append(
                    Segment(
                        carrier=Carrier.MEMBER_ROAD,
                        from_site=lot.site_id,
                        to_site=pickup,
                        start_s=ready * self.tick_s,
                        end_s=(ready + way) * self.tick_s,
                    )
                )
            segments.append(
                Segment(
                    carrier=Carrier.VEHICLE,
                    from_site=pickup,
                    to_site=drop,
                    start_s=load_s,
                    end_s=done_s,
                    vehicle_id=self.vehicle_id,
                    from_call=calls[0],
                    to_call=calls[1],
                )
            )
            onward = int(world.onward_ticks[g, n])
            if onward > 0:
                segments.append(
                    Segment(
                        carrier=Carrier.LORRIES,
                        from_site=drop,
                        to_site=need.place_id,
                        start_s=done_s,
                        end_s=done_s + onward * self.tick_s,
                    )
                )
            self.consignments.append(
                Consignment(
                    lot_id=lot.lot_id,
                    need_id=need.need_id,
                    packs=count,
                    segments=tuple(segments),
                )
            )

    def _up(self, seconds: int) -> int:
        return max(0, -(-seconds // self.tick_s))
