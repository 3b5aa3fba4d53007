"""The leg table: payload over range, runways, tech stops, and durations on the grid."""

import math

import pytest

from tests.builders import a_road, a_site, a_vehicle_class
from u24.domain.offers import Mode
from u24.planning.kernels.world import FAR
from u24.planning.legs import LegTable, distances_km, leg_s, may_use, payload_kg

POINTS = ((2_000, 20_000), (4_000, 10_000), (6_000, 0))
AMS = {"lat_deg": 52.3086, "lon_deg": 4.7639}
ADA = {"lat_deg": 36.9822, "lon_deg": 35.2804}
# Geodesics of the WGS 84 ellipsoid (Vincenty 1975), km; a sphere is within 0.5 % of them.
CITY_PAIRS = [
    (AMS, ADA, 2_924.8),
    ({"lat_deg": 40.6413, "lon_deg": -73.7781}, {"lat_deg": 51.4706, "lon_deg": -0.4619}, 5_554.4),
    (
        {"lat_deg": 35.7647, "lon_deg": 140.3864},
        {"lat_deg": 37.6189, "lon_deg": -122.3750},
        8_246.2,
    ),
    ({"lat_deg": 0.0, "lon_deg": 179.5}, {"lat_deg": 0.0, "lon_deg": -179.5}, 111.195),
    ({"lat_deg": 90.0, "lon_deg": 0.0}, {"lat_deg": -90.0, "lon_deg": 0.0}, 20_015.1),
]


def on_the_equator(site_id, km, **values):
    """A site on the equator, ``km`` east of the prime meridian."""
    lon_deg = math.degrees(km / 6371.0088)
    return a_site(site_id, **{"lat_deg": 0.0, "lon_deg": lon_deg, **values})


def a_far_flyer(**values):
    return a_vehicle_class("far", **{"payload_points": POINTS, "block_speed_kmh": 500, **values})


@pytest.mark.parametrize(("a", "b", "km"), CITY_PAIRS)
def test_distances_agree_with_geodesics_to_half_a_percent(a, b, km):
    sites = (a_site("a", **a), a_site("b", **b))

    table = distances_km(sites)

    assert table[0, 1] == pytest.approx(km, rel=0.005)
    assert table[1, 0] == pytest.approx(table[0, 1])
    assert table[0, 0] == 0


@pytest.mark.parametrize(
    ("km", "kg"),
    [
        (0, 20_000),
        (2_000, 20_000),
        (3_000, 15_000),
        (3_000.1, 14_999),  # 14 999.5 rounds down
        (4_000, 10_000),
        (5_000, 5_000),
        (6_000, 0),
        (6_000.1, 0),
        (20_000, 0),
    ],
)
def test_payload_falls_in_straight_lines_between_points_and_rounds_down(km, kg):
    flyer = a_far_flyer()

    payload = payload_kg(flyer, km)

    assert payload == kg


@pytest.mark.parametrize(
    ("km", "seconds"),
    [(0, 0), (500, 3_600), (1_000, 7_200), (500.01, 3_601), (0.001, 1)],
)
def test_a_leg_takes_its_distance_at_block_speed_rounded_up(km, seconds):
    flyer = a_far_flyer()

    assert leg_s(flyer, km) == seconds


def test_taxi_and_climb_are_added_to_every_leg_but_none():
    flyer = a_far_flyer(leg_fixed_s=900)

    assert leg_s(flyer, 500) == 4_500
    assert leg_s(flyer, 0) == 0


@pytest.mark.parametrize(
    ("site", "flyer", "may"),
    [
        ({"runway_m": 1_000}, {}, True),
        ({"runway_m": 999}, {}, False),
        ({"runway_m": None}, {"min_runway_m": 0}, False),
        ({"paved": False}, {}, False),
        ({"paved": False}, {"unpaved_ok": True}, True),
    ],
)
def test_runway_length_and_surface_decide_where_an_aircraft_lands(site, flyer, may):
    assert may_use(a_far_flyer(**flyer), a_site(**site)) is may


def a_table(*sites, roads=(), tick_s=900):
    return LegTable(tuple(sites), tuple(roads), tick_s)


def test_a_direct_leg_rounds_up_to_whole_ticks():
    table = a_table(on_the_equator("a", 0), on_the_equator("b", 1_001))

    ways = table.lanes(a_far_flyer(), "a", "b")

    assert ways == [(9, 20_000, -1, 0, 0)]  # 7 208 s, 8 ticks are 7 200 s


