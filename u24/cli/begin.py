"""``u24 begin``: start a desk."""

from pathlib import Path

import click

from u24.cli.at_home import home_of, home_options, whoever
from u24.cli.faults import write_bytes
from u24.cli.options import json_option
from u24.clock import system_clock
from u24.desk.home import begin as begin_at
from u24.domain.commands.people import EnrolPerson
from u24.ids import system_ids
from u24.wire.answer import document_json


@click.command()
@click.option("--name", default="U24 desk", show_default=True, help="What the desk is called.")
@click.option(
    "--admin", "person_id", help="Id of the first administrator.  [default: your account]"
)
@click.option("--admin-name", help="Name of the first administrator.  [default: the id]")
@click.option("--email", default="", help="Address of the first administrator.")
@home_options
@json_option
def begin(  # noqa: PLR0913, PLR0917 - one for each option
    name: str,
    person_id: str | None,
    admin_name: str | None,
    email: str,
    home: Path | None,
    exercise: bool,
    as_json: bool,
) -> None:
    """Start a desk: its ledger, its key, and its first administrator.

    U24_DATABASE=postgresql://... keeps the ledger in PostgreSQL, for a desk that is shared.

    Example:  u24 begin --name "Coordination centre" --admin ana
    """
    place = home_of(home, exercise=exercise)
    first = person_id or whoever()
    desk = begin_at(
        place.folder,
        system_clock,
        system_ids,
        name=name,
        administrator=EnrolPerson(person_id=first, name=admin_name or first, email=email),
        database=place.database,
        exercise=exercise,
    )
    desk.refresh()
    board = desk.board
    desk.store.close()
    if as_json:
        told = {"ledger_id": board.ledger_id, "name": name, "exercise": exercise, "admin": first}
        write_bytes(document_json({"format": 1, **told, "home": str(place.folder)}))
        return
    kind = "exercise desk" if exercise else "desk"
    click.echo(f"{kind} {name!r} begun in {place.folder}; {first} is its administrator")
    click.echo(f"Keep {place.key_file.name} safe: it signs the heads of the record.")
    click.echo("Then:  u24 ask enrol-person person_id=... name=...")
