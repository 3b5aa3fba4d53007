"""Mails leave once, not too often, and it is noticed when they do not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.facts import an_alarm_raised
from tests.mail.world import PEOPLE, World, free_port, start_server, text_of
from u24.domain.commands.cases import CloseCase, WriteNote
from u24.domain.commands.people import EnrolPerson
from u24.domain.facts.movements import AlarmKind
from u24.mail.outbox import BACK_OFF, CLAIM, MOST_TRIES
from u24.mail.post import Office, send_due

HOST, ITA, DUTY = (PEOPLE[name][2] for name in ("host", "ita", "duty"))


def alarms_of(world):
    return [a for a in world.case.alarms.values() if a.fact.kind is AlarmKind.NO_MAIL]


def subjects(inboxes, address):
    return [mail["Subject"] for mail in inboxes.of(address)]


def test_a_mail_leaves_once_with_the_servers_words_on_record(world, inboxes):
    sent = world.round().sent

    assert (sent, world.round().sent) == (2, 0)
    assert [fact.to_person_id for fact in world.sent] == ["host", "ita"]
    assert all(fact.receipt.startswith("250 OK kept as") for fact in world.sent)


def test_nobody_is_told_what_he_said_himself(world, inboxes):
    world.round()
    assert inboxes.of(DUTY) == []

    world.offer()
    world.round()

    assert (len(inboxes.of(ITA)), len(inboxes.of(HOST))) == (1, 2)


def test_a_note_is_no_news(world):
    world.round()

    world.do("duty", WriteNote(case_id=world.case_id, text="Called Ankara."))

    assert world.round().sent == 0


def test_an_hour_takes_six_mails_and_the_rest_is_one_digest_that_names_its_period(world, inboxes):
    world.round()
    for _ in range(9):
        world.clock.turn(minutes=1)
        world.ask_for_help(need_id=f"need_{world.count}")
        world.round()
    capped = len(inboxes.of(HOST))

    world.clock.turn(minutes=60)
    world.round()

    assert capped == 6
    digest = inboxes.of(HOST)[-1]
    assert len(inboxes.of(HOST)) == 7
    assert "digest 04:33Z to 04:36Z" in digest["Subject"]
    assert "DIGEST: EVERYTHING NEW, 04:33Z TO 04:36Z" in text_of(digest)


def test_a_deadline_within_the_hour_goes_past_the_cap(world, inboxes):
    world.round()
    for _ in range(9):
        world.clock.turn(minutes=1)
        world.offer(valid_until_at=world.clock() + timedelta(minutes=50))
        world.round()

    assert len(inboxes.of(HOST)) == 10


class Late(Office):
    """A mailer that does not see what others put on record meanwhile."""

    def read_on(self):
        pass


def test_of_two_mailers_one_sends(world, inboxes):
    first, own = world.an_office(), world.an_office()
    own.read_on()
    second = Late(
        desk=own.desk, config=own.config, clock=own.clock, make_code=own.make_code, book=own.book
    )

    sent = (send_due(first), send_due(second))

    assert sent == (2, 0)
    assert len(inboxes.mails) == 2


def test_a_mail_whose_mailer_died_is_sent_by_another_one_later(world, inboxes, monkeypatch):
    office = world.an_office()

    class PowerCut(Exception):
        pass

    def dies(*_):
        raise PowerCut

    monkeypatch.setattr(type(office), "hand_over", dies)
    with pytest.raises(PowerCut):
        send_due(office)
    monkeypatch.undo()
    at_once = world.round()
    world.clock.turn(seconds=CLAIM.total_seconds())
    later = world.round()

    assert (at_once.sent, later.sent) == (1, 1)  # the other person's mail was not claimed
    assert sorted(to for to, _ in inboxes.mails) == sorted([HOST, ITA])


def test_a_server_that_is_down_is_on_record_tried_again_and_an_alarm(tmp_path, inboxes):
    port = free_port()
    world = World(tmp_path / "mail", port=port)
    world.enrol("host", "ita")
    world.open_case()

    assert world.round().sent == 0
    assert len(world.failed) == 1  # the others would fail as well
    assert world.failed[0].reason.startswith("server: ConnectionRefusedError")
    world.round()
    assert len(world.failed) == 1  # not at once
    world.clock.turn(hours=1)
    world.round()
    [alarm] = alarms_of(world)
    assert "no mail left in 1 h though one was due" in alarm.fact.text
    assert alarm.for_person_id == "duty"

    server = start_server(inboxes, port)
    try:
        world.clock.turn(hours=1)
        assert world.round().sent == 2
    finally:
        server.stop()
    assert alarms_of(world)[0].cleared
    assert len(alarms_of(world)) == 1


def test_a_server_that_stays_down_is_not_asked_for_ever(tmp_path):
    world = World(tmp_path / "mail", port=free_port())
    world.enrol("host")
    world.open_case()

    for _ in range(20):
        world.round()
        world.clock.turn(seconds=BACK_OFF[-1].total_seconds())

    assert len(world.failed) == MOST_TRIES
    assert len(alarms_of(world)) == 1


def test_one_refused_recipient_is_shown_and_the_others_get_their_mail(world, inboxes):
    inboxes.refused[HOST] = "550 5.1.1 no such mailbox"

    done = world.round()

    assert done.sent == 1
    assert len(inboxes.of(ITA)) == 1
    assert world.failed[0].reason == "refused: 550 5.1.1 no such mailbox"
    [alarm] = alarms_of(world)
    assert (alarm.fact.subject, alarm.for_person_id) == ("host", "duty")
    world.clock.turn(hours=2)
    world.round()
    assert len(world.failed) == 1  # the same mail will never be taken


def test_a_refusal_for_now_is_tried_again(world, inboxes):
    inboxes.refused[HOST] = "451 4.7.1 come back later"
    world.round()
    inboxes.refused.clear()

    at_once = world.round().sent
    world.clock.turn(minutes=1)

    assert (at_once, world.round().sent) == (0, 1)


def test_a_person_whose_address_was_mended_hears_with_the_next_news(world, inboxes):
    inboxes.refused[HOST] = "550 5.1.1 no such mailbox"
    world.round()

    new = "officer@afad.example"
    world.do("admin", EnrolPerson(person_id="host", name="host", email=new, member="TUR"))
    world.clock.turn(minutes=5)
    world.ask_for_help()
    world.round()

    assert len(inboxes.of(new)) == 1
    assert "case opened" in text_of(inboxes.of(new)[0])
    assert alarms_of(world)[0].cleared


def test_an_alarm_is_told_to_who_must_look_and_not_that_no_mail_leaves(world, inboxes):
    world.round()
    alarm = replace(an_alarm_raised(), case_id=world.case_id, for_person_id="ita")
    world.desk.say("alarm", [(f"case/{world.case_id}", alarm)])

    world.round()

    assert (len(inboxes.of(ITA)), len(inboxes.of(HOST))) == (2, 1)


def test_a_closed_case_is_told_and_asks_for_nothing(world, inboxes):
    world.offer()
    world.do("duty", CloseCase(case_id=world.case_id, reason="help arrived"))

    world.round()

    [mail] = inboxes.of(HOST)
    assert "case closed: help arrived" in mail["Subject"]
    assert "CODE" not in text_of(mail)


def test_old_news_are_not_told_by_a_mailer_that_starts_late(world):
    world.clock.turn(days=4)

    assert world.round().sent == 0
