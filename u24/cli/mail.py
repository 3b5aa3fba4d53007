"""``u24 mail``: send what is due, and act on what comes in."""

import time
from pathlib import Path

import click

from u24.cli.at_home import desk_at, home_options
from u24.cli.faults import going_on, write_bytes
from u24.cli.options import json_option
from u24.clock import system_clock
from u24.mail.config_file import read_config
from u24.mail.rounds import Round, run_mail
from u24.wire.answer import document_json


@click.command()
@click.argument("config", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--every", type=click.IntRange(5, 3600),
    help="Go on, a round every so many seconds.  [default: one round]",
)  # fmt: skip
@home_options
@json_option
def mail(config: Path, every: int | None, home: Path | None, exercise: bool, as_json: bool) -> None:
    """Send the briefs that are due and act on proven replies, as CONFIG (TOML) says.

    Example:  u24 mail mail.toml --every 60
    """
    settings = read_config(config)
    with desk_at(home, exercise=exercise) as desk:
        while True:
            with going_on(every is not None):
                _show(run_mail(desk, settings, system_clock), as_json=as_json)
            if every is None:
                return
            time.sleep(every)


def _show(done: Round, *, as_json: bool) -> None:
    if as_json:
        told = {"heard": done.heard, "sent": done.sent, "alarms": done.alarms, "fault": done.fault}
        write_bytes(document_json({"format": 1, **told}))
        return
    for line in done.heard:
        click.echo(line)
    click.echo(f"{done.sent} mails sent, {len(done.heard)} heard")
    if done.fault:
        click.echo(f"u24: {done.fault}", err=True)
