"""As a coordination centre does it: the most urgent need, the nearest stock, the next aircraft."""

from collections.abc import Iterator

from u24.bench.contenders.contender import Budget, Tell
from u24.bench.draft import Draft, Sortie
from u24.bench.ways import Ways
from u24.clock import stopwatch
from u24.domain.needs import Need
from u24.domain.offers import Vehicle
from u24.domain.problem import Problem

WATCH_H = 8  # needs that are due in the same watch go by weight
TELL_EVERY_S = 1.0


def by_hand(problem: Problem, budget: Budget, tell: Tell) -> None:
    """No look-ahead and no second thought; what is left of the hold takes other goods."""
    told_s = stopwatch()
    draft = Draft(Ways(problem))
    for _ in one_by_one(draft):
        if stopwatch() - told_s > TELL_EVERY_S:
            tell(draft.plan())
            told_s = stopwatch()
        if budget.is_spent:
            break
    tell(draft.plan())


def one_by_one(draft: Draft) -> Iterator[Sortie]:
    """Commit sortie after sortie to the draft, and give each."""
    ways = draft.ways

    def urgency(need: Need) -> tuple[int, float, str]:
        watch = ways.tick_up(need.due_at) * ways.tick_s // (WATCH_H * 3600)
        return watch, -need.weight, need.need_id

    for need in sorted(ways.problem.needs, key=urgency):
        while draft.units_left[need.need_id] > 0:
            sortie = _next_sortie(draft, need)
            if sortie is None:
                break
            draft.commit(sortie)
            yield sortie


def _next_sortie(draft: Draft, need: Need) -> Sortie | None:
    """For one need: own kind first, nearest stock, the aircraft whose cargo is there first."""
    for kind in (need.kind, *(other.kind for other in need.substitutes)):
        for pickup, ready in _nearest_stock(draft, need, kind):
            sortie = _first_there(draft, need, pickup, ready)
            if sortie is not None:
                draft.fill(sortie, need.need_id)
                if any(load.need_id == need.need_id for load in sortie.loads):
                    return sortie
                draft.unload(sortie)
    return None


def _nearest_stock(draft: Draft, need: Need, kind: str) -> list[tuple[str, int]]:
    """Pick-ups with such a lot, and from when it is ready, the nearest to the need first."""
    ways = draft.ways
    found = []
    for pickup, lots in ways.ready_at.items():
        ready = [
            tick
            for lot_id, tick in lots.items()
            if ways.lots[lot_id].kind == kind
            and draft.packs_left[lot_id] > 0
            and (lot_id, need.need_id) in ways.matches
        ]
        if ready:
            found.append((ways.km(pickup, need.place_id), pickup, min(ready)))
    return [(pickup, tick) for _, pickup, tick in sorted(found)]


def _first_there(draft: Draft, need: Need, pickup: str, ready: int) -> Sortie | None:
    """Of all aircraft and airports of entry, the sortie whose cargo reaches the place first."""
    ways = draft.ways
    entries = [(ways.onward(drop, need.place_id), drop) for drop in ways.drops]
    best: Sortie | None = None
    soonest = ways.last_arrival(need) + 1
    for vehicle in _different_vehicles(draft):
        at, free = draft.stands(vehicle)
        move = ways.move(vehicle.class_id, at, pickup)
        if move is None or max(ready, free + move) >= soonest:
            continue
        service = max(ready, free + move) + sum(ways.services(vehicle.class_id))
        for onward, drop in entries:
            if onward is None or service + onward >= soonest:
                continue
            for way in ways.ways(vehicle.class_id, pickup, drop)[:1]:
                if service + way.ticks + onward >= soonest:
                    continue
                found = draft.find_sortie(vehicle, (pickup, drop), way, ready, need)
                if found is not None and found.done + onward < soonest:
                    best, soonest = found, found.done + onward
    return best


def _different_vehicles(draft: Draft) -> list[Vehicle]:
    """One of each kind of vehicle that are equal now: class, place, window and caveats."""
    found: dict[tuple[object, ...], Vehicle] = {}
    for vehicle in draft.ways.problem.vehicles:
        limit = draft.ways.limits.get(vehicle.vehicle_id)
        shut = limit.closed_sites if limit else ()
        own = vehicle.member if limit and limit.own_cargo_only else ""
        until = draft.ways.window_of(vehicle)[1]
        found.setdefault((vehicle.class_id, draft.stands(vehicle), until, shut, own), vehicle)
    return list(found.values())
