"""From a folder to a case, or to everything that is wrong with the folder."""

from collections.abc import Callable
from pathlib import Path

from u24.domain.case import Case
from u24.errors import CaseErrors, InvalidInput
from u24.intake.case_folder.build import build_case
from u24.intake.case_folder.csv_rows import read_table
from u24.intake.case_folder.declaring import CASE_FILE
from u24.intake.case_folder.faults import Faults, Row
from u24.intake.case_folder.files import find_fault_of_folder, read_text, tell_misnamed
from u24.intake.case_folder.frame import Frame, frame_of
from u24.intake.case_folder.names import list_table_names
from u24.intake.case_folder.rules import check_rows
from u24.intake.case_folder.schema import FILES, SECTIONS
from u24.intake.case_folder.toml_rows import read_sections
from u24.reference.controlled import list_controlled_kinds
from u24.reference.embargoes import list_embargoes
from u24.reference.gates import list_gates
from u24.reference.tables import SHIPPED, Tables

LONGEST_TOLD = 2_000  # of what a reference table says of a file
# What is made from a table, where its rows must also go together.
MADE_FROM: dict[str, tuple[Callable[[Tables], object], ...]] = {
    "gates": (list_gates,),
    "embargoes": (list_embargoes,),
    "controlled_kinds": (list_controlled_kinds,),
}
ORDER = (CASE_FILE, *(table.name for table in FILES))


def read_case(folder: Path, tables: Tables = SHIPPED) -> Case:
    """Read a case folder; airports come out by their ICAO code, however they were written.

    Parameters
    ----------
    folder
        Holds the files of docs/reference/case-folder.md. Nothing in it is changed.
    tables
        The reference tables, before those of the case's own [tables] take their place.

    Raises
    ------
    CaseErrors
        Everything that is wrong, one message a fault, in order of file and row.
    """
    faults = Faults(files=ORDER)
    if fault := find_fault_of_folder(folder):
        raise CaseErrors([fault])
    rows, own_tables, used = _read_parts(folder, tables, faults)
    faults.raise_if_any()
    try:
        return build_case(rows, own_tables, used)
    except InvalidInput as error:  # a rule of a word that no rule here foresees
        raise CaseErrors([f"{folder}: {error}"]) from error


def check_case(folder: Path, tables: Tables = SHIPPED) -> list[str]:
    """Everything that is wrong with a case folder; empty if it can be read."""
    try:
        read_case(folder, tables)
    except CaseErrors as errors:
        return errors.messages
    return []


def find_tables(folder: Path, case: Case, tables: Tables = SHIPPED) -> Tables:
    """The reference tables with the case's own files from ``folder`` in their place.

    Raises
    ------
    InvalidInput
        A file is gone, or no longer a good table.
    """
    for name, file in case.table_files:
        tables = tables.with_override(name, folder / file)
    return tables


_Parts = tuple[dict[str, list[Row]], dict[str, str], Tables]


def _read_parts(folder: Path, tables: Tables, faults: Faults) -> _Parts:
    """Rows by section and file, the user's own tables, and the tables with them in place."""
    text = read_text(folder, CASE_FILE, faults)
    sections = None if text is None else read_sections(text, faults, list_table_names())
    own_tables = sections.own_tables if sections else {}
    rows = dict(sections.rows) if sections else {}
    unread = _read_files(folder, rows, faults)
    used = _with_own(folder, own_tables, tables, faults)
    if sections is not None:
        tell_misnamed(folder, faults, tuple(own_tables.values()))
    if used is not None:
        _check(rows, frame_of(rows, sections, unread, used), faults)
    return rows, own_tables, used or tables


def _read_files(folder: Path, rows: dict[str, list[Row]], faults: Faults) -> set[str]:
    """Put the rows of each CSV file into ``rows``; gives the names of those that have none."""
    unread = set()
    for table in FILES:
        path = folder / table.name
        rows[table.name] = []
        if not table.required and not path.exists() and not path.is_symlink():
            continue
        text = read_text(folder, table.name, faults)
        found = None if text is None else read_table(table, text, faults)
        if found is None:
            unread.add(table.name)
        rows[table.name] = found or []
    return unread


def _with_own(
    folder: Path, own_tables: dict[str, str], tables: Tables, faults: Faults
) -> Tables | None:
    """The tables with the user's own; None, and messages, if one of these is not good."""
    good = True
    for name, file in own_tables.items():
        if read_text(folder, file, faults) is None:
            good = False
            continue
        try:
            tables = tables.with_override(name, folder / file)
            for check in MADE_FROM.get(name, ()):
                check(tables)
        except InvalidInput as error:
            faults.add(file, 1, str(error).replace(str(folder / file), file)[:LONGEST_TOLD])
            good = False
    return tables if good else None


def _check(rows: dict[str, list[Row]], frame: Frame, faults: Faults) -> None:
    for table in (*SECTIONS, *FILES):
        check_rows(table, rows.get(table.name, []), frame)
    head = next(iter(rows.get("case", ())), None)
    if head is not None and head["estimate_needs"] is False and not rows["needs.csv"]:
        text = "needs.csv: it has no rows; give one need or more, or estimate_needs = true"
        if not faults.knows("needs.csv"):
            faults.add("needs.csv", 1, text)
