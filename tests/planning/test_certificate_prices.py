"""Prices are held to the case before anything is computed from them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tests.planning.test_bound_oracle import a_tiny_world
from tests.planning.worlds import Size, a_world
from u24.domain.certificate import Certificate, Price, PriceKind
from u24.errors import InvalidInput
from u24.planning import Limits, plan_problem
from u24.planning.certificate.book import Book
from u24.planning.certificate.recompute import recompute_bound
from u24.planning.certificate.tables import Tables, slots_at

H = 3600
PROBLEM = a_tiny_world(1)


def a_price(kind=PriceKind.LOT, of_id="lot0", from_s=None, price_share=0.01):
    return Price(kind=kind, of_id=of_id, from_s=from_s, price_share=price_share)


def refusal_of(*prices):
    with pytest.raises(InvalidInput) as refused:
        recompute_bound(PROBLEM, Certificate(prices=prices))
    return str(refused.value)


@pytest.mark.parametrize("share", [-1e-12, float("nan"), float("inf")])
def test_a_price_below_0_or_without_end_is_none(share):
    with pytest.raises(InvalidInput, match=r"price of lot lot0 is .*; it must be 0 or more"):
        a_price(price_share=share)


@pytest.mark.parametrize(
    ("kind", "from_s"), [("lot", None), ("need_rest", None), ("slot", 0), ("lorry", 0)]
)
def test_a_price_of_another_case_is_refused(kind, from_s):
    price = a_price(PriceKind(kind), "elsewhere", from_s)

    assert refusal_of(price) == f"price of {kind} elsewhere: the case has none of that name"


def test_a_price_that_stands_there_twice_is_refused():
    assert refusal_of(a_price(), a_price()) == (
        "price of lot lot0 stands there twice; give it once"
    )


def test_a_price_above_all_needs_together_is_refused():
    assert refusal_of(a_price(price_share=1.5)) == (
        "price of lot lot0 is 1.5; all needs together are worth 1"
    )


@pytest.mark.parametrize("from_s", [None, -H, 17, 25 * H])
def test_a_slot_has_a_price_at_a_step_of_the_grid(from_s):
    assert refusal_of(a_price(PriceKind.SLOT, "ADA", from_s)) == (
        f"price of slot ADA begins at {from_s} s; give a multiple of {H}, 0 .. {24 * H}"
    )


def test_a_lot_has_a_price_without_a_time():
    assert "has a time" in refusal_of(a_price(from_s=0))


def test_what_all_there_is_costs_is_summed_up_exactly():
    # given
    need, lot = PROBLEM.needs[0], PROBLEM.lots[0]
    ada = next(site for site in PROBLEM.sites if site.site_id == "ADA")
    tables = Tables(PROBLEM)
    shut = next(t for t in range(24) if slots_at(ada, t, H) == 0)
    clear = next(t for t in range(24) if slots_at(ada, t, H))

    # when
    book = Book(
        tables,
        (
            a_price(PriceKind.NEED_FIRST, need.need_id, None, 0.1),
            a_price(PriceKind.LOT, lot.lot_id, None, 0.2),
            a_price(PriceKind.SLOT, "ADA", shut * H, 0.3),
            a_price(PriceKind.SLOT, "ADA", clear * H, 0.4),
            a_price(PriceKind.LORRY, "ADA", 0, 0.5),
        ),
    )

    # then
    assert book.supply == (
        Fraction(0.1) * int(tables.units[0, 0])
        + Fraction(0.2) * lot.packs
        + Fraction(0.4) * slots_at(ada, clear, H)
        + Fraction(0.5) * ada.lorries
    )


@pytest.mark.parametrize("seed", range(6))
def test_without_vehicles_nothing_is_possible(seed):
    problem = replace(a_tiny_world(seed), vehicles=(), vehicle_limits=())

    assert recompute_bound(problem, Certificate(prices=())) == 0.0


def test_a_bound_is_never_more_than_all_needs():
    problem = a_world(3)
    dear = tuple(a_price(PriceKind.NEED_FIRST, n.need_id, None, 0.5) for n in problem.needs)

    assert recompute_bound(problem, Certificate(prices=dear)) == 1.0


def test_the_published_prices_are_above_0_and_in_a_fixed_order():
    problem = a_world(3, Size(needs=5, lots=8, vehicles=4))
    limits = Limits(seconds=None, work=400)

    first, second = (
        plan_problem(problem, limits, stopwatch=lambda: 0.0).certificate for _ in range(2)
    )

    assert first == second
    assert first.prices
    assert all(price.price_share > 0 for price in first.prices)
    kinds = [list(PriceKind).index(price.kind) for price in first.prices]
    assert kinds == sorted(kinds)
