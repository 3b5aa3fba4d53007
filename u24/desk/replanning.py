"""What is under way stays as it is: which part of released plans that is, and what it holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import inf

from u24.clock import seconds_since
from u24.consent import judge_case
from u24.desk.board.state import CaseState, PlanState
from u24.desk.live_case import UnderWay, is_taken, live_case
from u24.domain.facts.movements import HandedOver, MovementReported
from u24.domain.facts.plans import PlanLine
from u24.domain.needs import Need
from u24.domain.plan import Call, Carrier, Consignment, Purpose, Route, Segment
from u24.domain.tracking import Coming, Expected, Progress
from u24.errors import InvalidInput
from u24.reference.tables import SHIPPED
from u24.tracking import (
    DEPARTURE_GRACE,
    as_projected,
    expected_arrivals,
    failed_vehicles,
    follow,
)

HOUR_S = 3600
Window = tuple[datetime, datetime | None]
Sortie = tuple[int, int]  # its load call and its unload call


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What of released plans is under way or done, at the times by which it comes now.

    Lines and consignments stand in the same order; consignments count their calls in
    ``routes``, which hold each vehicle's calls up to the end of its last running sortie.
    """

    lines: tuple[PlanLine, ...] = ()
    consignments: tuple[Consignment, ...] = ()
    routes: tuple[Route, ...] = ()
    coming: tuple[Coming, ...] = ()
    gone: dict[str, tuple[str, int]] = field(default_factory=dict)
    # ^ lot and packs that have left it for good, by consignment
    failed_vehicles: frozenset[str] = frozenset()
    reported_ids: frozenset[str] = frozenset()  # consignments that anything is reported of


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Everything reported in a case and in those merged into it."""

    movements: tuple[MovementReported, ...]
    deliveries: tuple[HandedOver, ...]

    @staticmethod
    def of(states: Iterable[CaseState]) -> "Reports":
        """The reports of all these cases."""
        states = tuple(states)
        return Reports(
            movements=tuple(m for state in states for m in state.movements.values()),
            deliveries=tuple(d for state in states for d in state.deliveries.values()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A released plan beside what is reported of it."""

    t0_at: datetime
    plan: PlanState
    expected: tuple[Expected, ...]
    progress: tuple[Progress, ...]
    failed_vehicles: frozenset[str]

    def is_lost(self, i: int) -> bool:
        """Whether a consignment failed, and its packs with it.

        What had not left a vehicle's loading site stays when only the vehicle fails.
        """
        known = self.progress[i]
        by_vehicle = self.expected[i].vehicle_id in self.failed_vehicles
        return known.failed and (known.has_left or not by_vehicle)


def released_plans(states: Sequence[CaseState]) -> list[tuple[CaseState, PlanState]]:
    """The released plan of the case, then those of merged cases that it does not know yet."""
    found = []
    own = states[0].plans.get(states[0].released_plan_id)
    for state in states:
        plan = state.plans.get(state.released_plan_id)
        if plan is None:
            continue
        if state is states[0] or own is None or own.fact.position < state.last_position:
            found.append((state, plan))
    return found


def follow_plan(state: CaseState, plan: PlanState, reports: Reports, now: datetime) -> Followed:
    """What a released plan lets expect, and how far each consignment has come."""
    expected = expected_arrivals(plan.fact.lines, state.t0_at, plan.fact.plan)
    return Followed(
        t0_at=state.t0_at,
        plan=plan,
        expected=expected,
        progress=follow(expected, reports.movements, reports.deliveries, now),
        failed_vehicles=failed_vehicles(reports.movements, now),
    )


