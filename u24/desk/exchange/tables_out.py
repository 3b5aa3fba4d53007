"""Tables that go out: what a person may see of the cases, row by row, as CSV or XLSX.

What is not known is an empty cell. Of an offer whose stock is not theirs to see, nothing that
tells of its lots or vehicles is written.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from pathlib import Path

from u24.clock import seconds_since
from u24.desk.board.stamps import Stamps, member_stamps_of
from u24.desk.board.state import Board, CaseState, PlanState
from u24.desk.exchange.putting import put_whole
from u24.desk.kpi import first_stamps
from u24.desk.live_case import joined_cases
from u24.desk.policy import find_case
from u24.desk.replanning import Followed, Reports, follow_plan, released_plans
from u24.desk.rules.subjects import find_request, survivor
from u24.desk.status import (
    CaseStatus,
    NeedStatus,
    OfferSeen,
    RequestStatus,
    status_of,
    visible_offers,
)
from u24.domain.commands.command import Refusal
from u24.domain.facts.requests import Reply
from u24.domain.kpi import CaseStep
from u24.domain.offers import Vehicle
from u24.domain.tracking import Coming
from u24.errors import InvalidInput
from u24.intake.tables.exports import EXPORTS, get_export
from u24.intake.tables.words import row_of_lot, row_of_need, row_of_vehicle
from u24.intake.tables.writing import Value, write_table
from u24.tracking import as_projected

Row = dict[str, Value]

NAMES = tuple(export.name for export in EXPORTS)
FORMS = ("csv", "xlsx")
EXERCISE = "EXERCISE"
HOUR_S = 3600
MARKS_H = (24, 48, 72)
PLACES = 6  # what sums of floats leave behind these is no figure
# A column of hours, and the steps between which they are.
_HOURS = {
    "alert_to_request_h": (CaseStep.ALERT, CaseStep.REQUEST),
    "request_to_offer_h": (CaseStep.REQUEST, CaseStep.FIRST_OFFER),
    "offer_to_acceptance_h": (CaseStep.FIRST_OFFER, CaseStep.ACCEPTANCE),
    "acceptance_to_wheels_up_h": (CaseStep.ACCEPTANCE, CaseStep.WHEELS_UP),
    "wheels_up_to_arrival_h": (CaseStep.WHEELS_UP, CaseStep.ARRIVAL),
    "arrival_to_hand_over_h": (CaseStep.ARRIVAL, CaseStep.HAND_OVER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A case as far as one person may see it now."""

    board: Board
    states: tuple[CaseState, ...]  # the case that goes on, then all that were merged into it
    status: CaseStatus
    offers: tuple[OfferSeen, ...] | None  # None: only their own requests are theirs to see
    now: datetime

    @property
    def case(self) -> CaseState:
        return self.states[0]

    @property
    def mark(self) -> str | None:
        """EXERCISE in an exercise."""
        return EXERCISE if self.board.exercise else None

    def followed(self) -> list[Followed]:
        """The released plans beside what is reported of them."""
        reports = Reports.of(self.states)
        return [
            follow_plan(state, plan, reports, self.now)
            for state, plan in released_plans(self.states)
        ]


def write_desk_table(
    board: Board, what: str, file: Path, person_id: str, now: datetime, *, said: str = ""
) -> int | Refusal:
    """Put a table into a file, whole or not at all; gives how many rows.

    Parameters
    ----------
    what
        One of ``NAMES``.
    file
        Ends in .csv or .xlsx; what stood there is replaced.
    person_id
        Who asks: the table holds what they may see, and nothing else.
    said
        Call sign or id of a case; empty: all cases that the person may see.

    Raises
    ------
    InvalidInput
        The file ends otherwise, or cannot be written.
    """
    form = file.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise InvalidInput(f"{file} ends in {file.suffix!r}; it must end in .csv or .xlsx")
    rows = table_rows(board, what, person_id, now, said=said)
    if isinstance(rows, Refusal):
        return rows
    export = get_export(what)
    title = f"{EXERCISE} {what}" if board.exercise else what
    with put_whole(file) as out:
        return write_table(out, form, export.column_names, rows, title=title)


