"""Who may be what, until when, and through whom."""

import pytest

from tests.builders import a_lot, at_h
from tests.desk.a_desk import NOW, ADesk, HandClock, a_filled_desk
from u24.desk.journey import begin_desk
from u24.domain.commands.cases import MergeCases, OpenCase, WriteNote
from u24.domain.commands.people import (
    BreakGlass,
    EndDeputy,
    EndRole,
    EnrolPerson,
    GrantRole,
    HandOverShift,
    NameDeputy,
)
from u24.domain.commands.plans import DropPlan, MakePlan
from u24.domain.commands.requests import MakeOffer
from u24.domain.facts.movements import AlarmKind
from u24.domain.facts.people import EVERY_CASE, Role
from u24.errors import InvalidInput
from u24.ids import counted_ids
from u24.ledger.memory import MemoryStore

NOTE = WriteNote(case_id="case_1", text="Called Ankara.")
GUEST = {"person_id": "gus", "role": Role.OBSERVER, "case_id": "case_1", "until_at": at_h(70)}


@pytest.fixture(scope="module")
def filled():
    desk = a_filled_desk()
    desk.known("dora", "", {"role": Role.DUTY_OFFICER})
    desk.known("dirk", "NLD", {"role": Role.DUTY_OFFICER, "case_id": "case_2"})
    desk.known("fons", "NLD", {"role": Role.FOCAL_POINT})
    desk.known("lars", "", {"role": Role.LOGISTICIAN})
    desk.known("gus", "NLD")
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


def test_a_role_has_ended_at_its_end_and_not_before(desk):
    desk.known("gina", "", {"role": Role.DUTY_OFFICER, "until_at": NOW})
    desk.known("gert", "", {"role": Role.DUTY_OFFICER, "until_at": at_h(6)})

    assert desk.refused("gina", NOTE).code == "not-allowed"
    assert desk.ask("gert", NOTE).is_done
    desk.clock.wait(hours=1)
    assert desk.refused("gert", NOTE).code == "not-allowed"


def test_a_deputy_acts_no_longer_than_the_deputyship_and_than_the_role(desk):
    desk.do("dora", NameDeputy(deputy_id="gus", until_at=at_h(6)))
    assert desk.ask("gus", NOTE, acting_for="dora").is_done
    assert desk.refused("gus", NOTE).code == "not-allowed"

    desk.clock.wait(hours=1)

    assert desk.refused("gus", NOTE, acting_for="dora").code == "no-deputy"
    desk.do("dora", NameDeputy(deputy_id="gus"))
    desk.do("ada", EndRole(person_id="dora", role=Role.DUTY_OFFICER))
    assert desk.refused("gus", NOTE, acting_for="dora").code == "not-allowed"


def test_a_deputy_speaks_for_the_member_of_whom_they_stand_for(desk):
    desk.do("fons", NameDeputy(deputy_id="lars"))
    offer = MakeOffer(case_id="case_1", member="NLD", lots=(a_lot("lot_9"),))

    assert desk.refused("lars", offer).code == "not-allowed"
    assert desk.ask("lars", offer, acting_for="fons").is_done


def test_a_deputy_can_be_ended_by_whom_they_stand_for(desk):
    desk.do("dora", NameDeputy(deputy_id="gus"))
    assert desk.refused("gus", EndDeputy(deputy_id="gus", person_id="dora")).code == "not-allowed"

    desk.do("dora", EndDeputy(deputy_id="gus"))

    assert desk.refused("gus", NOTE, acting_for="dora").code == "no-deputy"
    assert desk.refused("dora", EndDeputy(deputy_id="gus")).code == "not-held"


def test_a_deputy_does_not_get_what_glass_gave(desk):
    desk.do("lars", NameDeputy(deputy_id="gus"))
    desk.do("lars", BreakGlass(role=Role.DUTY_OFFICER, case_id="case_1", reason="nobody answers"))
    drop = DropPlan(case_id="case_1", plan_id="plan_new", reason="r")
    sign = WriteNote(case_id="case_1", text="as deputy")

    assert desk.ask("gus", sign, acting_for="lars").is_done  # as logistician
    assert desk.ask("gus", drop, acting_for="lars").is_done  # a logistician may
    grant = GrantRole(**{**GUEST, "person_id": "fons"})
    assert desk.refused("gus", grant, acting_for="lars").code == "not-allowed"
    assert desk.ask("lars", grant).is_done


