"""Cities of 15,000 people or more, as arrays. Their sum is a part of a country's people only."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from u24.reference.distance import great_circle_km
from u24.reference.tables import SHIPPED, Tables, read_cells

TABLE = "cities"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cities:
    """Cities; every array has the shape (cities,) and cannot be written.

    ``lat`` and ``lon`` are degrees, north and east positive; ``population`` is people.
    """

    names: NDArray[np.str_]
    iso3: NDArray[np.str_]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    population: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.names)

    def chosen(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "Cities":
        """Only the cities of a mask or of row numbers, in their order."""
        return Cities(
            names=self.names[which],
            iso3=self.iso3[which],
            lat=self.lat[which],
            lon=self.lon[which],
            population=self.population[which],
        )


@lru_cache(maxsize=8)
def get_cities(tables: Tables = SHIPPED) -> Cities:
    """All cities, by country, then the largest first."""
    names, iso3, lat, lon, population = zip(*read_cells(TABLE, tables), strict=True)
    cities = Cities(
        names=np.array(names),
        iso3=np.array(iso3),
        lat=np.array(lat, dtype=np.float64),
        lon=np.array(lon, dtype=np.float64),
        population=np.array(population, dtype=np.int64),
    )
    for array in (cities.names, cities.iso3, cities.lat, cities.lon, cities.population):
        array.flags.writeable = False
    return cities


def cities_near(lat: float, lon: float, within_km: float, tables: Tables = SHIPPED) -> Cities:
    """Cities within ``within_km`` of a place, nearest first."""
    cities = get_cities(tables)
    away_km = great_circle_km(lat, lon, cities.lat, cities.lon)
    near = np.flatnonzero(away_km <= within_km)
    return cities.chosen(near[np.argsort(away_km[near], kind="stable")])
