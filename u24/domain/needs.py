"""What is needed, where, by when, and how much it matters."""

from dataclasses import dataclass, field
from datetime import datetime

from u24.clock import require_utc
from u24.domain.figures import Grounds, Range
from u24.errors import InvalidInput

MOST_UNITS = 10**10  # a unit for everybody on earth; above that no planner counts
MOST_WEIGHT = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """Another kind that serves the need; one unit counts ``factor_share`` of the asked kind."""

    kind: str
    factor_share: float

    def __post_init__(self) -> None:
        if not 0 < self.factor_share <= 10:
            raise InvalidInput(
                f"substitute {self.kind}: factor is {self.factor_share}; it must be above 0, "
                "at most 10"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Goods or teams of one kind wanted at one place.

    ``planned_units`` is the whole number the plan works for, taken from ``amount``. A
    delivery counts in full until ``due_at`` and falls in a straight line to nothing at
    ``deadline_at``; with both equal it counts in full until then, and not after.
    """

    need_id: str
    place_id: str
    kind: str
    amount: Range
    planned_units: int
    due_at: datetime
    deadline_at: datetime
    weight: float
    substitutes: tuple[Substitute, ...] = ()
    or_similar: bool = False  # of a controlled kind: what the host's crews can run as well
    proposal_id: str = ""  # a part of this proposal; planned for only if that may be done
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        require_utc(due_at=self.due_at, deadline_at=self.deadline_at)
        if not 1 <= self.planned_units <= MOST_UNITS:
            raise InvalidInput(
                f"need {self.need_id}: amount is {self.planned_units}; it must be 1 .. {MOST_UNITS}"
            )
        if not 0 < self.weight <= MOST_WEIGHT:
            raise InvalidInput(
                f"need {self.need_id}: weight is {self.weight}; "
                f"it must be above 0, at most {MOST_WEIGHT:g}"
            )
        if self.deadline_at < self.due_at:
            raise InvalidInput(
                f"need {self.need_id}: deadline {self.deadline_at.isoformat()} is before "
                f"due {self.due_at.isoformat()}"
            )
