"""``u24 new``: start a case folder."""

from pathlib import Path

import click

from u24.cli.faults import write_bytes
from u24.cli.options import idle_seconds_option, json_option
from u24.desk.answering import new_case
from u24.errors import InvalidInput
from u24.wire.answer import document_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
@idle_seconds_option
def new(folder: Path, as_json: bool) -> None:
    """Start a case in FOLDER: every file with its header and one example to write over.

    Example:  u24 new my-case
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput(f"{folder} is there and not empty; give a new or an empty folder")
    try:
        new_case(folder)
    except OSError as error:
        raise InvalidInput(f"cannot write {folder}: {error.strerror}") from error
    files = sorted(path.name for path in folder.iterdir())
    if as_json:
        write_bytes(document_json({"format": 1, "folder": str(folder), "files": files}))
        return
    click.echo(f"{folder}: {', '.join(files)}")
    click.echo(f"Fill them in, then:  u24 check {folder}  and  u24 plan {folder}")
