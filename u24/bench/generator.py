"""Made instances: needs, lots and aircraft on real airports, the same for a seed everywhere."""

from datetime import UTC, datetime, timedelta
from math import isqrt

from u24.bench.dice import NARROW_PERMILLE, WIDE_PERMILLE, Dice, Wheel
from u24.bench.goods import KINDS, SERVES, Kind
from u24.bench.sizes import Size, get_size
from u24.bench.terrain import HORIZON_H, HUBS, TICK_S, H, Terrain, make_terrain
from u24.desk.fleet import class_of
from u24.domain.figures import Range
from u24.domain.match import Match
from u24.domain.needs import Need, Substitute
from u24.domain.offers import Lot, Vehicle
from u24.domain.problem import Problem, VehicleLimits, Worth
from u24.reference.tables import SHIPPED

T0 = datetime(2026, 1, 1, tzinfo=UTC)
# Aircraft by how often they are offered.
FLEET = (
    ("C17A", 12), ("A400M", 25), ("C130J30", 30), ("IL76TD", 7), ("B744F", 7), ("B763F", 9),
    ("C295", 14), ("B733F", 14), ("AN12", 6), ("A332F", 6),
)  # fmt: skip
DUE_H = ((12, 10), (18, 20), (24, 45), (30, 10), (36, 15))
G_PER_KG = 1000


def make_problem(size_name: str, seed: int) -> Problem:
    """The instance of that size and seed.

    Raises
    ------
    InvalidInput
        There is no such size.
    """
    size = get_size(size_name, seed)
    terrain = make_terrain(size, Dice(f"{size_name} terrain", seed))
    needs = _needs(size, terrain, Dice(f"{size_name} needs", seed))
    dice = Dice(f"{size_name} lots", seed)
    wanted_kg = sum(KINDS[need.kind].pack_g * need.planned_units for need in needs) // G_PER_KG
    lots = _lots(size, terrain, wanted_kg, dice)
    vehicles, limits = _aircraft(size, terrain, Dice(f"{size_name} aircraft", seed))
    return Problem(
        t0_at=T0,
        tick_s=TICK_S,
        horizon_s=HORIZON_H * H,
        sites=terrain.sites,
        classes=tuple(class_of(name, SHIPPED) for name, _ in FLEET),
        vehicles=vehicles,
        vehicle_limits=limits,
        lots=lots,
        needs=needs,
        matches=_matches(size, terrain, needs, lots, dice),
        roads=terrain.roads,
        worth=Worth(marks_s=(HORIZON_H * H,)),
    )


def _hours(hours: int) -> datetime:
    return T0 + timedelta(hours=hours)


