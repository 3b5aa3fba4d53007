"""Country outlines for drawing maps, and the areas whose drawing is disputed.

A user's own outlines are a GeoJSON FeatureCollection whose features have the property
``iso3`` (and ``name``), or a file of the shipped format (see scripts/reference/borders.py).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from u24.errors import InvalidInput
from u24.reference.lookup import read_keyed
from u24.reference.tables import SHIPPED, Tables, read_bytes

TABLE = "borders"
DISPUTED = "disputed_areas"
Ring = NDArray[np.float64]
GEOJSON_DEPTH = {"Polygon": 1, "MultiPolygon": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """A piece of a country: the outer ring, then holes.

    A ring is closed and has the shape (points, 2): longitude and latitude in degrees.
    ``west``, ``south``, ``east`` and ``north`` bound it.
    """

    iso3: str
    name: str
    rings: tuple[Ring, ...]
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputedArea:
    """An area that more than one claims, and how the shipped borders draw it."""

    name: str
    code: str | None
    claimed_by: tuple[str, ...]
    drawn: str
    notes: str


def list_disputed_areas(tables: Tables = SHIPPED) -> tuple[DisputedArea, ...]:
    """All disputed areas of the table, in order of name."""
    return tuple(read_keyed(DISPUTED, DisputedArea, tables).values())


@lru_cache(maxsize=4)
def list_polygons(tables: Tables = SHIPPED) -> tuple[Polygon, ...]:
    """All polygons, in order of country code.

    Raises
    ------
    InvalidInput
        The user's file is neither GeoJSON polygons with ``iso3`` nor the shipped format.
    """
    (file,) = tables.list_files(TABLE)
    try:
        data = json.loads(read_bytes(file))
        is_geojson = data.get("type") == "FeatureCollection"
        found = list(_from_geojson(data) if is_geojson else _from_shipped(data))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidInput(
            f"table {TABLE}: {file.file}: {error!r}; give a GeoJSON FeatureCollection of "
            f"polygons with the property iso3"
        ) from error
    return tuple(sorted(found, key=lambda polygon: polygon.iso3))


def polygons_within(
    west: float, south: float, east: float, north: float, tables: Tables = SHIPPED
) -> Iterator[Polygon]:
    """Polygons that touch a box, whole (clip them when drawing), in order of country code.

    Parameters
    ----------
    west, south, east, north
        Degrees. ``west`` over ``east`` means a box across the 180th meridian.

    Raises
    ------
    InvalidInput
        South over north.
    """
    if south > north:
        raise InvalidInput(f"box has south {south} over north {north}; give south first")
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    for polygon in list_polygons(tables):
        beside = all(polygon.west > right or polygon.east < left for left, right in spans)
        if not beside and polygon.south <= north and polygon.north >= south:
            yield polygon


def _from_shipped(data: dict[str, Any]) -> Iterator[Polygon]:
    steps = float(data["steps_per_degree"])
    for country in data["countries"]:
        for rings in country["polygons"]:
            points = (
                np.array(ring, dtype=np.int64).reshape(-1, 2).cumsum(axis=0) for ring in rings
            )
            yield _polygon(country["iso3"], country["name"], (each / steps for each in points))


def _from_geojson(data: dict[str, Any]) -> Iterator[Polygon]:
    for feature in data["features"]:
        iso3 = feature["properties"]["iso3"]
        geometry = feature["geometry"]
        if geometry["type"] not in GEOJSON_DEPTH:
            raise ValueError(f"{iso3} is a {geometry['type']}")
        pieces = geometry["coordinates"]
        for rings in [pieces] if GEOJSON_DEPTH[geometry["type"]] == 1 else pieces:
            name = feature["properties"].get("name", iso3)
            points = (np.array(ring, dtype=np.float64)[:, :2] for ring in rings)
            yield _polygon(iso3, name, points)


def _polygon(iso3: str, name: str, rings: Iterable[Ring]) -> Polygon:
    closed = tuple(rings)
    west, south = (float(each) for each in closed[0].min(axis=0))
    east, north = (float(each) for each in closed[0].max(axis=0))
    if max(-west, east) > 180 or max(-south, north) > 90:
        raise ValueError(f"{iso3} lies off the globe")
    for ring in closed:
        ring.flags.writeable = False
    return Polygon(
        iso3=iso3, name=name, rings=closed, west=west, south=south, east=east, north=north
    )
