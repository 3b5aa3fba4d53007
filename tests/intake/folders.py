"""Case folders for tests: the template, and one thing changed in it."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from u24.intake.case_folder import write_template

Edit = Callable[[Path], object]


class Malformed(NamedTuple):
    """The rule that is broken, the change in the template, and the one message for it."""

    rule: str
    change: Edit
    message: str


def a_folder(parent: Path) -> Path:
    folder = parent / "case"
    write_template(folder)
    return folder


def put(file: str, row: int, column: str, cell: str) -> Edit:
    """Write ``cell`` into a row, counted as a spreadsheet does."""

    def edit(folder: Path) -> None:
        lines = (folder / file).read_text("utf-8").split("\n")
        header = lines[0].split(",")
        cells = next(csv.reader([lines[row - 1]]))
        cells[header.index(column)] = cell
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow(cells)
        lines[row - 1] = out.getvalue()
        (folder / file).write_text("\n".join(lines), "utf-8")

    return edit


def swap(file: str, old: str, new: str) -> Edit:
    """Put ``new`` in place of the first ``old``, which must be there."""

    def edit(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        assert old in text, old
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")

    return edit


def write(file: str, content: bytes) -> Edit:
    return lambda folder: (folder / file).write_bytes(content)


def remove(file: str) -> Edit:
    return lambda folder: (folder / file).unlink()


def both(*edits: Edit) -> Edit:
    def edit(folder: Path) -> None:
        for each in edits:
            each(folder)

    return edit


def link(file: str, target: str) -> Edit:
    """Put a symbolic link in place of a file."""

    def edit(folder: Path) -> None:
        (folder / file).unlink(missing_ok=True)
        (folder / file).symlink_to(target)

    return edit
