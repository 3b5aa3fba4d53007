"""Rows of cells into values by the schema, or into messages that name the cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import isfinite
from typing import Any

from u24.domain.offers import Caveat, CaveatKind
from u24.intake.case_folder.cells import read_cell
from u24.intake.case_folder.column import Refers, Type
from u24.intake.case_folder.faults import shown
from u24.intake.case_folder.kinds import packs_by_kind
from u24.intake.case_folder.names import Names
from u24.intake.tables.faults import Faults
from u24.intake.tables.headings import Headed
from u24.intake.tables.opening import Cell
from u24.intake.tables.schema import GOODS, NEEDS, VEHICLES, Field
from u24.intake.tables.writing import bare

EXCEL_DAY_0 = datetime(1899, 12, 30, tzinfo=UTC)
EXCEL_DAYS = (20_000, 80_000)  # 1954 to 2119
COMMENT = "#"


@dataclass(slots=True)
class Row:
    """One row while it is read; ``bad`` names the columns of which a fault is told."""

    headed: Headed
    number: int
    faults: Faults
    values: dict[str, Any] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)

    def refuse(self, name: str, text: str) -> None:
        """Tell what is wrong with a cell, once."""
        if name in self.bad:
            return
        self.bad.add(name)
        column = self.headed.sheet.find(name)
        assert column is not None  # noqa: S101 - names are those of the schema
        self.faults.add(f"{self.headed.place_of(self.number, column)}: {text}")

    def has(self, *names: str) -> bool:
        """Whether each is good and not empty."""
        return all(self.values.get(name) is not None and name not in self.bad for name in names)

    def __getitem__(self, name: str) -> Any:
        """The value; None where the cell is empty or bad."""
        return self.values.get(name)


def read_rows(headed: Headed, names: Names, faults: Faults) -> list[Row]:
    """All rows of a sheet. Empty rows, and those that begin with ``#``, are not read."""
    rows: list[Row] = []
    for number, cells in headed.body:
        if isinstance(cells[0], str) and cells[0].lstrip().startswith(COMMENT):
            continue
        row = Row(headed=headed, number=number, faults=faults)
        _read_cells(row, cells)
        if any(value is not None for value in row.values.values()) or row.bad:
            _check(row, names)
            rows.append(row)
    _check_unique(rows, headed.sheet.unique)
    return rows


def text_of(cell: Cell, wanted: Field) -> tuple[str, str]:
    """A cell as CSV would write it, and what is wrong with it as such."""
    if isinstance(cell, str):
        return cell.strip(), ""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if wanted.column.type is Type.MOMENT:
            return "", _number_for_moment(cell, wanted)
        is_whole = isfinite(cell) and cell == int(cell) and abs(cell) < 1e15
        return str(int(cell)) if is_whole else repr(cell), ""
    return _text_of_typed(cell), ""


def _text_of_typed(cell: bool | date | time | timedelta) -> str:
    """A spreadsheet's dates have no zone; the headings say that they are in UTC."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%dT%H:%M:%S}Z"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}T00:00Z"
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(cell)


def _number_for_moment(cell: float, wanted: Field) -> str:
    near = ""
    if EXCEL_DAYS[0] <= cell <= EXCEL_DAYS[1]:
        as_date = EXCEL_DAY_0 + timedelta(minutes=round(cell * 24 * 60))
        near = f"; if it is a date, format the cell as one, or write {as_date:%Y-%m-%dT%H:%MZ}"
    return f"{shown(cell)} is a number; give {wanted.column.wanted}{near}"


def _read_cells(row: Row, cells: Iterable[Cell]) -> None:
    held = tuple(cells)
    given = {field.name: held[at] for at, field in row.headed.columns if at < len(held)}
    is_empty = all(isinstance(cell, str) and not cell.strip() for cell in given.values())
    if is_empty:
        return
    for wanted in row.headed.sheet.fields:
        text, fault = text_of(given.get(wanted.name, ""), wanted)
        if not row.headed.cells.sheet:  # in a workbook an apostrophe is what was meant
            text = bare(text)
        value = None
        if not fault:
            value, fault = read_cell(wanted.column, text)
        if fault:
            row.refuse(wanted.name, fault)
        else:
            row.values[wanted.name] = value


def _check(row: Row, names: Names) -> None:
    for wanted in row.headed.sheet.fields:
        refers = wanted.column.refers
        if refers and row.has(wanted.name):
            found = names.find(refers, row[wanted.name])
            if found is None:
                near = names.alike(refers, row[wanted.name])
                row.refuse(
                    wanted.name, f"{shown(row[wanted.name])} is unknown; give {refers}{near}"
                )
            else:
                row.values[wanted.name] = found
    if row.headed.sheet is NEEDS:
        _check_need(row)
    elif row.headed.sheet is GOODS:
        _check_goods(row, names)
    elif row.headed.sheet is VEHICLES:
        _check_order(row, "available_at", "until_at", or_equal=False)
    if "caveats" in row.values and row["caveats"]:
        _check_caveats(row)


def _check_need(row: Row) -> None:
    best = row["amount_best"]
    if row.has("amount_best", "amount_low") and row["amount_low"] > best:
        row.refuse("amount_low", f"{row['amount_low']:g} is above amount_best, {best:g}")
    if row.has("amount_best", "amount_high") and row["amount_high"] < best:
        row.refuse("amount_high", f"{row['amount_high']:g} is below amount_best, {best:g}")
    _check_order(row, "due_at", "deadline_at", or_equal=True)


def _check_goods(row: Row, names: Names) -> None:
    _check_order(row, "ready_at", "valid_until_at", or_equal=False)
    if not row.has("kind"):
        return
    known = packs_by_kind(names.tables)
    missing = [name for name in ("pack_kg", "pack_l") if row[name] is None and name not in row.bad]
    if row["kind"] not in known and missing:
        near = names.alike(Refers.KIND, row["kind"])
        row.refuse(
            "kind", f"{shown(row['kind'])} is in no table; give a known kind, or "
            f"{' and '.join(missing)} as well{near}"
        )  # fmt: skip


def _check_order(row: Row, first: str, then: str, *, or_equal: bool) -> None:
    if not row.has(first, then):
        return
    early, late = row[first], row[then]
    if late < early or (late == early and not or_equal):
        wrong = "before" if late < early else "no later than"
        row.refuse(then, f"{late:%Y-%m-%dT%H:%MZ} is {wrong} {first}, {early:%Y-%m-%dT%H:%MZ}")


def _check_caveats(row: Row) -> None:
    for caveat in row["caveats"]:
        assert isinstance(caveat, Caveat)  # noqa: S101 - made by the cell's reader
        if caveat.kind is CaveatKind.OWN_CARGO_ONLY and row.headed.sheet is not VEHICLES:
            row.refuse("caveats", f"{shown(str(caveat))} is for vehicles only; take it out")
        if caveat.kind is CaveatKind.ONCE_REPLACED and row.headed.sheet is not GOODS:
            row.refuse("caveats", f"{shown(str(caveat))} is for goods only; take it out")


def _check_unique(rows: list[Row], name: str) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if not row.has(name):
            continue
        if row[name] in seen:
            text = f"{shown(row[name])} comes again; it stands in row {seen[row[name]]} already"
            row.refuse(name, f"{text}, give each row its own")
        seen.setdefault(row[name], row.number)
