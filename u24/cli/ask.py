"""``u24 ask``: ask the desk to do something."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from u24.cli.asking import list_commands, list_fields, read_command
from u24.cli.at_home import caller_of, desk_at, home_of, home_options, person_option
from u24.cli.faults import ANSWERED, REFUSED, plain, write_bytes
from u24.cli.options import json_option
from u24.cli.progress import watching
from u24.domain.commands.command import Outcome
from u24.ids import system_ids
from u24.wire.answer import document_json


@click.command()
@click.argument("command", required=False)
@click.argument("fields", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="Show every command and its fields.")
@click.option(
    "--key", default="",
    help="Your own name for this request; asked again with it, nothing happens twice.",
)  # fmt: skip
@click.option("--for", "acting_for", default="", help="Whom you stand for, as a deputy.")
@person_option
@home_options
@json_option
def ask(  # noqa: PLR0913, PLR0917 - one for each option
    command: str | None,
    fields: tuple[str, ...],
    listing: bool,
    key: str,
    acting_for: str,
    person_id: str,
    home: Path | None,
    exercise: bool,
    as_json: bool,
) -> None:
    """Ask the desk for COMMAND, with FIELDS as name=value; name=@FILE reads JSON or a table.

    Exit codes: 0 done, 2 bad input, 4 refused (nothing was done, and the reason is told).

    Example:  u24 ask open-case title="Earthquake, Hatay" hazard=GH0101 host=TUR --as ana
    """
    if listing or not command:
        _show_commands(as_json=as_json)
        return
    asked = read_command(command, fields)
    caller = caller_of(person_id, home_of(home, exercise=exercise), acting_for=acting_for)
    with desk_at(home, exercise=exercise) as desk, watching() as progress:
        outcome = desk.do(caller, key or system_ids("cli"), asked, progress)
    _show(outcome, as_json=as_json)
    sys.exit(ANSWERED if outcome.is_done else REFUSED)


def _show(outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        write_bytes(document_json({"format": 1, "done": outcome.is_done, **asdict(outcome)}))
        return
    if outcome.refusal is not None:
        click.echo(plain(f"refused ({outcome.refusal.code}): {outcome.refusal.text}"), err=True)
        return
    if outcome.repeated:
        click.echo("was done before; nothing was added")
    for line in outcome.changed:
        click.echo(plain(line))
    for name, made in outcome.made:
        click.echo(plain(f"{name} = {made}"))
    click.echo(f"on record at {', '.join(map(str, outcome.positions))}")


def _show_commands(*, as_json: bool) -> None:
    commands = list_commands()
    if as_json:
        listed = [
            {
                "name": name,
                "fields": [{"name": n, "must": must} for n, must in list_fields(cls)],
                "text": (cls.__doc__ or "").partition("\n")[0],
            }
            for name, cls in commands.items()
        ]
        write_bytes(document_json({"format": 1, "commands": listed}))
        return
    for name, cls in commands.items():
        fields = " ".join(f"{n}=" if must else f"[{n}=]" for n, must in list_fields(cls))
        click.echo(f"{name}  {(cls.__doc__ or '').partition(chr(10))[0]}")
        click.echo(click.wrap_text(fields, 78, "    ", "    "))
