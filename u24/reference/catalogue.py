"""What tables there are: title, source, licence, date, version and columns of each."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from u24.errors import InvalidInput
from u24.reference.columns import Column

FOLDER = Path(__file__).parent / "tables"
CATALOGUE = FOLDER / "tables.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One table as tables.toml describes it; ``key`` names the columns that tell rows apart."""

    name: str
    file: str
    title: str
    source: str
    licence: str
    date: str
    version: str
    built_by: str
    key: tuple[str, ...] = ()
    notes: str = ""
    columns: tuple[Column, ...] = ()

    @property
    def is_csv(self) -> bool:
        """Whether the table has rows and columns; the borders do not."""
        return bool(self.columns)


@lru_cache(maxsize=1)
def list_specs() -> tuple[TableSpec, ...]:
    """Every table, in order of name."""
    raw = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))
    specs = []
    for name in sorted(raw):
        table = dict(raw[name])
        columns = tuple(
            Column(**{**column, "allowed": tuple(column.get("allowed", ()))})
            for column in table.pop("columns", ())
        )
        key = tuple(table.pop("key", ()))
        specs.append(TableSpec(name=name, columns=columns, key=key, **table))
    return tuple(specs)


def get_spec(name: str) -> TableSpec:
    """The table of this name.

    Raises
    ------
    InvalidInput
        There is no such table.
    """
    for spec in list_specs():
        if spec.name == name:
            return spec
    known = ", ".join(spec.name for spec in list_specs())
    raise InvalidInput(f"table is {name!r}; it must be one of {known}")
