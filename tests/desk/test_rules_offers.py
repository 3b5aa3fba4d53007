"""Requested, offered, answered, committed: EDXL-RM, and what is refused on the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import a_lot, a_need, a_vehicle, at_h
from tests.desk.a_desk import NOW, ADesk, a_filled_desk
from tests.facts import a_standing_offer_released
from u24.desk.saying import ALLOTTED
from u24.domain.commands.cases import OpenCase
from u24.domain.commands.requests import (
    AnswerOffer,
    AnswerRequest,
    CommitOffer,
    DraftOffer,
    MakeOffer,
    ReleaseStandingOffer,
    StateRequest,
    WithdrawOffer,
    WithdrawRequest,
    WithdrawStandingOffer,
)
from u24.domain.facts.people import Role
from u24.domain.facts.requests import LotShare, Reply

OFFER = MakeOffer(case_id="case_1", member="NLD", offer_id="off", lots=(a_lot("l", packs=5),),
                  vehicles=(a_vehicle("v"),))  # fmt: skip
ACCEPT = AnswerOffer(case_id="case_1", offer_id="off", reply=Reply.ACCEPT)
PART = AnswerOffer(
    case_id="case_1", offer_id="off", reply=Reply.PARTLY, lots=(LotShare(lot_id="l", packs=2),)
)
DECLINE = AnswerOffer(case_id="case_1", offer_id="off", reply=Reply.DECLINE)
COMMIT = CommitOffer(case_id="case_1", offer_id="off")
WITHDRAW = WithdrawOffer(case_id="case_1", offer_id="off", reason="needed at home")


@pytest.fixture(scope="module")
def filled():
    desk = a_filled_desk()
    for person_id, role, member in (
        ("dora", Role.DUTY_OFFICER, ""), ("hale", Role.HOST_OFFICER, "TUR"),
        ("fons", Role.FOCAL_POINT, "NLD"), ("dieter", Role.FOCAL_POINT, "DEU"),
    ):  # fmt: skip
        desk.known(person_id, member, {"role": role})
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


def who(command):
    return "hale" if isinstance(command, AnswerOffer) else "fons"


def say_all(desk, *commands):
    for command in commands:
        desk.do(who(command), command)


def offer(desk):
    return desk.case().offers["off"]


def test_an_accepted_offer_is_an_order_and_only_the_commitment_binds(desk):
    say_all(desk, OFFER, ACCEPT)
    assert (offer(desk).reply, offer(desk).committed_at) == (Reply.ACCEPT, None)

    say_all(desk, COMMIT)

    assert offer(desk).committed_at == NOW


def test_a_part_is_taken_of_lots_and_vehicles(desk):
    say_all(desk, OFFER, PART)

    assert offer(desk).taken_packs == {"l": 2}
    assert offer(desk).taken_vehicles == ()


@pytest.mark.parametrize(
    ("before", "command", "code"),
    [
        ((), ACCEPT, "unknown-offer"),
        ((), COMMIT, "unknown-offer"),
        ((), WITHDRAW, "unknown-offer"),
        ((OFFER,), COMMIT, "not-accepted"),
        ((OFFER, DECLINE), COMMIT, "not-accepted"),
        ((OFFER, ACCEPT, COMMIT), COMMIT, "committed"),
        ((OFFER, ACCEPT, COMMIT), PART, "committed"),
        ((OFFER, ACCEPT, COMMIT), replace(OFFER, text="less"), "committed"),
        ((OFFER, WITHDRAW), ACCEPT, "withdrawn"),
        ((OFFER, ACCEPT, WITHDRAW), COMMIT, "withdrawn"),
        ((OFFER, WITHDRAW), WITHDRAW, "withdrawn"),
        ((OFFER,), replace(WITHDRAW, reason=" "), "no-reason"),
        ((OFFER,), replace(ACCEPT, lots=PART.lots), "parts-named"),
        ((OFFER,), replace(DECLINE, vehicle_ids=("v",)), "parts-named"),
        ((OFFER,), replace(PART, lots=()), "no-parts"),
        ((OFFER,), replace(PART, lots=(LotShare(lot_id="l", packs=6),)), "not-offered"),
        ((OFFER,), replace(PART, lots=(LotShare(lot_id="l", packs=0),)), "not-offered"),
        ((OFFER,), replace(PART, lots=(LotShare(lot_id="x", packs=1),)), "not-offered"),
        ((OFFER,), replace(PART, lots=PART.lots * 2), "named-twice"),
        ((OFFER,), replace(PART, vehicle_ids=("w",)), "not-offered"),
        ((), replace(OFFER, lots=(), vehicles=()), "empty"),
        ((), replace(OFFER, lots=(a_lot("l", member="DEU"),)), "not-own"),
        ((), replace(OFFER, vehicles=(a_vehicle("v", member="DEU"),)), "not-own"),
        ((), replace(OFFER, lots=OFFER.lots * 2), "named-twice"),
        ((), replace(OFFER, lots=(a_lot("lot_1"),)), "name-taken"),
        ((), replace(OFFER, vehicles=(a_vehicle("lift_1/1"),)), "name-taken"),
        ((), replace(OFFER, request_id="request_9"), "unknown-request"),
    ],
)  # fmt: skip
def test_what_does_not_follow_is_refused_with_its_reason(desk, before, command, code):
    say_all(desk, *before)

    refusal = desk.refused(who(command), command)

    assert refusal.code == code
    assert refusal.text


@pytest.mark.parametrize(
    "steps",
    [
        (OFFER, ACCEPT, DECLINE), (OFFER, ACCEPT, COMMIT, DECLINE), (OFFER, ACCEPT, WITHDRAW),
        (OFFER, ACCEPT, COMMIT, WITHDRAW), (OFFER, DECLINE, ACCEPT, COMMIT), (OFFER, ACCEPT, PART),
        (OFFER, WITHDRAW, OFFER, ACCEPT), (OFFER, OFFER),
    ],
)  # fmt: skip
def test_these_steps_follow_each_other(desk, steps):
    before = desk.store.size()

    say_all(desk, *steps)

    assert desk.store.size() == before + len(steps)


def test_an_offer_that_is_said_anew_waits_for_an_answer_again(desk):
    say_all(desk, OFFER, ACCEPT, replace(OFFER, lots=(a_lot("l", packs=3),)))

    assert offer(desk).reply is None
    assert desk.refused("fons", COMMIT).code == "not-accepted"


def test_an_offer_of_another_member_is_not_said_anew(desk):
    say_all(desk, OFFER)
    stolen = MakeOffer(
        case_id="case_1", member="DEU", offer_id="off", lots=(a_lot("l2", member="DEU"),)
    )

    assert desk.refused("dieter", stolen).code == "not-allowed"


def test_a_standing_offer_drafts_itself_with_its_times_counted_from_the_opening():
    desk = ADesk(at_h(100))
    desk.enrol("dora", Role.DUTY_OFFICER)
    desk.say(a_standing_offer_released(said_at=at_h(1)), stream=ALLOTTED)

    done = desk.do("dora", OpenCase(title="t", hazard="GH0101", host="TUR", t0_at=at_h(98)))

    [drafted] = desk.board.cases[done.get_made("case_id")].offers.values()
    [lot], [vehicle] = drafted.fact.lots, drafted.fact.vehicles
    assert (lot.lot_id, vehicle.vehicle_id) == ("lot_1@U24-2023-001", "lift_1/1@U24-2023-001")
    assert lot.ready_at == at_h(102)  # two hours after it was released, so two after now
    assert (vehicle.available_at, vehicle.until_at) == (at_h(100), at_h(171))
    assert lot.standing
    assert drafted.fact.standing_id == "standing_1"
    assert drafted.reply is None


@pytest.mark.parametrize(
    "values",
    [
        {"hazards": ("MH0600",)}, {"not_hosts": ("SYR", "TUR")}, {"valid_until_at": NOW},
        {"member": "TUR", "lots": (a_lot(member="TUR"),), "vehicles": ()},
    ],
)  # fmt: skip
def test_a_standing_offer_that_does_not_fit_drafts_nothing(values):
    desk = ADesk()
    desk.enrol("dora", Role.DUTY_OFFICER)
    desk.say(a_standing_offer_released(**values), stream=ALLOTTED)

    done = desk.do("dora", OpenCase(title="t", hazard="GH0101", host="TUR"))

    case_id = done.get_made("case_id")
    assert desk.board.cases[case_id].offers == {}
    draft = DraftOffer(case_id=case_id, standing_id="standing_1")
    assert desk.refused("dora", draft).code == "does-not-fit"


def test_a_standing_offer_is_drafted_again_only_after_it_was_withdrawn_and_under_new_names(desk):
    draft = DraftOffer(case_id="case_1", standing_id="standing_1", request_id="request_1")
    first = desk.do("fons", draft).get_made("offer_id")
    assert desk.refused("fons", draft).code == "already-drafted"
    desk.do("fons", WithdrawOffer(case_id="case_1", offer_id=first, reason="r"))

    second = desk.do("fons", draft).get_made("offer_id")

    lots = [desk.case().offers[name].fact.lots[0].lot_id for name in (first, second)]
    assert lots == ["lot_1@U24-2023-001", "lot_1@U24-2023-001.2"]
    assert desk.case().offers[second].fact.request_id == "request_1"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (DraftOffer(case_id="case_1", standing_id="x"), "unknown-standing-offer"),
        (DraftOffer(case_id="case_1", standing_id="standing_1", request_id="x"), "unknown-request"),
        (WithdrawStandingOffer(standing_id="x", reason="r"), "unknown-standing-offer"),
        (ReleaseStandingOffer(member="NLD"), "empty"),
        (ReleaseStandingOffer(member="NLD", lots=(a_lot(),), valid_until_at=NOW), "past"),
        (ReleaseStandingOffer(member="NLD", lots=(a_lot(member="DEU"),)), "not-own"),
    ],
)
def test_a_standing_offer_is_asked_for_what_it_is(desk, command, code):
    assert desk.refused("fons", command).code == code


def test_a_withdrawn_standing_offer_drafts_nothing_more(desk):
    withdraw = WithdrawStandingOffer(standing_id="standing_1", reason="disbanded")
    desk.do("fons", withdraw)

    assert desk.refused("fons", withdraw).code == "withdrawn"
    done = desk.do("dora", OpenCase(title="t", hazard="GH0101", host="TUR"))
    assert desk.board.cases[done.get_made("case_id")].offers == {}


def test_a_member_does_not_take_over_the_standing_offer_of_another(desk):
    theirs = ReleaseStandingOffer(
        member="DEU", standing_id="standing_1", lots=(a_lot(member="DEU"),)
    )

    assert desk.refused("dieter", theirs).code == "not-allowed"


@pytest.mark.parametrize(
    ("who", "command", "code"),
    [
        ("hale", StateRequest(case_id="case_1", needs=()), "empty"),
        ("hale", StateRequest(case_id="case_1", needs=(a_need("n"), a_need("n"))), "named-twice"),
        ("hale", StateRequest(case_id="case_1", needs=(a_need(),)), "name-taken"),
        ("hale", WithdrawRequest(case_id="case_1", request_id="x", reason="r"), "unknown-request"),
        (
            "fons",
            AnswerRequest(case_id="case_1", request_id="x", member="NLD", reply=Reply.ACCEPT),
            "unknown-request",
        ),
    ],
)
def test_a_request_is_asked_for_what_it_is(desk, who, command, code):
    assert desk.refused(who, command).code == code


def test_a_request_is_said_anew_withdrawn_once_and_stands_again(desk):
    request = StateRequest(case_id="case_1", request_id="request_1", needs=(a_need(), a_need("b")))
    withdraw = WithdrawRequest(case_id="case_1", request_id="request_1", reason="enough")
    answer = AnswerRequest(
        case_id="case_1", request_id="request_1", member="NLD", reply=Reply.ACCEPT
    )
    desk.do("hale", request)
    desk.do("fons", answer)
    desk.do("hale", withdraw)
    assert desk.refused("hale", withdraw).code == "withdrawn"
    assert desk.refused("fons", answer).code == "withdrawn"

    desk.do("hale", request)

    assert desk.case().requests["request_1"].withdrawn == ""
    assert len(desk.case().requests["request_1"].fact.needs) == 2


def test_what_is_offered_for_ever_stops_no_case_from_opening(desk):
    forever = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    goods = {"lots": (a_lot("l", valid_until_at=forever),),
             "vehicles": (a_vehicle("v", until_at=forever),)}  # fmt: skip
    desk.do("fons", ReleaseStandingOffer(member="NLD", standing_id="always", **goods))
    desk.clock.wait(days=3)

    done = desk.do("dora", OpenCase(title="t", hazard="GH0101", host="TUR"))

    offers = desk.case(done.get_made("case_id")).offers.values()
    (drafted,) = [offer.fact for offer in offers if offer.fact.standing_id == "always"]
    assert drafted.vehicles[0].until_at.year == drafted.lots[0].valid_until_at.year == 9999
    assert drafted.lots[0].ready_at == a_lot("l").ready_at + timedelta(days=3)


@pytest.mark.parametrize(
    "command",
    [
        AnswerRequest(case_id="case_1", request_id="request_1", member="", reply=Reply.DECLINE),
        MakeOffer(case_id="case_1", member="", lots=(a_lot("l", member=""),)),
        ReleaseStandingOffer(member="", lots=(a_lot("l", member=""),)),
    ],
)
def test_a_focal_point_speaks_for_no_nameless_member(desk, command):
    assert desk.refused("fons", command).code == "not-allowed"
