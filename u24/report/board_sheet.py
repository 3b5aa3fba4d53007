"""The board: every need, what arrives by each mark, from whom, what is missing and why."""

from u24.domain.answer import Answer
from u24.domain.board import BoardRow, board
from u24.report.names import country_name, kind_name
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import UNKNOWN, listed, mark_name, number, number_down, t_plus

MOST_WAYS = 3
NO_BREAK = "\N{NO-BREAK SPACE}"


def board_sheet(answer: Answer) -> Sheet:
    """One row a need, in the order of the needs."""
    places = {place.place_id: place.name for place in answer.case.places}
    needs = {need.need_id: need for need in answer.needs}
    marks = tuple(mark_name(mark_s) for mark_s in answer.problem.worth.marks_s)
    rows = board(answer)
    members = sorted({member for each in rows for member in each.members})
    named = ", ".join(f"{code} {country_name(code)}" for code in members)
    return Sheet(
        key="board",
        title="Board",
        caption="What is needed, and how much of it is at the place of need by each mark",
        columns=("Need", "Place", "Wanted", *marks, "First", "From", "Way there", "Missing", "Why"),
        rows=tuple(
            _row(
                each, places.get(each.place_id, each.place_id), needs[each.need_id].grounds.sources
            )
            for each in rows
        ),
        figures=frozenset({*range(2, 4 + len(marks)), 6 + len(marks)}),
        shares=(1.7, 1.1, 0.75, *(0.65 for _ in marks), 0.8, 1.2, 1.8, 0.85, 1.7),
        empty="No needs are known.",
        note=f"Members: {named}." if named else "",
    )


def _row(each: BoardRow, place: str, sources: tuple[str, ...]) -> tuple[Cell, ...]:
    found = tuple(dict.fromkeys(_without_place(way, each.place_id) for way in each.ways))
    ways = found[:MOST_WAYS]
    more = f" and {len(found) - MOST_WAYS} more" if len(found) > MOST_WAYS else ""
    return row(
        Cell(text=f"{kind_name(each.kind)} ({each.need_id})", sources=sources),
        place,
        number(each.planned_units),
        *(number_down(units) for units in each.arrived_units),
        t_plus(each.first_arrive_s),
        listed(each.members),
        ("; ".join(ways) or UNKNOWN) + more,
        number(each.missing_units),
        each.reason or UNKNOWN,
    )


def _without_place(way: str, place_id: str) -> str:
    """The sites before the place itself, which stands in the row already, on one line."""
    return way.removesuffix(f" > {place_id}").replace(" ", NO_BREAK)
