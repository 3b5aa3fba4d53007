"""From a case to the plan problem: closures, roads, classes and what a case leaves open."""

from datetime import timedelta

import pytest

from tests.builders import (
    a_case,
    a_lot,
    a_match,
    a_place,
    a_road,
    a_vehicle,
    an_airport,
    at_h,
)
from u24.desk.answering import Limits, answer_case
from u24.desk.assembly import MARKS_H, assemble
from u24.desk.fleet import class_of
from u24.desk.roads import all_roads
from u24.domain.figures import Basis
from u24.domain.offers import Mode
from u24.errors import InvalidInput
from u24.reference.tables import SHIPPED

H = 3600
MIDNIGHT = at_h(0) - timedelta(hours=1, minutes=17)  # T0 is at 01:17Z
SINCE_MIDNIGHT_S = H + 17 * 60


def assembled(case):
    return assemble(case, case.needs, (a_match(),), SHIPPED)


def the_site(problem, site_id="ADA"):
    return next(site for site in problem.sites if site.site_id == site_id)


def closures(**airport):
    case = a_case(
        horizon_h=airport.pop("horizon_h", 48),
        vehicles=(a_vehicle(class_id="C130H"),),
        airports=(an_airport(**airport),),
    )
    changes = the_site(assembled(case)).slot_changes
    assert {change.slots for change in changes} <= {0}
    return [(change.from_s, change.until_s) for change in changes]


def a_case_of_a_c130(**values):
    return a_case(**{"vehicles": (a_vehicle(class_id="C130H"),), **values})


def test_hours_outside_opening_hours_are_closures():
    # given: open from 03:00Z to 21:00Z, T0 at 01:17Z, 48 h
    shut = closures(open_utc=(180, 1260))

    def z(day, hour):
        return day * 24 * H + hour * H - SINCE_MIDNIGHT_S

    # then: each night in two parts, before and after midnight
    nights = [(0, z(0, 3)), (z(0, 21), z(1, 0)), (z(1, 0), z(1, 3)), (z(1, 21), z(2, 0))]
    assert shut == [*nights, (z(2, 0), 48 * H)]


def test_an_airport_that_is_open_over_midnight_is_closed_by_day():
    shut = closures(open_utc=(1200, 270), horizon_h=24)  # 20:00Z to 04:30Z

    assert shut == [(round(4.5 * H) - SINCE_MIDNIGHT_S, 20 * H - SINCE_MIDNIGHT_S)]


def test_an_airport_that_is_open_all_day_has_no_closures():
    assert closures(open_utc=(0, 1440)) == []
    assert closures() == []


def test_closures_are_cut_to_the_horizon():
    shut = closures(closed_h=((-2.0, 6.0), (30.0, 34.5), (47.0, 90.0), (60.0, 70.0)))

    assert shut == [(0, 6 * H), (30 * H, round(34.5 * H)), (47 * H, 48 * H)]


def test_a_case_may_overrule_the_airports_table_and_the_table_fills_what_it_leaves_open():
    problem = assembled(
        a_case_of_a_c130(airports=(an_airport(runway_m=1_200, paved=False, slots=None),))
    )

    site, home = the_site(problem), the_site(problem, "EIN")

    assert (site.runway_m, site.paved) == (1_200, False)
    assert site.slots in (2, 6, 12)
    assert home.runway_m > 2_500
    assert (home.entry, home.lorries) == (False, 0)


@pytest.mark.parametrize(("horizon_h", "marks"), [(24, [24]), (50, [24, 48]), (96, [24, 48, 72])])
def test_marks_beyond_the_horizon_are_left_out(horizon_h, marks):
    problem = assembled(a_case_of_a_c130(horizon_h=horizon_h))

    assert list(problem.worth.marks_s) == [mark * H for mark in marks]
    assert set(marks) <= set(MARKS_H)


def roads_of(case):
    problem = assembled(case)
    return {(r.from_site, r.to_site): r for r in all_roads(case, problem.sites, problem.vehicles)}


