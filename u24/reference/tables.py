"""Which file serves each table: the shipped one, or the user's own.

A user's file takes the place of the shipped table. If its name ends in
``.add.csv`` its rows are added instead, and a row with a known key takes the
place of the shipped row. What was used can be put on the record.
"""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from u24.errors import InvalidInput
from u24.reference.catalogue import FOLDER, TableSpec, get_spec, list_specs

GZIP_MAGIC = b"\x1f\x8b"
ADDS = (".add.csv", ".add.csv.gz")
LARGEST_TABLE_BYTES = 200_000_000  # a bound on a user's file, so that a gzip bomb is refused
OWN = "user's own"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """One file that serves a table, as it goes on the record."""

    table: str
    file: str
    version: str
    sha256: str
    source: str
    licence: str
    adds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables a run uses; a value, so that two runs can use different ones."""

    own_files: tuple[TableFile, ...] = ()

    def with_override(self, name: str, path: Path) -> "Tables":
        """Give the tables with the user's file in place of, or added to, table ``name``.

        Raises
        ------
        InvalidInput
            No such table, no such file, or a cell that cannot be; the message
            names the file, the row, the column, what was found and what is allowed.
        """
        spec = get_spec(name)
        own = TableFile(
            table=name,
            file=str(path),
            version=OWN,
            sha256=hashlib.sha256(_content(path)).hexdigest(),
            source=OWN,
            licence=OWN,
            adds=path.name.endswith(ADDS),
        )
        if spec.is_csv:
            _check_cells(spec, own)
        elif own.adds:
            raise InvalidInput(f"{path}: {name} can only be replaced whole, not added to")
        kept = tuple(each for each in self.own_files if own.adds or each.table != name)
        return Tables(own_files=(*kept, own))

    def list_files(self, name: str) -> tuple[TableFile, ...]:
        """The files that serve table ``name``, in the order in which they are read."""
        own = tuple(each for each in self.own_files if each.table == name)
        replaced = any(not each.adds for each in own)
        return own if replaced else (_shipped(name), *own)

    def used(self) -> list[TableFile]:
        """Every table with the file, version, sha256, source and licence that serve it."""
        return [file for spec in list_specs() for file in self.list_files(spec.name)]


SHIPPED = Tables()


def read_bytes(file: TableFile) -> bytes:
    """The file's content, unpacked.

    Raises
    ------
    InvalidInput
        The file is absent, or is no longer what it was when it was named.
    """
    content = _content(Path(file.file))
    if file.version == OWN and hashlib.sha256(content).hexdigest() != file.sha256:
        raise InvalidInput(f"{file.file} has changed since it was named; name it again")
    return _unpacked(file.file, content)


def read_cells(name: str, tables: Tables = SHIPPED) -> list[list[str]]:
    """All rows of a table as text, in the order of the catalogue's columns."""
    spec = get_spec(name)
    at = [[column.name for column in spec.columns].index(key) for key in spec.key]
    first, *added = tables.list_files(name)
    rows = [row for _, row in _numbered_rows(spec, first)]
    if not added:
        return rows
    by_key = {tuple(row[i] for i in at): row for row in rows}
    for file in added:
        by_key.update({tuple(row[i] for i in at): row for _, row in _numbered_rows(spec, file)})
    return list(by_key.values())


def read_rows(name: str, tables: Tables = SHIPPED) -> list[dict[str, Any]]:
    """All rows of a table as values by column name; see ``Column.read``."""
    columns = get_spec(name).columns
    return [
        {column.name: column.read(cell) for column, cell in zip(columns, row, strict=True)}
        for row in read_cells(name, tables)
    ]


@lru_cache
def _shipped(name: str) -> TableFile:
    spec = get_spec(name)
    path = FOLDER / spec.file
    return TableFile(
        table=name,
        file=str(path),
        version=spec.version,
        sha256=hashlib.sha256(_content(path)).hexdigest(),
        source=spec.source,
        licence=spec.licence,
    )


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"{path}: {error.strerror}; give a file that can be read") from error


def _unpacked(file: str, content: bytes) -> bytes:
    if not content.startswith(GZIP_MAGIC):
        return content
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            text = packed.read(LARGEST_TABLE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidInput(f"{file}: not a whole gzip file; pack it again") from error
    if len(text) > LARGEST_TABLE_BYTES:
        raise InvalidInput(
            f"{file}: unpacks to over {LARGEST_TABLE_BYTES} bytes; give a smaller table"
        )
    return text


def _numbered_rows(spec: TableSpec, file: TableFile) -> Iterator[tuple[int, list[str]]]:
    """Rows with their line number; cells in the order of the catalogue's columns."""
    try:
        text = read_bytes(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{file.file}: byte {error.start} is not UTF-8; save it as UTF-8"
        ) from error
    records = _records(file, text)
    _, header = next(records, (1, []))
    order = _column_order(spec, file, header)
    as_is = order == list(range(len(header)))
    for line, row in records:
        if len(row) != len(header):
            _refuse(file, line, f"found {len(row)} cells", f"give {len(header)}")
        yield line, row if as_is else [row[i] for i in order]


def _records(file: TableFile, text: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each line that is not empty (RFC 4180).

    A text without quotes is split at its commas: half the time of a CSV reader, which
    counts for the airports.
    """
    if not any(sign in text for sign in '"\r'):
        yield from ((at, line.split(",")) for at, line in enumerate(text.split("\n"), 1) if line)
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from ((reader.line_num, row) for row in reader if row)
    except csv.Error as error:
        _refuse(file, reader.line_num, f"found {error}", "give comma-separated values (RFC 4180)")


def _column_order(spec: TableSpec, file: TableFile, header: list[str]) -> list[int]:
    wanted = [column.name for column in spec.columns]
    if sorted(header) != sorted(wanted):
        missing = [name for name in wanted if name not in header]
        unknown = [name for name in header if name not in wanted]
        _refuse(
            file,
            1,
            f"missing columns {missing}, unknown or repeated columns {unknown}",
            f"give {','.join(wanted)}",
        )
    return [header.index(name) for name in wanted]


def _check_cells(spec: TableSpec, file: TableFile) -> None:
    seen: dict[tuple[str, ...], int] = {}
    at = [[column.name for column in spec.columns].index(key) for key in spec.key]
    for line, row in _numbered_rows(spec, file):
        for column, cell in zip(spec.columns, row, strict=True):
            if fault := column.find_fault(cell):
                _refuse(file, line, f"column {column.name}: found {cell!r}", fault)
        key = tuple(row[i] for i in at)
        if at and key in seen:
            told = f"column {', '.join(spec.key)}: found {', '.join(key)} again"
            _refuse(file, line, told, f"it stands in row {seen[key]} already; keep one")
        seen[key] = line


def _refuse(file: TableFile, line: int, found: str, allowed: str) -> NoReturn:
    raise InvalidInput(f"table {file.table}: {file.file} row {line}, {found}; {allowed}")
