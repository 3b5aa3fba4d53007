"""The template of ``u24 new``: a small exercise that works, with every column explained."""

import csv
import io
import json
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from u24.errors import InvalidInput
from u24.intake.case_folder.column import Column, Table
from u24.intake.case_folder.declaring import CASE_FILE, FORMAT, GROUNDS
from u24.intake.case_folder.schema import FILES, SECTIONS
from u24.intake.case_folder.toml_rows import allowed_in_toml

COMMENTED = "commented.toml"  # what the example does without
EXAMPLE = Path(__file__).parent / "example"
PAGE = "docs/reference/case-folder.md"
READABLE = 0o755  # a temporary folder is the writer's alone; a case is shared


def write_template(folder: Path) -> tuple[Path, ...]:
    """Write a new case folder, all of it or nothing, and give its files.

    Raises
    ------
    InvalidInput
        ``folder`` is there already, or cannot be written.
    """
    if folder.exists() or folder.is_symlink():
        raise InvalidInput(f"{folder} is there already; nothing is overwritten, give a new name")
    if not folder.parent.is_dir():
        raise InvalidInput(f"{folder.parent} is not a folder; make it first")
    try:
        _write_whole(folder, template_files())
    except OSError as error:
        raise InvalidInput(f"{folder}: {error.strerror}; give a place to write to") from error
    return tuple(folder / name for name in sorted(template_files()))


def template_files() -> dict[str, str]:
    """The text of each file of the template, by name."""
    files = {CASE_FILE: "\n".join(_case_lines()) + "\n"}
    for table in FILES:
        files[table.name] = _csv_text(table)
    return files


def _explain(column: Column, *, in_toml: bool = False) -> str:
    """What a column means and allows, e.g. ``packs: how many; a whole number, 1 or more``."""
    allowed = allowed_in_toml(column) if in_toml else column.wanted
    parts = [f"{column.name}: {column.meaning}", allowed]
    parts.append("needed" if column.required else f"if empty: {column.if_empty}")
    return "; ".join(parts)


def _write_whole(folder: Path, files: dict[str, str]) -> None:
    """Write beside the folder, then rename: whoever looks sees no folder or a whole one."""
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, text in files.items():
            (draft / name).write_text(text, encoding="utf-8", newline="\n")
        draft.chmod(READABLE)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _csv_text(table: Table) -> str:
    """Header and rows, so that the header is row 1; below them what each column means."""
    out = io.StringIO()
    with (EXAMPLE / table.name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    writer = csv.DictWriter(out, table.column_names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    out.write(f"# {table.meaning} Lines that begin with # are not read.\n")
    out.writelines(f"# {_explain(column)}\n" for column in table.columns)
    return out.getvalue()


def _case_lines() -> Iterator[str]:
    content, commented = _read_toml(CASE_FILE), _read_toml(COMMENTED)
    yield f"# An invented case to begin with. {PAGE} explains every file and key."
    yield "# Lines that begin with # are not read. Where no space follows the #, take it away to"
    yield "# use the line."
    yield f"format = {FORMAT}"
    for section in SECTIONS:
        yield ""
        yield f"# {section.meaning}"
        items = _list_items(content.get(section.name, []))
        for number, item in enumerate(items):
            yield from _section_lines(section, item, with_comments=number == 0)
        for item in commented.get(section.name, []):
            yield from _section_lines(section, item, with_comments=True, mark="#")
    yield ""
    yield "# Tables of your own in place of ours: files of this folder, with the same columns."
    yield "# [tables]"
    yield '# aircraft = "my_aircraft.csv"'


def _read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((EXAMPLE / name).read_text(encoding="utf-8"))


def _list_items(found: Any) -> list[dict[str, Any]]:
    return found if isinstance(found, list) else [found]


def _section_lines(
    section: Table, item: dict[str, Any], *, with_comments: bool, mark: str = ""
) -> Iterator[str]:
    """One section; ``mark`` stands before every line that is not to be read yet."""
    if not with_comments:
        yield ""
    yield mark + (f"[[{section.name}]]" if section.many else f"[{section.name}]")
    for column in section.columns:
        if with_comments:
            yield from _toml_comment(section, column)
        if column.name in item:
            yield f"{mark}{column.name} = {_toml(item[column.name])}"


def _toml_comment(section: Table, column: Column) -> Iterator[str]:
    """What a key means; what rows rest on is told in the first section that has it."""
    first = next(each for each in SECTIONS if GROUNDS[0] in each.columns)
    if column not in GROUNDS or section is first:
        yield f"# {_explain(column, in_toml=True)}"
    elif column == GROUNDS[0]:
        names = ", ".join(each.name for each in GROUNDS)
        yield f"# {names}: what the row rests on, as in [[{first.name}]]"


def _toml(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return json.dumps(value, ensure_ascii=False)  # text, numbers and flags are as in JSON
