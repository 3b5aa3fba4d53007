"""A time-expanded programme: flows of groups of equal vehicles, and cargo between them.

Columns say how many of a group begin a sortie at a moment, move, or wait; further columns how
many packs go with all sorties that leave and arrive together. Packs and lorries may be
fractions and a tech stop takes slots, so on the problem's own grid it is a relaxation of the
problem, and a bound on it is a bound on every plan. On a coarser grid it is only a guide.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from u24.bench.draft import Draft
from u24.bench.ways import NEVER, Way, Ways
from u24.domain.needs import Need
from u24.domain.offers import Vehicle

INFINITE = float("inf")
Name = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Flight:
    """What a sortie column means: ``start`` is a tick of the problem's own grid."""

    group: int
    pickup: str
    drop: str
    way: Way
    start: int
    done: int

    @property
    def together(self) -> Name:
        """What sorties share that carry one pool of cargo."""
        return self.pickup, self.drop, self.start, self.done


@dataclass(slots=True)
class Columns:
    """The programme: columns with their rows, row limits by name."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    entry: list[float] = field(default_factory=list)
    row_of: dict[Name, int] = field(default_factory=dict)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)

    def row(self, name: Name, low: float, high: float) -> int:
        """The row of that name, made with these limits when it is first asked for."""
        if name not in self.row_of:
            self.row_of[name] = len(self.row_low)
            self.row_low.append(low)
            self.row_high.append(high)
        return self.row_of[name]

    def column(
        self, cost: float, upper: float, rows: list[tuple[int, float]], *, whole: bool = False
    ) -> int:
        """Add a column; returns its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        merged: dict[int, float] = {}
        for row, entry in rows:
            merged[row] = merged.get(row, 0.0) + entry
        self.index += merged.keys()
        self.entry += merged.values()
        self.start.append(len(self.index))
        return len(self.cost) - 1


