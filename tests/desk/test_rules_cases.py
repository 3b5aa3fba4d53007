"""Heard, opened, described, decided, merged, closed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.builders import T0, a_consent, at_h
from tests.desk.a_desk import NOW, ADesk, a_filled_desk
from tests.facts import a_call_sign_allotted, a_proposal_decided, an_alert_heard
from u24.desk.saying import ALERTS, ALLOTTED
from u24.domain.commands.cases import (
    AttachAlert,
    CloseCase,
    DescribeCase,
    HearAlert,
    MergeCases,
    OpenCase,
    ReopenCase,
    WriteNote,
)
from u24.domain.commands.decisions import (
    GiveConsent,
    MakeProposal,
    TakePosition,
    WithdrawConsent,
)
from u24.domain.facts.people import Role
from u24.domain.proposals import Position, Stance

OPEN = OpenCase(title="Earthquake", hazard="GH0101", host="TUR")
PROPOSAL = MakeProposal(case_id="case_1", title="t", deadline_at=at_h(9), members=("NLD",))
STANCE = Position(member="NLD", proposal="proposal_1", stance=Stance.SUPPORT)


@pytest.fixture(scope="module")
def filled():
    desk = a_filled_desk()
    for person_id, role, member in (
        ("dora", Role.DUTY_OFFICER, ""), ("hale", Role.HOST_OFFICER, "TUR"),
        ("cato", Role.DECISION_MAKER, "NLD"), ("ceri", Role.DECISION_MAKER, "GBR"),
    ):  # fmt: skip
        desk.known(person_id, member, {"role": role})
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


def test_a_case_opens_with_three_fields_and_begins_now(desk):
    case = desk.case(desk.do("dora", OPEN).get_made("case_id"))

    assert (case.call_sign, case.t0_at, case.horizon_h) == ("U24-2023-004", NOW, 72)


def test_a_case_that_opens_from_an_alert_begins_with_the_event_and_holds_the_alert(desk):
    done = desk.do("dora", replace(OPEN, alert_id="alert_1"))

    case = desk.case(done.get_made("case_id"))
    assert case.t0_at == T0
    assert case.alert_ids == ("alert_1",)
    assert desk.refused("dora", replace(OPEN, alert_id="alert_1")).code == "alert-has-case"
    attach = AttachAlert(alert_id="alert_1", case_id=case.case_id)
    assert desk.refused("dora", attach).code == "alert-has-case"


def test_a_said_t0_outweighs_the_alerts(desk):
    done = desk.do("dora", replace(OPEN, alert_id="alert_1", t0_at=at_h(2)))

    assert desk.case(done.get_made("case_id")).t0_at == at_h(2)


@pytest.mark.parametrize(
    ("t0_h", "hazard", "host", "told"),
    [(24, "GH0101", "TUR", 3), (24.1, "GH0101", "TUR", 0), (-24, "GH0101", "TUR", 3),
     (1, "MH0600", "TUR", 0), (1, "GH0101", "SYR", 0)],
)  # fmt: skip
def test_a_case_that_may_be_another_is_opened_and_named(desk, t0_h, hazard, host, told):
    done = desk.do("dora", OpenCase(title="Again", hazard=hazard, host=host, t0_at=at_h(t0_h)))

    lines = [line for line in done.changed if "merge" in line]
    assert len(lines) == told
    assert all("U24-2023-00" in line for line in lines)


def test_a_closed_or_merged_case_is_not_named_as_another(desk):
    desk.do("dora", CloseCase(case_id="case_1", reason="r"))
    desk.do("dora", MergeCases(case_id="case_2", into_case_id="case_3", reason="r"))

    done = desk.do("dora", OPEN)

    assert [line[:12] for line in done.changed if "merge" in line] == ["U24-2023-003"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "empty"), ({"hazard": ""}, "empty"), ({"host": "Türkiye"}, "no-country"),
        ({"host": "tur"}, "no-country"), ({"host": "TÜR"}, "no-country"),
        ({"horizon_h": 0}, "no-horizon"), ({"horizon_h": 673}, "no-horizon"),
        ({"alert_id": "x"}, "unknown-alert"),
    ],
)  # fmt: skip
def test_a_case_is_opened_with_what_can_be(desk, values, code):
    assert desk.refused("dora", replace(OPEN, **values)).code == code


def test_an_alert_is_heard_anew_where_it_belongs(desk):
    hear = HearAlert(source="s", title="t", alert_id="alert_1", case_id="case_1")
    desk.do("dora", AttachAlert(alert_id="alert_1", case_id="case_1"))

    assert desk.refused("dora", replace(hear, case_id="")).code == "alert-has-case"
    assert desk.refused("dora", replace(hear, case_id="case_2")).code == "alert-has-case"
    assert desk.ask("dora", hear).is_done
    unknown = AttachAlert(alert_id="x", case_id="case_1")
    assert desk.refused("dora", unknown).code == "unknown-alert"


def test_an_alert_that_was_attached_wrongly_moves_to_the_right_case(desk):
    desk.say(an_alert_heard("alert_2"), stream=ALERTS)
    desk.do("dora", AttachAlert(alert_id="alert_2", case_id="case_1"))

    desk.do("dora", AttachAlert(alert_id="alert_2", case_id="case_2"))

    assert desk.case().alert_ids == ()
    assert desk.case("case_2").alert_ids == ("alert_2",)


@pytest.mark.parametrize("said", ["U24-2023-001", "u24-2023-001 ", "case_1"])
def test_a_case_answers_to_its_call_sign_and_its_id(desk, said):
    desk.do("dora", WriteNote(case_id=said, text="here"))

    assert desk.case().notes[-1].text == "here"


@pytest.mark.parametrize("said", ["", "*", "U24-2023-999"])
def test_what_is_no_case_is_refused(desk, said):
    assert desk.refused("dora", WriteNote(case_id=said, text="here")).code == "unknown-case"


@pytest.mark.parametrize(
    ("who", "command", "code"),
    [
        ("dora", WriteNote(case_id="case_1", text=" "), "empty"),
        ("dora", DescribeCase(case_id="case_1", why="r"), "empty"),
        ("dora", CloseCase(case_id="case_1", reason=""), "no-reason"),
        ("dora", ReopenCase(case_id="case_1", reason="r"), "not-closed"),
        ("dora", MergeCases(case_id="case_1", into_case_id="case_1", reason="r"), "same-case"),
        ("hale", GiveConsent(case_id="case_1", consent=a_consent(members=())), "empty"),
        (
            "hale",
            WithdrawConsent(case_id="case_1", consent_id="x", reason="r"),
            "unknown-consent",
        ),
        ("dora", replace(PROPOSAL, deadline_at=NOW), "past"),
        ("dora", replace(PROPOSAL, members=()), "empty"),
        ("dora", replace(PROPOSAL, proposal_id="proposal_1"), "name-taken"),
        (
            "ceri",
            TakePosition(case_id="case_1", position=replace(STANCE, member="GBR")),
            "not-asked",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(desk, who, command, code):
    assert desk.refused(who, command).code == code


def test_a_closed_case_opens_again(desk):
    desk.do("dora", CloseCase(case_id="case_1", reason="over"))
    refusal = desk.refused("hale", GiveConsent(case_id="case_1", consent=a_consent()))
    assert refusal.code == "closed"
    assert "ReopenCase" in refusal.text

    desk.do("dora", ReopenCase(case_id="case_1", reason="a second shock"))

    assert desk.ask("hale", GiveConsent(case_id="case_1", consent=a_consent())).is_done


def test_cases_of_two_hosts_are_not_merged(desk):
    other = desk.do("dora", replace(OPEN, host="SYR")).get_made("case_id")

    merge = MergeCases(case_id="case_1", into_case_id=other, reason="r")

    assert desk.refused("dora", merge).code == "other-host"


def test_cases_are_not_merged_in_a_ring(desk):
    desk.do("dora", MergeCases(case_id="case_1", into_case_id="case_2", reason="r"))

    back = MergeCases(case_id="case_2", into_case_id="case_1", reason="r")

    assert desk.refused("dora", back).code == "merged"
    desk.do("dora", MergeCases(case_id="case_2", into_case_id="case_3", reason="r"))
    desk.do("dora", WriteNote(case_id="U24-2023-001", text="to the last"))
    assert desk.case("case_3").notes[-1].text == "to the last"


def test_a_consent_is_said_anew_and_withdrawn_once(desk):
    withdraw = WithdrawConsent(case_id="case_1", consent_id="consent_1", reason="r")
    desk.do("hale", GiveConsent(case_id="case_1", consent_id="consent_1", consent=a_consent()))
    desk.do("hale", withdraw)

    assert desk.refused("hale", withdraw).code == "withdrawn"


def test_a_position_counts_until_the_deadline_and_not_at_it(desk):
    take = TakePosition(case_id="case_1", position=STANCE)
    desk.clock.now = at_h(7.99)
    assert desk.ask("cato", take).is_done

    desk.clock.now = at_h(8)

    assert desk.refused("cato", take).code == "past"


def test_a_position_on_what_is_decided_is_refused(desk):
    desk.say(a_proposal_decided())

    assert desk.refused("cato", TakePosition(case_id="case_1", position=STANCE)).code == "past"


def test_a_confidential_position_cannot_be_guessed_from_its_hash(desk):
    desk.do("cato", TakePosition(case_id="case_1", position=STANCE, confidential=True))
    desk.do("cato", TakePosition(case_id="case_1", position=STANCE))

    bodies = [e.body for e in desk.store.everything() if e.kind == "position.taken/2"]
    assert b'"salt":"salt_' in bodies[0]
    assert b'"salt":""' in bodies[1]


def test_a_right_to_open_is_for_every_case_and_not_for_one():
    desk = ADesk()
    desk.enrol("dora", Role.DUTY_OFFICER)
    case_id = desk.do("dora", OPEN).get_made("case_id")
    desk.enrol("dirk", Role.DUTY_OFFICER, case_id=case_id)

    assert desk.refused("dirk", OPEN).code == "not-allowed"


def test_an_alert_is_heard_anew_in_the_case_that_goes_on(desk):
    first = desk.do("dora", replace(OPEN, alert_id="alert_1")).get_made("case_id")
    desk.do("dora", MergeCases(case_id=first, into_case_id="case_1", reason="one"))
    heard = HearAlert(alert_id="alert_1", source="USGS", title="M 7.8", case_id=first)

    desk.do("dora", heard)

    assert desk.board.alerts["alert_1"].title == "M 7.8"
    assert desk.board.alert_cases["alert_1"] == "case_1"
    assert desk.refused("dora", replace(heard, case_id="case_2")).code == "alert-has-case"


@pytest.mark.parametrize("number", ["²", "٣٣٣", "9" * 5000])
def test_a_call_sign_that_came_from_elsewhere_stops_no_case_from_opening(desk, number):
    odd = a_call_sign_allotted(case_id="case_9", call_sign=f"U24-2023-{number}")
    desk.say(odd, stream=ALLOTTED)

    assert desk.do("dora", OPEN).get_made("call_sign") == "U24-2023-004"


@pytest.mark.parametrize("day", [(1, 1, 1), (1999, 12, 31), (2024, 2, 8), (9999, 12, 31)])
def test_a_t0_that_can_only_be_a_slip_is_refused_also_where_an_alert_says_it(desk, day):
    t0_at = datetime(*day, tzinfo=UTC)
    alert = replace(an_alert_heard(), alert_id="alert_9", event_at=t0_at)
    desk.say(alert, stream=ALERTS)

    assert desk.refused("dora", replace(OPEN, t0_at=t0_at)).code == "no-moment"
    assert desk.refused("dora", replace(OPEN, alert_id="alert_9")).code == "no-moment"
