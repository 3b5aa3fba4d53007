"""A wish with alternatives: how it is written, and what of it is chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_reason
from u24.consent.asks import choose
from u24.domain.asks import (
    DEEPEST,
    LONGEST_NAME,
    LONGEST_WANTED,
    MOST_PARTS,
    Ask,
    Join,
    Part,
    parse_wanted,
    wanted_text,
)
from u24.domain.consent import Permission
from u24.errors import InvalidInput

NO, NOT_YET, LIMITS, YES = Permission

IDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True).filter(
    lambda name: name not in tuple(Join)
)
SOME_IDS = st.sampled_from(["a", "b", "c", "d", "e"])


def parts_of(ids, deepest=3):
    leaves = st.builds(lambda name: Part(subject=name), ids)
    return st.recursive(
        leaves,
        lambda below: st.builds(
            lambda join, parts: Part(join=join, parts=tuple(parts)),
            st.sampled_from(Join),
            st.lists(below, min_size=1, max_size=4),
        ),
        max_leaves=4 * deepest,
    )


def an_ask(text):
    return Ask(ask_id="sky", title="The sky", wanted=parse_wanted(text))


def answered(text, **permissions):
    """The choice, where each id has one reason of its own name."""

    def permission_of(name):
        return permissions[name], (a_reason(name, leaves=permissions[name]),)

    return choose(an_ask(text), permission_of)


def told(choice):
    return [
        (each.subjects, str(each.permission), [reason.code for reason in each.reasons])
        for each in choice.tried
    ]


def test_a_wish_is_read_with_round_or_square_brackets_over_lines():
    round_ = parse_wanted("any_of(no-fly-zone, all_of(s300-svk, mig29-pol))")

    square = parse_wanted(" any_of [no-fly-zone,\n all_of\n[s300-svk,\tmig29-pol] ]\n")

    both = Part(join=Join.ALL_OF, parts=(Part(subject="s300-svk"), Part(subject="mig29-pol")))
    assert round_ == square == Part(join=Join.ANY_OF, parts=(Part(subject="no-fly-zone"), both))


def test_a_wish_names_its_ids_once_in_the_order_written():
    assert parse_wanted("all_of(b, any_of(a, b), c)").subjects == ("b", "a", "c")


@given(part=parts_of(IDS))
def test_what_is_written_is_read_back_as_it_was(part):
    assert parse_wanted(wanted_text(part)) == part


@given(text=st.text(alphabet="any_ofal()[], x1\n-é²", max_size=40))
def test_whatever_stands_there_is_read_back_the_same_or_refused_with_its_place(text):
    try:
        told = parse_wanted(wanted_text(parse_wanted(text))) == parse_wanted(text)
    except InvalidInput as error:
        told = "; give " in str(error) and "character" in str(error)

    assert told


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "wanted: it ends at character 1; give an id of a proposal, a need or an offer"),
        ("any_of(a, )", r"wanted: character 11 is '\)'; give an id of a proposal"),
        ("any_of(a, b", r"wanted: it ends at character 12; give , or \)"),
        ("any_of(a]", r"wanted: character 9 is '\]'; give , or \)"),
        ("any_of[a)", r"wanted: character 9 is '\)'; give , or \]"),
        ("any_of()", r"wanted: character 8 is '\)'; give an id"),
        ("any_of a", r"wanted: character 8 is 'a'; give \( or \[ after any_of"),
        ("all_of", r"wanted: it ends at character 7; give \( or \[ after all_of"),
        ("a, b", "wanted: character 2 is ','; give nothing more; join several things as any_of"),
        ("any_of(a, =)", "wanted: character 11 is '='; give an id"),
        ("é", "wanted: character 1 is 'é'; give an id"),
        ("a" * (LONGEST_NAME + 1), "at character 1 the id has 61 characters; give at most 60"),
        (" " * LONGEST_WANTED + "a", "wanted has 10001 characters; give at most 10000"),
        (f"any_of({'a,' * MOST_PARTS}a)", "wanted has 202 parts; give at most 200"),
        (
            "any_of(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1),
            "at character 71 any_of is inside 10 others; give at most 10 inside each other",
        ),
    ],
)
def test_a_wish_that_cannot_be_read_says_where_and_what_is_allowed(text, message):
    with pytest.raises(InvalidInput, match=message):
        parse_wanted(text)


def test_the_deepest_and_the_longest_wish_is_read():
    deepest = "any_of(" * DEEPEST + "a" + ")" * DEEPEST
    longest = f"all_of({','.join(f'a{n}' for n in range(MOST_PARTS - 1))})"

    assert parse_wanted(deepest).subjects == ("a",)
    assert len(parse_wanted(longest).subjects) == MOST_PARTS - 1


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"join": Join.ANY_OF},
        {"subject": "a", "join": Join.ANY_OF},
        {"subject": "a", "parts": (Part(subject="b"),)},
        {"parts": (Part(subject="b"),)},
        {"subject": "a", "join": Join.ALL_OF, "parts": (Part(subject="b"),)},
    ],
)
def test_a_part_is_an_id_or_a_join_of_parts(values):
    with pytest.raises(InvalidInput, match="give a subject alone, or a join with one part or more"):
        Part(**values)


def test_the_first_alternative_that_may_be_done_is_chosen_and_none_after_it_is_tried():
    choice = answered("any_of(zone, jets, s300)", zone=NO, jets=LIMITS, s300=YES)

    assert choice.chosen == ("jets",)
    assert choice.permission is LIMITS
    assert told(choice) == [
        (("zone",), "no", ["zone"]),
        (("jets",), "within_limits", ["jets"]),
    ]


def test_a_second_choice_is_granted_within_limits_at_most():
    assert answered("any_of(a, b)", a=NO, b=YES).permission is LIMITS
    assert answered("any_of(a, b)", a=YES, b=NO).permission is YES


def test_where_none_may_be_done_the_best_is_told_and_nothing_is_chosen():
    choice = answered("any_of(a, b, c)", a=NO, b=NOT_YET, c=NO)

    assert choice.permission is NOT_YET
    assert choice.chosen == ()
    assert [each.subjects for each in choice.tried] == [("a",), ("b",), ("c",)]


def test_all_of_is_the_least_of_its_parts_and_tries_every_one():
    barred = answered("all_of(a, b, c)", a=NO, b=NOT_YET, c=YES)
    granted = answered("all_of(a, b, a)", a=LIMITS, b=YES)

    assert (barred.permission, barred.chosen) == (NO, ())
    assert [each.subjects for each in barred.tried] == [("a",), ("b",), ("c",)]
    assert (granted.permission, granted.chosen) == (LIMITS, ("a", "b"))


def test_a_joined_part_stands_before_its_own_parts_with_all_their_reasons():
    choice = answered(
        "any_of(zone, all_of(s300, any_of(mig29, su27)))", zone=NO, s300=YES, mig29=NO, su27=YES
    )

    assert choice.chosen == ("s300", "su27")
    assert told(choice) == [
        (("zone",), "no", ["zone"]),
        (("s300", "su27"), "within_limits", ["s300", "mig29", "su27"]),
        (("s300",), "yes", ["s300"]),
        (("su27",), "within_limits", ["mig29", "su27"]),
        (("mig29",), "no", ["mig29"]),
        (("su27",), "yes", ["su27"]),
    ]
    assert [each.join for each in choice.tried] == [None, "all_of", None, "any_of", None, None]


def test_a_joined_part_that_may_not_be_done_names_all_that_it_asks_for():
    choice = answered(
        "any_of(all_of(s300, any_of(mig29, su27)), zone)", s300=NO, mig29=YES, zone=NO
    )

    assert told(choice)[0] == (("s300", "mig29", "su27"), "no", ["s300", "mig29"])


def test_a_single_id_is_its_own_answer():
    choice = answered("zone", zone=LIMITS)

    assert (choice.permission, choice.chosen) == (LIMITS, ("zone",))
    assert told(choice) == [(("zone",), "within_limits", ["zone"])]


PERMISSIONS = st.fixed_dictionaries({name: st.sampled_from(Permission) for name in "abcde"})


def plainly(part, permissions):
    """What may be done of a part, as the rule says it in words."""
    if part.join is None:
        return permissions[part.subject]
    below = [plainly(each, permissions) for each in part.parts]
    ranks = [each.rank for each in below]
    if part.join is Join.ALL_OF:
        return below[ranks.index(min(ranks))]
    if not below[0].bars or max(ranks) < LIMITS.rank:
        return below[0] if not below[0].bars else below[ranks.index(max(ranks))]
    return LIMITS


@given(part=parts_of(SOME_IDS), permissions=PERMISSIONS)
def test_the_answer_is_what_the_rule_says_in_words_and_what_is_chosen_may_be_done(
    part, permissions
):
    choice = choose(Ask(ask_id="x", title="X", wanted=part), lambda name: (permissions[name], ()))

    assert choice.permission is plainly(part, permissions)
    assert bool(choice.chosen) == (not choice.permission.bars)
    assert all(not permissions[name].bars for name in choice.chosen)
    assert len(set(choice.chosen)) == len(choice.chosen)


@given(
    part=parts_of(SOME_IDS),
    permissions=PERMISSIONS,
    name=SOME_IDS,
    lower=st.sampled_from(Permission),
)
def test_one_more_bar_on_any_part_never_allows_more(part, permissions, name, lower):
    ask = Ask(ask_id="x", title="X", wanted=part)
    worse = permissions | {name: min(permissions[name], lower, key=lambda each: each.rank)}

    before = choose(ask, lambda each: (permissions[each], ()))
    after = choose(ask, lambda each: (worse[each], ()))

    assert after.permission.rank <= before.permission.rank


@given(part=parts_of(SOME_IDS), permissions=PERMISSIONS)
def test_no_reason_of_what_was_tried_is_lost(part, permissions):
    asked = []

    def permission_of(name):
        asked.append(name)
        return permissions[name], (a_reason(f"{name}-1"), a_reason(f"{name}-2"))

    choice = choose(Ask(ask_id="x", title="X", wanted=part), permission_of)

    told = {reason.code for each in choice.tried for reason in each.reasons}
    leaves = [each.subjects[0] for each in choice.tried if each.join is None]
    assert told == {f"{name}-{n}" for name in asked for n in (1, 2)}
    assert leaves == asked
