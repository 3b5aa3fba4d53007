"""The bytes of a table into sheets of cells: CSV in its dialects, XLSX vetted first."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from u24.errors import CaseErrors, InvalidInput
from u24.intake.case_folder.column import LONGEST_CELL
from u24.intake.tables.schema import LARGEST_TABLE_BYTES, MOST_COLUMNS, MOST_ROWS
from u24.intake.tables.vetting import SAVE_AS, vet_workbook

Cell = int | float | str | bool | time | date | datetime | timedelta
ZIP, OLD = b"PK", b"\xd0\xcf\x11\xe0"
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MARK = "\ufeff"
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """One sheet: rows that hold something, each with its number as a spreadsheet counts."""

    sheet: str  # empty for CSV
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


def open_table(data: bytes, name: str) -> tuple[Cells, ...]:
    """The sheets of a file.

    Raises
    ------
    CaseErrors
        The file cannot be read; one message says why and what to do.
    """
    try:
        return _opened(data)
    except InvalidInput as error:
        raise CaseErrors([f"{name}: {error}"]) from error


def _opened(data: bytes) -> tuple[Cells, ...]:
    if len(data) > LARGEST_TABLE_BYTES:
        raise InvalidInput(
            f"it has {len(data):,} bytes; a table has at most {LARGEST_TABLE_BYTES:,}"
        )
    if data.startswith(OLD):
        raise InvalidInput(f"it is an old .xls workbook or has a password; {SAVE_AS}")
    if data.startswith(ZIP):
        return tuple(_sheets(vet_workbook(data)))
    return (Cells(sheet="", rows=tuple(_csv_rows(_text(data)))),)


def _sheets(workbook: bytes) -> Iterator[Cells]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as opened:
            for sheet_name in opened.sheet_names:
                sheet = opened.get_sheet_by_name(sheet_name)
                first_row, first_column = sheet.start or (0, 0)
                rows = []
                for number, row in enumerate(sheet.iter_rows(), first_row + 1):
                    if any(cell != "" for cell in row):
                        rows.append((number, ("",) * first_column + tuple(row)))
                yield Cells(sheet=sheet_name, rows=tuple(rows))
    except CalamineError as error:
        raise InvalidInput(f"the workbook cannot be read ({error}); {SAVE_AS}") from error


def _text(data: bytes) -> str:
    """UTF-8, with or without a byte order mark; UTF-16 as Excel writes "Unicode text"."""
    encoding = WIDE.get(data[:2], "utf-8")
    try:
        text = data.decode(encoding).removeprefix(MARK)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InvalidInput(
            f"row {line}: byte 0x{data[error.start]:02X} is no {encoding.upper()} text; save "
            "it as 'CSV UTF-8'"
        ) from error
    if "\0" in text:
        raise InvalidInput("it holds NUL characters, so it is no text; save it as 'CSV UTF-8'")
    return text


def _csv_rows(text: str) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    reader = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True)
    count = 0
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                count += 1
                if count > MOST_ROWS:
                    raise InvalidInput(
                        f"row {number}: at most {MOST_ROWS:,} rows are read, so split the table"
                    )
                if len(row) > MOST_COLUMNS:
                    raise InvalidInput(
                        f"row {number} has {len(row):,} cells; at most {MOST_COLUMNS} are read"
                    )
                yield number, tuple(row)
    except csv.Error as error:
        raise InvalidInput(
            f"row {reader.line_num}: quotes are not as in CSV, or a cell has over "
            f"{LONGEST_CELL:,} characters ({error})"
        ) from error


def _delimiter(text: str) -> str:
    """What parts the headings: the sign that stands most often in the first row with any."""
    for line in text.split("\n", MOST_COLUMNS)[:MOST_COLUMNS]:
        counts = {sign: line.count(sign) for sign in DELIMITERS}
        if any(counts.values()) and not line.startswith("#"):
            return max(counts, key=lambda sign: counts[sign])
    return ","
