"""A case as it may be shown: what was said in confidence counts, and stands in no answer."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from u24.domain.case import Case
from u24.domain.figures import Grounds


def without_secrets(case: Case) -> Case:
    """The case without secret positions, and without sources that only they name."""
    shown = tuple(position for position in case.positions if not position.secret)
    if len(shown) == len(case.positions):
        return case
    secret = {
        key for position in case.positions if position.secret for key in position.grounds.sources
    }
    left = replace(case, positions=shown)
    named = {key for grounds in _grounds_of(left) for key in grounds.sources}
    sources = tuple(
        source for source in case.sources if source.key not in secret or source.key in named
    )
    return replace(left, sources=sources)


def _grounds_of(case: Case) -> Iterator[Grounds]:
    """The grounds of every row of the case."""
    for own in fields(case):
        rows = getattr(case, own.name)
        if isinstance(rows, tuple):
            yield from (
                row.grounds for row in rows if is_dataclass(row) and hasattr(row, "grounds")
            )
