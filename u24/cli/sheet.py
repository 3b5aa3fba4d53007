"""``u24 sheet``: what stands, as a table for others."""

from pathlib import Path

import click

from u24.cli.at_home import caller_of, desk_at, home_of, home_options, person_option
from u24.cli.faults import REFUSED, write_bytes
from u24.cli.options import json_option
from u24.clock import system_clock
from u24.desk.exchange.tables_out import NAMES, write_desk_table
from u24.domain.commands.command import Refusal
from u24.wire.answer import document_json


@click.command()
@click.argument("what", type=click.Choice(NAMES))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("case", default="")
@person_option
@home_options
@json_option
def sheet(  # noqa: PLR0913, PLR0917 - one for each option
    what: str,
    file: Path,
    case: str,
    person_id: str,
    home: Path | None,
    exercise: bool,
    as_json: bool,
) -> None:
    """Write what you may see of every case, or of CASE, to FILE (.csv or .xlsx).

    A file of that name is replaced. What is not known is an empty cell.

    Example:  u24 sheet board board.xlsx U24-2026-014 --as ana
    """
    caller = caller_of(person_id, home_of(home, exercise=exercise))
    with desk_at(home, exercise=exercise) as desk:
        written = write_desk_table(
            desk.board, what, file, caller.person_id, system_clock(), said=case
        )
    if isinstance(written, Refusal):
        click.echo(f"refused ({written.code}): {written.text}", err=True)
        raise SystemExit(REFUSED)
    if as_json:
        write_bytes(document_json({"format": 1, "file": str(file), "rows": written}))
        return
    click.echo(f"{file}: {written} rows of {what}")
