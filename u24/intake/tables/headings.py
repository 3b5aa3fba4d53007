"""Which column of a file is which of ours: by heading, by tag, or by a saved mapping."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from u24.intake.case_folder.faults import alike, plain, shown
from u24.intake.tables.faults import Faults, Place, letters_of
from u24.intake.tables.opening import Cell, Cells
from u24.intake.tables.schema import Field, Sheet

FIRST_ROWS = 20  # the headings stand in one of these
IGNORED = ""  # what a mapping gives for a heading that is not ours
TAG = "#"
Saved = Mapping[str, str]  # a partner's heading, or "sheet" : our column, or empty to ignore it


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """A sheet whose columns are known."""

    sheet: Sheet
    cells: Cells
    columns: tuple[tuple[int, Field], ...]  # place from 0 on the left
    body: tuple[tuple[int, tuple[Cell, ...]], ...]

    def place(self, row: int, name: str) -> Place:
        """Where a column's cell stands in a row."""
        at, field = next(held for held in self.columns if held[1].name == name)
        del at
        return self.place_of(row, field)

    def place_of(self, row: int, field: Field) -> Place:
        """As :meth:`place`, of a field."""
        at = next((at for at, held in self.columns if held is field), 0)
        return Place(
            sheet=self.cells.sheet, row=row, column=field.name, letters=letters_of(at)
        )  # fmt: skip


def match_headings(sheet: Sheet, cells: Cells, mapping: Saved, faults: Faults) -> Headed | None:
    """The columns of a sheet; None, and messages, if they cannot be told."""
    index = find_header(sheet, cells, mapping)
    where = f"sheet {cells.sheet}" if cells.sheet else "the file"
    if index is None:
        names = ", ".join(field.name for field in sheet.fields if field.column.required)
        faults.add(f"{where} has no row of headings; give at least {names}")
        return None
    number, header = cells.rows[index]
    tags = _tags(cells, index)
    columns: list[tuple[int, Field]] = []
    good = True
    for at, cell in enumerate(header):
        text = _plain(cell)
        tag = tags[at] if at < len(tags) else ""
        if not text and not tag:
            continue
        field = _find(sheet, text, tag, mapping)
        place = f"{f'{where}, ' if cells.sheet else ''}row {number}, cell {letters_of(at)}{number}"
        if field is None:
            if not _is_ignored(text, mapping):
                near = alike(text, [held.name for held in sheet.fields])
                faults.add(f"{place}: heading {shown(text)} is unknown{near or _known(sheet)}")
                good = False
        elif field in [held for _, held in columns]:
            faults.add(f"{place}: column {field.name} comes twice; keep one")
            good = False
        else:
            columns.append((at, field))
    missing = [
        field.name
        for field in sheet.fields
        if field.column.required and field not in [held for _, held in columns]
    ]
    if missing and good:
        faults.add(f"{where}, row {number}: {plain(', '.join(missing))} is missing; add it")
    if missing or not good:
        return None
    return Headed(
        sheet=sheet, cells=cells, columns=tuple(columns),
        body=cells.rows[index + (2 if tags else 1) :],
    )  # fmt: skip


def find_header(sheet: Sheet, cells: Cells, mapping: Saved) -> int | None:
    """Which row holds the headings: the one with most that are ours, at least two."""
    best, most = None, 1
    for index, (_, row) in enumerate(cells.rows[:FIRST_ROWS]):
        known = sum(_find(sheet, _plain(cell), "", mapping) is not None for cell in row)
        if known > most:
            best, most = index, known
    return best


def count_known(sheet: Sheet, cells: Cells, mapping: Saved) -> int:
    """How many headings of a file are of this sheet, to tell goods from vehicles."""
    index = find_header(sheet, cells, mapping)
    if index is None:
        return 0
    return sum(
        _find(sheet, _plain(cell), "", mapping) is not None for cell in cells.rows[index][1]
    )  # fmt: skip


def simple(heading: str) -> str:
    """A heading without case, blanks and brackets: ``Ready (UTC)`` and ``ready utc`` are one."""
    return re.sub(r"[\W_]+", "", heading.casefold())


def _find(sheet: Sheet, text: str, tag: str, mapping: Saved) -> Field | None:
    wanted = {simple(heading): name for heading, name in mapping.items()}
    if text and simple(text) in wanted:
        return sheet.find(wanted[simple(text)])
    for field in sheet.fields:
        if text and simple(text) in {simple(field.name), simple(field.heading)}:
            return field
    return next((field for field in sheet.fields if tag and tag == field.tag), None)


def _is_ignored(text: str, mapping: Saved) -> bool:
    wanted = {simple(heading): name for heading, name in mapping.items()}
    return wanted.get(simple(text)) == IGNORED


def _tags(cells: Cells, index: int) -> list[str]:
    """The row of tags behind the headings, if there is one (HXL 1.1)."""
    if index + 1 >= len(cells.rows):
        return []
    row = [_plain(cell) for cell in cells.rows[index + 1][1]]
    full = [text for text in row if text]
    if not full or not all(re.fullmatch(r"#[a-z]\w*(\s*\+\s*\w+)*", text) for text in full):
        return []
    return [re.sub(r"\s", "", text) for text in row]


def _known(sheet: Sheet) -> str:
    return f"; known are {', '.join(field.name for field in sheet.fields)}"


def _plain(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else str(cell)