def test_a_tech_stop_that_carries_a_quarter_more_comes_before_the_direct_leg():
    # given: direct over 5 000 km carries 5 t; by way of the middle twice 2 500 km, 17.5 t
    table = a_table(
        on_the_equator("a", 0),
        on_the_equator("mid", 2_500, tech_stop=True),
        on_the_equator("b", 5_000),
    )

    ways = table.lanes(a_far_flyer(), "a", "b")

    # then: 5 h up to the middle, 1 h on the ground, 5 h on
    assert ways == [(44, 17_500, 1, 20, 4), (40, 5_000, -1, 0, 0)]


def test_a_tech_stop_that_gains_little_comes_after_the_direct_leg():
    # given: direct over 2 600 km carries 17 t, more than three quarters of the most
    table = a_table(
        on_the_equator("a", 0),
        on_the_equator("mid", 1_300, tech_stop=True),
        on_the_equator("b", 2_600),
    )

    ways = table.lanes(a_far_flyer(), "a", "b")

    assert [(kg, stop) for _, kg, stop, _, _ in ways] == [(17_000, -1), (20_000, 1)]


def test_beyond_its_range_an_aircraft_needs_a_tech_stop():
    sites = [on_the_equator("a", 0), on_the_equator("mid", 4_000), on_the_equator("b", 8_000)]

    without = a_table(*sites).lanes(a_far_flyer(), "a", "b")
    sites[1] = on_the_equator("mid", 4_000, tech_stop=True)
    with_stop = a_table(*sites).lanes(a_far_flyer(), "a", "b")

    assert without == []
    assert [(kg, stop) for _, kg, stop, _, _ in with_stop] == [(10_000, 1)]


def test_the_payload_over_a_tech_stop_is_that_of_its_longer_leg():
    table = a_table(
        on_the_equator("a", 0),
        on_the_equator("mid", 3_000, tech_stop=True),
        on_the_equator("b", 7_000),
    )

    ways = table.lanes(a_far_flyer(), "a", "b")

    assert [kg for _, kg, *_ in ways] == [10_000]


def test_no_stop_is_made_on_a_runway_too_short():
    table = a_table(
        on_the_equator("a", 0),
        on_the_equator("mid", 2_500, tech_stop=True, runway_m=900),
        on_the_equator("b", 5_000),
    )

    ways = table.lanes(a_far_flyer(), "a", "b")

    assert [stop for _, _, stop, _, _ in ways] == [-1]


def test_a_lorry_goes_by_the_roads_alone_and_rounds_up():
    lorry = a_vehicle_class("lorry", mode=Mode.ROAD, payload_points=((100_000, 20_000),))
    sites = (on_the_equator("a", 0), on_the_equator("b", 100))
    table = a_table(*sites, roads=(a_road(from_site="a", to_site="b", duration_s=901),))

    assert table.lanes(lorry, "a", "b") == [(2, 20_000, -1, 0, 0)]
    assert table.lanes(lorry, "b", "a") == []
    assert table.move_table(lorry, ("a", "b"), ("a", "b")).tolist() == [[0, 2], [FAR, 0]]


@pytest.mark.parametrize("fixed_s", [0, 900])
def test_empty_moves_take_as_long_as_direct_lanes(fixed_s):
    flyer = a_far_flyer(leg_fixed_s=fixed_s)
    sites = [on_the_equator(f"s{km}", km) for km in (0, 1, 450, 500.01, 2_000, 3_333, 5_900)]
    sites += [on_the_equator("short", 700, runway_m=500), on_the_equator("far", 6_600)]
    names = tuple(site.site_id for site in sites)
    table = a_table(*sites)

    moves = table.move_table(flyer, names, names)

    for i, a in enumerate(names):
        for j, b in enumerate(names):
            ways = table.lanes(flyer, a, b)
            if ways:
                assert moves[i, j] == ways[0][0], (a, b)
            elif a != b:
                assert moves[i, j] == FAR, (a, b)


def test_an_aircraft_that_stands_where_it_may_not_land_does_not_move():
    flyer = a_far_flyer()
    table = a_table(on_the_equator("short", 0, runway_m=500), on_the_equator("b", 1_000))

    moves = table.move_table(flyer, ("short", "b"), ("short", "b"))

    assert moves.tolist() == [[FAR, FAR], [FAR, 0]]
