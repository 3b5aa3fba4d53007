"""All rules in one pass over a plan."""

from u24.domain.plan import Plan, Violation
from u24.domain.problem import Problem
from u24.planning.checker.book import Book
from u24.planning.checker.cargo import check_consignments, check_loads, check_lorries
from u24.planning.checker.routes import check_routes
from u24.planning.checker.slots import check_slots


def check_plan(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Every broken rule of ``plan``, in a fixed order; empty if it holds.

    Parameters
    ----------
    problem
        The words the plan must answer to.
    plan
        Routes and consignments, seconds after T0.

    Returns
    -------
    tuple of Violation
        Rules: unknown-name, route-shape, not-at-home, before-available, crew-over-time,
        too-fast, range-exceeded, waits-loaded, runway-too-short, site-not-allowed,
        service-too-short, slot-double-booked, airport-closed, lot-used-twice, team-split,
        pack-split, caveat-ignored, before-ready, after-due, broken-chain, overloaded,
        own-cargo-only, lorry-pool-exceeded.
    """
    book = Book(problem, plan)
    found: list[Violation] = list(book.unknown)
    found += check_routes(book)
    found += check_slots(book)
    found += check_consignments(book)
    found += check_loads(book)
    found += check_lorries(book)
    return tuple(found)
