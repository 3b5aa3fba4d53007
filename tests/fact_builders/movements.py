"""Facts about what moves."""

from typing import Any

from tests.builders import at_h
from tests.fact_builders.defaults import CASE, SHA256, made
from u24.domain.facts import movements


def a_movement_reported(
    movement_id: str = "movement_1", **values: Any
) -> movements.MovementReported:
    return made(
        movements.MovementReported,
        values,
        case_id=CASE,
        movement_id=movement_id,
        milestone=movements.Milestone.DEPARTED,
        happened_at=at_h(5),
        site_id="EIN",
        consignment_id="consignment_1",
    )


def a_handed_over(delivery_id: str = "delivery_1", **values: Any) -> movements.HandedOver:
    return made(
        movements.HandedOver,
        values,
        case_id=CASE,
        delivery_id=delivery_id,
        consignment_id="consignment_1",
        packs=1,
        receiver="AFAD Hatay",
        happened_at=at_h(14),
        receipt="R 17",
        receipt_sha256=SHA256,
    )


def an_alarm_raised(alarm_id: str = "alarm_1", **values: Any) -> movements.AlarmRaised:
    return made(
        movements.AlarmRaised,
        values,
        case_id=CASE,
        alarm_id=alarm_id,
        kind=movements.AlarmKind.LATE,
        subject="consignment_1",
        text="not landed at ADA",
        need_ids=("need_1",),
        risk_share=0.25,
        for_person_id="nora",
        acknowledge_until_at=at_h(6),
    )


def an_alarm_acknowledged(alarm_id: str = "alarm_1", **values: Any) -> movements.AlarmAcknowledged:
    return made(
        movements.AlarmAcknowledged, values, case_id=CASE, alarm_id=alarm_id, note="calling"
    )


def an_alarm_escalated(alarm_id: str = "alarm_1", **values: Any) -> movements.AlarmEscalated:
    return made(
        movements.AlarmEscalated,
        values,
        case_id=CASE,
        alarm_id=alarm_id,
        to_person_id="dirk",
        acknowledge_until_at=at_h(7),
    )


def an_alarm_cleared(alarm_id: str = "alarm_1", **values: Any) -> movements.AlarmCleared:
    return made(movements.AlarmCleared, values, case_id=CASE, alarm_id=alarm_id, reason="landed")
