"""Commands about plans."""

from dataclasses import dataclass

from u24.domain.commands.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePlan(Command):
    """Plan the case as it stands now. What is under way stays as it is."""

    case_id: str
    plan_id: str = ""
    seconds: float | None = None  # the planner's own limit unless one of the two is given
    work: int | None = None
    seed: int = 0
    because: tuple[str, ...] = ()  # alarms that call for it
    two_persons: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignPlan(Command):
    """One of the two persons whom a gate asks for says yes."""

    case_id: str
    plan_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan(Command):
    """Send a plan out. Where a gate asks for two persons, another one has signed before."""

    case_id: str
    plan_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPlan(Command):
    """A plan will not be released."""

    case_id: str
    plan_id: str
    reason: str
