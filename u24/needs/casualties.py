"""From people exposed to deaths, injured, trapped and displaced: always ranges."""

from dataclasses import dataclass
from math import log
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from u24.domain.figures import Range
from u24.needs.exposure import BANDS, Exposure
from u24.needs.rates import (
    DISPLACED_BEST,
    DISPLACED_CLASS_A,
    DISPLACED_CLASS_C,
    INJURED_PER_DEATH,
    INPATIENT_SHARE,
    MODEL_ERROR_FACTOR,
    TECHNICAL_RESCUE_SHARE,
    TRAPPED_PER_DEATH,
    WITHOUT_ROOF_SHARE,
)
from u24.needs.spread import lognormal, product

Floats = NDArray[np.float64]
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What the shaking did to people. Each is a range of people, not of whole numbers."""

    deaths: Range
    injured: Range
    inpatients: Range  # injured who need a bed
    trapped: Range  # under collapsed buildings at first, alive or dead
    awaiting_rescue: Range  # still trapped when trained teams arrive
    displaced: Range
    without_roof: Range  # displaced who find no other roof


def fatality_rates(theta: float, beta: float) -> tuple[float, ...]:
    """Deaths per person exposed at intensity 5 to 9.

    Source
    ------
    Jaiswal, Wald and Hearne, USGS Open-File Report 2009-1136: a lognormal distribution
    function of intensity with median ``theta`` and standard deviation ``beta``.
    """
    return tuple(NORMAL.cdf(log(band / theta) / beta) for band in BANDS)


def expected_deaths(exposed: Floats, theta: float, beta: float) -> Floats:
    """Deaths from people by band. Shape (..., bands) gives (...)."""
    return np.asarray(exposed @ np.asarray(fatality_rates(theta, beta)))


def deaths(exposure: Exposure, theta: float, beta: float, zeta: float) -> Range:
    """Deaths of one country's people.

    Parameters
    ----------
    theta, beta
        The country's fatality model.
    zeta
        Standard deviation of ln(observed / modelled deaths), as PAGER gives it.

    Returns
    -------
    Range
        An 80 % band from three errors taken as independent: of the model (``zeta``,
        widened to what was measured), of the shaking, and of the people outside the
        listed towns.
    """
    return product(exposure.weighted(fatality_rates(theta, beta)), model_error(zeta))


def model_error(zeta: float) -> Range:
    """The 80 % band around 1 of the fatality model's own error."""
    return lognormal(zeta * MODEL_ERROR_FACTOR)


def displaced(exposure: Exposure) -> Range:
    """People who cannot go home, from the damage that EMS-98 describes at each intensity."""
    people = exposure.weighted(DISPLACED_BEST)
    weaker, best, stronger = (
        exposure.weighted(rates).best
        for rates in (DISPLACED_CLASS_C, DISPLACED_BEST, DISPLACED_CLASS_A)
    )
    if best <= 0:
        return people
    return product(people, Range(low=weaker / best, best=1.0, high=stronger / best))


def people_of(exposure: Exposure, theta: float, beta: float, zeta: float) -> People:
    """All figures of one place or of a whole case."""
    dead = deaths(exposure, theta, beta, zeta)
    injured = product(dead, INJURED_PER_DEATH.range)
    trapped = product(dead, TRAPPED_PER_DEATH.range)
    homeless = displaced(exposure)
    return People(
        deaths=dead,
        injured=injured,
        inpatients=product(injured, INPATIENT_SHARE.range),
        trapped=trapped,
        awaiting_rescue=product(trapped, TECHNICAL_RESCUE_SHARE.range),
        displaced=homeless,
        without_roof=product(homeless, WITHOUT_ROOF_SHARE.range),
    )
