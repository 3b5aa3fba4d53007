"""Stretches of time and the row that decides each."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import T0, a_consent, at_h
from u24.consent.windows import cut, list_stretches, merge, open_windows

HOURS = st.integers(min_value=-24, max_value=96)
SPANS = st.tuples(HOURS, st.integers(min_value=1, max_value=60))
ROWS = st.lists(
    st.builds(
        lambda span, allowed, ends: a_consent(
            allowed=allowed, from_h=span[0], until_h=sum(span) if ends else None
        ),
        SPANS,
        st.booleans(),
        st.booleans(),
    ),
    max_size=6,
)


def is_open_at(windows, moment):
    return any(start <= moment and (end is None or moment < end) for start, end in windows)


@given(rows=ROWS, hour=st.integers(min_value=0, max_value=120))
def test_a_moment_is_open_when_the_last_row_that_covers_it_says_yes(rows, hour):
    moment = at_h(hour + 0.5)

    windows = open_windows(list_stretches(rows, T0))

    covering = [
        row
        for row in rows
        if row.from_at <= moment and (row.until_at is None or moment < row.until_at)
    ]
    assert is_open_at(windows, moment) == bool(covering and covering[-1].allowed)


@given(rows=ROWS)
def test_stretches_leave_no_gap_from_t0_on_and_windows_do_not_touch(rows):
    stretches = list_stretches(rows, T0)
    windows = open_windows(stretches)

    assert stretches[0].from_at == T0
    assert stretches[-1].until_at is None
    assert all(stretch.from_at < stretch.until_at for stretch in stretches[:-1])
    assert all(a.until_at == b.from_at for a, b in pairwise(stretches))
    assert all(a[1] < b[0] for a, b in pairwise(windows))


def test_windows_that_touch_become_one():
    windows = [(at_h(5), at_h(9)), (T0, at_h(5)), (at_h(20), None)]

    assert merge(windows) == ((T0, at_h(9)), (at_h(20), None))


def test_a_cut_keeps_only_what_lies_inside():
    windows = ((T0, at_h(5)), (at_h(8), None))

    assert cut(windows, at_h(3), at_h(10)) == ((at_h(3), at_h(5)), (at_h(8), at_h(10)))
    assert cut(windows, T0, at_h(4)) == ((T0, at_h(4)),)
    assert cut(windows, at_h(5), at_h(8)) == ()
