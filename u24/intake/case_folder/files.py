"""Opening a folder that may be hostile: nothing outside it, nothing too large, only text."""

import os
import stat
from itertools import islice
from pathlib import Path

from u24.intake.case_folder.declaring import (
    CASE_FILE,
    LARGEST_CASE_FILE_BYTES,
    LARGEST_FILE_BYTES,
)
from u24.intake.case_folder.faults import Faults, alike
from u24.intake.case_folder.schema import FILES

MOST_NAMES = 10_000  # of a folder's names are looked at
SPREADSHEETS = (".xlsx", ".xls", ".xlsm", ".ods", ".numbers")
SAVE_AS = "save it as 'CSV UTF-8 (comma separated)'"
NOT_TEXT = {  # first bytes -> what it is; from each format's specification
    b"PK\x03\x04": "a spreadsheet (.xlsx, .ods) or zip file",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (.xls)",
    b"\x1f\x8b": "a gzip file",
    b"%PDF": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}


def find_fault_of_folder(folder: Path) -> str:
    """Why ``folder`` cannot be a case folder at all; empty if it can."""
    if not folder.exists():
        return f"{folder} does not exist; give a folder that holds {CASE_FILE}"
    if not folder.is_dir():
        return f"{folder} is not a folder; give the folder that holds {CASE_FILE}"
    names = list_names(folder)
    if names is None:
        return f"{folder} cannot be listed; allow it to be read"
    return "" if names else f"{folder} is empty; 'u24 new' writes a folder to begin with"


def list_names(folder: Path) -> list[str] | None:
    """The first names of the folder, sorted; None if it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in islice(entries, MOST_NAMES))
    except OSError:
        return None


def read_text(folder: Path, name: str, faults: Faults) -> str | None:
    """The text of one file, without a byte order mark; None, and a message, if it has none."""
    limit = LARGEST_CASE_FILE_BYTES if name == CASE_FILE else LARGEST_FILE_BYTES
    try:
        fault = _find_fault_of_file(folder, name, limit)
        if not fault:
            with (folder / name).open("rb") as file:
                content = file.read(limit + 1)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: symlinks in a circle
        fault = f"it cannot be read ({error.__class__.__name__}); give a plain file"
    if fault:
        faults.add(name, 0, f"{name}: {fault}")
        return None
    return _text(name, content, faults)


def tell_misnamed(folder: Path, faults: Faults, own: tuple[str, ...]) -> None:
    """Tell of files that look like a file of the case but would not be read.

    ``own`` are the files named in [tables]. Other names, and folders, are left alone.
    """
    known = [CASE_FILE, *(table.name for table in FILES)]
    names = list_names(folder) or []
    missing = [name for name in known if name not in names]
    for name in names:
        if name in known or name in own or not name.isprintable():
            continue
        if not (folder / name).is_file():
            continue
        stem, suffix = os.path.splitext(name.lower())  # noqa: PTH122 - a name, not a path
        if suffix in SPREADSHEETS and f"{stem}.csv" in missing:
            if not _is_required(f"{stem}.csv"):  # of a required file it is told as missing
                faults.add(name, 0, f"{name} is not read; {SAVE_AS}, as {stem}.csv")
        elif name.lower() in missing:
            continue  # told with the missing file, if it is a required one
        elif suffix == ".csv" and (near := alike(name, missing)):
            faults.add(name, 0, f"{name} is not a file of a case folder{near}")


def _is_required(name: str) -> bool:
    return name == CASE_FILE or any(table.required for table in FILES if table.name == name)


def _find_fault_of_file(folder: Path, name: str, limit: int) -> str:
    path = folder / name
    if not path.exists():
        return _missing(folder, name)
    if not path.resolve(strict=True).is_relative_to(folder.resolve(strict=True)):
        return "it leads out of the folder; put the file itself into the folder"
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "it is not a plain file; give a file of text"
    if status.st_size > limit:
        return f"it has {status.st_size:,} bytes; at most {limit:,} are read"
    return ""


def _missing(folder: Path, name: str) -> str:
    if (folder / name).is_symlink():
        return "it is a link to nothing; put the file itself into the folder"
    stem = Path(name).stem
    for other in list_names(folder) or []:
        lower = other.lower()
        if lower in {stem + suffix for suffix in SPREADSHEETS}:
            return f"it is missing, but {other} is there; {SAVE_AS}, as {name}"
        if lower == name and other != name:
            return f"it is missing, but {other} is there; give it the name {name}"
    return "it is missing; a case folder needs it"


def _text(name: str, content: bytes, faults: Faults) -> str | None:
    for start, what in NOT_TEXT.items():
        if content.startswith(start):
            faults.add(name, 0, f"{name}: it is {what}, not UTF-8 text; {SAVE_AS}")
            return None
    nul = content.find(b"\0")
    if nul >= 0:
        line = _line_of(content, nul)
        faults.add(name, line, f"{name} row {line}: it holds a NUL byte; {SAVE_AS}")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = _line_of(content, error.start)
        found = content[error.start]
        text = f"{name} row {line}: byte 0x{found:02X} is not UTF-8; {SAVE_AS}"
        faults.add(name, line, text)
        return None


def _line_of(content: bytes, at: int) -> int:
    before = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
