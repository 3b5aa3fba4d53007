"""What the host names and wishes, and what offers may depend on: refused at the door."""

from dataclasses import replace

import pytest

from tests.builders import a_consent, a_lot, a_need, a_vehicle, at_h, some_caveats
from tests.desk.a_desk import ADesk, a_filled_case
from tests.facts import an_offer_made
from u24.domain.asks import Join, Part
from u24.domain.commands.decisions import (
    DeclareCondition,
    GiveConsent,
    NameHostCrews,
    NamePhase,
    StateAsk,
)
from u24.domain.commands.requests import MakeOffer, ReleaseStandingOffer, StateRequest
from u24.domain.facts.people import Role

LEAF = Part(subject="proposal_1")


@pytest.fixture(scope="module")
def filled():
    desk = ADesk()
    desk.enrol("dora", Role.DUTY_OFFICER)
    desk.enrol("hale", Role.HOST_OFFICER, "TUR")
    desk.enrol("fons", Role.FOCAL_POINT, "NLD")
    a_filled_case(desk)
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


def deep(levels):
    part = LEAF
    for _ in range(levels - 1):
        part = Part(join=Join.ANY_OF, parts=(part,))
    return part


def offer(*caveats, kind="usar_heavy", **values):
    lot = a_lot("lot_9", kind=kind, caveats=some_caveats(*caveats), **values)
    return MakeOffer(case_id="case_1", member="NLD", lots=(lot,))


def wish(wanted):
    return StateAsk(case_id="case_1", title="Shelter", wanted=wanted)


def test_a_phase_begins_now_unless_said_and_a_consent_may_then_name_it(desk):
    narrow = GiveConsent(case_id="case_1", consent=a_consent(phases=("rescue",)))
    refusal = desk.refused("hale", narrow)
    assert (refusal.code, "named are none" in refusal.text) == ("unknown-phase", True)

    desk.do("hale", NamePhase(case_id="case_1", name="rescue", until_at=at_h(50)))

    assert desk.case().phases["rescue"].phase.from_at == desk.clock.now
    desk.do("hale", narrow)


def test_a_wish_names_what_the_case_has_and_may_be_said_anew(desk):
    both = Part(join=Join.ALL_OF, parts=(Part(subject="lot_1"), Part(subject="need_1")))
    wanted = Part(join=Join.ANY_OF, parts=(LEAF, both))
    ask_id = desk.do("hale", wish("any_of(proposal_1, all_of(lot_1, need_1))")).get_made("ask_id")
    assert desk.case().asks[ask_id].ask.wanted == wanted

    desk.do("hale", replace(wish(LEAF), ask_id=ask_id))

    assert [fact.ask.wanted for fact in desk.case().asks.values()] == [LEAF]


@pytest.mark.parametrize(
    ("who", "command", "code", "allowed"),
    [
        ("hale", NamePhase(case_id="case_1", name=" "), "empty", "e.g. rescue"),
        ("hale", NamePhase(case_id="case_1", name="x", until_at=at_h(1)), "invalid-input", "after"),
        (
            "hale", NameHostCrews(case_id="case_1", families=("s300", "ufo")), "unknown-family",
            "s300",
        ),
        ("hale", replace(wish(LEAF), title=" "), "empty", "what is wished"),
        ("hale", wish(Part(subject="lot_x")), "unknown-subject", "known are lot_1, lot_2"),
        ("hale", wish(deep(12)), "too-deep", "10 joins inside each other"),
        ("hale", wish("any_of(proposal_1"), "invalid-input", "give , or )"),
        (
            "dora",
            StateRequest(case_id="case_1", needs=(a_need("need_9", proposal_id="prop_x"),)),
            "unknown-proposal", "it has proposal_1",
        ),
        ("fons", offer(proposal_id="prop_x"), "unknown-proposal", "it has proposal_1"),
        ("fons", offer("only_if:peace"), "unknown-condition", "peace-agreement"),
        ("fons", offer("not_before_h:soon"), "bad-caveat", "give hours after T0"),
        (
            "fons", offer("once_replaced:air_defence_s300*0", kind="air_defence_s300"),
            "bad-caveat", "whole units of 1",
        ),
        (
            "fons", ReleaseStandingOffer(member="NLD", lots=(a_lot(proposal_id="proposal_1"),)),
            "of-a-case", "name none",
        ),
        (
            "fons",
            ReleaseStandingOffer(
                member="NLD", vehicles=(a_vehicle(caveats=some_caveats("only_if:own")),)
            ),
            "unknown-condition", "cease-fire",
        ),
    ],
)  # fmt: skip
def test_what_names_nothing_is_refused_with_what_may_be_named(desk, who, command, code, allowed):
    refusal = desk.refused(who, command)

    assert refusal.code == code
    assert allowed in refusal.text


def test_the_deepest_wish_and_an_offer_on_alternatives_that_exclude_each_other_are_taken(desk):
    desk.do("hale", wish(deep(11)))
    desk.do("dora", DeclareCondition(case_id="case_1", condition_id="own", text="own"))

    desk.do("fons", offer("only_if:unarmed|able-to-defend-itself", "only_if:own"))

    case = desk.board.cases["case_1"]
    assert len(case.asks) == 1
    assert any(state.fact.lots[0].caveats for state in case.offers.values() if state.fact.lots)


def test_donors_that_wait_for_each_other_are_told_and_stock_in_confidence_is_not_named(desk):
    other = a_lot(
        "lot_other", member="DEU", kind="air_defence_patriot",
        caveats=some_caveats("once_replaced:air_defence_s300"),
    )  # fmt: skip
    waits = offer("once_replaced:air_defence_patriot", kind="air_defence_s300")
    open_, hidden = desk.fork(), desk.fork()
    open_.say(an_offer_made("offer_deu", member="DEU", lots=(other,), vehicles=()))
    hidden.say(
        an_offer_made("offer_deu", member="DEU", lots=(other,), vehicles=(), confidential=True)
    )

    refusal = open_.refused("fons", waits)

    assert (refusal.code, "lot_other" in refusal.text) == ("bad-caveat", True)
    assert hidden.ask("fons", waits).is_done


def test_a_lot_in_confidence_may_be_wished_for_and_is_not_told(desk):
    desk.say(an_offer_made("offer_s", lots=(a_lot("lot_s"),), vehicles=(), confidential=True))

    assert "lot_s" not in desk.refused("hale", wish(Part(subject="lot_x"))).text
