"""Every command by every role in every situation, beside a table that was written by hand."""

from dataclasses import replace

import pytest

from tests.builders import T0, a_lot, at_h
from tests.desk.a_desk import a_filled_desk
from tests.desk.every_command import LETTERS, TABLE, every_command
from tests.facts import a_case_closed, a_plan_made, an_offer_made
from u24.desk.journey import JOURNEY
from u24.desk.policy import MAY
from u24.desk.saying import PEOPLE
from u24.domain.commands.cases import MergeCases
from u24.domain.commands.plans import ReleasePlan
from u24.domain.commands.requests import AnswerOffer
from u24.domain.facts.people import EVERY_CASE, GlassBroken, Role
from u24.domain.facts.requests import Reply

SITUATIONS = (
    "every case", "this case", "other case", "other member", "closed", "expired",
    "deputy", "deputy no more", "deputy of a deputy", "guest", "glass", "no role",
)  # fmt: skip
# These words say that the person may not; anything else is about what was asked.
MAY_NOT = {
    "not-allowed", "no-deputy", "own-name-only", "closed", "guest", "unknown-person", "not-held",
}  # fmt: skip
OF_A_MEMBER = {Role.FOCAL_POINT, Role.DECISION_MAKER, Role.HOST_OFFICER}


def member_of(role):
    return "TUR" if role is Role.HOST_OFFICER else "NLD" if role in OF_A_MEMBER else ""


def person_of(letter, situation):
    return f"{letter}-{situation.replace(' ', '-')}"


@pytest.fixture(scope="module")
def filled():
    """The desk with one person a role and situation; case_3 is closed."""
    desk = a_filled_desk()
    desk.known("gus")
    desk.known("gwen", "", {"role": Role.OBSERVER, "until_at": at_h(20), "case_id": "case_1"},
               {"role": Role.OBSERVER, "until_at": at_h(20), "case_id": "case_3"})  # fmt: skip
    desk.known("lars", "", {"role": Role.LOGISTICIAN})
    desk.deputy("lars", "gwen")
    for letter, role in LETTERS.items():
        for situation in SITUATIONS:
            enrol(desk, letter, role, situation)
    desk.say(a_case_closed(case_id="case_3"))
    return desk


def enrol(desk, letter, role, situation):
    person_id, member = person_of(letter, situation), member_of(role)
    case_id = EVERY_CASE if letter == "A" else "case_1"
    everywhere = {"role": role, "case_id": EVERY_CASE}
    grants = {
        "every case": [everywhere],
        "this case": [{"role": role, "case_id": case_id}],
        "other case": [{"role": role, "case_id": "case_2"}],
        "other member": [everywhere],
        "closed": [everywhere],
        "expired": [{"role": role, "case_id": EVERY_CASE, "until_at": at_h(2)}],
        "guest": [{"role": role, "case_id": case_id, "until_at": at_h(20)}],
    }
    if situation == "other member":
        member = "SYR"
    desk.known(person_id, member, *grants.get(situation, ()))
    if situation == "deputy":
        desk.deputy(person_of(letter, "every case"), person_id)
    elif situation == "deputy no more":
        desk.deputy(person_of(letter, "every case"), person_id, at_h(2))
    elif situation == "deputy of a deputy":
        desk.deputy(person_of(letter, "deputy"), person_id)
    elif situation == "glass":
        desk.say(
            GlassBroken(
                said_at=T0, person_id=person_id, role=role, case_id=case_id, reason="r",
                until_at=at_h(7),
            ),
            stream=PEOPLE,
        )  # fmt: skip


def stands_in_for(letter, situation):
    return {
        "deputy": person_of(letter, "every case"),
        "deputy no more": person_of(letter, "every case"),
        "deputy of a deputy": person_of(letter, "deputy"),
    }.get(situation, "")


