import pytest
from hypothesis import given
from hypothesis import strategies as st

from u24.report.markup import element, joined
from u24.report.wording import (
    mark_name,
    number,
    number_down,
    percent_down,
    percents_of_whole,
    t_plus,
    tonnes,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "—"), (0, "0"), (1234567, "1,234,567"), (0.5, "0.5"), (-2, "−2"), (-0.01, "0")],
)
def test_numbers_have_thousands_apart_and_the_unknown_is_a_dash(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "—"), (0, "T+00:00"), (29_700, "T+08:15"), (-3600, "T−01:00"), (360_000, "T+100:00")],
)
def test_hours_are_written_after_t0(seconds, text):
    assert t_plus(seconds) == text


def test_what_arrives_is_never_rounded_up():
    assert number_down(2.99) == "2.9"
    assert percent_down(0.8399) == "83 %"
    assert percent_down(0.29) == "29 %"


def test_masses_are_written_in_tonnes():
    assert tonnes(14_250) == "14.2 t"
    assert tonnes(None) == "—"


def test_a_mark_is_named_by_its_hours():
    assert mark_name(86_400) == "T+24"
    assert mark_name(5400) == "T+01:30"


@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=9))
def test_shares_of_a_whole_are_written_so_that_they_add_up(weights):
    whole = sum(weights) or 1
    shares = [weight / whole for weight in weights]

    written = percents_of_whole(shares)

    tenths = [round(float(text.removesuffix(" %")) * 10) for text in written]
    assert sum(tenths) == round(sum(shares) * 1000)
    assert all(abs(t - s * 1000) < 1.001 for t, s in zip(tenths, shares, strict=True))


def test_only_markup_goes_in_as_it_is():
    assert element("p", "<b>", element("i", "&"), class_='"') == (
        '<p class="&quot;">&lt;b&gt;<i>&amp;</i></p>'
    )
    assert joined("\x08", 1.0, 2) == "\N{REPLACEMENT CHARACTER}12"
