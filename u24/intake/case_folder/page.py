"""The reference page of the case folder, made from the schema."""

from collections.abc import Iterator

from u24.intake.case_folder.column import Column, Table
from u24.intake.case_folder.declaring import (
    CASE_FILE,
    GROUNDS,
    LARGEST_CASE_FILE_BYTES,
    LARGEST_FILE_BYTES,
    MOST_ROWS,
    MOST_VEHICLES,
)
from u24.intake.case_folder.measures import MEASURES, NONE
from u24.intake.case_folder.schema import FILES, SECTIONS
from u24.intake.case_folder.toml_rows import allowed_in_toml, example_in_toml
from u24.reference.conditions import STANDARD

KB, MB = 1_000, 1_000_000
INTRODUCTION = f"""\
# The case folder

<!-- Written by scripts/document_case_folder.py from u24/intake/case_folder/schema.py. -->

A case is a folder of plain files: `{CASE_FILE}` and some CSV files, which a spreadsheet can edit.
`u24 new FOLDER` writes one that works. Whatever is wrong is told at once, one message a fault,
with the file, the row as a spreadsheet shows it, the column, what was found and what is allowed.

## Rules for all CSV files

- UTF-8 text with commas, and `.` as decimal point. The byte order mark and the line ends that
  Excel writes are accepted. Other files (XLSX, UTF-16, semicolons) are refused: save as
  "CSV UTF-8 (comma separated)".
- The first row that is not a comment is the header. Columns may stand in any order; an optional
  one may be missing, an unknown one is an error. Empty rows, and lines that begin with `#`, are
  not read, but they count as rows.
- A cell holds no line break, and at most 10,000 characters. Lists in a cell are separated by `;`.
- An empty cell means unknown, or the default.
- Columns that end in `_h` are hours after T0, or hours; columns that end in `_at` are UTC moments
  like `2023-02-06T20:17Z`. Seconds are kept, fractions of a second are not.
- The columns `basis`, `source` and `note` say what a row rests on. fact and stated need a source
  of sources.csv; assumed needs a note with the reasoning.
- Airports may be written by ICAO or IATA code, in any case; inside, and in every answer, they go
  by their ICAO code, so one airport never stands there twice.
- A spreadsheet may turn `3-6` into a date. Format such a column as text.
- At most {LARGEST_FILE_BYTES // MB} MB a file ({CASE_FILE}: {LARGEST_CASE_FILE_BYTES // KB} kB),
  {MOST_ROWS:,} rows a file and {MOST_VEHICLES:,} vehicles a case. Links must not lead out of
  the folder. Other files in the folder are left alone.

Caveats are `not_to:` and `only_to:` with a place id or ISO3 country, `only_via:` and `not_via:`
with an airport, `not_before_h:` with hours after T0, `only_if:` with a condition, for offers
`once_replaced:` with the kind that must first stand in its place and perhaps how many units of it
(`once_replaced:air_defence_s300*2`), and for lift `own_cargo_only`. All caveats of an offer must
hold; `|` in one of them means either (`only_via:ADA|GZT`).

A kind is a row of the tables goods, teams, capabilities or controlled_kinds, or a word of your own.
Every offer of a controlled kind or of a kind of your own gives `pack_kg` and `pack_l`. Codes from
XAA to XZZ may stand for organisations.
"""
RULES = """\
## Rules between cells

- needs.csv: amount_low <= amount_best <= amount_high; due_h <= deadline_h <= horizon_h. The plan
  works for the figure that `planning_figure` names, rounded up.
- offers.csv: kilograms and litres round up to grams and millilitres.
- lift.csv: a row of `count` 2 becomes the vehicles `L1/1` and `L1/2`. A vehicle stops at the
  earliest of until_h, available_h + crew_duty_h and horizon_h.
- offers.csv: offers that wait for each other with `once_replaced:` are refused if none of them
  can be the first to move.
- [[proposals]]: `body` or `members` decide, not both; only under the rule coalition may both be
  missing. Silence needs a deadline. Only a mission has purposes, and it needs them.
- [[positions]]: a conditional stance names its conditions; support has none.
- [[condition_words]]: a condition does not hold and not hold at one moment, nor at the same time
  as one that it excludes; two that exclude each other are never asked for together.
- [[asks]], [[gate_answers]], [[recorded]]: an id that they name is that of one thing only, so an
  offer, a need and a proposal that stand there have ids of their own.
- [[recorded]]: `permission` is no, not_yet, within_limits or yes; `outcome` is carried, open or
  lost; all other measures are lists, or `none`.
- airports.csv: lorries need a lorry_class.
- roads.csv: with both_ways = yes the way back takes as long, unless it has a row of its own.
- Every row's own name, every airport and every road comes once in its file.
"""
TABLES = """\
### [tables]

Tables of your own in place of the shipped ones, e.g. `aircraft = "my_aircraft.csv"`: the name of
a reference table, and a file of this folder with the columns of that table. If the file's name
ends in `.add.csv` its rows are added instead.
"""


