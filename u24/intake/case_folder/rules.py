"""What must hold between the cells of a row, between rows, and between files."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from u24.domain.asks import Part
from u24.domain.consent import EITHER, TYPE_WORDS, alternatives
from u24.domain.needs import Substitute
from u24.domain.offers import Caveat, CaveatKind
from u24.intake.case_folder import rules_decisions
from u24.intake.case_folder.column import Column, Refers, Table, Type
from u24.intake.case_folder.declaring import MOST_VEHICLES
from u24.intake.case_folder.faults import Row, alike, shown
from u24.intake.case_folder.frame import Frame
from u24.intake.case_folder.kinds import packs_by_kind, table_kinds
from u24.intake.case_folder.names import Names
from u24.intake.case_folder.ordering import check_before
from u24.intake.case_folder.replacement_circles import check_replacements
from u24.intake.case_folder.rules_decisions import check_together, resolve_word
from u24.reference.controlled import find_controlled_kind

TIMES = "*"  # between a kind and how many units of it
PACKS = ("pack_kg", "pack_l")
SLIP = 0.85  # as alike as usar_medum and usar_medium; emt3 and emt4 are not
SOURCED = ("fact", "stated")
READ_WHOLE = (Type.SUBSTITUTES, Type.WANTED)  # the words stand inside another value
ONLY_IN = {CaveatKind.OWN_CARGO_ONLY: "lift.csv", CaveatKind.ONCE_REPLACED: "offers.csv"}
# What a caveat's argument must name, and what a message says that it does not.
NAMED_BY = {
    CaveatKind.NOT_TO: (Refers.DESTINATION, "place"),
    CaveatKind.ONLY_TO: (Refers.DESTINATION, "place"),
    CaveatKind.NOT_VIA: (Refers.AIRPORT, "airport"),
    CaveatKind.ONLY_VIA: (Refers.AIRPORT, "airport"),
    CaveatKind.ONLY_IF: (Refers.CONDITION, "condition"),
    CaveatKind.ONCE_REPLACED: (Refers.KIND, "kind"),
}


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
        _resolve_caveats(row, table, frame)
        if has_grounds:
            _check_grounds(row)
        for rule in rules:
            rule(row, frame)
    _check_unique(table, rows)
    for check in TABLE_RULES.get(table.name, ()):
        check(rows, frame)


def _resolve(row: Row, column: Column, names: Names) -> None:
    """Put the name's own form in place of each word, or tell that it names nothing."""
    name, refers = column.name, column.refers
    if not row.has(name) or refers is None:
        return
    value = row.values[name]
    resolved = []
    for word in _words_in(value):
        found = word if word == "*" else resolve_word(row, name, word, refers, names)
        if found is None:
            return
        resolved.append(found)
    if column.type not in READ_WHOLE:
        row.values[name] = tuple(resolved) if isinstance(value, tuple) else resolved[0]


def _words_in(value: Any) -> Iterable[str]:
    """The words of a cell that name something."""
    if isinstance(value, Part):
        return _subjects(value)
    parts = value if isinstance(value, tuple) else (value,)
    return [part.kind if isinstance(part, Substitute) else part for part in parts]


def _subjects(part: Part) -> Iterator[str]:
    if part.subject:
        yield part.subject
    for inner in part.parts:
        yield from _subjects(inner)


def _resolve_caveats(row: Row, table: Table, frame: Frame) -> None:
    if not row.has("caveats"):
        return
    for caveat in row["caveats"]:
        for kind, file in ONLY_IN.items():
            if caveat.kind is kind and table.name != file:
                row.refuse("caveats", f"{shown(str(caveat))} is for {file} only; take it out")
    row.values["caveats"] = tuple(_resolve_caveat(row, each, frame) for each in row["caveats"])
    awaited = tuple(
        caveat.argument
        for caveat in row["caveats"]
        if caveat.kind is CaveatKind.ONLY_IF and EITHER not in caveat.argument
    )
    check_together(row, "caveats", awaited, frame)


