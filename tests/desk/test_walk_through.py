"""The earthquakes of Türkiye 2023 through the desk: from the alert to the hand-over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk.from_folder import (
    consents_of,
    description_of,
    offers_of,
    opening_of,
    positions_of,
    request_of,
)
from u24.desk.answering import read_case
from u24.desk.board.bytes import board_bytes
from u24.desk.board.fold import catch_up
from u24.desk.board.state import Board
from u24.desk.journey import Desk, begin_desk
from u24.desk.kpi import kpi
from u24.desk.saying import Caller
from u24.domain.commands.cases import CloseCase, DescribeCase, HearAlert
from u24.domain.commands.movements import AcknowledgeAlarm, HandOver, ReportMovement
from u24.domain.commands.people import EnrolPerson, GrantRole
from u24.domain.commands.plans import MakePlan, ReleasePlan, SignPlan
from u24.domain.commands.requests import AnswerOffer, CommitOffer
from u24.domain.facts.movements import AlarmKind, Milestone
from u24.domain.facts.people import Role
from u24.domain.facts.requests import Reply
from u24.ids import counted_ids
from u24.ledger.keys import create_key
from u24.ledger.sqlite import SqliteStore
from u24.ledger.verify import verify

SCENARIO = Path(__file__).parents[2] / "scenarios" / "turkiye-2023"
WORK = 60  # rounds of the planner: enough for a plan, and soon over
ROLES = {
    "duty": (Role.DUTY_OFFICER, ""),
    "host": (Role.HOST_OFFICER, "TUR"),
    "decides": (Role.DECISION_MAKER, "CYP"),
    "lifts": (Role.LOGISTICIAN, ""),
    "law": (Role.LEGAL_OFFICER, ""),
}


class HandClock:
    """Shows what it is set to."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class Walk:
    """A desk, its people, and what they have said."""

    def __init__(self, store, clock, signer, heads_file):
        administrator = EnrolPerson(person_id="admin", name="Administrator")
        ids = counted_ids()
        begin_desk(
            store, clock, ids, name="Walk", administrator=administrator,
            exercise=True, signer=signer,
        )  # fmt: skip
        self.desk = Desk(store, clock, ids, signer=signer, heads_file=heads_file)
        self.desk.refresh()
        self.clock, self.count = clock, 0
        self.case_id = ""

    def do(self, who, command):
        self.count += 1
        outcome = self.desk.do(Caller(who), f"step-{self.count}", command)
        assert outcome.is_done, (who, command, outcome.refusal)
        return outcome

    @property
    def case(self):
        return self.desk.board.cases[self.case_id]

    @property
    def hours(self):
        return (self.clock.now - self.case.t0_at) / timedelta(hours=1)

    def until(self, hours):
        self.clock.now = self.case.t0_at + timedelta(hours=hours)

    def enrol(self, person_id, role, member):
        self.do("admin", EnrolPerson(person_id=person_id, name=person_id, member=member))
        self.do("admin", GrantRole(person_id=person_id, role=role))

    def release(self, plan_id):
        if self.case.plans[plan_id].fact.two_persons:
            self.do("law", SignPlan(case_id=self.case_id, plan_id=plan_id))
        self.do("duty", ReleasePlan(case_id=self.case_id, plan_id=plan_id))

    def report(self, line, milestone, seconds, site_id=""):
        self.do(
            "lifts",
            ReportMovement(
                case_id=self.case_id,
                milestone=milestone,
                consignment_id=line.consignment_id,
                happened_at=self.case.t0_at + timedelta(seconds=seconds),
                site_id=site_id,
            ),
        )

    def report_until_now(self, but=()):
        """What the released plan expected until now has happened, but for some."""
        plan = self.case.plans[self.case.released_plan_id].fact
        now_s = (self.clock.now - self.case.t0_at) // timedelta(seconds=1)
        for line in plan.lines:
            reached = {
                m.milestone
                for m in self.case.movements.values()
                if m.consignment_id == line.consignment_id
            }
            if line.consignment_id in but or set(line.vehicle_ids) & set(but):
                continue
            if line.depart_s <= now_s and Milestone.DEPARTED not in reached:
                self.report(line, Milestone.DEPARTED, line.depart_s, line.site_ids[0])
            if line.arrive_s <= now_s and Milestone.ARRIVED not in reached:
                self.report(line, Milestone.ARRIVED, line.arrive_s, line.site_ids[-1])

    def hand_over_what_arrived(self):
        plan = self.case.plans[self.case.released_plan_id].fact
        arrived = {
            m.consignment_id
            for m in self.case.movements.values()
            if m.milestone is Milestone.ARRIVED
        }
        done = {delivery.consignment_id for delivery in self.case.deliveries.values()}
        for line in plan.lines:
            if line.consignment_id in arrived - done:
                self.do(
                    "host",
                    HandOver(
                        case_id=self.case_id,
                        consignment_id=line.consignment_id,
                        packs=line.packs,
                        receiver="AFAD",
                        receipt=f"R-{line.consignment_id}",
                    ),
                )

    def alarms(self, kind):
        return [alarm for alarm in self.case.alarms.values() if alarm.fact.kind is kind]

    def newest_proposal(self):
        open_plans = [
            plan
            for plan in self.case.plans.values()
            if plan.released_at is None and not plan.dropped and plan.fact.because
        ]
        assert open_plans, "the desk proposed nothing"
        return open_plans[-1].fact


