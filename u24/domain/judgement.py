"""The consent room's answer: what may be done, and every reason why not."""

from dataclasses import dataclass, field
from datetime import datetime

from u24.clock import require_utc
from u24.domain.asks import Join
from u24.domain.consent import Permission, Reason, Verdict
from u24.domain.decisions import Decision
from u24.domain.figures import Grounds


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalVerdict:
    """May this be done? The members' decision, and what else must hold.

    ``flips`` are single changes, in the words of ``--what-if``, any one of which lifts the
    verdict to yes or within limits; none where several are needed. ``unmet`` are the
    conditions that somebody set and that do not hold. ``contributors`` says for every member
    with a position, and for the rest as ``*``, whether it may take part itself.
    """

    proposal_id: str
    permission: Permission
    decision: Decision
    reasons: tuple[Reason, ...] = ()
    flips: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    contributors: tuple[tuple[str, Verdict], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What would have to be true for a proposal to be done: conditions first, then members.

    ``changes`` are the same in the words of ``--what-if``; a member that spoke in confidence
    stands as ``in confidence`` and has none. ``is_enough`` says whether the changes together
    carry it. ``until_counted``: besides, the count has to end without a further objection.
    """

    proposal_id: str
    conditions: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    is_enough: bool = False
    until_counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A donor's wish: its lot moves once something like it is in its place.

    ``wanted_units`` of ``wanted_kind`` are asked for ``member``; ``lot_ids`` are offers that
    may serve and move; ``by_at`` is when enough of them are ready, None if never.
    """

    lot_id: str
    member: str
    wanted_kind: str
    wanted_units: int
    lot_ids: tuple[str, ...] = ()
    by_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedPart:
    """One part of an ask, what may be done of it, and why not more."""

    subjects: tuple[str, ...]
    permission: Permission
    reasons: tuple[Reason, ...] = ()
    join: Join | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How an ask is answered: the first alternative that may be done, and those before it.

    ``chosen`` are the subjects to be done; empty where none may be.
    """

    ask_id: str
    permission: Permission
    chosen: tuple[str, ...] = ()
    tried: tuple[TriedPart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every verdict on a case, as things stand at ``at``.

    ``lots`` and ``proposals`` are in order of id.
    """

    at: datetime
    proposals: dict[str, ProposalVerdict] = field(default_factory=dict)
    lots: dict[str, Verdict] = field(default_factory=dict)
    replacements: tuple[Replacement, ...] = ()
    choices: tuple[Choice, ...] = ()

    def __post_init__(self) -> None:
        require_utc(at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairVerdict:
    """May this offer serve this need? The offer's verdict, and what bars it from this need.

    ``need_id`` is empty for an offer of a kind that nobody asked for.
    """

    lot_id: str
    need_id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedOutcome:
    """What really came of something, to hold the verdicts against. It decides nothing.

    ``measure`` names what is computed to compare: see docs/explain/consent.md.
    """

    outcome_id: str
    question: str
    measure: str
    subject: str
    recorded: str
    at: datetime | None = None
    grounds: Grounds = field(default_factory=Grounds)

    def __post_init__(self) -> None:
        if self.at is not None:
            require_utc(at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A recorded outcome beside the computed one."""

    outcome: RecordedOutcome
    computed: str

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return self.outcome.recorded == self.computed


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Everything that ``u24 decide`` shows: verdicts, pairs, and history beside them."""

    judgement: Judgement
    needed: tuple[Needed, ...] = ()  # of each proposal that may not be done
    pairs: tuple[PairVerdict, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    changes: tuple[str, ...] = ()  # what was supposed, as --what-if says it
