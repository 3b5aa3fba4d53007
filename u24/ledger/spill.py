"""Rows of whole numbers that would outgrow the memory: they wait in a file, part by part."""

import tempfile
from array import array
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

PARTS = 64
ROWS = 1024  # of one part that wait in memory before they go to the file
_BYTES = 8


class Spill:
    """Rows of ``width`` numbers of 64 bits, parted by their first number.

    Rows with an equal first number are in one part, in the order in which they were added.
    """

    def __init__(self, width: int, in_memory: int = ROWS) -> None:
        self._width, self._most = width, in_memory * width
        self._rows = [array("q") for _ in range(PARTS)]
        self._chunks: list[list[tuple[int, int]]] = [[] for _ in range(PARTS)]  # offset, bytes
        self._file: BinaryIO | None = None

    def add(self, *row: int) -> None:
        """Take a row."""
        part = row[0] % PARTS
        rows = self._rows[part]
        rows.extend(row)
        if len(rows) >= self._most:
            self._put_away(part)

    def parts(self) -> Iterator[NDArray[np.int64]]:
        """Every part that holds rows, shape (rows, width)."""
        for part, rows in enumerate(self._rows):
            held = b"".join((*self._read(part), rows.tobytes()))
            if held:
                yield np.frombuffer(held, dtype=np.int64).reshape(-1, self._width)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()

    def _put_away(self, part: int) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the spill
        offset = self._file.seek(0, 2)
        self._file.write(self._rows[part].tobytes())
        self._chunks[part].append((offset, len(self._rows[part]) * _BYTES))
        self._rows[part] = array("q")

    def _read(self, part: int) -> Iterator[bytes]:
        for offset, size in self._chunks[part]:
            assert self._file is not None  # noqa: S101 - a chunk was written to it
            self._file.seek(offset)
            yield self._file.read(size)
