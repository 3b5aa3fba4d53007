"""From the numbers of the time-expanded programme to a plan that keeps every rule."""

from dataclasses import dataclass

from u24.bench.contenders.cargo_grid import CargoGrid, Flight, Name
from u24.bench.draft import Draft, Load
from u24.domain.offers import Vehicle


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many of a group fly each flight, and how many packs go, perhaps in fractions."""

    flown: dict[int, int]
    loaded: dict[int, float]


def draft_of(grid: CargoGrid, chosen: Chosen) -> Draft:
    """Flights in order of time to vehicles of their group, then whole packs on each.

    The wishes of the programme are loaded first, rounded to whole packs as far as there is
    room; then what room is left takes what is worth most.
    """
    draft = Draft(grid.ways)
    wishes: dict[Name, list[tuple[str, str, float]]] = {}
    for column, packs in chosen.loaded.items():
        together, lot_id, need_id = grid.cargo[column]
        wishes.setdefault(together, []).append((lot_id, need_id, packs))
    flights = [grid.flights[column] for column, times in chosen.flown.items() for _ in range(times)]
    for flight in sorted(flights, key=lambda f: (f.start, f.done, f.pickup, f.drop, f.group)):
        vehicle = _free_vehicle(grid, draft, flight)
        if vehicle is None:
            continue
        sortie = draft.sortie_at(vehicle, flight.pickup, flight.drop, flight.way, flight.start)
        mine = wishes.get(flight.together, [])
        left = []
        for lot_id, need_id, packs in sorted(mine):
            wanted = int(packs + 0.999)
            loaded = 0
            if wanted > 0 and draft.may_go(sortie, lot_id, need_id):
                loaded = draft.add(sortie, Load(lot_id, need_id, wanted))
            left.append((lot_id, need_id, packs - loaded))
        wishes[flight.together] = left
        draft.commit(sortie)
    draft.top_up()
    return draft


def _free_vehicle(grid: CargoGrid, draft: Draft, flight: Flight) -> Vehicle | None:
    """A vehicle of the group that can be there in time, the one that waits least."""
    best: tuple[int, Vehicle] | None = None
    for vehicle in grid.groups[flight.group]:
        sortie = draft.sortie_at(vehicle, flight.pickup, flight.drop, flight.way, flight.start)
        if draft.holds(sortie):
            at, free = draft.stands(vehicle)
            move = grid.ways.move(vehicle.class_id, at, flight.pickup) or 0
            if best is None or free + move > best[0]:
                best = free + move, vehicle
    return best[1] if best else None
