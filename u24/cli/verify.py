"""``u24 verify``: whether a record proves itself."""

import os
from dataclasses import asdict
from pathlib import Path

import click

from u24.cli.at_home import home_of, home_options
from u24.cli.faults import TAMPERED, write_bytes
from u24.cli.options import heads_option, json_option
from u24.cli.progress import watching
from u24.clock import system_clock
from u24.desk.records import Verified, iso, record_at, verify_record
from u24.wire.answer import document_json

_MOST_WORKERS = 2


@click.command()
@click.argument("ledger", required=False)
@heads_option
@click.option(
    "--key", "trusted_key_hex", metavar="HEX",
    help="The desk's public key, from somebody whom you trust.",
)  # fmt: skip
@home_options
@json_option
def verify(
    ledger: str | None,
    heads_file: Path | None,
    trusted_key_hex: str | None,
    home: Path | None,
    exercise: bool,
    as_json: bool,
) -> None:
    """Check every entry, hash, signature and head of LEDGER; write nothing.

    LEDGER is a file or postgresql://...; without it, the ledger of the desk.

    Exit codes: 0 good, 2 bad input, 3 tampered.

    Example:  u24 verify desk.db --heads kept-heads.jsonl
    """
    place = home_of(home, exercise=exercise)
    record = record_at(ledger, place, system_clock, heads_file=heads_file)
    with watching() as progress:
        verified = verify_record(
            record, trusted_key_hex=trusted_key_hex, progress=progress,
            workers=min(_MOST_WORKERS, os.cpu_count() or 1),
        )  # fmt: skip
    if as_json:
        write_bytes(document_json(_document(record.shown, verified)))
    else:
        click.echo("\n".join(_lines(record.shown, verified)))
    if not verified.good:
        raise SystemExit(TAMPERED)


def _document(ledger: str, verified: Verified) -> dict[str, object]:
    return {
        "format": 1,
        "ledger": ledger,
        "ledger_id": verified.ledger_id,
        "good": verified.good,
        "size": verified.size,
        "root": verified.root.hex(),
        "first_at": verified.first_at and iso(verified.first_at),
        "last_at": verified.last_at and iso(verified.last_at),
        "signatures": verified.signatures,
        "heads": verified.heads,
        "covered": verified.covered,
        "counts": verified.counts,
        "findings": [asdict(finding) for finding in verified.findings],
    }


def _lines(ledger: str, verified: Verified) -> list[str]:
    lines = [f"{ledger}: {'good' if verified.good else 'TAMPERED WITH'}"]
    for finding in verified.findings:
        place = f" at {finding.position}" if finding.position else ""
        lines.append(f"  {finding.code}{place}: {finding.text}")
    untold = sum(verified.counts.values()) - len(verified.findings)
    if untold:
        lines.append(f"  and {untold:,} more of these")
    span = ""
    if verified.first_at and verified.last_at:
        span = f", {verified.first_at:%Y-%m-%d %H:%MZ} to {verified.last_at:%Y-%m-%d %H:%MZ}"
    lines += [
        f"{verified.size:,} entries{span}",
        f"{verified.signatures:,} signatures, {verified.heads:,} heads",
        f"root {verified.root.hex()}",
        _coverage(verified),
    ]
    return lines


def _coverage(verified: Verified) -> str:
    """What the outside knows: only that finds a rewriting of the whole."""
    if verified.covered:
        return f"A head from outside covers the first {verified.covered:,} entries."
    return (
        "No head from outside covers an entry: if all was rewritten, or the end cut off, "
        "this looks the same. Give --heads."
    )
