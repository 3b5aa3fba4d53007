"""Write tables so that the same rows give the same bytes."""

import csv
import gzip
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

TABLES = Path(__file__).resolve().parents[2] / "u24" / "reference" / "tables"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Comma-separated values with Unix line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write_plain(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file."""
    path.write_text(csv_text(header, rows), encoding="utf-8")


def write_packed(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a gzip CSV file without a time stamp."""
    path.write_bytes(gzip.compress(csv_text(header, rows).encode(), mtime=0))
