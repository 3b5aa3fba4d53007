"""Movements, hand-overs and alarms on the board."""

from tests.builders import at_h
from tests.desk.board.records import case_with
from tests.facts import (
    a_case_opened,
    a_correction,
    a_handed_over,
    a_movement_reported,
    an_alarm_acknowledged,
    an_alarm_cleared,
    an_alarm_escalated,
    an_alarm_raised,
)

OPENED = a_case_opened()


def alarm_with(*facts):
    return case_with(*facts).alarms["alarm_1"]


def test_a_movement_and_a_hand_over_stand_as_last_said():
    case = case_with(
        a_movement_reported(),
        a_movement_reported(site_id="VIE"),
        a_handed_over(),
        a_handed_over(packs=7),
    )

    assert [movement.site_id for movement in case.movements.values()] == ["VIE"]
    assert [delivery.packs for delivery in case.deliveries.values()] == [7]


def test_an_alarm_is_whose_it_is_for_until_it_is_escalated():
    raised, escalated = an_alarm_raised(), an_alarm_escalated()

    assert (alarm_with(raised).for_person_id, alarm_with(raised).escalations) == ("nora", 0)
    later = alarm_with(raised, escalated)
    assert (later.for_person_id, later.acknowledge_until_at, later.escalations) == (
        "dirk",
        at_h(7),
        1,
    )


def test_an_alarm_is_looked_after_by_the_last_who_says_so():
    alarm = alarm_with(
        an_alarm_raised(),
        ("nora", an_alarm_acknowledged(said_at=at_h(2))),
        ("dirk", an_alarm_acknowledged(said_at=at_h(3))),
    )

    assert (alarm.acknowledged_by, alarm.acknowledged_at) == ("dirk", at_h(3))


def test_an_open_alarm_raised_again_stays_with_who_looks_after_it():
    alarm = alarm_with(
        an_alarm_raised(),
        an_alarm_escalated(),
        ("dirk", an_alarm_acknowledged()),
        an_alarm_raised(risk_share=0.5),
    )

    assert (alarm.acknowledged_by, alarm.for_person_id) == ("dirk", "dirk")
    assert alarm.fact.risk_share == 0.5


def test_an_alarm_raised_again_after_it_was_cleared_is_a_new_one():
    alarm = alarm_with(
        an_alarm_raised(),
        an_alarm_escalated(),
        an_alarm_acknowledged(),
        an_alarm_cleared(),
        an_alarm_raised(),
    )

    assert (alarm.cleared, alarm.acknowledged_by, alarm.escalations) == ("", "", 0)
    assert alarm.for_person_id == "nora"


def test_a_correction_neither_raises_a_cleared_alarm_nor_clears_one_raised_again():
    cleared = (OPENED, an_alarm_raised(), an_alarm_cleared(reason="landed"))

    still = alarm_with(*cleared, a_correction(2, an_alarm_raised(text="late")))
    again = alarm_with(
        *cleared, an_alarm_raised(), a_correction(3, an_alarm_cleared(reason="it landed"))
    )

    assert (still.cleared, still.fact.text) == ("landed", "late")
    assert again.cleared == ""
