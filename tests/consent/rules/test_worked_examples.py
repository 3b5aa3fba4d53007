"""Every worked example comes out as it did."""

from datetime import date

import pytest

from tests.consent.rules.worked_examples import EXAMPLES
from u24.consent.rules import decide, get_rule, list_rules

every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def decision_of(example):
    rule = get_rule(example.rule, date.fromisoformat(example.on) if example.dated else None)
    return decide(rule, example.electors(), example.ballots(), is_over=example.is_over)


@every_example
def test_a_worked_example_comes_out_as_its_source_says(example):
    assert decision_of(example).outcome == example.outcome


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if e.movers or e.first], ids=lambda example: example.name
)
def test_who_must_move_in_a_worked_example(example):
    movers = decision_of(example).movers

    assert (movers.size, movers.total) == example.movers
    assert not example.first or movers.sets[0] == tuple(example.first.split())


def test_there_are_forty_examples_and_more_each_with_a_source_and_for_every_rule():
    assert len(EXAMPLES) >= 40
    assert all(example.source for example in EXAMPLES)
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)
    assert {example.rule for example in EXAMPLES} == {rule.rule_id for rule in list_rules()}


def test_the_count_of_a_vote_is_told_in_words():
    by_name = {example.name: example for example in EXAMPLES}
    glyphosate = next(e for n, e in by_name.items() if "October 2022" in n)

    assert decision_of(glyphosate).text == (
        "21 for, 3 against, 3 abstaining; 15 of 27 members needed; "
        "64.72 % of the people for, 65.00 % needed"
    )
