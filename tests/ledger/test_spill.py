"""Rows that wait in a file come back whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

from u24.ledger.spill import Spill

numbers = st.integers(-(2**63), 2**63 - 1)


@settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.tuples(numbers | st.integers(-3, 3), numbers), max_size=60))
def test_every_row_comes_back_once_and_equal_first_numbers_come_together_in_order(rows):
    held = Spill(width=2, in_memory=2)  # so few that the file is used
    for row in rows:
        held.add(*row)

    parts = [[tuple(row) for row in part.tolist()] for part in held.parts()]
    held.close()

    assert sorted(row for part in parts for row in part) == sorted(rows)
    for first in {row[0] for row in rows}:
        [part] = [part for part in parts if any(row[0] == first for row in part)]
        assert [row for row in part if row[0] == first] == [r for r in rows if r[0] == first]
