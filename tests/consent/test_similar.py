"""What counts as "or similar" for a host, and needs that say so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_need, a_substitute
from u24.consent.similar import similar_kinds, widen_needs
from u24.reference.controlled import get_controlled_kind, list_controlled_kinds

S300, PATRIOT, MIG29 = "air_defence_s300", "air_defence_patriot", "fighter_mig29"
KINDS = [each.kind for each in list_controlled_kinds()]
FAMILIES = sorted({each.crew_family for each in list_controlled_kinds()} - {""})


def names(substitutes):
    return [each.kind for each in substitutes]


def test_similar_is_what_has_the_same_capability_and_crews_that_can_run_it():
    found = similar_kinds(PATRIOT, ("s300", "mig29"))

    assert names(found) == [S300]
    assert found[0].factor_share == 1.0


def test_what_no_crew_of_the_host_can_run_is_not_similar():
    assert similar_kinds(PATRIOT, ()) == ()
    assert similar_kinds(S300, ("s300",)) == ()


def test_what_needs_no_trained_crew_is_similar_for_anybody():
    assert "body_armour_military" in names(similar_kinds("body_armour", ()))


@pytest.mark.parametrize("kind", ["usar_heavy", "no_such_kind", ""])
def test_nothing_is_similar_to_what_is_not_controlled(kind):
    assert similar_kinds(kind, FAMILIES) == ()


@given(kind=st.sampled_from(KINDS), crews=st.sets(st.sampled_from(FAMILIES)))
def test_a_similar_kind_has_the_capability_and_a_family_that_the_crews_run(kind, crews):
    found = similar_kinds(kind, crews)

    asked = get_controlled_kind(kind)
    expected = [
        each.kind
        for each in list_controlled_kinds()
        if each.capability == asked.capability
        and each.kind != kind
        and each.crew_family in {"", *crews}
    ]
    assert names(found) == expected


@given(
    kind=st.sampled_from(KINDS),
    crews=st.sets(st.sampled_from(FAMILIES)),
    more=st.sampled_from(FAMILIES),
)
def test_one_more_family_of_crews_never_makes_less_similar(kind, crews, more):
    assert set(similar_kinds(kind, crews)) <= set(similar_kinds(kind, {*crews, more}))


def test_a_need_that_says_or_similar_is_widened_and_keeps_the_factors_it_names():
    own = a_substitute(S300, factor_share=0.5)
    asked = a_need("n1", kind=PATRIOT, or_similar=True, substitutes=(own,))
    crews = ("s300", "samp_t")

    (widened,) = widen_needs((asked,), crews)

    assert names(widened.substitutes) == [S300, "air_defence_samp_t"]
    assert [each.factor_share for each in widened.substitutes] == [0.5, 1.0]
    assert replace(widened, substitutes=(own,)) == asked


def test_a_need_that_does_not_say_so_or_is_not_controlled_stays_as_it_is():
    needs = (a_need("n1", kind=PATRIOT), a_need("n2", kind="usar_heavy", or_similar=True))

    assert widen_needs(needs, FAMILIES) == needs


def test_widening_twice_adds_nothing_more():
    once = widen_needs((a_need(kind=PATRIOT, or_similar=True),), FAMILIES)

    assert widen_needs(once, FAMILIES) == once
