"""What is short and why, what would help, what stayed, and what may not go."""

from collections import Counter

from u24.domain.answer import Answer, Change
from u24.report.names import kind_name
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import UNKNOWN, counted, mark_name, number, percent, plain

MOST_ROWS = 40


def shortage_sheets(answer: Answer) -> tuple[Sheet, ...]:
    """Four tables, in the order in which an officer asks."""
    return _short(answer), _changes(answer), _stayed(answer), _non_matches(answer)


def _short(answer: Answer) -> Sheet:
    needs = {need.need_id: need for need in answer.needs}
    places = {place.place_id: place.name for place in answer.case.places}
    mark = mark_name(answer.problem.worth.marks_s[0])
    rows = []
    for short in answer.planned.shortages:
        need = needs[short.need_id]
        name = f"{kind_name(need.kind)} ({need.need_id})"
        missing = f"{number(short.missing_units)} of {number(need.planned_units)}"
        rows.append(
            row(
                Cell(text=name, sources=need.grounds.sources),
                places.get(need.place_id, need.place_id),
                missing,
                plain(short.reason),
                short.text,
            )
        )
    return Sheet(
        key="short",
        title="Short, and why",
        caption=f"What does not arrive by {mark}",
        columns=("Need", "Place", "Missing", "Reason", "In words"),
        rows=tuple(rows),
        figures=frozenset({2}),
        shares=(1.6, 1.1, 1, 1, 2.6),
        empty=f"Nothing is short: all that is wanted arrives by {mark}.",
    )


def _changes(answer: Answer) -> Sheet:
    ranked = sorted(answer.planned.changes, key=_by_gain)
    return Sheet(
        key="help",
        title="What would help",
        caption="Single changes and the share of the weighted need that each would add, at most",
        columns=("Change", "Kind", "Adds at most", "Effort (1 a call, 5 a purchase)"),
        rows=tuple(
            row(
                change.change, plain(change.kind), percent(change.gain_share), number(change.effort)
            )
            for change in ranked
        ),
        figures=frozenset({2, 3}),
        shares=(3.4, 0.9, 1, 1.2),
        empty="No single change is known that would add anything.",
    )


def _by_gain(change: Change) -> tuple[float, int, str]:
    return -change.gain_share, change.effort, change.change


def _stayed(answer: Answer) -> Sheet:
    lots = {lot.lot_id: lot for lot in answer.problem.lots}
    stayed = answer.planned.stayed
    rows = []
    for each in stayed[:MOST_ROWS]:
        lot = lots.get(each.lot_id)
        rows.append(
            row(
                Cell(text=each.lot_id, sources=lot.grounds.sources if lot else ()),
                lot.member if lot else UNKNOWN,
                kind_name(lot.kind) if lot else UNKNOWN,
                number(each.packs) + (f" of {number(lot.packs)}" if lot else ""),
                plain(each.reason),
            )
        )
    return Sheet(
        key="stayed",
        title="Offers that stayed",
        caption=f"{counted(len(stayed), 'offer', 'offers')} stayed, whole or in part",
        columns=("Lot", "Member", "Kind", "Packs", "Why"),
        rows=tuple(rows),
        figures=frozenset({3}),
        shares=(1.3, 0.7, 1.5, 1, 2.6),
        empty="Every offer travels.",
        note=_left_out(len(stayed), "offers"),
    )


def _non_matches(answer: Answer) -> Sheet:
    found = answer.non_matches
    codes = Counter(reason.code for each in found for reason in each.reasons)
    tally = ", ".join(f"{plain(code)} {number(count)}" for code, count in sorted(codes.items()))
    notes = [f"Reasons: {tally}." if tally else "", _left_out(len(found), "pairs")]
    return Sheet(
        key="non-matches",
        title="Offers that may not serve a need",
        caption=f"{counted(len(found), 'pair', 'pairs')} of one kind that may not go together",
        columns=("Lot", "Need", "Why", "Who could lift it"),
        rows=tuple(
            row(
                each.lot_id,
                each.need_id,
                "; ".join(reason.text for reason in each.reasons) or UNKNOWN,
                "; ".join(dict.fromkeys(r.lifted_by for r in each.reasons if r.lifted_by))
                or UNKNOWN,
            )
            for each in found[:MOST_ROWS]
        ),
        shares=(1.2, 1.4, 2.6, 1.5),
        empty="Every offer of the right kind may serve.",
        note=" ".join(note for note in notes if note),
    )


def _left_out(count: int, what: str) -> str:
    left = count - MOST_ROWS
    return (
        f"The first {MOST_ROWS} are shown; {number(left)} more {what} are alike."
        if left > 0
        else ""
    )
