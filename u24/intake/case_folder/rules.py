"""What must hold between the cells of a row, between rows, and between files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from u24.domain.offers import Caveat, CaveatKind
from u24.intake.case_folder.column import Column, Refers, Table, Type
from u24.intake.case_folder.faults import Row, alike, shown
from u24.intake.case_folder.names import Names, packs_by_kind
from u24.intake.case_folder.schema import MOST_VEHICLES

PACKS = ("pack_kg", "pack_l")
SLIP = 0.85  # as alike as usar_medum and usar_medium; emt3 and emt4 are not
SOURCED = ("fact", "stated")
VIA = (CaveatKind.ONLY_VIA, CaveatKind.NOT_VIA)
TO = (CaveatKind.ONLY_TO, CaveatKind.NOT_TO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the rules need of the case: ``None`` where case.toml does not tell."""

    names: Names
    asked_kinds: frozenset[str] = frozenset()  # what needs ask for, substitutes too
    horizon_h: float | None = None
    planning_figure: str = "best"


def check_rows(table: Table, rows: list[Row], frame: Frame) -> None:
    """Hold every row to its rules. Words that name something get the form the case holds."""
    rules = RULES.get(table.name, ())
    references = [column for column in table.columns if column.refers]
    has_grounds = "basis" in table.column_names
    for row in rows:
        if row.faults.is_full(row.file):
            break
        for column in references:
            _resolve(row, column, frame.names)
        _resolve_caveats(row, table, frame.names)
        if has_grounds:
            _check_grounds(row)
        for rule in rules:
            rule(row, frame)
    _check_unique(table, rows)
    if table.name == "lift.csv":
        _check_count(rows)


def _resolve(row: Row, column: Column, names: Names) -> None:
    """Put the name's own form in place of each word, or tell that it names nothing."""
    name, refers = column.name, column.refers
    if not row.has(name) or refers is None:
        return
    value = row.values[name]
    if column.type is Type.SUBSTITUTES:
        words = tuple(each.kind for each in value)
    else:
        words = value if isinstance(value, tuple) else (value,)
    resolved = []
    for word in words:
        found = word if word == "*" else names.find(refers, word)
        if found is None:
            near = names.alike(refers, word)
            row.refuse(name, f"{shown(word)} is unknown; give {refers}{near}")
            return
        resolved.append(found)
    if column.type is not Type.SUBSTITUTES:
        row.values[name] = tuple(resolved) if isinstance(value, tuple) else resolved[0]


def _resolve_caveats(row: Row, table: Table, names: Names) -> None:
    if not row.has("caveats"):
        return
    caveats = []
    for caveat in row["caveats"]:
        argument = caveat.argument
        if caveat.kind is CaveatKind.OWN_CARGO_ONLY and table.name != "lift.csv":
            row.refuse("caveats", f"{shown(str(caveat))} is for lift.csv only; take it out")
        elif caveat.kind in TO and not names.is_place_or_country(argument):
            near = names.alike(Refers.PLACE, argument)
            allowed = "a place id of case.toml or an ISO 3166-1 alpha-3 code"
            row.refuse("caveats", f"{shown(str(caveat))} names no place; give {allowed}{near}")
        elif caveat.kind in VIA:
            argument = names.find(Refers.AIRPORT, argument) or ""
            if not argument:
                near = names.alike(Refers.AIRPORT, caveat.argument)
                told = f"{shown(str(caveat))} names no airport; give {Refers.AIRPORT}{near}"
                row.refuse("caveats", told)
        caveats.append(Caveat(kind=caveat.kind, argument=argument))
    row.values["caveats"] = tuple(caveats)


def _check_grounds(row: Row) -> None:
    if not row.has("basis"):
        return
    basis = row["basis"]
    if basis in SOURCED and row["source"] is None:
        row.refuse("source", f"it is empty, but basis is {basis}; give a key of sources.csv")
    if basis == "assumed" and row["note"] is None:
        row.refuse("note", "it is empty, but basis is assumed; give the reasoning")


def _check_unique(table: Table, rows: list[Row]) -> None:
    seen: dict[tuple[object, ...], int] = {}
    for row in rows:
        if not table.unique or not row.has(*table.unique):
            continue
        key = tuple(row[column] for column in table.unique)
        if key in seen:
            told = " to ".join(repr(part) for part in key)
            where = "line" if row.section else "row"
            text = f"{told} comes again; it stands in {where} {seen[key]} already, keep one"
            row.refuse(table.unique[-1], text)
        seen.setdefault(key, row.line)


