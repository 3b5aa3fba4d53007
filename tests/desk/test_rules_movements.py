"""Moved, handed over, looked after: what can have happened, and what cannot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import T0, a_lot, at_h
from tests.desk.a_desk import NOW, a_filled_desk
from tests.facts import (
    a_case_opened,
    a_plan_line,
    a_plan_made,
    a_plan_released,
    an_offer_made,
)
from u24.domain.commands.cases import CloseCase, MergeCases
from u24.domain.commands.movements import (
    AcknowledgeAlarm,
    ClearAlarm,
    HandOver,
    ReportMovement,
    SettleConflict,
)
from u24.domain.facts.movements import Milestone
from u24.domain.facts.people import Role

LOADED = ReportMovement(
    case_id="case_1", milestone=Milestone.LOADED, consignment_id="consignment_1",
    happened_at=at_h(2),
)  # fmt: skip
ARRIVED = replace(LOADED, milestone=Milestone.ARRIVED, happened_at=at_h(4))
VEHICLE = replace(LOADED, consignment_id="", vehicle_id="lift_1/1")
HAND_OVER = HandOver(case_id="case_1", consignment_id="consignment_1", packs=3, receiver="AFAD")
ACKNOWLEDGE = AcknowledgeAlarm(case_id="case_1", alarm_id="alarm_1")
CLEAR = ClearAlarm(case_id="case_1", alarm_id="alarm_1", reason="landed after all")
SETTLE = SettleConflict(case_id="case_1", conflict_id="conflict_1", take_theirs=True, reason="r")


@pytest.fixture(scope="module")
def filled():
    desk = a_filled_desk()
    desk.known("dora", "", {"role": Role.DUTY_OFFICER})
    desk.known("fons", "NLD", {"role": Role.FOCAL_POINT})
    desk.known("dieter", "DEU", {"role": Role.FOCAL_POINT})
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        ((), replace(LOADED, consignment_id="x"), "unknown-consignment"),
        ((), replace(VEHICLE, vehicle_id="x"), "unknown-vehicle"),
        ((), replace(LOADED, vehicle_id="lift_1/1"), "one-subject"),
        ((), replace(LOADED, consignment_id=""), "one-subject"),
        ((), replace(LOADED, happened_at=NOW + timedelta(minutes=5, seconds=1)), "future"),
        ((), replace(LOADED, happened_at=T0 - timedelta(days=7, seconds=1)), "too-early"),
        ((LOADED,), replace(ARRIVED, happened_at=at_h(1.9)), "out-of-order"),
        ((ARRIVED,), replace(LOADED, happened_at=at_h(4.1)), "out-of-order"),
        ((), replace(HAND_OVER, packs=5), "too-many"),
        ((HAND_OVER,), replace(HAND_OVER, packs=2), "too-many"),
        ((), replace(HAND_OVER, packs=0), "no-packs"),
        ((), replace(HAND_OVER, packs=-1), "no-packs"),
        ((), replace(HAND_OVER, receiver=" "), "no-receiver"),
        ((), replace(HAND_OVER, consignment_id="x"), "unknown-consignment"),
        ((), replace(HAND_OVER, happened_at=NOW + timedelta(hours=1)), "future"),
        ((), replace(ACKNOWLEDGE, alarm_id="x"), "unknown-alarm"),
        ((ACKNOWLEDGE,), ACKNOWLEDGE, "acknowledged"),
        ((CLEAR,), ACKNOWLEDGE, "cleared"),
        ((CLEAR,), CLEAR, "cleared"),
        ((), replace(CLEAR, reason=""), "no-reason"),
        ((), replace(SETTLE, conflict_id="x"), "unknown-conflict"),
        ((SETTLE,), SETTLE, "settled"),
        ((), replace(SETTLE, reason=""), "no-reason"),
    ],
)
def test_what_cannot_have_happened_is_refused(desk, before, command, code):
    for step in before:
        desk.do("dora", step)

    refusal = desk.refused("dora", command)

    assert refusal.code == code
    assert refusal.text


@pytest.mark.parametrize(
    "steps",
    [
        (LOADED, ARRIVED), (ARRIVED, LOADED), (ARRIVED,), (ARRIVED, HAND_OVER), (HAND_OVER,),
        (LOADED, replace(LOADED, milestone=Milestone.FAILED, happened_at=at_h(1))),
        (replace(LOADED, happened_at=NOW + timedelta(minutes=5)),),
        (replace(LOADED, happened_at=T0 - timedelta(days=7)),),
        (VEHICLE, replace(VEHICLE, happened_at=at_h(1), milestone=Milestone.LANDED)),
        (HAND_OVER, replace(HAND_OVER, packs=1)), (ACKNOWLEDGE, CLEAR), (SETTLE,),
    ],
)  # fmt: skip
def test_these_can(desk, steps):
    done = [desk.do("dora", step) for step in steps]

    assert all(outcome.is_done for outcome in done)


def test_a_movement_happened_now_unless_said(desk):
    done = desk.do("dora", replace(LOADED, happened_at=None))

    assert desk.case().movements[done.get_made("movement_id")].happened_at == NOW


def test_what_is_said_anew_does_not_stand_in_its_own_way(desk):
    desk.do("dora", replace(ARRIVED, movement_id="m1"))
    desk.do("dora", replace(HAND_OVER, delivery_id="d1", packs=4))

    desk.do("dora", replace(LOADED, movement_id="m1", happened_at=at_h(4.5)))
    desk.do("dora", replace(HAND_OVER, delivery_id="d1", packs=2))

    assert desk.case().movements["m1"].milestone is Milestone.LOADED
    assert desk.case().deliveries["d1"].packs == 2


def test_what_left_under_an_earlier_plan_still_arrives(desk):
    desk.say(
        a_plan_made("plan_2", lines=(a_plan_line("consignment_2"),)), a_plan_released("plan_2")
    )

    assert desk.ask("dora", ARRIVED).is_done
    assert desk.ask("dora", replace(ARRIVED, consignment_id="consignment_2")).is_done


def test_a_plan_that_was_not_released_moves_nothing(desk):
    desk.say(a_plan_made("plan_2", lines=(a_plan_line("consignment_2"),)))

    late = replace(ARRIVED, consignment_id="consignment_2")

    assert desk.refused("dora", late).code == "unknown-consignment"


def test_a_focal_point_reports_what_is_of_their_own_member(desk):
    for command in (LOADED, VEHICLE, HAND_OVER):
        assert desk.refused("dieter", command).code == "not-allowed"
        assert desk.ask("fons", command).is_done


def test_late_news_come_into_a_closed_case_and_new_acts_do_not(desk):
    desk.do("dora", CloseCase(case_id="case_1", reason="over"))

    assert desk.ask("dora", ARRIVED).is_done
    assert desk.ask("dora", HAND_OVER).is_done
    assert desk.refused("dora", CLEAR).code == "closed"


@pytest.mark.parametrize("command", [LOADED, VEHICLE, replace(HAND_OVER, packs=1)])
def test_only_its_own_member_speaks_of_what_a_merged_case_sends(desk, command):
    desk.say(a_case_opened("case_8", call_sign="U24-2023-008"))
    desk.say(a_plan_made("plan_8", case_id="case_8"), a_plan_released("plan_8", case_id="case_8"))
    desk.do("dora", MergeCases(case_id="case_1", into_case_id="case_8", reason="one"))
    of_the_whole = replace(command, case_id="case_8")

    assert desk.refused("dieter", of_the_whole).code == "not-allowed"
    desk.do("fons", of_the_whole)


def test_what_no_offer_holds_any_more_is_not_for_every_focal_point_to_report(desk):
    desk.say(an_offer_made(lots=(a_lot("lot_9"),), vehicles=()))

    for command in (LOADED, VEHICLE):
        assert desk.refused("dieter", command).code == "not-allowed"
        desk.do("dora", command)
