"""Released: by one person, or by two where a gate asks for it."""

import pytest

from tests.builders import at_h
from tests.desk.a_desk import a_filled_desk
from tests.facts import a_plan_line, a_plan_made
from u24.domain.commands.people import EndRole
from u24.domain.commands.plans import DropPlan, MakePlan, ReleasePlan, SignPlan
from u24.domain.facts.people import Role

GATED = {"case_id": "case_1", "plan_id": "gated"}
PLAIN = {"case_id": "case_1", "plan_id": "plan_new"}


@pytest.fixture(scope="module")
def filled():
    desk = a_filled_desk()
    for person_id, role in (
        ("dora", Role.DUTY_OFFICER), ("dirk", Role.DUTY_OFFICER), ("lea", Role.LEGAL_OFFICER),
        ("lars", Role.LOGISTICIAN),
    ):  # fmt: skip
        desk.known(person_id, "", {"role": role})
    desk.known("gus")
    lines = (a_plan_line(packs=4),)
    desk.say(a_plan_made("gated", lines=lines, two_persons=True))
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


def test_a_plan_without_a_gate_is_released_by_one(desk):
    desk.do("dora", ReleasePlan(**PLAIN))

    assert desk.case().released_plan_id == "plan_new"


@pytest.mark.parametrize("second", ["lea", "dirk"])
def test_a_gated_plan_needs_another_person_first(desk, second):
    assert desk.refused("dora", ReleasePlan(**GATED)).code == "second-person"
    desk.do("dora", SignPlan(**GATED))
    assert desk.refused("dora", ReleasePlan(**GATED)).code == "second-person"

    desk.do(second, SignPlan(**GATED))

    assert desk.ask("dora", ReleasePlan(**GATED)).is_done


def test_who_has_signed_signs_no_second_time(desk):
    desk.do("lea", SignPlan(**GATED))

    assert desk.refused("lea", SignPlan(**GATED)).code == "signed"


def test_a_legal_officer_signs_and_does_not_release(desk):
    desk.do("dora", SignPlan(**GATED))

    assert desk.refused("lea", ReleasePlan(**GATED)).code == "not-allowed"


def test_a_signature_counts_while_the_right_to_it_stands(desk):
    desk.do("lea", SignPlan(**GATED))
    desk.do("ada", EndRole(person_id="lea", role=Role.LEGAL_OFFICER))

    assert desk.refused("dora", ReleasePlan(**GATED)).code == "second-person"


@pytest.mark.parametrize(
    ("signs", "releases", "done"),
    [
        (("gus", "dora"), ("dora", ""), False),  # the releaser's own deputy
        (("dora", ""), ("gus", "dora"), False),  # in the name of who signed
        (("gus", "dora"), ("gus", "dora"), False),
        (("gus", "lea"), ("dora", ""), True),  # the deputy of a third
        (("lea", ""), ("gus", "dora"), True),
    ],
)
def test_two_persons_are_two_wills_also_through_deputies(desk, signs, releases, done):
    held = "lea" if "lea" in signs and signs[0] == "gus" else "dora"
    desk.deputy(held, "gus")

    desk.do(signs[0], SignPlan(**GATED), acting_for=signs[1])
    outcome = desk.ask(releases[0], ReleasePlan(**GATED), acting_for=releases[1])

    assert outcome.is_done == done
    assert done or outcome.refusal.code == "second-person"


def test_a_deputyship_that_has_ended_lends_no_signature(desk):
    desk.deputy("lea", "gus", at_h(6))
    desk.do("gus", SignPlan(**GATED), acting_for="lea")
    desk.clock.now = at_h(6)

    assert desk.refused("dora", ReleasePlan(**GATED)).code == "second-person"


@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        ((), SignPlan(case_id="case_1", plan_id="x"), "unknown-plan"),
        ((), ReleasePlan(case_id="case_1", plan_id="plan_out"), "released"),
        ((), DropPlan(case_id="case_1", plan_id="plan_out", reason="r"), "released"),
        ((DropPlan(**PLAIN, reason="r"),), ReleasePlan(**PLAIN), "dropped"),
        ((DropPlan(**PLAIN, reason="r"),), DropPlan(**PLAIN, reason="r"), "dropped"),
        ((), MakePlan(case_id="case_1", plan_id="plan_new"), "name-taken"),
    ],
)
def test_a_plan_takes_one_step_once(desk, before, command, code):
    for step in before:
        desk.do("dora", step)

    assert desk.refused("dora", command).code == code
