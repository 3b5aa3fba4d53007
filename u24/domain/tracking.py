"""What was to happen, what is reported of it, and what that puts at risk."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from u24.clock import require_utc
from u24.domain.facts.movements import Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One milestone on the way of a consignment, and when the plan has it."""

    milestone: Milestone  # departed, landed or arrived
    site_id: str
    at: datetime

    def __post_init__(self) -> None:
        require_utc(at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A consignment with the steps that the plan has for it: departed, each landing, arrived."""

    consignment_id: str
    lot_id: str
    need_id: str
    packs: int
    units: float  # of the need's kind
    vehicle_id: str
    steps: tuple[Step, ...]

    @property
    def arrive_at(self) -> datetime:
        """When the plan has it at the place of need."""
        return self.steps[-1].at


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What is known of a consignment now.

    ``reached_at`` has one moment per step, ``None`` where nothing is reported. ``delay_s`` is
    that of the last report, or more where the next step is overdue; below 0 it is early.
    """

    consignment_id: str
    reached_at: tuple[datetime | None, ...]
    has_left: bool  # loaded or further, by its own reports or by those of its vehicle
    failed: bool
    delay_s: int
    is_overdue: bool  # the step behind the last reported one should have been reported by now
    arrive_at: datetime | None  # projected, or as reported; None: it will not come
    packs: int | None  # handed over; None: nothing is yet

    def __post_init__(self) -> None:
        _require_known_utc(arrive_at=self.arrive_at)
        for reached_at in self.reached_at:
            _require_known_utc(reached_at=reached_at)

    @property
    def step(self) -> int:
        """The number of the last step that is reported; -1 if none is."""
        return max(
            (i for i, moment in enumerate(self.reached_at) if moment is not None), default=-1
        )

    @property
    def is_there(self) -> bool:
        """Whether it is reported at the place of need."""
        return self.reached_at[-1] is not None


class DeviationKind(StrEnum):
    """How something differs from the plan."""

    LATE = "late"
    EARLY = "early"
    FAILED = "failed"
    SHORT = "short"  # fewer packs were handed over than were sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """Something is not as planned, told at the step where it arose."""

    kind: DeviationKind
    consignment_id: str
    need_id: str
    milestone: Milestone
    site_id: str
    expected_at: datetime
    reported_at: datetime | None  # None: nothing is reported
    delay_s: int  # that arose at this step; below 0 it is early
    arrive_at: datetime | None  # projected; None: it will not come
    packs: int = 0  # that are short

    def __post_init__(self) -> None:
        _require_known_utc(
            expected_at=self.expected_at, reported_at=self.reported_at, arrive_at=self.arrive_at
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """So many units for a need; ``arrive_at`` is None if they will not come."""

    need_id: str
    units: float
    arrive_at: datetime | None

    def __post_init__(self) -> None:
        _require_known_utc(arrive_at=self.arrive_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedAtRisk:
    """What one need loses by the first mark: units, and the share of all weighted need."""

    need_id: str
    units: float
    share: float


def _require_known_utc(**moments: datetime | None) -> None:
    require_utc(**{name: moment for name, moment in moments.items() if moment is not None})
