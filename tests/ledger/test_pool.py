"""Connections that threads take and give back."""

from contextlib import suppress

import pytest

from u24.errors import StoreUnavailable
from u24.ledger.pool import Pool


class Line:
    """A connection that knows whether it is sound and open."""

    def __init__(self):
        self.sound, self.open = True, True

    def close(self):
        self.open = False


class Lines:
    """Opens lines and remembers them; ``fails`` as often as is said."""

    def __init__(self, fails=0):
        self.made, self.fails = [], fails

    def __call__(self):
        if self.fails:
            self.fails -= 1
            raise StoreUnavailable("nobody answers")
        self.made.append(Line())
        return self.made[-1]


def a_pool(lines, *, most=2, wait_s=0.01):
    return Pool(lines, lambda line: line.sound, most=most, wait_s=wait_s)


def test_one_connection_is_in_one_pair_of_hands_and_is_lent_again():
    lines = Lines()
    pool = a_pool(lines)

    for _ in range(2):
        with pool.borrow() as first, pool.borrow() as second:
            assert first is not second

    assert len(lines.made) == 2
    assert all(line.open for line in lines.made)


def test_when_all_are_lent_the_next_one_waits_and_is_told():
    pool = a_pool(Lines())

    with (
        pool.borrow(),
        pool.borrow(),
        pytest.raises(StoreUnavailable, match=r"all 2 connections .* in use for more than 0.01 s"),
        pool.borrow(),
    ):
        pass

    with pool.borrow(), pool.borrow():
        pass


def test_a_connection_that_could_not_be_opened_takes_no_place():
    pool = a_pool(Lines(fails=5))

    for _ in range(5):
        with pytest.raises(StoreUnavailable, match="nobody answers"), pool.borrow():
            pass

    with pool.borrow(), pool.borrow():
        pass


def test_an_error_of_the_borrower_gives_the_connection_back():
    lines = Lines()
    pool = a_pool(lines)

    for _ in range(5):
        with suppress(ZeroDivisionError), pool.borrow():
            raise ZeroDivisionError

    assert len(lines.made) == 1


def test_a_broken_connection_is_closed_and_so_are_those_that_lie_idle():
    pool = a_pool(Lines())
    with pool.borrow() as broken:
        with pool.borrow() as idle:
            pass
        broken.sound = False

    assert (broken.open, idle.open) == (False, False)
    with pool.borrow() as fresh:
        assert fresh.open


def test_closing_closes_what_is_idle_now_and_what_is_lent_when_it_comes_back():
    lines = Lines()
    pool = a_pool(lines)
    with pool.borrow() as lent:
        with pool.borrow() as idle:
            pass
        pool.close()

        assert (lent.open, idle.open) == (True, False)

    assert not lent.open
    with pytest.raises(StoreUnavailable, match="closed; open it again"), pool.borrow():
        pass
