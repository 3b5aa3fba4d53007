"""Lambert azimuthal equal-area projection, fitted to a panel, and land clipped to it.

Source: Snyder, "Map Projections - A Working Manual", USGS Professional Paper 1395 (1987),
section 24, the sphere, oblique aspect.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]  # shape (n, 2): lon and lat in degrees, or x and y in units

FARTHEST_COS = float(np.cos(np.radians(160)))  # beyond 160 degrees the projection tears:
RIM = float(2 * np.sin(np.radians(80)))  # points there are drawn on the rim at 160 degrees
KM_PER_RAD = 6371.0088
GRID = 2  # land is drawn on a grid of half units
SMALLEST_RING = 2.0  # units; smaller islands would be dots


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """Closed rings on the unit sphere: ``vectors[starts[i]:ends[i]]`` is ring i."""

    vectors: Points  # shape (n, 3)
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A window on the Earth: centre, scale (units per radian) and the panel's size."""

    lon_deg: float
    lat_deg: float
    scale: float
    middle: tuple[float, float]  # projected point in the middle of the panel
    width: int
    height: int

    @property
    def units_per_km(self) -> float:
        """Scale near the centre."""
        return self.scale / KM_PER_RAD

    def place(self, lonlat: Points) -> Points:
        """Panel coordinates, shape (n, 2), y downward."""
        return self.place_vectors(_on_sphere(lonlat))

    def place_vectors(self, vectors: Points) -> Points:
        """The same for unit vectors, shape (n, 3)."""
        flat = _azimuthal(vectors, self.lon_deg, self.lat_deg)
        x = (flat[:, 0] - self.middle[0]) * self.scale + self.width / 2
        y = self.height / 2 - (flat[:, 1] - self.middle[1]) * self.scale
        return np.column_stack([x, y])


def land_from(rings: Sequence[Points]) -> Land:
    """Land from closed rings of (lon, lat) in degrees, each of shape (points, 2)."""
    ends = np.cumsum([len(ring) for ring in rings], dtype=np.int64)
    points = np.concatenate([np.empty((0, 2)), *rings])
    return Land(
        vectors=_on_sphere(points), starts=np.concatenate([[0], ends])[:-1].astype(np.int64),
        ends=ends,
    )  # fmt: skip


def fitted(lonlat: Points, size: tuple[int, int], least_km: float, pad: int = 56) -> View:
    """The view that shows all points, at least ``least_km`` across, ``pad`` units inside."""
    lon, lat = _middle(lonlat)
    flat = _azimuthal(_on_sphere(lonlat), lon, lat)
    low, high = flat.min(axis=0), flat.max(axis=0)
    span = np.maximum(high - low, least_km / KM_PER_RAD)
    width, height = size
    scale = min((width - 2 * pad) / span[0], (height - 2 * pad) / span[1])
    middle = (low + high) / 2
    return View(
        lon_deg=lon, lat_deg=lat, scale=float(scale), middle=(float(middle[0]), float(middle[1])),
        width=width, height=height,
    )  # fmt: skip


def great_circle(a: Points, b: Points, steps: int) -> Points:
    """Points on the shortest way from a to b, shape (steps + 1, 2); a and b are (lon, lat)."""
    ends = _on_sphere(np.array([a, b]))
    angle = float(np.arccos(np.clip(ends[0] @ ends[1], -1, 1)))
    if np.sin(angle) < 1e-9:
        return np.array([a, b])
    t = np.linspace(0, 1, steps + 1)[:, None]
    points = (np.sin((1 - t) * angle) * ends[0] + np.sin(t * angle) * ends[1]) / np.sin(angle)
    return _lonlat(points)


def land_path(land: Land, view: View) -> str:
    """All rings as one SVG path on a grid of 1 / ``GRID`` units, clipped to the panel."""
    if not len(land.starts):
        return ""
    placed = view.place_vectors(land.vectors)
    low, high = (f.reduceat(placed, land.starts) for f in (np.minimum, np.maximum))
    seen = ((high >= 0) & (low <= (view.width, view.height))).all(axis=1)
    seen &= (high - low).max(axis=1) >= SMALLEST_RING
    rings = zip(land.starts[seen].tolist(), land.ends[seen].tolist(), strict=True)
    return "".join(_ring_path(_clipped(placed[start:end], view)) for start, end in rings)


def _azimuthal(vectors: Points, lon0: float, lat0: float) -> Points:
    """Snyder's equations 22-4, 24-2; radius 1."""
    lam, phi = np.radians(lon0), np.radians(lat0)
    east = (-np.sin(lam), np.cos(lam), 0.0)
    north = (-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi))
    up = (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    # einsum, not @: a BLAS that starts threads for three columns is slower.
    turned: Points = np.einsum("ij,kj->ik", vectors, np.array([east, north, up]))
    cos_away = turned[:, 2]
    stretch = np.sqrt(2 / (1 + np.maximum(cos_away, FARTHEST_COS)))
    beyond = cos_away < FARTHEST_COS
    if beyond.any():
        off = np.hypot(turned[beyond, 0], turned[beyond, 1])
        stretch[beyond] = RIM / np.maximum(off, 1e-12)
    flat: Points = turned[:, :2] * stretch[:, None]
    return flat


def _on_sphere(lonlat: Points) -> Points:
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    vectors: Points = np.column_stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]
    )
    return vectors


def _lonlat(points: Points) -> Points:
    lat = np.arctan2(points[:, 2], np.hypot(points[:, 0], points[:, 1]))
    lonlat: Points = np.degrees(np.column_stack([np.arctan2(points[:, 1], points[:, 0]), lat]))
    return lonlat


def _middle(lonlat: Points) -> tuple[float, float]:
    middle = _lonlat(_on_sphere(lonlat).mean(axis=0)[None, :])[0]
    return float(middle[0]), float(middle[1])


def _clipped(ring: Points, view: View) -> Points:
    """Sutherland-Hodgman against the four sides, one unit outside the panel."""
    sides = (
        (0, 1.0, -1.0),
        (0, -1.0, view.width + 1.0),
        (1, 1.0, -1.0),
        (1, -1.0, view.height + 1.0),
    )
    for axis, sign, limit in sides:
        inside_by = ring[:, axis] * sign + (limit if sign < 0 else -limit)
        ring = _cut(ring, inside_by)
        if not len(ring):
            break
    return ring


def _cut(ring: Points, inside_by: NDArray[np.float64]) -> Points:
    """The ring where ``inside_by`` is 0 or more, with new points where it changes sign."""
    inside = inside_by >= 0
    if inside.all():
        return ring
    after, after_by = np.roll(ring, -1, axis=0), np.roll(inside_by, -1)
    crosses = inside != (after_by >= 0)
    gap = np.where(crosses, inside_by - after_by, 1.0)
    at = ring + (after - ring) * (inside_by / gap)[:, None]
    both = np.stack([ring, at], axis=1).reshape(-1, 2)
    kept: Points = both[np.column_stack([inside, crosses]).ravel()]
    return kept


def _ring_path(ring: Points) -> str:
    if len(ring) < 3:
        return ""
    cells = np.rint(ring * GRID).astype(np.int64)
    steps = np.diff(cells, axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) < 2:
        return ""
    moves = " ".join(map(str, steps.ravel().tolist()))
    return f"M{cells[0, 0]} {cells[0, 1]}l{moves}z"
