"""From what members said to how they vote."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import at_h
from tests.consent.proposal_builders import NOW, P, a_matter, a_position, a_proposal
from u24.consent.ballots import RANKS, list_words, vote_of
from u24.domain.decisions import RuleForm, Vote
from u24.domain.proposals import MissionPurpose, ProposalKind, Stance
from u24.errors import InvalidInput

AID, COMBAT = MissionPurpose.HUMANITARIAN_AID, MissionPurpose.COMBAT
STRICT = (RuleForm.SILENCE, RuleForm.UNANIMITY, RuleForm.CONSENSUS, RuleForm.QUALIFIED)
MET = {"cease-fire": True, "withdrawal": True, "un-mandate": None, "host-request": False}


def words_of(member, *positions, at=NOW, **proposal):
    return list_words(a_matter(*positions, **proposal), at)[P].get(member)


def one_vote(stance, *conditions, form=RuleForm.SILENCE):
    return vote_of((a_position("DEU", stance, *conditions),), form, MET)


@pytest.mark.parametrize(
    ("stance", "vote"),
    [
        ("support", Vote.FOR),
        ("undecided", Vote.NONE),
        ("abstain", Vote.ABSTAIN),
        ("abstain_constructively", Vote.CONSTRUCTIVE),
        ("not_participating", Vote.NOT_PARTICIPATING),
        ("oppose", Vote.AGAINST),
        ("red_line", Vote.AGAINST),
    ],
)
def test_each_stance_is_a_vote_under_every_form(stance, vote):
    assert {one_vote(stance, form=form) for form in RuleForm} == {vote}


@pytest.mark.parametrize("form", list(RuleForm))
def test_a_conditional_yes_counts_once_all_conditions_hold_and_else_as_its_rule_says(form):
    short = Vote.AGAINST if form in STRICT else Vote.NONE

    assert one_vote("conditional", "cease-fire", "withdrawal", form=form) is Vote.FOR
    assert one_vote("conditional", "cease-fire", "un-mandate", form=form) is short
    assert one_vote("conditional", "host-request", form=form) is short
    assert one_vote("support", "un-mandate", form=form) is short


def test_a_conditional_yes_that_names_no_condition_is_never_met():
    assert one_vote("conditional") is Vote.AGAINST


def test_conditions_beside_another_stance_do_not_change_the_vote():
    assert one_vote("undecided", "un-mandate") is Vote.NONE
    assert one_vote("oppose", "cease-fire") is Vote.AGAINST


def test_a_later_word_replaces_an_earlier_one_and_of_equals_the_later_row_counts():
    rows = (a_position("DEU", "oppose", h=3), a_position("DEU", h=2), a_position("DEU", h=None))
    tie = (*rows, a_position("DEU", "abstain", h=3))

    found = [words_of("DEU", *rows, at=at_h(h)).counted[0].stance for h in (1, 2, 3)]

    assert found == [Stance.SUPPORT, Stance.SUPPORT, Stance.OPPOSE]
    assert words_of("DEU", *tie).counted[0].stance is Stance.ABSTAIN


@given(st.permutations([a_position("DEU", stance, h=h) for h, stance in enumerate(Stance)]))
def test_the_order_of_rows_matters_only_between_equal_times(order):
    assert words_of("DEU", *order).counted[0].stance is Stance.RED_LINE


def test_a_word_that_was_said_later_does_not_exist_yet():
    assert words_of("DEU", a_position("DEU", h=5), at=at_h(4)) is None


def test_a_word_on_some_purposes_leaves_the_others_as_they_were():
    both = {"purposes": (AID, COMBAT)}
    words = words_of(
        "DEU", a_position("DEU"), a_position("DEU", "red_line", h=2, purposes=(COMBAT,)), **both
    )

    assert [part.stance for part in words.counted] == [Stance.SUPPORT, Stance.RED_LINE]
    assert vote_of(words.counted, RuleForm.MAJORITY, MET) is Vote.AGAINST


def test_a_later_word_on_the_whole_replaces_those_on_its_parts():
    rows = (a_position("DEU", "red_line", purposes=(COMBAT,)), a_position("DEU", h=2))

    words = words_of("DEU", *rows, purposes=(AID, COMBAT))

    assert vote_of(words.counted, RuleForm.SILENCE, MET) is Vote.FOR


def test_a_word_on_a_purpose_that_the_mission_does_not_have_is_no_word_on_it():
    assert words_of("DEU", a_position("DEU", "red_line", purposes=(COMBAT,))) is None


def test_a_yes_to_a_part_is_no_yes_to_the_rest_but_a_no_to_a_part_is_one():
    both = {"purposes": (AID, COMBAT)}
    for_aid = words_of("DEU", a_position("DEU", purposes=(AID,)), **both)
    no_combat = words_of("DEU", a_position("DEU", "oppose", purposes=(COMBAT,)), **both)

    assert vote_of(for_aid.counted, RuleForm.SILENCE, MET) is Vote.NONE
    assert vote_of(no_combat.counted, RuleForm.SILENCE, MET) is Vote.AGAINST


def test_the_least_of_a_members_words_counts():
    parts = [a_position("DEU", stance) for stance in Stance if stance is not Stance.CONDITIONAL]

    for part in parts:
        for other in parts:
            one, two = (vote_of((each,), RuleForm.MAJORITY, MET) for each in (part, other))
            both = vote_of((part, other), RuleForm.MAJORITY, MET)
            assert RANKS.index(both) == min(RANKS.index(one), RANKS.index(two))


def test_a_word_in_confidence_counts_and_the_last_public_one_is_shown():
    words = words_of("DEU", a_position("DEU"), a_position("DEU", "oppose", h=2, secret=True))

    assert words.has_secret
    assert words.is_public
    assert words.counted[0].stance is Stance.OPPOSE
    assert words.public[0].stance is Stance.SUPPORT


def test_a_member_that_spoke_only_in_confidence_has_no_public_word():
    words = words_of("DEU", a_position("DEU", "oppose", secret=True))

    assert not words.is_public
    assert vote_of(words.public, RuleForm.SILENCE, MET) is Vote.NONE


@pytest.mark.parametrize(
    ("position", "told"),
    [
        (
            a_position("DEU", proposal="peace-misson"),
            "position 2, of DEU on peace-misson, is on no proposal of the case; .*peace-mission",
        ),
        (a_position("XYZ"), "position 2, of XYZ on peace-mission, names member 'XYZ'; give ISO"),
        (a_position("de"), "names member 'de'"),
        (a_position("DEU", "conditional", "truce"), "names condition 'truce', which is neither"),
        (
            a_position("DEU", "conditional", "unarmed", "able-to-defend-itself"),
            "asks for unarmed and able-to-defend-itself, which exclude each other",
        ),
        (
            a_position("DEU", at=datetime(2023, 2, 6)),
            "position 2, of DEU on peace-mission, at is 2023-02-06T00:00:00; give it in UTC",
        ),
    ],
)
def test_a_fault_of_a_position_is_refused_with_its_place(position, told):
    with pytest.raises(InvalidInput, match=told):
        list_words(a_matter(a_position("POL"), position), NOW)


def test_a_position_on_purposes_is_refused_where_the_proposal_states_none():
    position = a_position("DEU", purposes=(COMBAT,))

    with pytest.raises(InvalidInput, match="speaks of combat only, and the proposal states no"):
        list_words(a_matter(position, kind=ProposalKind.NO_FLY_ZONE, purposes=()), NOW)


def test_proposals_and_members_come_in_order_of_name():
    case = a_matter(a_position("POL"), a_position("DEU"), a_position("NATO"))

    assert list(list_words(case, NOW)[P]) == ["DEU", "NATO", "POL"]
    assert a_proposal().proposal_id == P
