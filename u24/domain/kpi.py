"""How long the steps from alert to hand-over took, and what was handed over within 24 hours."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from u24.clock import require_utc


class CaseStep(StrEnum):
    """A step of an emergency, in the order in which they should come."""

    ALERT = "alert"
    CASE = "case"
    REQUEST = "request"
    FIRST_OFFER = "first_offer"
    ACCEPTANCE = "acceptance"
    WHEELS_UP = "wheels_up"
    ARRIVAL = "arrival"
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTime:
    """How long it took from one step to another, over all cases in which both are known.

    A time is below 0 where the later step came first, e.g. an offer before the request.
    ``open_case_ids`` reached the first step, not yet the second, and are not closed.
    """

    from_step: CaseStep
    to_step: CaseStep
    case_ids: tuple[str, ...]  # in which both are known
    median_s: float | None
    p90_s: int | None
    open_case_ids: tuple[str, ...]
    longest_open_s: int | None  # how long the one that waits longest has waited


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberTimes:
    """The steps of one member, from its first offer to its first hand-over."""

    member: str
    times: tuple[StepTime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinDay:
    """What of the requests was in the hands of those who need it 24 hours after T0.

    Requests are named ``case/request``. ``met_share`` is the share of weighted need, each
    need counted up to its amount, of all requests whose 24 hours are over, or that were met
    before; None where there is none. Where a hand-over cannot be traced to a need, the requests
    of that case that are not met are unknown, and count neither way.
    """

    met_share: float | None
    whole: tuple[str, ...]  # handed over in whole
    short: tuple[str, ...]  # in part, or not at all
    open: tuple[str, ...]  # not met, and the 24 hours are not over
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """The figures of a desk. Cases that were merged are one."""

    at: datetime
    exercise: bool
    case_ids: tuple[str, ...]
    closed_case_ids: tuple[str, ...]
    times: tuple[StepTime, ...]
    members: tuple[MemberTimes, ...]
    within_day: WithinDay

    def __post_init__(self) -> None:
        require_utc(at=self.at)
