"""Countries, cities, borders and distance."""

import json
from math import atan2, cos, pi, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from u24.errors import InvalidInput
from u24.reference.borders import list_disputed_areas, list_polygons, polygons_within
from u24.reference.cities import cities_near, get_cities
from u24.reference.countries import find_country, get_country, list_countries
from u24.reference.distance import EARTH_RADIUS_KM, great_circle_km
from u24.reference.tables import SHIPPED

LAT = st.floats(-90, 90)
LON = st.floats(-180, 180)


def outlines_at(lat, lon, tables=SHIPPED):
    """Codes of the outlines that hold a point, by counting crossings (an oracle of its own)."""
    found = []
    for polygon in polygons_within(lon, lat, lon, lat, tables):
        crossings = 0
        for ring in polygon.rings:
            (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
            crosses = (y0 > lat) != (y1 > lat)
            at = x0[crosses] + (lat - y0[crosses]) / (y1 - y0)[crosses] * (x1 - x0)[crosses]
            crossings += int((at > lon).sum())
        if crossings % 2:
            found.append(polygon.iso3)
    return found


def test_a_country_is_found_by_either_code_in_any_case():
    kosovo = get_country("XKX")

    assert find_country("xk") == kosovo
    assert (get_country("TUR").iso2, get_country("TUR").name) == ("TR", "Türkiye")
    assert get_country("na").iso3 == "NAM"
    assert find_country("ZZZ") is None


def test_an_unknown_country_is_refused_with_near_matches():
    with pytest.raises(InvalidInput, match=r"country is 'TUK'.*near matches: .*TUR"):
        get_country("TUK")


def test_a_population_without_a_year_says_so():
    assert len(list_countries()) == 250
    assert get_country("TUR").population > 80_000_000
    assert get_country("TUR").population_year is None


def test_the_share_of_a_country_in_its_cities_is_the_sum_over_the_people():
    country, cities = get_country("NPL"), get_cities()

    in_cities = int(cities.population[cities.iso3 == "NPL"].sum())

    assert country.city_share == pytest.approx(in_cities / country.population, abs=0.0006)


def test_cities_near_a_place_come_nearest_first_and_cannot_be_written():
    near = cities_near(36.2, 36.16, 30)

    assert near.names[0] == "Antakya"
    assert set(near.iso3) <= {"TUR", "SYR"}
    with pytest.raises(ValueError, match="read-only"):
        get_cities().population[0] = 0


@pytest.mark.parametrize(
    ("lat", "lon", "iso3"),
    [
        (45.2, 34.2, "UKR"),  # Crimea
        (39.9, 32.8, "TUR"),
        (24.5, -13.5, "ESH"),
        (42.6, 20.9, "XKX"),
        (-29.6, 28.2, "LSO"),  # a hole in South Africa
        (67.0, 179.0, "RUS"),  # Chukotka, on both sides of the 180th meridian
        (66.5, -172.0, "RUS"),
        (-85.0, 100.0, "ATA"),
    ],
)
def test_a_point_lies_in_one_outline(lat, lon, iso3):
    assert outlines_at(lat, lon) == [iso3]


@pytest.mark.parametrize("area", list_disputed_areas(), ids=lambda area: area.name)
def test_a_disputed_area_says_how_the_shipped_borders_draw_it(area):
    codes = {polygon.iso3 for polygon in list_polygons()}

    words = area.drawn.split()

    assert area.drawn == "not drawn" or (set(words) & codes)
    assert area.code is None or area.code in words


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Crimea and Sevastopol", 44.65, 33.6),
        ("Golan Heights", 33.0, 35.78),
        ("Abyei", 9.6, 28.4),
        ("Aksai Chin", 35.1, 79.3),
        ("Arunachal Pradesh", 27.6, 93.8),
        ("East Jerusalem", 31.79, 35.25),
        ("Halaib Triangle", 22.2, 36.3),
        ("Northern Cyprus", 35.3, 33.4),
        ("Kuril Islands, southern", 45.0, 147.9),
        ("Essequibo", 5.8, -59.5),
    ],
)
def test_a_disputed_area_is_drawn_as_the_table_says(name, lat, lon):
    (area,) = [each for each in list_disputed_areas() if each.name == name]

    assert outlines_at(lat, lon)[0] in area.drawn.split()


def test_rings_are_closed_and_on_the_globe():
    for polygon in list_polygons():
        for ring in polygon.rings:
            assert ring.shape[1] == 2
            assert (ring[0] == ring[-1]).all(), polygon.iso3
            assert np.abs(ring).max(axis=0).tolist() <= [180, 90]
            assert np.abs(np.diff(ring[:, 0])).max() < 100 or polygon.iso3 == "ATA", polygon.iso3


def test_a_box_across_the_180th_meridian_finds_both_sides():
    found = list(polygons_within(176, -20, -178, -15))

    assert {polygon.iso3 for polygon in found} == {"FJI"}
    assert {polygon.west > 0 for polygon in found} == {True, False}
    with pytest.raises(InvalidInput, match="south 5 over north 1"):
        list(polygons_within(0, 5, 1, 1))


def test_own_borders_are_geojson_with_iso3(tmp_path):
    ring = [[0, 0], [2, 0], [2, 2], [0, 0]]
    feature = {
        "properties": {"iso3": "AAA"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    mine = SHIPPED.with_override("borders", path)

    assert outlines_at(0.5, 1.5, mine) == ["AAA"]


def test_own_borders_off_the_globe_are_refused(tmp_path):
    ring = [[0, 0], [2, 0], [2, 92], [0, 0]]
    feature = {
        "properties": {"iso3": "AAA"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "mine.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    with pytest.raises(InvalidInput, match="AAA lies off the globe"):
        list_polygons(SHIPPED.with_override("borders", path))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"type": "FeatureCollection", "features": [{"properties": {}}]}']
)
def test_borders_that_are_not_borders_are_refused_with_what_to_give(tmp_path, text):
    path = tmp_path / "mine.geojson"
    path.write_text(text)
    mine = SHIPPED.with_override("borders", path)

    with pytest.raises(InvalidInput, match=r"borders: .*mine.geojson: .*; give a GeoJSON"):
        list_polygons(mine)


@given(lat_a=LAT, lon_a=LON, lat_b=LAT, lon_b=LON)
def test_distance_is_the_angle_between_two_vectors(lat_a, lon_a, lat_b, lon_b):
    def vector(lat, lon):
        phi, lam = radians(lat), radians(lon)
        return np.array([cos(phi) * cos(lam), cos(phi) * sin(lam), sin(phi)])

    a, b = vector(lat_a, lon_a), vector(lat_b, lon_b)
    angle = atan2(float(np.linalg.norm(np.cross(a, b))), float(a @ b))

    assert great_circle_km(lat_a, lon_a, lat_b, lon_b) == pytest.approx(
        EARTH_RADIUS_KM * angle, abs=0.2
    )


def test_distance_on_arrays_is_that_of_each_pair():
    lat, lon = np.array([0.0, 0.0, 90.0]), np.array([1.0, 180.0, 55.0])

    away_km = great_circle_km(0.0, 0.0, lat, lon)

    assert away_km == pytest.approx([111.195, pi * EARTH_RADIUS_KM, 10007.557], abs=0.001)
    assert isinstance(great_circle_km(0, 0, 0, 1), float)
