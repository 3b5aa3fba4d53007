"""What a plan changes beside the released one, in lines that an officer reads aloud."""

from collections.abc import Iterable, Mapping, Sequence

from u24.domain.facts.plans import PlanLine
from u24.domain.needs import Need
from u24.domain.offers import G_PER_KG, Lot

MOST_LINES = 40
KG_PER_T = 1000
MINUTE_S = 60


def changes_of(
    before: Sequence[PlanLine],
    after: Sequence[PlanLine],
    kept_ids: Iterable[str],
    needs: Sequence[Need],
    lots: Mapping[str, Lot],
) -> tuple[str, ...]:
    """Plain lines: what stays, what each need gains or loses, which vehicle does otherwise.

    Parameters
    ----------
    before, after
        Lines of the released plan and of the new one.
    kept_ids
        Consignments that are under way or done, in both.
    needs, lots
        For names and masses; a lot or a need that is no longer known shows its id.
    """
    kept = set(kept_ids)
    was = [line for line in before if line.consignment_id not in kept]
    now = [line for line in after if line.consignment_id not in kept]
    found = []
    if kept:
        found.append(f"{len(kept)} consignments are under way or done and stay as they are")
    found += _of_needs(was, now, needs, lots)
    found += _of_vehicles(was, now)
    if len(found) > MOST_LINES:
        found = [*found[: MOST_LINES - 1], f"and {len(found) - MOST_LINES + 1} further changes"]
    return tuple(found)


def _of_needs(
    was: list[PlanLine], now: list[PlanLine], needs: Sequence[Need], lots: Mapping[str, Lot]
) -> list[str]:
    names = {need.need_id: f"{need.kind} for {need.place_id}" for need in needs}
    need_ids = dict.fromkeys([*names, *(line.need_id for line in (*was, *now))])
    found = []
    for need_id in need_ids:
        had = [line for line in was if line.need_id == need_id]
        has = [line for line in now if line.need_id == need_id]
        units = (sum(line.units for line in had), sum(line.units for line in has))
        if units[0] == units[1]:
            continue
        tons = (_mass_t(has, lots) - _mass_t(had, lots), abs(units[1] - units[0]))
        word = "more" if units[1] > units[0] else "fewer"
        found.append(
            f"{names.get(need_id, need_id)}: {units[1]:g} instead of {units[0]:g}, "
            f"{tons[1]:g} {word} ({tons[0]:+.1f} t)"
        )
    return found


def _mass_t(lines: list[PlanLine], lots: Mapping[str, Lot]) -> float:
    return sum(
        line.packs * lots[line.lot_id].pack_payload_g / G_PER_KG / KG_PER_T
        for line in lines
        if line.lot_id in lots
    )


def _of_vehicles(was: list[PlanLine], now: list[PlanLine]) -> list[str]:
    before, after = _by_vehicle(was), _by_vehicle(now)
    found = []
    for vehicle_id in sorted(before.keys() | after.keys()):
        had, has = before.get(vehicle_id, {}), after.get(vehicle_id, {})
        if had == has:
            continue
        if not has:
            found.append(f"{vehicle_id} has no further way; it was to go {_ways(had)}")
        elif not had:
            found.append(f"{vehicle_id} now goes {_ways(has)}")
        elif list(had) == list(has):
            late_s = max(has.values()) - max(had.values())
            found.append(f"{vehicle_id} goes {_ways(has)} as before, {_later(late_s)}")
        else:
            late_s = max(has.values()) - max(had.values())
            found.append(
                f"{vehicle_id} now goes {_ways(has)} instead of {_ways(had)}, {_later(late_s)}"
            )
    return found


def _by_vehicle(lines: list[PlanLine]) -> dict[str, dict[str, int]]:
    """By vehicle, its ways in order of departure, each with its last arrival."""
    found: dict[str, dict[str, int]] = {}
    for line in sorted(lines, key=lambda line: (line.depart_s, line.arrive_s)):
        for vehicle_id in line.vehicle_ids:
            ways = found.setdefault(vehicle_id, {})
            way = " > ".join(line.site_ids)
            ways[way] = max(ways.get(way, line.arrive_s), line.arrive_s)
    return found


def _ways(ways: Mapping[str, int]) -> str:
    return " and ".join(ways)


def _later(late_s: int) -> str:
    minutes = abs(late_s) // MINUTE_S
    if not minutes:
        return "at other times"
    text = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
    return f"{text} {'later' if late_s > 0 else 'earlier'}"
