"""The board's shape. It changes as facts are folded in; only ``fold.py`` writes here.

Keys of dictionaries stand in the order in which they were first said, so that two folds of
one record give equal boards.
"""

from dataclasses import dataclass, field
from datetime import datetime

from u24.desk.board.stamps import Stamps, member_stamps_of
from u24.domain.events import Shock
from u24.domain.facts.cases import AlertHeard, Claim
from u24.domain.facts.decisions import (
    AskStated,
    ConditionDeclared,
    ConditionSaid,
    ConsentGiven,
    PhaseNamed,
    ProposalDecided,
    ProposalMade,
)
from u24.domain.facts.letters import CodeIssued, ConflictNoted
from u24.domain.facts.movements import AlarmRaised, HandedOver, MovementReported
from u24.domain.facts.people import PersonEnrolled, Role
from u24.domain.facts.plans import PlanMade
from u24.domain.facts.requests import (
    OfferMade,
    Reply,
    RequestAnswered,
    RequestStated,
    StandingOfferReleased,
)
from u24.domain.figures import Source
from u24.domain.gates import GateAnswer
from u24.domain.places import AirportTerms, Place, Road
from u24.domain.proposals import Position


@dataclass(slots=True, kw_only=True)
class RequestState:
    """A request and what members first said to it."""

    fact: RequestStated
    position: int  # of the entry that last stated it
    first_said_at: datetime
    asked_by: str
    sayings: dict[int, datetime]  # when it was said and said anew, by entry
    withdrawn: str = ""  # why; empty: it stands
    answers: dict[str, RequestAnswered] = field(default_factory=dict)  # by member


@dataclass(slots=True, kw_only=True)
class OfferState:
    """An offer on its way from made to committed."""

    fact: OfferMade
    position: int
    first_said_at: datetime
    offered_by: str
    sayings: dict[int, datetime]  # when it was said and said anew, by entry
    acceptances: dict[int, datetime | None] = field(default_factory=dict)
    # ^ by every entry that answered: when it was accepted, whole or in part; None: declined
    reply: Reply | None = None  # the host's; None: it waits
    answered_at: datetime | None = None
    taken_packs: dict[str, int] = field(default_factory=dict)  # by lot, once accepted
    taken_vehicles: tuple[str, ...] = ()
    committed_at: datetime | None = None
    withdrawn: str = ""


@dataclass(slots=True, kw_only=True)
class ConsentState:
    """A consent of the host."""

    fact: ConsentGiven
    position: int
    withdrawn: str = ""


@dataclass(slots=True, kw_only=True)
class PositionState:
    """A position, who brought it, and whether it may be shown."""

    position: Position
    actor: str
    said_at: datetime
    confidential: bool
    recorded: int  # position of the entry in the ledger


@dataclass(slots=True, kw_only=True)
class ProposalState:
    """A proposal that members decide by its rule."""

    fact: ProposalMade
    position: int
    decided: ProposalDecided | None = None


@dataclass(slots=True, kw_only=True)
class ConditionWordState:
    """A word on whether a condition holds, and who brought it."""

    fact: ConditionSaid
    actor: str
    recorded: int  # position of the entry in the ledger


@dataclass(slots=True, kw_only=True)
class GateAnswerState:
    """An officer's answer to a gate."""

    answer: GateAnswer
    actor: str
    said_at: datetime
    recorded: int  # position of the entry in the ledger


@dataclass(slots=True, kw_only=True)
class PlanState:
    """A plan from made to released, or dropped."""

    fact: PlanMade
    position: int
    made_by: str
    signed_by: tuple[str, ...] = ()
    released_at: datetime | None = None
    dropped: str = ""


@dataclass(slots=True, kw_only=True)
class AlarmState:
    """An alarm, and who looks after it."""

    fact: AlarmRaised
    position: int
    for_person_id: str
    acknowledge_until_at: datetime | None
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    escalations: int = 0
    cleared: str = ""


@dataclass(slots=True, kw_only=True)
class ConflictState:
    """Two desks said different things of one subject."""

    fact: ConflictNoted
    position: int
    settled: str = ""  # theirs or ours; empty: open


@dataclass(slots=True, kw_only=True)
class Note:
    """A line of the log book."""

    said_at: datetime
    actor: str
    text: str
    recorded: int = 0  # position of the entry in the ledger


@dataclass(slots=True, kw_only=True)
class Oddity:
    """An entry that made no sense, from a record that was imported or written by hand."""

    position: int
    text: str


