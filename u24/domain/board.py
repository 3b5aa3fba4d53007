"""The T+24 board: for every need what arrives by each mark, from whom, by which way."""

from dataclasses import dataclass

from u24.domain.answer import Answer
from u24.domain.offers import Lot
from u24.domain.plan import Consignment


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One need on the board. ``arrived_units`` has one figure per mark."""

    need_id: str
    place_id: str
    kind: str
    planned_units: int
    arrived_units: tuple[float, ...]
    first_arrive_s: int | None
    members: tuple[str, ...]
    ways: tuple[str, ...]  # e.g. OTP > ADA > antakya
    missing_units: int
    reason: str


def board(answer: Answer) -> tuple[BoardRow, ...]:
    """Rows in the order of the needs; within a row, members and ways in order of arrival."""
    lots = {lot.lot_id: lot for lot in answer.problem.lots}
    factors = {(m.lot_id, m.need_id): m.factor_share for m in answer.problem.matches}
    coming: dict[str, list[Consignment]] = {}
    for consignment in sorted(answer.planned.plan.consignments, key=lambda c: c.arrive_s):
        coming.setdefault(consignment.need_id, []).append(consignment)
    short = {shortage.need_id: shortage for shortage in answer.planned.shortages}
    rows = []
    for need in answer.needs:
        mine = coming.get(need.need_id, [])
        missing = short.get(need.need_id)
        rows.append(
            BoardRow(
                need_id=need.need_id,
                place_id=need.place_id,
                kind=need.kind,
                planned_units=need.planned_units,
                arrived_units=tuple(
                    sum(_units(c, lots[c.lot_id], factors) for c in mine if c.arrive_s <= mark_s)
                    for mark_s in answer.problem.worth.marks_s
                ),
                first_arrive_s=mine[0].arrive_s if mine else None,
                members=tuple(dict.fromkeys(lots[c.lot_id].member for c in mine)),
                ways=tuple(dict.fromkeys(way(c) for c in mine)),
                missing_units=missing.missing_units if missing else 0,
                reason=missing.text if missing else "",
            )
        )
    return tuple(rows)


def way(consignment: Consignment) -> str:
    """The sites a consignment passes, e.g. ``OTP > ADA > antakya``."""
    segments = consignment.segments
    return " > ".join([segments[0].from_site, *(segment.to_site for segment in segments)])


def _units(consignment: Consignment, lot: Lot, factors: dict[tuple[str, str], float]) -> float:
    factor = factors[(consignment.lot_id, consignment.need_id)]
    return consignment.packs * lot.pack_units * factor
