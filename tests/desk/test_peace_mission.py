"""A small peace mission at the desk, from a first proposal to a plan that two persons let go."""

from dataclasses import replace

import pytest

from tests.builders import (
    T0,
    a_consent,
    a_lot,
    a_need,
    a_place,
    a_road,
    a_vehicle,
    an_airport,
    at_h,
)
from tests.desk.a_desk import ADesk
from u24.consent import judge_case
from u24.desk.live_case import live_case
from u24.domain.commands.cases import DescribeCase, OpenCase
from u24.domain.commands.decisions import (
    AnswerGate,
    GiveConsent,
    MakeProposal,
    SayCondition,
    TakePosition,
)
from u24.domain.commands.plans import MakePlan, ReleasePlan, SignPlan
from u24.domain.commands.requests import AnswerOffer, MakeOffer, StateRequest
from u24.domain.consent import Permission
from u24.domain.facts.people import Role
from u24.domain.facts.requests import Reply
from u24.domain.proposals import MissionPurpose, Position, ProposalKind, Stance
from u24.reference.tables import SHIPPED

PEOPLE = {
    "dora": (Role.DUTY_OFFICER, ""), "lea": (Role.LEGAL_OFFICER, ""),
    "nils": (Role.LEGAL_OFFICER, "NLD"), "cato": (Role.DECISION_MAKER, "NLD"),
    "dieter": (Role.DECISION_MAKER, "DEU"), "hale": (Role.HOST_OFFICER, "TUR"),
}  # fmt: skip
OF_THE_OWNER = (
    "owner-licence", "maker-reexport", "att-6", "att-7", "transit",
    *(f"eu-criterion-{number}" for number in range(1, 9)),
)  # fmt: skip
GUARDS, AMBULANCES = "force_protection_company", "armoured_ambulance"


class Mission:
    """The desk, and what its people say one after the other."""

    def __init__(self):
        self.desk = ADesk(T0)
        for person_id, (role, member) in PEOPLE.items():
            self.desk.enrol(person_id, role, member)
        opening = OpenCase(title="Buffer zone", hazard="SO0001", host="TUR", t0_at=T0)
        self.case_id = self.do("dora", opening).get_made("case_id")
        self.do("dora", DescribeCase(
            case_id=self.case_id, places=(a_place(),), airports=(an_airport(),), roads=(a_road(),),
        ))  # fmt: skip
        self.do("hale", GiveConsent(case_id=self.case_id, consent=a_consent()))

    def do(self, who, command):
        return self.desk.do(who, command)

    def propose(self, proposal_id, deadline_h):
        self.do("dora", MakeProposal(
            case_id=self.case_id, proposal_id=proposal_id, kind=ProposalKind.MISSION,
            title="Peace mission", members=("DEU", "NLD"), requires=("host-request",),
            purposes=(MissionPurpose.PEACEKEEPING,), deadline_at=at_h(deadline_h), proposer="NLD",
        ))  # fmt: skip

    def stand(self, who, proposal_id, stance, *conditions):
        member = PEOPLE[who][1]
        position = Position(
            member=member, proposal=proposal_id, stance=stance, conditions=conditions
        )
        self.do(who, TakePosition(case_id=self.case_id, position=position))

    def say(self, condition_id):
        self.do("dora", SayCondition(case_id=self.case_id, condition_id=condition_id, holds=True))

    def ask_and_offer(self, proposal_id):
        own = {"proposal_id": proposal_id, "planned_units": 1}
        needs = (
            a_need("guards_need", kind=GUARDS, **own),
            a_need("amb_need", kind=AMBULANCES, **own),
        )
        lots = (
            a_lot("guards", kind=GUARDS, proposal_id=proposal_id),
            a_lot("ambulances", kind=AMBULANCES, proposal_id=proposal_id, pack_people=0),
        )
        self.do("hale", StateRequest(case_id=self.case_id, needs=needs))
        offer = MakeOffer(
            case_id=self.case_id, member="NLD", offer_id="offer_nld", lots=lots,
            vehicles=(a_vehicle(class_id="A400M"), a_vehicle("lift_1/2", class_id="A400M")),
        )  # fmt: skip
        self.desk.enrol("fons", Role.FOCAL_POINT, "NLD")
        self.do("fons", offer)
        self.do("hale", AnswerOffer(case_id=self.case_id, offer_id="offer_nld", reply=Reply.ACCEPT))

    def answer(self, who, gate_id, *, passed=True):
        self.do(who, AnswerGate(
            case_id=self.case_id, subject="ambulances", gate_id=gate_id, passed=passed,
            reasons="for the wounded of both sides",
        ))  # fmt: skip

    def plan(self, plan_id, work=20):
        self.do("dora", MakePlan(case_id=self.case_id, plan_id=plan_id, work=work))
        return self.case.plans[plan_id].fact

    @property
    def case(self):
        return self.desk.case(self.case_id)

    def judged(self):
        return judge_case(live_case(self.case), SHIPPED, self.desk.clock.now)


