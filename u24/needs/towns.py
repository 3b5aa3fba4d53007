"""The towns of one country, and which place of a case each belongs to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u24.domain.places import Place
from u24.reference.cities import get_cities
from u24.reference.countries import get_country
from u24.reference.distance import great_circle_km
from u24.reference.tables import Tables

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Towns:
    """Towns as points with people. Shapes (towns,).

    ``coverage_share`` is what part of the country's people they hold; None is unknown.
    """

    lat_deg: Floats
    lon_deg: Floats
    people: Floats
    coverage_share: float | None


def towns_of(iso3: str, tables: Tables) -> Towns:
    """The listed towns of a country."""
    cities = get_cities(tables)
    mine = cities.chosen(cities.iso3 == iso3)
    return Towns(
        lat_deg=mine.lat,
        lon_deg=mine.lon,
        people=mine.population.astype(np.float64),
        coverage_share=get_country(iso3, tables).city_share or None,
    )


def nearest_place(towns: Towns, places: tuple[Place, ...]) -> NDArray[np.intp]:
    """For each town the number of the nearest of one place or more. Shape (towns,)."""
    away_km = [
        great_circle_km(towns.lat_deg, towns.lon_deg, place.lat_deg, place.lon_deg)
        for place in places
    ]
    return np.asarray(np.argmin(np.stack(away_km), axis=0), dtype=np.intp)
