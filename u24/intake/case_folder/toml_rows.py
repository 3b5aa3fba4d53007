"""case.toml into rows: each section is read by the same columns as a row of a CSV file."""

import json
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from u24.intake.case_folder.cells import (
    READERS,
    SEPARATOR,
    Bad,
    require_allowed,
    require_plain,
    require_year,
    utc,
)
from u24.intake.case_folder.column import TABLE_FILE, Column, Table, Type
from u24.intake.case_folder.declaring import CASE_FILE, FORMAT
from u24.intake.case_folder.faults import Faults, Row, alike, shown
from u24.intake.case_folder.schema import SECTIONS

TABLES = "tables"
TOP = ("format", *(section.name for section in SECTIONS), TABLES)
LONGEST_TOLD = 200  # of what the TOML reader says
MOST_KEY_PARTS = 30
# tomllib takes a time that grows with the square of a key's parts; no part is tried twice here.
PART = r"""(?:"[^"\n]*+"|'[^'\n]*+'|[\w-]++)[ \t]*+"""
LONG_KEY = re.compile(rf"(?<![\w-])(?:{PART}\.[ \t]*+){{{MOST_KEY_PARTS}}}")
MOST_LINES = 1_000_000  # a case.toml has fewer; a fault at its end sorts behind the others
HEADER = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_-]+)\s*\]\]?\s*(#.*)?")
KEY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*=""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The rows of each section by its name, and the user's own tables: name to file name."""

    rows: dict[str, list[Row]]
    own_tables: dict[str, str]
    unread: frozenset[str]  # sections of which not every row is known


@dataclass(slots=True, kw_only=True)
class _Lines:
    """On which lines the sections and their keys stand, as far as a plain search tells."""

    starts: dict[str, list[int]] = field(default_factory=dict)
    keys: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)

    def of_section(self, name: str, number: int) -> int:
        starts = self.starts.get(name, [])
        return starts[number] if number < len(starts) else 1


def read_sections(text: str, faults: Faults, table_names: tuple[str, ...]) -> Sections | None:
    """Read case.toml; None, and one message, if it is not TOML.

    ``table_names`` are the reference tables that [tables] may replace.
    """
    content = _parse(text, faults)
    if content is None:
        return None
    lines = _find_lines(text)
    _check_top(content, lines, faults)
    rows = {each.name: _read_section(each, content, lines, faults) for each in SECTIONS}
    own = _read_own_tables(content.get(TABLES, {}), lines, faults, table_names)
    unread = (each.name for each in SECTIONS if _is_unread(each, content))
    return Sections(rows=rows, own_tables=own, unread=frozenset(unread))


def _is_unread(section: Table, content: dict[str, Any]) -> bool:
    """Whether its names cannot be told: it is misspelt, or is not a list of sections."""
    found = content.get(section.name, [])
    is_list = isinstance(found, list) and all(isinstance(item, dict) for item in found)
    return not is_list or _is_misnamed(section.name, content)


def _parse(text: str, faults: Faults) -> dict[str, Any] | None:
    if long_key := LONG_KEY.search(text):
        line = text.count("\n", 0, long_key.start()) + 1
        told = f"line {line}: a key has over {MOST_KEY_PARTS} parts; write [sections]"
        faults.add(CASE_FILE, line, f"{CASE_FILE} {told}")
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r" \(at (line (\d+), column \d+)\)$", str(error))
        told = (str(error)[: where.start()] if where else str(error))[:LONGEST_TOLD]
        place, line = (f" {where[1]}", int(where[2])) if where else (" at its end", MOST_LINES)
        faults.add(CASE_FILE, line, f"{CASE_FILE}{place}: it is not TOML ({told}); mend this line")
    except RecursionError:
        faults.add(
            CASE_FILE, 1, f"{CASE_FILE}: lists are nested too deeply; write them as in the template"
        )
    except ValueError:
        faults.add(
            CASE_FILE, 1, f"{CASE_FILE}: a number has thousands of digits; give a smaller one"
        )
    return None


