"""The model that CP-SAT gets: which lane each sortie takes, when it begins, what it carries."""

from collections.abc import Callable
from typing import Any

from u24.bench.draft import Draft, Sortie
from u24.bench.ways import NEVER, Way, Ways
from u24.domain.match import Match
from u24.domain.needs import Need
from u24.domain.offers import Vehicle

MOST_SORTIES = 3  # of one vehicle
UNIT = 100  # parts of a unit of need, as CP-SAT counts in whole numbers
WORTH_STEPS = 4  # of a worth that falls with time; a step counts what it is at its end
VALUE = 10**9  # all needs together
GRAMS = 1000

Lane = tuple[str, str, Way]


class SortieModel:
    """Variables and rules of one problem; those of a sortie by (vehicle, its number)."""

    def __init__(self, cp_model: Any, ways: Ways, is_late: Callable[[], bool]) -> None:
        self.ways = ways
        self.model = cp_model.CpModel()
        self.lanes: dict[tuple[int, int], dict[Lane, Any]] = {}
        self.start: dict[tuple[int, int], Any] = {}
        self.done: dict[tuple[int, int], Any] = {}
        self.flies: dict[tuple[int, int], Any] = {}
        # By (lot, need, step of worth).
        self.packs: dict[tuple[int, int], dict[tuple[str, str, int], Any]] = {}
        self._drops: dict[tuple[int, int], dict[str, Any]] = {}
        self._pickups: dict[tuple[int, int], dict[str, Any]] = {}
        self._stays: dict[str, list[tuple[Any, int]]] = {}
        self._trips: dict[str, list[tuple[Any, Any]]] = {}
        self._moved: dict[str, list[Any]] = {}
        self._arrives: dict[tuple[str, int], list[Any]] = {}
        self._slots = Draft(ways).slots
        self.is_complete = self._build(is_late)

    def _build(self, is_late: Callable[[], bool]) -> bool:
        for k, vehicle in enumerate(self.ways.problem.vehicles):
            for j in range(MOST_SORTIES):
                if is_late():
                    return False
                self._sortie(k, j, vehicle)
                if (k, j) not in self.lanes:
                    break
        self._equal_vehicles()
        self._resources()
        self._worth()
        return True

    # sorties ---------------------------------------------------------------------------

    def _sortie(self, k: int, j: int, vehicle: Vehicle) -> None:
        ways, model = self.ways, self.model
        opens, closes = ways.window_of(vehicle)
        load, unload = ways.services(vehicle.class_id)
        lanes: dict[Lane, Any] = {}
        for pickup in ways.ready_at:
            move = ways.move(vehicle.class_id, vehicle.home_site, pickup)
            earliest = opens if j else NEVER if move is None else opens + move
            for drop in ways.drops:
                for way in ways.ways(vehicle.class_id, pickup, drop):
                    in_time = earliest + load + way.ticks + unload <= closes
                    if in_time and ways.may_call(vehicle, pickup, drop, way.stop):
                        lanes[pickup, drop, way] = model.new_bool_var("")
        if not lanes:
            return
        at = (k, j)
        self.lanes[at] = lanes
        self.flies[at] = flies = model.new_bool_var("")
        self.start[at] = start = model.new_int_var(opens, closes, "")
        self.done[at] = done = model.new_int_var(opens, closes, "")
        model.add_exactly_one([*lanes.values(), flies.negated()])
        self._pickups[at] = self._any_of({p: [] for p, _, _ in lanes}, lanes, 0)
        self._drops[at] = self._any_of({d: [] for _, d, _ in lanes}, lanes, 1)
        for (_, _, way), chosen in lanes.items():
            model.add(done == start + load + way.ticks + unload).only_enforce_if(chosen)
        if j == 0:
            for pickup, chosen in self._pickups[at].items():
                move = ways.move(vehicle.class_id, vehicle.home_site, pickup)
                model.add(start >= opens + (move or 0)).only_enforce_if(chosen)
        else:
            self._after_the_last(k, j, vehicle)
        self._services(at, vehicle, load, unload)
        self._cargo(at, vehicle)

    def _any_of(
        self, found: dict[str, list[Any]], lanes: dict[Lane, Any], end: int
    ) -> dict[str, Any]:
        """One variable for each pick-up, or drop: whether any lane of it is taken."""
        for lane, chosen in lanes.items():
            found[str(lane[end])].append(chosen)
        out = {}
        for name, chosen in found.items():
            out[name] = self.model.new_bool_var("")
            self.model.add(sum(chosen) == out[name])
        return out

    def _after_the_last(self, k: int, j: int, vehicle: Vehicle) -> None:
        model, before, now = self.model, (k, j - 1), (k, j)
        model.add_implication(self.flies[now], self.flies[before])
        for drop, was_there in self._drops[before].items():
            for pickup, goes_there in self._pickups[now].items():
                move = self.ways.move(vehicle.class_id, drop, pickup)
                if move is None:
                    model.add_bool_or([was_there.negated(), goes_there.negated()])
                else:
                    model.add(self.start[now] >= self.done[before] + move).only_enforce_if(
                        [was_there, goes_there]
                    )

    def _services(self, at: tuple[int, int], vehicle: Vehicle, load: int, unload: int) -> None:
        model = self.model
        units = self.ways.classes[vehicle.class_id].parking_units
        for pickup, chosen in self._pickups[at].items():
            stay = model.new_optional_fixed_size_interval_var(self.start[at], load, chosen, "")
            self._stays.setdefault(pickup, []).append((stay, units))
        for drop, chosen in self._drops[at].items():
            lands = self.done[at] - unload
            stay = model.new_optional_fixed_size_interval_var(lands, unload, chosen, "")
            self._stays.setdefault(drop, []).append((stay, units))
        for (_, _, way), chosen in self.lanes[at].items():
            if way.stop:
                first = self.start[at] + load + way.stop_after
                stay = model.new_optional_fixed_size_interval_var(
                    first, way.stop_ticks, chosen, ""
                )  # fmt: skip
                self._stays.setdefault(way.stop, []).append((stay, units))

    # cargo -----------------------------------------------------------------------------

    def _cargo(self, at: tuple[int, int], vehicle: Vehicle) -> None:
        ways, model = self.ways, self.model
        self.packs[at] = {}
        grams: list[Any] = []
        litres: list[Any] = []
        people: list[Any] = []
        on_lorries: dict[tuple[str, str], list[Any]] = {}
        for pickup, here in self._pickups[at].items():
            for lot_id, ready in ways.ready_at[pickup].items():
                if not ways.may_carry(vehicle, lot_id):
                    continue
                for match in ways.matches_of.get(lot_id, ()):
                    for step in range(len(self._steps(ways.needs[match.need_id]))):
                        packs = self._packs(at, match, step, (here, ready), on_lorries)
                        if packs is None:
                            continue
                        pack = ways.pack(lot_id)
                        grams.append(packs * round(pack.kg * GRAMS))
                        litres.append(packs * round(pack.litres * GRAMS))
                        people.append(packs * pack.people)
        of_class = ways.classes[vehicle.class_id]
        room = sum(c * way.payload_kg * GRAMS for (_, _, way), c in self.lanes[at].items())
        model.add(sum(grams) <= room)
        model.add(sum(litres) <= of_class.volume_l * GRAMS)
        model.add(sum(people) <= of_class.seats)
        for (drop, need_id), shares in on_lorries.items():
            self._trip(at, drop, need_id, shares)

    def _packs(
        self, at: tuple[int, int], match: Match, step: int, where: tuple[Any, int],
        on_lorries: dict[tuple[str, str], list[Any]],
    ) -> Any:  # fmt: skip
        """How many packs of one lot go to one need, in time for one step of its worth."""
        ways, model = self.ways, self.model
        here, ready = where
        need, lot = ways.needs[match.need_id], ways.lots[match.lot_id]
        cover = lot.pack_units * match.factor_share
        most = min(lot.packs, int(need.planned_units / cover) + 1)
        key = (match.lot_id, match.need_id, step)
        if key in self.packs[at]:
            return None  # a lot that can be brought to two airports: the first one counts
        packs, goes = model.new_int_var(0, most, ""), model.new_bool_var("")
        model.add(packs <= most * goes)
        model.add_implication(goes, here)
        first, last = self._loading(match)
        model.add(self.start[at] >= max(ready, first)).only_enforce_if(goes)
        model.add(self.start[at] <= last).only_enforce_if(goes)
        latest = self._steps(need)[step][0]
        for drop, lands in self._drops[at].items():
            onward = ways.onward(drop, need.place_id)
            shut = drop in match.not_via or (match.only_via and drop not in match.only_via)
            if onward is None or shut:
                model.add_bool_or([goes.negated(), lands.negated()])
                continue
            model.add(self.done[at] <= latest - onward).only_enforce_if([goes, lands])
            if onward:
                share = -int(-ways.lorry_share(drop, match.lot_id) * VALUE // 1)
                on_lorries.setdefault((drop, match.need_id), []).append(packs * share)
        self.packs[at][key] = packs
        self._moved.setdefault(match.lot_id, []).append(packs)
        units = packs * round(cover * UNIT)
        self._arrives.setdefault((match.need_id, step), []).append(units)
        return packs

    def _trip(self, at: tuple[int, int], drop: str, need_id: str, shares: list[Any]) -> None:
        """Whole lorries of one sortie to one need, away until they are back."""
        model, pool = self.model, self.ways.sites[drop].lorries
        lands = self._drops[at][drop]
        lorries = model.new_int_var(0, pool, "")
        model.add(sum(shares) <= lorries * VALUE).only_enforce_if(lands)
        away = 2 * (self.ways.onward(drop, self.ways.needs[need_id].place_id) or 0)
        trip = model.new_optional_fixed_size_interval_var(self.done[at], away, lands, "")
        self._trips.setdefault(drop, []).append((trip, lorries))

    def _loading(self, match: Match) -> tuple[int, int]:
        """First and last tick of loading in the first window of a match."""
        opens, closes = match.windows[0]
        last = NEVER if closes is None else self.ways.tick_up(closes) - 1
        return self.ways.tick_up(opens), last

    def _steps(self, need: Need) -> list[tuple[int, float]]:
        """(last tick, worth) of each step of a need's worth."""
        ways = self.ways
        due = min(ways.tick_down(need.due_at), ways.last_arrival(need))
        found = [(due, 1.0)]
        late = ways.last_arrival(need) - due
        for part in range(1, WORTH_STEPS + 1 if late > 0 else 0):
            tick = due + late * part // WORTH_STEPS
            worth = ways.worth(need, tick)
            if worth > 0 and tick > found[-1][0]:
                found.append((tick, worth))
        return found

    # what all share --------------------------------------------------------------------

    def _equal_vehicles(self) -> None:
        """Equal vehicles fly in the order in which they are listed."""
        vehicles = self.ways.problem.vehicles
        for k in range(1, len(vehicles)):
            one, two = vehicles[k - 1], vehicles[k]
            same = all(
                getattr(one, name) == getattr(two, name)
                for name in ("class_id", "member", "home_site", "available_at", "until_at")
            )
            limits = [self.ways.limits.get(v.vehicle_id) for v in (one, two)]
            if same and limits == [None, None] and (k - 1, 0) in self.flies:
                first, second = (k - 1, 0), (k, 0)
                self.model.add_implication(self.flies[second], self.flies[first])
                self.model.add(self.start[first] <= self.start[second]).only_enforce_if(
                    self.flies[second]
                )

    def _resources(self) -> None:
        model = self.model
        for site, stays in self._stays.items():
            free = self._slots[site]
            most = max(free, default=0)
            if most >= NEVER:
                continue
            intervals, units = [stay for stay, _ in stays], [unit for _, unit in stays]
            first = 0
            for t in range(1, len(free) + 1):
                if t == len(free) or free[t] != free[first]:
                    if free[first] < most:
                        intervals.append(model.new_fixed_size_interval_var(first, t - first, ""))
                        units.append(most - free[first])
                    first = t
            model.add_cumulative(intervals, units, most)
        for drop, trips in self._trips.items():
            pool = self.ways.sites[drop].lorries
            model.add_cumulative([trip for trip, _ in trips], [n for _, n in trips], pool)
        for lot_id, packs in self._moved.items():
            model.add(sum(packs) <= self.ways.lots[lot_id].packs)

    def _worth(self) -> None:
        """The value of what arrives, part by part and step by step."""
        ways, model = self.ways, self.model
        weight = sum(need.weight for need in ways.problem.needs)
        terms: list[Any] = []
        self.whole = float(VALUE)
        for need in ways.problem.needs:
            parts = ways.parts_of(need)
            counted: list[list[Any]] = [[] for _ in parts]
            for step, (_, worth) in enumerate(self._steps(need)):
                arrives = self._arrives.get((need.need_id, step), [])
                if not arrives:
                    continue
                mine = []
                for part, (units, of_unit) in enumerate(parts):
                    counts = model.new_int_var(0, units * UNIT, "")
                    mine.append(counts)
                    counted[part].append(counts)
                    terms.append(counts * (of_unit / UNIT * worth / weight * VALUE))
                model.add(sum(mine) <= sum(arrives))
            for part, (units, _) in enumerate(parts):
                model.add(sum(counted[part]) <= units * UNIT)
        model.maximize(sum(terms))

    # hints -----------------------------------------------------------------------------

    def hint(self, draft: Draft) -> None:
        """Begin from this plan."""
        flown = self._in_order(draft)
        for at, lanes in self.lanes.items():
            sortie = flown.get(at)
            self.model.add_hint(self.flies[at], sortie is not None)
            for (pickup, drop, way), chosen in lanes.items():
                taken = sortie is not None and (
                    (sortie.pickup, sortie.drop, sortie.way) == (pickup, drop, way)
                )
                self.model.add_hint(chosen, taken)
            if sortie is not None:
                self.model.add_hint(self.start[at], sortie.start)
                self.model.add_hint(self.done[at], sortie.done)
            self._hint_packs(at, sortie)

    def _in_order(self, draft: Draft) -> dict[tuple[int, int], Sortie]:
        """The draft's sorties, equal vehicles in the order that the model asks for."""
        equal: dict[Any, list[int]] = {}
        for k, v in enumerate(self.ways.problem.vehicles):
            same = (v.class_id, v.member, v.home_site, v.available_at, v.until_at)
            alone = "" if v.vehicle_id not in self.ways.limits else v.vehicle_id
            equal.setdefault((*same, alone), []).append(k)
        found = {}
        for numbers in equal.values():
            routes = [
                draft.sorties[self.ways.problem.vehicles[k].vehicle_id]
                for k in numbers
                if self.ways.problem.vehicles[k].vehicle_id in draft.sorties
            ]
            routes.sort(key=lambda route: route[0].start)
            for k, route in zip(numbers, routes, strict=False):
                found.update({(k, j): sortie for j, sortie in enumerate(route)})
        return found

    def _hint_packs(self, at: tuple[int, int], sortie: Sortie | None) -> None:
        for (lot_id, need_id, step), packs in self.packs[at].items():
            loaded = 0
            if sortie is not None and step == 0:
                loaded = sum(
                    load.packs
                    for load in sortie.loads
                    if (load.lot_id, load.need_id) == (lot_id, need_id)
                )
            self.model.add_hint(packs, loaded)