@pytest.fixture
def walk(tmp_path):
    signer = create_key(tmp_path / "desk.pem")
    clock = HandClock(datetime(2023, 2, 6, 1, 25, tzinfo=UTC))
    store = SqliteStore(tmp_path / "desk.db", clock)
    yield Walk(store, clock, signer, tmp_path / "heads.jsonl")
    store.close()


def open_and_fill(walk, case):
    """From the alert to offers that bind, each step by the role that may."""
    walk.do(
        "duty",
        HearAlert(source="USGS", title="M 7.8 Pazarcik", alert_id="us6000jllz", hazard="GH0101",
                  country="TUR", event_at=case.t0_at),
    )  # fmt: skip
    opened = walk.do("duty", replace(opening_of(case), alert_id="us6000jllz", t0_at=None))
    walk.case_id = opened.get_made("case_id")
    walk.do("duty", description_of(case, walk.case_id))
    walk.do("host", request_of(case, walk.case_id))
    for consent in consents_of(case, walk.case_id):
        walk.do("host", consent)
    for position in positions_of(case, walk.case_id):
        if position.position.member == "CYP":
            walk.do("decides", position)
    walk.until(2)
    for offer in offers_of(case, walk.case_id):
        walk.do(f"focal-{offer.member}", offer)
        walk.do(
            "host",
            AnswerOffer(case_id=walk.case_id, offer_id=offer.offer_id, reply=Reply.ACCEPT),
        )
        walk.do(f"focal-{offer.member}", CommitOffer(case_id=walk.case_id, offer_id=offer.offer_id))


def close_the_busiest_airport(walk, plan):
    """First disruption: the host closes the main airport of entry; the desk proposes a plan."""
    host_sites = [site for line in plan.lines for site in line.site_ids if site.startswith("LT")]
    busiest = max(sorted(set(host_sites)), key=host_sites.count)
    known = walk.case.airports[busiest]
    closed = replace(known, closed_h=((walk.hours, 40.0),))
    walk.do("host", DescribeCase(case_id=walk.case_id, airports=(closed,), why="runway broken"))
    walk.desk.watch()
    alarms = walk.alarms(AlarmKind.SITE_CLOSED)
    assert alarms
    for alarm in alarms:
        if not alarm.cleared:
            told = AcknowledgeAlarm(case_id=walk.case_id, alarm_id=alarm.fact.alarm_id)
            walk.do("duty", told)
    assert walk.case.released_plan_id == plan.plan_id  # a proposal is never released by itself
    return walk.newest_proposal()


def lose_an_aircraft(walk, plan):
    """Second disruption: an aircraft that has not left fails; the logistician plans anew."""
    now_s = walk.hours * 3600
    lost = next(v for line in plan.lines if line.depart_s > now_s for v in line.vehicle_ids)
    failed = ReportMovement(case_id=walk.case_id, milestone=Milestone.FAILED, vehicle_id=lost)
    walk.do("lifts", failed)
    walk.desk.watch()
    alarms = walk.alarms(AlarmKind.FAILED)
    assert alarms
    assert alarms[0].fact.need_ids
    because = tuple(alarm.fact.alarm_id for alarm in alarms)
    made = walk.do("lifts", MakePlan(case_id=walk.case_id, work=WORK, because=because))
    new = walk.case.plans[made.get_made("plan_id")].fact
    assert not any(lost in line.vehicle_ids and line.depart_s > now_s for line in new.lines)
    return new


def test_turkiye_from_alert_to_hand_over_by_six_roles_with_two_disruptions(walk, tmp_path):
    case = read_case(SCENARIO)
    for person_id, (role, member) in ROLES.items():
        walk.enrol(person_id, role, member)
    for member in sorted({offer.member for offer in offers_of(case, "")}):
        walk.enrol(f"focal-{member}", Role.FOCAL_POINT, member)
    open_and_fill(walk, case)

    made = walk.do("lifts", MakePlan(case_id=walk.case_id, work=WORK, two_persons=True))
    first = walk.case.plans[made.get_made("plan_id")].fact
    walk.release(first.plan_id)
    walk.until(8)
    walk.report_until_now()
    second = close_the_busiest_airport(walk, first)
    walk.release(second.plan_id)
    walk.until(12)
    walk.report_until_now()
    third = lose_an_aircraft(walk, second)
    walk.release(third.plan_id)
    walk.until(30)
    walk.report_until_now()
    walk.hand_over_what_arrived()
    walk.do("duty", CloseCase(case_id=walk.case_id, reason="handed over to AFAD"))

    stamps = walk.case.stamps
    steps = [
        stamps.alert_at, stamps.case_at, stamps.request_at, stamps.first_offer_at,
        stamps.acceptance_at, stamps.wheels_up_at, stamps.arrival_at, stamps.hand_over_at,
    ]  # fmt: skip
    assert None not in steps
    assert steps == sorted(steps)
    assert walk.case.deliveries
    found = kpi(walk.desk.board, now=walk.clock.now, include_exercises=True)
    assert found.closed_case_ids == (walk.case_id,)
    assert {held.member for held in found.members} >= {"DEU", "GBR"}
    assert_the_record_tells_the_same(walk, tmp_path / "desk.db")


def assert_the_record_tells_the_same(walk, path):
    """It proves itself, and gives the same board, byte for byte, to whoever reads it anew."""
    assert walk.desk.publish_head()
    assert verify(walk.desk.store).findings == ()
    reopened = SqliteStore(path, walk.clock, read_only=True)
    replayed = board_bytes(catch_up(Board(), reopened))
    reopened.close()
    assert replayed == board_bytes(walk.desk.board)