def kept_of(states: Sequence[CaseState], now: datetime) -> Kept:
    """What is under way or done in the case's released plan and in those of merged cases.

    A sortie is under way when anything aboard is reported loaded or further, or when its
    vehicle is to be loading or leaving now and its departure is not yet overdue. All
    earlier sorties of that vehicle are done. What should have left, and is not reported
    within the grace of departure, has not left; nor has what lost its offer, its consent
    or its airport.

    Parameters
    ----------
    states
        The case that goes on, then those merged into it.
    now
        Reports of a later moment do not count.
    """
    reports = Reports.of(states)
    ground = _Ground(
        windows=_windows_of(states, now), taken=taken_of(states), closed_s=_closed_s(states)
    )
    parts = [
        _Part(follow_plan(state, plan, reports, now), states[0].t0_at, now, ground).kept()
        for state, plan in released_plans(states)
    ]
    gone = _failed_before(states, reports, now)
    stays: dict[str, tuple[PlanLine, Consignment, Coming]] = {}
    routes: dict[str, Route] = {}
    for part in parts:
        gone |= part.gone
        for row in zip(part.lines, part.consignments, part.coming, strict=True):
            stays.setdefault(row[0].consignment_id, row)
        for route in part.routes:
            routes.setdefault(route.vehicle_id, route)
    return Kept(
        lines=tuple(line for line, _, _ in stays.values()),
        consignments=tuple(consignment for _, consignment, _ in stays.values()),
        routes=tuple(routes[vehicle_id] for vehicle_id in sorted(routes)),
        coming=tuple(comes for _, _, comes in stays.values()),
        gone=gone,
        failed_vehicles=failed_vehicles(reports.movements, now),
        reported_ids=frozenset(
            [m.consignment_id for m in reports.movements]
            + [d.consignment_id for d in reports.deliveries]
        ),
    )


def taken_of(states: Sequence[CaseState]) -> frozenset[str]:
    """Lots and vehicles of offers that stand."""
    offers = [offer for state in states for offer in state.offers.values() if is_taken(offer)]
    return frozenset(
        [lot_id for offer in offers for lot_id in offer.taken_packs]
        + [vehicle_id for offer in offers for vehicle_id in offer.taken_vehicles]
    )


def _closed_s(states: Sequence[CaseState]) -> dict[str, list[tuple[float, float]]]:
    """When each airport is closed, as the case that goes on has it."""
    airports = {code: terms for state in reversed(states) for code, terms in state.airports.items()}
    return {
        code: [(0.0, inf)]
        if terms.slots == 0
        else [(from_h * HOUR_S, until_h * HOUR_S) for from_h, until_h in terms.closed_h]
        for code, terms in airports.items()
    }


def _windows_of(states: Sequence[CaseState], now: datetime) -> dict[str, tuple[Window, ...]]:
    """When each lot may be loaded by what stands now."""
    try:
        verdicts = judge_case(live_case(states[0], states[1:]), SHIPPED, now).lots
    except InvalidInput:  # words on record disagree: nothing is planned until they agree
        return {}
    return {lot_id: verdict.windows for lot_id, verdict in verdicts.items()}


def _failed_before(
    states: Sequence[CaseState], reports: Reports, now: datetime
) -> dict[str, tuple[str, int]]:
    """Lot and packs of what failed under any plan that was ever released, by consignment."""
    gone = {}
    for state in states:
        for plan in state.plans.values():
            if plan.released_at is None:
                continue
            followed = follow_plan(state, plan, reports, now)
            for i, line in enumerate(plan.fact.lines):
                if followed.is_lost(i):
                    gone[line.consignment_id] = (line.lot_id, line.packs)
    return gone


