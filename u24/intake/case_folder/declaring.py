"""What the schema is written with: limits, short forms of a column, and grounds."""

from typing import Any

from u24.domain.figures import Basis
from u24.intake.case_folder.column import ID, Column, Refers, Table, Type

FORMAT = 1
CASE_FILE = "case.toml"
LARGEST_FILE_BYTES = 20_000_000
LARGEST_CASE_FILE_BYTES = 200_000  # written by hand; a longer one is a mistake
MOST_ROWS = 200_000
MOST_VEHICLES = 10_000
EARLIEST_H = -8760  # a year before T0: stock that has long been ready
LATEST_H = 8760
LONGEST_HORIZON_H = 96
DUE_H = 72
MANY = 10_000_000  # more than any case holds, and small enough for 64-bit sums


def col(name: str, type_: Type, meaning: str, example: str = "", **more: Any) -> Column:
    """A column; ``more`` are the other fields of :class:`Column`."""
    return Column(name=name, type=type_, meaning=meaning, example=example, **more)


def hours(name: str, meaning: str, example: str = "", **more: Any) -> Column:
    """A column of hours after T0, up to a year after it."""
    limits = {"low": 0, "high": LATEST_H, "unit": "hours after T0"} | more
    return col(name, Type.NUMBER, meaning, example, **limits)


def table(name: str, meaning: str, *columns: Column, **more: Any) -> Table:
    """A file or section; ``more`` are the other fields of :class:`Table`."""
    return Table(name=name, meaning=meaning, columns=columns, **more)


GROUNDS = (
    col(
        "basis",
        Type.TEXT,
        "what the row rests on: a source says so (fact), the state or member said so (stated), "
        "it is computed (estimated), or reasoned (assumed)",
        "stated",
        required=True,
        words=tuple(str(each) for each in Basis),
    ),
    col(
        "source",
        Type.WORDS,
        "where it stands; needed where basis is fact or stated",
        "S1;S2",
        pattern=ID,
        refers=Refers.SOURCE,
    ),
    col(
        "note", Type.TEXT, "a remark; where basis is assumed it holds the reasoning, and is needed"
    ),
)
