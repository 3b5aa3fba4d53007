"""The T+24 board as text, for any width, with or without colour."""

import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from u24.cli.amounts import mark, percent, percents_of_whole, tonnes, words
from u24.cli.decisions import decision_parts
from u24.cli.needs_table import MEDIUM_FROM, needs_table
from u24.domain.answer import Answer, HistoricMark
from u24.wire.answer import Landed, grounds_document, ladder, planned_landings

MOST_CHANGES = 5
BAR_FROM_WIDTH = 72
BAR_CELLS = 24
HISTORY = "Landed: what really did, and what the plan lands"


def print_board(answer: Answer, written: Sequence[Path] = ()) -> None:
    """Show the board on standard output; a letter that the terminal lacks becomes ``?``."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    show_board(Console(highlight=False), answer, written)


def board_text(answer: Answer, *, width_columns: int = 100) -> str:
    """The board as plain text of at most ``width_columns``."""
    page = io.StringIO()
    show_board(Console(file=page, width=width_columns, color_system=None), answer)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines())


def show_board(
    console: Console,
    answer: Answer,
    written: Sequence[Path] = (),
    *,
    most_needs: int | None = None,
) -> None:
    """Print every part of the board, with an empty line between them."""
    for part in _list_parts(answer, console, written, most_needs):
        console.print(part, highlight=False)
        console.print()


def sentence(answer: Answer) -> str:
    """The board in one line: how much is met by the first mark, of what was possible."""
    score = answer.planned.score
    first = mark(answer.problem.worth.marks_s[0])
    return (
        f"{percent(score.met_shares[0])} of the weighted need met by {first}; "
        f"at least {percent(score.of_possible_share)} of what was possible"
    )


def _list_parts(
    answer: Answer, console: Console, written: Sequence[Path], most_needs: int | None
) -> Iterator[RenderableType]:
    yield _heading(answer)
    if answer.violations:
        yield _violations(answer)
    yield _ladder(answer, console)
    yield needs_table(answer, console.width, most_rows=most_needs)
    if most_needs is not None and len(answer.needs) > most_needs:
        yield Text(f"... and {len(answer.needs) - most_needs} more needs")
    if answer.planned.changes:
        yield _changes(answer)
    if answer.decided is not None and (answer.case.proposals or answer.decided.comparisons):
        yield Text("May we?", style="bold")
        yield Group(*decision_parts(answer.case, answer.decided))
    if answer.case.history and answer.historic_marks:
        yield _history(answer, console.width)
    yield _closing(answer, written)


def _heading(answer: Answer) -> Text:
    case = answer.case
    exercise = "EXERCISE. " if case.exercise else ""
    marks = zip(answer.problem.worth.marks_s, answer.planned.score.met_shares, strict=False)
    met = ", ".join(f"{percent(share)} at {mark(mark_s)}" for mark_s, share in marks)
    return Text.assemble(
        (f"{exercise}{case.title}\n", "bold"),
        f"{case.case_id}, T0 {case.t0_at:%Y-%m-%d %H:%MZ}, host {case.host}\n\n",
        (f"{sentence(answer)}\n", "bold green"),
        f"Met: {met}",
    )


def _violations(answer: Answer) -> Text:
    count = len(answer.violations)
    rules = "1 RULE" if count == 1 else f"{count} RULES"
    lines = [f"  {broken.rule} at {broken.where}: {broken.text}" for broken in answer.violations]
    return Text(
        "\n".join([f"THE PLAN BREAKS {rules}. Do not use it.", *lines]),
        style="bold red",
    )


def _ladder(answer: Answer, console: Console) -> Table:
    steps = ladder(answer.planned.score)
    shown = percents_of_whole([step["share"] for step in steps])
    with_bar = console.width >= BAR_FROM_WIDTH
    cell = "#" if console.options.ascii_only else "\N{FULL BLOCK}"
    table = Table(
        box=None, show_header=False, padding=(0, 2, 0, 0), title="Where the need goes",
        title_justify="left", title_style="bold",
    )  # fmt: skip
    table.add_column(justify="right", no_wrap=True)
    if with_bar:
        table.add_column(width=BAR_CELLS, no_wrap=True)
    table.add_column(overflow="fold")
    for step, share in zip(steps, shown, strict=True):
        bar = [cell * round(BAR_CELLS * step["share"])] if with_bar else []
        text = step["text"] or words(step["name"])
        style = "green" if step["name"] == "met" else ""
        table.add_row(share, *bar, Text(text), style=style)
    return table


def _changes(answer: Answer) -> Table:
    ranked = sorted(answer.planned.changes, key=lambda c: (-c.gain_share, c.effort, c.change))
    table = Table(
        box=None,
        show_header=False,
        padding=(0, 2, 0, 0),
        title="What would help most: of the weighted need, at most",
        title_justify="left",
        title_style="bold",
    )
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    for held in ranked[:MOST_CHANGES]:
        text = f"{held.change} (effort {held.effort} of 5)"
        table.add_row(f"+{100 * held.gain_share:.1f} %", Text(text))
    return table


def _history(answer: Answer, width_columns: int) -> RenderableType:
    marks = answer.historic_marks
    planned = planned_landings(answer, [real.mark_h for real in marks])
    if width_columns < MEDIUM_FROM:
        lines = [
            f"  T+{real.mark_h} real: {_landed(real)}\n  T+{real.mark_h} plan: {_landed(plan)}"
            for real, plan in zip(marks, planned, strict=True)
        ]
        return Text.assemble((f"{HISTORY}\n", "bold"), "\n".join(lines))
    return _history_table(marks, planned)


def _landed(mark: HistoricMark | Landed) -> str:
    return f"{mark.teams:,} teams, {mark.people:,} people, {tonnes(mark.mass_kg)} t"


def _history_table(marks: Sequence[HistoricMark], planned: Sequence[Landed]) -> Table:
    table = Table(
        box=SIMPLE_HEAD, title="Landed: what really did, and what the plan lands",
        title_justify="left", title_style="bold", padding=(0, 1),
    )  # fmt: skip
    table.add_column("By")
    for name in ("teams", "people", "t"):
        table.add_column(f"real\n{name}", justify="right")
        table.add_column(f"plan\n{name}", justify="right")
    for real, plan in zip(marks, planned, strict=True):
        bounded = " *" if real.of_which_bounded else ""
        table.add_row(
            f"T+{real.mark_h}{bounded}",
            f"{real.teams:,}", f"{plan.teams:,}",
            f"{real.people:,}", f"{plan.people:,}",
            tonnes(real.mass_kg), tonnes(plan.mass_kg),
        )  # fmt: skip
    if any(real.of_which_bounded for real in marks):
        table.caption = "* some arrivals are known only to within a part of a day"
        table.caption_justify = "left"
    return table


def _closing(answer: Answer, written: Sequence[Path]) -> Text:
    counts = grounds_document(answer)
    grounds = (
        f"The case rests on {counts['facts']} facts, {counts['stated']} statements, "
        f"{counts['estimated']} estimates and {counts['assumed']} assumptions."
    )
    lines = [grounds]
    if not answer.violations:
        lines.append("The checker found no broken rule in the plan.")
    if answer.elapsed_s:
        lines.append(f"Answered in {answer.elapsed_s:.1f} s with {answer.peak_memory_mib:.0f} MiB.")
    lines.extend(f"Report: {path}" for path in written)
    lines.append(sentence(answer))  # again: the first line may have scrolled away
    return Text("\n".join(lines))