def _resolve_caveat(row: Row, caveat: Caveat, frame: Frame) -> Caveat:
    """The caveat with the names' own form; each of several alternatives is a name."""
    if caveat.kind not in NAMED_BY:
        return caveat
    refers, what = NAMED_BY[caveat.kind]
    resolved = []
    for argument in alternatives(caveat.argument):
        is_counted = caveat.kind is CaveatKind.ONCE_REPLACED
        word, star, units = argument.partition(TIMES) if is_counted else (argument, "", "")
        found = frame.names.find(refers, word)
        if found is None:
            near = frame.names.alike(refers, word)
            row.refuse("caveats", f"{shown(str(caveat))} names no {what}; give {refers}{near}")
            return caveat
        resolved.append(found + star + units)
    return Caveat(kind=caveat.kind, argument=EITHER.join(resolved))


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


def _check_count(rows: list[Row], frame: Frame) -> None:
    total = 0
    for row in rows:
        total += row["count"] or 0
        if total > MOST_VEHICLES:
            told = f"with it there are {total:,} vehicles; at most {MOST_VEHICLES:,} in a case"
            row.refuse("count", told)
            return


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
    if row["or_similar"] and row.has("kind"):
        _check_similar(row, frame)
    for column in ("due_h", "deadline_h"):
        _within_horizon(row, column, frame)
    check_before(row, "due_h", "deadline_h", or_equal=True)


def _check_similar(row: Row, frame: Frame) -> None:
    if find_controlled_kind(row["kind"], frame.names.tables) is None:
        told = f"{shown(row['kind'])} is not in the table of controlled goods"
        row.refuse("or_similar", f"{told}; give no, and name substitutes")


def _within_horizon(row: Row, column: str, frame: Frame, *, below: bool = False) -> None:
    if not row.has(column) or frame.horizon_h is None:
        return
    value, horizon_h = row[column], frame.horizon_h
    if value > horizon_h or (below and value == horizon_h):
        limit = "less than that" if below else "at most that"
        row.refuse(column, f"{value:g} is not within horizon_h, {horizon_h:g}; give {limit}")


def _check_offer(row: Row, frame: Frame) -> None:
    check_before(row, "ready_h", "valid_until_h")
    tables = frame.names.tables
    if not row.has("kind") or row["kind"] in packs_by_kind(tables):
        return
    kind = row["kind"]
    if kind in TYPE_WORDS:
        row.refuse("kind", f"{shown(kind)} means many kinds; give a name of its own")
        return
    is_own = kind not in frame.asked_kinds and kind not in table_kinds(tables)
    if is_own and (near := alike(kind, table_kinds(tables), cutoff=SLIP)):
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
        check_before(row, "available_h", "until_h")


def _check_airport(row: Row, frame: Frame) -> None:
    if row.has("lorries") and row["lorries"] and row["lorry_class"] is None:
        told = f"it is empty, but lorries is {row['lorries']}; give {Refers.LORRY}"
        row.refuse("lorry_class", told)


def _check_road(row: Row, frame: Frame) -> None:
    if row.has("from", "to") and row["from"] == row["to"]:
        row.refuse("to", f"{shown(row['to'])} is where the road begins; give another site")


def _check_arrival(row: Row, frame: Frame) -> None:
    check_before(row, "earliest_at", "latest_at", or_equal=True)
    check_before(row, "landed_at", "on_site_at", or_equal=True)


RULES: dict[str, tuple[Callable[[Row, Frame], None], ...]] = {
    "phases": (rules_decisions.check_hours,),
    "consent": (rules_decisions.check_hours,),
    "proposals": (rules_decisions.check_proposal,),
    "positions": (rules_decisions.check_position,),
    "conditions": (rules_decisions.check_condition,),
    "gate_answers": (rules_decisions.check_gate_answer,),
    "embargoes": (rules_decisions.check_embargo,),
    "recorded": (rules_decisions.check_recorded,),
    "needs.csv": (_check_need,),
    "offers.csv": (_check_offer,),
    "lift.csv": (_check_lift,),
    "airports.csv": (_check_airport,),
    "roads.csv": (_check_road,),
    "history.csv": (_check_arrival,),
}
# Rules between the rows of one file or section.
TABLE_RULES: dict[str, tuple[Callable[[list[Row], Frame], None], ...]] = {
    "condition_words": (rules_decisions.check_condition_words,),
    "offers.csv": (check_replacements,),
    "lift.csv": (_check_count,),
}
