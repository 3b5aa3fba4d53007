"""Controlled goods: defence materiel and dual-use goods, by what they are for."""

from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from types import MappingProxyType

from u24.domain.gates import Control, ControlledKind
from u24.errors import InvalidInput
from u24.reference.lookup import near_matches
from u24.reference.tables import SHIPPED, Tables, read_rows

TABLE = "controlled_kinds"
NAMES = tuple(each.name for each in fields(ControlledKind))


@lru_cache(maxsize=8)
def _by_kind(tables: Tables) -> Mapping[str, ControlledKind]:
    rows = sorted(read_rows(TABLE, tables), key=lambda row: str(row["kind"]))
    kinds = (
        ControlledKind(
            **{name: row[name] or "" for name in NAMES if name != "control"},
            control=Control(row["control"]),
        )
        for row in rows
    )
    return MappingProxyType({each.kind: each for each in kinds})


def find_controlled_kind(kind: str, tables: Tables = SHIPPED) -> ControlledKind | None:
    """The controlled kind with this id; None if goods of this kind are not controlled."""
    return _by_kind(tables).get(kind)


def get_controlled_kind(kind: str, tables: Tables = SHIPPED) -> ControlledKind:
    """The controlled kind with this id.

    Raises
    ------
    InvalidInput
        There is none; the message names ids that look alike.
    """
    found = find_controlled_kind(kind, tables)
    if found is None:
        raise InvalidInput(f"{TABLE}: kind is {kind!r}; {near_matches(kind, _by_kind(tables))}")
    return found


def list_controlled_kinds(tables: Tables = SHIPPED) -> tuple[ControlledKind, ...]:
    """All controlled kinds, in order of id."""
    return tuple(_by_kind(tables).values())
