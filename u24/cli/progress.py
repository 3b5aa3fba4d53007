"""How far a slow job is, on standard error: a bar on a terminal, else a line now and then."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

Progress = Callable[[str, float, float], None]

SLOW_S = 2.0  # anything slower than this says how far it is


@contextmanager
def watching(*, slow_s: float = SLOW_S) -> Iterator[Progress]:
    """Give a progress that is called with (stage, done, total)."""
    if sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _lines(slow_s)


def _lines(slow_s: float) -> Progress:
    """A line on standard error each ``slow_s`` seconds; nothing at all for a quick job."""
    spoke_s = time.monotonic()

    def progress(stage: str, done: float, total: float) -> None:
        nonlocal spoke_s
        if time.monotonic() - spoke_s >= slow_s:
            spoke_s = time.monotonic()
            share = min(done / total, 1.0) if total > 0 else 0.0
            click.echo(f"u24: {stage} {100 * share:.0f} %", err=True)

    return progress


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("reading", total=None)

        def progress(stage: str, done: float, total: float) -> None:
            bars.update(task, description=stage, completed=done, total=total or None)

        yield progress
