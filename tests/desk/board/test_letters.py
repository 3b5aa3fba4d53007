"""Mails, codes, bundles and conflicts on the board."""

from tests.builders import at_h
from tests.desk.board.records import board_with, case_with
from tests.facts import (
    a_bundle_taken_in,
    a_case_opened,
    a_code_issued,
    a_code_used,
    a_conflict_noted,
    a_conflict_settled,
    a_mail_failed,
    a_mail_heard,
    a_mail_sent,
    a_role_granted,
    an_offer_answered,
    an_offer_made,
)
from u24.domain.facts.people import Role

OPENED, OURS = a_case_opened(), an_offer_made(text="our word")
THEIRS = an_offer_made(said_at=at_h(1.5), text="their word")
NOTED = a_conflict_noted(theirs=THEIRS)


def test_mails_that_came_or_left_are_known_and_one_that_failed_may_be_tried_again():
    case = case_with(a_mail_sent("<1>"), a_mail_heard("<2>"), a_mail_failed("<3>"))

    assert case.mail_ids == {"<1>": 2, "<2>": 3}


def test_failures_count_since_the_last_mail_that_left():
    assert case_with(a_mail_failed(), a_mail_failed()).mail_failures == 2
    assert case_with(a_mail_failed(), a_mail_sent(), a_mail_failed()).mail_failures == 1


def test_of_each_person_the_last_mail_is_known_and_how_far_it_told():
    case = case_with(
        a_mail_sent("<1>", said_at=at_h(2), position=9),
        a_mail_sent("<2>", said_at=at_h(1), position=7),
        a_mail_sent("<3>", to_person_id="dirk", said_at=at_h(4), position=8),
    )

    assert case.last_mail == {"nora": (at_h(2), 9), "dirk": (at_h(4), 8)}


def test_a_mail_of_no_case_is_known_to_the_desk():
    board = board_with(a_mail_heard("<2>", case_id=""), a_mail_failed(case_id=""))

    assert (board.mail_ids, board.mail_failures, board.oddity_count) == ({"<2>": 1}, 1, 0)


def test_a_code_opens_once_and_never_again():
    issued, used = a_code_issued(), a_code_used()

    assert list(case_with(issued).codes) == ["code_1"]
    assert case_with(issued, used).codes == {}
    assert case_with(issued, used, issued).codes == {}
    assert case_with(used, issued).codes == {}


def test_a_bundle_counts_once():
    assert len(case_with(a_bundle_taken_in(), a_bundle_taken_in()).bundle_ids) == 1


def test_an_open_conflict_overwrites_nothing():
    case = case_with(OURS, NOTED)

    assert case.offers["offer_1"].fact == OURS
    assert case.conflicts["conflict_1"].settled == ""


def test_a_conflict_settled_for_ours_leaves_all_as_it_is():
    case = case_with(OURS, NOTED, a_conflict_settled(take_theirs=False))

    assert case.offers["offer_1"].fact == OURS
    assert case.conflicts["conflict_1"].settled == "ours"


def test_a_conflict_settled_for_theirs_says_their_word_in_their_name():
    case = case_with(("dirk", OURS), an_offer_answered(), NOTED, ("olaf", a_conflict_settled()))

    offer = case.offers["offer_1"]
    assert (offer.fact, offer.offered_by, offer.reply) == (THEIRS, "nora", None)
    assert (offer.first_said_at, offer.position) == (at_h(1.5), 5)
    assert case.conflicts["conflict_1"].settled == "theirs"


def test_a_conflict_is_settled_once():
    board = board_with(
        OPENED, OURS, NOTED, a_conflict_settled(take_theirs=False), a_conflict_settled()
    )

    assert board.cases["case_1"].offers["offer_1"].fact == OURS
    assert "conflict 'conflict_1' is settled: ours" in board.oddities[0].text


def test_their_word_is_taken_of_the_same_case_only_and_never_grants_a_role():
    elsewhere = a_conflict_noted(theirs=an_offer_made(case_id="case_2"))
    role = a_conflict_noted(theirs=a_role_granted(role=Role.ADMINISTRATOR, case_id="case_1"))

    for noted in (elsewhere, role):
        board = board_with(OPENED, a_case_opened("case_2"), noted, a_conflict_settled())

        assert board.cases["case_2"].offers == {}
        assert board.people.grants == {}
        assert board.oddity_count == 1
