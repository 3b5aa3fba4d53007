"""``u24 table``: request and offer tables to fill in, and what is wrong in one."""

from pathlib import Path

import click
import msgspec

from u24.cli.faults import write_bytes
from u24.cli.options import json_option
from u24.desk.tables import read_table, template_of
from u24.errors import InvalidInput
from u24.wire.answer import document_json


@click.command()
@click.argument("what", type=click.Choice(["request", "offer"]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--read", "reading", is_flag=True, help="Read FILE and print what it says as JSON.")
@click.option("--rtl", is_flag=True, help="Columns from right to left.")
@json_option
def table(what: str, file: Path, reading: bool, rtl: bool, as_json: bool) -> None:
    """Write an empty table (FILE.xlsx) of a request or an offer, or read a filled one.

    Reading changes nothing: it names every cell that is wrong, or prints what it says. To
    say it at the desk: u24 ask state-request needs=@FILE, u24 ask make-offer lots=@FILE.

    Example:  u24 table offer offer.xlsx
    """
    if reading:
        _read(what, file)
        return
    if file.exists():
        raise InvalidInput(f"{file} is there; give a new name, or --read to read it")
    try:
        file.write_bytes(template_of(what, right_to_left=rtl))
    except OSError as error:
        raise InvalidInput(f"cannot write {file}: {error.strerror}") from error
    if as_json:
        write_bytes(document_json({"format": 1, "file": str(file)}))
        return
    click.echo(f"{file}: fill it in, then:  u24 table {what} {file} --read")


def _read(what: str, file: Path) -> None:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InvalidInput(f"cannot read {file}: {error.strerror}") from error
    found = msgspec.to_builtins(read_table(what, data, file.name))
    write_bytes(document_json({"format": 1, **found}))
