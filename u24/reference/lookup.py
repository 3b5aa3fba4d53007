"""Rows of a table as values, found by their key; a wrong key is answered with near ones."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

from u24.errors import InvalidInput
from u24.reference.catalogue import get_spec
from u24.reference.tables import Tables, read_rows

Value = TypeVar("Value")


@lru_cache(maxsize=64)
def read_keyed(name: str, build: Callable[..., Value], tables: Tables) -> Mapping[str, Value]:
    """All rows of a table as values, by their key in sorted order; read once per ``tables``."""
    (key,) = get_spec(name).key
    rows = sorted(read_rows(name, tables), key=lambda row: str(row[key]))
    return MappingProxyType({row[key]: build(**row) for row in rows})


def get_keyed(name: str, build: Callable[..., Value], wanted: str, tables: Tables) -> Value:
    """The row with this key.

    Raises
    ------
    InvalidInput
        No such key; the message names keys that look alike.
    """
    known: Mapping[str, Value] = read_keyed(name, build, tables)
    if wanted not in known:
        (key,) = get_spec(name).key
        raise InvalidInput(f"{name}: {key} is {wanted!r}; {near_matches(wanted, known)}")
    return known[wanted]


def near_matches(wanted: str, known: Iterable[str]) -> str:
    """Say which of the known names look like the wanted one."""
    by_folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(wanted.casefold(), by_folded, n=4, cutoff=0.5)
    if not near:
        return f"nothing looks alike among {len(by_folded)} known ones"
    return "near matches: " + ", ".join(by_folded[name] for name in near)
