"""Replacements among many donors and offers: a queue, finite stock, chains."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    a_lot,
    a_reason,
    at_h,
    some_caveats,
)
from tests.consent.donors import (
    PATRIOT,
    S300,
    a_patriot,
    of_lots,
)
from u24.domain.consent import Permission
from u24.errors import InvalidInput

STOCK = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 5)), min_size=0, max_size=5
)
WANTED = st.lists(st.integers(1, 6), min_size=1, max_size=4)


def in_time(stock, wanted, delays):
    """Donors of one wish each and offers that each of them could use."""
    donors = [
        a_lot(
            f"d{n}", member="SVK", kind=S300, caveats=some_caveats(f"once_replaced:{PATRIOT}*{u}")
        )
        for n, u in enumerate(wanted)
    ]
    offers = [
        a_patriot(f"p{n}", packs=packs, pack_units=units, ready_h=ready_h)
        for n, (packs, units, ready_h) in enumerate(stock)
    ]
    bars = {
        f"p{n}": [
            a_reason("gate-x", leaves=Permission.NOT_YET, by_at=None if h is None else at_h(h))
        ]
        for n, h in delays.items()
    }
    return of_lots(*donors, *offers, bars=bars)[1]


def greedy(stock, wanted, delays):
    """By whom what is taken and when, unit by unit, as the docstring says it."""
    packs = sorted(
        (max(ready_h, delays.get(n, 0)), f"p{n}", units)
        for n, (count, units, ready_h) in enumerate(stock)
        if delays.get(n, 0) is not None
        for _ in range(count)
    )
    ends = []
    for units in wanted:
        left, last_h = units, 0
        while left > 0 and packs:
            last_h, _, got = packs.pop(0)
            left -= got
        ends.append(at_h(last_h) if left <= 0 else None)
    return ends


DELAYS = st.dictionaries(st.integers(0, 4), st.none() | st.integers(0, 9), max_size=5)


@given(stock=STOCK, wanted=WANTED, delays=DELAYS)
def test_donors_are_served_as_a_queue_would_be(stock, wanted, delays):
    found = in_time(stock, wanted, delays)

    assert [each.by_at for each in found] == greedy(stock, wanted, delays)


def later(one: datetime | None, other: datetime | None) -> bool:
    return one is None or (other is not None and one >= other)


@given(stock=STOCK, wanted=WANTED, delays=DELAYS, barred=st.integers(0, 4))
def test_one_more_bar_on_an_offer_makes_no_donor_better_off(stock, wanted, delays, barred):
    before = in_time(stock, wanted, delays)
    after = in_time(stock, wanted, delays | {barred: None})

    assert all(later(b.by_at, a.by_at) for a, b in zip(before, after, strict=True))


@given(stock=STOCK, wanted=WANTED)
def test_no_pack_serves_two_donors(stock, wanted):
    found = in_time(stock, wanted, {})

    served = sum(each.wanted_units for each in found if each.by_at is not None)
    assert served <= sum(packs * units for packs, units, _ in stock)


@given(
    edges=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8),
    free=st.sets(st.integers(0, 5)),
)
def test_whatever_the_chains_every_wish_is_answered_or_a_circle_is_named(edges, free):
    waiting = [
        a_lot(f"w{n}", member=f"X{n}", kind=f"k{a}", caveats=some_caveats(f"once_replaced:k{b}"))
        for n, (a, b) in enumerate(edges)
    ]
    offers = [a_lot(f"f{k}", member="USA", kind=f"k{k}", packs=9) for k in free]

    found, told = (), ""
    try:
        _, found = of_lots(*waiting, *offers)
    except InvalidInput as error:
        told = str(error)

    answered = [each.lot_id for each in found]
    assert answered == [lot.lot_id for lot in waiting] or "circle" in told