def is_expected(letter, situation, row):  # noqa: PLR0911 - one for each line of the rules
    """By the table alone: may a person of this role do it in this situation?"""
    here, of_others, when_closed, where = row
    everywhere = letter == "A"  # an administrator is one of the whole desk
    if situation in {"expired", "deputy no more", "deputy of a deputy", "no role"}:
        return False
    if where == "own, for good, in every case":
        return letter in here and situation in {"every case", "other member", "closed"}
    if where.startswith("own"):
        if situation == "deputy" or (where == "own, no guest" and situation in {"guest", "glass"}):
            return False
        return letter in here and (situation != "closed" or when_closed)
    if situation == "closed":
        return letter in here and when_closed
    if situation == "other case":
        return False
    if situation == "other member":
        return letter in of_others or (everywhere and "A" in here)
    if where == "all" and situation in {"this case", "guest", "glass"}:
        return letter in here and everywhere
    return letter in here


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("name", TABLE)
def test_who_may_do_what_is_as_the_table_says(filled, name, situation):
    row, case_id = TABLE[name], "case_3" if situation == "closed" else "case_1"
    note = filled.case(case_id).notes[0].recorded
    for letter in LETTERS:
        desk = filled.fork()
        command = every_command(case_id, note)[name]
        if name == "SetClockBack":
            desk.clock.wait(hours=-1)
        if letter == "A" and situation == "other case":
            continue  # there is no administrator of one case
        before = desk.store.size()

        outcome = desk.ask(
            person_of(letter, situation), command, acting_for=stands_in_for(letter, situation)
        )

        may = outcome.is_done or outcome.refusal.code not in MAY_NOT
        assert may == is_expected(letter, situation, row), (letter, outcome)
        assert outcome.is_done or desk.store.size() == before


def test_the_table_names_every_command_and_the_policy_too():
    named = {type(command) for command in every_command("case_1", 1).values()}

    assert named == {command for command, _ in JOURNEY} == set(MAY)
    assert set(TABLE) == set(every_command("case_1", 1))


def test_every_valid_command_is_done_by_some_role(filled):
    told = {"MakePlan", "ReopenCase", "RotateKey", "RevokeKey of another"}
    for name, command in every_command("case_1", filled.case().notes[0].recorded).items():
        desk = filled.fork()
        if name == "SetClockBack":
            desk.clock.wait(hours=-1)

        done = [
            letter
            for letter in TABLE[name][0]
            if desk.fork().ask(person_of(letter, "every case"), command).is_done
        ]

        assert name in told or done == list(TABLE[name][0]), name


def test_a_stranger_may_do_nothing(filled):
    for command in every_command("case_1", filled.case().notes[0].recorded).values():
        assert filled.fork().refused("nobody", command).code == "unknown-person"


def test_a_case_that_was_merged_sends_to_the_one_that_goes_on(filled):
    desk, duty = filled.fork(), person_of("D", "every case")
    desk.do(duty, MergeCases(case_id="case_1", into_case_id="case_2", reason="one earthquake"))
    commands = every_command("U24-2023-001", filled.case().notes[0].recorded)
    by_id = {"EndRole of a guest", "CorrectFact"}  # a grant and a fact name their own case

    for name, command in commands.items():
        letters = TABLE[name][0]
        if not letters or name in {"MakePlan", "RotateKey", "RevokeKey of another"}:
            continue
        twin = desk.fork()
        if name == "SetClockBack":
            twin.clock.wait(hours=-1)
        person = person_of(letters[0], "every case")
        if name in {"CloseCase", "ReopenCase", "MergeCases"}:
            refusal = twin.refused(person, command)
            assert refusal.code == "merged"
            assert "U24-2023-002" in refusal.text
        else:
            assert twin.ask(person, command).is_done or name in by_id, name


def test_a_role_in_a_case_holds_in_the_one_that_it_was_merged_into(filled):
    desk, duty = filled.fork(), person_of("D", "every case")
    commands = every_command("case_2", filled.case("case_2").notes[0].recorded)
    focal = person_of("F", "this case")
    assert desk.refused(focal, commands["MakeOffer"]).code == "not-allowed"

    desk.do(duty, MergeCases(case_id="case_1", into_case_id="case_2", reason="one earthquake"))

    assert desk.ask(focal, commands["MakeOffer"]).is_done


def test_what_a_merged_case_holds_is_acted_on_where_it_stands(filled):
    desk, duty, host = filled.fork(), person_of("D", "every case"), person_of("H", "every case")
    desk.say(
        an_offer_made("offer_old", lots=(a_lot("lot_old"),), vehicles=()), a_plan_made("plan_old")
    )
    desk.do(duty, MergeCases(case_id="case_1", into_case_id="case_2", reason="one earthquake"))

    desk.do(host, AnswerOffer(case_id="U24-2023-002", offer_id="offer_old", reply=Reply.ACCEPT))

    assert desk.case("case_1").offers["offer_old"].reply is Reply.ACCEPT
    release = ReleasePlan(case_id="U24-2023-001", plan_id="plan_old")
    assert desk.refused(duty, release).code == "merged"


def test_merging_needs_the_right_in_both_cases(filled):
    desk = filled.fork()
    command = MergeCases(case_id="case_1", into_case_id="case_2", reason="r")

    for situation in ("this case", "other case"):
        assert desk.refused(person_of("D", situation), command).code == "not-allowed"
    assert desk.ask(person_of("D", "every case"), replace(command)).is_done
