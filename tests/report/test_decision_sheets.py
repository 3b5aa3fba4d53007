"""The section "May we?" of the report."""

from dataclasses import replace

import pytest

from tests.desk.a_disputed_case import MISSION, a_disputed_case, an_outcome
from tests.report.an_answer import an_answer
from u24.desk.deciding import decide_case
from u24.report import html_report
from u24.report.decision_sheets import decision_sheets


@pytest.fixture(scope="module")
def disputed():
    """An answer with the disputed case's verdicts in it."""
    case = a_disputed_case(recorded=(an_outcome("outcome", MISSION, "lost"),))
    answer = an_answer()
    held = replace(
        answer.case, proposals=case.proposals, positions=case.positions, asks=case.asks,
        lots=case.lots, recorded=case.recorded,
    )  # fmt: skip
    return replace(answer, case=held, decided=decide_case(case))


def texts(sheet):
    return [[cell.text for cell in cells] for cells in sheet.rows]


def test_a_case_that_asks_the_members_nothing_has_no_such_section():
    assert decision_sheets(an_answer()) == ()


def test_each_proposal_stands_with_its_verdict_and_the_way_out(disputed):
    proposals = decision_sheets(disputed)[0]

    ((title, word, count, way_out),) = texts(proposals)
    assert (title, word) == ("A peace mission", "NO")
    assert count.startswith("unanimity: ")
    assert "no single change" in way_out


def test_every_reason_stands_with_who_can_lift_it(disputed):
    reasons = decision_sheets(disputed)[1]

    lifted = {cells[3] for cells in texts(reasons)}
    assert len(reasons.rows) == len(disputed.decided.judgement.proposals[MISSION].reasons)
    assert any("DEU" in who for who in lifted)


def test_the_chosen_alternative_follows_what_was_tried(disputed):
    asks = decision_sheets(disputed)[2]

    assert [cells[1] for cells in texts(asks)] == [MISSION, "tents", "chosen"]
    assert texts(asks)[-1][3] == "tents"


def test_only_offers_that_may_not_move_are_listed(disputed):
    held_back = decision_sheets(disputed)[3]

    assert [cells[1] for cells in texts(held_back)] == ["blankets", "team"]


def test_history_stands_beside_what_is_computed(disputed):
    recorded = decision_sheets(disputed)[4]

    assert texts(recorded)[0][2:] == ["lost", "lost", "yes"]
    assert recorded.caption.startswith("1 of 1")


def test_the_page_has_the_section(disputed):
    page = html_report(disputed)

    assert 'id="decisions"' in page
    assert "A peace mission" in page
