"""Tables out: CSV or XLSX, row by row, with columns that stay.

A text that a spreadsheet would take for a formula (OWASP, CSV injection) is written as text:
with an apostrophe before it in CSV, as a cell of text in XLSX.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

import xlsxwriter

from u24.clock import require_utc
from u24.errors import InvalidInput

Value = int | float | str | bool | datetime | None
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST_XLSX_CELL = 32_767


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def bare(text: str) -> str:
    """The text of :func:`guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def write_table(
    out: BinaryIO,
    form: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Value]],
    *,
    title: str = "Table",
    right_to_left: bool = False,
) -> int:
    """Write rows as they come; gives how many. Moments are UTC texts that end in Z.

    Parameters
    ----------
    form
        ``csv`` (UTF-8 with byte order mark, commas, CR LF) or ``xlsx``.
    columns
        Names in their order, see ``EXPORTS``; a row may hold no other.

    Raises
    ------
    InvalidInput
        ``form`` is another, a row has an unknown column, or a moment is not in UTC.
    """
    if form == "csv":
        return _write_csv(out, columns, rows)
    if form == "xlsx":
        return _write_xlsx(out, columns, rows, title, right_to_left=right_to_left)
    raise InvalidInput(f"form is {form!r}; it must be csv or xlsx")


def text_of_value(value: Value) -> str:
    """A value as a cell of CSV, before it is guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        require_utc(moment=value)
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _cells(columns: Sequence[str], row: Mapping[str, Value]) -> list[Value]:
    if unknown := sorted(set(row) - set(columns)):
        raise InvalidInput(f"a row has the columns {unknown}; known are {list(columns)}")
    return [row.get(name) for name in columns]


def _write_csv(out: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, Value]]) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(columns)
    count = 0
    for row in rows:
        count += 1
        writer.writerow(
            guarded(value) if isinstance(value, str) else text_of_value(value)
            for value in _cells(columns, row)
        )
    text.detach()
    return count


def _write_xlsx(
    out: BinaryIO,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Value]],
    title: str,
    *,
    right_to_left: bool,
) -> int:
    workbook = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    sheet = workbook.add_worksheet(title[:31])
    if right_to_left:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    bold = workbook.add_format({"bold": True})
    for at, name in enumerate(columns):
        sheet.write_string(0, at, name, bold)
    count = 0
    try:
        for row in rows:
            count += 1
            for at, value in enumerate(_cells(columns, row)):
                write_cell(sheet, count, at, value)
    finally:
        workbook.close()
    return count


def write_cell(sheet: Any, row: int, at: int, value: Value) -> None:
    """One cell: numbers as numbers, all else as text."""
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, at, value)
        return
    sheet.write_string(row, at, _NOT_XML.sub("\ufffd", text_of_value(value))[:LONGEST_XLSX_CELL])
