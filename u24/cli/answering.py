"""From a case folder to the board, the JSON document and the reports."""

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from u24.cli.board import print_board
from u24.cli.faults import ANSWERED, VIOLATIONS, write_bytes
from u24.cli.progress import watching
from u24.cli.reports import write_reports
from u24.desk.answering import Limits, answer_case, read_case
from u24.domain.answer import Answer
from u24.wire.answer import answer_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What was asked for on the command line; names as in ``options.py``."""

    as_json: bool
    seconds: float
    work: int | None
    seed: int
    out: Path | None
    changes: tuple[str, ...]
    no_report: bool

    @property
    def limits(self) -> Limits:
        """The planner's budget: steps of work where given, else seconds."""
        seconds = self.seconds if self.work is None else None
        return Limits(seconds=seconds, work=self.work, seed=self.seed)

    def report_folder(self, case_id: str) -> Path | None:
        """Where the reports go; with JSON only where a folder was named."""
        if self.no_report or (self.as_json and self.out is None):
            return None
        return self.out or Path("out") / case_id


def answer_and_show(folder: Path, wishes: Wishes) -> None:
    """Answer the case in ``folder``, show it as wished, and leave with its exit code."""
    case = read_case(folder)
    report_folder = wishes.report_folder(case.case_id)
    with watching() as progress:
        answer = answer_case(case, limits=wishes.limits, progress=progress, changes=wishes.changes)
        written = write_reports(answer, report_folder, progress) if report_folder else ()
    if wishes.as_json:
        write_bytes(answer_json(answer, measured=wishes.work is None))
        for path in written:
            click.echo(f"written: {path}", err=True)
    else:
        print_board(answer, written)
    sys.exit(_exit_code(answer))


def _exit_code(answer: Answer) -> int:
    for broken in answer.violations:
        click.echo(f"u24: rule broken: {broken.rule} at {broken.where}: {broken.text}", err=True)
    return VIOLATIONS if answer.violations else ANSWERED
