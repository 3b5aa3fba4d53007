"""Every offer beside every need that it could serve."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    T0,
    a_case,
    a_lot,
    a_need,
    a_place,
    a_reason,
    a_substitute,
    a_verdict,
    at_h,
    some_caveats,
)
from u24.domain.consent import Permission
from u24.errors import InvalidInput
from u24.matching import match

PLACES = (a_place("antakya"), a_place("afrin", country="SYR"))


def match_one(lot, *, verdict=None, need=None):
    """One lot beside one need."""
    case = a_case(lots=(lot,), places=PLACES)
    return match(case, (need or a_need(),), {lot.lot_id: verdict or a_verdict()})


def codes(result):
    return [reason.code for non_match in result.non_matches for reason in non_match.reasons]


def test_a_lot_of_the_asked_kind_matches_in_full_with_its_windows_and_limits():
    verdict = a_verdict(
        permission=Permission.WITHIN_LIMITS, windows=((at_h(6), None),), reasons=(a_reason(),)
    )

    result = match_one(a_lot(), verdict=verdict)

    (found,) = result.matches
    assert (found.lot_id, found.need_id, found.factor_share) == ("lot_1", "need_1", 1.0)
    assert found.windows == ((at_h(6), None),)
    assert found.limits == (a_reason(),)
    assert not found.is_substitute
    assert result.non_matches == ()


def test_a_substitute_counts_its_factor():
    need = a_need(substitutes=(a_substitute("usar_medium", 0.5),))

    (found,) = match_one(a_lot(kind="usar_medium"), need=need).matches

    assert found.factor_share == 0.5
    assert found.is_substitute


def test_a_need_that_names_its_own_kind_as_a_substitute_still_takes_it_in_full():
    need = a_need(substitutes=(a_substitute("usar_heavy", 0.5),))

    (found,) = match_one(a_lot(), need=need).matches

    assert found.factor_share == 1.0


def test_of_a_substitute_named_twice_the_lower_factor_counts():
    need = a_need(substitutes=(a_substitute(factor_share=0.3), a_substitute(factor_share=0.6)))

    (found,) = match_one(a_lot(kind="usar_medium"), need=need).matches

    assert found.factor_share == 0.3


def test_an_offer_of_a_kind_that_nobody_asked_for_is_said_once_without_a_need():
    lots = (a_lot("tents", kind="family_tent"), a_lot("team"))
    case = a_case(lots=lots)

    result = match(case, (a_need("n1"), a_need("n2")), {"tents": a_verdict(), "team": a_verdict()})

    (unasked,) = result.non_matches
    assert (unasked.lot_id, unasked.need_id) == ("tents", "")
    assert unasked.reasons[0].code == "nobody-asked"
    assert "family_tent" in unasked.reasons[0].text


def test_a_no_is_a_non_match_with_every_reason_of_the_verdict():
    reasons = (a_reason("host-consent"), a_reason("offer-validity"))

    result = match_one(
        a_lot(), verdict=a_verdict(permission=Permission.NO, windows=(), reasons=reasons)
    )

    assert result.matches == ()
    assert result.non_matches[0].reasons == reasons


@pytest.mark.parametrize(
    ("caveats", "place_id", "barred_by"),
    [
        (["not_to:SYR"], "antakya", []),
        (["not_to:SYR"], "afrin", ["caveat-not-to"]),
        (["not_to:antakya"], "antakya", ["caveat-not-to"]),
        (["only_to:TUR"], "antakya", []),
        (["only_to:TUR"], "afrin", ["caveat-only-to"]),
        (["only_to:antakya|afrin"], "afrin", []),
        (["only_to:TUR", "only_to:antakya"], "antakya", []),
        (["only_to:antakya", "only_to:afrin"], "afrin", ["caveat-only-to"]),
        (["only_to:TUR", "not_to:SYR"], "afrin", ["caveat-only-to", "caveat-not-to"]),
    ],
)
def test_a_caveat_of_place_compares_the_place_and_the_country_of_the_need(
    caveats, place_id, barred_by
):
    lot = a_lot(caveats=some_caveats(*caveats))

    result = match_one(lot, need=a_need(place_id=place_id))

    assert codes(result) == barred_by
    assert bool(result.matches) == (not barred_by)


def test_airports_are_named_when_a_caveat_names_them():
    lot = a_lot(caveats=some_caveats("only_via:GZT|ADA|UAB", "not_via:UAB"))

    (found,) = match_one(lot).matches

    assert found.only_via == ("ADA", "GZT")
    assert found.not_via == ("UAB",)


def test_two_airports_that_must_both_hold_leave_none_and_the_reason_says_how_to_write_either():
    lot = a_lot(caveats=some_caveats("only_via:ADA", "only_via:GZT"))

    result = match_one(lot)

    assert codes(result) == ["no-airport-left"]
    assert "only_via:ADA|GZT" in result.non_matches[0].reasons[0].text


def test_a_window_that_closes_before_the_lot_is_ready_is_no_window():
    verdict = a_verdict(
        permission=Permission.WITHIN_LIMITS, windows=((T0, at_h(5)), (at_h(9), None))
    )

    (found,) = match_one(a_lot(ready_h=5), verdict=verdict).matches

    assert found.windows == ((at_h(9), None),)


def test_a_lot_that_is_ready_when_its_last_window_has_closed_matches_nothing():
    verdict = a_verdict(permission=Permission.WITHIN_LIMITS, windows=((T0, at_h(5)),))

    result = match_one(a_lot(ready_h=5), verdict=verdict)

    assert codes(result) == ["window-closes-before-ready"]


def test_an_offer_that_ends_before_it_is_ready_matches_nothing():
    verdict = a_verdict(permission=Permission.WITHIN_LIMITS, windows=((T0, at_h(5)),))

    result = match_one(a_lot(ready_h=6, valid_until_at=at_h(5)), verdict=verdict)

    assert codes(result) == ["validity-over-before-ready", "window-closes-before-ready"]


def test_a_lot_without_a_verdict_is_refused():
    with pytest.raises(InvalidInput, match="lot lot_1 has no verdict"):
        match(a_case(), (a_need(),), {})


def test_a_need_at_an_unknown_place_is_refused():
    with pytest.raises(InvalidInput, match="place is nowhere; the case has these: antakya"):
        match(a_case(), (a_need(place_id="nowhere"),), {"lot_1": a_verdict()})


KINDS = st.sampled_from(["a", "b", "c"])
CAVEATS = st.lists(
    st.sampled_from(["not_to:SYR", "only_to:afrin", "only_via:ADA", "not_via:ADA"]), max_size=2
)


@st.composite
def worlds(draw):
    lots = [
        a_lot(f"lot_{i}", kind=draw(KINDS), caveats=some_caveats(*draw(CAVEATS)))
        for i in range(draw(st.integers(0, 5)))
    ]
    needs = [
        a_need(
            f"need_{i}",
            kind=draw(KINDS),
            place_id=draw(st.sampled_from(["antakya", "afrin"])),
            substitutes=tuple(a_substitute(kind) for kind in draw(st.sets(KINDS))),
        )
        for i in range(draw(st.integers(0, 5)))
    ]
    return lots, needs


@given(world=worlds(), data=st.data())
def test_every_pair_of_a_fitting_kind_is_told_once_in_order_whatever_the_order_given(world, data):
    lots, needs = world
    verdicts = {lot.lot_id: a_verdict() for lot in lots}

    result = match(a_case(lots=tuple(lots), places=PLACES), tuple(needs), verdicts)
    again = match(
        a_case(lots=tuple(data.draw(st.permutations(lots))), places=PLACES),
        tuple(data.draw(st.permutations(needs))),
        verdicts,
    )

    fitting = {
        (need.need_id, lot.lot_id)
        for need in needs
        for lot in lots
        if lot.kind in {need.kind, *(substitute.kind for substitute in need.substitutes)}
    }
    told = [(row.need_id, row.lot_id) for row in (*result.matches, *result.non_matches)]
    assert {pair for pair in told if pair[0]} == fitting
    assert len(told) == len(set(told))
    assert {lot.lot_id for lot in lots} == {lot_id for _, lot_id in told}
    keys = [(row.need_id, row.lot_id) for row in result.matches]
    assert keys == sorted(keys)
    assert result == again


def test_every_lot_of_the_kind_is_matched_or_told_why_not_for_every_need():
    lots = tuple(
        a_lot(f"lot_{i}", caveats=some_caveats("not_to:SYR", "only_via:ADA")) for i in range(300)
    )
    needs = tuple(a_need(f"need_{i}", place_id=PLACES[i % 2].place_id) for i in range(100))
    case = a_case(lots=lots, places=PLACES)
    verdicts = {lot.lot_id: a_verdict() for lot in lots}

    result = match(case, needs, verdicts)

    pairs = {(pair.lot_id, pair.need_id) for pair in (*result.matches, *result.non_matches)}
    assert len(pairs) == len(result.matches) + len(result.non_matches) == 30_000
