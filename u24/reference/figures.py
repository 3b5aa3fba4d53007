"""How many of a table's planning figures are facts, and how many are assumptions."""

from dataclasses import dataclass

from u24.errors import InvalidInput
from u24.reference.catalogue import get_spec
from u24.reference.tables import SHIPPED, Tables, read_rows

PLAN = "plan_"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureCount:
    """Planning figures of a table, by what they stand on."""

    facts: int
    assumed: int


def count_figures(name: str, tables: Tables = SHIPPED) -> FigureCount:
    """Count the ``plan_`` figures of table ``name``: facts, and those named in ``assumed``.

    Raises
    ------
    InvalidInput
        The table has no planning figures.
    """
    plans = [column.name for column in get_spec(name).columns if column.name.startswith(PLAN)]
    if not plans:
        raise InvalidInput(
            f"table {name} has no column {PLAN}...; ask for aircraft, lorries, goods"
        )
    rows = read_rows(name, tables)
    given = sum(row[plan] is not None for row in rows for plan in plans)
    assumed = sum(len(row["assumed"]) for row in rows)
    return FigureCount(facts=given - assumed, assumed=assumed)
