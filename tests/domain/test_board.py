"""The rows of the board: what arrives by each mark, from whom, by which way."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.builders import a_consignment, a_flown_segment, a_match, a_need, a_segment
from tests.report.an_answer import an_answer
from u24.domain.answer import Shortage
from u24.domain.board import board, way
from u24.domain.plan import Plan

TENTS, USAR, EMT = "n-antakya-tents", "n-antakya-usar", "n-islahiye-emt2"


def with_plan(answer, *consignments):
    plan = Plan(routes=answer.planned.plan.routes, consignments=consignments)
    return replace(answer, planned=replace(answer.planned, plan=plan))


def tents(packs=10, *, end_s=3_600, lot_id="rou-tents", via="ADA"):
    """Packs of ten tents each that reach Antakya at ``end_s``."""
    return a_consignment(
        lot_id=lot_id,
        need_id=TENTS,
        packs=packs,
        segments=(
            a_flown_segment(from_site="OTP", to_site=via),
            a_segment(from_site=via, to_site="antakya", end_s=end_s),
        ),
    )


def row_of(answer, need_id=TENTS):
    [row] = [row for row in board(answer) if row.need_id == need_id]
    return row


def test_there_is_one_row_a_need_in_the_order_of_the_needs():
    answer = an_answer()

    rows = board(answer)

    assert [row.need_id for row in rows] == [need.need_id for need in answer.needs]
    assert [row.planned_units for row in rows] == [6, 2, 4, 1200, 1200, 1]


def test_an_arrival_at_the_mark_counts_and_one_a_second_later_counts_at_the_next():
    answer = with_plan(an_answer(), tents(3, end_s=86_400), tents(2, end_s=86_401))

    assert row_of(answer).arrived_units == (30, 50, 50)


def test_what_arrives_counts_in_units_by_pack_and_by_factor():
    answer = an_answer()
    half = a_match(lot_id="rou-tents", need_id=TENTS, factor_share=0.5)
    answer = with_plan(replace(answer, problem=replace(answer.problem, matches=(half,))), tents(3))

    assert row_of(answer).arrived_units == (15, 15, 15)


def test_members_and_ways_stand_once_in_order_of_arrival():
    answer = with_plan(
        an_answer(),
        tents(end_s=9_000, lot_id="rou-tents"),
        tents(end_s=7_200, lot_id="deu-tents", via="GZT"),
        tents(end_s=9_900, lot_id="deu-tents", via="GZT"),
    )

    row = row_of(answer)

    assert row.members == ("DEU", "ROU")
    assert row.ways == ("OTP > GZT > antakya", "OTP > ADA > antakya")
    assert row.first_arrive_s == 7_200


def test_a_need_without_help_has_a_row_without_help():
    row = row_of(with_plan(an_answer()), EMT)

    assert row.arrived_units == (0, 0, 0)
    assert row.first_arrive_s is None
    assert (row.members, row.ways) == ((), ())


def test_a_shortage_stands_in_the_row_of_its_need_and_in_no_other():
    answer = an_answer()

    short = row_of(answer, USAR)

    assert (short.missing_units, short.reason) == (5, "no member offers more heavy rescue teams")
    assert (row_of(answer, EMT).missing_units, row_of(answer, EMT).reason) == (0, "")


def test_missing_units_are_those_of_the_shortage_not_a_second_sum():
    answer = an_answer()
    shortage = Shortage(need_id=EMT, missing_units=77, reason="nobody_has", text="because")
    answer = replace(answer, planned=replace(answer.planned, shortages=(shortage,)))

    assert row_of(answer, EMT).missing_units == 77


def test_the_marks_are_those_of_the_problem():
    answer = an_answer()
    worth = replace(answer.problem.worth, marks_s=(3_600,))
    answer = with_plan(replace(answer, problem=replace(answer.problem, worth=worth)), tents(1))

    assert row_of(answer).arrived_units == (10,)


def test_a_row_names_the_place_and_the_kind_that_are_asked_for():
    need = a_need("n-new", place_id="islahiye", kind="tarp", planned_units=9)

    row = row_of(replace(an_answer(), needs=(need,)), "n-new")

    assert (row.place_id, row.kind, row.planned_units) == ("islahiye", "tarp", 9)


@pytest.mark.parametrize(
    ("sites", "expected"),
    [(("ADA", "antakya"), "ADA > antakya"), (("depot", "OTP", "ADA"), "depot > OTP > ADA")],
)
def test_a_way_names_each_site_once(sites, expected):
    segments = tuple(a_segment(from_site=a, to_site=b) for a, b in pairwise(sites))

    assert way(a_consignment(segments=segments)) == expected
