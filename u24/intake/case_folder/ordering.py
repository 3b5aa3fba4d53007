"""That one cell of a row is not before another."""

from datetime import date, datetime

from u24.intake.case_folder.faults import Row


def check_before(row: Row, earlier: str, later: str, *, or_equal: bool = False) -> None:
    """Tell of ``later`` if it is not after ``earlier``; both as far as they are given."""
    if not row.has(earlier, later):
        return
    first, then = row[earlier], row[later]
    if then < first or (then == first and not or_equal):
        wrong = "before" if then < first else "no later than"
        limit = f"{_told(first)} or later" if or_equal else f"later than {_told(first)}"
        row.refuse(later, f"{_told(then)} is {wrong} {earlier}, {_told(first)}; give {limit}")


def _told(value: float | date) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return str(value) if isinstance(value, date) else f"{value:g}"
