"""``u24 export``, ``restore``, ``bundle`` and ``take-in``: the record on its way elsewhere."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from u24.cli.at_home import caller_of, desk_at, home_of, home_options, person_option
from u24.cli.faults import REFUSED, write_bytes
from u24.cli.options import json_option
from u24.cli.progress import watching
from u24.clock import system_clock
from u24.desk.exchange.carrying import (
    Look,
    bundle_case,
    export_record,
    look_at_bundle,
    public_key_at,
    restore_record,
    take_in_bundle,
)
from u24.errors import InvalidInput
from u24.wire.answer import document_json

out_argument = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
in_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.command()
@out_argument
@click.option("--whole", is_flag=True, help="With confidential stocks and positions too.")
@home_options
@json_option
def export(file: Path, whole: bool, home: Path | None, exercise: bool, as_json: bool) -> None:
    """Write the whole record to FILE as JSON lines with its proofs.

    Confidential bodies are left out unless --whole; every hash still proves itself.

    Example:  u24 export record.jsonl
    """
    place = home_of(home, exercise=exercise)
    with desk_at(home, exercise=exercise) as desk, watching() as progress:
        written = export_record(desk, place, file, whole=whole, progress=progress)
    if as_json:
        told = {"entries": written.entries, "withheld": written.withheld}
        write_bytes(
            document_json({"format": 1, "file": str(file), **told, "root": written.root.hex()})
        )
        return
    click.echo(f"{file}: {written.entries:,} entries, {written.withheld:,} of them withheld")


@click.command()
@in_argument
@home_options
@json_option
def restore(file: Path, home: Path | None, exercise: bool, as_json: bool) -> None:
    """Make a lost ledger anew from FILE, an export with every body, where none stands.

    The desk's key is not in an export; put your copy of it back beside the ledger.

    Example:  u24 restore record.jsonl --home new-home
    """
    place = home_of(home, exercise=exercise)
    with watching() as progress:
        entries = restore_record(file, place, progress=progress)
    if as_json:
        write_bytes(document_json({"format": 1, "ledger": place.shown, "entries": entries}))
        return
    click.echo(f"{place.shown}: {entries:,} entries restored")


@click.command()
@click.argument("case")
@out_argument
@person_option
@home_options
@json_option
def bundle(
    case: str, file: Path, person_id: str, home: Path | None, exercise: bool, as_json: bool
) -> None:
    """Write CASE to FILE, signed, for another desk to take in.

    Example:  u24 bundle U24-2026-014 case.u24 --as ana
    """
    place = home_of(home, exercise=exercise)
    with desk_at(home, exercise=exercise) as desk:
        written = bundle_case(desk, caller_of(person_id, place), case, file, system_clock, place)
        ledger_id = desk.board.ledger_id
    if as_json:
        write_bytes(document_json({"format": 1, "file": str(file), **asdict(written)}))
        return
    click.echo(f"{file}: {written.entries:,} entries, {written.withheld:,} of them withheld")
    click.echo("The other desk takes it in with our name and public key:")
    click.echo(f"  --trust {ledger_id}={public_key_at(place)}")


@click.command("take-in")
@in_argument
@click.option(
    "--trust", "trusted", multiple=True, metavar="LEDGER=KEY",
    help="The other desk's ledger and public key, from somebody whom you trust.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Only say what would be added and what disagrees.")
@person_option
@home_options
@json_option
def take_in(  # noqa: PLR0913, PLR0917 - one for each option
    file: Path,
    trusted: tuple[str, ...],
    dry_run: bool,
    person_id: str,
    home: Path | None,
    exercise: bool,
    as_json: bool,
) -> None:
    """Take in another desk's case from FILE. Nothing is overwritten; conflicts are shown.

    Exit codes: 0 taken in, 2 bad input, 4 refused.

    Example:  u24 take-in case.u24 --trust ledger_01=9f.. --as ana
    """
    keys = _trusted_keys(trusted)
    with desk_at(home, exercise=exercise) as desk:
        if dry_run:
            look = look_at_bundle(desk, file, keys)
            told, lines, refused = asdict(look), list(_told(look)), ""
        else:
            caller = caller_of(person_id, home_of(home, exercise=exercise))
            outcome = take_in_bundle(desk, caller, file, keys, system_clock)
            told, lines = asdict(outcome), list(outcome.changed)
            refused = outcome.refusal.text if outcome.refusal else ""
    if as_json:
        write_bytes(document_json({"format": 1, "dry_run": dry_run, **told}))
    else:
        for line in [f"refused: {refused}"] if refused else lines:
            click.echo(line, err=bool(refused))
    if refused:
        raise SystemExit(REFUSED)


def _told(look: Look) -> Iterator[str]:
    yield f"{look.call_sign} of {look.desk_name}: {len(look.new)} facts are new, {look.known} known"
    if look.withheld:
        yield f"{look.withheld} facts are withheld by {look.desk_name}"
    for line in look.conflicts:
        yield f"conflict: {line}"
    for line in look.faults:
        yield f"fault: {line}"


def _trusted_keys(trusted: tuple[str, ...]) -> dict[str, str]:
    keys = {}
    for pair in trusted:
        ledger_id, equals, key = pair.partition("=")
        if not equals or not ledger_id or not key:
            raise InvalidInput(f"--trust is {pair!r}; give LEDGER=KEY")
        keys[ledger_id] = key
    return keys
