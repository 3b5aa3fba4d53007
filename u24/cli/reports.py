"""Report files, all or none: whoever opens the folder never finds half an answer."""

import os
from contextlib import suppress
from pathlib import Path

from u24.cli.progress import Progress
from u24.domain.answer import Answer
from u24.errors import InvalidInput
from u24.report import html_report, pdf_report


def write_reports(answer: Answer, folder: Path, progress: Progress) -> tuple[Path, ...]:
    """Write report.html and report.pdf into ``folder`` and give their paths.

    Raises
    ------
    InvalidInput
        The folder cannot be written; earlier reports are still as they were.
    """
    progress("report", 0.0, 2.0)
    html = html_report(answer).encode()
    progress("report", 1.0, 2.0)
    pdf = pdf_report(answer)
    progress("report", 2.0, 2.0)
    return write_all({folder / "report.html": html, folder / "report.pdf": pdf})


def write_all(contents: dict[Path, bytes]) -> tuple[Path, ...]:
    """Write every file or change none.

    Raises
    ------
    InvalidInput
        One of them cannot be written.
    """
    beside = {path: path.with_name(f".{path.name}.new") for path in contents}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path].write_bytes(content)
        for path in contents:
            before[path] = path.read_bytes() if path.exists() else None
        for path in contents:
            beside[path].replace(path)
    except OSError as error:
        _restore(before)
        named = error.filename2 or error.filename
        raise InvalidInput(f"cannot write {named}: {os.strerror(error.errno or 0)}") from error
    finally:
        for path in beside.values():
            with suppress(OSError):
                path.unlink()
    return tuple(contents)


def _restore(before: dict[Path, bytes | None]) -> None:
    for path, content in before.items():
        if content is None:
            path.unlink(missing_ok=True)
        elif path.is_file() and path.read_bytes() != content:
            path.write_bytes(content)
