"""What of a released plan is not as planned, and what each such thing puts at risk."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from u24.clock import seconds_since
from u24.consent import judge_case
from u24.desk.answering import needs_of
from u24.desk.board.state import Board, CaseState
from u24.desk.live_case import is_taken, joined_cases, live_case, offers_of
from u24.desk.replanning import Followed, Reports, follow_plan, kept_of, released_plans
from u24.domain.case import Case
from u24.domain.consent import Verdict
from u24.domain.facts.movements import AlarmKind
from u24.domain.needs import Need
from u24.domain.places import AirportTerms
from u24.domain.plan import Carrier
from u24.domain.problem import Worth
from u24.domain.tracking import Coming, Deviation, DeviationKind
from u24.errors import InvalidInput
from u24.reference.tables import SHIPPED
from u24.tracking import (
    ARRIVAL_GRACE,
    as_planned,
    as_projected,
    deviations,
    grace_of,
    needs_at_risk,
)

GREW_BY = 1.2  # a need that grew by over a fifth after the plan calls for a look
LOOK_AGAIN = timedelta(minutes=15)
HOUR_S = 3600
LATE, FAILED, SHORT = "late/", "failed/", "short/"
CLOSED, OFFER, CONSENT, GREW = "site-closed/", "offer-gone/", "consent-gone/", "need-grew/"
PREFIXES = (LATE, FAILED, SHORT, CLOSED, OFFER, CONSENT, GREW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as planned; ``alarm_id`` is the same whenever it is found."""

    alarm_id: str
    kind: AlarmKind
    subject: str
    text: str
    need_ids: tuple[str, ...] = ()
    risk_share: float = 0.0


class Watched:
    """A case without a released plan: nothing can deviate from it."""

    def findings(self) -> list[Finding]:
        """What is not as planned, each thing once."""
        return []

    def next_moments(self) -> list[datetime]:
        """When something falls overdue if nothing is reported until then."""
        return []


def watched(board: Board, state: CaseState, now: datetime) -> Watched:
    """What is to be watched of a case now."""
    states = joined_cases(board, state)
    plans = released_plans(states)
    if not plans:
        return Watched()
    of_case, plan = plans[0]
    followed = follow_plan(of_case, plan, Reports.of(states), now)
    return _Released(board, states, followed, now)


