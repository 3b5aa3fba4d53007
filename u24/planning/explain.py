"""Why it is so: what is short and why, why lots stayed, and what would help."""

import numpy as np

from u24.domain.answer import Change, Loss, Shortage, StayedLot
from u24.domain.plan import Plan
from u24.planning.bound import Bound, ColumnGeneration
from u24.planning.fleets import Fleet
from u24.planning.grid import Grid
from u24.planning.kernels.world import NO_LIMIT, State
from u24.planning.ladder import Ladder

MOST_CHANGES = 5
MOST_OF_A_KIND = 2
SLOT_WINDOW_H = 6
MORE_HOURS = 4
SMALLEST_GAIN = 5e-5
EFFORT = {"caveat": 1, "earlier": 2, "crew": 2, "slot": 3, "lot": 4, "vehicle": 4}
STEPS = (
    ("nobody_has", "nobody has offered it"),
    ("not_permitted", "consent, caveats or windows do not let it go"),
    ("too_late_from_anywhere", "it cannot arrive by then from where it stands"),
    ("stock_shared", "other needs that count more use the same stock"),
    ("lift_and_slots", "aircraft, lorries or airport slots do not suffice"),
    ("own_shortfall", "a better plan may exist; no more than this"),
)


def losses_of(ladder: Ladder, possible: float, met: float) -> tuple[Loss, ...]:
    """The steps between the whole need and what is met; with ``met`` they add up to 1."""
    heights = [1.0, ladder.has_share, ladder.may_share, ladder.reach_share, ladder.stock_share]
    heights += [possible, met]
    for i in range(1, len(heights)):
        heights[i] = min(heights[i], heights[i - 1])
    return tuple(
        Loss(name=name, share=float(heights[i] - heights[i + 1]), text=text)
        for i, (name, text) in enumerate(STEPS)
    )


