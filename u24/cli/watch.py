"""``u24 watch``: let the desk do what is due."""

import time
from collections.abc import Callable
from pathlib import Path

import click

from u24.cli.at_home import desk_at, home_options
from u24.cli.faults import going_on, write_bytes
from u24.cli.options import json_option
from u24.clock import system_clock
from u24.desk.journey import Desk
from u24.domain.commands.command import Outcome
from u24.wire.answer import document_json

Look = Callable[[], list[Outcome]]


@click.command()
@click.option(
    "--every", type=click.IntRange(1, 3600),
    help="Look again every so many seconds until stopped.  [default: look once]",
)  # fmt: skip
@click.option(
    "--mail", "config", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CONFIG", help="Also look whether mail leaves, as CONFIG (TOML) says when it should.",
)  # fmt: skip
@home_options
@json_option
def watch(
    every: int | None, config: Path | None, home: Path | None, exercise: bool, as_json: bool
) -> None:
    """Do all that is due: end silence procedures, raise and escalate alarms, propose plans.

    What fell due while nobody watched is done now, with the time at which it was due.

    Example:  u24 watch --every 30
    """
    with desk_at(home, exercise=exercise) as desk:
        looks: list[Look] = [desk.watch]
        if config is not None:
            looks.append(_mail_watch(desk, config))
        while True:
            with going_on(every is not None):
                done = [outcome for look in looks for outcome in look() if not outcome.repeated]
                lines = [line for outcome in done for line in outcome.changed]
                if as_json:
                    write_bytes(document_json({"format": 1, "done": lines}))
                else:
                    for line in lines or ([] if every else ["nothing is due"]):
                        click.echo(line)
            if every is None:
                return
            time.sleep(every)


def _mail_watch(desk: Desk, config: Path) -> Look:
    """The check that a mailer makes each round, for when the mailer itself is dead."""
    from u24.mail.config_file import read_config  # noqa: PLC0415 - the door is seldom needed
    from u24.mail.heartbeat import watch_mail  # noqa: PLC0415
    from u24.mail.rounds import open_office  # noqa: PLC0415

    office = open_office(desk, read_config(config), system_clock)
    return lambda: watch_mail(office)
