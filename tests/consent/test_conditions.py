"""Which conditions hold, as known at a moment?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_case, at_h
from tests.consent.proposal_builders import a_condition, a_word
from u24.consent.conditions import excluded_by, holding, known_conditions
from u24.errors import InvalidInput
from u24.reference.conditions import STANDARD


def test_a_condition_of_which_nobody_spoke_is_unknown():
    case = a_case(conditions=(a_condition("night-landing"),))

    holds = holding(case, at_h(0))

    assert set(holds) == {*STANDARD, "night-landing"}
    assert set(holds.values()) == {None}


def test_the_last_word_until_the_moment_counts_the_moment_itself_included():
    words = (a_word("cease-fire", h=5), a_word("cease-fire", False, h=9), a_word("withdrawal", h=9))
    case = a_case(condition_words=words)

    found = [holding(case, at_h(h))["cease-fire"] for h in (4.9, 5, 8.9, 9)]

    assert found == [None, True, True, False]
    assert holding(case, at_h(8))["withdrawal"] is None


@given(order=st.permutations([a_word("cease-fire", h % 2 == 0, h=h) for h in range(5)]))
def test_the_order_of_rows_does_not_matter(order):
    case = a_case(condition_words=tuple(order))

    assert holding(case, at_h(3.5))["cease-fire"] is False


def test_nothing_is_inferred_from_a_condition_that_excludes_another():
    case = a_case(condition_words=(a_word("unarmed"),))

    assert holding(case, at_h(1))["able-to-defend-itself"] is None


def test_a_case_says_a_standard_condition_more_exactly():
    own = a_condition("cease-fire", brought_by="RUS and UKR")

    known = known_conditions(a_case(conditions=(own,)))

    assert known["cease-fire"] is own
    assert list(known) == sorted(known)


def test_every_standard_condition_says_what_it_is_and_who_can_bring_it_about():
    assert all(row.condition_id == name for name, row in STANDARD.items())
    assert all(row.text and row.brought_by for row in STANDARD.values())
    known = known_conditions(a_case())
    assert all(known[name].excludes == row.excludes for name, row in STANDARD.items())
    assert {other for row in STANDARD.values() for other in row.excludes} <= set(STANDARD)


def test_exclusion_counts_both_ways_whoever_of_the_two_says_it():
    known = {
        name: a_condition(name, excludes=more) for name, more in {"a": ("b",), "b": ()}.items()
    }

    assert excluded_by(known) == {"a": frozenset("b"), "b": frozenset("a")}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"condition_words": (a_word("cease-fire", h=2), a_word("cease-fire", False, h=2))},
            "condition cease-fire is said to hold and not to hold at 2023-02-06 03:17Z; keep one",
        ),
        (
            {"condition_words": (a_word("unarmed"), a_word("able-to-defend-itself", h=3))},
            "able-to-defend-itself and unarmed exclude each other.* hold at 2023-02-06 04:17Z",
        ),
        (
            {"condition_words": (a_word("ceasefire"),)},
            "the word of 2023-02-06 01:17Z on a condition names condition 'ceasefire'.*cease-fire",
        ),
        ({"conditions": (a_condition("x"), a_condition("x"))}, "condition x stands twice"),
        (
            {"conditions": (a_condition("x", excludes=("y",)),)},
            "condition x: excludes names condition 'y'",
        ),
        (
            {"conditions": (a_condition("x", excludes=("x",)),)},
            "condition x: excludes names the condition itself",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_with_its_place(values, told):
    with pytest.raises(InvalidInput, match=told):
        holding(a_case(**values), at_h(0))


def test_of_two_that_exclude_each_other_one_may_follow_the_other():
    words = (
        a_word("unarmed"),
        a_word("unarmed", False, h=3),
        a_word("able-to-defend-itself", h=3),
        a_word("able-to-defend-itself", h=3),
    )

    holds = holding(a_case(condition_words=words), at_h(3))

    assert (holds["unarmed"], holds["able-to-defend-itself"]) == (False, True)
