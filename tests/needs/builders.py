"""Valid things for the tests of this room; a test names only what matters to it."""

from datetime import UTC, datetime

import numpy as np

from u24.domain.case import Case
from u24.domain.events import Shock
from u24.domain.figures import Range
from u24.domain.needs import Need
from u24.domain.places import Place
from u24.needs.exposure import Exposure

AT = datetime(2023, 2, 6, 1, 17, tzinfo=UTC)
# The coarse traces of the East Anatolian and the Cardak-Surgu fault of the case's facts.
EAST_ANATOLIAN = ((36.15, 36.10), (36.60, 36.75), (37.03, 37.25), (37.60, 37.75), (38.50, 38.15))
CARDAK = ((36.40, 37.95), (37.20, 38.02), (38.10, 38.10))


def a_shock(**other):
    values = {
        "at": AT,
        "magnitude": 7.8,
        "depth_km": 10.0,
        "lat_deg": 37.226,
        "lon_deg": 37.014,
        "rupture_lonlat": EAST_ANATOLIAN,
    }
    return Shock(**(values | other))


def second_shock(**other):
    values = {"magnitude": 7.5, "lat_deg": 38.0235, "lon_deg": 37.203, "rupture_lonlat": CARDAK}
    return a_shock(**(values | other))


def a_place(place_id="antakya", lat_deg=36.20, lon_deg=36.16, country="TUR"):
    return Place(
        place_id=place_id, name=place_id, country=country, lat_deg=lat_deg, lon_deg=lon_deg
    )


def a_case(**other):
    values = {
        "case_id": "turkiye",
        "title": "Earthquakes",
        "hazard": "GH0101",
        "t0_at": AT,
        "host": "TUR",
        "shocks": (a_shock(), second_shock()),
        "places": (a_place(), a_place("malatya", 38.35, 38.31)),
    }
    return Case(**(values | other))


def a_need(kind="winter_tent", place_id="antakya", planned_units=100, **other):
    values = {
        "need_id": f"{place_id}-{kind}",
        "amount": Range(low=1, best=planned_units, high=2 * planned_units),
        "due_at": AT,
        "deadline_at": AT,
        "weight": 1.0,
    }
    return Need(kind=kind, place_id=place_id, planned_units=planned_units, **(values | other))


def an_exposure(low=(0, 0, 0, 0, 0), best=(0, 0, 0, 0, 0), high=(0, 0, 0, 0, 0), factor=None):
    return Exposure(
        counts=np.array([low, best, high], dtype=float),
        rural_factor=factor or Range(low=1, best=1, high=1),
    )
