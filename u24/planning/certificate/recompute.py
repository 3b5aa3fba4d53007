"""The bound at given prices, for the whole case."""

import math
from collections import Counter
from fractions import Fraction

from u24.domain.certificate import Certificate
from u24.domain.offers import VehicleClass
from u24.domain.problem import Problem
from u24.planning.certificate.book import WHOLE, Book
from u24.planning.certificate.loads import Loads
from u24.planning.certificate.routes import Trade, Window, window_of
from u24.planning.certificate.tables import Tables
from u24.planning.limits import Progress, no_progress


def recompute_bound(
    problem: Problem, certificate: Certificate, progress: Progress = no_progress
) -> float:
    """What no plan of the grid meets more than by the first mark, 0 .. 1, rounded up.

    Parameters
    ----------
    problem
        The words of the case.
    certificate
        Prices of 0 or more; any prove a bound, good ones a low one.
    progress
        Told how many fleets are priced, of how many.

    Raises
    ------
    InvalidInput
        A price is of what the case does not have, stands there twice, or is above 1.
    """
    if not problem.needs:
        return 0.0
    tables = Tables(problem)
    book = Book(tables, certificate.prices)
    loads = Loads(tables, book)
    bound = book.supply
    done, fleets = 0, _fleets_of(tables)
    for (class_id, member), windows in fleets.items():
        trade = Trade(tables, book, loads, _class_of(problem, class_id), member)
        for window, count in windows.items():
            progress("price", done, sum(len(each) for each in fleets.values()))
            bound += count * Fraction(trade.most_earned(window), WHOLE)
            done += 1
    return _float_above(min(bound, Fraction(1)))


def _fleets_of(tables: Tables) -> dict[tuple[str, str | None], Counter[Window]]:
    """Windows of equal vehicles, counted, by class and by whose cargo alone they carry."""
    limits = {limit.vehicle_id: limit for limit in tables.problem.vehicle_limits}
    fleets: dict[tuple[str, str | None], Counter[Window]] = {}
    for vehicle in tables.problem.vehicles:
        limit = limits.get(vehicle.vehicle_id)
        member = vehicle.member if limit is not None and limit.own_cargo_only else None
        window = window_of(tables, vehicle, limit.closed_sites if limit is not None else ())
        fleets.setdefault((vehicle.class_id, member), Counter())[window] += 1
    return fleets


def _class_of(problem: Problem, class_id: str) -> VehicleClass:
    return next(each for each in problem.classes if each.class_id == class_id)


def _float_above(figure: Fraction) -> float:
    """The least float that is not below the figure."""
    near = float(figure)
    return near if Fraction(near) >= figure else math.nextafter(near, math.inf)