def table_rows(
    board: Board, what: str, person_id: str, now: datetime, *, said: str = ""
) -> Iterator[Row] | Refusal:
    """The rows of one table, as they come; parameters as :func:`write_desk_table`."""
    get_export(what)
    if person_id not in board.people.persons:
        return Refusal(
            code="unknown-person", text=f"nobody here is called {person_id}; enrol them first"
        )
    if said:
        found = _seen(board, said, person_id, now)
        if isinstance(found, Refusal):
            return found
        return _ROWS[what](found)
    open_ids = [case.case_id for case in board.cases.values() if not case.merged_into]
    looked = (_seen(board, case_id, person_id, now) for case_id in open_ids)
    return (row for one in looked if isinstance(one, _Seen) for row in _ROWS[what](one))


def _seen(board: Board, said: str, person_id: str, now: datetime) -> _Seen | Refusal:
    status = status_of(board, said, person_id, now)
    case = find_case(board, said)
    if isinstance(status, Refusal):
        return status
    if case is None:
        raise AssertionError(f"{said} has a status and is no case")
    offers = visible_offers(board, said, person_id, now)
    return _Seen(
        board=board,
        states=joined_cases(board, survivor(board, case)),
        status=status,
        offers=None if isinstance(offers, Refusal) else offers,
        now=now,
    )


def _needs(seen: _Seen) -> Iterator[Row]:
    for request in seen.status.requests:
        held = find_request(seen.board, seen.case, request.request_id)
        if held is not None and not request.withdrawn:
            yield from (_noted(row_of_need(need), seen) for need in held.fact.needs)


def _goods(seen: _Seen) -> Iterator[Row]:
    for offer in _on_offer(seen):
        yield from (_noted(row_of_lot(lot), seen) for lot in offer.lots or ())


def _vehicles(seen: _Seen) -> Iterator[Row]:
    for offer in _on_offer(seen):
        yield from (_noted(row, seen) for row in _counted(offer.vehicles or ()))


def _counted(vehicles: Sequence[Vehicle]) -> Iterator[Row]:
    """What came as one row that counts, L1/1 and L1/2 of L1, goes out as that row."""
    by_name: dict[str, list[Vehicle]] = {}
    for vehicle in vehicles:
        name = vehicle.vehicle_id.rpartition("/")[0] or vehicle.vehicle_id
        by_name.setdefault(name, []).append(vehicle)
    for name, same in by_name.items():
        count = len(same)
        rows = [row_of_vehicle(vehicle) for vehicle in same]
        numbered = [rows[0] | {"vehicle_id": f"{name}/{n}"} for n in range(1, count + 1)]
        if count > 1 and rows == numbered:
            yield rows[0] | {"vehicle_id": name, "count": count}
        else:
            yield from rows


def _on_offer(seen: _Seen) -> Iterator[OfferSeen]:
    for offer in seen.offers or ():
        if not offer.withdrawn and offer.reply is not Reply.DECLINE:
            yield offer


def _noted(row: Row, seen: _Seen) -> Row:
    """Such a table is read again, so that it has no column but its own for the exercise."""
    if seen.mark:
        row["note"] = f"{seen.mark} {row['note'] or ''}".strip()
    return row


def _arrivals(seen: _Seen) -> Iterator[Row]:
    if seen.offers is None:
        return
    lots = {lot.lot_id: lot for offer in seen.offers for lot in offer.lots or ()}
    vehicles = {held.vehicle_id for offer in seen.offers for held in offer.vehicles or ()}
    handed_at = _handed_over_at(seen)
    for followed in seen.followed():
        for i, line in enumerate(followed.plan.fact.lines):
            expected, known = followed.expected[i], followed.progress[i]
            row: Row = {
                "call_sign": seen.case.call_sign,
                "consignment_id": line.consignment_id,
                "need_id": line.need_id,
                "site": expected.steps[-1].site_id,
                "planned_arrive_at": expected.arrive_at,
                "projected_arrive_at": known.arrive_at,
                "arrived_at": known.reached_at[-1],
                "failed": True if known.failed else None,
                "exercise": seen.mark,
            }
            lot = lots.get(line.lot_id)
            if lot:
                row |= {
                    "lot_id": lot.lot_id,
                    "member": lot.member,
                    "kind": lot.kind,
                    "packs": line.packs,
                    "units": line.units,
                    "handed_over_packs": known.packs,
                    "handed_over_at": handed_at.get(line.consignment_id),
                }
            if lot and vehicles.issuperset(line.vehicle_ids):
                row |= {
                    "vehicle_id": expected.vehicle_id,
                    "planned_depart_at": expected.steps[0].at,
                    "departed_at": known.reached_at[0],
                }
            yield row


