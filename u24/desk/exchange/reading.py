"""A bundle of another desk, read and checked. It may be hostile: nothing is believed unproven."""

import gzip
import stat
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from u24.desk.exchange.bundle import FORMAT, BundleEnd, BundleHeader
from u24.desk.exchange.carried import Carried, carried_of
from u24.errors import CaseErrors, InvalidInput
from u24.ledger.heads import Head, head_of

MOST_FILE_BYTES = 64 * 1024 * 1024
MOST_TEXT_BYTES = 512 * 1024 * 1024
MOST_LINE_BYTES = 16 * 1024 * 1024
MOST_ENTRIES = 200_000
Form = TypeVar("Form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What stands in the file, in order; nothing of it is proven yet."""

    bundle_id: str  # SHA-256 of the file
    header: BundleHeader
    head: Head
    entries: tuple[Carried, ...]
    digest: str  # SHA-256 of all lines before the last
    end: BundleEnd

    @property
    def stream(self) -> str:
        """The stream of the case."""
        return f"case/{self.header.case_id}"

    @property
    def said(self) -> tuple[Carried, ...]:
        """What was said in the case, in its order."""
        return tuple(held for held in self.entries if held.stream == self.stream)


def read_bundle(path: Path) -> Bundle:
    """Read the file, with limits on every size.

    Raises
    ------
    InvalidInput
        It is no bundle, is broken, or is too large; the message names the line.
    """
    _require_plain_file(path)
    try:
        bundle_id = sha256(path.read_bytes()).hexdigest()
        with gzip.open(path, "rb") as file:
            return _read(bundle_id, _lines(file))
    except (OSError, EOFError, zlib.error) as error:  # gzip.BadGzipFile is an OSError
        raise InvalidInput(f"{path.name} is no whole bundle: {error}; copy it again") from error
    except InvalidInput as error:
        raise InvalidInput(f"{path.name}: {error}") from error


def open_bundle(path: Path, trusted_keys: Mapping[str, str]) -> Bundle:
    """The bundle, if nothing is wrong with it.

    Parameters
    ----------
    trusted_keys
        By ledger, the public key (hex) of the desk, from somebody whom we trust.

    Raises
    ------
    CaseErrors
        Something is wrong; ``messages`` names every fault.
    """
    from u24.desk.exchange.checking import list_faults  # noqa: PLC0415 - it needs Bundle

    try:
        bundle = read_bundle(path)
    except InvalidInput as error:
        raise CaseErrors([str(error)]) from error
    if faults := list_faults(bundle, trusted_keys):
        raise CaseErrors([f"{path.name}: {fault}" for fault in faults])
    return bundle


def check_bundle(path: Path, trusted_keys: Mapping[str, str]) -> tuple[str, ...]:
    """Every fault of the file in plain words; empty if it is good."""
    try:
        open_bundle(path, trusted_keys)
    except CaseErrors as errors:
        return tuple(errors.messages)
    return ()


def _require_plain_file(path: Path) -> None:
    try:
        found = path.stat()
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    if not stat.S_ISREG(found.st_mode):
        raise InvalidInput(f"{path} is no plain file; give a bundle")
    if found.st_size > MOST_FILE_BYTES:
        raise InvalidInput(
            f"{path.name} has {found.st_size:,} bytes; a bundle has at most {MOST_FILE_BYTES:,}"
        )


def _lines(file: gzip.GzipFile) -> Iterator[bytes]:
    """Lines with their ends; stops before memory is full."""
    read_bytes = number = 0
    while line := file.readline(MOST_LINE_BYTES + 1):
        number += 1
        read_bytes += len(line)
        if len(line) > MOST_LINE_BYTES:
            raise InvalidInput(f"line {number} has over {MOST_LINE_BYTES:,} bytes; none is so long")
        if read_bytes > MOST_TEXT_BYTES or number > MOST_ENTRIES + 2:
            raise InvalidInput(
                f"line {number}: it unpacks to over {MOST_TEXT_BYTES:,} bytes or "
                f"{MOST_ENTRIES:,} entries; it is no bundle of one case"
            )
        yield line


def _read(bundle_id: str, lines: Iterator[bytes]) -> Bundle:
    digest, entries = sha256(), []
    first = next(lines, b"")
    header = _decoded(1, first, BundleHeader)
    if header.format != FORMAT:
        raise InvalidInput(f"line 1: format is {header.format!r}; it must be {FORMAT}")
    try:
        head = head_of(bytes(header.head))
    except InvalidInput as error:
        raise InvalidInput(f"line 1: {error}") from error
    digest.update(first)
    last, number = next(lines, b""), 2
    for line in lines:
        try:
            entries.append(carried_of(last))
        except InvalidInput as error:
            raise InvalidInput(f"line {number}: {error}") from error
        digest.update(last)
        last, number = line, number + 1
    return Bundle(
        bundle_id=bundle_id, header=header, head=head, entries=tuple(entries),
        digest=digest.hexdigest(), end=_decoded(number, last, BundleEnd),
    )  # fmt: skip


def _decoded(number: int, line: bytes, form: type[Form]) -> Form:
    try:
        return msgspec.json.decode(line, type=form)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InvalidInput(f"line {number}: it is no line of a bundle: {error}") from error
