"""The table of needs: three shapes of the same rows, by the width there is."""

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from u24.cli.amounts import amount, mark, some, words
from u24.domain.answer import Answer
from u24.domain.board import BoardRow, board

WIDE_FROM = 110  # columns; room for members, ways and reasons beside the figures
MEDIUM_FROM = 56  # room for the figures beside one another
TITLE = "Needs: planned, and arrived by each mark"
MOST_MEMBERS = 5
MOST_WAYS = 2
LONGEST_PLACE = 16  # columns; a longer name goes on in the next line


def needs_table(
    answer: Answer, width_columns: int, *, most_rows: int | None = None
) -> RenderableType:
    """Every need, or the first ``most_rows``: what arrives, from whom, how, and why not more."""
    places = {place.place_id: place.name for place in answer.case.places}
    marks = [mark(mark_s) for mark_s in answer.problem.worth.marks_s]
    rows = board(answer)[:most_rows]
    if width_columns >= WIDE_FROM:
        return _wide(rows, marks, places)
    if width_columns >= MEDIUM_FROM:
        return _medium(rows, marks, places)
    return _narrow(rows, marks, places)


def _table() -> Table:
    return Table(
        box=SIMPLE_HEAD, title=TITLE, title_justify="left", title_style="bold",
        padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip


def _wide(rows: tuple[BoardRow, ...], marks: list[str], places: dict[str, str]) -> Table:
    table = _table()
    table.expand = True
    table.add_column("Need", overflow="fold", ratio=3)
    longest = max((len(name) for name in places.values()), default=0)
    table.add_column("Place", overflow="fold", min_width=min(longest, LONGEST_PLACE))
    for heading in ("Planned", *marks):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("From", overflow="fold", ratio=3)
    table.add_column("Way", overflow="fold", ratio=4)
    table.add_column("Missing, and why", overflow="fold", ratio=7)
    for row in rows:
        table.add_row(
            Text(words(row.kind)),
            Text(places.get(row.place_id, row.place_id)),
            *_figures(row),
            Text(some(row.members, MOST_MEMBERS)),
            Text(_ways(row, "\n")),
            Text(_missing(row)),
        )
    return table


def _medium(rows: tuple[BoardRow, ...], marks: list[str], places: dict[str, str]) -> Table:
    table = _table()
    table.add_column("Need", overflow="fold", ratio=1)
    for heading in ("Planned", *marks):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        title = f"{words(row.kind)}, {places.get(row.place_id, row.place_id)}"
        details = Padding(Text("\n".join(_details(row))), (0, 0, 0, 2))
        table.add_row(Group(Text(title, style="bold"), details), *_figures(row))
    return table


def _narrow(rows: tuple[BoardRow, ...], marks: list[str], places: dict[str, str]) -> Text:
    text = Text(f"{TITLE}\n", style="bold")
    for row in rows:
        arrived = zip(marks, row.arrived_units, strict=True)
        figures = [
            f"planned {amount(row.planned_units)}",
            *(f"{heading} {amount(units)}" for heading, units in arrived),
        ]
        title = f"\n{words(row.kind)}, {places.get(row.place_id, row.place_id)}"
        lines = "".join(f"\n  {line}" for line in (", ".join(figures), *_details(row)))
        text.append(title, style="bold").append(lines, style="not bold")
    return text


def _details(row: BoardRow) -> list[str]:
    lines = []
    if row.members:
        lines.append(f"from {some(row.members, MOST_MEMBERS)} by {_ways(row, ', ')}")
    if row.missing_units:
        lines.append(f"missing {_missing(row)}")
    return lines


def _ways(row: BoardRow, joiner: str) -> str:
    """The ways without their last stop, as the place stands beside them."""
    shown = dict.fromkeys(way.removesuffix(f" > {row.place_id}") for way in row.ways)
    return some(list(shown), MOST_WAYS, joiner)


def _missing(row: BoardRow) -> str:
    return f"{amount(row.missing_units)}: {row.reason}" if row.missing_units else ""


def _figures(row: BoardRow) -> tuple[Text, ...]:
    planned = Text(amount(row.planned_units))
    return (planned, *(_arrived(units, row.planned_units) for units in row.arrived_units))


def _arrived(units: float, planned_units: int) -> Text:
    style = "green" if units >= planned_units else "yellow" if units > 0 else "red"
    return Text(amount(units), style=style)
