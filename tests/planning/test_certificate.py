"""The bound computed anew from published prices: never too low, and what was claimed."""

import ast
import itertools
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import u24.planning.certificate as room
from tests.planning.brute_force import the_optimum
from tests.planning.test_bound_oracle import a_tiny_world
from tests.planning.test_bound_prices import a_found_plan, bound_at
from tests.planning.worlds import Size, a_world
from u24.domain.certificate import Certificate, Price, PriceKind
from u24.planning import Limits, met_shares, plan_problem
from u24.planning.certificate.book import Book
from u24.planning.certificate.loads import Loads
from u24.planning.certificate.recompute import recompute_bound
from u24.planning.certificate.routes import Trade
from u24.planning.certificate.tables import Tables
from u24.planning.ladder import climb
from u24.planning.published import certificate_of

ROUNDING = 1e-9
SEEDS = range(16)


@cache
def a_planned_world(seed):
    """A tiny problem, its plan, and the true optimum."""
    problem = a_tiny_world(seed)
    made = plan_problem(problem, Limits(seconds=None, work=200), stopwatch=lambda: 0.0)
    return problem, made, the_optimum(problem)


def some_prices(problem, seed, scale):
    """Any prices of about that size for a part of all that has one."""
    rng = np.random.default_rng(seed)
    drops = [site.site_id for site in problem.sites if site.entry]
    times = range(0, 20 * problem.tick_s, problem.tick_s)
    rows = [
        *((kind, n.need_id, None) for n in problem.needs for kind in ("need_first", "need_rest")),
        *(("lot", lot.lot_id, None) for lot in problem.lots),
        *(("slot", drop, at_s) for drop in drops for at_s in times),
        *(("lorry", drop, at_s) for drop in drops for at_s in times),
    ]
    kept = [row for row in rows if rng.random() < 0.5]
    return Certificate(
        prices=tuple(
            Price(kind=PriceKind(kind), of_id=of_id, from_s=at_s, price_share=float(price))
            for (kind, of_id, at_s), price in zip(kept, rng.random(len(kept)) * scale, strict=True)
        )
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_bound_is_as_claimed_and_not_below_the_optimum(seed):
    problem, made, best = a_planned_world(seed)

    bound = recompute_bound(problem, made.certificate)

    assert best - ROUNDING <= bound <= made.score.bound_share + ROUNDING


@pytest.mark.parametrize("scale", [0.0, 0.003, 0.05, 1.0])
@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_the_prices_the_bound_is_not_below_the_optimum(seed, scale):
    problem, _, best = a_planned_world(seed)

    bound = recompute_bound(problem, some_prices(problem, seed, scale))

    assert bound >= best - ROUNDING


@pytest.mark.parametrize("seed", range(8))
def test_at_any_prices_it_lies_between_a_plan_and_the_bound_of_the_planner(seed):
    # given: prices about those of the shared stock, where the bound is tight
    problem = a_world(seed, Size(needs=5, lots=8, vehicles=4))
    grid, plan = a_found_plan(problem)
    ladder = climb(grid)
    rng = np.random.default_rng(seed)
    need = ladder.need_price * rng.uniform(0.8, 1, ladder.need_price.shape)
    lot = ladder.lot_price * rng.uniform(0.8, 1, len(problem.lots))
    slot = rng.uniform(0, 2e-5, (len(grid.sites), 97)) * (rng.random((len(grid.sites), 97)) < 0.2)
    lorry = rng.uniform(0, 2e-5, grid.lorries.shape)

    # when
    bound = recompute_bound(problem, certificate_of(grid, (need, lot, slot, lorry)))

    # then
    most = min(1.0, bound_at(grid, need, lot, slot, lorry))
    assert met_shares(problem, plan)[0] - ROUNDING <= bound <= most + ROUNDING


def the_best_load(loads, cargo, start):
    """Most that any load in whole packs earns, by trying every one."""
    choices = [
        range(int(packs) + 1) if is_open else (0,)
        for packs, is_open in zip(cargo.packs, cargo.uses.open[start], strict=True)
    ]
    every = [load for load in itertools.product(*choices) if holds(loads, cargo, load)]
    return max(earned_by(loads, cargo, load, start) for load in every)


def holds(loads, cargo, load):
    """Whether these packs are there, and fit by mass, volume and seats."""
    lots, way = loads.tables.problem.lots, cargo.way
    aboard = [(lots[i], x) for x, i in zip(load, cargo.uses.lot, strict=True)]
    taken = dict.fromkeys(cargo.uses.lot, 0)
    for x, i in zip(load, cargo.uses.lot, strict=True):
        taken[i] += x
    return (
        sum(x * lot.pack_payload_g for lot, x in aboard) <= way.payload_kg * 1000
        and sum(x * lot.pack_volume_ml for lot, x in aboard) <= way.of_class.volume_l * 1000
        and sum(x * lot.pack_people for lot, x in aboard) <= way.of_class.seats
        and all(lots[i].packs >= x for i, x in taken.items())
    )


def earned_by(loads, cargo, load, start):
    """Worth of what a load covers, less all its prices."""
    tables, book, uses, drop = loads.tables, loads.book, cargo.uses, cargo.way.drop
    site, done = tables.legs.sites[drop], start + cargo.whole_ticks
    units, paid = {}, 0.0
    for u, x in enumerate(load):
        lot, n, onward = tables.problem.lots[uses.lot[u]], uses.need[u], uses.onward[u]
        units[n] = units.get(n, 0.0) + x * uses.cover[u]
        by_mass = lot.pack_payload_g / 1000 / site.lorry_payload_kg
        by_volume = lot.pack_volume_ml / 1000 / site.lorry_volume_l
        summed = book.lorries(drop)
        hire = (summed[done + 2 * onward] - summed[done]) / 1e15
        paid += x * (book.lot[uses.lot[u]] + max(by_mass, by_volume) * hire)
    return sum(worth_of(tables, book, n, units[n], (drop, done)) for n in units) - paid


def worth_of(tables, book, n, covered, at):
    """Best worth of so many units of a need after the prices of its two parts."""
    drop, done = at
    gain = tables.gain[n, done + tables.onward[(drop, n)]]
    parts = [(tables.values[n, e] * gain - book.need[n, e], tables.units[n, e]) for e in (0, 1)]
    left, earned = covered, 0.0
    for worth, most in sorted(parts, reverse=True):
        used = min(left, most)
        left -= used
        earned += used * max(worth, 0.0)
    return earned


@pytest.mark.parametrize("scale", [0.0, 0.02, 0.2])
@pytest.mark.parametrize("seed", range(0, 48, 3))
def test_no_load_earns_more_than_either_estimate(seed, scale):
    problem = a_tiny_world(seed)
    tables = Tables(problem)
    loads = Loads(tables, Book(tables, some_prices(problem, seed, scale).prices))
    trades = [Trade(tables, loads.book, loads, c, None) for c in problem.classes]
    cargos = [cargo for trade in trades for cargo in trade.cargo if len(cargo.packs) <= 4]

    for cargo in cargos:
        starts = np.arange(0, tables.until - cargo.whole_ticks, 5)
        coarse = loads.coarse(cargo, starts)
        for start, quick in zip(starts, coarse, strict=True):
            best = the_best_load(loads, cargo, int(start))
            assert min(quick, loads.fine(cargo, int(start))) >= min(best, 1.0) - 1e-12


def test_the_certificate_shares_nothing_with_the_planner():
    allowed = ("u24.domain", "u24.clock", "u24.errors", "u24.planning.certificate")
    allowed += ("u24.planning.limits",)  # how progress is told
    outside = []
    for path in Path(room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            own = ("u24", "numba", "highspy")
            outside += [n for n in names if n.startswith(own) and not n.startswith(allowed)]

    assert outside == []
