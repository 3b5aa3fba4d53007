"""A workbook from outside, made harmless before it is opened.

An XLSX file is a zip of XML. A few kilobytes can unpack to gigabytes, and one cell in the last
corner makes a reader fill a sheet of seventeen thousand million cells. So only the parts that
hold values are taken over, each with its size checked while it unpacks, and the cells are
counted before anything else reads them.
"""

import io
import re
import zipfile
import zlib

from u24.errors import InvalidInput
from u24.intake.tables.schema import MOST_COLUMNS, MOST_ROWS

MOST_UNPACKED_BYTES = 50 * 1024 * 1024
MOST_PARTS = 1_000
MOST_RATIO = 200  # sheets of numbers pack 1 to 20, empty ones 1 to 100
FREE_BYTES = 1024 * 1024  # a small part may pack as well as it likes
MOST_TEXT_BYTES = 200 * 1024 * 1024  # of all cells, if each held the longest text
SAVE_AS = "save it as a plain .xlsx workbook, or as CSV"
_KEPT = re.compile(
    r"(\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/[^/]+\.rels"
    r"|xl/(sharedStrings|styles)\.xml|xl/worksheets/[^/]+\.xml)",
    re.IGNORECASE,
)
_FULL_CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*[^/]|)>")
_PLACE = re.compile(rb"""\sr\s*=\s*["']\$?([A-Z]{1,3})\$?([0-9]{1,7})["']""")


def vet_workbook(data: bytes) -> bytes:
    """The workbook with only its values, packed anew.

    Raises
    ------
    InvalidInput
        It is no workbook, or one that cannot be read within bounds; the message says why.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as workbook:
            parts = _read_parts(workbook)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise InvalidInput(f"it is no whole workbook ({error}); {SAVE_AS}") from error
    except NotImplementedError as error:
        raise InvalidInput(f"it is packed in an unusual way ({error}); {SAVE_AS}") from error
    if "xl/workbook.xml" not in {name.lower() for name in parts}:
        raise InvalidInput(f"it is a zip file, but no workbook; {SAVE_AS}")
    _require_bounded(parts)
    return _packed(parts)


def _read_parts(workbook: zipfile.ZipFile) -> dict[str, bytes]:
    held = workbook.infolist()
    _require_sizes(held)
    names = [info.filename.lower() for info in held]
    if len(set(names)) != len(names):
        raise InvalidInput(f"it holds a part twice; {SAVE_AS}")
    if any(info.flag_bits & 1 for info in held):
        raise InvalidInput("it is protected by a password; take the password away")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise InvalidInput(
            "it takes values from other files (external links); paste the values, and send it again"
        )
    parts = {}
    for info in held:
        if _KEPT.fullmatch(info.filename):
            parts[info.filename] = _read(workbook, info)
    return parts


def _require_sizes(held: list[zipfile.ZipInfo]) -> None:
    if len(held) > MOST_PARTS:
        raise InvalidInput(f"it holds {len(held):,} parts; a table has at most {MOST_PARTS:,}")
    total = sum(info.file_size for info in held)
    if total > MOST_UNPACKED_BYTES:
        raise InvalidInput(
            f"it unpacks to {total:,} bytes; at most {MOST_UNPACKED_BYTES:,} are read, so split it"
        )
    for info in held:
        if info.file_size > max(FREE_BYTES, MOST_RATIO * info.compress_size):
            raise InvalidInput(
                f"{info.filename[:60]!r} in it unpacks to {info.file_size:,} bytes from "
                f"{info.compress_size:,}; no table is like that, {SAVE_AS}"
            )


def _read(workbook: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """One part; the size in the directory may be a lie, so no more than that is unpacked."""
    with workbook.open(info) as part:
        content = part.read(info.file_size + 1)
    if len(content) != info.file_size:
        raise InvalidInput(f"{info.filename[:60]!r} in it has another size than it says; {SAVE_AS}")
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise InvalidInput(f"{info.filename[:60]!r} in it is no plain XML in UTF-8; {SAVE_AS}")
    return content


def _require_bounded(parts: dict[str, bytes]) -> None:
    cells = 0
    for name, content in parts.items():
        if "/worksheets/" in name.lower():
            cells += _count_cells(content)
    texts = next((held for name, held in parts.items() if name.lower().endswith("gs.xml")), b"")
    longest = max(map(len, re.split(rb"<(?:\w+:)?si\b", texts)))
    if cells * longest > MOST_TEXT_BYTES and longest > 1_000:
        raise InvalidInput(
            f"it holds {cells:,} cells and a text of {longest:,} bytes; that is more than is read"
        )


def _count_cells(sheet: bytes) -> int:
    """How many cells hold something; refuses those that lie too far out."""
    count = 0
    for match in _FULL_CELL.finditer(sheet):
        place = _PLACE.search(match[1])
        if place is None:
            raise InvalidInput(f"a cell in it does not say where it stands; {SAVE_AS}")
        letters, row = place[1].decode(), int(place[2])
        count += 1
        if row > MOST_ROWS:
            raise InvalidInput(
                f"cell {letters}{row} holds something; at most {MOST_ROWS:,} rows are read, so "
                "split the table"
            )
        if _number_of(letters) > MOST_COLUMNS:
            raise InvalidInput(
                f"cell {letters}{row} holds something; at most {MOST_COLUMNS} columns are read"
            )
    return count


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as workbook:
        for name, content in parts.items():
            workbook.writestr(name, content)
    return out.getvalue()
