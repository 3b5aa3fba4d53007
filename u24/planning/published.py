"""The prices behind a bound, with the names of what they are of."""

from collections.abc import Iterator

import numpy as np

from u24.domain.certificate import Certificate, Price, PriceKind
from u24.planning.grid import Grid
from u24.planning.kernels.world import Floats
from u24.planning.programme import Dear


def certificate_of(grid: Grid, prices: Dear) -> Certificate:
    """All prices above 0: needs, lots, slots, lorries, each in the order of the case."""
    need, lot, slot, lorry = prices
    problem = grid.problem
    return Certificate(
        prices=(
            *_plain(PriceKind.NEED_FIRST, [n.need_id for n in problem.needs], need[:, 0]),
            *_plain(PriceKind.NEED_REST, [n.need_id for n in problem.needs], need[:, 1]),
            *_plain(PriceKind.LOT, [lot.lot_id for lot in problem.lots], lot),
            *_timed(PriceKind.SLOT, [s.site_id for s in grid.sites], slot, problem.tick_s),
            *_timed(PriceKind.LORRY, list(grid.drops), lorry, problem.tick_s),
        )
    )


def _plain(kind: PriceKind, names: list[str], figures: Floats) -> Iterator[Price]:
    for i in np.flatnonzero(figures > 0):
        yield Price(kind=kind, of_id=names[i], price_share=float(figures[i]))


def _timed(kind: PriceKind, names: list[str], figures: Floats, tick_s: int) -> Iterator[Price]:
    for i, tick in np.argwhere(figures > 0):
        yield Price(
            kind=kind,
            of_id=names[i],
            from_s=int(tick) * tick_s,
            price_share=float(figures[i, tick]),
        )
