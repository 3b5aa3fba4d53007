"""What a plan is worth, against values worked out by hand."""

import pytest

from tests.builders import a_consignment, a_lot, a_match, a_need, a_problem, a_segment, at_h
from u24.domain.plan import Plan
from u24.domain.problem import Worth
from u24.errors import InvalidInput
from u24.planning import met_shares

H = 3600


def an_arrival_of(packs, at_hours, **values):
    return a_consignment(packs=packs, segments=(a_segment(end_s=int(at_hours * H)),), **values)


def a_world_of_kits(*, marks_h=(24, 48), factor_share=1.0, pack_units=1, **need):
    """One need of 100 kits, due at 12 h and of use until 24 h, unless the test says so."""
    default = {"planned_units": 100, "due_at": at_h(12), "deadline_at": at_h(24)}
    return a_problem(
        lots=(a_lot(packs=500, pack_units=pack_units),),
        needs=(a_need(**{**default, **need}),),
        matches=(a_match(factor_share=factor_share),),
        worth=Worth(marks_s=tuple(hours * H for hours in marks_h)),
    )


def shares_of(problem, *consignments):
    return met_shares(problem, Plan(consignments=consignments))


@pytest.mark.parametrize(
    ("packs", "share"),
    [
        (0, 0.0),
        (1, 0.8 / 60),
        (30, 0.4),
        (60, 0.8),  # the first 60 % count 80 %
        (80, 0.9),
        (100, 1.0),
        (400, 1.0),  # more than is wanted counts nothing more
    ],
)
def test_the_first_part_of_a_need_counts_most(packs, share):
    problem = a_world_of_kits()

    shares = shares_of(problem, an_arrival_of(packs, 5))

    assert shares == pytest.approx((share, share))


@pytest.mark.parametrize(
    ("at_hours", "worth"),
    [(0, 1.0), (12, 1.0), (15, 0.75), (18, 0.5), (24, 0.0), (30, 0.0)],
)
def test_worth_falls_in_a_straight_line_from_due_to_the_deadline(at_hours, worth):
    problem = a_world_of_kits()

    shares = shares_of(problem, an_arrival_of(60, at_hours))

    assert shares[0] == pytest.approx(0.8 * worth)


def test_with_due_and_deadline_equal_an_arrival_counts_in_full_until_then_and_not_after():
    problem = a_world_of_kits(deadline_at=at_h(12))

    in_time = shares_of(problem, an_arrival_of(100, 12))
    late = shares_of(problem, an_arrival_of(100, 12 + 1 / H))

    assert in_time[0] == pytest.approx(1.0)
    assert late[0] == 0.0


def test_an_arrival_counts_for_the_marks_it_meets_only():
    problem = a_world_of_kits(marks_h=(12, 24), due_at=at_h(20))

    on_the_mark = shares_of(problem, an_arrival_of(60, 12))
    after_it = shares_of(problem, an_arrival_of(60, 12.5))

    assert on_the_mark == pytest.approx((0.8, 0.8))
    assert after_it == pytest.approx((0.0, 0.8))


def test_the_best_arrivals_fill_the_first_part_whatever_their_order():
    problem = a_world_of_kits()
    early, late = an_arrival_of(60, 6), an_arrival_of(60, 18)

    shares = shares_of(problem, late, early)

    assert shares[0] == pytest.approx(0.8 + 0.2 * 0.5)  # 40 of the late 60, at half worth


def test_a_substitute_counts_by_its_factor_and_packs_by_their_units():
    problem = a_world_of_kits(factor_share=0.5, pack_units=4)

    shares = shares_of(problem, an_arrival_of(15, 6))

    assert shares[0] == pytest.approx(0.4)  # 15 packs of 4 units at a half: 30 of 100


def test_a_lot_without_a_match_counts_nothing():
    problem = a_world_of_kits()

    shares = shares_of(problem, an_arrival_of(60, 6, lot_id="lot_1", need_id="need_1"))
    without = met_shares(
        a_problem(lots=problem.lots, needs=problem.needs, matches=(), worth=problem.worth),
        Plan(consignments=(an_arrival_of(60, 6),)),
    )

    assert shares[0] == pytest.approx(0.8)
    assert without == (0.0, 0.0)


def test_needs_count_by_their_weight():
    problem = a_problem(
        lots=(a_lot("a", packs=100), a_lot("b", packs=100)),
        needs=(
            a_need("few", planned_units=1, weight=3.0),
            a_need("many", planned_units=10, weight=1.0),
        ),
        matches=(a_match(lot_id="a", need_id="few"), a_match(lot_id="b", need_id="many")),
    )

    few = shares_of(problem, an_arrival_of(1, 6, lot_id="a", need_id="few"))
    many = shares_of(problem, an_arrival_of(6, 6, lot_id="b", need_id="many"))

    assert few[0] == pytest.approx(0.75)
    assert many[0] == pytest.approx(0.25 * 0.8)


@pytest.mark.parametrize(
    ("units", "packs", "share"),
    [
        (1, 1, 1.0),
        (2, 1, 0.5),  # 60 % rounds up to both: all units count the same
        (3, 1, 0.4),  # 2 of 3 carry 80 %
        (3, 2, 0.8),
        (4, 3, 0.8),  # 3 of 4
        (5, 3, 0.8),
        (5, 4, 0.9),
    ],
)
def test_the_first_part_rounds_up_to_whole_units(units, packs, share):
    problem = a_world_of_kits(planned_units=units)

    shares = shares_of(problem, an_arrival_of(packs, 6))

    assert shares[0] == pytest.approx(share)


def test_a_problem_without_needs_meets_nothing():
    problem = a_problem(needs=(), matches=())

    shares = met_shares(problem, Plan())

    assert shares == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "values",
    [
        {"first_amount_share": 0.0},
        {"first_amount_share": 0.9, "first_value_share": 0.8},
        {"first_value_share": 1.1},
        {"marks_s": ()},
        {"marks_s": (7200, 3600)},
        {"marks_s": (3600, 3600)},
    ],
)
def test_a_worth_in_which_later_parts_count_more_or_marks_do_not_rise_is_refused(values):
    with pytest.raises(InvalidInput, match=r"worth is|marks_s is"):
        Worth(**values)