def case_folder_page() -> str:
    """The whole page, as docs/reference/case-folder.md holds it."""
    parts = [INTRODUCTION, RULES, f"## {CASE_FILE}\n\nRequired. It begins with `format = 1`.\n"]
    for section in SECTIONS:
        brackets = f"[[{section.name}]]" if section.many else f"[{section.name}]"
        parts.append("\n".join([f"### {brackets}\n", section.meaning, "", *_rows(section), ""]))
    parts += [_measures(), _conditions(), TABLES]
    for table in FILES:
        needed = "Required." if table.required else "Optional."
        head = [f"## {table.name}\n", f"{needed} {table.meaning}", ""]
        parts.append("\n".join([*head, *_rows(table), ""]))
    parts.append("\n".join(["## basis, source, note\n", *_lines(GROUNDS), ""]))
    return "\n".join(parts)


def _measures() -> str:
    lines = ["#### Measures of [[recorded]]\n", "| measure | meaning | subject | recorded |"]
    lines.append("|---|---|---|---|")
    for name, measure in MEASURES.items():
        answer = ", ".join(measure.words) or str(measure.lists or "any words")
        if not measure.words:
            answer = f"a list, or {NONE}; {answer}"
        lines.append(f"| `{name}` | {measure.meaning} | {measure.subject} | {answer} |")
    return "\n".join([*lines, ""])


def _conditions() -> str:
    lines = ["#### Standard conditions\n", "| id | text | who can bring it | excludes |"]
    lines.append("|---|---|---|---|")
    for name, condition in sorted(STANDARD.items()):
        excludes = ", ".join(condition.excludes)
        lines.append(f"| `{name}` | {condition.text} | {condition.brought_by} | {excludes} |")
    told = "A section [[conditions]] with one of these ids says it more exactly for the case."
    return "\n".join([*lines, "", told, ""])


def _rows(table: Table) -> Iterator[str]:
    own = tuple(column for column in table.columns if column not in GROUNDS)
    yield from _lines(own, in_toml=table in SECTIONS)
    if own != table.columns:
        yield ""
        yield "And `basis`, `source`, `note`, as at the end of this page."


def _lines(columns: tuple[Column, ...], *, in_toml: bool = False) -> Iterator[str]:
    yield "| name | meaning | allowed | if empty | example |"
    yield "|---|---|---|---|---|"
    for column in columns:
        example = example_in_toml(column) if in_toml else column.example
        code = f"`{example}`" if example else ""
        cells = (
            f"`{column.name}`",
            column.meaning,
            _allowed(column, in_toml=in_toml),
            column.if_empty,
            code,
        )
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _allowed(column: Column, *, in_toml: bool) -> str:
    if in_toml:
        return allowed_in_toml(column)
    told = column.wanted
    return told if not column.refers or str(column.refers) in told else f"{told}; {column.refers}"
