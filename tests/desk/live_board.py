"""A board that facts are folded into, one by one, without a store."""

from datetime import datetime, timedelta

from tests.builders import T0, a_case, at_h
from u24.desk.board.fold import Said, fold
from u24.desk.board.state import Board, CaseState
from u24.desk.plans import make_plan
from u24.domain.case import Case
from u24.domain.commands.plans import MakePlan
from u24.domain.facts.cases import CaseDescribed, CaseMerged, CaseOpened
from u24.domain.facts.decisions import ConsentGiven
from u24.domain.facts.fact import Fact
from u24.domain.facts.movements import HandedOver, Milestone, MovementReported
from u24.domain.facts.people import PersonEnrolled, Role, RoleGranted
from u24.domain.facts.plans import PlanMade, PlanReleased
from u24.domain.facts.requests import OfferAnswered, OfferMade, OfferWithdrawn, Reply, RequestStated
from u24.wire.facts import kind_of

CASE = "case_1"
HOST_OFFICER = "host"


class LiveBoard:
    """Says facts as the ledger would hold them."""

    def __init__(self) -> None:
        self.board = Board()
        self.now = T0

    @property
    def case(self) -> CaseState:
        return self.board.cases[CASE]

    def say(self, fact: Fact, *, actor: str = "desk", stream: str = f"case/{CASE}") -> None:
        seq = self.board.seqs.get(stream, 0) + 1
        fold(
            self.board,
            Said(
                position=self.board.position + 1,
                stream=stream,
                seq=seq,
                kind=kind_of(fact),
                actor=actor,
                at=fact.said_at,
                command=f"c{self.board.position + 1}",
                fact=fact,
            ),
        )

    def at(self, hours: float) -> "LiveBoard":
        self.now = T0 + timedelta(hours=hours)
        return self

    def open(self, case: Case, case_id: str = CASE) -> None:
        """Everything that a case holds, as one officer could say it."""
        stream, now = f"case/{case_id}", self.now
        sign = f"U24-2023-{len(self.board.cases) + 1:03d}"
        self.say(
            CaseOpened(
                said_at=now, case_id=case_id, call_sign=sign, title=case.title,
                hazard=case.hazard, host=case.host, t0_at=case.t0_at, horizon_h=case.horizon_h,
                estimate_needs=case.estimate_needs,
            ),
            stream=stream,
        )  # fmt: skip
        self.describe(case, case_id)
        if case.needs:
            self.say(
                RequestStated(
                    said_at=now, case_id=case_id, request_id=f"req_{case_id}", needs=case.needs
                ),
                stream=stream,
            )
        for n, consent in enumerate(case.consents):
            self.say(
                ConsentGiven(
                    said_at=now, case_id=case_id, consent_id=f"con_{n:02d}", consent=consent
                ),
                stream=stream,
            )
        members = {lot.member for lot in case.lots} | {v.member for v in case.vehicles}
        for member in sorted(members):
            offer_id = f"off_{case_id}_{member}"
            self.say(
                OfferMade(
                    said_at=now, case_id=case_id, offer_id=offer_id, member=member,
                    lots=tuple(lot for lot in case.lots if lot.member == member),
                    vehicles=tuple(v for v in case.vehicles if v.member == member),
                ),
                stream=stream,
            )  # fmt: skip
            self.answer(offer_id, Reply.ACCEPT, case_id)

    def describe(self, case: Case, case_id: str = CASE) -> None:
        self.say(
            CaseDescribed(
                said_at=self.now, case_id=case_id, places=case.places, shocks=case.shocks,
                airports=case.airports, roads=case.roads, sources=case.sources,
            ),
            stream=f"case/{case_id}",
        )  # fmt: skip

    def answer(self, offer_id: str, reply: Reply, case_id: str = CASE, **values) -> None:
        fact = OfferAnswered(
            said_at=self.now, case_id=case_id, offer_id=offer_id, reply=reply, **values
        )
        self.say(fact, actor=HOST_OFFICER, stream=f"case/{case_id}")

    def withdraw(self, offer_id: str) -> None:
        self.say(
            OfferWithdrawn(said_at=self.now, case_id=CASE, offer_id=offer_id, reason="needed here")
        )

    def merge(self, case_id: str) -> None:
        fact = CaseMerged(said_at=self.now, case_id=case_id, into_case_id=CASE, reason="the same")
        self.say(fact, stream=f"case/{case_id}")

    def plan(self, plan_id: str, *, work: int = 40, **values) -> PlanMade:
        """Make a plan now, and say it."""
        command = MakePlan(case_id=CASE, plan_id=plan_id, work=work, **values)
        made = make_plan(self.board, command, self.now, lambda prefix: f"{prefix}_x")
        assert isinstance(made, tuple), made
        self.say(made[0])
        return made[0]

    def release(self, plan_id: str) -> None:
        self.say(PlanReleased(said_at=self.now, case_id=CASE, plan_id=plan_id))

    def report(self, milestone: Milestone, hours: float, **values) -> None:
        """A movement that happened so many hours after T0."""
        movement_id = values.pop("movement_id", f"mov_{len(self.case.movements)}")
        self.say(
            MovementReported(
                said_at=max(self.now, at_h(hours)), case_id=CASE, movement_id=movement_id,
                milestone=milestone, happened_at=at_h(hours), **values,
            )
        )  # fmt: skip

    def hand_over(self, consignment_id: str, packs: int, hours: float) -> None:
        self.say(
            HandedOver(
                said_at=at_h(hours), case_id=CASE, delivery_id=f"d{len(self.case.deliveries)}",
                consignment_id=consignment_id, packs=packs, receiver="AFAD",
                happened_at=at_h(hours),
            )
        )  # fmt: skip

    def enrol(self, person_id: str, role: Role = Role.DUTY_OFFICER, **values) -> None:
        person = PersonEnrolled(said_at=self.now, person_id=person_id, name=person_id.title())
        self.say(person, stream="people")
        grant = RoleGranted(said_at=self.now, person_id=person_id, role=role, **values)
        self.say(grant, stream="people")


def a_live_board(case: Case | None = None) -> LiveBoard:
    """A case with everything accepted, at T0."""
    live = LiveBoard()
    live.open(case or a_case())
    return live


def hours_of(t0_at: datetime, moment: datetime) -> float:
    return (moment - t0_at) / timedelta(hours=1)