def test_a_road_to_an_airport_where_nothing_stands_is_left_out_and_the_case_still_has_an_answer():
    elsewhere = a_road(from_site="ADA", to_site="LTAF"), a_road(from_site="LTAF", to_site="antakya")
    case = a_case_of_a_c130(roads=(*a_case_of_a_c130().roads, *elsewhere))

    assert ("ADA", "LTAF") not in roads_of(case)
    assert ("LTAF", "antakya") not in roads_of(case)
    assert answer_case(case, limits=Limits(work=1)).violations == ()


def test_roads_are_assumed_only_from_a_site_the_case_gives_no_road_from():
    osmaniye = a_place("osmaniye", lat_deg=37.07, lon_deg=36.25)
    given = a_case_of_a_c130(places=(a_place(), osmaniye))
    silent = a_case_of_a_c130(places=(a_place(), osmaniye), roads=())

    from_given, from_silent = roads_of(given), roads_of(silent)

    assert set(from_given) == {("ADA", "antakya")}
    assert from_given[("ADA", "antakya")].duration_s == 12_600
    assert set(from_silent) == {("ADA", "antakya"), ("ADA", "osmaniye")}
    assert {road.grounds.basis for road in from_silent.values()} == {Basis.ASSUMED}


def test_an_assumed_road_is_1_4_great_circles_at_40_km_an_hour_after_half_an_hour():
    # given: one degree of latitude north of ADA, 111.2 km
    problem = assembled(a_case_of_a_c130())
    ada = the_site(problem)
    north = a_place("north", lat_deg=ada.lat_deg + 1, lon_deg=ada.lon_deg)

    road = roads_of(a_case_of_a_c130(places=(a_place(), north), roads=()))[("ADA", "north")]

    # then: 111.195 x 1.4 / 40 + 0.5 = 4.392 h, up to a quarter of an hour
    assert road.duration_s == 4.5 * H


def test_no_road_is_assumed_over_a_border_or_too_far():
    aleppo = a_place("aleppo", country="SYR", lat_deg=36.2, lon_deg=37.16)
    istanbul = a_place("istanbul", lat_deg=41.0, lon_deg=29.0)

    roads = roads_of(a_case_of_a_c130(places=(a_place(), aleppo, istanbul), roads=()))

    assert set(roads) == {("ADA", "antakya")}


def test_a_depot_in_a_town_is_joined_to_the_airports_of_its_country():
    town = a_place("veldhoven", country="NLD", lat_deg=51.42, lon_deg=5.41)
    case = a_case_of_a_c130(places=(a_place(), town), lots=(a_lot(site_id="veldhoven"),))

    roads = roads_of(case)

    assert ("veldhoven", "EIN") in roads
    assert ("veldhoven", "ADA") not in roads


def test_roads_of_a_case_go_one_way_only():
    case = a_case_of_a_c130(roads=(a_road(), a_road(from_site="antakya", to_site="ADA")))

    assert set(roads_of(case)) == {("ADA", "antakya"), ("antakya", "ADA")}


def test_an_unknown_class_is_refused_by_its_name():
    with pytest.raises(InvalidInput, match="class 'zeppelin' is neither an aircraft nor a lorry"):
        class_of("zeppelin", SHIPPED)

    with pytest.raises(InvalidInput, match="class 'zeppelin'"):
        assembled(a_case(vehicles=(a_vehicle(class_id="zeppelin"),)))


def test_an_aircraft_carries_less_over_longer_legs_and_a_lorry_goes_by_road():
    aircraft, lorry = class_of("C130H", SHIPPED), class_of("semi_136", SHIPPED)

    (_, full_kg), (_, ferry_kg) = aircraft.payload_points
    assert (aircraft.mode, lorry.mode) == (Mode.AIR, Mode.ROAD)
    assert full_kg > 10_000
    assert ferry_kg == 0
    assert lorry.payload_points[0][0] > 20_000


def test_each_class_of_the_vehicles_is_in_the_problem_once():
    vehicles = (
        a_vehicle("a", class_id="C130H"),
        a_vehicle("b", class_id="C130H"),
        a_vehicle("c", class_id="A400M"),
    )

    problem = assembled(a_case(vehicles=vehicles))

    assert [c.class_id for c in problem.classes] == ["A400M", "C130H"]
    assert [limit.vehicle_id for limit in problem.vehicle_limits] == ["a", "b", "c"]
