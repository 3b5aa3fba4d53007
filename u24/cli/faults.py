"""What is said about bad input, and the exit codes."""

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from u24.errors import ClockWentBack, StoreUnavailable

ANSWERED = 0
BAD_INPUT = 2
VIOLATIONS = 3
REFUSED = 4
TAMPERED = 3


# Controls, and marks that show text in another order than it is written.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def plain(text: str) -> str:
    """One line of what somebody else wrote, so that it cannot steer the reader's terminal."""
    return _UNSEEN.sub(" ", text)


def tell(messages: Sequence[str], *, as_json: bool, on_screen: bool = True) -> None:
    """One line a fault on standard error; with JSON also one object on standard output."""
    if on_screen:
        for message in messages:
            click.echo(f"u24: {message}", err=True)
    if as_json:
        from u24.wire.answer import document_json  # noqa: PLC0415 - only where JSON is wanted

        write_bytes(document_json({"errors": list(messages)}))


@contextmanager
def going_on(going: bool) -> Iterator[None]:
    """What runs for days outlives a full disk or a server that restarts: it tells, and goes on."""
    try:
        yield
    except (StoreUnavailable, ClockWentBack) as error:
        if not going:
            raise
        tell([str(error)], as_json=False)


def write_bytes(text: bytes) -> None:
    """Put bytes on standard output as they are, whatever its encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text)
    sys.stdout.buffer.flush()
