"""``u24 watch``: let the desk do what is due."""

import time
from pathlib import Path

import click

from u24.cli.at_home import desk_at, home_options
from u24.cli.faults import write_bytes
from u24.cli.options import json_option
from u24.wire.answer import document_json


@click.command()
@click.option(
    "--every", type=click.IntRange(1, 3600),
    help="Look again every so many seconds until stopped.  [default: look once]",
)  # fmt: skip
@home_options
@json_option
def watch(every: int | None, home: Path | None, exercise: bool, as_json: bool) -> None:
    """Do all that is due: end silence procedures, raise and escalate alarms, propose plans.

    What fell due while nobody watched is done now, with the time at which it was due.

    Example:  u24 watch --every 30
    """
    with desk_at(home, exercise=exercise) as desk:
        while True:
            lines = [line for outcome in desk.watch() for line in outcome.changed]
            if as_json:
                write_bytes(document_json({"format": 1, "done": lines}))
            else:
                for line in lines or ([] if every else ["nothing is due"]):
                    click.echo(line)
            if every is None:
                return
            time.sleep(every)
