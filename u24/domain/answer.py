"""What the desk answers: the plan, how good it is, what is short, and what would help."""

from dataclasses import dataclass, field

from u24.domain.case import Case
from u24.domain.certificate import Certificate
from u24.domain.figures import Range
from u24.domain.history import Arrival
from u24.domain.judgement import Decided
from u24.domain.match import NonMatch
from u24.domain.needs import Need
from u24.domain.plan import Plan, Violation
from u24.domain.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """One step of the ladder: what share of the weighted need is lost to ``name``."""

    name: str  # e.g. nobody_has, not_permitted, too_late_from_anywhere
    share: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How much is met by the first mark, and how much could be at most.

    ``met_shares`` has one share per mark of the problem's worth. The losses and
    ``met_shares[0]`` add up to 1. ``bound_share`` is proven: no plan on this grid meets
    more by the first mark.
    """

    met_shares: tuple[float, ...]
    bound_share: float
    losses: tuple[Loss, ...]

    @property
    def of_possible_share(self) -> float:
        """Met by the first mark over the bound; 1 where nothing is possible."""
        return self.met_shares[0] / self.bound_share if self.bound_share > 0 else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """What does not arrive by the first mark, and the reason."""

    need_id: str
    missing_units: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that would buy more; ``gain_share`` is of the weighted need, at most."""

    change: str
    kind: str  # slot, vehicle, lot, earlier, clearance, lorries
    gain_share: float
    effort: int  # 1 a call .. 5 a purchase; see docs/explain/planning.md


@dataclass(frozen=True, slots=True, kw_only=True)
class StayedLot:
    """Why packs of a lot stayed where they are."""

    lot_id: str
    packs: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What the planning room gives: a plan, its score, and the explanations."""

    plan: Plan
    score: Score
    shortages: tuple[Shortage, ...] = ()
    changes: tuple[Change, ...] = ()
    stayed: tuple[StayedLot, ...] = ()
    work: int = 0  # steps of the search, the same for a seed and a work limit
    certificate: Certificate | None = None  # the prices that prove the bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimated figure, e.g. displaced people, with how it was reached."""

    name: str
    place_id: str  # empty: the whole case
    amount: Range
    unit: str
    method: str
    sources: tuple[str, ...] = ()
    stated_units: float | None = None  # what the request says, where it says something


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricMark:
    """What had really landed by one mark; ``None`` where no source gives a figure."""

    mark_h: int
    teams: int
    people: int
    mass_kg: int
    of_which_bounded: int = 0  # arrivals counted on a bound of time, not a stated time


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricMatch:
    """One historic arrival beside what the plan does for the same member."""

    arrival: Arrival
    planned_first_s: int | None  # when the plan lands that member's first consignment
    landed_s: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableUse:
    """One reference table as used: whose file and which version."""

    table: str
    file: str
    version: str
    sha256: str
    source: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The whole answer to one case; every view is made from it."""

    case: Case
    needs: tuple[Need, ...]  # stated and estimated together, as planned for
    problem: Problem
    planned: Planned
    violations: tuple[Violation, ...]
    non_matches: tuple[NonMatch, ...] = ()
    decided: Decided | None = None
    waiting: tuple[Need, ...] = ()  # needs of proposals that may not be done
    estimates: tuple[Estimate, ...] = ()
    historic_marks: tuple[HistoricMark, ...] = ()
    historic_matches: tuple[HistoricMatch, ...] = ()
    tables: tuple[TableUse, ...] = ()
    elapsed_s: float = field(default=0.0, compare=False)
    peak_memory_mib: float = field(default=0.0, compare=False)
