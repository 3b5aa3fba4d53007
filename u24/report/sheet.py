"""A table of the report, before it becomes HTML or print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Text with the keys of the sources it stands on; ``anchor`` can be linked to."""

    text: str
    sources: tuple[str, ...] = ()
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One titled table.

    ``figures`` are the numbers of the columns that hold figures and stand right. The
    first column names the row. ``empty`` is said in place of a table without rows,
    ``note`` after the table. ``shares`` are the columns' widths in print.
    """

    key: str
    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: frozenset[int] = frozenset()
    shares: tuple[float, ...] = ()
    empty: str = "None."
    note: str = ""
    folded: bool = False  # shown on demand on a page
    printed: bool = True


def row(*cells: str | Cell) -> tuple[Cell, ...]:
    """Cells of one row; plain text has no sources."""
    return tuple(cell if isinstance(cell, Cell) else Cell(text=cell) for cell in cells)