@dataclass(slots=True, kw_only=True)
class CaseState:
    """One case as it stands."""

    case_id: str
    call_sign: str
    title: str
    hazard: str
    host: str
    t0_at: datetime
    horizon_h: int
    estimate_needs: bool
    summary: str
    opened_by: str
    sayings: dict[int, datetime] = field(default_factory=dict)  # when it was opened, by entry
    last_position: int = 0  # of the last entry in its stream
    closed: str = ""  # why
    merged_into: str = ""
    merged_from: tuple[str, ...] = ()
    alert_ids: tuple[str, ...] = ()
    places: dict[str, Place] = field(default_factory=dict)
    shocks: tuple[Shock, ...] = ()
    airports: dict[str, AirportTerms] = field(default_factory=dict)
    roads: dict[str, Road] = field(default_factory=dict)  # by "from > to"
    sources: dict[str, Source] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    claims_recorded: list[int] = field(default_factory=list)  # the entry of each claim
    requests: dict[str, RequestState] = field(default_factory=dict)
    offers: dict[str, OfferState] = field(default_factory=dict)
    consents: dict[str, ConsentState] = field(default_factory=dict)
    proposals: dict[str, ProposalState] = field(default_factory=dict)
    positions: list[PositionState] = field(default_factory=list)  # all that were ever taken
    conditions: dict[str, ConditionDeclared] = field(default_factory=dict)
    condition_words: list[ConditionWordState] = field(default_factory=list)  # all of them
    gate_answers: list[GateAnswerState] = field(default_factory=list)  # all of them
    phases: dict[str, PhaseNamed] = field(default_factory=dict)
    asks: dict[str, AskStated] = field(default_factory=dict)
    host_crews: tuple[str, ...] = ()  # crew families that the host's crews can run
    plans: dict[str, PlanState] = field(default_factory=dict)
    released_plan_id: str = ""
    movements: dict[str, MovementReported] = field(default_factory=dict)
    deliveries: dict[str, HandedOver] = field(default_factory=dict)
    alarms: dict[str, AlarmState] = field(default_factory=dict)
    conflicts: dict[str, ConflictState] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    corrections: int = 0
    corrected: dict[int, int] = field(default_factory=dict)  # by correction: what it says anew
    holds: dict[str, int] = field(default_factory=dict)
    # ^ by part, e.g. offer/off_1/reply: the entry whose word stands there
    codes: dict[str, CodeIssued] = field(default_factory=dict)  # not yet used
    used_codes: dict[str, int] = field(default_factory=dict)  # entry by code: it opens nothing more
    mail_ids: dict[str, int] = field(default_factory=dict)
    # ^ entry by every mail heard or sent, so that none acts twice
    last_mail: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    # ^ by person: when the last mail left, and the last entry it told of
    mail_failures: int = 0  # since the last that left
    bundle_ids: tuple[str, ...] = ()
    stamps: Stamps = field(default_factory=Stamps)

    @property
    def member_stamps(self) -> dict[str, Stamps]:
        """First offer to hand-over by member, found anew at each look; see ``stamps``."""
        return member_stamps_of((self,))


@dataclass(slots=True, kw_only=True)
class Grant:
    """A role that a person holds."""

    role: Role
    case_id: str  # or * for every case
    until_at: datetime | None = None
    broken_glass: bool = False
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Deputy:
    """Somebody who may act for another."""

    deputy_id: str
    until_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class People:
    """Who the desk knows, and what each may be."""

    persons: dict[str, PersonEnrolled] = field(default_factory=dict)
    grants: dict[str, list[Grant]] = field(default_factory=dict)  # by person
    deputies: dict[str, list[Deputy]] = field(default_factory=dict)  # by the person acted for


@dataclass(slots=True, kw_only=True)
class StandingState:
    """A standing offer, and whether it still stands."""

    fact: StandingOfferReleased
    position: int
    released_by: str
    withdrawn: str = ""


@dataclass(slots=True, kw_only=True)
class Board:
    """Everything that stands now."""

    position: int = 0  # of the last entry folded in
    seqs: dict[str, int] = field(default_factory=dict)  # last seq by stream
    ledger_id: str = ""
    desk_name: str = ""
    exercise: bool = False
    head_size: int = 0  # of the last published head
    head_at: datetime | None = None
    people: People = field(default_factory=People)
    alerts: dict[str, AlertHeard] = field(default_factory=dict)
    alert_sayings: dict[str, dict[int, datetime]] = field(default_factory=dict)
    # ^ by alert: when it was heard, and heard anew, by entry
    alert_cases: dict[str, str] = field(default_factory=dict)  # by alert; missing: none yet
    standing: dict[str, StandingState] = field(default_factory=dict)
    cases: dict[str, CaseState] = field(default_factory=dict)
    call_signs: dict[str, str] = field(default_factory=dict)
    # ^ by call sign: the case it leads to; of a merged case, the one that goes on
    call_sign_owners: dict[str, str] = field(default_factory=dict)  # whose it was at first
    mail_ids: dict[str, int] = field(default_factory=dict)  # of mails that are of no case
    mail_failures: int = 0  # of mails that are of no case, since the last that left
    oddities: list[Oddity] = field(default_factory=list)  # the first ones
    oddity_count: int = 0
