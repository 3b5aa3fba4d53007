"""Country outlines for the map, from the reference tables."""

from functools import lru_cache

from u24.reference.borders import list_polygons
from u24.reference.tables import SHIPPED, Tables
from u24.report.projection import Land, land_from


@lru_cache(maxsize=4)
def land_of(tables: Tables = SHIPPED) -> Land:
    """Every ring of every country, holes too, in order of country code."""
    return land_from([ring for polygon in list_polygons(tables) for ring in polygon.rings])