class _Released(Watched):
    """A case with a released plan."""

    def __init__(
        self, board: Board, states: tuple[CaseState, ...], followed: Followed, now: datetime
    ) -> None:
        self.states, self.followed, self.now = states, followed, now
        self.lines = followed.plan.fact.lines
        self.planned = as_planned(followed.expected)
        self.projected = as_projected(followed.expected, followed.progress, now)
        self.stay = {line.consignment_id for line in kept_of(states, now).lines}
        self.case, self.needs = _stated(board, states)

    def findings(self) -> list[Finding]:
        """What is not as planned, each thing once."""
        return [
            *self._of_movements(),
            *self._closed(),
            *self._offers_gone(),
            *self._consents_gone(),
            *self._needs_grown(),
        ]

    def next_moments(self) -> list[datetime]:
        """When something falls overdue if nothing is reported until then."""
        found = []
        for each, known in zip(self.followed.expected, self.followed.progress, strict=True):
            arrived_at = known.reached_at[-1]
            if arrived_at is not None:
                found.append(arrived_at + ARRIVAL_GRACE)
                continue
            if known.failed:
                continue
            if known.is_overdue:
                found.append(self.now + LOOK_AGAIN)  # the longer it is silent, the more is lost
                continue
            step = each.steps[known.step + 1]
            found.append(step.at + timedelta(seconds=known.delay_s) + grace_of(step))
        return found

    def _finding(
        self, name: str, kind: AlarmKind, subject: str, text: str, coming: dict[int, Coming]
    ) -> Finding:
        """With what is at risk if these consignments come otherwise than planned."""
        changed = [coming.get(i, planned) for i, planned in enumerate(self.planned)]
        risks = needs_at_risk(self.needs, self.planned, changed, self.followed.t0_at, Worth())
        return Finding(
            alarm_id=name,
            kind=kind,
            subject=subject,
            text=text,
            need_ids=tuple(risk.need_id for risk in risks),
            risk_share=round(sum(risk.share for risk in risks), 6),
        )

    def _never(self, indices: Iterable[int]) -> dict[int, Coming]:
        return {i: replace(self.planned[i], arrive_at=None) for i in indices}

    def _of_movements(self) -> Iterator[Finding]:
        groups: dict[str, list[tuple[int, Deviation]]] = {}
        index = {line.consignment_id: i for i, line in enumerate(self.lines)}
        found = deviations(self.followed.expected, self.followed.progress, self.now)
        for deviation in found:
            i = index[deviation.consignment_id]
            if deviation.kind is DeviationKind.LATE and not self.followed.progress[i].is_there:
                groups.setdefault(self._late_name(i, deviation), []).append((i, deviation))
            elif deviation.kind is DeviationKind.FAILED:
                groups.setdefault(f"{FAILED}{self._what_failed(i)}", []).append((i, deviation))
            elif deviation.kind is DeviationKind.SHORT:
                groups.setdefault(f"{SHORT}{deviation.consignment_id}", []).append((i, deviation))
        for name, group in groups.items():
            kind = AlarmKind.LATE if name.startswith(LATE) else AlarmKind.FAILED
            coming = {i: self.projected[i] for i, _ in group}
            first, deviation = group[0]
            vehicle_id = self.followed.expected[first].vehicle_id
            subject = vehicle_id or deviation.consignment_id
            if kind is AlarmKind.FAILED:
                subject = name.partition("/")[2]
            text = _told(deviation, subject, len(group))
            yield self._finding(name, kind, subject, text, coming)

    def _late_name(self, i: int, deviation: Deviation) -> str:
        """One name for all that travels together; a new plan has times of its own."""
        subject = self.followed.expected[i].vehicle_id or deviation.consignment_id
        minutes = seconds_since(self.followed.t0_at, deviation.expected_at) // 60
        step = f"{deviation.milestone}/{deviation.site_id}/{minutes}"
        return f"{LATE}{self.followed.plan.fact.plan_id}/{subject}/{step}"

    def _what_failed(self, i: int) -> str:
        vehicle_id = self.followed.expected[i].vehicle_id
        failed = vehicle_id in self.followed.failed_vehicles
        return vehicle_id if failed else self.lines[i].consignment_id

    def _closed(self) -> Iterator[Finding]:
        terms = {term.code: term for term in self.case.airports} if self.case else {}
        hit: dict[tuple[str, float, float], list[int]] = {}
        for i, site_id, from_h, until_h in self._stays():
            for shut in _closures(terms.get(site_id)):
                if from_h < shut[1] and shut[0] < until_h:
                    hit.setdefault((site_id, *shut), []).append(i)
        for (site_id, from_h, until_h), indices in hit.items():
            until = f"T+{until_h:g} h" if until_h != float("inf") else "further notice"
            text = (
                f"{site_id} is closed from T+{from_h:g} h until {until}; "
                f"{_count(set(indices))} would be served there in that time"
            )
            name = f"{CLOSED}{site_id}/{from_h:g}-{until_h:g}"
            yield self._finding(name, AlarmKind.SITE_CLOSED, site_id, text, self._never(indices))

    def _stays(self) -> Iterator[tuple[int, str, float, float]]:
        """Consignment, site, and hours after T0 of every service that is still to come."""
        fact, offset_s = self.followed.plan.fact, self._shift_s()
        now_s = seconds_since(self.followed.t0_at, self.now)
        routes = {route.vehicle_id: route.calls for route in fact.plan.routes}
        for i, consignment in enumerate(fact.plan.consignments):
            known = self.followed.progress[i]
            landed = len(known.reached_at) > 2 and known.reached_at[-2] is not None
            if known.is_there or known.failed or landed:
                continue
            for segment in consignment.segments:
                if segment.carrier is Carrier.VEHICLE:
                    calls = routes[segment.vehicle_id]
                    for call in calls[segment.from_call : segment.to_call + 1]:
                        if call.service_until_s > now_s:
                            from_h = (call.service_from_s + offset_s) / HOUR_S
                            yield (
                                i,
                                call.site_id,
                                from_h,
                                (call.service_until_s + offset_s) / HOUR_S,
                            )

    def _shift_s(self) -> int:
        return seconds_since(self.states[0].t0_at, self.followed.t0_at)

    def _pending(self) -> list[int]:
        """Lines that are not under way and have not failed."""
        return [
            i
            for i, line in enumerate(self.lines)
            if line.consignment_id not in self.stay and not self.followed.progress[i].failed
        ]

    def _offers_gone(self) -> Iterator[Finding]:
        offers = offers_of(self.states[0], self.states[1:])
        hit: dict[str, list[int]] = {}
        for offer_id, offer in offers.items():
            stands = is_taken(offer)
            lots = {
                lot.lot_id
                for lot in offer.fact.lots
                if not stands or lot.lot_id not in offer.taken_packs
            }
            vehicles = {
                v.vehicle_id
                for v in offer.fact.vehicles
                if not stands or v.vehicle_id not in offer.taken_vehicles
            }
            for i in self._pending():
                if self.lines[i].lot_id in lots or vehicles & set(self.lines[i].vehicle_ids):
                    hit.setdefault(offer_id, []).append(i)
        for offer_id, indices in hit.items():
            why = "is withdrawn" if offers[offer_id].withdrawn else "no longer stands as accepted"
            text = f"offer {offer_id} of {offers[offer_id].fact.member} {why}; "
            text += f"{_count(indices)} of the released plan need it"
            yield self._finding(
                f"{OFFER}{offer_id}", AlarmKind.OFFER_GONE, offer_id, text, self._never(indices)
            )

    def _consents_gone(self) -> Iterator[Finding]:
        if self.case is None:
            return
        lots = {lot.lot_id: lot for lot in self.case.lots}
        verdicts = self._verdicts(self.case)
        if verdicts is None:
            return
        hit: dict[str, list[int]] = {}
        for i in self._pending():
            lot = lots.get(self.lines[i].lot_id)
            load_at = self._load_at(i)
            if lot is None or load_at is None:
                continue
            windows = verdicts[lot.lot_id].windows
            if not any(
                opens <= load_at and (end is None or load_at < end) for opens, end in windows
            ):
                hit.setdefault(lot.member, []).append(i)
        for member, indices in hit.items():
            text = f"what {member} sends may no longer be loaded when the released plan has it; "
            text += f"{_count(indices)} need a consent"
            name = f"{CONSENT}{self.followed.plan.fact.plan_id}/{member}"
            yield self._finding(name, AlarmKind.CONSENT_GONE, member, text, self._never(indices))

    def _verdicts(self, case: Case) -> dict[str, Verdict] | None:
        """May each lot move as things stand; None while words on record contradict each other."""
        try:
            return judge_case(case, SHIPPED, self.now).lots
        except InvalidInput:
            return None

    def _load_at(self, i: int) -> datetime | None:
        fact = self.followed.plan.fact
        if len(fact.plan.consignments) != len(fact.lines):
            return None
        routes = {route.vehicle_id: route.calls for route in fact.plan.routes}
        for segment in fact.plan.consignments[i].segments:
            if segment.carrier is Carrier.VEHICLE:
                load_s = routes[segment.vehicle_id][segment.from_call].service_from_s
                return self.followed.t0_at + timedelta(seconds=load_s)
        return None

    def _needs_grown(self) -> Iterator[Finding]:
        fact = self.followed.plan.fact
        planned = dict(fact.need_units)
        if not planned:
            return
        whole = sum(need.weight for need in self.needs)
        for state in self.states:
            for request_id, request in state.requests.items():
                if request.withdrawn or request.position <= fact.position:
                    continue
                grown = [
                    need
                    for need in request.fact.needs
                    if need.planned_units > GREW_BY * planned.get(need.need_id, 0)
                ]
                if not grown:
                    continue
                more = {n.need_id: 1 - planned.get(n.need_id, 0) / n.planned_units for n in grown}
                told = ", ".join(
                    f"{n.need_id} {planned.get(n.need_id, 0)} > {n.planned_units}" for n in grown
                )
                yield Finding(
                    alarm_id=f"{GREW}{fact.plan_id}/{request_id}/{request.position}",
                    kind=AlarmKind.NEED_GREW,
                    subject=request_id,
                    text=f"request {request_id} asks for more than the plan knew: {told}",
                    need_ids=tuple(more),
                    risk_share=round(sum(n.weight * more[n.need_id] for n in grown) / whole, 6)
                    if whole
                    else 0.0,
                )


