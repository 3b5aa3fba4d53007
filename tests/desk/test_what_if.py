"""Changes that are supposed: each form, and what is told of one that names nothing."""

import pytest
from hypothesis import given, settings

from tests.builders import at_h
from tests.consent.any_case import NOW, cases
from tests.desk.a_disputed_case import MISSION, a_disputed_case, a_position
from u24.consent import judge_case
from u24.desk.what_if import ALWAYS, with_changes
from u24.domain.proposals import ConditionWord, Stance
from u24.errors import InvalidInput


def test_without_changes_the_case_is_the_same():
    assert with_changes(a_disputed_case(), ()) == a_disputed_case()


def test_a_supposed_condition_takes_the_place_of_every_word_on_it():
    later = ConditionWord(condition_id="host-request", holds=False, at=at_h(9))
    case = a_disputed_case(condition_words=(later,))

    (word,) = with_changes(case, ["host-request=true"]).condition_words

    assert (word.condition_id, word.holds, word.at) == ("host-request", True, ALWAYS)


def test_a_supposed_position_takes_the_place_of_the_members_own():
    case = with_changes(a_disputed_case(), [f"position:DEU/{MISSION}=support"])

    stances = {each.member: each.stance for each in case.positions}
    assert stances == {
        "POL": Stance.SUPPORT,
        "FRA": Stance.CONDITIONAL,
        "DEU": Stance.SUPPORT,
    }


def test_a_member_that_stays_conditional_keeps_its_conditions():
    case = with_changes(a_disputed_case(), [f"position:FRA/{MISSION}=conditional"])

    (mine,) = [each for each in case.positions if each.member == "FRA"]
    assert mine.conditions == ("cease-fire",)


def test_a_supposed_gate_is_answered_by_two_officers():
    case = with_changes(a_disputed_case(), ["gate:tents/end-use=yes"])

    assert [(a.subject, a.gate_id, a.passed) for a in case.gate_answers] == [
        ("tents", "end-use", True)
    ] * 2
    assert len({answer.officer for answer in case.gate_answers}) == 2


def test_a_supposed_consent_is_the_last_word():
    case = with_changes(a_disputed_case(), ["consent:POL/people=yes"])

    last = case.consents[-1]
    assert (last.members, last.kinds, last.allowed) == (("POL",), ("people",), True)


def test_changes_are_made_one_after_the_other():
    case = with_changes(a_disputed_case(), ["cease-fire=true", "cease-fire=false"])

    assert [w.holds for w in case.condition_words if w.condition_id == "cease-fire"] == [False]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("cease-fire", "give CONDITION=true|false"),
        ("weather:fine=yes", "give CONDITION=true|false"),
        ("cease-fire=maybe", "give true or false"),
        ("cease-fyre=true", "the case knows"),
        ("position:DEU=support", "names no pair"),
        ("position:DEU/parade=support", "peace-mission"),
        (f"position:DEU/{MISSION}=yes", "support, conditional"),
        ("gate:tents/end-use=true", "give yes or no"),
        ("gate:tent/end-use=yes", "blankets"),
        ("consent:POL/people=true", "give yes or no"),
        ("consent:XYZ/people=yes", "POL"),
        ("consent:POL/poeple=yes", "family_tent"),
        ("gate:tents/end-uze=yes", "end-use"),
        (f"position:XYZ/{MISSION}=support", "give ISO 3166-1 alpha-3"),
    ],
)
def test_a_change_that_names_nothing_is_told_with_what_is_allowed(change, told):
    with pytest.raises(InvalidInput, match="what-if") as error:
        with_changes(a_disputed_case(), [change])

    assert told in str(error.value)


def test_what_a_member_asked_for_in_confidence_is_not_supposed_in_public():
    rows = (
        a_position("FRA", "conditional", "withdrawal", at=at_h(9), secret=True),
        a_position("FRA", "conditional", "cease-fire", at=at_h(8)),
        a_position("FRA", "conditional", "un-mandate", at=at_h(2)),
    )
    case = a_disputed_case(positions=rows)

    (mine,) = with_changes(case, [f"position:FRA/{MISSION}=conditional"]).positions

    assert mine.conditions == ("cease-fire",)


@given(case=cases())
@settings(max_examples=50)
def test_every_flip_that_is_told_of_an_offer_or_a_proposal_lets_it_be_done(case):
    judgement = judge_case(case, at=NOW)

    for told in ("lots", "proposals"):
        for name, verdict in getattr(judgement, told).items():
            for change in verdict.flips:
                anew = judge_case(with_changes(case, [change]), at=NOW)
                assert not getattr(anew, told)[name].permission.bars, (name, change)
