"""What is said about bad input, and the exit codes."""

import sys
from collections.abc import Sequence

import click

ANSWERED = 0
BAD_INPUT = 2
VIOLATIONS = 3
REFUSED = 4
TAMPERED = 3


def tell(messages: Sequence[str], *, as_json: bool, on_screen: bool = True) -> None:
    """One line a fault on standard error; with JSON also one object on standard output."""
    if on_screen:
        for message in messages:
            click.echo(f"u24: {message}", err=True)
    if as_json:
        from u24.wire.answer import document_json  # noqa: PLC0415 - only where JSON is wanted

        write_bytes(document_json({"errors": list(messages)}))


def write_bytes(text: bytes) -> None:
    """Put bytes on standard output as they are, whatever its encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
