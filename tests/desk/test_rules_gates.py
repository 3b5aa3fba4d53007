"""A gate is answered by the officer whom it asks, in that person's own name, with reasons."""

import pytest

from tests.builders import a_lot, a_need, at_h
from tests.desk.a_desk import ADesk, a_filled_case
from tests.facts import (
    a_plan_line,
    a_plan_made,
    a_proposal_made,
    an_offer_answered,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.desk.live_case import live_case
from u24.desk.rules.gates import asks_two_persons
from u24.domain.commands.decisions import AnswerGate
from u24.domain.commands.plans import ReleasePlan, SignPlan
from u24.domain.facts.people import Role

PEOPLE = {
    "lea": (Role.LEGAL_OFFICER, ""), "nils": (Role.LEGAL_OFFICER, "NLD"),
    "greta": (Role.LEGAL_OFFICER, "DEU"), "cato": (Role.DECISION_MAKER, "NLD"),
    "dieter": (Role.DECISION_MAKER, "DEU"), "hale": (Role.HOST_OFFICER, "TUR"),
    "dora": (Role.DUTY_OFFICER, ""),
}  # fmt: skip


def answer(gate_id, subject="lot_arms", **values):
    default = {"passed": True, "reasons": "nothing speaks against it"}
    return AnswerGate(case_id="case_1", subject=subject, gate_id=gate_id, **{**default, **values})


@pytest.fixture(scope="module")
def filled():
    desk = ADesk()
    for person_id, (role, member) in PEOPLE.items():
        desk.enrol(person_id, role, member)
    desk.known("gus")
    desk.deputy("cato", "gus")
    a_filled_case(desk)
    arms = a_lot("lot_arms", kind="air_defence_s300", packs=2, military=True)
    desk.say(an_offer_made("offer_arms", lots=(arms,), vehicles=()))
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


@pytest.mark.parametrize(
    ("gate_id", "subject", "who"),
    [
        ("att-6", "lot_arms", {"lea", "nils", "cato"}),
        ("signatures", "lot_arms", {"nils", "cato"}),  # officers of the owner
        ("end-use", "lot_arms", {"hale"}),
        ("att-6", "proposal_1", {"lea"}),  # whose goods it will move is not known
        ("signatures", "proposal_1", set()),
        ("end-use", "proposal_1", {"hale"}),
    ],
)
def test_a_gate_is_answered_by_whom_it_asks_and_by_nobody_else(desk, gate_id, subject, who):
    found = {
        person_id
        for person_id in PEOPLE
        if desk.fork().ask(person_id, answer(gate_id, subject)).is_done
    }

    assert found == who


def test_the_officer_is_who_says_it_also_where_they_stand_in_for_another(desk):
    desk.do("gus", answer("att-6", valid_until_at=at_h(50), document="D 7"), acting_for="cato")

    [held] = live_case(desk.case()).gate_answers

    assert desk.case().gate_answers[0].answer.officer == "gus"
    assert (held.officer, held.at, held.document) == ("gus", desk.clock.now, "D 7")
    assert (held.subject, held.gate_id, held.passed) == ("lot_arms", "att-6", True)


@pytest.mark.parametrize(
    ("command", "code", "allowed"),
    [
        (answer("att-66"), "unknown-gate", "att-6, att-7"),
        (answer("un-embargo"), "by-rule", "an officer may only say no"),
        (answer("att-6", subject="lot_x"), "unknown-subject", "name one of those"),
        (answer("att-6", subject="lot_1"), "not-controlled", "usar_heavy"),
        (answer("att-6", reasons=" "), "no-reason", "say why"),
        (answer("att-6", valid_until_at=at_h(5)), "past", "give a later moment"),
    ],
)
def test_an_answer_that_could_not_count_is_refused_with_what_is_allowed(
    desk, command, code, allowed
):
    refusal = desk.refused("nils", command)

    assert refusal.code == code
    assert allowed in refusal.text


def test_an_officer_may_say_no_to_what_facts_decide(desk):
    assert desk.ask("nils", answer("un-embargo", passed=False)).is_done


def test_of_an_offer_that_is_withdrawn_nothing_is_asked(desk):
    desk.say(an_offer_withdrawn("offer_arms"))

    assert desk.refused("lea", answer("att-6")).code == "unknown-subject"


def test_an_answer_is_an_act_a_later_one_outweighs_it_and_both_stay_on_record(desk):
    desk.do("nils", answer("att-6"))
    desk.clock.wait(minutes=1)
    desk.do("nils", answer("att-6", passed=False, reasons="a report came in"))

    assert [held.answer.passed for held in desk.case().gate_answers] == [True, False]


@pytest.mark.parametrize(
    ("lot", "need_of", "two"),
    [
        (a_lot(kind="cbrn_mask"), "", True),  # dual use
        (a_lot(kind="family_tent", military=True), "", False),  # soldiers may bring tents
        (a_lot(military=True, proposal_id="mission_1"), "", True),
        (a_lot(military=True), "mission_1", True),
        (a_lot(kind="engineer_platoon", proposal_id="mission_1"), "", True),  # military by kind
        (a_lot(kind="formed_police_unit", proposal_id="mission_1"), "", False),
        (a_lot(military=True, proposal_id="package_1"), "", False),
        (a_lot("lot_9", kind="cbrn_mask"), "", False),  # not in the plan
    ],
)
def test_controlled_goods_and_a_missions_forces_go_only_if_two_persons_let_them(lot, need_of, two):
    needs = {"need_1": a_need(proposal_id=need_of)}

    asked = asks_two_persons((a_plan_line(),), {lot.lot_id: lot}, needs, {"mission_1"})

    assert asked is two


def test_a_plan_that_does_not_know_of_the_gate_still_needs_a_second_person(desk):
    desk.say(an_offer_answered("offer_arms"))
    desk.say(a_plan_made("from_elsewhere", lines=(a_plan_line(lot_id="lot_arms", vehicle_ids=()),)))
    release = ReleasePlan(case_id="case_1", plan_id="from_elsewhere")

    assert desk.refused("dora", release).code == "second-person"
    desk.do("lea", SignPlan(case_id="case_1", plan_id="from_elsewhere"))
    assert desk.ask("dora", release).is_done


def test_a_proposal_may_be_the_subject_only_where_the_case_has_it(desk):
    assert desk.refused("lea", answer("att-6", subject="prop_2")).code == "unknown-subject"
    desk.say(a_proposal_made("prop_2"))
    assert desk.ask("lea", answer("att-6", subject="prop_2")).is_done
