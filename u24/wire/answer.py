"""Values to bytes: the answer as a JSON document, and a plan as its own bytes.

The field names are stable and stand in docs/reference/answer-json.md. Shares are 0 to 1,
times of a plan are whole seconds after ``t0_at``, moments are UTC, masses are tonnes.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from numbers import Integral, Real
from typing import Any

import msgspec

from u24.clock import seconds_since
from u24.domain.answer import Answer, HistoricMatch, Score
from u24.domain.board import BoardRow, board
from u24.domain.certificate import Claim
from u24.domain.figures import Basis
from u24.domain.grounds import count_grounds
from u24.domain.match import NonMatch
from u24.domain.offers import G_PER_KG, Lot, Mode
from u24.domain.plan import Carrier, Consignment, Plan
from u24.wire.certificate import certificate_document
from u24.wire.decisions import decided_document

FORMAT = 1
S_PER_H = 3600
G_PER_T = 1_000_000
KG_PER_T = 1000

Document = dict[str, Any]


def plan_bytes(plan: Plan) -> bytes:
    """One plan, one text: equal plans give equal bytes."""
    return msgspec.json.encode(plan, enc_hook=_plain_number)


def answer_json(answer: Answer, *, measured: bool = True) -> bytes:
    """The document of ``answer_document`` as UTF-8 JSON, in a fixed order of fields."""
    return document_json(answer_document(answer, measured=measured))


def document_json(document: Document) -> bytes:
    """Any document of this module as indented UTF-8 JSON that ends in a new line."""
    return (
        msgspec.json.format(msgspec.json.encode(document, enc_hook=_plain_number), indent=2) + b"\n"
    )


def answer_document(answer: Answer, *, measured: bool = True) -> Document:
    """The whole answer in stable, documented fields.

    Parameters
    ----------
    answer
        What the desk answered.
    measured
        Whether to tell elapsed time and memory. They differ from run to run, so a run
        with a limit of work leaves them out (null) and gives the same bytes each time.
    """
    return {
        **_heading(answer),
        **_why_not_more(answer),
        "board": [_row(row) for row in board(answer)],
        "historic": {
            "marks": _historic_marks(answer),
            "arrivals": [_arrival(match, answer) for match in answer.historic_matches],
        },
        "plan": _plan(answer),
        "decisions": decided_document(answer.decided) if answer.decided else None,
        "waiting_needs": [need.need_id for need in answer.waiting],
        "estimates": _estimates(answer),
        "non_matches": [_non_match(pair) for pair in answer.non_matches],
        "stayed": [
            {"lot": lot.lot_id, "packs": lot.packs, "reason": lot.reason}
            for lot in answer.planned.stayed
        ],
        "assumptions": grounds_document(answer),
        "tables": [asdict(use) for use in answer.tables],
        "sources": [asdict(source) for source in answer.case.sources],
        "elapsed_s": answer.elapsed_s if measured else None,
        "peak_memory_mib": answer.peak_memory_mib if measured else None,
        "work": answer.planned.work,
        "certificate": _certificate(answer),
    }


def ladder(score: Score) -> list[Document]:
    """What is met by the first mark, then where the rest is lost; the shares add up to 1."""
    met = {"name": "met", "share": score.met_shares[0], "text": "met by T+24"}
    losses = [{"name": loss.name, "share": loss.share, "text": loss.text} for loss in score.losses]
    return [met, *losses]


def grounds_document(answer: Answer) -> dict[str, int]:
    """How many rows the plan stands on: facts, statements, estimates, assumptions."""
    counts = count_grounds(answer)
    return {
        "facts": counts[Basis.FACT],
        "stated": counts[Basis.STATED],
        "estimated": counts[Basis.ESTIMATED],
        "assumed": counts[Basis.ASSUMED],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """Teams, people and mass of a plan that have landed in the affected area by one mark."""

    mark_h: float
    teams: int
    people: int
    mass_kg: int


def planned_landings(answer: Answer, marks_h: Iterable[float]) -> tuple[Landed, ...]:
    """What the plan has landed by each mark, counted as history counts it.

    A consignment has landed when the last aircraft that carries it touches down, or, if
    none does, when it reaches its place. A team is a pack with people in it. Mass rounds
    down to whole kilograms.
    """
    lots = {lot.lot_id: lot for lot in answer.problem.lots}
    touchdowns = _touchdowns(answer)
    landed = [(_landed_s(c, touchdowns), c) for c in answer.planned.plan.consignments]
    made = []
    for mark_h in marks_h:
        held = [(lots[c.lot_id], c.packs) for at_s, c in landed if at_s <= mark_h * S_PER_H]
        made.append(
            Landed(
                mark_h=mark_h,
                teams=sum(packs for lot, packs in held if lot.pack_people),
                people=sum(packs * lot.pack_people for lot, packs in held),
                mass_kg=sum(packs * lot.pack_mass_g for lot, packs in held) // G_PER_KG,
            )
        )
    return tuple(made)


def _touchdowns(answer: Answer) -> dict[tuple[str, int], int]:
    """When an aircraft arrives at each of its calls, by vehicle and number of the call."""
    modes = {held.class_id: held.mode for held in answer.problem.classes}
    aircraft = {v.vehicle_id for v in answer.problem.vehicles if modes[v.class_id] is Mode.AIR}
    return {
        (route.vehicle_id, number): call.arrive_s
        for route in answer.planned.plan.routes
        if route.vehicle_id in aircraft
        for number, call in enumerate(route.calls)
    }


def _landed_s(consignment: Consignment, touchdowns: dict[tuple[str, int], int]) -> int:
    landed = [
        touchdowns[segment.vehicle_id, segment.to_call]
        for segment in consignment.segments
        if segment.carrier is Carrier.VEHICLE
        and (segment.vehicle_id, segment.to_call) in touchdowns
    ]
    return landed[-1] if landed else consignment.arrive_s


def _plain_number(value: object) -> int | float:
    """Numbers of other libraries, as arrays give them, written as Python's own."""
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no place in a document")


