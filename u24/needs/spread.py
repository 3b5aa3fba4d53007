"""Ranges that are multiplied: independent doubts add up as squares of logarithms.

Every range of this room is meant as a central 80 % band (10 in 100 below, 10 above), as
far as its rates allow; what was measured of that stands in docs/benchmarks-needs.md.
"""

from math import erf, exp, hypot, inf, log, sqrt

import numpy as np
from numpy.typing import NDArray

from u24.domain.figures import Range

_ERF = np.frompyfunc(erf, 1, 1)
Z80 = 1.2816  # standard normal quantile of 0.9: half the width of a central 80 % band


def product(*factors: Range) -> Range:
    """Multiply ranges whose errors are independent.

    The best figures multiply; the distances to low and to high, as logarithms, add up as
    squares. A low of 0 stays 0. A factor whose best is 0 gives best 0, and its high.
    """
    best, high_base = 1.0, 1.0
    below = above = 0.0
    for factor in factors:
        best *= factor.best
        if factor.best > 0:
            high_base *= factor.best
            below = hypot(below, log(factor.best / factor.low) if factor.low > 0 else inf)
            above = hypot(above, log(factor.high / factor.best))
        else:
            high_base *= factor.high
    if best <= 0:
        return Range(low=0.0, best=0.0, high=high_base)
    return Range(
        low=min(best * exp(-below), best), best=best, high=max(high_base * exp(above), best)
    )


def lognormal(sigma: float) -> Range:
    """The 80 % band around 1 of a lognormal factor with this sigma of the logarithm."""
    return Range(low=exp(-Z80 * sigma), best=1.0, high=exp(Z80 * sigma))


def inverse(divisor: Range) -> Range:
    """One over a range whose low is above 0."""
    return Range(low=1 / divisor.high, best=1 / divisor.best, high=1 / divisor.low)


def exactly(value: float) -> Range:
    """A figure without doubt, e.g. a standard that is a choice."""
    return Range(low=value, best=value, high=value)


def normal_cdf(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Chance that a standard normal figure is at most ``x``; any shape."""
    found = np.asarray(_ERF(np.asarray(x) / sqrt(2.0)), np.float64)
    return 0.5 * (1.0 + found)
