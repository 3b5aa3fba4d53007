"""Which single change would flip a verdict, and what is the least that it takes?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import at_h
from tests.consent.proposal_builders import NOW, P, a_condition, a_matter, a_position, a_word
from tests.consent.test_proposals import FIVE, all_for, built, judge, matters, of_code
from u24.consent.changes import MOST_TRIED_TOGETHER, needed
from u24.consent.conditions import known_conditions
from u24.consent.proposals import judge_proposals
from u24.consent.rules import decide, get_rule
from u24.desk.what_if import with_changes
from u24.domain.consent import Permission
from u24.domain.decisions import Vote
from u24.errors import InvalidInput
from u24.reference.organisations import electors_of

EU = tuple(elector.member for elector in electors_of("EU", NOW.date()))
# More yes than no, so that many counts are near the threshold.
STANCES_OF_A_COUNCIL = st.sampled_from([*["support"] * 5, "oppose", "abstain", "not_participating"])


def support(*members):
    return tuple(f"position:{member}/{P}=support" for member in members)


def needed_for(*positions, at=NOW, **values):
    return needed(a_matter(*positions, **values), P, at)


def is_lifted(case, *changes, at=NOW):
    """Whether it may be done once the case is changed as ``--what-if`` changes it."""
    try:
        changed = with_changes(case, changes)
        return not judge_proposals(changed, at)[P].permission.bars
    except InvalidInput as error:
        if "exclude each other" in str(error):
            return False
        raise


@settings(max_examples=50)
@given(matters())
def test_every_flip_really_flips_and_no_other_single_change_does(values):
    case = built(values)
    verdict = judge_proposals(case, NOW)[P]
    members = {*dict(verdict.decision.votes), *(row.member for row in case.positions)}
    singles = [f"{name}=true" for name in known_conditions(case)] + list(support(*members))
    singles += [reason.lift for reason in verdict.reasons if reason.lift]

    flipping = {change for change in singles if is_lifted(case, change)}

    assert set(verdict.flips) == (flipping if verdict.permission.bars else set())
    assert len(set(verdict.flips)) == len(verdict.flips)


@pytest.mark.parametrize(
    ("rule_id", "undecided", "flips"),
    [
        # Of all members more than half: three of five, two are for.
        ("simple-majority", ("DEU", "FRA", "GRC"), ("DEU", "FRA", "GRC")),
        # Of those voting more than half: two for, and three more could be against.
        ("unga-majority", ("DEU", "FRA", "GRC"), ("DEU", "FRA", "GRC")),
        ("unanimity", ("GRC",), ("GRC",)),
        ("unanimity", ("DEU", "GRC"), ()),
        ("nato-consensus", ("DEU", "GRC"), ()),
    ],
)
def test_a_member_that_has_not_spoken_flips_it_where_its_yes_makes_it_sure(
    rule_id, undecided, flips
):
    verdict = judge(*all_for(*undecided), rule_id=rule_id, deadline_h=None)

    assert verdict.permission is Permission.NOT_YET
    assert verdict.flips == support(*flips)


def test_where_people_count_only_members_with_enough_of_them_flip_it():
    # 57.5 % of the people are for it, 65 % are needed: Poland brings 8.5, Malta 0.1.
    silent = {"DEU", "FRA", "LUX", "MLT", "POL"}
    for_it = [a_position(member) for member in EU if member not in silent]

    verdict = judge(*for_it, body="EU", members=(), rule_id="eu-qmv")

    assert verdict.flips == support("DEU", "FRA", "POL")


def test_one_who_does_not_take_part_flips_it_by_coming_in():
    out = [a_position(member, "not_participating") for member in FIVE]

    assert judge(*out, rule_id="coalition").flips == support(*FIVE)


@settings(max_examples=40)
@given(st.lists(STANCES_OF_A_COUNCIL, min_size=27, max_size=27))
def test_flips_of_a_qualified_majority_are_those_that_counting_each_finds(stances):
    rows = [a_position(member, stance) for member, stance in zip(EU, stances, strict=True)]
    case = a_matter(*rows, body="EU", members=(), rule_id="eu-qmv")
    verdict = judge_proposals(case, NOW)[P]
    rule, electors = get_rule("eu-qmv", NOW.date()), electors_of("EU", NOW.date())
    votes = dict(verdict.decision.votes)

    really = [
        member
        for member in EU
        if decide(rule, electors, {**votes, member: Vote.FOR}, is_over=True).outcome == "carried"
    ]

    assert verdict.flips == (support(*really) if verdict.permission.bars else ())


def test_a_condition_is_no_flip_while_the_host_objects():
    rows = (a_position("TUR", "oppose"), a_position("DEU", "conditional", "cease-fire"))

    assert judge(*rows).flips == ()


def test_what_may_be_done_needs_nothing():
    found = needed_for()

    assert (found.changes, found.is_enough, found.until_counted) == ((), True, False)


def test_conditions_come_first_then_the_members_that_no_condition_moves():
    rows = (
        a_position("DEU", "oppose"),
        a_position("POL", "conditional", "cease-fire"),
        a_position("ROU", "conditional", "cease-fire", "un-mandate"),
        a_position("NATO", "oppose"),
        a_position("RUS", "conditional", "withdrawal"),
    )

    found = needed_for(*rows, body="NATO", members=(), requires=("host-request",))

    assert found.conditions == ("cease-fire", "host-request", "un-mandate")
    assert found.members == ("DEU", "NATO")
    assert found.changes == (
        "cease-fire=true", "host-request=true", "un-mandate=true", *support("DEU", "NATO"),
    )  # fmt: skip
    assert found.is_enough


def test_conditions_that_are_not_needed_are_left_out():
    rows = (a_position("POL"), a_position("DEU"), a_position("ROU", "conditional", "cease-fire"),
            a_position("FRA", "conditional", "un-mandate"))  # fmt: skip

    found = needed_for(*rows, rule_id="simple-majority")

    assert found.changes == ("cease-fire=true",)
    fewer = needed_for(*rows[1:], rule_id="simple-majority")
    assert (fewer.conditions, fewer.members) == (("cease-fire", "un-mandate"), ())


def test_of_conditions_that_exclude_each_other_those_are_taken_that_leave_fewer_members():
    rows = (
        a_position("DEU", "conditional", "able-to-defend-itself"),
        a_position("POL", "conditional", "unarmed"),
        a_position("ROU", "conditional", "unarmed"),
    )

    found = needed_for(*rows)

    assert (found.conditions, found.members) == (("unarmed",), ("DEU",))


def test_what_is_required_and_ruled_out_cannot_be_brought_about():
    found = needed_for(requires=("unarmed",), words=(a_word("able-to-defend-itself"),))

    assert (found.changes, found.is_enough) == ((), False)


def test_what_is_not_made_yet_or_has_nobody_to_decide_needs_more_than_words():
    nobody = needed_for(rule_id="coalition", members=())

    assert not needed_for(made_at=at_h(50)).is_enough
    assert not nobody.is_enough


def test_before_the_count_ends_it_has_to_end_too():
    found = needed_for(a_position("DEU", "oppose"), at=at_h(23))

    assert (found.members, found.until_counted) == (("DEU",), True)


def test_with_many_conditions_none_is_idle():
    names = [f"x{i:02}" for i in range(MOST_TRIED_TOGETHER + 2)]
    rows = [a_position(m, "conditional", *names[i::5]) for i, m in enumerate(FIVE)]
    conditions = [a_condition(name) for name in names]

    all_of_them = needed_for(*rows, conditions=conditions)
    majority = needed_for(*rows, conditions=conditions, rule_id="simple-majority")

    assert all_of_them.conditions == tuple(names)
    assert len(majority.conditions) == 6


def test_a_mover_in_confidence_is_not_named_and_the_rest_is_not_enough():
    found = needed_for(a_position("DEU", "oppose", secret=True), a_position("POL", "oppose"))

    assert found.members == ("POL", "in confidence")
    assert found.changes == support("POL")
    assert not found.is_enough


def test_an_unknown_proposal_is_refused():
    with pytest.raises(InvalidInput, match=r"proposal is 'x', which the case does not have"):
        needed(a_matter(), "x", NOW)


@given(matters(deadlines=st.just(24)))
def test_what_is_needed_together_carries_it_and_no_part_of_it_is_idle(values):
    case = built(values)

    found = needed(case, P, NOW)

    if found.is_enough:
        assert is_lifted(case, *found.changes)
        assert not found.until_counted
        for change in found.changes:
            others = [each for each in found.changes if each != change]
            assert not is_lifted(case, *others)


def test_a_yes_that_only_opens_a_lost_count_again_does_not_lift_it():
    rows = (a_position("FRA", "red_line"),)
    values = {"rule_id": "eu-cfsp-consensus", "body": "EU"}

    still_open = judge(*rows, deadline_h=60, **values)
    at_its_end = judge(*rows, deadline_h=24, **values)

    assert [of_code(each, "rule-lost")[0].lift for each in (still_open, at_its_end)] == [
        "", f"position:FRA/{P}=support",
    ]  # fmt: skip
