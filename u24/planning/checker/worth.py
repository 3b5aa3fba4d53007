"""What a plan is worth, computed from its consignments alone."""

import math
from datetime import timedelta

from u24.domain.needs import Need
from u24.domain.plan import Plan
from u24.domain.problem import Problem, Worth


def met_shares(problem: Problem, plan: Plan) -> tuple[float, ...]:
    """Share of all weighted need met by each mark, 0 .. 1, one figure a mark.

    An arrival counts in full until due and falls in a straight line to nothing at the
    deadline. The first part of a need counts most (``Worth``); the best arrivals fill it.
    """
    factors = {(m.lot_id, m.need_id): m.factor_share for m in problem.matches}
    units = {lot.lot_id: lot.pack_units for lot in problem.lots}
    arrivals: dict[str, list[tuple[int, float]]] = {}
    for c in plan.consignments:
        cover = c.packs * units[c.lot_id] * factors.get((c.lot_id, c.need_id), 0.0)
        arrivals.setdefault(c.need_id, []).append((c.arrive_s, cover))
    whole = math.fsum(need.weight for need in problem.needs)
    if not whole:
        return tuple(0.0 for _ in problem.worth.marks_s)
    return tuple(
        math.fsum(
            need.weight * _met(problem, need, mark_s, arrivals.get(need.need_id, []))
            for need in problem.needs
        )
        / whole
        for mark_s in problem.worth.marks_s
    )


def _met(problem: Problem, need: Need, mark_s: int, arrivals: list[tuple[int, float]]) -> float:
    due_s = (need.due_at - problem.t0_at) / timedelta(seconds=1)
    deadline_s = (need.deadline_at - problem.t0_at) / timedelta(seconds=1)
    in_time = []
    for arrive_s, cover in arrivals:
        if arrive_s > min(mark_s, deadline_s):
            continue
        late = 0.0 if arrive_s <= due_s else (arrive_s - due_s) / (deadline_s - due_s)
        in_time.append((1.0 - late, cover))
    met = 0.0
    sizes, rates = _parts(need.planned_units, problem.worth)
    for worth, cover in sorted(in_time, reverse=True):
        left = cover
        for part in range(len(sizes)):
            used = min(left, sizes[part])
            sizes[part] -= used
            left -= used
            met += used * rates[part] * worth
    return met


def _parts(units: int, worth: Worth) -> tuple[list[float], list[float]]:
    first = math.ceil(worth.first_amount_share * units - 1e-9)
    if first == units or worth.first_value_share * units < first:
        return [float(units)], [1.0 / units]
    rest = units - first
    return (
        [float(first), float(rest)],
        [worth.first_value_share / first, (1 - worth.first_value_share) / rest],
    )
