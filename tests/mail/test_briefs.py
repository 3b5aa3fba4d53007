"""What a brief says, to whom, and that it says nothing that its reader may not see."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import a_need
from tests.facts import (
    a_head_published,
    a_plan_line,
    a_plan_made,
    a_plan_released,
    an_alarm_raised,
)
from tests.mail.world import PEOPLE, World, text_of
from u24.domain.commands.decisions import MakeProposal
from u24.domain.commands.people import EnrolPerson, GrantRole
from u24.domain.commands.requests import AnswerOffer, StateRequest
from u24.domain.facts.people import Role
from u24.domain.facts.requests import Reply
from u24.domain.figures import Range
from u24.domain.proposals import MissionPurpose, ProposalKind
from u24.mail.addresses import is_address, one_line
from u24.mail.envelope import MOST_BYTES
from u24.mail.wording import after_t0, amount, at_both, percent, spread

HOST, ITA, FRA = (PEOPLE[name][2] for name in ("host", "ita", "fra"))


def test_the_subject_names_case_country_event_time_action_and_deadline(world, inboxes):
    world.clock.turn(hours=3, minutes=10)
    for _ in range(3):
        world.offer(valid_until_at=world.clock() + timedelta(hours=2))

    world.round()

    subject = inboxes.of(HOST)[-1]["Subject"]
    assert subject == (
        f"[{world.case.call_sign}] TUR Earthquake Kahramanmaraş · T+03:10 · "
        "accept or decline 3 offers by 09:37Z"
    )


def test_the_body_tells_what_is_asked_with_separators_ranges_and_unknowns(world, inboxes):
    world.ask_for_help()

    world.round()

    text = text_of(inboxes.of(ITA)[-1])
    assert "1,200 (800 to 2,000) family tent" in text
    assert "offered -, taken -" in text
    assert "T0 04:27Z" in text
    assert text.startswith("##- Reply above this line -##")


def test_an_exercise_is_marked_first_in_subject_and_body(tmp_path, inboxes, server):
    world = World(tmp_path / "mail", port=server.port, exercise=True)
    world.enrol("host")
    world.open_case()

    world.round()

    [brief] = inboxes.of(HOST)
    assert brief["Subject"].startswith("EXERCISE [EX-U24-2026-001]")
    assert text_of(brief).startswith("EXERCISE")
    assert "EXERCISE" in brief["From"]


@pytest.mark.parametrize(
    ("who", "is_seen"), [("ita", True), ("fra", False), ("host", False), ("lifts", True)]
)
def test_confidential_stock_is_told_only_to_who_may_see_it(world, inboxes, who, is_seen):
    world.enrol("fra", "lifts")
    offer_id = world.offer(confidential=True, packs=77)
    world.ask_for_help()

    world.round()

    text = text_of(inboxes.of(PEOPLE[who][2])[-1])
    assert f"{offer_id} ITA [waits for the host]:" in text
    assert ("77" in text) is is_seen


def test_the_head_line_holds_the_last_published_head(world, inboxes):
    head = replace(a_head_published(), said_at=world.clock(), tree_size=12345)
    world.desk.say("head", [("record", head)])

    world.round()

    text = text_of(inboxes.of(HOST)[-1])
    assert f"last head published over 12,345 entries, {head.root_hex[:16]}" in text


def test_the_plan_tells_met_and_bound_and_alarms_tell_the_risk(world, inboxes):
    plan = replace(
        a_plan_made(), said_at=world.clock(), case_id=world.case_id, met_shares=(0.6199,),
        bound_share=0.637, marks_s=(86400,),
    )  # fmt: skip
    released = replace(a_plan_released(), case_id=world.case_id, plan_id=plan.plan_id)
    alarm = replace(
        an_alarm_raised(), case_id=world.case_id, for_person_id="host", risk_share=0.05,
        acknowledge_until_at=world.clock() + timedelta(minutes=20),
    )  # fmt: skip
    stream = f"case/{world.case_id}"
    world.desk.say("plan", [(stream, plan), (stream, released), (stream, alarm)])

    world.round()

    brief = inboxes.of(HOST)[-1]
    assert "T+24: 61 % of the weighted need met" in text_of(brief)
    assert "no plan could meet more than 63 %" in text_of(brief)
    assert "5 % of the weighted need at risk" in text_of(brief)
    assert f"ACK {alarm.alarm_id}" in text_of(brief)
    assert "acknowledge 1 alarm by 04:47Z" in brief["Subject"]


def test_what_the_host_took_waits_for_the_members_word(world, inboxes):
    offer_id = world.offer()
    world.round()
    world.do("host", AnswerOffer(case_id=world.case_id, offer_id=offer_id, reply=Reply.ACCEPT))

    world.round()

    assert "commit 1 offer" in inboxes.of(ITA)[-1]["Subject"]
    assert f"COMMIT {offer_id}" in text_of(inboxes.of(ITA)[-1])


def test_a_proposal_is_told_to_who_decides_it(world, inboxes):
    world.enrol("law")
    deadline = world.clock() + timedelta(hours=5)
    world.round()

    world.do("law", MakeProposal(
        case_id=world.case_id, title="Fly over", deadline_at=deadline, members=("ITA",),
    ))  # fmt: skip
    world.round()

    assert "Fly over" in text_of(inboxes.of(ITA)[-1])
    assert len(inboxes.of(HOST)) == 1


def test_a_proposal_of_a_body_says_by_which_rule_and_on_what_to_every_member_of_it(world, inboxes):
    world.enrol("law")
    world.do("admin", GrantRole(person_id="ita", role=Role.DECISION_MAKER))
    world.round()

    world.do("law", MakeProposal(
        case_id=world.case_id, title="Police mission", rule_id="eu-unanimity", body="EU",
        kind=ProposalKind.MISSION, purposes=(MissionPurpose.PEACEKEEPING,),
        requires=("un-mandate",),
    ))  # fmt: skip
    world.round()

    mail = text_of(inboxes.of(ITA)[-1])
    assert "Police mission; decided by eu-unanimity" in mail
    assert "a mission for peacekeeping; only if un-mandate" in mail
    assert "silence is a yes" not in mail


def test_all_mails_of_a_case_stand_in_one_thread_and_are_marked_as_automatic(world, inboxes):
    world.round()
    world.ask_for_help()
    world.round()

    first, second = inboxes.of(HOST)
    assert first["In-Reply-To"] == second["In-Reply-To"]
    assert first["References"] == second["References"]
    assert first["Message-ID"] != second["Message-ID"]
    assert second["Auto-Submitted"] == "auto-generated"
    assert second["List-Id"] == (
        f"{world.case.call_sign} <{world.case.call_sign.lower()}.u24.u24.example>"
    )


def test_a_mail_is_small_and_loads_nothing_from_outside_whatever_a_case_holds(world, inboxes):
    needs = tuple(
        a_need(f"need_{i}", place_id=f"place_{'ت' * 40}", amount=Range(low=1, best=2, high=3))
        for i in range(500)
    )
    world.do("duty", StateRequest(case_id=world.case_id, needs=needs, text="طلب" * 999))

    world.round()

    raw = inboxes.mails[-1][1]
    html = inboxes.of(HOST)[-1].get_body(("html",)).get_content()
    assert len(raw) < MOST_BYTES
    assert "and 461 more at the desk" in html
    assert not any(mark in html.lower() for mark in ("src=", "href=", "url(", "<script", "http"))


def test_arabic_names_arrive_as_they_are(world, inboxes):
    world.do("admin", EnrolPerson(person_id="host", name="محمد أمين", email=HOST, member="TUR"))
    world.open_case(title="زلزال حلب")

    world.round()

    assert "محمد أمين" in inboxes.of(HOST)[-1]["To"]
    assert "زلزال حلب" in inboxes.of(HOST)[-1]["Subject"]
    assert "زلزال حلب" in text_of(inboxes.of(HOST)[-1])


def test_a_title_cannot_write_a_header(world, inboxes):
    world.open_case(title="Flood\r\nBcc: thief@example.net\u202e\x00")

    world.round()

    brief = inboxes.of(HOST)[-1]
    assert brief["Bcc"] is None
    assert "Flood Bcc: thief@example.net ·" in brief["Subject"]


def test_the_readers_own_time_stands_beside_utc(world):
    moment = world.clock()

    assert at_both(moment, moment, 180) == "04:27Z (07:27 at UTC+03:00)"
    assert at_both(moment, moment, -330) == "04:27Z (5 Feb 22:57 at UTC-05:30)"
    assert at_both(moment + timedelta(days=1), moment, None) == "7 Feb 04:27Z"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (amount(None), "-"), (amount(0), "0"), (amount(1234567), "1,234,567"),
        (amount(2.57), "2.5"),
        (spread(Range(low=5, best=5, high=5)), "5"), (percent(0.9999), "99 %"),
        (percent(0.001), "under 1 %"), (percent(0), "0 %"),
    ],
)  # fmt: skip
def test_figures_never_flatter_and_unknown_is_not_nothing(written, said):
    assert written == said


def test_hours_count_before_and_after_t0(world):
    t0 = world.clock()

    assert after_t0(t0, t0 - timedelta(minutes=5)) == "T-00:05"
    assert after_t0(t0, t0 + timedelta(hours=120, minutes=5, seconds=59)) == "T+120:05"


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@", "@b", "a@b\r\nBcc: c@d", "a b@c.d", "a@b,c@d", "<a@b>", "a@" + "b" * 300],
)
def test_what_is_no_plain_address_is_none(text):
    assert not is_address(text)


def test_one_line_keeps_no_control_and_no_half_letter():
    assert one_line("a\r\n\tb\x00\u202ec\ud800d", 20) == "a b c d"
    assert len(one_line("x" * 999, 20)) == 20


@pytest.mark.parametrize(("who", "is_seen"), [("ita", True), ("fra", False), ("host", False)])
def test_an_alarm_tells_of_confidential_stock_only_to_who_may_see_it(world, inboxes, who, is_seen):
    world.enrol("fra")
    offer_id = world.offer(confidential=True)
    (lot,) = world.desk.board.cases[world.case_id].offers[offer_id].fact.lots
    line = a_plan_line("way_1", lot_id=lot.lot_id)
    plan = replace(a_plan_made(lines=(line,)), said_at=world.clock(), case_id=world.case_id)
    released = replace(a_plan_released(), case_id=world.case_id, plan_id=plan.plan_id)
    alarm = replace(
        an_alarm_raised(), case_id=world.case_id, alarm_id="short/way_1", subject="way_1",
        text="way_1: 77 packs were not handed over",
    )  # fmt: skip
    stream = f"case/{world.case_id}"
    world.desk.say("plan", [(stream, plan), (stream, released), (stream, alarm)])

    world.round()

    text = text_of(inboxes.of(PEOPLE[who][2])[-1])
    assert ("77 packs" in text) is is_seen
    assert ("way_1" in text) is is_seen
    assert ("told to those who may see its stock" in text) is not is_seen
