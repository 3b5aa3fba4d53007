"""A deputy hears what waits for whom they stand for, and may answer it by mail."""

from datetime import timedelta

import pytest

from tests.mail.world import NOW, PEOPLE, a_reply, code_in, text_of
from u24.domain.commands.people import BreakGlass, EnrolPerson, GrantRole, NameDeputy
from u24.domain.facts.people import Role
from u24.domain.facts.requests import Reply

DEPUTY = "deputy@afad.example"
UNTIL = NOW + timedelta(hours=1)


@pytest.fixture
def asked(world):
    """An offer waits for the host, whose deputy has no role of their own."""
    world.do("admin", EnrolPerson(person_id="gus", name="Gus", email=DEPUTY, member="TUR"))
    world.do("host", NameDeputy(person_id="host", deputy_id="gus", until_at=UNTIL))
    world.ask_for_help()
    return world.offer()


def brief_to(world, inboxes, address=DEPUTY):
    world.round()
    return inboxes.of(address)[-1]


def test_a_deputy_gets_the_brief_that_waits_for_whom_they_stand_for(world, inboxes, asked):
    brief = brief_to(world, inboxes)

    assert "accept or decline 1 offer" in brief["Subject"]
    assert f"accept or decline offer {asked}: as deputy of host: from ITA" in text_of(brief)
    assert "as deputy of" not in text_of(inboxes.of(PEOPLE["host"][2])[-1])


def test_an_offer_alone_is_news_for_the_deputy_of_who_answers_it(world, inboxes, asked):
    brief_to(world, inboxes)

    later = world.offer()

    assert f"offer {later} from ITA" in text_of(brief_to(world, inboxes))


def test_a_deputy_whose_time_is_over_hears_nothing(world, inboxes, asked):
    world.clock.now = UNTIL

    world.round()

    assert inboxes.of(PEOPLE["host"][2])
    assert inboxes.of(DEPUTY) == []


def test_a_proven_reply_of_a_deputy_is_done_for_whom_they_stand_for(world, inboxes, asked):
    brief = brief_to(world, inboxes)

    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {asked}", sender=DEPUTY))

    assert world.case.offers[asked].reply is Reply.ACCEPT
    [entry] = [e for e in world.store.everything() if e.kind == "offer.answered/1"]
    assert entry.actor == "gus"
    assert "for/host" in entry.command


def test_an_unproven_reply_of_a_deputy_is_asked_back(world, inboxes, asked):
    world.hear(a_reply(brief_to(world, inboxes), f"ACCEPT {asked}", sender=DEPUTY))

    assert world.case.offers[asked].reply is None
    assert "please confirm" in inboxes.of(DEPUTY)[-1]["Subject"]


def test_a_deputy_whose_time_ended_before_the_reply_does_nothing(world, inboxes, asked):
    brief = brief_to(world, inboxes)
    world.clock.now = UNTIL

    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {asked}", sender=DEPUTY))

    assert world.case.offers[asked].reply is None


def test_what_a_deputy_may_do_in_their_own_name_is_done_in_it(world, inboxes, asked):
    world.do("admin", GrantRole(person_id="gus", role=Role.HOST_OFFICER))
    brief = brief_to(world, inboxes)

    assert text_of(brief).count(f"accept or decline offer {asked}") == 1
    world.hear(a_reply(brief, f"CODE {code_in(brief)}\nACCEPT {asked}", sender=DEPUTY))

    [entry] = [e for e in world.store.everything() if e.kind == "offer.answered/1"]
    assert "for/host" not in entry.command


def test_broken_glass_is_personal_and_no_deputy_reads_by_it(world, inboxes):
    world.do("admin", EnrolPerson(person_id="pat", name="Pat", email="pat@desk.example"))
    world.do("admin", EnrolPerson(person_id="gus", name="Gus", email=DEPUTY))
    here, elsewhere = world.case_id, world.open_case(title="Flood")
    world.case_id = here
    world.do("admin", GrantRole(person_id="pat", role=Role.OBSERVER, case_id=elsewhere))
    world.do("pat", NameDeputy(person_id="pat", deputy_id="gus", until_at=UNTIL))
    glass = BreakGlass(role=Role.DUTY_OFFICER, case_id=world.case_id, reason="nobody answers")
    world.do("pat", glass)
    world.ask_for_help()

    world.round()

    call_sign = world.case.call_sign
    assert any(call_sign in mail["Subject"] for mail in inboxes.of("pat@desk.example"))
    assert inboxes.of(DEPUTY)
    assert not any(call_sign in mail["Subject"] for mail in inboxes.of(DEPUTY))
