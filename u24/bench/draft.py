"""A plan in the making: what is still free, what is loaded, and the plan in words at the end."""

import math
from dataclasses import dataclass, field, replace

from u24.bench.ways import NEVER, Way, Ways
from u24.domain.needs import Need
from u24.domain.offers import Vehicle
from u24.domain.plan import Call, Carrier, Consignment, Plan, Purpose, Route, Segment

SMALL = 1e-9


@dataclass(frozen=True, slots=True)
class Load:
    """Packs of one lot for one need."""

    lot_id: str
    need_id: str
    packs: int


@dataclass(slots=True)
class Sortie:
    """One pick-up and one drop; the times follow from ``start``, when loading begins."""

    vehicle: Vehicle
    pickup: str
    drop: str
    way: Way
    start: int
    leave: int  # loading ends
    land: int  # unloading begins
    done: int  # unloading ends
    loads: list[Load] = field(default_factory=list)


class Draft:
    """Slots, lorries, lots and needs as they are used up, sortie by sortie."""

    def __init__(self, ways: Ways) -> None:
        self.ways = ways
        self.sorties: dict[str, list[Sortie]] = {}
        self.packs_left = {lot.lot_id: lot.packs for lot in ways.problem.lots}
        self.units_left = {
            need.need_id: float(need.planned_units) for need in ways.problem.needs
        }  # fmt: skip
        length = ways.until + 1
        self.slots: dict[str, list[int]] = {}
        for site in ways.problem.sites:
            free = [NEVER if site.slots is None else site.slots] * length
            for change in site.slot_changes:
                first = max(0, change.from_s // ways.tick_s)
                for t in range(first, min(length, -(-change.until_s // ways.tick_s))):
                    free[t] = min(free[t], change.slots)
            self.slots[site.site_id] = free
        self._lorries: dict[str, dict[int, int]] = {}

    # vehicles --------------------------------------------------------------------------

    def stands(self, vehicle: Vehicle) -> tuple[str, int]:
        """Where a vehicle is after its sorties, and from which tick."""
        done = self.sorties.get(vehicle.vehicle_id)
        if done:
            return done[-1].drop, done[-1].done
        return vehicle.home_site, self.ways.window_of(vehicle)[0]

    def find_sortie(
        self, vehicle: Vehicle, ends: tuple[str, str], way: Way, earliest: int, need: Need
    ) -> Sortie | None:
        """The first sortie that finds all its slots, and a lorry to the need; None if too late."""
        pickup, drop = ends
        onward = self.ways.onward(drop, need.place_id) or 0
        last = min(self.ways.window_of(vehicle)[1], self.ways.last_arrival(need) - onward)
        at, free = self.stands(vehicle)
        move = self.ways.move(vehicle.class_id, at, pickup)
        if move is None or not self.ways.may_call(vehicle, pickup, drop, way.stop):
            return None
        start = max(earliest, free + move)
        while True:
            sortie = self.sortie_at(vehicle, pickup, drop, way, start)
            if sortie.done > last:
                return None
            later = self._later_by(sortie) or self._lorry_later_by(drop, sortie.done, onward)
            if later == 0:
                return sortie
            start += later

    def sortie_at(self, vehicle: Vehicle, pickup: str, drop: str, way: Way, start: int) -> Sortie:
        """The sortie that begins to load at ``start``, whether it finds slots or not."""
        load, unload = self.ways.services(vehicle.class_id)
        leave = start + load
        land = leave + way.ticks
        return Sortie(vehicle, pickup, drop, way, start, leave, land, land + unload)

    def holds(self, sortie: Sortie) -> bool:
        """Whether the vehicle can be there in time, with a slot at every call."""
        at, free = self.stands(sortie.vehicle)
        move = self.ways.move(sortie.vehicle.class_id, at, sortie.pickup)
        return (
            move is not None
            and free + move <= sortie.start
            and sortie.done <= self.ways.window_of(sortie.vehicle)[1]
            and self.ways.may_call(sortie.vehicle, sortie.pickup, sortie.drop, sortie.way.stop)
            and self._later_by(sortie) == 0
        )

    def stays(self, sortie: Sortie) -> list[tuple[str, int, int]]:
        """(site, first tick, tick behind the last) of every service."""
        way = sortie.way
        found = [
            (sortie.pickup, sortie.start, sortie.leave), (sortie.drop, sortie.land, sortie.done)
        ]  # fmt: skip
        if way.stop:
            first = sortie.leave + way.stop_after
            found.append((way.stop, first, first + way.stop_ticks))
        return found

    def _later_by(self, sortie: Sortie) -> int:
        """How much later to try again, 0 if every service finds slots."""
        units = self.ways.classes[sortie.vehicle.class_id].parking_units
        for site, first, behind in self.stays(sortie):
            free = self.slots[site]
            for t in range(behind - 1, first - 1, -1):
                if free[t] < units:
                    return t + 1 - first
        return 0

    def _lorry_later_by(self, drop: str, done: int, onward: int) -> int:
        """How much later one lorry is there for the way out and back; 0 at once."""
        busy, pool = self._lorries.get(drop, {}), self.ways.sites[drop].lorries
        for t in range(done + 2 * onward - 1, done - 1, -1):
            if busy.get(t, 0) >= pool:
                return t + 1 - done
        return 0

    # loads -----------------------------------------------------------------------------

    def fill(self, sortie: Sortie, first_need: str = "") -> None:
        """Load what is worth most for its size; ``first_need`` before all else."""
        for load in self._wishes(sortie, first_need):
            self.add(sortie, load)

    def add(self, sortie: Sortie, wish: Load) -> int:
        """Load as many packs of the wish as there is room, stock, need and lorries for."""
        ways = self.ways
        need = ways.needs[wish.need_id]
        match = ways.matches[(wish.lot_id, wish.need_id)]
        onward = ways.onward(sortie.drop, need.place_id)
        if onward is None or ways.worth(need, sortie.done + onward) <= 0:
            return 0
        cover = ways.lots[wish.lot_id].pack_units * match.factor_share
        left = self.units_left[wish.need_id]
        packs = min(wish.packs, self.packs_left[wish.lot_id], math.ceil(left / cover - SMALL))
        packs = min(packs, self._room(sortie, wish.lot_id))
        if onward > 0:
            packs = min(packs, self._room_on_lorries(sortie, wish, onward))
        if packs < 1:
            return 0
        sortie.loads.append(Load(wish.lot_id, wish.need_id, packs))
        self.packs_left[wish.lot_id] -= packs
        self.units_left[wish.need_id] = max(0.0, left - packs * cover)
        return packs

    def unload(self, sortie: Sortie) -> None:
        """Take all loads off again."""
        for load in sortie.loads:
            match = self.ways.matches[(load.lot_id, load.need_id)]
            cover = self.ways.lots[load.lot_id].pack_units * match.factor_share
            self.packs_left[load.lot_id] += load.packs
            whole = float(self.ways.needs[load.need_id].planned_units)
            left = self.units_left[load.need_id] + load.packs * cover
            self.units_left[load.need_id] = min(whole, left)
        sortie.loads.clear()

    def _wishes(self, sortie: Sortie, first_need: str) -> list[Load]:
        ways = self.ways
        of_class = ways.classes[sortie.vehicle.class_id]
        rated = []
        for lot_id, ready in ways.ready_at.get(sortie.pickup, {}).items():
            if ready > sortie.start or self.packs_left[lot_id] < 1:
                continue
            for match in ways.matches_of.get(lot_id, ()):
                left = self.units_left[match.need_id]
                if left <= SMALL or not self.may_go(sortie, lot_id, match.need_id):
                    continue
                need, pack = ways.needs[match.need_id], ways.pack(lot_id)
                size = pack.kg / sortie.way.payload_kg + pack.litres / of_class.volume_l
                size += pack.people / max(1, of_class.seats)
                cover = ways.lots[lot_id].pack_units * match.factor_share
                worth = cover * need.weight / need.planned_units / size
                wish = Load(lot_id, match.need_id, ways.lots[lot_id].packs)
                rated.append((match.need_id != first_need, -worth, lot_id, match.need_id, wish))
        rated.sort(key=lambda row: row[:4])
        return [row[4] for row in rated]

    def may_go(self, sortie: Sortie, lot_id: str, need_id: str) -> bool:
        """Whether this lot may go to this need by this sortie, by consent and ownership."""
        match = self.ways.matches.get((lot_id, need_id))
        return (
            match is not None
            and sortie.drop not in match.not_via
            and (not match.only_via or sortie.drop in match.only_via)
            and self.ways.ready_at[sortie.pickup].get(lot_id, NEVER) <= sortie.start
            and self.ways.may_load(match, sortie.start)
            and self.ways.may_carry(sortie.vehicle, lot_id)
        )

    def _room(self, sortie: Sortie, lot_id: str) -> int:
        of_class = self.ways.classes[sortie.vehicle.class_id]
        kg, litres, seats = float(sortie.way.payload_kg), float(of_class.volume_l), of_class.seats
        for load in sortie.loads:
            pack = self.ways.pack(load.lot_id)
            kg -= load.packs * pack.kg
            litres -= load.packs * pack.litres
            seats -= load.packs * pack.people
        pack = self.ways.pack(lot_id)
        room = math.floor(min(kg / pack.kg, litres / pack.litres) + SMALL)
        return min(room, seats // pack.people) if pack.people else room

    def _room_on_lorries(self, sortie: Sortie, wish: Load, onward: int) -> int:
        """Packs that the lorries take which are there for the whole way out and back."""
        shares = self._lorry_shares(sortie)
        before = shares.pop(wish.need_id, 0.0)
        others = sum(
            math.ceil(share - SMALL)
            for need_id, share in shares.items()
            if self.ways.onward(sortie.drop, self.ways.needs[need_id].place_id)
        )
        busy = self._lorries.get(sortie.drop, {})
        most = max(
            (busy.get(t, 0) for t in range(sortie.done, sortie.done + 2 * onward)), default=0
        )
        spare = self.ways.sites[sortie.drop].lorries - most - others - before
        return math.floor(spare / self.ways.lorry_share(sortie.drop, wish.lot_id) + SMALL)

    # the plan --------------------------------------------------------------------------

    def commit(self, sortie: Sortie) -> None:
        """The sortie is flown: its slots and lorries are taken."""
        units = self.ways.classes[sortie.vehicle.class_id].parking_units
        for site, first, behind in self.stays(sortie):
            for t in range(first, behind):
                self.slots[site][t] -= units
        self._send_lorries(sortie, 1)
        self.sorties.setdefault(sortie.vehicle.vehicle_id, []).append(sortie)

    def top_up(self) -> None:
        """Let the room that is left on committed sorties take what is worth most."""
        flown = [sortie for sorties in self.sorties.values() for sortie in sorties]
        for sortie in sorted(flown, key=lambda s: (s.start, s.vehicle.vehicle_id)):
            self._send_lorries(sortie, -1)
            self.fill(sortie)
            self._send_lorries(sortie, 1)

    def _send_lorries(self, sortie: Sortie, sign: int) -> None:
        """Take (1) or give back (-1) the whole lorries of a sortie, for each need by itself."""
        busy = self._lorries.setdefault(sortie.drop, {})
        for need_id, share in self._lorry_shares(sortie).items():
            onward = self.ways.onward(sortie.drop, self.ways.needs[need_id].place_id) or 0
            for t in range(sortie.done, sortie.done + 2 * onward):
                busy[t] = busy.get(t, 0) + sign * math.ceil(share - SMALL)

    def _lorry_shares(self, sortie: Sortie) -> dict[str, float]:
        shares: dict[str, float] = {}
        for load in sortie.loads:
            share = load.packs * self.ways.lorry_share(sortie.drop, load.lot_id)
            shares[load.need_id] = shares.get(load.need_id, 0.0) + share
        return shares

    def plan(self) -> Plan:
        """All that is committed, in words."""
        routes, consignments = [], []
        for vehicle in self.ways.problem.vehicles:
            flown = self.sorties.get(vehicle.vehicle_id, [])
            if flown:
                routes.append(Route(vehicle_id=vehicle.vehicle_id, calls=self._calls(flown)))
                consignments += self._consignments(flown)
        consignments.sort(key=lambda c: (c.need_id, c.lot_id, c.arrive_s, c.segments[-1].start_s))
        return Plan(routes=tuple(routes), consignments=tuple(consignments))

    def _calls(self, flown: list[Sortie]) -> tuple[Call, ...]:
        ways, vehicle = self.ways, flown[0].vehicle
        opens = ways.window_of(vehicle)[0]
        calls = [self._call(vehicle.home_site, Purpose.START, opens, opens)]
        for sortie in flown:
            move = ways.move(vehicle.class_id, calls[-1].site_id, sortie.pickup) or 0
            calls[-1] = replace(calls[-1], depart_s=(sortie.start - move) * ways.tick_s)
            calls.append(self._call(sortie.pickup, Purpose.LOAD, sortie.start, sortie.leave))
            if sortie.way.stop:
                first = sortie.leave + sortie.way.stop_after
                behind = first + sortie.way.stop_ticks
                calls.append(self._call(sortie.way.stop, Purpose.TECH_STOP, first, behind))
            calls.append(self._call(sortie.drop, Purpose.UNLOAD, sortie.land, sortie.done))
        return tuple(calls)

    def _call(self, site_id: str, purpose: Purpose, first: int, behind: int) -> Call:
        from_s, until_s = first * self.ways.tick_s, behind * self.ways.tick_s
        return Call(
            site_id=site_id, purpose=purpose, arrive_s=from_s, service_from_s=from_s,
            service_until_s=until_s, depart_s=until_s,
        )  # fmt: skip

    def _consignments(self, flown: list[Sortie]) -> list[Consignment]:
        found = []
        call = 0
        for sortie in flown:
            load_call, call = call + 1, call + (3 if sortie.way.stop else 2)
            packs: dict[tuple[str, str], int] = {}
            for load in sortie.loads:
                key = (load.lot_id, load.need_id)
                packs[key] = packs.get(key, 0) + load.packs
            found += [
                Consignment(
                    lot_id=lot_id,
                    need_id=need_id,
                    packs=count,
                    segments=self._segments(sortie, lot_id, need_id, (load_call, call)),
                )
                for (lot_id, need_id), count in packs.items()
            ]
        return found

    def _segments(
        self, sortie: Sortie, lot_id: str, need_id: str, calls: tuple[int, int]
    ) -> tuple[Segment, ...]:
        ways, tick_s = self.ways, self.ways.tick_s
        lot, need = ways.lots[lot_id], ways.needs[need_id]
        segments = []
        if lot.site_id != sortie.pickup:
            segments.append(
                Segment(
                    carrier=Carrier.MEMBER_ROAD,
                    from_site=lot.site_id,
                    to_site=sortie.pickup,
                    start_s=ways.tick_up(lot.ready_at) * tick_s,
                    end_s=ways.ready_at[sortie.pickup][lot_id] * tick_s,
                )
            )
        segments.append(
            Segment(
                carrier=Carrier.VEHICLE,
                from_site=sortie.pickup,
                to_site=sortie.drop,
                start_s=sortie.start * tick_s,
                end_s=sortie.done * tick_s,
                vehicle_id=sortie.vehicle.vehicle_id,
                from_call=calls[0],
                to_call=calls[1],
            )
        )
        onward = ways.onward(sortie.drop, need.place_id) or 0
        if onward > 0:
            segments.append(
                Segment(
                    carrier=Carrier.LORRIES,
                    from_site=sortie.drop,
                    to_site=need.place_id,
                    start_s=sortie.done * tick_s,
                    end_s=(sortie.done + onward) * tick_s,
                )
            )
        return tuple(segments)