def _stated(board: Board, states: tuple[CaseState, ...]) -> tuple[Case | None, tuple[Need, ...]]:
    """The case and what it is planned for; nothing while two requests or offers disagree.

    An alarm that cannot say what it puts at risk is better than none.
    """
    try:
        case = live_case(states[0], states[1:], exercise=board.exercise)
        return case, needs_of(case)
    except InvalidInput:
        return None, ()


def _closures(terms: AirportTerms | None) -> list[tuple[float, float]]:
    if terms is None:
        return []
    if terms.slots == 0:
        return [(0.0, float("inf"))]
    return list(terms.closed_h)


def _count(indices: Iterable[int]) -> str:
    number = len(list(indices))
    return "1 consignment" if number == 1 else f"{number} consignments"


def _told(deviation: Deviation, subject: str, number: int) -> str:
    """The alarm in one line, with when it comes now."""
    with_ = f"{subject} with {'1 consignment' if number == 1 else f'{number} consignments'}"
    if deviation.kind is DeviationKind.FAILED:
        return f"{with_} is reported as failed"
    if deviation.kind is DeviationKind.SHORT:
        return f"{subject}: {deviation.packs} packs were not handed over"
    at = f"{deviation.expected_at:%d %b %H:%MZ}"
    comes = f"; arrival now {deviation.arrive_at:%d %b %H:%MZ}" if deviation.arrive_at else ""
    late = f"{deviation.delay_s // 60} min late"
    if deviation.reported_at is None:
        return (
            f"{with_}: not reported {deviation.milestone} at {deviation.site_id}, due {at}{comes}"
        )
    return f"{with_}: {deviation.milestone} at {deviation.site_id} {late}, due {at}{comes}"
