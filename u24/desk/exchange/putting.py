"""A file that stands there whole, or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from u24.errors import InvalidInput

SHARED = 0o644  # a temporary file is the writer's alone


@contextmanager
def put_whole(out: Path) -> Iterator[BinaryIO]:
    """Write beside ``out``; it takes the name when all is on disk, and replaces what stood there.

    Raises
    ------
    InvalidInput
        The folder is missing, or cannot be written.
    """
    if out.is_dir():
        raise InvalidInput(f"{out} is a folder; give the name of a file")
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{out.name}-", dir=out.parent)
    except OSError as error:
        raise InvalidInput(f"{out}: {error.strerror}; give a place to write to") from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fchmod(handle, SHARED)
            os.fsync(handle)
        Path(draft).replace(out)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(draft).unlink()
        raise
