"""The board at every width, with and without colour."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.report.a_large_answer import a_large_answer
from tests.report.an_answer import an_answer
from u24.cli.board import board_text, sentence, show_board
from u24.domain.answer import HistoricMark

WIDTHS = [1, 12, 40, 56, 80, 100, 110, 120, 200]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_longer_than_the_terminal(width):
    text = board_text(an_answer(), width_columns=width)

    assert max(len(line) for line in text.splitlines()) <= width


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_need_shows_what_arrives_from_whom_by_which_way_and_why_not_more(width):
    text = " ".join(board_text(an_answer(), width_columns=width).split())

    assert "OTP > ADA" in text
    assert "TUR, ROU" in text
    assert "1,200" in text
    assert "700: aircraft are" in text


@pytest.mark.parametrize("width", [80, 120])
def test_the_board_is_plain_text_where_there_is_no_colour(width):
    assert "\x1b" not in board_text(an_answer(), width_columns=width)


def test_no_color_is_respected_on_a_terminal(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    page = io.StringIO()
    show_board(
        Console(file=page, force_terminal=True, width=80, color_system="truecolor"), an_answer()
    )

    assert "\x1b[3" not in page.getvalue()
    assert "\x1b[38;" not in page.getvalue()


def test_a_terminal_without_unicode_gets_bars_it_can_show():
    page = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="replace")
    show_board(Console(file=page, width=80, color_system=None), an_answer())
    page.flush()

    assert b"83.2 %  ####################" in page.buffer.getvalue()


def test_shares_never_round_up():
    answer = an_answer()
    score = replace(answer.planned.score, met_shares=(0.99999, 1.0, 1.0), bound_share=1.0)
    answer = replace(answer, planned=replace(answer.planned, score=score))

    assert sentence(answer).startswith("99 % of the weighted need met by T+24; at least 99 %")


def test_five_changes_are_shown_the_greatest_gain_first():
    answer = an_answer()
    first = answer.planned.changes[0]
    changes = tuple(replace(first, change=f"change {i}", gain_share=i / 100) for i in range(8))
    text = board_text(replace(answer, planned=replace(answer.planned, changes=changes)))

    shown = [line.split()[3] for line in text.splitlines() if "change " in line]
    assert shown == ["7", "6", "5", "4", "3"]


def test_what_really_landed_stands_beside_the_plan_at_the_same_marks():
    marks = (HistoricMark(mark_h=24, teams=7, people=612, mass_kg=41_900),)
    text = board_text(replace(an_answer(), historic_marks=marks), width_columns=80)

    [row] = [line.split() for line in text.splitlines() if line.split()[:1] == ["T+24"]]
    assert row == ["T+24", "7", "3", "612", "190", "41", "97"]


def test_a_case_without_history_needs_or_changes_has_a_board():
    answer = an_answer()
    bare = replace(answer.planned, changes=(), shortages=())
    text = board_text(replace(answer, needs=(), planned=bare, historic_marks=()))

    assert "Landed" not in text
    assert "The case rests on 3 facts" in text


def test_square_brackets_of_a_case_are_text_not_style():
    answer = an_answer()
    case = replace(answer.case, title="Flood [bold]in[/bold] [red]Mozambique")

    assert "Flood [bold]in[/bold] [red]Mozambique" in board_text(replace(answer, case=case))


def test_a_large_answer_is_shown_whole():
    answer = a_large_answer()
    text = board_text(answer, width_columns=120)

    assert text.count("blanket") == sum(need.kind == "blanket" for need in answer.needs)


def test_a_case_without_history_shows_no_zeros_as_if_nothing_had_landed():
    answer = an_answer()
    untold = replace(answer, case=replace(answer.case, history=()))

    assert "Landed: what really did" in board_text(answer)
    assert "Landed: what really did" not in board_text(untold)
