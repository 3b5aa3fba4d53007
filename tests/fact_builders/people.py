"""Facts about people."""

from typing import Any

from tests.builders import at_h
from tests.fact_builders.defaults import CASE, made
from u24.domain.facts import people


def a_person_enrolled(person_id: str = "nora", **values: Any) -> people.PersonEnrolled:
    return made(
        people.PersonEnrolled,
        values,
        person_id=person_id,
        name=person_id.title(),
        email=f"{person_id}@example.org",
        member="NLD",
    )


def a_role_granted(person_id: str = "nora", **values: Any) -> people.RoleGranted:
    return made(people.RoleGranted, values, person_id=person_id, role=people.Role.FOCAL_POINT)


def a_role_ended(person_id: str = "nora", **values: Any) -> people.RoleEnded:
    return made(
        people.RoleEnded,
        values,
        person_id=person_id,
        role=people.Role.FOCAL_POINT,
        reason="left the ministry",
    )


def a_deputy_named(**values: Any) -> people.DeputyNamed:
    return made(people.DeputyNamed, values, person_id="nora", deputy_id="dirk", until_at=at_h(24))


def a_deputy_ended(**values: Any) -> people.DeputyEnded:
    return made(people.DeputyEnded, values, person_id="nora", deputy_id="dirk")


def a_shift_handed_over(**values: Any) -> people.ShiftHandedOver:
    return made(
        people.ShiftHandedOver,
        values,
        person_id="nora",
        to_person_id="dirk",
        role=people.Role.FOCAL_POINT,
        note="one offer waits",
    )


def a_glass_broken(person_id: str = "nora", **values: Any) -> people.GlassBroken:
    return made(
        people.GlassBroken,
        values,
        person_id=person_id,
        role=people.Role.DUTY_OFFICER,
        case_id=CASE,
        reason="nobody answers",
        until_at=at_h(5),
    )