def _find_lines(text: str) -> _Lines:
    lines, section, number = _Lines(), "", 0
    for at, line in enumerate(text.split("\n"), start=1):
        if header := HEADER.fullmatch(line.rstrip()):
            section = header[1]
            starts = lines.starts.setdefault(section, [])
            number = len(starts)
            starts.append(at)
        elif key := KEY.match(line):
            lines.keys.setdefault((section, number), {}).setdefault(key[1], at)
    return lines


def _check_top(content: dict[str, Any], lines: _Lines, faults: Faults) -> None:
    at = lines.keys.get(("", 0), {})
    top = Row(file=CASE_FILE, line=1, faults=faults, section="key", lines=at)
    if "format" not in content:
        top.refuse("format", f"it is missing; give format = {FORMAT}")
    elif content["format"] != FORMAT or isinstance(content["format"], bool):
        top.refuse("format", f"{shown(content['format'])} is unknown; give {FORMAT}")
    for name in sorted(set(content) - set(TOP)):
        top.lines.setdefault(name, lines.of_section(name, 0))
        known = alike(name, TOP) or f"; allowed are {', '.join(TOP)}"
        top.refuse(name, f"it is unknown{known}")


def _is_misnamed(name: str, content: dict[str, Any]) -> bool:
    """Whether an unknown name looks like that of the section."""
    return bool(alike(name, set(content) - set(TOP)))


def _read_section(
    section: Table, content: dict[str, Any], lines: _Lines, faults: Faults
) -> list[Row]:
    brackets = f"[[{section.name}]]" if section.many else f"[{section.name}]"
    found = content.get(section.name, [])
    if section.required and section.name not in content:
        if _is_misnamed(section.name, content):
            return []  # told already
        faults.add(CASE_FILE, 1, f"{CASE_FILE}: {brackets} is missing; a case needs it")
        return []
    items = [found] if not section.many and isinstance(found, dict) else found
    if (
        not isinstance(items, list)
        or not all(isinstance(item, dict) for item in items)
        or (not section.many and isinstance(found, list))
    ):
        line = lines.of_section(section.name, 0)
        place = f"{CASE_FILE} line {line}, key {section.name}"
        faults.add(
            CASE_FILE, line, f"{place}: it is not a section; write {brackets} above its keys"
        )
        return []
    rows = []
    for number, item in enumerate(items):
        row = Row(
            file=CASE_FILE,
            line=lines.of_section(section.name, number),
            faults=faults,
            section=f"{brackets} {number + 1}, key" if section.many else f"{brackets} key",
            lines=lines.keys.get((section.name, number), {}),
        )
        _fill(row, section, item)
        rows.append(row)
    return rows


def _fill(row: Row, section: Table, item: dict[str, Any]) -> None:
    for name in sorted(set(item) - set(section.column_names)):
        free = [each for each in section.column_names if each not in item]
        known = alike(name, free) or f"; allowed are {', '.join(section.column_names)}"
        row.refuse(name, f"it is unknown{known}")
    for column in section.columns:
        try:
            row.values[column.name] = _read_key(column, item.get(column.name))
        except Bad as bad:
            row.refuse(column.name, f"{bad.what}; give {bad.wanted or wanted_in_toml(column)}")
            if isinstance(found := item.get(column.name), str):
                row.found[column.name] = found


def wanted_in_toml(column: Column) -> str:
    """What a message asks for where TOML writes it in another way than a cell."""
    kinds = {Type.MOMENT: "a UTC moment without quotes like 2023-02-06T01:17:00Z"}
    kinds |= {Type.DAY: "a day without quotes like 2022-03-01", Type.YES_NO: "true or false"}
    each = f", each one of {', '.join(column.words)}" if column.words else ""
    kinds[Type.WORDS] = f"a list like {example_in_toml(column)}{each}"
    return kinds.get(column.type, column.wanted)


def allowed_in_toml(column: Column) -> str:
    """What a key may hold, and what its words must name."""
    told = wanted_in_toml(column)
    return told if not column.refers or str(column.refers) in told else f"{told}; {column.refers}"


def example_in_toml(column: Column) -> str:
    """The column's example as case.toml writes it."""
    if column.type is Type.YES_NO:
        return "true" if column.example == "yes" else "false"
    if column.type is Type.WORDS:
        return json.dumps(column.example.split(SEPARATOR))
    is_bare = column.type in {Type.WHOLE, Type.NUMBER, Type.MOMENT, Type.DAY, Type.TRACE}
    return column.example if is_bare or not column.example else json.dumps(column.example)


