"""What is reported of each consignment beside what was expected."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from u24.clock import seconds_since
from u24.domain.facts.movements import HandedOver, Milestone, MovementReported
from u24.domain.tracking import Deviation, DeviationKind, Expected, Progress, Step

# Assumed. A crew reports wheels-up when it has hands free; half an hour after the planned
# moment also lies within two steps of the plan's grid of 15 minutes.
DEPARTURE_GRACE = timedelta(minutes=30)
# Assumed. Taxi-in, and a road of hours that takes a tenth longer, are no deviation yet.
ARRIVAL_GRACE = timedelta(minutes=45)


def grace_of(step: Step) -> timedelta:
    """How long after its moment a step may go unreported, or be late, without being late."""
    return DEPARTURE_GRACE if step.milestone is Milestone.DEPARTED else ARRIVAL_GRACE


def follow(
    expected: Sequence[Expected],
    movements: Iterable[MovementReported],
    deliveries: Iterable[HandedOver],
    now: datetime,
) -> tuple[Progress, ...]:
    """How far each consignment has come, and when it will arrive, in the order given.

    A report of a vehicle counts for the sortie of which the same step at the same site is
    nearest in time. A vehicle that fails takes with it whatever it has not yet brought to
    the end of its leg, also on later sorties, unless it is reported again after that.
    """
    own: dict[str, list[MovementReported]] = {}
    by_vehicle: dict[str, list[MovementReported]] = {}
    for report in movements:
        if report.happened_at > now:
            continue  # announced, not yet so
        if report.consignment_id:
            own.setdefault(report.consignment_id, []).append(report)
        elif report.vehicle_id:
            by_vehicle.setdefault(report.vehicle_id, []).append(report)
    handed: dict[str, list[HandedOver]] = {}
    for delivery in deliveries:
        if delivery.happened_at <= now:
            handed.setdefault(delivery.consignment_id, []).append(delivery)
    sorties: dict[str, dict[datetime, Expected]] = {}
    for each in expected:
        sorties.setdefault(each.vehicle_id, {}).setdefault(each.steps[0].at, each)
    found = []
    for each in expected:
        reports = by_vehicle.get(each.vehicle_id, [])
        shared = _of_sortie(each, list(sorties[each.vehicle_id].values()), reports)
        mine = own.get(each.consignment_id, [])
        found.append(
            _progress(each, [*mine, *shared], reports, handed.get(each.consignment_id, []), now)
        )
    return tuple(found)


def deviations(
    expected: Sequence[Expected], progress: Sequence[Progress], now: datetime
) -> tuple[Deviation, ...]:
    """Everything that is not as planned, each told once, at the step where it arose.

    Late is a step reported, or not reported, beyond its grace after what the step before it
    let expect: a delay that is only passed on is no new deviation.
    """
    found: list[Deviation] = []
    for each, known in zip(expected, progress, strict=True):
        if known.failed:
            at = next(i for i, moment in enumerate((*known.reached_at, None)) if moment is None)
            step = each.steps[min(at, len(each.steps) - 1)]
            found.append(_deviation(DeviationKind.FAILED, each, known, step, (None, 0)))
            continue
        found += _late_or_early(each, known, now)
        short = packs_short(each, known, now)
        if short:
            found.append(
                _deviation(
                    DeviationKind.SHORT, each, known, each.steps[-1],
                    (known.reached_at[-1], 0), short,
                )
            )  # fmt: skip
    return tuple(found)


def packs_short(expected: Expected, progress: Progress, now: datetime) -> int:
    """Packs that arrived and were not handed over, told once the grace after arrival is over.

    Where no hand-over is reported at all, nothing is known to be short.
    """
    arrived_at = progress.reached_at[-1]
    if arrived_at is None or progress.packs is None or now < arrived_at + ARRIVAL_GRACE:
        return 0
    return max(0, expected.packs - progress.packs)


def _of_sortie(
    each: Expected, sorties: list[Expected], reports: list[MovementReported]
) -> list[MovementReported]:
    """The reports of its vehicle that are about this sortie."""
    mine = []
    for report in reports:
        near = [
            (abs(step.at - report.happened_at), sortie.steps[0].at)
            for sortie in sorties
            for step in sortie.steps
            if _is_step(step, report)
        ]
        if near and min(near)[1] == each.steps[0].at:
            mine.append(report)
    return mine


def _is_step(step: Step, report: MovementReported) -> bool:
    """Whether a report can be of that step; a vehicle that lands at the last site arrives."""
    if report.site_id and report.site_id != step.site_id:
        return False
    if report.milestone in (Milestone.LOADED, Milestone.DEPARTED):
        return step.milestone is Milestone.DEPARTED
    if report.milestone is Milestone.LANDED:
        return step.milestone is Milestone.LANDED or (
            step.milestone is Milestone.ARRIVED and bool(report.site_id)
        )
    return step.milestone is Milestone.ARRIVED and report.milestone is Milestone.ARRIVED


def _progress(
    each: Expected,
    reports: list[MovementReported],
    of_vehicle: list[MovementReported],
    handed: list[HandedOver],
    now: datetime,
) -> Progress:
    reached = _reached(each, reports)
    if handed and reached[-1] is None:
        reached[-1] = min(delivery.happened_at for delivery in handed)
    failed = _has_failed(each, reached, reports, of_vehicle)
    last = max((i for i, moment in enumerate(reached) if moment is not None), default=-1)
    delay_s = _delay_s(each, reached, last)
    overdue = False
    if not failed and last + 1 < len(each.steps):
        step = each.steps[last + 1]
        if now >= step.at + timedelta(seconds=delay_s) + grace_of(step):
            overdue = True
            delay_s = seconds_since(step.at, now)
    arrive_at = reached[-1] or each.arrive_at + timedelta(seconds=delay_s)
    return Progress(
        consignment_id=each.consignment_id,
        reached_at=tuple(reached),
        has_left=last >= 0 or any(r.milestone is Milestone.LOADED for r in reports),
        failed=failed,
        delay_s=delay_s,
        is_overdue=overdue,
        arrive_at=None if failed else arrive_at,
        packs=sum(delivery.packs for delivery in handed) if handed else None,
    )


def _reached(each: Expected, reports: list[MovementReported]) -> list[datetime | None]:
    """When each step was reached by the earliest report of it."""
    reached: list[datetime | None] = [None] * len(each.steps)
    for report in sorted(reports, key=lambda r: (r.happened_at, r.movement_id)):
        if report.milestone in (Milestone.LOADED, Milestone.READY, Milestone.FAILED):
            continue
        at = next((i for i, step in enumerate(each.steps) if _is_step(step, report)), None)
        if at is not None and reached[at] is None:
            reached[at] = report.happened_at
    return reached


def _delay_s(each: Expected, reached: list[datetime | None], last: int) -> int:
    moment = reached[last] if last >= 0 else None
    return 0 if moment is None else seconds_since(each.steps[last].at, moment)


def _has_failed(
    each: Expected,
    reached: list[datetime | None],
    reports: list[MovementReported],
    of_vehicle: list[MovementReported],
) -> bool:
    if reached[-1] is not None:
        return False
    own = [r for r in reports if r.consignment_id]
    if own and _last(own).milestone is Milestone.FAILED:
        return True
    landed = [
        moment
        for step, moment in zip(each.steps, reached, strict=True)
        if step.milestone is Milestone.LANDED
    ]
    if landed and landed[-1] is not None:
        return False  # its vehicle has brought it where it was to bring it
    return bool(of_vehicle) and _last(of_vehicle).milestone is Milestone.FAILED


def _last(reports: list[MovementReported]) -> MovementReported:
    """What was reported last; at the same moment a failure outweighs."""
    return max(reports, key=lambda r: (r.happened_at, r.milestone is Milestone.FAILED))


def failed_vehicles(movements: Iterable[MovementReported], now: datetime) -> frozenset[str]:
    """Vehicles of which the last report is that they failed."""
    by_vehicle: dict[str, list[MovementReported]] = {}
    for report in movements:
        if report.vehicle_id and not report.consignment_id and report.happened_at <= now:
            by_vehicle.setdefault(report.vehicle_id, []).append(report)
    return frozenset(
        vehicle_id
        for vehicle_id, reports in by_vehicle.items()
        if _last(reports).milestone is Milestone.FAILED
    )


def _late_or_early(each: Expected, known: Progress, now: datetime) -> list[Deviation]:
    found, before_s = [], 0
    for i, (step, moment) in enumerate(zip(each.steps, known.reached_at, strict=True)):
        if moment is None and not (known.is_overdue and i == known.step + 1):
            continue
        delay_s = seconds_since(step.at, moment or now)
        added_s, before_s = delay_s - before_s, delay_s
        grace_s = grace_of(step) // timedelta(seconds=1)
        if added_s >= grace_s if moment is None else added_s > grace_s:
            kind = DeviationKind.LATE
        elif added_s < -grace_s:
            kind = DeviationKind.EARLY
        else:
            continue
        found.append(_deviation(kind, each, known, step, (moment, added_s)))
    return found


def _deviation(
    kind: DeviationKind,
    each: Expected,
    known: Progress,
    step: Step,
    reported: tuple[datetime | None, int],
    short: int = 0,
) -> Deviation:
    return Deviation(
        kind=kind,
        consignment_id=each.consignment_id,
        need_id=each.need_id,
        milestone=step.milestone,
        site_id=step.site_id,
        expected_at=step.at,
        reported_at=reported[0],
        delay_s=reported[1],
        arrive_at=known.arrive_at,
        packs=short,
    )
