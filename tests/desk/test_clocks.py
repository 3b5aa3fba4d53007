"""What the desk says by itself: silence that is over, alarms, escalation, proposed plans."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import a_case, a_consent, a_lot, a_need, a_vehicle, an_airport, at_h
from tests.desk.a_desk import ADesk
from tests.desk.live_board import CASE, LiveBoard, a_live_board
from tests.desk.saying_due import ask, propose_now, say_due
from tests.desk.small_cases import a_small_case, disrupt, play
from tests.facts import a_case_opened, a_proposal_made
from u24.desk.clocks import due, line_of_duty, next_due_at
from u24.domain.facts.cases import CaseClosed, NoteWritten
from u24.domain.facts.decisions import ConsentGiven, ConsentWithdrawn
from u24.domain.facts.movements import (
    AlarmAcknowledged,
    AlarmCleared,
    AlarmEscalated,
    AlarmKind,
    AlarmRaised,
    Milestone,
)
from u24.domain.facts.people import DeputyNamed, Role
from u24.domain.facts.plans import PlanMade
from u24.domain.facts.requests import RequestStated, RequestWithdrawn
from u24.domain.plan import Purpose

H = 3600
SOON = timedelta(minutes=1)


def kinds(facts):
    return [type(fact).__name__ for fact in facts]


def a_flight(*, officers=("ana", "ben")):
    """One team in one aircraft, released at T0; two duty officers, the first has a deputy."""
    case = a_case(vehicles=(a_vehicle(class_id="A400M"),), needs=(a_need(planned_units=1),))
    live = a_live_board(case)
    for person_id in officers:
        live.enrol(person_id)
    live.plan("p1")
    live.release("p1")
    (line,) = live.case.plans["p1"].fact.lines
    return live, line


# Alarms


def test_a_departure_that_nobody_reports_raises_one_alarm_for_the_duty_officer():
    live, line = a_flight()
    live.now = at_h(line.depart_s / H + 0.5)

    raised, *_ = say_due(live)

    assert isinstance(raised, AlarmRaised)
    assert (raised.kind, raised.subject) == (AlarmKind.LATE, "lift_1/1")
    assert (raised.for_person_id, raised.acknowledge_until_at) == (
        "ana", live.now + timedelta(minutes=15),
    )  # fmt: skip
    assert "not reported departed at EIN" in raised.text
    assert kinds(say_due(live)) == []


def test_all_that_travels_together_is_one_alarm():
    lots = tuple(
        a_lot(f"lot_{n}", pack_mass_g=5_000_000, pack_volume_ml=10**7, pack_people=20)
        for n in (1, 2)
    )
    case = a_case(vehicles=(a_vehicle(class_id="A400M"),), lots=lots)
    live = a_live_board(case)
    made = live.plan("p1")
    live.release("p1")
    assert len({line.vehicle_ids for line in made.lines}) == 1 < len(made.lines)

    alarms = [d for d in due(live.board, at_h(made.lines[0].depart_s / H + 0.6)) if d.facts]

    assert len(alarms) == 1
    assert "2 consignments" in alarms[0].facts[0][1].text


def test_an_alarm_is_cleared_when_the_report_comes_and_was_on_time_after_all():
    live, line = a_flight()
    off_h = line.depart_s / H
    say_due(live.at(off_h + 0.6))
    live.report(Milestone.DEPARTED, off_h, vehicle_id="lift_1/1", site_id="EIN")

    facts = say_due(live.at(off_h + 0.7))

    assert kinds(facts) == ["AlarmCleared"]
    assert facts[0].alarm_id == next(iter(live.case.alarms))


def test_an_alarm_that_the_desk_cleared_is_raised_again_and_one_that_a_person_cleared_is_not():
    live, line = a_flight()
    off_h = line.depart_s / H
    say_due(live.at(off_h + 0.6))
    (alarm_id,) = (a for a, state in live.case.alarms.items() if not state.cleared)
    live.report(Milestone.DEPARTED, off_h, vehicle_id="lift_1/1", site_id="EIN", movement_id="m")
    say_due(live)
    # the same report is said again: it was a LOADED
    live.report(Milestone.LOADED, off_h, vehicle_id="lift_1/1", site_id="EIN", movement_id="m")
    assert "AlarmRaised" in kinds(say_due(live))

    live.say(AlarmCleared(said_at=live.now, case_id=CASE, alarm_id=alarm_id, reason="I know"))

    assert due(live.board, live.now) == []


def test_an_alarm_that_the_clocks_did_not_raise_is_not_theirs_to_clear():
    live, _ = a_flight()
    fact = AlarmRaised(
        said_at=live.now, case_id=CASE, alarm_id="alarm_mail_1", kind=AlarmKind.NO_MAIL,
        subject="mail", text="no mail leaves",
    )  # fmt: skip
    live.say(fact)

    assert due(live.board, live.now) == []


@pytest.mark.parametrize(
    "disruption", ["failed", "site_closed", "offer_gone", "consent_gone", "need_grew", "short"]
)
def test_each_disruption_is_an_alarm_of_its_kind_with_the_needs_it_puts_at_risk(disruption):
    live, line = a_flight()
    live.at(0.25)
    if disruption == "failed":
        live.report(Milestone.FAILED, 0.25, vehicle_id="lift_1/1")
    elif disruption == "site_closed":
        shut = an_airport(line.site_ids[-2], closed_h=((0.0, 30.0),))
        live.describe(replace(a_case(), airports=(shut,)))
    elif disruption == "offer_gone":
        live.withdraw(f"off_{CASE}_NLD")
    elif disruption == "consent_gone":
        live.say(ConsentWithdrawn(said_at=live.now, case_id=CASE, consent_id="con_00", reason="x"))
    elif disruption == "need_grew":
        live.say(
            RequestStated(
                said_at=live.now, case_id=CASE, request_id=f"req_{CASE}",
                needs=(a_need(planned_units=2),),
            )
        )  # fmt: skip
    else:
        case = live.case.plans["p1"].fact
        live.case.plans["p1"].fact = replace(case, lines=(replace(line, packs=4, units=1.0),))
        live.at(line.arrive_s / H + 1)
        live.hand_over(line.consignment_id, 3, line.arrive_s / H)

    raised, *_ = say_due(live)

    wanted = "failed" if disruption == "short" else disruption
    assert (raised.kind, raised.need_ids) == (AlarmKind(wanted), ("need_1",))
    assert raised.risk_share > 0.2


def test_an_airport_without_any_slot_is_closed_until_further_notice():
    live, line = a_flight()
    live.describe(replace(a_case(), airports=(an_airport(line.site_ids[-2], slots=0),)))

    raised, *_ = say_due(live.at(0.25))

    assert raised.kind is AlarmKind.SITE_CLOSED
    assert "until further notice; 1 consignment would be served there" in raised.text


@pytest.mark.parametrize(("later_s", "number"), [(0, 1), (1, 0)])
def test_a_consent_that_ends_when_it_would_be_loaded_is_gone(later_s, number):
    live = a_live_board(
        a_case(
            lots=(a_lot(ready_h=0.0),), needs=(a_need(planned_units=1),),
            vehicles=(a_vehicle(class_id="A400M", available_h=3.0),),
        )
    )  # fmt: skip
    live.plan("p1")
    live.release("p1")
    (route,) = live.case.plans["p1"].fact.plan.routes
    load_s = next(c.service_from_s for c in route.calls if c.purpose is Purpose.LOAD)
    assert load_s > 2 * H  # it was ready long before
    consent = a_consent(until_h=(load_s + later_s) / H)
    live.say(
        ConsentGiven(said_at=live.now, case_id=CASE, consent_id="con_00", consent=consent),
    )

    assert len(due(live.board, live.now)) == number


def test_a_need_that_grew_by_a_fifth_or_less_raises_nothing():
    case = a_case(vehicles=(a_vehicle(class_id="A400M"),), needs=(a_need(planned_units=10),))
    live = a_live_board(case)
    live.plan("p1")
    live.release("p1")
    for units, number in ((12, 0), (13, 1)):
        need = a_need(planned_units=units)
        live.say(
            RequestStated(said_at=live.now, case_id=CASE, request_id=f"req_{CASE}", needs=(need,))
        )
        assert len(due(live.board, live.now)) == number


def test_what_has_left_does_not_mind_that_its_offer_was_withdrawn():
    live, line = a_flight()
    live.at(line.depart_s / H)
    live.report(Milestone.DEPARTED, line.depart_s / H, vehicle_id="lift_1/1", site_id="EIN")
    live.withdraw(f"off_{CASE}_NLD")

    assert due(live.board, live.now) == []


def test_a_closed_case_and_a_merged_one_raise_nothing():
    live, line = a_flight()
    live.say(CaseClosed(said_at=live.now, case_id=CASE, reason="over"))

    assert due(live.board, at_h(line.depart_s / H + 5)) == []


# Escalation


def test_nobody_looks_so_it_goes_to_the_deputy_then_to_the_next_officer_and_then_it_stays():
    live, line = a_flight()
    live.say(DeputyNamed(said_at=live.now, person_id="ana", deputy_id="dan"), stream="people")
    live.now = at_h(line.depart_s / H + 0.5)
    say_due(live)

    for person_id in ("dan", "ben"):
        live.now += timedelta(minutes=15) - SOON
        assert "AlarmEscalated" not in kinds(say_due(live))
        live.now += SOON
        told = [f for f in say_due(live) if isinstance(f, AlarmEscalated)]
        assert {fact.to_person_id for fact in told} == {person_id}
        assert {fact.acknowledge_until_at for fact in told} == {live.now + timedelta(minutes=15)}
    assert "AlarmEscalated" not in kinds(say_due(live.at(30)))


def test_an_alarm_goes_on_at_most_three_times():
    live, line = a_flight(officers=("a", "b", "c", "d", "e"))
    live.now = at_h(line.depart_s / H + 0.5)
    for _ in range(8):
        say_due(live)
        live.now += timedelta(minutes=15)

    assert {alarm.escalations for alarm in live.case.alarms.values()} == {3}


def test_an_acknowledged_alarm_stays_with_whom_it_is():
    live, line = a_flight()
    live.now = at_h(line.depart_s / H + 0.5)
    say_due(live)
    for alarm_id in list(live.case.alarms):
        live.say(AlarmAcknowledged(said_at=live.now, case_id=CASE, alarm_id=alarm_id), actor="ana")

    live.now += timedelta(hours=2)

    assert "AlarmEscalated" not in kinds(say_due(live))


def test_officers_of_the_case_come_first_and_whose_time_is_over_does_not_come():
    live = a_live_board()
    live.enrol("everywhere")
    live.enrol("here", case_id=CASE)
    live.enrol("gone", until_at=at_h(1))
    live.enrol("admin", Role.ADMINISTRATOR)

    assert line_of_duty(live.board, CASE, at_h(0)) == ["here", "everywhere", "gone"]
    assert line_of_duty(live.board, CASE, at_h(1)) == ["here", "everywhere"]
    assert line_of_duty(LiveBoard().board, CASE, at_h(1)) == []


# Proposed plans


def test_enough_at_risk_makes_the_desk_propose_a_plan_that_it_does_not_release():
    live, _ = a_flight(officers=("ana",))
    live.at(0.25)
    live.report(Milestone.FAILED, 0.25, vehicle_id="lift_1/1")

    raised, made = say_due(live)

    assert isinstance(made, PlanMade)
    assert made.because == (raised.alarm_id,)
    assert (made.replaces_plan_id, live.case.released_plan_id) == ("p1", "p1")
    assert made.lines == ()
    assert say_due(live.at(0.5)) == []


def test_two_processes_propose_under_one_key_and_one_id():
    live, _ = a_flight()
    live.at(0.25)
    live.report(Milestone.FAILED, 0.25, vehicle_id="lift_1/1")
    (alarm,) = due(live.board, live.now)
    live.say(alarm.facts[0][1])

    one, other = due(live.board, at_h(0.3)), due(live.board, at_h(0.4))

    assert one == other
    assert one[0].plan.plan_id


def test_a_younger_plan_answers_an_alarm_and_a_little_risk_calls_for_none():
    live, _ = a_flight()
    live.at(0.25)
    live.report(Milestone.FAILED, 0.25, vehicle_id="lift_1/1")
    (alarm,) = due(live.board, live.now)
    fact = alarm.facts[0][1]
    live.say(fact)
    assert due(live.board, live.now)[0].plan is not None

    live.plan("p2")

    assert due(live.board, live.now) == []


def test_a_delay_that_puts_nothing_at_risk_calls_for_no_plan_until_it_does():
    live, line = a_flight()
    off_h = line.depart_s / H

    first = say_due(live.at(off_h + 0.6))
    much_later = say_due(live.at(off_h + 26))

    assert kinds(first) == ["AlarmRaised"]
    assert first[0].risk_share == 0
    assert "PlanMade" in kinds(much_later)


def test_where_nothing_can_be_planned_a_note_says_so_once():
    live, _ = a_flight()
    live.at(0.25)
    live.report(Milestone.FAILED, 0.25, vehicle_id="lift_1/1")
    (alarm,) = due(live.board, live.now)
    live.say(alarm.facts[0][1])
    live.say(RequestWithdrawn(said_at=live.now, case_id=CASE, request_id=f"req_{CASE}", reason="x"))

    (proposed,) = due(live.board, live.now)
    ((_, note),) = propose_now(proposed, live)

    assert isinstance(note, NoteWritten)
    assert "no request that stands" in note.text
    assert proposed.key.startswith(f"clock/{CASE}/replan/")


# Downtime and sleep


def test_after_thirty_hours_without_a_desk_all_that_fell_due_is_said_and_it_ends():
    live, line = a_flight()
    ask(live)

    facts = say_due(live.at(30 + line.depart_s / H))

    assert kinds(facts)[:2] == ["ProposalDecided", "AlarmRaised"]
    assert facts[0].decided_at == at_h(6)
    assert say_due(live) == []


def test_a_sleeper_is_told_the_next_moment_at_which_something_falls_due():
    live, line = a_flight()
    off_h = line.depart_s / H
    assert next_due_at(live.board, at_h(0)) == at_h(off_h + 0.5)
    ask(live, deadline_h=0.5)
    assert next_due_at(live.board, at_h(0)) == at_h(0.5)
    assert next_due_at(live.board, at_h(0.5)) == at_h(0.5)
    assert next_due_at(LiveBoard().board, at_h(0)) is None

    say_due(live.at(off_h + 0.5))

    assert next_due_at(live.board, live.now) == live.now + timedelta(minutes=15)


def test_what_stays_silent_is_looked_at_again_as_more_is_at_risk_with_time():
    live, line = a_flight(officers=())
    say_due(live.at(line.depart_s / H + 0.5))

    assert next_due_at(live.board, live.now) == live.now + timedelta(minutes=15)


def test_an_alarm_of_being_late_ends_when_it_is_there():
    live, line = a_flight()
    off_h = line.depart_s / H
    live.report(Milestone.DEPARTED, off_h + 2, consignment_id=line.consignment_id)
    assert kinds(say_due(live.at(off_h + 2.1)))[0] == "AlarmRaised"
    live.report(Milestone.ARRIVED, line.arrive_s / H + 2, consignment_id=line.consignment_id)

    facts = say_due(live.at(line.arrive_s / H + 2.1))

    assert "AlarmCleared" in kinds(facts)


@settings(
    max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(seed=st.integers(0, 500), hours=st.integers(1, 30))
def test_nothing_falls_due_before_the_sleeper_wakes_and_keys_are_never_double(seed, hours):
    live = a_live_board(a_small_case(seed))
    live.enrol("ana")
    live.enrol("ben")
    made = live.plan("p1", work=20)
    live.release("p1")
    rng = np.random.default_rng(seed)
    play(live, made, float(hours), rng)
    disrupt(live, rng)
    say_due(live)

    wakes_at = next_due_at(live.board, live.now)

    keys = [each.key for each in due(live.board, live.now + timedelta(days=2))]
    assert len(set(keys)) == len(keys)
    until = min(wakes_at or at_h(48), live.now + timedelta(hours=4))
    moment = live.now
    while moment < until:
        assert due(live.board, moment) == []
        moment += timedelta(minutes=7)


@pytest.mark.parametrize("odd", ["a\nb", "a\0b", "x" * 900, "\u202eproposal"])
def test_an_odd_name_stops_no_clock(odd):
    desk = ADesk()
    desk.say(a_case_opened("case_1"), a_case_opened("case_2", call_sign="U24-2023-002"))
    desk.say(a_proposal_made(odd, deadline_at=desk.clock.now))
    desk.say(a_proposal_made("p", case_id="case_2", deadline_at=desk.clock.now))

    desk.desk.watch()

    assert desk.case().proposals[odd].decided.carried
    assert desk.case("case_2").proposals["p"].decided.carried


def test_the_name_of_a_command_that_nobody_can_withhold_tells_of_no_stock():
    live, _ = a_flight()
    ask(live)
    live.at(6)

    told = due(live.board, live.now)

    facts = [offer.fact for offer in live.case.offers.values()]
    names = {lot.lot_id for fact in facts for lot in fact.lots}
    names |= {vehicle.vehicle_id for fact in facts for vehicle in fact.vehicles}
    assert told
    assert not [one.key for one in told if any(name in one.key for name in names)]