def _read_key(column: Column, value: object) -> Any:
    if value is None or (isinstance(value, str) and not value.strip()):
        if column.default:
            return READERS[column.type](column.default, column)
        if column.required:
            raise Bad("it is missing" if value is None else "it is empty")
        return None
    read = FROM_TOML[column.type](value, column)
    require_allowed(column, read, value)
    return read


def _text(value: object, column: Column) -> str:
    if not isinstance(value, str):
        raise Bad(f"{shown(value)} is not text in quotes", f"{column.wanted}, in quotes")
    text = " ".join(value.split())
    require_plain(text)
    return text


def _number(value: object, column: Column) -> float | int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Bad(f"{shown(value)} is not a number", f"{column.wanted}, without quotes")
    require_allowed(column, value, value)
    return value


def _whole(value: object, column: Column) -> int:
    number = _number(value, column)
    if number != int(number):
        raise Bad(f"{shown(value)} is not a whole number")
    return int(number)


def _float(value: object, column: Column) -> float:
    return float(_number(value, column))


def _yes_no(value: object, column: Column) -> bool:
    if not isinstance(value, bool):
        raise Bad(f"{shown(value)} is neither true nor false")
    return value


def _moment(value: object, column: Column) -> datetime:
    if not isinstance(value, datetime):
        raise Bad(f"{shown(str(value))} is not a moment")
    return utc(value, value.isoformat())


def _day(value: object, column: Column) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Bad(f"{shown(str(value))} is not a day")
    return require_year(value, str(value))


def _wanted(value: object, column: Column) -> Any:
    return READERS[Type.WANTED](_text(value, column), column)


def _words(value: object, column: Column) -> tuple[str, ...]:
    if isinstance(value, str):
        words = READERS[Type.WORDS](_text(value, column), column)
        return tuple(words)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Bad(f"{shown(value)} is not a list of texts")
    if not value and column.required:
        raise Bad("the list is empty")
    return tuple(_text(each, column) for each in value)


def _trace(value: object, column: Column) -> tuple[tuple[float, float], ...]:
    if not isinstance(value, list) or len(value) < 2:
        raise Bad(f"{shown(value)} is not two points or more")
    return tuple(_point(point, column) for point in value)


def _point(point: object, column: Column) -> tuple[float, float]:
    if not isinstance(point, list) or len(point) != 2:
        raise Bad(f"{shown(point)} is not a point")
    lon, lat = point
    for part in point:
        if isinstance(part, bool) or not isinstance(part, int | float):
            raise Bad(f"{shown(point)} is not a point")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Bad(f"{shown(point)} is not on Earth", "longitude -180..180, latitude -90..90")
    return float(lon), float(lat)


FROM_TOML: dict[Type, Callable[[object, Column], Any]] = {
    Type.TEXT: _text,
    Type.WHOLE: _whole,
    Type.NUMBER: _float,
    Type.YES_NO: _yes_no,
    Type.MOMENT: _moment,
    Type.DAY: _day,
    Type.WANTED: _wanted,
    Type.WORDS: _words,
    Type.TRACE: _trace,
}


def _read_own_tables(
    found: object, lines: _Lines, faults: Faults, table_names: tuple[str, ...]
) -> dict[str, str]:
    """Names of the user's own tables and their files, as far as the names are good."""
    row = Row(
        file=CASE_FILE,
        line=lines.of_section(TABLES, 0),
        faults=faults,
        section="[tables] key",
        lines=lines.keys.get((TABLES, 0), {}),
    )
    if not isinstance(found, dict):
        row.refuse(TABLES, f"{shown(found)} is not a section; write [tables] above its keys")
        return {}
    for name, file in found.items():
        if name not in table_names:
            known = alike(name, table_names) or f"; allowed are {', '.join(table_names)}"
            row.refuse(name, f"it is not a reference table{known}")
        elif not isinstance(file, str) or not TABLE_FILE.fits(file):
            row.refuse(name, f"{shown(file)} is not allowed; give {TABLE_FILE.wanted}")
        else:
            row.values[name] = file
    return dict(sorted(row.values.items()))
