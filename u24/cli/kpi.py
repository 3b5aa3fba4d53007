"""``u24 kpi``: how long help takes."""

from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from u24.cli.at_home import desk_at, home_options
from u24.cli.faults import write_bytes
from u24.cli.options import json_option
from u24.clock import system_clock
from u24.desk.kpi import kpi as kpi_of
from u24.domain.kpi import Kpi, StepTime
from u24.wire.answer import document_json

S_PER_MIN = 60
MIN_PER_H = 60


@click.command()
@home_options
@json_option
def kpi(home: Path | None, exercise: bool, as_json: bool) -> None:
    """Show how long each step takes from alert to hand-over: median and p90, by member.

    Example:  u24 kpi
    """
    with desk_at(home, exercise=exercise) as desk:
        found = kpi_of(desk.board, now=system_clock(), include_exercises=exercise)
    if as_json:
        write_bytes(document_json({"format": 1, **asdict(found)}))
        return
    _print(found)


def _print(found: Kpi) -> None:
    console = Console()
    sort = "exercises" if found.exercise else "cases"
    console.print(f"{len(found.case_ids)} {sort}, {len(found.closed_case_ids)} closed")
    console.print(_table("All", found.times))
    for member in found.members:
        console.print(_table(member.member, member.times))
    share = found.within_day.met_share
    met = "nothing to tell yet" if share is None else f"{share:.0%} of the weighted need"
    console.print(f"Handed over within 24 h of T0: {met}")


def _table(title: str, times: tuple[StepTime, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=None)
    for heading in ("from", "to", "cases", "median", "p90", "still open"):
        table.add_column(heading, justify="left" if heading in {"from", "to"} else "right")
    for held in times:
        table.add_row(
            held.from_step.replace("_", " "),
            held.to_step.replace("_", " "),
            str(len(held.case_ids)),
            _hours(held.median_s),
            _hours(held.p90_s),
            str(len(held.open_case_ids)),
        )
    return table


def _hours(seconds: float | None) -> str:
    """Hours and minutes; a dash where nothing is known, as that is no zero."""
    if seconds is None:
        return "-"
    minutes = round(abs(seconds) / S_PER_MIN)
    sign = "-" if seconds < 0 and minutes else ""
    return f"{sign}{minutes // MIN_PER_H}:{minutes % MIN_PER_H:02d}"
