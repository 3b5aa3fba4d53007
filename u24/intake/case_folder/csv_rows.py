"""CSV text into rows of cells. A line is a row: a cell holds no line break."""

import csv
import re
from collections.abc import Iterator
from typing import Any

from u24.intake.case_folder.cells import read_cell
from u24.intake.case_folder.column import LONGEST_CELL, Table
from u24.intake.case_folder.declaring import MOST_ROWS
from u24.intake.case_folder.faults import Faults, Row, alike, plain, shown
from u24.intake.case_folder.files import SAVE_AS

LINE_END = re.compile(r"\r\n|\n|\r")
COMMENT = "#"
Seen = dict[str, dict[str, tuple[Any, str]]]  # cells read before, by column: most come again
MOST_SEEN = 1_000
MOST_COLUMNS = 100
END_IN_QUOTES = "unexpected end of data"  # how csv tells of a quote that nobody closes
OPEN_QUOTE = ': a quote (") is open at the end of the row; close it, without a line break'


def read_table(table: Table, text: str, faults: Faults) -> list[Row] | None:
    """All rows of a file, each cell read by its column; what is wrong goes to ``faults``.

    None if the header does not tell what the cells are.
    """
    lines = _lines(text)
    first = next(lines, None)
    if first is None:
        faults.add(table.name, 1, f"{table.name}: it has no header; give {_header(table)}")
        return None
    header = _read_header(table, first, faults)
    if not any(header):
        return None
    rows: list[Row] = []
    seen: Seen = {column.name: {} for column in table.columns}
    for line, cells in _records(table.name, len(header), lines, faults):
        named = dict(zip(header, cells, strict=True))
        if named.pop("", ""):
            told = "a cell stands under a column without a name; give it a name, or empty it"
            faults.add(table.name, line, f"{table.name} row {line}: {told}")
        rows.append(_read_row(table, line, named, seen, faults))
        if faults.is_full(table.name):
            break
        if len(rows) > MOST_ROWS:
            faults.add(table.name, line, f"{table.name}: over {MOST_ROWS:,} rows; split the case")
            break
    return rows


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers, without empty lines and comments."""
    for number, line in enumerate(LINE_END.split(text), start=1):
        if line.strip(" \t,") and not line.lstrip('" ').startswith(COMMENT):
            yield number, line


def _read_header(table: Table, first: tuple[int, str], faults: Faults) -> list[str]:
    """The names of the columns; empty, and messages, if the file cannot be read by them.

    A spreadsheet may write columns without a name; their cells must be empty.
    """
    number, line = first
    for other, name in ((";", "semicolons"), ("\t", "tabs")):
        if other in line and "," not in line:
            text = f"columns are separated by {name}; {SAVE_AS}"
            faults.add(table.name, number, f"{table.name} row {number}: {text}")
            return []
    names, fault = _split(line)
    header = [name.strip() for name in names]
    if len(header) > MOST_COLUMNS:
        fault = f": found {len(header):,} columns; at most {MOST_COLUMNS} are read"
    found = [fault] if fault else list(_faults_of_header(table, header))
    for text in found:
        faults.add(table.name, number, f"{table.name} row {number}{text}")
    return [] if fault else header


def _faults_of_header(table: Table, header: list[str]) -> Iterator[str]:
    for place, name in enumerate(header):
        if not name:
            continue
        if name in header[:place]:
            yield f", column {plain(name)}: the name comes twice; keep one"
        elif name not in table.column_names:
            near = alike(name, [each for each in table.column_names if each not in header])
            known = near or f"; allowed are {', '.join(table.column_names)}"
            yield f": column {shown(name)} is unknown{known}"
    for column in table.columns:
        if column.required and column.name not in header:
            yield f", column {column.name}: it is missing; give {column.wanted}"


def _header(table: Table) -> str:
    return ",".join(column.name for column in table.columns if column.required)


def _records(
    file: str, width: int, lines: Iterator[tuple[int, str]], faults: Faults
) -> Iterator[tuple[int, list[str]]]:
    """Cells of each line. Behind a quote that stays open, lines that do not fit belong to it."""
    is_open = False
    for number, line in lines:
        cells, fault = _split(line)
        if is_open and (fault or len(cells) != width):
            continue
        is_open = fault == OPEN_QUOTE
        if not fault and len(cells) != width:
            fault = f": found {len(cells)} cells; the header has {width}, give as many"
        if fault:
            faults.add(file, number, f"{file} row {number}{fault}")
        else:
            yield number, cells


def _split(line: str) -> tuple[list[str], str]:
    """The cells of a line, or what is wrong with it."""
    if len(line) > LONGEST_CELL * 10:
        return [], f": found {len(line):,} characters; a row has at most {LONGEST_CELL * 10:,}"
    try:
        return next(csv.reader([line], strict=True)), ""
    except csv.Error as error:
        if str(error) == END_IN_QUOTES:
            return [], OPEN_QUOTE
        return [], f": quotes are not as in CSV ({error}); write a quote in a cell as two"


def _read_row(table: Table, line: int, cells: dict[str, str], seen: Seen, faults: Faults) -> Row:
    row = Row(file=table.name, line=line, faults=faults)
    for column in table.columns:
        cell = cells.get(column.name, "").strip()
        known = seen[column.name]
        if cell not in known:
            if len(known) >= MOST_SEEN:
                known.clear()
            known[cell] = read_cell(column, cell)
        value, fault = known[cell]
        if fault and column.name in cells:
            row.refuse(column.name, fault)
            row.found[column.name] = cell
        elif fault:
            row.bad.add(column.name)  # told with the header
        else:
            row.values[column.name] = value
    return row
