"""Days in cells of a table."""

from datetime import date

from u24.errors import InvalidInput


def read_day(table: str, row: str, column: str, cell: str | None) -> date | None:
    """The day that a cell names; None if it is empty.

    Raises
    ------
    InvalidInput
        There is no such day, e.g. 2023-02-30; the message names table, row and column.
    """
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise InvalidInput(
            f"table {table}, row {row}, column {column}: found {cell!r}; "
            "it must be a day, like 2014-08-01"
        ) from error