class Explanation:
    """Answers from the ladder, the prices and the state that was planned."""

    def __init__(
        self, grid: Grid, ladder: Ladder, bound: Bound, bounds: ColumnGeneration, state: State
    ) -> None:
        self.grid = grid
        self.ladder = ladder
        self.bound = bound
        self.bounds = bounds
        self.state = state
        self.lot_index = {lot.lot_id: i for i, lot in enumerate(grid.problem.lots)}

    def shortages(self, plan: Plan) -> tuple[Shortage, ...]:
        """Every need that is not met in full by the first mark, and the first thing that fails."""
        by_mark = self._units(plan, self.grid.problem.worth.marks_s[0])
        by_end = self._units(plan, self.grid.problem.horizon_s)
        found = []
        for n, need in enumerate(self.grid.problem.needs):
            missing = need.planned_units - by_mark[n]
            if missing <= 1e-6:
                continue
            reason, text = self._reason(n, need.planned_units, by_mark[n])
            if by_end[n] > by_mark[n] + 1e-6:
                text += f"; {_whole(by_end[n] - by_mark[n])} more come later"
            found.append(
                Shortage(
                    need_id=need.need_id,
                    missing_units=int(np.ceil(missing - 1e-6)),
                    reason=reason,
                    text=text,
                )
            )
        return tuple(found)

    def stayed(self) -> tuple[StayedLot, ...]:
        """Why packs of matched lots are not planned to move within the horizon."""
        matched = {self.lot_index[m.lot_id] for m in self.grid.problem.matches}
        reached = set(np.unique(self.grid.world.option_lot).tolist())
        needs_of: dict[int, set[int]] = {}
        for lot, n in zip(
            self.grid.world.option_lot.tolist(), self.grid.world.option_need.tolist(), strict=True
        ):
            needs_of.setdefault(lot, set()).add(n)
        full = self.state.need_left.sum(axis=1) <= 1e-6
        found = []
        for i, lot in enumerate(self.grid.problem.lots):
            left = int(self.state.lot_left[i])
            if left < 1 or i not in matched:
                continue
            if i not in reached:
                reason = "no airport or road of entry joins it to the needs it may serve"
            elif all(full[n] for n in needs_of[i]):
                reason = "all needs it may serve are met"
            elif not (self.ladder.best_gain[i] > 0).any():
                reason = "it cannot arrive by the first mark; later lift went to other needs"
            else:
                reason = "no aircraft, lorry or slot was free in time"
            found.append(StayedLot(lot_id=lot.lot_id, packs=left, reason=reason))
        return tuple(found)

    def changes(self) -> tuple[Change, ...]:
        """The changes with the most gain for their effort, by the prices of the bound.

        The gain is what the prices promise at most, before other limits bite.
        """
        found = [*self._slots(), *self._lots(), *self._fleets()]
        found = [change for change in found if change.gain_share > SMALLEST_GAIN]
        found.sort(key=lambda c: (-c.gain_share / c.effort, c.change))
        return tuple(_mixed(found)[:MOST_CHANGES])

    def _units(self, plan: Plan, mark_s: int) -> list[float]:
        factor = {(m.lot_id, m.need_id): m.factor_share for m in self.grid.problem.matches}
        index = {need.need_id: n for n, need in enumerate(self.grid.problem.needs)}
        units = [0.0] * len(index)
        for c in plan.consignments:
            if c.arrive_s <= mark_s:
                pack_units = self.grid.problem.lots[self.lot_index[c.lot_id]].pack_units
                units[index[c.need_id]] += c.packs * pack_units * factor[(c.lot_id, c.need_id)]
        return units

    def _reason(self, n: int, wanted: int, got: float) -> tuple[str, str]:
        ladder = self.ladder
        marks = (
            ("nobody_has", ladder.has_units[n], "all offers together hold {} of {}"),
            ("not_permitted", ladder.may_units[n], "consent and caveats let {} of {} go"),
            (
                "too_late_from_anywhere",
                ladder.reach_units[n],
                "{} of {} could arrive by then from where they stand",
            ),
        )
        for reason, units, text in marks:
            if units < wanted - 1e-6 and units <= got + 0.5:
                return reason, text.format(_whole(units), wanted)
        if ladder.stock_units[n] <= got + 0.5 and ladder.stock_units[n] < wanted - 1e-6:
            return "stock_shared", "the stock that could arrive serves needs that count more"
        for _, units, text in marks:
            if units < wanted - 1e-6:
                return "lift_and_slots", text.format(_whole(units), wanted) + (
                    "; lift or slots do not suffice for more"
                )
        return "lift_and_slots", "lift or slots do not suffice by then"

    def _slots(self) -> list[Change]:
        window = SLOT_WINDOW_H * 3600 // self.grid.problem.tick_s
        price = self.bound.prices[2]
        found = []
        for i, site in enumerate(self.grid.sites):
            for first in range(0, price.shape[1], window):
                part = slice(first, min(first + window, price.shape[1]))
                if not price[i, part].any() or (self.grid.slots[i, part] >= NO_LIMIT).all():
                    continue
                hours = first * self.grid.problem.tick_s // 3600
                text = f"one more parking slot at {site.site_id} T+{hours:02d}-{hours + 6:02d} h"
                found.append(_change(text, "slot", float(price[i, part].sum())))
        return found

    def _lots(self) -> list[Change]:
        """A quarter more of each kind at its dearest place, at least one."""
        best: dict[str, Change] = {}
        for i, lot in enumerate(self.grid.problem.lots):
            more = max(1, lot.packs // 4)
            gain = float(self.bound.prices[1][i]) * more
            text = f"{more} more {lot.kind} ready at {lot.site_id}, as {lot.lot_id}"
            if lot.kind not in best or gain > best[lot.kind].gain_share:
                best[lot.kind] = _change(text, "lot", gain)
        return [best[kind] for kind in sorted(best)]

    def _fleets(self) -> list[Change]:
        found = []
        ticks = MORE_HOURS * 3600 // self.grid.problem.tick_s
        for f, fleet in enumerate(self.bounds.fleets):
            worth = float(self.bound.fleet_price[f])
            name = self.grid.problem.classes[fleet.of_class].name
            home = self.grid.locations[fleet.location]
            opens_h = fleet.opens * self.grid.problem.tick_s / 3600
            found.append(
                _change(f"one more {name} at {home} from T+{opens_h:.0f} h", "vehicle", worth)
            )
            for text, kind, changed in self._fleet_changes(fleet, ticks):
                gain = self.bounds.worth_of(changed, self.bound.prices) - worth
                found.append(_change(f"{name} at {home} {text}", kind, gain * fleet.count))
        return found

    def _fleet_changes(self, fleet: Fleet, ticks: int) -> list[tuple[str, str, Fleet]]:
        out = [
            (
                f"ready {MORE_HOURS} h earlier",
                "earlier",
                fleet.changed(opens=max(0, fleet.opens - ticks)),
            )
        ]
        if fleet.until < self.bounds.until:
            out.append(
                (
                    f"with crew for {MORE_HOURS} h more",
                    "crew",
                    fleet.changed(until=min(self.bounds.until, fleet.until + ticks)),
                )
            )
        return out


def _mixed(found: list[Change]) -> list[Change]:
    """The best of each kind first, so that ten equal changes do not hide the others."""
    seen: dict[str, int] = {}
    ranked = []
    for place, change in enumerate(found):
        seen[change.kind] = seen.get(change.kind, 0) + 1
        ranked.append((seen[change.kind] > MOST_OF_A_KIND, place, change))
    return [change for _, _, change in sorted(ranked, key=lambda row: row[:2])]


def _change(text: str, kind: str, gain: float) -> Change:
    return Change(change=text, kind=kind, gain_share=max(0.0, float(gain)), effort=EFFORT[kind])


def _whole(units: float) -> str:
    return f"{units:,.0f}" if abs(units - round(units)) < 0.05 else f"{units:,.1f}"
