"""``u24 key``: a person's own signing key."""

from pathlib import Path

import click

from u24.cli.at_home import caller_of, desk_at, home_of, home_options, person_option
from u24.cli.faults import REFUSED, write_bytes
from u24.cli.options import json_option
from u24.desk.home import create_person_key, drop_person_key
from u24.desk.saying import Caller
from u24.domain.commands.people import RegisterKey
from u24.ids import system_ids
from u24.wire.answer import document_json


@click.command()
@person_option
@home_options
@json_option
def key(person_id: str, home: Path | None, exercise: bool, as_json: bool) -> None:
    """Make your signing key, keep it in the desk's folder, and put it on record.

    From then on, what you ask on this machine is signed with it.

    Example:  u24 key --as ana
    """
    place = home_of(home, exercise=exercise)
    person_id = caller_of(person_id, place).person_id
    signer = create_person_key(place, person_id)
    public_key_hex = signer.public_key.hex()
    with desk_at(home, exercise=exercise) as desk:
        asked = RegisterKey(public_key_hex=public_key_hex)
        outcome = desk.do(Caller(person_id), system_ids("key"), asked)
    if outcome.refusal is not None:
        drop_person_key(place, person_id)
        click.echo(f"refused ({outcome.refusal.code}): {outcome.refusal.text}", err=True)
        raise SystemExit(REFUSED)
    if as_json:
        told = {"person_id": person_id, "key_id": signer.key_id, "public_key": public_key_hex}
        write_bytes(document_json({"format": 1, **told}))
        return
    click.echo(f"key {signer.key_id} of {person_id} is on record")
