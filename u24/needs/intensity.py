"""Shaking intensity at a distance, by Allen, Wald and Worden (2012).

Source
------
T. I. Allen, D. J. Wald and C. B. Worden, "Intensity attenuation for active crustal
regions", Journal of Seismology 16 (2012) 409-433: Modified Mercalli intensity without a
site term. Fitted on magnitude 5.0 to 7.9 within 300 km, shallow crust; beyond that
magnitude the relation is stretched, beyond 300 km nobody is counted.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray

from u24.domain.events import Shock
from u24.reference.distance import EARTH_RADIUS_KM, great_circle_km

Floats = NDArray[np.float64]

LARGEST_DISTANCE_KM = 300.0  # the data of the relation end here
LEAST_DEPTH_KM = 5.0  # assumed: strong slip seldom starts above; a trace lies on the surface
KNOWN_MAGNITUDES = (5.0, 7.9)
ANELASTIC_FROM_KM = 50.0
# Assumed: half of the variance is one error of the whole event, half differs from town to
# town. The split decides how wide a band is; the paper's total sigma stays as it is.
COMMON_VARIANCE_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shaking:
    """Intensity at sites: the median, and the two parts of its error. Shapes (sites,).

    ``mmi`` is minus infinity where the relation or the map says nothing. An error
    of ``common_sigma`` moves all sites together; ``local_sigma`` is a site's own.
    """

    mmi: Floats
    common_sigma: Floats
    local_sigma: Floats


def rupture_intensity(magnitude: float, distance_km: Floats) -> Floats:
    """Median intensity at a distance from the rupture, km. Shape (sites,)."""
    near = 1.0 + 0.813 * exp(magnitude - 5.0)
    return 3.950 + 0.913 * magnitude - 1.107 * np.log(np.hypot(distance_km, near))


def rupture_sigma(distance_km: Floats) -> Floats:
    """Total standard deviation of the rupture form, intensity units. Shape (sites,)."""
    return 0.72 + 0.23 / (1.0 + (distance_km / 44.7) ** 2)


def hypocentral_intensity(magnitude: float, distance_km: Floats) -> Floats:
    """Median intensity at a distance from the hypocentre, km. Shape (sites,)."""
    near = -0.209 + 2.042 * exp(magnitude - 5.0)
    far = 0.078 * np.log(np.maximum(distance_km, ANELASTIC_FROM_KM) / ANELASTIC_FROM_KM)
    return 2.085 + 1.428 * magnitude - 1.402 * np.log(np.hypot(distance_km, near)) + far


def hypocentral_sigma(distance_km: Floats) -> Floats:
    """Total standard deviation of the hypocentral form, intensity units. Shape (sites,)."""
    return 0.82 + 0.37 / (1.0 + (distance_km / 22.9) ** 2)


def trace_distance_km(
    trace_lonlat: tuple[tuple[float, float], ...], lat_deg: Floats, lon_deg: Floats
) -> Floats:
    """Shortest way on the ground from sites to a line of two points or more, km.

    Each site is the origin of its own flat map, which is good to about 1 % within 300 km.
    """
    km_per_degree = np.radians(EARTH_RADIUS_KM)
    east = km_per_degree * np.cos(np.radians(lat_deg))
    points = [
        (((lon - lon_deg + 180) % 360 - 180) * east, (lat - lat_deg) * km_per_degree)
        for lon, lat in trace_lonlat
    ]
    shortest = np.full(np.shape(lat_deg), np.inf)
    for (ax, ay), (bx, by) in pairwise(points):
        dx, dy = bx - ax, by - ay
        length = np.maximum(dx * dx + dy * dy, 1e-12)  # two equal points: any way along is 0
        along = np.clip(-(ax * dx + ay * dy) / length, 0.0, 1.0)
        shortest = np.minimum(shortest, np.hypot(ax + along * dx, ay + along * dy))
    return shortest


def shaking_of(shock: Shock, lat_deg: Floats, lon_deg: Floats) -> Shaking:
    """Intensity of one shock at sites, with its error.

    With a surface trace: the rupture form, the rupture taken as a vertical plane below the
    trace that starts at ``LEAST_DEPTH_KM``. Without: the hypocentral form.
    """
    if len(shock.rupture_lonlat) >= 2:
        ground_km = trace_distance_km(shock.rupture_lonlat, lat_deg, lon_deg)
        distance_km = np.hypot(ground_km, LEAST_DEPTH_KM)
        mmi, sigma = rupture_intensity(shock.magnitude, distance_km), rupture_sigma(distance_km)
    else:
        ground_km = np.asarray(great_circle_km(lat_deg, lon_deg, shock.lat_deg, shock.lon_deg))
        distance_km = np.hypot(ground_km, max(shock.depth_km, LEAST_DEPTH_KM))
        mmi = hypocentral_intensity(shock.magnitude, distance_km)
        sigma = hypocentral_sigma(distance_km)
    return Shaking(
        mmi=np.where(distance_km <= LARGEST_DISTANCE_KM, mmi, -np.inf),
        common_sigma=sigma * sqrt(COMMON_VARIANCE_SHARE),
        local_sigma=sigma * sqrt(1.0 - COMMON_VARIANCE_SHARE),
    )


def strongest(shakings: tuple[Shaking, ...]) -> Shaking:
    """At each site the strongest of several shocks, with that shock's error."""
    mmi = np.stack([shaking.mmi for shaking in shakings])
    pick = (np.argmax(mmi, axis=0), np.arange(mmi.shape[1]))
    return Shaking(
        mmi=mmi[pick],
        common_sigma=np.stack([shaking.common_sigma for shaking in shakings])[pick],
        local_sigma=np.stack([shaking.local_sigma for shaking in shakings])[pick],
    )