class CargoGrid:
    """The programme of one problem on a grid of ``step`` ticks."""

    def __init__(self, ways: Ways, step: int, is_late: Callable[[], bool]) -> None:
        self.ways, self.step, self._is_late = ways, step, is_late
        self.table = Columns()
        self.groups = _groups_of(ways)
        self.flights: dict[int, Flight] = {}
        self.cargo: dict[int, tuple[Name, str, str]] = {}  # column -> (together, lot, need)
        self.whole_weight = sum(need.weight for need in ways.problem.needs) or 1.0
        self._slots = Draft(ways).slots
        self._options = _options_of(ways)
        self.is_complete = self._build()

    def _build(self) -> bool:
        """Write all columns down; False if the time ran out before."""
        for number, group in enumerate(self.groups):
            if self._is_late():
                return False
            self._group(number, group)
        for together in dict.fromkeys(flight.together for flight in self.flights.values()):
            if self._is_late():
                return False
            self._cargo(together)
        return True

    # vehicles --------------------------------------------------------------------------

    def _group(self, number: int, group: list[Vehicle]) -> None:
        """Waiting, moving and flying of one group; a vehicle may stop anywhere."""
        ways, vehicle, count = self.ways, group[0], len(group)
        opens, closes = ways.window_of(vehicle)
        first = -(-opens // self.step)
        last = closes // self.step
        table = self.table
        places = [vehicle.home_site, *(d for d in ways.drops if d != vehicle.home_site)]
        for place in places:
            for t in range(first, last + 1):
                begins = place == vehicle.home_site and t == first
                limit = float(count) if begins else 0.0
                # What leaves a moment is at most what came.
                table.row(("at", number, place, t), -INFINITE, limit)
        for place in places:
            for t in range(first, last):
                here, later = (table.row(("at", number, place, x), 0, 0) for x in (t, t + 1))
                table.column(0.0, count, [(here, 1.0), (later, -1.0)])
        for pickup in ways.ready_at:
            self._sorties(number, group, pickup, (first, last), places)

    def _sorties(
        self, number: int, group: list[Vehicle], pickup: str, window: tuple[int, int],
        places: list[str],
    ) -> None:  # fmt: skip
        ways, table, vehicle = self.ways, self.table, group[0]
        lanes = [
            (drop, way)
            for drop in ways.drops
            for way in ways.ways(vehicle.class_id, pickup, drop)
            if ways.may_call(vehicle, pickup, drop, way.stop)
        ]
        begun = [
            t for t in range(*window) if self._fly(number, group, pickup, lanes, t)
        ]  # fmt: skip
        if not begun:
            return
        for place in places:
            move = ways.move(vehicle.class_id, place, pickup)
            if move is None:
                continue
            steps = -(-move // self.step)
            for t in begun:
                if t - steps >= window[0]:
                    leaves = table.row_of["at", number, place, t - steps]
                    comes = table.row_of["load", number, pickup, t]
                    table.column(0.0, len(group), [(leaves, 1.0), (comes, -1.0)], whole=True)

    def _fly(
        self, number: int, group: list[Vehicle], pickup: str, lanes: list[tuple[str, Way]], t: int
    ) -> int:
        """Columns of all sorties that begin to load at one moment; how many there are."""
        ways, table, vehicle = self.ways, self.table, group[0]
        load, unload = ways.services(vehicle.class_id)
        units = ways.classes[vehicle.class_id].parking_units
        start = t * self.step
        made = 0
        for drop, way in lanes:
            land = start + load + way.ticks
            done = land + unload
            free = -(-done // self.step)
            if done > ways.window_of(vehicle)[1] or free > ways.window_of(vehicle)[1] // self.step:
                continue
            if not self._anything(vehicle, pickup, drop, start, done):
                continue
            stays = [(pickup, start, start + load), (drop, land, done)]
            if way.stop:
                after = start + load + way.stop_after
                stays.append((way.stop, after, after + way.stop_ticks))
            if any(min(self._slots[site][a:b], default=0) < units for site, a, b in stays):
                continue
            flight = Flight(number, pickup, drop, way, start, done)
            pc = flight.together
            rows = [
                (table.row(("load", number, pickup, t), -INFINITE, 0.0), 1.0),
                (table.row_of["at", number, drop, free], -1.0),
                (table.row(("kg", *pc), -INFINITE, 0.0), -float(way.payload_kg) / 1000),
                (table.row(("l", *pc), -INFINITE, 0.0), -self._volume(vehicle) / 1000),
                (table.row(("seats", *pc), -INFINITE, 0.0), -self._seats(vehicle)),
            ]
            for site, a, b in stays:
                rows += self._slot_rows(site, a, b, units)
            self.flights[table.column(0.0, len(group), rows, whole=True)] = flight
            made += 1
        return made

    def _slot_rows(self, site: str, first: int, behind: int, units: int) -> list[tuple[int, float]]:
        """Rows of the moments that a stay touches; the least of a moment's slots counts."""
        free = self._slots[site]
        rows = []
        for moment in range(first // self.step, -(-behind // self.step)):
            least = min(free[moment * self.step : (moment + 1) * self.step], default=0)
            if least < NEVER:
                # A coarse moment may be shut in part; the stay itself was held to the fine slots.
                high = float(max(least, units))
                rows.append((self.table.row(("slot", site, moment), -INFINITE, high), float(units)))
        return rows

    def _volume(self, vehicle: Vehicle) -> float:
        return float(self.ways.classes[vehicle.class_id].volume_l)

    def _seats(self, vehicle: Vehicle) -> float:
        return float(self.ways.classes[vehicle.class_id].seats)

    def _anything(self, vehicle: Vehicle, pickup: str, drop: str, start: int, done: int) -> bool:
        """Whether any lot could go to any need this way."""
        return any(
            ready <= start and done + onward <= last and self.ways.may_carry(vehicle, lot_id)
            for ready, onward, last, lot_id, _ in self._options.get((pickup, drop), ())
        )

    # cargo -----------------------------------------------------------------------------

    def _cargo(self, together: Name) -> None:
        """Columns of packs of each lot for each need that go with these sorties."""
        pickup, drop, start, done = str(together[0]), str(together[1]), together[2], together[3]
        assert isinstance(start, int)  # noqa: S101 - as Flight gives them
        assert isinstance(done, int)  # noqa: S101
        ways, table = self.ways, self.table
        for ready, onward, last, lot_id, need_id in self._options.get((pickup, drop), ()):
            match, need = ways.matches[lot_id, need_id], ways.needs[need_id]
            if ready > start or done + onward > last or not ways.may_load(match, start):
                continue
            lot, pack = ways.lots[lot_id], ways.pack(lot_id)
            cover = lot.pack_units * match.factor_share
            rows = [
                (table.row(("lot", lot_id), -INFINITE, float(lot.packs)), 1.0),
                (table.row_of["kg", *together], pack.kg / 1000),
                (table.row_of["l", *together], pack.litres / 1000),
                (self._arrival_row(need, done + onward), -cover / need.planned_units),
            ]
            if pack.people:
                rows.append((table.row_of["seats", *together], float(pack.people)))
            if onward > 0:
                share = ways.lorry_share(drop, lot_id)
                rows.append((self._lorry_row(drop, need_id, done, onward), share))
            # A pack may be larger than what is left of a need, and then counts in part.
            column = table.column(0.0, float(lot.packs), rows)
            self.cargo[column] = (together, lot_id, need_id)

    def _arrival_row(self, need: Need, tick: int) -> int:
        """Ties what arrives with one worth to what is counted of each part of the need."""
        worth = self.ways.worth(need, tick)
        name = ("arrive", need.need_id, worth)
        if name in self.table.row_of:
            return self.table.row_of[name]
        row = self.table.row(name, -INFINITE, 0.0)
        whole = need.planned_units
        for part, (units, weight) in enumerate(self.ways.parts_of(need)):
            limit = self.table.row(("part", need.need_id, part), -INFINITE, units / whole)
            cost = -weight * whole * worth / self.whole_weight
            self.table.column(cost, units / whole, [(row, 1.0), (limit, 1.0)])
        return row

    def _lorry_row(self, drop: str, need_id: str, done: int, onward: int) -> int:
        """Ties cargo to shares of lorries, which are away for the way out and back."""
        name = ("trip", drop, need_id, done)
        if name in self.table.row_of:
            return self.table.row_of[name]
        row = self.table.row(name, -INFINITE, 0.0)
        pool = float(self.ways.sites[drop].lorries)
        away = range(done // self.step, -(-(done + 2 * onward) // self.step))
        rows = [(self.table.row(("pool", drop, t), -INFINITE, pool), 1.0) for t in away]
        self.table.column(0.0, pool, [(row, -1.0), *rows])
        return row


def _groups_of(ways: Ways) -> list[list[Vehicle]]:
    """Vehicles of one class, home, window and caveats."""
    found: dict[Name, list[Vehicle]] = {}
    for vehicle in ways.problem.vehicles:
        limit = ways.limits.get(vehicle.vehicle_id)
        shut = limit.closed_sites if limit else ()
        own = vehicle.member if limit and limit.own_cargo_only else ""
        key = (vehicle.class_id, vehicle.home_site, ways.window_of(vehicle), shut, own)
        found.setdefault(key, []).append(vehicle)
    return list(found.values())


def _options_of(ways: Ways) -> dict[tuple[str, str], list[tuple[int, int, int, str, str]]]:
    """By pick-up and drop: (ready, onward, last arrival, lot, need)."""
    found: dict[tuple[str, str], list[tuple[int, int, int, str, str]]] = {}
    for pickup, lots in ways.ready_at.items():
        for lot_id, ready in lots.items():
            for match in ways.matches_of.get(lot_id, ()):
                need = ways.needs[match.need_id]
                for drop in ways.drops:
                    onward = ways.onward(drop, need.place_id)
                    shut = drop in match.not_via or (match.only_via and drop not in match.only_via)
                    if onward is not None and not shut:
                        last = ways.last_arrival(need)
                        option = (ready, onward, last, lot_id, need.need_id)
                        found.setdefault((pickup, drop), []).append(option)
    return found
