"""The board equals what a slow scan of all facts finds, for any facts in any order."""

from dataclasses import asdict

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import a_consent, a_lot, at_h
from tests.desk.board import slowly
from tests.desk.board.records import board_with
from tests.facts import (
    a_case_closed,
    a_case_merged,
    a_case_opened,
    a_case_reopened,
    a_consent_given,
    a_consent_withdrawn,
    a_correction,
    a_handed_over,
    a_lot_share,
    a_movement_reported,
    a_request_stated,
    a_request_withdrawn,
    an_alert_attached,
    an_alert_heard,
    an_offer_answered,
    an_offer_committed,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.domain.facts.cases import AlertAttached, AlertHeard, CaseMerged, FactCorrected
from u24.domain.facts.movements import Milestone
from u24.domain.facts.requests import Reply

CASES = ("case_1", "case_2")
hours = st.integers(0, 9).map(at_h)
case_ids = st.sampled_from([*CASES, CASES[0], CASES[0], "nowhere"])
two = st.sampled_from([1, 2])
SHARES = st.lists(two.map(lambda packs: a_lot_share(packs=packs)), max_size=1).map(tuple)


def anything(build, name, prefix, **values):
    """Facts of one kind about two subjects in two cases, at any hour."""
    named = two.map(lambda number: f"{prefix}_{number}")
    return st.builds(build, **{name: named, "said_at": hours, "case_id": case_ids, **values})


def any_moved(build, name, prefix, **values):
    return anything(build, name, prefix, happened_at=hours, **values)


PLAIN = st.one_of(
    st.builds(a_case_opened, case_id=case_ids, said_at=hours),
    anything(a_request_stated, "request_id", "request", text=st.sampled_from(["", "more"])),
    anything(a_request_withdrawn, "request_id", "request"),
    anything(
        an_offer_made,
        "offer_id",
        "offer",
        lots=two.map(lambda packs: (a_lot(packs=packs),)),
        confidential=st.booleans(),
    ),
    anything(
        an_offer_answered,
        "offer_id",
        "offer",
        reply=st.sampled_from(Reply),
        lots=SHARES,
        vehicle_ids=st.sampled_from([(), ("lift_1/1",), ("lift_9",)]),
    ),
    anything(an_offer_committed, "offer_id", "offer"),
    anything(an_offer_withdrawn, "offer_id", "offer", reason=st.sampled_from(["a", "b"])),
    anything(
        a_consent_given, "consent_id", "consent",
        consent=st.booleans().map(lambda yes: a_consent(allowed=yes)),
    ),
    anything(a_consent_withdrawn, "consent_id", "consent"),
    any_moved(
        a_movement_reported, "movement_id", "movement", milestone=st.sampled_from(Milestone)
    ),
    any_moved(a_handed_over, "delivery_id", "delivery"),
    st.builds(a_case_closed, case_id=case_ids, reason=st.sampled_from(["a", "b"])),
    st.builds(a_case_reopened, case_id=case_ids),
    anything(an_alert_heard, "alert_id", "alert", case_id=st.sampled_from(["", *CASES, "nowhere"])),
    anything(an_alert_attached, "alert_id", "alert"),
    st.builds(a_case_merged, case_id=case_ids, into_case_id=case_ids),
)  # fmt: skip
NOT_CORRECTED = (AlertHeard, AlertAttached, CaseMerged, FactCorrected)


@st.composite
def records(draw):
    """Facts, some of them said again, and some corrected, also those of an unknown case."""
    facts = [a_case_opened()]
    for _ in range(draw(st.integers(0, 25))):
        how = draw(st.sampled_from(["plain", "plain", "plain", "again", "correction"]))
        fact = draw(PLAIN)
        if how == "again":
            fact = draw(st.sampled_from(facts))
        elif how == "correction" and not isinstance(fact, NOT_CORRECTED):
            fact = a_correction(draw(st.integers(1, len(facts))), fact, case_id=fact.case_id)
            likely = [i for i, f in enumerate(facts, 1) if kind_and_names(f) == inside(fact)]
            if likely:
                fact = a_correction(
                    draw(st.sampled_from(likely)), decoded(fact), case_id=fact.case_id
                )
        facts.append(fact)
    return facts


def decoded(correction):
    return slowly.decode_fact(correction.kind, correction.fact.encode())


def inside(correction):
    return kind_and_names(decoded(correction))


def kind_and_names(fact):
    fact = decoded(fact) if isinstance(fact, FactCorrected) else fact
    return type(fact), slowly.names(fact)


def shown(state, slow):
    """The fields of a state that the slow scan also gives."""
    return {name: getattr(state, name) for name in slow}


def a_kind_turned(*facts, right):
    """A record in which the last entry is corrected into another kind."""
    return [a_case_opened(), *facts, a_correction(len(facts) + 1, right)]


@settings(max_examples=300)
@example(facts=a_kind_turned(a_case_reopened(), right=a_case_closed(reason="a")))
@example(facts=a_kind_turned(a_case_closed(reason="a"), right=a_case_reopened()))
@example(facts=a_kind_turned(an_offer_made(), an_offer_made(), right=an_offer_withdrawn()))
@given(facts=records())
def test_the_board_equals_a_slow_scan_of_all_facts(facts):
    board = board_with(*facts)

    assert set(board.cases) == {f.case_id for f in facts if type(f).__name__ == "CaseOpened"}
    for case_id, case in board.cases.items():
        events = slowly.events_of(facts, case_id)
        assert asdict(case.stamps) == slowly.stamps_of(facts, case_id)
        assert case.closed == slowly.closed_of(events)
        assert set(case.alert_ids) == slowly.alerts_of(facts, case_id)
        assert list(case.requests) == slowly.subjects(events, slowly.RequestStated, "request_id")
        for request_id, request in case.requests.items():
            slow = slowly.request_of(events, request_id)
            assert shown(request, slow) == slow
        assert list(case.offers) == slowly.subjects(events, slowly.OfferMade, "offer_id")
        for offer_id, offer in case.offers.items():
            slow = slowly.offer_of(events, offer_id)
            assert shown(offer, slow) == slow
        assert list(case.consents) == slowly.subjects(events, slowly.ConsentGiven, "consent_id")
        for consent_id, consent in case.consents.items():
            slow = slowly.consent_of(events, consent_id)
            assert shown(consent, slow) == slow
        for name, movement in case.movements.items():
            mine = slowly.of(events, slowly.MovementReported, movement_id=name)
            assert movement == slowly.last_word(mine)
        for name, delivery in case.deliveries.items():
            mine = slowly.of(events, slowly.HandedOver, delivery_id=name)
            assert delivery == slowly.last_word(mine)


@given(facts=st.lists(PLAIN, max_size=15))
def test_mergers_and_call_signs_equal_a_slow_scan(facts):
    facts = [a_case_opened(), a_case_opened("case_2"), a_case_opened("case_3"), *facts]
    third = [a_case_merged(case_id="case_2", into_case_id="case_3")]

    for record in (facts, [*facts, *third], [*facts[:3], *third, *facts[3:]]):
        board = board_with(*record)
        into, ends = slowly.merged_into(record, set(board.cases) - {"nowhere"}, CaseMerged)
        if "nowhere" not in board.cases:
            held = {name: case.merged_into for name, case in board.cases.items()}
            assert {name: end for name, end in held.items() if end} == into
            assert {sign.rpartition("-")[2]: end for sign, end in board.call_signs.items()} == ends