def _handed_over_at(seen: _Seen) -> dict[str, datetime]:
    """When the last of each consignment came into the hands of those who need it."""
    found: dict[str, datetime] = {}
    for state in seen.states:
        for delivery in state.deliveries.values():
            moment, last = delivery.happened_at, found.get(delivery.consignment_id)
            if moment <= seen.now and (last is None or last < moment):
                found[delivery.consignment_id] = moment
    return found


def _board(seen: _Seen) -> Iterator[Row]:
    followed = seen.followed()
    known = {need_id for each in followed for need_id in _needs_of(each.plan)}
    coming: dict[str, list[Coming]] = {}
    for each in followed:
        for one in as_projected(each.expected, each.progress, seen.now):
            coming.setdefault(one.need_id, []).append(one)
    for request in seen.status.requests:
        for line in request.lines:
            parts = coming.get(line.need_id, []) if line.need_id in known else None
            yield _board_row(seen, request, line, parts)


def _needs_of(plan: PlanState) -> set[str]:
    """The needs that a plan knew of; of others it says nothing."""
    fact = plan.fact
    return {need_id for need_id, _ in fact.need_units} | {line.need_id for line in fact.lines}


def _board_row(
    seen: _Seen, request: RequestStatus, line: NeedStatus, parts: list[Coming] | None
) -> Row:
    row: Row = {
        "call_sign": seen.case.call_sign,
        "request_id": request.request_id,
        "need_id": line.need_id,
        "place": line.place_id,
        "kind": line.kind,
        "state": str(line.state),
        "asked_units": line.asked_units,
        "in_plan_units": line.planned_units,
        "handed_over_units": line.delivered_units,
        "members": ";".join(line.members),
        "due_at": line.due_at,
        "expected_at": line.expected_at,
        "last_at": line.last_at,
        "exercise": seen.mark,
    }
    if parts is None:
        return row
    row["in_plan_units"] = line.planned_units or 0.0
    row["missing_units"] = round(max(0.0, line.asked_units - _units_by(parts, None)), PLACES)
    for mark_h in MARKS_H:
        units = _units_by(parts, seen.case.t0_at + timedelta(hours=mark_h))
        share = round(min(1.0, units / line.asked_units), PLACES)
        row[f"met_share_{mark_h}h"] = floor(share * 1_000) / 1_000  # never more than is true
    return row


def _units_by(parts: list[Coming], until_at: datetime | None) -> float:
    return sum(
        (
            one.units
            for one in parts
            if one.arrive_at is not None and (until_at is None or one.arrive_at <= until_at)
        ),
        0.0,
    )


def _kpi(seen: _Seen) -> Iterator[Row]:
    if seen.offers is None:
        return
    yield _times(seen, "", first_stamps(state.stamps for state in seen.states))
    for member, stamps in member_stamps_of(seen.states).items():
        yield _times(seen, member, stamps)


def _times(seen: _Seen, member: str, stamps: Stamps) -> Row:
    moments: dict[CaseStep, datetime | None] = {
        step: getattr(stamps, f"{step}_at") for step in CaseStep
    }
    row: Row = {"call_sign": seen.case.call_sign, "member": member, "exercise": seen.mark}
    row |= {f"{step}_at": moment for step, moment in moments.items()}
    for column, (begun, ended) in _HOURS.items():
        begun_at, ended_at = moments[begun], moments[ended]
        if begun_at is not None and ended_at is not None:
            row[column] = round(seconds_since(begun_at, ended_at) / HOUR_S, 4)
    return row


_ROWS: dict[str, Callable[[_Seen], Iterator[Row]]] = {
    "needs": _needs,
    "goods": _goods,
    "vehicles": _vehicles,
    "arrivals": _arrivals,
    "board": _board,
    "kpi": _kpi,
}
