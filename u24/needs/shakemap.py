"""Intensity read off a ShakeMap grid that somebody else has read into memory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u24.errors import InvalidInput
from u24.needs.intensity import Shaking

Floats = NDArray[np.float64]

MAP_SIGMA = 0.5  # assumed where the map comes without its uncertainty, intensity units


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShakeGrid:
    """A regular grid of intensity; ``lon_deg`` and ``lat_deg`` rise.

    ``mmi`` has the shape (latitudes, longitudes).

    Raises
    ------
    InvalidInput
        An axis does not rise, or the shapes do not fit.
    """

    lon_deg: Floats
    lat_deg: Floats
    mmi: Floats
    sigma: float = MAP_SIGMA

    def __post_init__(self) -> None:
        for name in ("lon_deg", "lat_deg"):
            axis = getattr(self, name)
            if len(axis) < 2 or not np.all(np.diff(axis) > 0):
                raise InvalidInput(f"grid: {name} does not rise; give 2 or more rising values")
        if self.mmi.shape != (len(self.lat_deg), len(self.lon_deg)):
            raise InvalidInput(
                f"grid: mmi has the shape {self.mmi.shape}; "
                f"it must be {(len(self.lat_deg), len(self.lon_deg))}"
            )


def shaking_on_grid(grid: ShakeGrid, lat_deg: Floats, lon_deg: Floats) -> Shaking:
    """Intensity at sites, straight lines between the grid's points.

    Outside the grid nothing is known, and nobody is counted. The map holds the differences
    between towns, so that all its error is common to them.
    """
    column, east = _cell(grid.lon_deg, lon_deg)
    row, north = _cell(grid.lat_deg, lat_deg)
    south_side = grid.mmi[row, column] * (1 - east) + grid.mmi[row, column + 1] * east
    north_side = grid.mmi[row + 1, column] * (1 - east) + grid.mmi[row + 1, column + 1] * east
    inside = (east >= 0) & (east <= 1) & (north >= 0) & (north <= 1)
    return Shaking(
        mmi=np.where(inside, south_side * (1 - north) + north_side * north, -np.inf),
        common_sigma=np.full(len(lat_deg), grid.sigma),
        local_sigma=np.zeros(len(lat_deg)),
    )


def _cell(axis: Floats, at: Floats) -> tuple[NDArray[np.intp], Floats]:
    """The cell of each value, and how far along it stands: 0 to 1 inside the axis."""
    index = np.clip(np.searchsorted(axis, at, side="right") - 1, 0, len(axis) - 2)
    return index, (at - axis[index]) / (axis[index + 1] - axis[index])