def _needs(size: Size, terrain: Terrain, dice: Dice) -> tuple[Need, ...]:
    reached = {road.to_site for road in terrain.roads}
    places = [[place for place in row if place in reached] for row in terrain.places]
    kinds = Wheel((kind, kind.need_weight) for kind in KINDS.values())
    due_h = Wheel(DUE_H)
    found = []
    for number in range(size.needs):
        kind = dice.spin(kinds)
        units = _need_units(size, kind, dice)
        mass_kg = units * kind.pack_g // G_PER_KG
        spread = dice.choose(NARROW_PERMILLE)
        # Falling with the size: half as urgent a tonne where four times as many are wanted.
        weight = kind.urgency * spread * isqrt(1000 * mass_kg // 15) // 1000
        due = _hours(dice.spin(due_h))
        found.append(
            Need(
                need_id=f"need-{number + 1:04d}",
                place_id=dice.choose(places[number % size.disasters]),
                kind=kind.kind_id,
                amount=Range(low=units, best=units, high=units),
                planned_units=units,
                due_at=due,
                deadline_at=due,
                weight=float(max(1, weight)),
                substitutes=tuple(
                    Substitute(kind=other, factor_share=share)
                    for other, share in SERVES.get(kind.kind_id, ())
                ),
            )
        )
    return tuple(found)


def _need_units(size: Size, kind: Kind, dice: Dice) -> int:
    if kind.people:
        return dice.between(1, 3)
    pack_kg_permille = max(kind.pack_g, kind.pack_ml * 170 // 1000)  # 170 kg/m3 fills an aircraft
    return max(1, size.need_kg * dice.choose(WIDE_PERMILLE) // pack_kg_permille)


def _lots(size: Size, terrain: Terrain, wanted_kg: int, dice: Dice) -> tuple[Lot, ...]:
    mean_kg = wanted_kg * size.stock_percent // 100 // size.lots
    stocks = Wheel(
        (code, dice.choose(WIDE_PERMILLE) * (4 if code in HUBS else 1)) for code in terrain.stocks
    )
    kinds = Wheel((kind, kind.lot_weight) for kind in KINDS.values())
    found = []
    for number in range(size.lots):
        code = dice.spin(stocks)
        kind = dice.spin(kinds)
        packs = 1
        if not kind.people:
            packs = max(1, mean_kg * dice.choose(WIDE_PERMILLE) * 3 // 4 // kind.pack_g)
        ready_h = dice.between(3, 8) if kind.people else dice.between(1, 6)
        found.append(
            Lot(
                lot_id=f"lot-{number + 1:05d}",
                member=terrain.iso3[code],
                kind=kind.kind_id,
                site_id=code,
                packs=packs,
                pack_mass_g=kind.pack_g,
                pack_volume_ml=kind.pack_ml,
                pack_people=kind.people,
                ready_at=_hours(ready_h),
            )
        )
    return tuple(found)


def _matches(
    size: Size, terrain: Terrain, needs: tuple[Need, ...], lots: tuple[Lot, ...], dice: Dice
) -> tuple[Match, ...]:
    """Which lot may serve which need: by kind, by whom it is offered to, by when and by where."""
    served: dict[tuple[int, str], list[tuple[Need, float]]] = {}
    for number, need in enumerate(needs):
        for kind, share in ((need.kind, 1.0), *SERVES.get(need.kind, ())):
            served.setdefault((number % size.disasters, kind), []).append((need, share))
    always = ((T0, None),)
    found = []
    for lot in lots:
        offered = _offered_to(size, dice)
        windows: tuple[tuple[datetime, datetime | None], ...] = always
        if dice.chance(50):
            windows = ((T0, _hours(dice.between(14, 30))),)
        shut = dice.chance(50)
        for disaster in offered:
            not_via = (dice.choose(terrain.gateways[disaster]),) if shut else ()
            for need, share in served.get((disaster, lot.kind), ()):
                found.append(
                    Match(
                        lot_id=lot.lot_id,
                        need_id=need.need_id,
                        factor_share=share,
                        windows=windows,
                        not_via=not_via,
                        is_substitute=lot.kind != need.kind,
                    )
                )
    return tuple(found)


def _offered_to(size: Size, dice: Dice) -> list[int]:
    if dice.chance(size.open_to_all_permille):
        return list(range(size.disasters))
    return sorted({dice.below(size.disasters) for _ in range(2)})


def _aircraft(
    size: Size, terrain: Terrain, dice: Dice
) -> tuple[tuple[Vehicle, ...], tuple[VehicleLimits, ...]]:
    """Fleets of one to three equal aircraft; some may not go to one disaster, some carry own."""
    runway_m = {site.site_id: site.runway_m or 0 for site in terrain.sites}
    classes = Wheel((class_of(name, SHIPPED), weight) for name, weight in FLEET)
    vehicles: list[Vehicle] = []
    limits: list[VehicleLimits] = []
    while len(vehicles) < size.aircraft:
        of_class = dice.spin(classes)
        base = dice.choose(terrain.bases)
        if runway_m[base] < of_class.min_runway_m:
            continue
        count = min(dice.between(1, 3), size.aircraft - len(vehicles))
        first_h = dice.choose((1, 2, 3, 4, 6))
        until_h = min(HORIZON_H, first_h + dice.choose((16, 20, 24, 32)))
        closed = dice.choose(terrain.gateways) if size.disasters > 1 and dice.chance(80) else ()
        own = dice.chance(30)
        for _ in range(count):
            name = f"{of_class.class_id}-{len(vehicles) + 1:03d}"
            vehicles.append(
                Vehicle(
                    vehicle_id=name,
                    member=terrain.iso3[base],
                    class_id=of_class.class_id,
                    home_site=base,
                    available_at=_hours(first_h),
                    until_at=_hours(until_h),
                )
            )
            if closed or own:
                limits.append(
                    VehicleLimits(vehicle_id=name, closed_sites=closed, own_cargo_only=own)
                )
    return tuple(vehicles), tuple(limits)