def test_broken_glass_gives_the_role_for_four_hours_in_that_case_and_tells_everybody(desk):
    note = WriteNote(case_id="case_2", text="there")
    desk.known("olga", "", {"role": Role.OBSERVER})
    assert desk.refused("olga", NOTE).code == "not-allowed"

    desk.do("olga", BreakGlass(role=Role.DUTY_OFFICER, case_id="case_1", reason="nobody answers"))

    assert desk.ask("olga", NOTE).is_done
    assert desk.refused("olga", note).code == "not-allowed"
    [alarm] = [a for a in desk.case().alarms.values() if a.fact.kind is AlarmKind.GLASS]
    assert "olga" in alarm.fact.text
    assert "nobody answers" in alarm.fact.text
    desk.clock.wait(hours=3, minutes=59)
    assert desk.ask("olga", NOTE).is_done
    desk.clock.wait(minutes=1)
    assert desk.refused("olga", NOTE).code == "not-allowed"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"role": Role.ADMINISTRATOR}, "not-by-glass"),
        ({"reason": " "}, "no-reason"),
        ({"case_id": "*"}, "unknown-case"),
    ],
)
def test_glass_is_not_broken_for_everything(desk, values, code):
    asked = {"role": Role.DUTY_OFFICER, "case_id": "case_1", "reason": "r", **values}

    assert desk.refused("lars", BreakGlass(**asked)).code == code


def test_glass_gives_a_focal_point_no_other_member(desk):
    desk.do("lars", BreakGlass(role=Role.FOCAL_POINT, case_id="case_1", reason="nobody answers"))

    offer = MakeOffer(case_id="case_1", member="NLD", lots=(a_lot("lot_9"),))

    assert desk.refused("lars", offer).code == "not-allowed"


def test_a_duty_officer_invites_a_guest_who_may_until_the_end(desk):
    desk.do("dora", EnrolPerson(person_id="nina", name="Nina", member="NLD"))
    desk.do("dora", GrantRole(**{**GUEST, "person_id": "nina", "role": Role.FOCAL_POINT}))
    offer = MakeOffer(case_id="case_1", member="NLD", lots=(a_lot("lot_9"),))

    assert desk.ask("nina", offer).is_done
    desk.clock.wait(hours=65)
    again = MakeOffer(case_id="case_1", member="NLD", lots=(a_lot("lot_10"),))
    assert desk.refused("nina", again).code == "not-allowed"


@pytest.mark.parametrize(
    "values",
    [
        {"role": Role.DUTY_OFFICER},
        {"role": Role.LOGISTICIAN},
        {"role": Role.DECISION_MAKER},
        {"case_id": EVERY_CASE},
        {"until_at": None},
        {"until_at": at_h(5 + 72.01)},
        {"person_id": "dora"},
        {"person_id": "fons", "role": Role.FOCAL_POINT, "until_at": None},
    ],
)
def test_a_duty_officer_grants_nothing_else(desk, values):
    assert desk.refused("dora", GrantRole(**{**GUEST, **values})).code == "not-allowed"


def test_a_duty_officer_cannot_shorten_a_lasting_role_by_an_invitation(desk):
    desk.known("fred", "NLD", {"role": Role.FOCAL_POINT, "case_id": "case_1"})
    invitation = GrantRole(**{**GUEST, "person_id": "fred", "role": Role.FOCAL_POINT})

    assert desk.refused("dora", invitation).code == "not-allowed"


def test_a_duty_officer_of_one_case_invites_to_no_other(desk):
    assert desk.refused("dirk", GrantRole(**GUEST)).code == "not-allowed"
    assert desk.ask("dirk", GrantRole(**{**GUEST, "case_id": "case_2"})).is_done


def test_a_duty_officer_enrols_only_who_is_new(desk):
    refusal = desk.refused("dora", EnrolPerson(person_id="fons", name="Fons", member="TUR"))

    assert refusal.code == "not-allowed"
    assert refusal.who_may == ("administrator",)
    assert desk.ask("ada", EnrolPerson(person_id="fons", name="Fons", member="BEL")).is_done


@pytest.mark.parametrize("person_id", ["", "desk", "a/b", "a b", "a\n"])
def test_a_person_id_is_one_plain_word(desk, person_id):
    assert desk.refused("ada", EnrolPerson(person_id=person_id, name="N")).code == "bad-name"


def test_two_persons_do_not_share_an_address(desk):
    desk.do("ada", EnrolPerson(person_id="nina", name="Nina", email="nl@example.org"))

    refusal = desk.refused("ada", EnrolPerson(person_id="n2", name="N", email="NL@example.org"))

    assert refusal.code == "mail-taken"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"person_id": "nobody"}, "unknown-person"),
        ({"case_id": "case_9"}, "unknown-case"),
        ({"case_id": ""}, "unknown-case"),
        ({"role": Role.ADMINISTRATOR}, "every-case"),
        ({"until_at": NOW}, "past"),
        ({"person_id": "lars", "role": Role.FOCAL_POINT}, "no-member"),
    ],
)
def test_even_an_administrator_grants_only_what_can_be(desk, values, code):
    assert desk.refused("ada", GrantRole(**{**GUEST, **values})).code == code


