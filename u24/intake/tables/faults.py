"""What is wrong with a table: one message a fault, each with its sheet, row, column and cell."""

from dataclasses import dataclass, field

from u24.errors import CaseErrors
from u24.intake.tables.schema import MOST_MESSAGES


@dataclass(slots=True)
class Faults:
    """Keeps the first hundred messages and counts the rest."""

    _messages: list[str] = field(default_factory=list)
    _count: int = 0

    def add(self, text: str) -> None:
        """Take one more."""
        self._count += 1
        if self._count <= MOST_MESSAGES:
            self._messages.append(text)

    @property
    def messages(self) -> list[str]:
        """The messages in order; the last one says how many more there are."""
        more = self._count - len(self._messages)
        return [*self._messages, *([f"and {more:,} more"] if more else [])]

    def raise_if_any(self) -> None:
        """Raise CaseErrors if there is a message."""
        if self._count:
            raise CaseErrors(self.messages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a cell stands, as a spreadsheet shows it."""

    sheet: str  # empty for CSV
    row: int
    column: str
    letters: str

    def __str__(self) -> str:
        sheet = f"sheet {self.sheet}, " if self.sheet else ""
        return f"{sheet}row {self.row}, column {self.column} ({self.letters}{self.row})"


def letters_of(number: int) -> str:
    """The letters of a column counted from 0: A .. Z, AA .."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
