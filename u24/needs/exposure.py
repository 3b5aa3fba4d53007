"""How many people felt which intensity, from towns as points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u24.domain.figures import Range
from u24.errors import InvalidInput
from u24.needs.intensity import Shaking
from u24.needs.spread import Z80, exactly, normal_cdf, product

Floats = NDArray[np.float64]

BANDS = (5, 6, 7, 8, 9)  # band I holds I - 0.5 to I + 0.5; 9 holds all above, as in PAGER
SHIFTS = (-Z80, 0.0, Z80)  # low, best, high: the whole event weaker or stronger
UNKNOWN_COVERAGE_SHARE = 0.8  # assumed where the country's share is not known


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exposure:
    """People by intensity band, counted in towns, and what to multiply them by.

    ``counts`` has the shape (low best high, bands) and holds people of the towns alone;
    ``rural_factor`` stands for the people whom the towns do not hold.
    """

    counts: Floats
    rural_factor: Range

    def in_band(self, band: int) -> Range:
        """People at this intensity; a stronger event can leave fewer of them."""
        column = self.counts[:, BANDS.index(band)]
        best = float(column[1])
        return self._scaled(min(float(column.min()), best), best, max(float(column.max()), best))

    def at_least(self, band: int) -> Range:
        """People in this band or a higher one."""
        low, best, high = self.counts[:, BANDS.index(band) :].sum(axis=1)
        return self._scaled(float(low), float(best), float(high))

    def weighted(self, rates: tuple[float, ...]) -> Range:
        """Sum over the bands of people times a rate per person, e.g. deaths."""
        low, best, high = self.counts @ np.asarray(rates)
        return self._scaled(float(low), float(best), float(high))

    def _scaled(self, low: float, best: float, high: float) -> Range:
        shaking = Range(low=min(low, best), best=best, high=max(high, best))
        return product(shaking, self.rural_factor)


def rural_factor(coverage_share: float | None) -> Range:
    """What to multiply town people by, to stand for all people.

    Parameters
    ----------
    coverage_share
        People in the listed towns over people of the country; None is unknown.

    Returns
    -------
    Range
        Best: the others live spread as the towns are. Low: nobody lives outside the
        towns. High: twice as many live outside as the country's figure says.
    """
    if coverage_share is None:
        coverage_share = UNKNOWN_COVERAGE_SHARE
    if coverage_share <= 0:
        raise InvalidInput(f"coverage_share is {coverage_share}; it must be above 0")
    if coverage_share >= 1:
        return exactly(1.0)
    best = 1 / coverage_share
    return Range(low=1.0, best=best, high=2 * best - 1)


def share_at_least(shaking: Shaking, intensity: float, shift: float = 0.0) -> Floats:
    """Chance of each site to have felt ``intensity`` or more.

    ``shift`` moves the whole event by so many of its common standard deviations.
    """
    margin = shaking.mmi + shift * shaking.common_sigma - intensity
    local = shaking.local_sigma
    spread = normal_cdf(margin / np.where(local > 0, local, 1.0))
    return np.asarray(np.where(local > 0, spread, margin >= 0), dtype=np.float64)


def people_at_least(
    shaking: Shaking, people: Floats, intensity: float, scale: Range | None = None
) -> Range:
    """People who felt ``intensity`` or more; any intensity, not only the edge of a band."""
    low, best, high = (
        float(people @ share_at_least(shaking, intensity, shift)) for shift in SHIFTS
    )
    return product(Range(low=low, best=best, high=high), scale or exactly(1.0))


def exposure_by_group(
    shaking: Shaking, people: Floats, group: NDArray[np.intp], groups: int
) -> Floats:
    """People by group, shift and band. Shape (groups, 3, bands).

    ``group`` gives each site's group, 0 .. groups - 1.
    """
    counts = np.zeros((groups, len(SHIFTS), len(BANDS)))
    for number, shift in enumerate(SHIFTS):
        reached = [share_at_least(shaking, band - 0.5, shift) for band in BANDS]
        reached.append(np.zeros_like(people))
        for column in range(len(BANDS)):
            inside = np.maximum(reached[column] - reached[column + 1], 0.0)
            counts[:, number, column] = np.bincount(
                group, weights=people * inside, minlength=groups
            )
    return counts


def exposure_of(shaking: Shaking, people: Floats, coverage_share: float | None) -> Exposure:
    """Exposure of all sites together."""
    one = exposure_by_group(shaking, people, np.zeros(len(people), dtype=np.intp), 1)
    return Exposure(counts=one[0], rural_factor=rural_factor(coverage_share))