def _check_count(rows: list[Row]) -> None:
    total = 0
    for row in rows:
        total += row["count"] or 0
        if total > MOST_VEHICLES:
            told = f"with it there are {total:,} vehicles; at most {MOST_VEHICLES:,} in a case"
            row.refuse("count", told)
            return


def _before(row: Row, earlier: str, later: str, *, or_equal: bool = False) -> None:
    """Tell of ``later`` if it is not after ``earlier``; both as far as they are given."""
    if not row.has(earlier, later):
        return
    first, then = row[earlier], row[later]
    if then < first or (then == first and not or_equal):
        wrong = "before" if then < first else "no later than"
        limit = f"{_told(first)} or later" if or_equal else f"later than {_told(first)}"
        row.refuse(later, f"{_told(then)} is {wrong} {earlier}, {_told(first)}; give {limit}")


def _told(value: float | datetime) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else f"{value:g}"


def _check_need(row: Row, frame: Frame) -> None:
    for low, high in (("amount_low", "amount_best"), ("amount_best", "amount_high")):
        if row.has(low, high) and row[low] > row[high]:
            wrong = low if low == "amount_low" else high
            other = high if wrong == low else low
            side, limit = ("above", "at most") if wrong == low else ("below", "at least")
            row.refuse(
                wrong, f"{row[wrong]:g} is {side} {other}, {row[other]:g}; give {limit} that"
            )
    figure = f"amount_{frame.planning_figure}"
    if row.has(figure) and row[figure] == 0:
        told = f"0 leaves nothing to plan, as planning_figure is {frame.planning_figure}"
        row.refuse(figure, f"{told}; give more than 0")
    for column in ("due_h", "deadline_h"):
        _within_horizon(row, column, frame)
    _before(row, "due_h", "deadline_h", or_equal=True)


def _within_horizon(row: Row, column: str, frame: Frame, *, below: bool = False) -> None:
    if not row.has(column) or frame.horizon_h is None:
        return
    value, horizon_h = row[column], frame.horizon_h
    if value > horizon_h or (below and value == horizon_h):
        limit = "less than that" if below else "at most that"
        row.refuse(column, f"{value:g} is not within horizon_h, {horizon_h:g}; give {limit}")


def _check_offer(row: Row, frame: Frame) -> None:
    _before(row, "ready_h", "valid_until_h")
    tables = frame.names.tables
    if not row.has("kind") or row["kind"] in packs_by_kind(tables):
        return
    kind = row["kind"]
    if kind not in frame.asked_kinds and (near := alike(kind, packs_by_kind(tables), cutoff=SLIP)):
        told = f"{shown(kind)} is in no table, and no need asks for it"
        row.refuse("kind", f"{told}; give {Refers.KIND}{near}")
        return
    for column in PACKS:
        if row[column] is None and column not in row.bad:
            told = f"it is empty, and no table has a figure for {shown(row['kind'])}"
            row.refuse(column, f"{told}; give a number above 0")


def _check_lift(row: Row, frame: Frame) -> None:
    _within_horizon(row, "available_h", frame, below=True)
    if "available_h" not in row.bad:
        _before(row, "available_h", "until_h")


def _check_airport(row: Row, frame: Frame) -> None:
    if row.has("lorries") and row["lorries"] and row["lorry_class"] is None:
        told = f"it is empty, but lorries is {row['lorries']}; give {Refers.LORRY}"
        row.refuse("lorry_class", told)


def _check_road(row: Row, frame: Frame) -> None:
    if row.has("from", "to") and row["from"] == row["to"]:
        row.refuse("to", f"{shown(row['to'])} is where the road begins; give another site")


def _check_consent(row: Row, frame: Frame) -> None:
    _before(row, "from_h", "until_h")


def _check_arrival(row: Row, frame: Frame) -> None:
    _before(row, "earliest_at", "latest_at", or_equal=True)
    _before(row, "landed_at", "on_site_at", or_equal=True)


RULES: dict[str, tuple[Callable[[Row, Frame], None], ...]] = {
    "consent": (_check_consent,),
    "needs.csv": (_check_need,),
    "offers.csv": (_check_offer,),
    "lift.csv": (_check_lift,),
    "airports.csv": (_check_airport,),
    "roads.csv": (_check_road,),
    "history.csv": (_check_arrival,),
}
