"""``u24 bench``: measure the planner beside its rivals."""

from collections.abc import Sequence
from pathlib import Path

import click

from u24.bench.compare import CHOICES, compare
from u24.bench.instances import Instance, instance_of, made_instance, write_instance
from u24.bench.measure import Terms
from u24.bench.page import HEADINGS, cells_of, table_of
from u24.bench.results import Results, results_json, write_results
from u24.bench.sizes import NAMES as SIZES
from u24.cli.faults import VIOLATIONS, write_bytes
from u24.cli.options import json_option
from u24.cli.progress import watching
from u24.clock import system_clock

DEFAULT_SECONDS = 10.0
OURS = "hybrid"


@click.command()
@click.argument("what", type=click.Choice(["plan"]))
@json_option
@click.option(
    "--size",
    type=click.Choice(SIZES),
    default="S",
    show_default=True,
    help="Size of the made instances: 15, 120 or 600 aircraft.",
)
@click.option(
    "--seed",
    "seeds",
    type=click.IntRange(0, 2**32 - 1),
    multiple=True,
    default=(1,),
    show_default=True,
    help="Which instance, and the contenders' random numbers.  May be given again.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.5, max=86_400),
    default=DEFAULT_SECONDS,
    show_default=True,
    help="Limit of time of each run, from the start of its process.",
)
@click.option(
    "--contender",
    "contenders",
    type=click.Choice(CHOICES),
    multiple=True,
    help="Whom to measure.  May be given again.  [default: all]",
)
@click.option(
    "--instance",
    "named",
    metavar="FILE",
    help="An instance from a file, or the name of a case from history, in place of --size.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the results, one file an instance; same runs are renewed.",
)
@click.option(
    "--save",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the instance of the first seed to this file and measure nothing.",
)
def bench(  # noqa: PLR0913 - one parameter an option
    what: str,
    *,
    as_json: bool,
    size: str,
    seeds: tuple[int, ...],
    seconds: float,
    contenders: tuple[str, ...],
    named: str | None,
    out: Path | None,
    save: Path | None,
) -> None:
    """Measure the planner beside its rivals, on the same instances and terms.

    Example:  u24 bench plan --size S --seed 1 --seconds 10
    """  # fmt: skip
    if save is not None:
        write_instance(_instance(named, size, seeds[0]), save)
        return
    results: list[Results] = []
    with watching() as progress:
        for seed in seeds:
            instance = _instance(named, size, seed)
            terms = Terms(seconds=seconds, seed=seed)
            last = None
            for last in compare(instance, contenders, terms, system_clock, progress):
                if out is not None:
                    write_results(last, out)
            results += [last] if last else []
    if as_json:
        write_bytes(results_json(results))
    else:
        _show(results, seconds)
    if any(run.violations for held in results for run in held.runs if run.contender == OURS):
        raise SystemExit(VIOLATIONS)


def _instance(named: str | None, size: str, seed: int) -> Instance:
    return made_instance(size, seed) if named is None else instance_of(named)


def _show(results: Sequence[Results], seconds: float) -> None:
    """The table, medians over the instances; then whoever failed, with the last word."""
    names = ", ".join(dict.fromkeys(held.instance for held in results))
    found, wrong = table_of(results, seconds)
    rows = [HEADINGS, *map(cells_of, found)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    click.echo(f"{names}, {seconds:g} s each; median / worst")
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
    for fault in wrong:
        click.echo(f"u24: {fault}: a proof is wrong", err=True)
    for held in results:
        for run in held.runs:
            for violation in run.violations:
                click.echo(f"u24: {held.instance} {run.contender}: {violation}", err=True)
            if run.end == "failed":
                click.echo(f"u24: {held.instance} {run.contender}: {run.said}", err=True)
