"""Arms embargoes of the UN and the EU, with the days from which and until which they bind."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from u24.domain.gates import Embargo
from u24.errors import InvalidInput
from u24.reference.days import read_day
from u24.reference.tables import SHIPPED, Tables, read_rows

TABLE = "embargoes"


@lru_cache(maxsize=8)
def _by_target(tables: Tables) -> Mapping[str, tuple[Embargo, ...]]:
    rows = sorted(read_rows(TABLE, tables), key=lambda row: str(row["embargo_id"]))
    targets: dict[str, tuple[Embargo, ...]] = {}
    for row in rows:
        embargo = _embargo(row)
        targets[embargo.target] = (*targets.get(embargo.target, ()), embargo)
    return MappingProxyType(targets)


def _embargo(row: Mapping[str, Any]) -> Embargo:
    name = row["embargo_id"]
    from_on = read_day(TABLE, name, "from_on", row["from_on"])
    if from_on is None:
        raise InvalidInput(
            f"table {TABLE}, row {name}, column from_on: found nothing; "
            "give the day from which it binds, like 2014-08-01"
        )
    try:
        return Embargo(
            target=row["target"],
            by=row["by"],
            from_on=from_on,
            until_on=read_day(TABLE, name, "until_on", row["until_on"]),
            scope=row["scope"],
            whole_state=row["whole_state"],
            source=row["source"],
            note=row["note"],
        )
    except InvalidInput as error:
        raise InvalidInput(f"table {TABLE}, row {name}: {error}") from error


def list_embargoes(tables: Tables = SHIPPED) -> tuple[Embargo, ...]:
    """All embargoes, in order of target and id.

    Raises
    ------
    InvalidInput
        A row has no first day, or days that cannot be; the message names the row.
    """
    targets = _by_target(tables)
    return tuple(each for target in sorted(targets) for each in targets[target])


def embargoes_against(target: str, tables: Tables = SHIPPED) -> tuple[Embargo, ...]:
    """The embargoes against a state (ISO3) at any time, in order of id."""
    return _by_target(tables).get(target, ())
