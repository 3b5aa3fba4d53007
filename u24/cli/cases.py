"""``u24 cases``: the cases that come with U24."""

import click

from u24.cli.faults import write_bytes
from u24.cli.options import idle_seconds_option, json_option
from u24.desk.scenarios import list_scenarios
from u24.wire.answer import document_json


@click.command()
@json_option
@idle_seconds_option
def cases(as_json: bool) -> None:
    """List the cases that come with U24, and what each one teaches.

    Example:  u24 cases
    """
    lines = list_scenarios()
    if as_json:
        listed = [
            {"name": line.name, "title": line.title, "t0_at": line.t0_at, "lesson": line.lesson}
            for line in lines
        ]
        write_bytes(document_json({"format": 1, "cases": listed}))
        return
    for line in lines:
        click.echo(f"{line.name}  {line.title}, T0 {line.t0_at:%Y-%m-%d %H:%MZ}")
        click.echo(click.wrap_text(line.lesson, 78, "    ", "    "))
