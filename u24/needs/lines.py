"""One line of an estimated need: how many of what, and why."""

from dataclasses import dataclass

from u24.domain.figures import Range
from u24.domain.needs import Substitute


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """Units of one kind for a group of people.

    ``weight`` says how much the kind matters beside the others, over the whole case.
    """

    kind: str
    amount: Range
    unit: str
    weight: float
    method: str
    sources: tuple[str, ...]
    substitutes: tuple[Substitute, ...] = ()