@pytest.fixture(scope="module")
def story():
    """Told once: what each test looks at is kept as it went."""
    told = {"mission": (mission := Mission())}
    mission.propose("first", 2)
    mission.stand("dieter", "first", Stance.CONDITIONAL, "cease-fire")
    mission.desk.clock.now = at_h(5)  # nobody looked at the deadline
    mission.desk.desk.watch()
    told["first"] = mission.case.proposals["first"].decided
    mission.say("cease-fire")
    told["first judged"] = mission.judged().proposals["first"]

    mission.propose("second", 8)
    mission.stand("dieter", "second", Stance.CONDITIONAL, "cease-fire")
    mission.stand("cato", "second", Stance.SUPPORT)
    mission.ask_and_offer("second")
    mission.desk.clock.now = at_h(8)
    mission.desk.desk.watch()
    told["second"] = mission.case.proposals["second"].decided
    told["unasked"] = mission.judged().proposals["second"]
    told["nothing allowed"] = mission.desk.refused(
        "dora", MakePlan(case_id=mission.case_id, work=5)
    )
    mission.say("host-request")
    mission.desk.clock.now = at_h(9)
    told["judged"] = mission.judged()
    told["guards alone"] = mission.plan("guards")

    for gate_id in OF_THE_OWNER:
        mission.answer("nils", gate_id)
    mission.answer("hale", "end-use")
    mission.answer("nils", "signatures")
    mission.answer("nils", "signatures")  # the same officer twice is one
    told["one signed"] = mission.judged().lots["ambulances"]
    mission.answer("cato", "signatures")
    told["two signed"] = mission.judged().lots["ambulances"]
    told["whole"] = mission.plan("whole")
    return told


def test_an_unmet_condition_stops_a_silence_at_its_deadline_though_nobody_looked(story):
    decided = story["first"]

    assert (decided.carried, decided.rule) == (False, "silence")
    assert (decided.decided_at, decided.said_at) == (at_h(2), at_h(5))
    assert decided.text.startswith("against: DEU; ")


def test_a_condition_that_comes_true_does_not_revive_what_was_lost(story):
    assert story["first judged"].permission is Permission.NO


def test_it_carries_the_second_proposal_which_still_waits_for_the_hosts_request(story):
    assert story["second"].carried
    assert story["unasked"].permission.bars
    assert story["unasked"].flips == ("host-request=true",)
    assert story["nothing allowed"].code == "nothing-allowed"
    assert not story["judged"].proposals["second"].permission.bars


def test_controlled_goods_wait_for_officers_when_the_mission_may_go(story):
    lots = story["judged"].lots

    assert not lots["guards"].permission.bars
    assert lots["ambulances"].permission is Permission.NO
    assert {line.lot_id for line in story["guards alone"].lines} == {"guards"}


def test_two_different_officers_of_the_owner_must_sign(story):
    assert [reason.code for reason in story["one signed"].bars] == ["gate-signatures"]
    assert "1 of 2 different officers" in story["one signed"].bars[0].text
    assert not story["two signed"].permission.bars


def test_forces_of_a_mission_and_controlled_goods_are_let_go_by_two_persons(story):
    mission, desk = story["mission"], story["mission"].desk.fork()
    plan = {"case_id": mission.case_id, "plan_id": "whole"}

    assert {line.lot_id for line in story["whole"].lines} == {"guards", "ambulances"}
    assert story["guards alone"].two_persons  # soldiers of a mission, though nothing controlled
    assert story["whole"].two_persons
    desk.do("dora", SignPlan(**plan))
    assert desk.refused("dora", ReleasePlan(**plan)).code == "second-person"
    desk.do("lea", SignPlan(**plan))
    desk.do("dora", ReleasePlan(**plan))


def test_a_later_no_of_an_officer_takes_back_what_a_released_plan_counts_on(story):
    mission = story["mission"]
    desk = mission.desk.fork()
    plan = {"case_id": mission.case_id, "plan_id": "whole"}
    desk.do("lea", SignPlan(**plan))
    desk.do("dora", ReleasePlan(**plan))
    no = AnswerGate(
        case_id=mission.case_id, subject="ambulances", gate_id="att-7", passed=False,
        reasons="a new report",
    )  # fmt: skip

    desk.do("nils", no)
    desk.desk.watch()

    alarms = desk.case(mission.case_id).alarms.values()
    assert [str(alarm.fact.kind) for alarm in alarms] == ["consent_gone"]
    assert desk.refused("cato", replace(no, gate_id="end-use")).code == "not-allowed"
