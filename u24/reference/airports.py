"""Airports with a runway of 800 m or more, by ICAO or IATA code, or near a place."""

import difflib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from u24.errors import InvalidInput
from u24.reference.catalogue import get_spec
from u24.reference.columns import Column
from u24.reference.distance import great_circle_km
from u24.reference.tables import SHIPPED, Tables, read_cells

TABLE = "airports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """An airport and its longest open runway.

    ``surface`` is paved, unpaved or unknown; ``size`` is the source's large, medium
    or small; ``closed`` is kept for cases of the past. None means unknown.
    """

    icao: str
    iata: str | None
    name: str
    iso3: str
    lat: float
    lon: float
    elevation_m: int | None
    size: str
    length_m: int
    surface: str
    closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """All rows as text, read when asked for, and row numbers by code."""

    columns: tuple[Column, ...]
    rows: list[list[str]]
    by_icao: dict[str, int]
    by_iata: dict[str, int]

    def airport(self, number: int) -> Airport:
        row = self.rows[number]
        values = {c.name: c.read(cell) for c, cell in zip(self.columns, row, strict=True)}
        return Airport(**values)


@lru_cache(maxsize=8)
def _index(tables: Tables) -> _Index:
    rows = read_cells(TABLE, tables)
    columns = get_spec(TABLE).columns
    names = [column.name for column in columns]
    icao, iata = names.index("icao"), names.index("iata")
    by_iata: dict[str, int] = {}
    for number, row in enumerate(rows):
        if row[iata]:
            by_iata.setdefault(row[iata], number)
    return _Index(
        columns=columns,
        rows=rows,
        by_icao={row[icao]: number for number, row in enumerate(rows)},
        by_iata=by_iata,
    )


@lru_cache(maxsize=8)
def _positions(tables: Tables) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitudes and longitudes of all rows, degrees. Shape (airports,) each."""
    index = _index(tables)
    names = [column.name for column in index.columns]
    lat, lon = names.index("lat"), names.index("lon")
    return (
        np.array([float(row[lat]) for row in index.rows]),
        np.array([float(row[lon]) for row in index.rows]),
    )


def find_airport(code: str, tables: Tables = SHIPPED) -> Airport | None:
    """The airport with this ICAO or IATA code, in any case; None if there is none."""
    index = _index(tables)
    wanted = code.strip().upper()
    number = index.by_icao.get(wanted, index.by_iata.get(wanted))
    return None if number is None else index.airport(number)


def get_airport(code: str, tables: Tables = SHIPPED) -> Airport:
    """The airport with this ICAO or IATA code, in any case.

    Raises
    ------
    InvalidInput
        No such airport; the message names codes that look alike.
    """
    airport = find_airport(code, tables)
    if airport is None:
        index = _index(tables)
        known = [*index.by_icao, *index.by_iata]
        near = difflib.get_close_matches(code.strip().upper(), known, n=4, cutoff=0.6)
        hint = f"near matches: {', '.join(near)}" if near else "no code looks alike"
        raise InvalidInput(
            f"airport is {code!r}; give an ICAO or IATA code of an airport "
            f"with a runway of 800 m or more ({hint})"
        )
    return airport


def airports_near(
    lat: float, lon: float, within_km: float, tables: Tables = SHIPPED
) -> list[tuple[float, Airport]]:
    """Open airports within ``within_km`` of a place, as (km, airport), nearest first.

    Raises
    ------
    InvalidInput
        A position off the globe.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise InvalidInput(f"position is {lat}, {lon}; give -90..90 north and -180..180 east")
    index = _index(tables)
    away_km = great_circle_km(lat, lon, *_positions(tables))
    near = np.flatnonzero(away_km <= within_km)
    ordered = near[np.argsort(away_km[near], kind="stable")]
    found = ((float(away_km[i]), index.airport(int(i))) for i in ordered)
    return [(km, airport) for km, airport in found if not airport.closed]
