"""``u24 prove``: a file that proves one entry to an outsider."""

from pathlib import Path

import click

from u24.cli.at_home import home_of, home_options
from u24.cli.faults import write_bytes
from u24.cli.options import heads_option, json_option
from u24.clock import system_clock
from u24.desk.records import prove_entry, record_at
from u24.errors import InvalidInput


@click.command()
@click.argument("entry")
@click.option(
    "--ledger", metavar="PLACE",
    help="The record: a file or postgresql://...  [default: the ledger of the desk]",
)  # fmt: skip
@heads_option
@click.option(
    "--desk-key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The desk's key, to sign a new head if none covers ENTRY.  "
    "[default: the one beside the ledger]",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="Where the proof goes.  [default: proof-POSITION.json; none with --json]",
)  # fmt: skip
@click.option("--no-body", is_flag=True, help="Withhold what was said; its hash is proven.")
@click.option("--whole", is_flag=True, help="Tell what was said also where it is confidential.")
@home_options
@json_option
def prove(  # noqa: PLR0913, PLR0917 - one for each option
    entry: str,
    ledger: str | None,
    heads_file: Path | None,
    desk_key: Path | None,
    out: Path | None,
    no_body: bool,
    whole: bool,
    home: Path | None,
    exercise: bool,
    as_json: bool,
) -> None:
    """Write a proof that ENTRY stands on record, for people who have no U24.

    ENTRY is a position, or the key of a command. A confidential stock or position is
    withheld unless --whole; its hash is proven. The proof is checked with
    u24/ledger/verify_proof.py alone.

    Exit codes: 0 written, 2 bad input, 3 the record is tampered with.

    Example:  u24 prove 17 --ledger desk.db
    """
    place = home_of(home, exercise=exercise)
    record = record_at(ledger, place, system_clock, heads_file=heads_file, key_file=desk_key)
    found, proof = prove_entry(record, entry, with_body=not no_body, whole=whole)
    if out is None and not as_json:
        out = Path(f"proof-{found.position}.json")
    if out is not None:
        _write(out, proof)
    if as_json:
        write_bytes(proof)
    else:
        click.echo(f"{out}: proves entry {found.position}, {found.kind} by {found.actor}")


def _write(path: Path, proof: bytes) -> None:
    try:
        path.write_bytes(proof)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
