"""One column of a table: what a cell may hold, and what to say when it does not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Any

LIST_SEPARATOR = "|"
FLAGS = {"yes": True, "no": False}
KINDS = {
    "text": "text",
    "note": "text",
    "whole": "a whole number",
    "number": "a number",
    "flag": "yes or no",
    "list": f"names separated by {LIST_SEPARATOR}",
}


def _flag(cell: str) -> bool:
    if cell not in FLAGS:
        raise ValueError(cell)
    return FLAGS[cell]


READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "whole": int,
    "number": float,
    "flag": _flag,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column's name, kind, unit, meaning and limits, as tables.toml states them.

    An empty cell reads as None ("unknown"), as "" in a note and as () in a list.
    """

    name: str
    kind: str
    meaning: str
    unit: str = ""
    required: bool = False
    low: float | None = None
    high: float | None = None
    allowed: tuple[str, ...] = ()
    pattern: str = ""

    def read(self, cell: str) -> Any:
        """Turn a cell into a value: str, int, float, bool, tuple or None.

        Raises
        ------
        ValueError
            The cell is not of the column's kind.
        """
        if self.kind == "note":
            return cell
        if self.kind == "list":
            return tuple(cell.split(LIST_SEPARATOR)) if cell else ()
        return READERS[self.kind](cell) if cell else None

    def find_fault(self, cell: str) -> str | None:
        """Say what the cell must be, or None if it is good."""
        if not cell:
            return "it must not be empty" if self.required else None
        try:
            value = self.read(cell)
        except ValueError:
            return f"it must be {self._wanted()}"
        return None if self._fits(cell, value) else f"it must be {self._wanted()}"

    def _fits(self, cell: str, value: Any) -> bool:
        if self.kind in {"whole", "number"}:
            return (
                isfinite(value)
                and (self.low is None or value >= self.low)
                and (self.high is None or value <= self.high)
            )
        names = value if self.kind == "list" else (cell,)
        return all(
            (not self.allowed or name in self.allowed)
            and (not self.pattern or re.fullmatch(self.pattern, name) is not None)
            for name in names
        )

    def _wanted(self) -> str:
        wanted = KINDS[self.kind]
        if self.allowed:
            wanted = "one of " + ", ".join(self.allowed)
        if self.pattern:
            wanted += f" like {self.pattern}"
        if self.low is not None:
            wanted += f", {self.low:g} or more"
        if self.high is not None:
            wanted += f", {self.high:g} or less"
        return wanted if self.required else f"{wanted}, or empty"