def test_the_last_administrator_stays(desk):
    own = EndRole(person_id="ada", role=Role.ADMINISTRATOR)
    assert desk.refused("ada", own).code == "last-administrator"

    desk.do("ada", GrantRole(person_id="gus", role=Role.ADMINISTRATOR))

    assert desk.ask("ada", own).is_done
    assert desk.refused("ada", EnrolPerson(person_id="x", name="X")).code == "not-allowed"


def test_a_shift_goes_with_the_role_to_who_comes_on_duty(desk):
    desk.do("dora", HandOverShift(to_person_id="gus", role=Role.DUTY_OFFICER, note="two open"))

    assert desk.refused("dora", NOTE).code == "not-allowed"
    assert desk.ask("gus", NOTE).is_done


@pytest.mark.parametrize(
    ("who", "values", "code"),
    [
        ("dora", {"to_person_id": "dora"}, "same-person"),
        ("dora", {"to_person_id": "nobody"}, "unknown-person"),
        ("dora", {"case_id": "case_1"}, "not-held"),
        ("lars", {}, "not-held"),
        ("fons", {"role": Role.FOCAL_POINT, "to_person_id": "lars"}, "other-member"),
    ],
)
def test_only_an_own_lasting_role_is_handed_over(desk, who, values, code):
    asked = {"to_person_id": "gus", "role": Role.DUTY_OFFICER, **values}

    assert desk.refused(who, HandOverShift(**asked)).code == code


def test_what_a_guest_or_glass_holds_is_not_handed_over(desk):
    desk.do("lars", BreakGlass(role=Role.DUTY_OFFICER, case_id="case_1", reason="r"))
    shift = HandOverShift(to_person_id="gus", role=Role.DUTY_OFFICER, case_id="case_1")

    assert desk.refused("lars", shift).code == "not-held"


def test_an_administrator_hands_over_no_shift(desk):
    shift = HandOverShift(to_person_id="gus", role=Role.ADMINISTRATOR)

    assert desk.refused("ada", shift).code == "not-allowed"


def test_a_case_is_opened_by_a_host_officer_of_that_country_alone():
    desk = ADesk()
    desk.enrol("hale", Role.HOST_OFFICER, "TUR")

    assert desk.ask("hale", OpenCase(title="t", hazard="h", host="TUR")).is_done
    assert desk.refused("hale", OpenCase(title="t", hazard="h", host="SYR")).code == "not-allowed"


def test_a_refusal_names_the_roles_that_may(desk):
    refusal = desk.refused("fons", MakePlan(case_id="case_1"))

    assert refusal.who_may == ("duty_officer", "logistician")
    assert "fons of NLD is focal_point" in refusal.text


@pytest.mark.parametrize("named", ["case_1", "case_2", "U24-2023-001", "U24-2023-002"])
def test_a_role_in_a_case_that_was_merged_can_be_ended_and_handed_over(desk, named):
    desk.do("ada", GrantRole(person_id="gus", role=Role.LOGISTICIAN, case_id="case_2"))
    desk.known("lena")
    desk.do("dora", MergeCases(case_id="case_2", into_case_id="case_1", reason="one"))

    ended, handed = desk.fork(), desk.fork()
    ended.do("ada", EndRole(person_id="gus", role=Role.LOGISTICIAN, case_id=named))
    shift = HandOverShift(to_person_id="lena", role=Role.LOGISTICIAN, case_id=named)
    handed.do("gus", shift)

    assert ended.refused("gus", NOTE).code == "not-allowed"
    assert handed.refused("gus", NOTE).code == "not-allowed"
    handed.do("lena", NOTE)


@pytest.mark.parametrize("person_id", ["Dora", "ＤＯＲＡ"])
def test_nobody_is_called_as_somebody_else_reads(desk, person_id):
    refusal = desk.refused("ada", EnrolPerson(person_id=person_id, name="Dora"))

    assert (refusal.code, "dora" in refusal.text) == ("name-taken", True)
    desk.do("ada", EnrolPerson(person_id="dora", name="Dora, anew"))


def test_an_id_is_short_enough_to_stand_in_the_name_of_a_command(desk):
    assert desk.refused("ada", EnrolPerson(person_id="d" * 61, name="D")).code == "bad-name"
    desk.do("ada", EnrolPerson(person_id="é" * 60, name="D"))


@pytest.mark.parametrize("person_id", ["", "desk", "a/b", "ledger:ada", "a b", "a\nb"])
def test_a_desk_begins_with_an_administrator_whom_it_can_name(person_id):
    clock = HandClock()
    administrator = EnrolPerson(person_id=person_id, name="Ada")

    with pytest.raises(InvalidInput, match="person_id"):
        begin_desk(
            MemoryStore(clock), clock, counted_ids(), name="Drill", administrator=administrator
        )
