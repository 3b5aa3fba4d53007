"""A case as it stands: what is requested, accepted and consented now, and what is left of it."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import T0, a_case, a_consent, a_lot, a_need, a_place, a_vehicle, at_h
from tests.desk.live_board import CASE, LiveBoard, a_live_board
from tests.desk.small_cases import a_small_case
from tests.facts import (
    a_condition_declared,
    a_condition_said,
    a_gate_answered,
    a_phase_named,
    a_proposal_made,
    an_ask_stated,
    some_host_crews_named,
)
from u24.consent.proposals import judge_proposals
from u24.desk.live_case import (
    UnderWay,
    joined_cases,
    live_case,
    next_tick,
    open_parts,
    remaining_case,
    rest_of,
)
from u24.domain.asks import Part
from u24.domain.facts.decisions import ConsentGiven, ConsentWithdrawn, PositionTaken
from u24.domain.facts.requests import LotShare, OfferMade, Reply, RequestStated, RequestWithdrawn
from u24.domain.problem import Worth
from u24.domain.proposals import Position, Stance
from u24.errors import InvalidInput

OFFER = f"off_{CASE}_NLD"


def request(live, request_id, *needs):
    live.say(RequestStated(said_at=live.now, case_id=CASE, request_id=request_id, needs=needs))


def live_of(live):
    state = live.case
    return live_case(state, joined_cases(live.board, state)[1:])


def test_a_case_that_was_said_fact_by_fact_is_the_case():
    case = a_small_case(1)

    live = live_of(a_live_board(case))

    for name in ("t0_at", "host", "horizon_h", "places", "needs", "airports", "roads", "consents"):
        assert getattr(live, name) == getattr(case, name), name
    assert sorted(live.lots, key=lambda lot: lot.lot_id) == sorted(
        case.lots, key=lambda lot: lot.lot_id
    )
    assert {v.vehicle_id for v in live.vehicles} == {v.vehicle_id for v in case.vehicles}


def test_requests_that_stand_count_together_and_a_withdrawn_one_does_not():
    live = a_live_board()
    request(live, "req_2", a_need("need_2"))
    request(live, "req_3", a_need("need_3"))
    live.say(RequestWithdrawn(said_at=T0, case_id=CASE, request_id="req_2", reason="enough"))

    assert [need.need_id for need in live_of(live).needs] == ["need_1", "need_3"]


def test_two_requests_that_name_one_need_are_refused_with_both_names():
    live = a_live_board()
    request(live, "req_2", a_need("need_1"))

    with pytest.raises(InvalidInput, match="need need_1 stands in req_case_1 and in req_2"):
        live_of(live)


@pytest.mark.parametrize(
    ("values", "word"),
    [({"lots": (a_lot(),)}, "lot lot_1"), ({"vehicles": (a_vehicle(),)}, "vehicle lift_1/1")],
)
def test_two_offers_of_one_name_are_refused_with_both_names(values, word):
    live = a_live_board()
    fact = OfferMade(said_at=T0, case_id=CASE, offer_id="off_2", member="NLD", **values)
    live.say(fact)
    live.answer("off_2", Reply.ACCEPT)

    with pytest.raises(InvalidInput, match=f"{word} stands in {OFFER} and in off_2"):
        live_of(live)


def test_only_what_was_taken_of_an_offer_counts():
    live = a_live_board(a_case(lots=(a_lot(packs=10), a_lot("lot_2"))))
    live.answer(OFFER, Reply.PARTLY, lots=(LotShare(lot_id="lot_1", packs=4),))

    case = live_of(live)

    assert [(lot.lot_id, lot.packs) for lot in case.lots] == [("lot_1", 4)]
    assert case.vehicles == ()


@pytest.mark.parametrize("how", ["declined", "withdrawn", "waiting"])
def test_an_offer_that_is_not_accepted_or_is_withdrawn_does_not_count(how):
    live = a_live_board()
    if how == "declined":
        live.answer(OFFER, Reply.DECLINE)
    elif how == "withdrawn":
        live.withdraw(OFFER)
    else:
        live.say(
            OfferMade(
                said_at=T0, case_id=CASE, offer_id=OFFER, member="NLD", lots=(a_lot(packs=3),)
            )
        )

    assert (live_of(live).lots, live_of(live).vehicles) == ((), ())


def test_consents_that_stand_keep_their_order_as_the_last_one_outweighs():
    live = a_live_board()
    no = a_consent(allowed=False, members=("NLD",))
    live.say(ConsentGiven(said_at=T0, case_id=CASE, consent_id="con_no", consent=no))
    wider = a_consent(until_h=40.0)
    live.say(ConsentGiven(said_at=T0, case_id=CASE, consent_id="con_00", consent=wider))
    assert live_of(live).consents == (wider, no)

    live.say(ConsentWithdrawn(said_at=T0, case_id=CASE, consent_id="con_no", reason="settled"))

    assert live_of(live).consents == (wider,)


def test_consents_of_a_merged_case_go_in_between_by_when_they_were_said():
    live = a_live_board()
    no, yes = a_consent(allowed=False, members=("NLD",)), a_consent(members=("ROU",))
    live.open(a_case(needs=(), lots=(), vehicles=(), consents=()), "case_2")
    live.say(
        ConsentGiven(said_at=T0, case_id="case_2", consent_id="con_no", consent=no),
        stream="case/case_2",
    )
    live.say(ConsentGiven(said_at=T0, case_id=CASE, consent_id="con_yes", consent=yes))
    live.merge("case_2")

    assert live_of(live).consents == (a_consent(), no, yes)


def test_a_position_in_confidence_counts_in_the_case_that_rooms_read_and_is_marked():
    live = a_live_board()
    live.say(a_proposal_made("prop_1"))
    for member, confidential in (("DEU", True), ("FRA", False)):
        position = Position(member=member, proposal="prop_1", stance=Stance.OPPOSE)
        live.say(
            PositionTaken(said_at=T0, case_id=CASE, position=position, confidential=confidential)
        )

    taken = [(position.member, position.secret) for position in live_of(live).positions]
    assert taken == [("DEU", True), ("FRA", False)]


def test_a_word_counts_from_when_the_desk_heard_it():
    live = a_live_board()
    live.say(a_proposal_made("prop_1"))
    position = Position(member="DEU", proposal="prop_1", stance=Stance.OPPOSE, at=at_h(1))
    live.say(PositionTaken(said_at=at_h(5), case_id=CASE, position=position))
    live.say(a_gate_answered(said_at=at_h(6), at=at_h(2)), actor="lea")

    case = live_of(live)

    assert [position.at for position in case.positions] == [at_h(5)]
    assert [(answer.officer, answer.at) for answer in case.gate_answers] == [("lea", at_h(6))]


def test_an_officer_of_another_desk_is_none_of_ours():
    live = a_live_board()
    live.say(a_gate_answered(officer="lea"), actor="ledger_2:lea")

    assert [answer.officer for answer in live_of(live).gate_answers] == ["ledger_2:lea"]


def test_what_older_records_say_of_nothing_stops_no_room():
    live = a_live_board()
    live.say(a_proposal_made("prop_1", requires=("harbour-open",)))
    for proposal in ("prop_1", "prop_nobody_made"):
        position = Position(
            member="DEU", proposal=proposal, stance=Stance.CONDITIONAL, conditions=("road-open",)
        )
        live.say(PositionTaken(said_at=T0, case_id=CASE, position=position))

    case = live_of(live)

    assert [position.proposal for position in case.positions] == ["prop_1"]
    assert {each.condition_id for each in case.conditions} == {"harbour-open", "road-open"}
    assert judge_proposals(case, at_h(1)).keys() == {"prop_1"}


def test_what_host_and_officers_say_of_one_emergency_joins_and_the_own_word_outweighs():
    live = a_live_board()
    live.open(a_case(needs=(), lots=(), vehicles=()), "case_2")
    for case_id, until_h in (("case_2", 10), (CASE, 20)):
        stream = f"case/{case_id}"
        live.say(a_phase_named(case_id=case_id, until_at=at_h(until_h)), stream=stream)
        live.say(a_condition_said(case_id=case_id, from_at=at_h(until_h)), stream=stream)
    live.say(some_host_crews_named(case_id="case_2"), stream="case/case_2")
    for wanted in ("need_1", "lot_x"):
        live.say(
            an_ask_stated(f"ask_{wanted}", case_id="case_2", wanted=Part(subject=wanted)),
            stream="case/case_2",
        )
    live.say(a_condition_declared(case_id="case_2"), stream="case/case_2")
    live.merge("case_2")

    case = live_of(live)

    assert [phase.until_at for phase in case.phases] == [at_h(20)]
    assert [word.at for word in case.condition_words] == [at_h(10), at_h(20)]
    assert case.host_crews == some_host_crews_named().families
    assert [ask.ask_id for ask in case.asks] == ["ask_need_1"]  # lot_x is not accepted
    assert [each.condition_id for each in case.conditions] == ["border-open"]


def test_requests_and_offers_of_merged_cases_join_the_one_that_goes_on():
    live = a_live_board()
    other = a_case(
        needs=(a_need("need_b", place_id="nurdagi"),),
        places=(a_place("nurdagi"), a_place(name="Their Antakya")),
        lots=(a_lot("lot_b", member="ROU", site_id="OTP"),),
        vehicles=(),
    )
    live.open(other, "case_2")
    live.merge("case_2")

    case = live_of(live)

    assert {need.need_id for need in case.needs} == {"need_1", "need_b"}
    assert {lot.lot_id for lot in case.lots} == {"lot_1", "lot_b"}
    assert {place.place_id: place.name for place in case.places} == {
        "antakya": "Antakya", "nurdagi": "Nurdagi",
    }  # fmt: skip


@given(minutes=st.integers(-100, 3_000))
def test_the_next_tick_is_at_most_a_quarter_of_an_hour_away_and_never_before_now_or_t0(minutes):
    now = T0 + timedelta(minutes=minutes)

    tick = next_tick(T0, now)

    assert tick >= max(now, T0)
    assert (tick - T0) % timedelta(minutes=15) == timedelta(0)
    assert tick - max(now, T0) < timedelta(minutes=15)


def test_what_is_left_begins_not_before_now_and_without_what_is_gone():
    case = a_case(
        lots=(a_lot(packs=10), a_lot("lot_2"), a_lot("lot_3", ready_h=9.0)),
        vehicles=(
            a_vehicle(), a_vehicle("lift_2"), a_vehicle("lift_3"), a_vehicle("lift_4", until_h=6.0),
        ),
    )  # fmt: skip
    given = UnderWay(
        gone_packs={"lot_1": 4, "lot_2": 1},
        berths={"lift_1/1": ("ADA", at_h(8.1))},
        failed_vehicles=frozenset({"lift_3"}),
    )

    rest = remaining_case(case, case.needs, given, at_h(6.1))

    assert rest.t0_at == case.t0_at
    assert [(lot.lot_id, lot.packs, lot.ready_at) for lot in rest.lots] == [
        ("lot_1", 6, at_h(6.25)),
        ("lot_3", 1, at_h(9)),
    ]
    assert [(v.vehicle_id, v.home_site, v.available_at) for v in rest.vehicles] == [
        ("lift_1/1", "ADA", at_h(8.25)),
        ("lift_2", "EIN", at_h(6.25)),
    ]


@pytest.mark.parametrize(
    ("covered", "units", "weight"),
    [(0, 100, 1.0), (30, 70, 0.6), (60, 40, 0.2), (80, 20, 0.1), (59.9, 41, 0.2 + 0.8 / 60)],
)
def test_the_rest_of_a_need_weighs_what_is_still_open_of_its_worth(covered, units, weight):
    rest = rest_of(a_need(planned_units=100), covered, Worth())

    assert (rest.planned_units, rest.weight) == (units, pytest.approx(weight))
    assert (rest.due_at, rest.deadline_at) == (at_h(24), at_h(48))
    assert rest.amount.best == units


def test_nothing_is_left_of_a_need_that_is_covered():
    assert rest_of(a_need(planned_units=3), 3.0, Worth()) is None
    assert rest_of(a_need(planned_units=3), 7.5, Worth()) is None


@given(units=st.integers(1, 500), covered=st.floats(0, 600))
def test_what_is_open_is_never_less_than_what_is_missing_and_the_first_part_fills_first(
    units, covered
):
    parts = open_parts(a_need(planned_units=units), covered, Worth())

    open_units = sum(count for count, _ in parts)
    assert max(0.0, units - covered) - 1e-6 <= open_units <= max(0.0, units - covered) + 1
    rates = [rate for _, rate in parts]
    assert rates == sorted(rates, reverse=True)
    if len(parts) == 2 and parts[0][0]:
        assert parts[1][0] == units - -(-6 * units // 10)


def test_a_case_merged_in_a_circle_is_read_once():
    live = LiveBoard()
    live.open(a_case())
    live.open(a_case(needs=()), "case_2")
    live.board.cases["case_2"].merged_from = (CASE,)
    live.case.merged_from = ("case_2",)

    assert [state.case_id for state in joined_cases(live.board, live.case)] == [CASE, "case_2"]
