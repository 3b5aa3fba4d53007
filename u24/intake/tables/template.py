"""Templates for partners: a workbook with notes and lists to choose from, or CSV."""

import csv
import io
from typing import Any

import xlsxwriter

from u24.errors import InvalidInput
from u24.intake.case_folder.column import Column, Type
from u24.intake.case_folder.kinds import packs_by_kind
from u24.intake.tables.schema import MOST_ROWS, OFFER, REQUEST, Field, Sheet
from u24.intake.tables.writing import Value, guarded, text_of_value, write_cell
from u24.reference.aircraft import list_aircraft_classes
from u24.reference.countries import list_countries
from u24.reference.lorries import list_lorry_classes
from u24.reference.tables import SHIPPED, Tables

NOTES, LISTS = "Notes", "Lists"
SHEETS = {"request": REQUEST, "offer": OFFER}
Rows = dict[str, list[dict[str, Value]]]
_WIDTH = 18
_NOTES_WIDTH = 60


def list_sheets(what: str) -> tuple[Sheet, ...]:
    """The sheets of a request or an offer.

    Raises
    ------
    InvalidInput
        ``what`` is neither.
    """
    if what not in SHEETS:
        raise InvalidInput(f"the table is {what!r}; it must be request or offer")
    return SHEETS[what]


def make_workbook(
    what: str,
    *,
    rows: Rows | None = None,
    right_to_left: bool = False,
    tables: Tables = SHIPPED,
) -> bytes:
    """An XLSX template for ``request`` or ``offer``, filled with ``rows`` by sheet if given."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    bold = workbook.add_format({"bold": True, "bg_color": "#DDE6F0", "text_wrap": True})
    lists = _Lists(_words(tables))
    for sheet in list_sheets(what):
        page = workbook.add_worksheet(sheet.name)
        page.freeze_panes(1, 1)
        page.set_column(0, len(sheet.fields) - 1, _WIDTH)
        if right_to_left:
            page.right_to_left()
        for at, field in enumerate(sheet.fields):
            page.write_string(0, at, field.heading, bold)
            page.write_comment(0, at, _explained(field.column))
            lists.offer(page, at, field)
        for number, row in enumerate((rows or {}).get(sheet.name, ()), 1):
            for at, field in enumerate(sheet.fields):
                write_cell(page, number, at, row.get(field.name))
    _write_notes(workbook, list_sheets(what), bold, right_to_left=right_to_left)
    lists.write(workbook)
    workbook.close()
    return out.getvalue()


def make_csv(sheet: Sheet, rows: list[dict[str, Value]] | None = None) -> bytes:
    """A CSV template of one sheet: our names as headings, with a byte order mark for Excel."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(field.name for field in sheet.fields)
    for row in rows or ():
        values = [row.get(field.name) for field in sheet.fields]
        writer.writerow(
            guarded(value) if isinstance(value, str) else text_of_value(value) for value in values
        )
    return text.getvalue().encode("utf-8-sig")


class _Lists:
    """Words to choose from; long lists stand on a hidden sheet."""

    def __init__(self, words: dict[str, list[str]]) -> None:
        self._words = words
        self._columns = {name: at for at, name in enumerate(words)}

    def offer(self, page: Any, at: int, field: Field) -> None:
        """Help with what may stand in a column. Only what is surely wrong is refused."""
        column = field.column
        if field.name in self._words:
            letter = chr(ord("A") + self._columns[field.name])
            source = f"={LISTS}!${letter}$1:${letter}${len(self._words[field.name])}"
            rule: dict[str, Any] = {
                "validate": "list", "source": source, "error_type": "information"
            }  # fmt: skip
        elif column.words:
            rule = {"validate": "list", "source": list(column.words)}
        elif column.type is Type.WHOLE:
            low, high = int(column.low or 0), int(column.high or 0)
            rule = {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
        else:
            return
        told = f"Give {column.wanted}"[:255]
        page.data_validation(1, at, MOST_ROWS, at, {**rule, "error_message": told})

    def write(self, workbook: Any) -> None:
        """Put the long lists into the workbook."""
        page = workbook.add_worksheet(LISTS)
        page.hide()
        for name, at in self._columns.items():
            for row, word in enumerate(self._words[name]):
                page.write_string(row, at, word)


def _words(tables: Tables) -> dict[str, list[str]]:
    aircraft = [each.class_id for each in list_aircraft_classes(tables)]
    lorries = [each.class_id for each in list_lorry_classes(tables)]
    return {
        "kind": sorted(packs_by_kind(tables)),
        "member": sorted(country.iso3 for country in list_countries(tables)),
        "class": sorted({*aircraft, *lorries}),
    }


def _write_notes(
    workbook: Any, sheets: tuple[Sheet, ...], bold: Any, *, right_to_left: bool
) -> None:
    page = workbook.add_worksheet(NOTES)
    if right_to_left:
        page.right_to_left()
    page.set_column(0, 2, _WIDTH)
    page.set_column(3, 5, _NOTES_WIDTH)
    headings = ("Sheet", "Heading", "Column", "Meaning", "Give", "If empty", "Example")
    for at, heading in enumerate(headings):
        page.write_string(0, at, heading, bold)
    number = 0
    for sheet in sheets:
        for field in sheet.fields:
            number += 1
            told = (
                sheet.name, field.heading, field.name, field.column.meaning,
                field.column.wanted, field.column.if_empty, field.column.example,
            )  # fmt: skip
            for at, text in enumerate(told):
                page.write_string(number, at, text)


def _explained(column: Column) -> str:
    parts = [column.meaning, f"Give {column.wanted}"]
    parts.append("Needed" if column.required else f"If empty: {column.if_empty}")
    return ". ".join([*parts, f"Example: {column.example}"] if column.example else parts)
