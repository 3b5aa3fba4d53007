"""The gates of controlled goods: every question, with its law and the days of each version."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any

from u24.domain.gates import Control, Gate
from u24.errors import InvalidInput
from u24.reference.days import read_day
from u24.reference.tables import SHIPPED, Tables, read_rows

TABLE = "gates"


@lru_cache(maxsize=8)
def list_gates(tables: Tables = SHIPPED) -> tuple[Gate, ...]:
    """Every version of every gate, in the order in which they are asked, older ones first.

    Raises
    ------
    InvalidInput
        A day cannot be, or the versions of a gate leave a gap or overlap: a gap would let
        through what nobody was asked about.
    """
    gates = sorted((_gate(row) for row in read_rows(TABLE, tables)), key=_place)
    by_id = sorted(gates, key=lambda gate: (gate.gate_id, gate.from_on or date.min))
    for gate_id, versions in groupby(by_id, key=lambda gate: gate.gate_id):
        _require_no_gap(gate_id, tuple(versions))
    return tuple(gates)


def gates_on(day: date, tables: Tables = SHIPPED) -> tuple[Gate, ...]:
    """The gates that count on a day, one version each, in the order in which they are asked."""
    return tuple(gate for gate in list_gates(tables) if counts_on(gate, day))


def counts_on(gate: Gate, day: date) -> bool:
    """Whether this version counts on that day: from its first day, until before its last."""
    return (gate.from_on is None or gate.from_on <= day) and (
        gate.until_on is None or day < gate.until_on
    )


def _place(gate: Gate) -> tuple[int, str, date]:
    return gate.order, gate.gate_id, gate.from_on or date.min


def _gate(row: dict[str, Any]) -> Gate:
    name = row["gate_id"]
    return Gate(
        gate_id=name,
        order=row["order"],
        question=row["question"],
        asked_of=row["asked_of"],
        legal_source=row["legal_source"],
        applies_to=tuple(Control(each) for each in row["applies_to"]),
        only_members_of=row["only_members_of"] or "",
        from_on=read_day(TABLE, name, "from_on", row["from_on"]),
        until_on=read_day(TABLE, name, "until_on", row["until_on"]),
        by_rule=row["by_rule"],
        signatures=row["signatures"],
    )


def _require_no_gap(gate_id: str, versions: Sequence[Gate]) -> None:
    for older, newer in pairwise(versions):
        if older.until_on != newer.from_on:
            raise InvalidInput(
                f"table {TABLE}: gate {gate_id} has a version until {older.until_on} and the "
                f"next from {newer.from_on}; the two days must be the same"
            )
    for version in versions:
        first, last = version.from_on or date.min, version.until_on or date.max
        if last <= first:
            raise InvalidInput(
                f"table {TABLE}: gate {gate_id} has a version from {version.from_on} until "
                f"{version.until_on}; until must be later"
            )
