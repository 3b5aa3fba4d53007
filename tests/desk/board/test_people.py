"""People, roles and the record itself on the board."""

from tests.builders import at_h
from tests.desk.board.records import board_with
from tests.facts import (
    a_correction,
    a_deputy_ended,
    a_deputy_named,
    a_glass_broken,
    a_head_published,
    a_ledger_begun,
    a_person_enrolled,
    a_role_ended,
    a_role_granted,
    a_shift_handed_over,
)
from u24.domain.facts.people import EVERY_CASE, Role


def grants_with(*facts, person="nora"):
    return board_with(*facts).people.grants.get(person, [])


def test_the_ledger_says_whose_it_is_and_names_its_first_administrator():
    board = board_with(a_ledger_begun(exercise=True), a_ledger_begun(name="another"))

    assert (board.ledger_id, board.desk_name, board.exercise) == ("ledger_1", "Test desk", True)
    assert [(g.role, g.case_id) for g in board.people.grants["ada"]] == [
        (Role.ADMINISTRATOR, EVERY_CASE)
    ]
    assert board.oddity_count == 1


def test_the_last_head_is_the_one_that_covers_most():
    board = board_with(
        a_head_published(tree_size=9, head_at=at_h(2)), a_head_published(tree_size=4)
    )

    assert (board.head_size, board.head_at) == (9, at_h(2))


def test_a_person_enrolled_anew_is_replaced():
    board = board_with(a_person_enrolled(), a_person_enrolled(email="nora@example.net"))

    assert [p.email for p in board.people.persons.values()] == ["nora@example.net"]


def test_a_role_granted_anew_has_the_new_end_and_other_roles_stay():
    held = grants_with(
        a_role_granted(until_at=at_h(1)),
        a_role_granted(case_id="case_1"),
        a_role_granted(role=Role.OBSERVER),
        a_role_granted(until_at=at_h(9)),
    )

    assert {(g.role, g.case_id, g.until_at) for g in held} == {
        (Role.FOCAL_POINT, "case_1", None),
        (Role.OBSERVER, EVERY_CASE, None),
        (Role.FOCAL_POINT, EVERY_CASE, at_h(9)),
    }


def test_a_role_that_ended_is_gone_in_that_case_only():
    held = grants_with(a_role_granted(), a_role_granted(case_id="case_1"), a_role_ended())

    assert [(g.role, g.case_id) for g in held] == [(Role.FOCAL_POINT, "case_1")]


def test_what_glass_gave_stands_beside_the_roles_and_ends_with_them():
    glass = a_glass_broken(role=Role.FOCAL_POINT, case_id=EVERY_CASE)

    held = grants_with(a_role_granted(), glass, a_role_granted())

    assert [g.broken_glass for g in held] == [True, False]
    assert held[0].until_at == at_h(5)
    assert grants_with(a_role_granted(), glass, a_role_ended()) == []


def test_a_shift_hands_the_role_over_with_its_end():
    facts = (a_role_granted(until_at=at_h(9)), a_shift_handed_over())

    assert grants_with(*facts) == []
    assert [(g.role, g.until_at, g.reason) for g in grants_with(*facts, person="dirk")] == [
        (Role.FOCAL_POINT, at_h(9), "one offer waits")
    ]


def test_a_shift_takes_nothing_from_who_holds_the_role_already():
    held = grants_with(
        a_role_granted("dirk"), a_role_granted(until_at=at_h(9)), a_shift_handed_over(),
        person="dirk",
    )  # fmt: skip

    assert [g.until_at for g in held] == [None]


def test_nobody_hands_over_what_only_glass_gave():
    glass = a_glass_broken(role=Role.FOCAL_POINT, case_id=EVERY_CASE)

    board = board_with(glass, a_shift_handed_over())

    assert "dirk" not in board.people.grants
    assert board.oddity_count == 1


def test_a_deputy_named_anew_has_the_new_end_and_is_gone_when_ended():
    named = (a_deputy_named(), a_deputy_named(until_at=at_h(48)))

    deputies = board_with(*named).people.deputies["nora"]

    assert [(d.deputy_id, d.until_at) for d in deputies] == [("dirk", at_h(48))]
    assert board_with(*named, a_deputy_ended()).people.deputies["nora"] == []


def test_a_role_cannot_be_granted_by_way_of_a_correction():
    sneaked = a_correction(1, a_role_granted(role=Role.ADMINISTRATOR, case_id="case_1"))

    board = board_with(a_role_granted(), sneaked)

    assert [g.role for g in board.people.grants["nora"]] == [Role.FOCAL_POINT]
