"""Distance on the sphere."""

from typing import overload

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088  # mean radius R1 of the GRS 80 ellipsoid (Moritz 2000)

Degrees = NDArray[np.float64]


@overload
def great_circle_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float: ...
@overload
def great_circle_km(
    lat_a: Degrees | float, lon_a: Degrees | float, lat_b: Degrees, lon_b: Degrees
) -> Degrees: ...
@overload
def great_circle_km(lat_a: Degrees, lon_a: Degrees, lat_b: float, lon_b: float) -> Degrees: ...
def great_circle_km(
    lat_a: Degrees | float, lon_a: Degrees | float, lat_b: Degrees | float, lon_b: Degrees | float
) -> Degrees | float:
    """Length of the great circle from a to b, km; floats, or arrays that broadcast.

    Parameters
    ----------
    lat_a, lon_a, lat_b, lon_b
        Degrees, north and east positive.

    Returns
    -------
    float or array
        Kilometres, 0 to 20,015.1. At most about 0.56 % off the ellipsoid.

    Source
    ------
    Haversine: Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984) 159.
    Radius: Moritz, "Geodetic Reference System 1980", J. Geodesy 74 (2000) 128-133.
    """
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    half_lat = (phi_b - phi_a) / 2
    half_lon = np.radians(np.subtract(lon_b, lon_a)) / 2
    chord = np.sin(half_lat) ** 2 + np.cos(phi_a) * np.cos(phi_b) * np.sin(half_lon) ** 2
    arc = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return float(arc) if np.ndim(arc) == 0 else np.asarray(arc, dtype=np.float64)
