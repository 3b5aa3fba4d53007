"""The options that commands share."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

P = ParamSpec("P")
R = TypeVar("R")
Command = Callable[P, R]

DEFAULT_SECONDS = 2.8


def _finite(_: click.Context, __: click.Parameter, seconds: float) -> float:
    if not (math.isfinite(seconds) and seconds > 0):
        raise click.BadParameter(f"{seconds:g} is no budget; give seconds above 0")
    return seconds


def json_option(command: Command[P, R]) -> Command[P, R]:
    """``--json``: a document on standard output and nothing else."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON document instead of text."
    )(command)


def heads_option(command: Command[P, R]) -> Command[P, R]:
    """``--heads``: what was kept outside of the record."""
    return click.option(
        "--heads", "heads_file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Heads that were kept outside.  [default: those beside the ledger, if any]",
    )(command)  # fmt: skip


def seconds_option(command: Command[P, R]) -> Command[P, R]:
    """``--seconds``: the planner's budget."""
    return click.option(
        "--seconds",
        type=float,
        callback=_finite,
        default=DEFAULT_SECONDS,
        show_default=True,
        help="Time for planning.",
    )(command)


def idle_seconds_option(command: Command[P, R]) -> Command[P, R]:
    """``--seconds`` where the command is instant: taken, and without effect."""
    return click.option(
        "--seconds",
        type=float,
        callback=_finite,
        default=DEFAULT_SECONDS,
        expose_value=False,
        help="No effect here: this command is instant.",
    )(command)


def what_if_option(command: Command[P, R]) -> Command[P, R]:
    """``--what-if``: changes to suppose."""
    return click.option(
        "--what-if", "changes", multiple=True, metavar="CHANGE",
        help="Suppose a change: cease-fire=true, position:DEU/PROPOSAL=support, "
        "gate:OFFER/GATE=yes, consent:MEMBER/KIND=yes.  May be given again.",
    )(command)  # fmt: skip


def answering_options(command: Command[P, R]) -> Command[P, R]:
    """The options of ``plan`` and ``replay``."""
    options = (
        json_option,
        seconds_option,
        click.option(
            "--work",
            type=click.IntRange(min=1),
            help="Steps of planning in place of --seconds: the same seed gives the same bytes.",
        ),
        click.option(
            "--seed",
            type=click.IntRange(0, 2**32 - 1),
            default=0,
            show_default=True,
            help="Start of the planner's random numbers.",
        ),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            help="Folder for report.html and report.pdf.  [default: out/CASE; none with --json]",
        ),
        what_if_option,
        click.option("--no-report", is_flag=True, help="Write no report."),
    )
    for option in reversed(options):
        command = option(command)
    return command


folder_argument = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