def _heading(answer: Answer) -> Document:
    score = answer.planned.score
    return {
        "format": FORMAT,
        "case": answer.case.case_id,
        "title": answer.case.title,
        "t0_at": answer.case.t0_at,
        "host": answer.case.host,
        "exercise": answer.case.exercise,
        "marks_h": _marks_h(answer),
        **{f"met_share_t{hours}": _met_share(answer, hours) for hours in (24, 48, 72)},
        "bound_share_t24": score.bound_share,
        "of_possible_share_t24": score.of_possible_share,
    }


def _why_not_more(answer: Answer) -> Document:
    return {
        "ladder": ladder(answer.planned.score),
        "violations": [asdict(broken) for broken in answer.violations],
        "short": _short(answer),
        "would_help": [
            {
                "change": change.change,
                "kind": change.kind,
                "gain": change.gain_share,
                "effort": change.effort,
            }
            for change in answer.planned.changes
        ],
    }


def _marks_h(answer: Answer) -> list[float]:
    return [mark_s / S_PER_H for mark_s in answer.problem.worth.marks_s]


def _met_share(answer: Answer, hours: int) -> float | None:
    for mark_h, share in zip(_marks_h(answer), answer.planned.score.met_shares, strict=False):
        if mark_h == hours:
            return share
    return None


def _short(answer: Answer) -> list[Document]:
    needs = {need.need_id: need for need in answer.needs}
    return [
        {
            "need": short.need_id,
            "place": needs[short.need_id].place_id,
            "kind": needs[short.need_id].kind,
            "missing_amount": short.missing_units,
            "reason": short.reason,
            "text": short.text,
        }
        for short in answer.planned.shortages
    ]


def _row(row: BoardRow) -> Document:
    return {
        "need": row.need_id,
        "place": row.place_id,
        "kind": row.kind,
        "planned_amount": row.planned_units,
        "arrived_amounts": list(row.arrived_units),
        "first_arrive_s": row.first_arrive_s,
        "members": list(row.members),
        "ways": list(row.ways),
        "missing_amount": row.missing_units,
        "text": row.reason,
    }


