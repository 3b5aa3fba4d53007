"""The reference page of the tables, made from the schema."""

from collections.abc import Iterator

from u24.intake.tables.exports import EXPORTS, Export
from u24.intake.tables.schema import (
    LARGEST_TABLE_BYTES,
    MOST_COLUMNS,
    MOST_MESSAGES,
    MOST_ROWS,
    OFFER,
    REQUEST,
    Sheet,
)
from u24.intake.tables.vetting import MOST_UNPACKED_BYTES

MIB = 1024 * 1024
INTRODUCTION = f"""\
# Request and offer tables

<!-- Made from u24/intake/tables/schema.py and exports.py by tables_page(). -->

Members fill in a workbook or a CSV file. A request has the sheet {REQUEST[0].name}; an offer has
{OFFER[0].name}, {OFFER[1].name}, or both. A CSV file holds one sheet. Whatever is wrong is told at
once, up to {MOST_MESSAGES} messages, each with sheet, row, column and cell. Reading does nothing
with what it reads, so it is the dry run.

## Rules

- XLSX, or CSV in UTF-8 (UTF-16 with its mark) with commas, semicolons, tabs or bars, and any line
  ends. At most {LARGEST_TABLE_BYTES // MIB} MiB ({MOST_UNPACKED_BYTES // MIB} MiB unpacked),
  {MOST_ROWS:,} rows and {MOST_COLUMNS} columns. No password, no links to other files, no .xls.
- Headings stand in one of the first 20 rows, in any order: our heading, our column name, or one
  of a saved mapping (JSON: the partner's heading to our column, or to "" to leave it out). Case,
  blanks and brackets do not count. An optional column may be missing.
- A row of tags (as in HXL 1.1) may follow the headings; it names columns whose heading is not ours.
- A row that begins with `#`, and an empty one, is not read.
- Moments are UTC: text like `2023-02-06T20:17Z`, or a cell formatted as a date. A bare number is
  refused. Numbers have `.` as decimal point and no thousands separators.
- A text that begins with `=`, `+`, `-` or `@` is written with an apostrophe before it in CSV and
  as text in XLSX, and read back without it.
"""


def tables_page() -> str:
    """The whole page, as Markdown."""
    parts = [INTRODUCTION]
    parts += ["\n".join(_lines_of_sheet(sheet)) for sheet in (*REQUEST, *OFFER)]
    parts.append("## Tables that go out\n\nColumns stay; a new one goes to the end.\n")
    parts += ["\n".join(_lines_of_export(export)) for export in EXPORTS]
    return "\n".join(parts)


def _lines_of_sheet(sheet: Sheet) -> Iterator[str]:
    yield f"## {sheet.name}\n\n{sheet.meaning}\n"
    yield "| column | heading | tag | meaning | allowed | if empty | example |"
    yield "|---|---|---|---|---|---|---|"
    for field in sheet.fields:
        column = field.column
        example = f"`{column.example}`" if column.example else ""
        allowed = column.wanted
        if column.refers and str(column.refers) not in allowed:
            allowed = f"{allowed}; {column.refers}"
        cells = (
            f"`{column.name}`", field.heading, f"`{field.tag}`", column.meaning, allowed,
            column.if_empty, example,
        )  # fmt: skip
        yield _row(cells)
    yield ""


def _lines_of_export(export: Export) -> Iterator[str]:
    yield f"### {export.name}\n\n{export.meaning}\n"
    yield "| column | meaning |"
    yield "|---|---|"
    for column in export.columns:
        yield _row((f"`{column.name}`", column.meaning))
    yield ""


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
