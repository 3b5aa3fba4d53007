"""What is wrong with a folder: one message a fault, each with its place."""

import difflib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from u24.errors import CaseErrors

LONGEST_SHOWN = 60
MOST_PER_FILE = 500
CUTOFF = 0.6  # difflib's own: below it words do not look alike to a reader


def shown(found: object) -> str:
    """A value as a message shows it: quoted, short, control characters escaped."""
    try:
        text = repr(found)
    except (ValueError, RecursionError):  # a number of more digits than Python writes, a deep list
        return "a huge value"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."


def plain(name: str) -> str:
    """A name as a message shows it: as it is, unless it is long or hides something."""
    return name if name.isprintable() and len(name) <= LONGEST_SHOWN else shown(name)


def alike(word: str, known: Iterable[str], *, cutoff: float = CUTOFF) -> str:
    """``; did you mean 'x' or 'y'?`` for known words that look like ``word``, or nothing."""
    by_lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(word[:LONGEST_SHOWN].lower(), by_lower, n=3, cutoff=cutoff)
    near = " or ".join(repr(by_lower[each]) for each in found)
    return f"; did you mean {near}?" if near else ""


@dataclass(slots=True)
class Faults:
    """Gathers messages; gives them in the order of ``files``, then of lines.

    No more than 500 messages a file are kept, and readers stop there, so that a hostile
    folder takes neither memory nor time.
    """

    files: tuple[str, ...]
    _found: list[tuple[int, int, int, str]] = field(default_factory=list)
    _count: Counter[str] = field(default_factory=Counter)

    def is_full(self, file: str) -> bool:
        """Whether no further fault of ``file`` is kept."""
        return self._count[file] >= MOST_PER_FILE

    def knows(self, file: str) -> bool:
        """Whether something is wrong with ``file`` already."""
        return self._count[file] > 0

    def add(self, file: str, line: int, text: str) -> None:
        """Keep ``text``, which begins with its place."""
        if not self.is_full(file):
            rank = self.files.index(file) if file in self.files else len(self.files)
            self._found.append((rank, line, len(self._found), text))
        self._count[file] += 1

    def messages(self) -> list[str]:
        """All messages, in order of file and line."""
        more = [
            f"{file}: {MOST_PER_FILE} faults are told, and there may be more; mend these first"
            for file in self._count
            if self.is_full(file)
        ]
        return [text for *_, text in sorted(self._found)] + more

    def raise_if_any(self) -> None:
        """Raise CaseErrors if there is a message."""
        if self._found:
            raise CaseErrors(self.messages())


@dataclass(slots=True)
class Row:
    """One row of a file, or section of case.toml, while it is read.

    ``values`` holds what could be read, defaults included; ``None`` is an empty cell.
    ``bad`` names the columns of which a fault is told already, so that it is told once.
    """

    file: str
    line: int
    faults: Faults
    section: str = ""  # e.g. [[places]] 2, key
    values: dict[str, Any] = field(default_factory=dict)
    found: dict[str, str] = field(default_factory=dict)  # what stood in a bad cell
    lines: dict[str, int] = field(default_factory=dict)  # of case.toml, where a key stands
    bad: set[str] = field(default_factory=set)

    def refuse(self, column: str, text: str) -> None:
        """Tell that ``column`` is wrong; ``text`` says what was found and what is allowed."""
        if column in self.bad:
            return
        self.bad.add(column)
        line = self.lines.get(column, self.line)
        place = f"line {line}, {self.section}" if self.section else f"row {line}, column"
        self.faults.add(self.file, line, f"{self.file} {place} {plain(column)}: {text}")

    def has(self, *columns: str) -> bool:
        """Whether each column is good and not empty."""
        return all(self.values.get(each) is not None and each not in self.bad for each in columns)

    def __getitem__(self, column: str) -> Any:
        """The value of a column; None where the cell is empty or bad."""
        return self.values.get(column)