def under_way(kept: Kept, needs: Sequence[Need], t0_at: datetime) -> UnderWay:
    """What a re-plan takes as given, in the words of :func:`remaining_case`."""
    deadline = {need.need_id: need.deadline_at for need in needs}
    covered: dict[str, float] = {}
    for comes in kept.coming:
        until_at = deadline.get(comes.need_id)
        if until_at is not None and comes.arrive_at is not None and comes.arrive_at <= until_at:
            covered[comes.need_id] = covered.get(comes.need_id, 0.0) + comes.units
    gone_packs: dict[str, int] = {}
    for lot_id, packs in kept.gone.values():
        gone_packs[lot_id] = gone_packs.get(lot_id, 0) + packs
    return UnderWay(
        gone_packs=gone_packs,
        berths={
            route.vehicle_id: (
                route.calls[-1].site_id,
                t0_at + timedelta(seconds=route.calls[-1].service_until_s),
            )
            for route in kept.routes
        },
        failed_vehicles=kept.failed_vehicles,
        covered=covered,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    """What must still hold for a sortie that nobody has reported yet."""

    windows: Mapping[str, tuple[Window, ...]]  # when each lot may be loaded
    taken: frozenset[str]  # lots and vehicles of offers that stand
    closed_s: Mapping[str, list[tuple[float, float]]]  # seconds after T0 by airport


class _Part:
    """What one released plan keeps, in seconds after the T0 of the case that goes on."""

    def __init__(
        self,
        followed: Followed,
        t0_at: datetime,
        now: datetime,
        ground: "_Ground",
    ) -> None:
        self.followed = followed
        self.fact = followed.plan.fact
        self.now = now
        self.t0_at = t0_at
        self.ground = ground
        self.shift_s = seconds_since(t0_at, followed.t0_at)
        self.now_s = seconds_since(followed.t0_at, now)
        self.aboard: dict[tuple[str, int], list[int]] = {}
        for i, consignment in enumerate(self.fact.plan.consignments):
            for segment in consignment.segments:
                if segment.carrier is Carrier.VEHICLE:
                    key = (segment.vehicle_id, segment.from_call)
                    self.aboard.setdefault(key, []).append(i)

    def kept(self) -> Kept:
        """Lines, consignments and routes that stay, and packs that are gone."""
        delays: dict[int, int] = {}  # by consignment that stays
        routes = []
        for route in self.fact.plan.routes:
            begun = self._begun(route)
            for n, (_, aboard) in enumerate(begun):
                for i in aboard:
                    if not self.followed.progress[i].failed:
                        delays[i] = self._delay_s(aboard) if n == len(begun) - 1 else 0
            if route.vehicle_id in self.followed.failed_vehicles:
                while begun and not any(i in delays for i in begun[-1][1]):
                    begun.pop()
            if begun:
                routes.append(self._route(route, begun[-1][0], self._delay_s(begun[-1][1])))
        stay = sorted(delays)
        coming = as_projected(self.followed.expected, self.followed.progress, self.now)
        lines = self.fact.lines
        return Kept(
            lines=tuple(self._line(i) for i in stay),
            consignments=tuple(self._consignment(i, delays[i]) for i in stay),
            routes=tuple(routes),
            coming=tuple(coming[i] for i in stay),
            gone={lines[i].consignment_id: (lines[i].lot_id, lines[i].packs) for i in stay},
        )

    def _begun(self, route: Route) -> list[tuple[Sortie, list[int]]]:
        """The sorties up to the last that runs, each with the consignments that are aboard."""
        sorties = _sorties(route)
        aboard = [self.aboard.get((route.vehicle_id, load), []) for load, _ in sorties]
        last = -1
        for n, sortie in enumerate(sorties):
            if any(self.followed.progress[i].has_left for i in aboard[n]):
                last = n
            elif self._is_leaving(route, sortie, aboard[n]):
                last = n
                aboard[n] = [i for i in aboard[n] if self._may_load(i, route, sortie)]
        return list(zip(sorties, aboard, strict=True))[: last + 1]

    def _is_leaving(self, route: Route, sortie: Sortie, aboard: list[int]) -> bool:
        """Whether it is to be loading or leaving now, and nothing speaks against it."""
        if route.vehicle_id not in self.ground.taken:
            return False
        if not any(self._may_load(i, route, sortie) for i in aboard):
            return False
        if all(self.followed.progress[i].failed for i in aboard):
            return False
        if any(self._is_shut_to(call) for call in route.calls[sortie[0] : sortie[1] + 1]):
            return False
        load = route.calls[sortie[0]]
        grace_s = DEPARTURE_GRACE // timedelta(seconds=1)
        return load.service_from_s < self.now_s < load.depart_s + grace_s

    def _is_shut_to(self, call: Call) -> bool:
        """Whether its site is closed while it would be served."""
        from_s, until_s = call.service_from_s + self.shift_s, call.service_until_s + self.shift_s
        shut = self.ground.closed_s.get(call.site_id, [])
        return any(
            from_s < closed_until and closed_from < until_s for closed_from, closed_until in shut
        )

    def _may_load(self, i: int, route: Route, sortie: Sortie) -> bool:
        """Whether its offer and the consent to load it then still stand."""
        load_at = self.followed.t0_at + timedelta(seconds=route.calls[sortie[0]].service_from_s)
        windows = self.ground.windows.get(self.fact.lines[i].lot_id, ())
        return any(opens <= load_at and (end is None or load_at < end) for opens, end in windows)

    def _delay_s(self, aboard: Iterable[int]) -> int:
        """How much later the sortie is than planned; one that is early still waits its turn."""
        return max(0, *(self._vehicle_delay_s(i) for i in aboard)) if aboard else 0

    def _vehicle_delay_s(self, i: int) -> int:
        """The delay of the leg by vehicle, not of the road behind it."""
        known, steps = self.followed.progress[i], self.followed.expected[i].steps
        landed_at = known.reached_at[-2] if len(steps) > 2 else None
        if landed_at is None:
            return known.delay_s
        return seconds_since(steps[-2].at, landed_at)

    def _line(self, i: int) -> PlanLine:
        line, known = self.fact.lines[i], self.followed.progress[i]
        arrive_s = line.arrive_s + self.shift_s
        if known.arrive_at is not None:
            arrive_s = seconds_since(self.t0_at, known.arrive_at)
        departed_at = known.reached_at[0]
        depart_s = line.depart_s + self.shift_s
        if departed_at is not None:
            depart_s = seconds_since(self.t0_at, departed_at)
        return replace(line, depart_s=depart_s, arrive_s=arrive_s)

    def _route(self, route: Route, sortie: Sortie, delay_s: int) -> Route:
        """The calls up to the end of the last running sortie, that one as late as it is."""
        calls = [
            _later_call(call, self.shift_s + (delay_s if n >= sortie[0] else 0))
            for n, call in enumerate(route.calls[: sortie[1] + 1])
        ]
        calls[-1] = replace(calls[-1], depart_s=calls[-1].service_until_s)  # it stands there
        return Route(vehicle_id=route.vehicle_id, calls=tuple(calls))

    def _consignment(self, i: int, delay_s: int) -> Consignment:
        """Its segments as late as its vehicle is, or as the road behind that."""
        consignment = self.fact.plan.consignments[i]
        onward_s = max(delay_s, self.followed.progress[i].delay_s)
        return replace(
            consignment,
            segments=tuple(
                _later_segment(
                    segment,
                    self.shift_s + (onward_s if segment.carrier is Carrier.LORRIES else delay_s),
                )
                for segment in consignment.segments
            ),
        )


def _sorties(route: Route) -> list[Sortie]:
    """Load and unload calls of a route, in order."""
    loads = [n for n, call in enumerate(route.calls) if call.purpose is Purpose.LOAD]
    unloads = [n for n, call in enumerate(route.calls) if call.purpose is Purpose.UNLOAD]
    return list(zip(loads, unloads, strict=True))


def _later_call(call: Call, by_s: int) -> Call:
    return replace(
        call,
        arrive_s=call.arrive_s + by_s,
        service_from_s=call.service_from_s + by_s,
        service_until_s=call.service_until_s + by_s,
        depart_s=call.depart_s + by_s,
    )


def _later_segment(segment: Segment, by_s: int) -> Segment:
    return replace(segment, start_s=segment.start_s + by_s, end_s=segment.end_s + by_s)
