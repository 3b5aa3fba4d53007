"""Facts about plans: made, signed, released, dropped."""

from dataclasses import dataclass

from u24.domain.facts.fact import Fact
from u24.domain.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One lot on its way to one need, as the board follows it. Seconds after T0."""

    consignment_id: str
    lot_id: str
    need_id: str
    packs: int
    units: float  # of the need's kind, after the factor of a substitute
    depart_s: int  # wheels up, or the first lorry's start
    arrive_s: int
    vehicle_ids: tuple[str, ...]
    site_ids: tuple[str, ...]  # the way, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMade(Fact):
    """A plan and its proof. It moves nothing until it is released.

    ``position`` is the last entry of the ledger that the plan knew of. A plan that replaces
    another names it, why, and in plain lines what changes.
    """

    case_id: str
    plan_id: str
    position: int
    plan: Plan
    lines: tuple[PlanLine, ...]
    met_shares: tuple[float, ...]
    bound_share: float
    marks_s: tuple[int, ...]
    seed: int = 0
    work: int = 0
    replaces_plan_id: str = ""
    because: tuple[str, ...] = ()  # alarms that called for it
    changes: tuple[str, ...] = ()
    two_persons: bool = False  # a gate asks for two signatures
    need_units: tuple[tuple[str, int], ...] = ()  # of every need that it was made for


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSigned(Fact):
    """One of the two persons whom a gate asks for says yes."""

    case_id: str
    plan_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReleased(Fact):
    """The plan goes out: members and crews act on it. It replaces the one released before."""

    case_id: str
    plan_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDropped(Fact):
    """A plan will not be released."""

    case_id: str
    plan_id: str
    reason: str
