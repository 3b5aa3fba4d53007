"""How figures are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u24.cli.amounts import amount, mark, percent, percents_of_whole, some, tonnes


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.839, "83 %"), (0.004, "under 1 %"), (0.29, "29 %")],
)
def test_a_share_is_whole_percent_rounded_down(share, written):
    assert percent(share) == written


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=9))
def test_parts_of_a_whole_add_up_to_100_as_written(parts):
    shares = [part / sum(parts) for part in parts]

    tenths = [round(10 * float(text.removesuffix(" %"))) for text in percents_of_whole(shares)]

    assert sum(tenths) == 1000
    assert all(abs(t / 1000 - share) < 0.001 for t, share in zip(tenths, shares, strict=True))


@pytest.mark.parametrize(
    ("units", "written"),
    [(0, "0"), (1234.0, "1,234"), (0.5, "0.5"), (1.99, "1.9"), (12.7, "12"), (3 * 0.1 * 10, "3")],
)
def test_an_amount_rounds_down(units, written):
    assert amount(units) == written


def test_tonnes_marks_and_long_lists():
    assert tonnes(97_999) == "97"
    assert mark(86_400) == "T+24"
    assert mark(5_400) == "T+1.5"
    assert some(["a", "b", "c"], 2) == "a, b and 1 more"
