"""``u24 check``: every fault of a case folder."""

from pathlib import Path

import click

from u24.cli.faults import write_bytes
from u24.cli.options import folder_argument, idle_seconds_option, json_option
from u24.desk.answering import check_case
from u24.errors import CaseErrors
from u24.wire.answer import document_json


@click.command()
@folder_argument
@json_option
@idle_seconds_option
def check(folder: Path, as_json: bool) -> None:
    """Find every fault of the case in FOLDER; plan nothing.

    Example:  u24 check my-case
    """
    faults = check_case(folder)
    if faults:
        raise CaseErrors(faults)
    if as_json:
        write_bytes(document_json({"format": 1, "folder": str(folder), "errors": []}))
    else:
        click.echo(f"{folder}: no fault found")