def _historic_marks(answer: Answer) -> list[Document]:
    planned = planned_landings(answer, [mark.mark_h for mark in answer.historic_marks])
    return [
        {
            "mark_h": mark.mark_h,
            "landed": {
                "teams": mark.teams,
                "people": mark.people,
                "tonnes": mark.mass_kg / KG_PER_T,
                "of_which_bounded": mark.of_which_bounded,
            },
            "planned": {
                "teams": plan.teams,
                "people": plan.people,
                "tonnes": plan.mass_kg / KG_PER_T,
            },
        }
        for mark, plan in zip(answer.historic_marks, planned, strict=True)
    ]


def _arrival(match: HistoricMatch, answer: Answer) -> Document:
    arrival = match.arrival
    return {
        "arrival": arrival.arrival_id,
        "who": arrival.who,
        "member": arrival.member,
        "kind": arrival.kind,
        "people": arrival.people,
        "dogs": arrival.dogs,
        "tonnes": None if arrival.mass_kg is None else arrival.mass_kg / KG_PER_T,
        "airport": arrival.airport,
        "landed_s": match.landed_s,
        "earliest_s": _after_t0_s(answer, arrival.earliest_at),
        "latest_s": _after_t0_s(answer, arrival.latest_at),
        "place": arrival.place_id,
        "on_site_s": _after_t0_s(answer, arrival.on_site_at),
        "planned_first_s": match.planned_first_s,
    }


def _after_t0_s(answer: Answer, moment: datetime | None) -> int | None:
    return None if moment is None else seconds_since(answer.case.t0_at, moment)


def _plan(answer: Answer) -> Document:
    vehicles = {vehicle.vehicle_id: vehicle for vehicle in answer.problem.vehicles}
    lots = {lot.lot_id: lot for lot in answer.problem.lots}
    plan = answer.planned.plan
    return {
        "routes": [
            {
                "vehicle": route.vehicle_id,
                "member": vehicles[route.vehicle_id].member,
                "class": vehicles[route.vehicle_id].class_id,
                "calls": [
                    {
                        "site": call.site_id,
                        "purpose": call.purpose.value,
                        "arrive_s": call.arrive_s,
                        "service_from_s": call.service_from_s,
                        "service_until_s": call.service_until_s,
                        "depart_s": call.depart_s,
                    }
                    for call in route.calls
                ],
            }
            for route in plan.routes
        ],
        "consignments": [_consignment(held, lots[held.lot_id]) for held in plan.consignments],
    }


def _consignment(consignment: Consignment, lot: Lot) -> Document:
    return {
        "lot": consignment.lot_id,
        "need": consignment.need_id,
        "member": lot.member,
        "kind": lot.kind,
        "packs": consignment.packs,
        "tonnes": consignment.packs * lot.pack_mass_g / G_PER_T,
        "people": consignment.packs * lot.pack_people,
        "arrive_s": consignment.arrive_s,
        "segments": [
            {
                "carrier": segment.carrier.value,
                "from": segment.from_site,
                "to": segment.to_site,
                "start_s": segment.start_s,
                "end_s": segment.end_s,
                "vehicle": segment.vehicle_id or None,
                "from_call": segment.from_call,
                "to_call": segment.to_call,
            }
            for segment in consignment.segments
        ],
    }


def _certificate(answer: Answer) -> Document | None:
    planned = answer.planned
    if planned.certificate is None:
        return None
    claim = Claim(met_share=planned.score.met_shares[0], bound_share=planned.score.bound_share)
    return certificate_document(
        answer.problem, planned.certificate, claim, plan_bytes(planned.plan)
    )


def _estimates(answer: Answer) -> list[Document]:
    return [
        {
            "name": estimate.name,
            "place": estimate.place_id or None,
            "low": estimate.amount.low,
            "best": estimate.amount.best,
            "high": estimate.amount.high,
            "unit": estimate.unit,
            "method": estimate.method,
            "sources": list(estimate.sources),
            "stated": estimate.stated_units,
        }
        for estimate in answer.estimates
    ]


def _non_match(pair: NonMatch) -> Document:
    return {
        "lot": pair.lot_id,
        "need": pair.need_id,
        "reasons": [
            {"code": reason.code, "text": reason.text, "lifted_by": reason.lifted_by}
            for reason in pair.reasons
        ],
    }
