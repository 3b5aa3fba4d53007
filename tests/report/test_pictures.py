import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from tests.report.a_case import H
from tests.report.a_large_answer import a_large_answer
from tests.report.an_answer import an_answer
from u24.domain.plan import Plan
from u24.reference.distance import EARTH_RADIUS_KM, great_circle_km
from u24.report import arrivals_svg, gantt_svg, map_svg
from u24.report.arrivals_curves import people_curves, tonnes_curves, value_at
from u24.report.gantt_lanes import Doing, groups
from u24.report.gantt_picture import gantt_sheets
from u24.report.labels import Tag, tagged
from u24.report.ladder_picture import ladder
from u24.report.map_marks import marks
from u24.report.map_picture import map_pictures
from u24.report.projection import View, fitted, great_circle, land_from, land_path

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [each.text for each in ET.fromstring(svg).iter(f"{SVG}text")]


def a_view(lon: float, lat: float, scale: float = 1.0) -> View:
    return View(lon_deg=lon, lat_deg=lat, scale=scale, middle=(0, 0), width=0, height=0)


@pytest.mark.parametrize("draw", [map_svg, gantt_svg, arrivals_svg])
@pytest.mark.parametrize("answer", [an_answer(), a_large_answer()], ids=["small", "large"])
def test_every_file_is_xml_with_a_title_and_a_description(draw, answer):
    drawn = draw(answer)

    root = ET.fromstring(drawn)
    assert root.find(f"{SVG}title").text
    assert root.find(f"{SVG}desc").text
    assert draw(answer) == drawn


def test_the_map_names_places_with_the_share_met_and_airports_with_their_slots():
    found = texts(map_svg(an_answer()))

    assert "Antakya 26 %" in found
    assert "ADA 6 slots" in found
    assert "HTY closed" in found
    assert "Boundaries and names imply no endorsement." in found


def test_long_routes_get_an_overview_and_the_area_beside_it():
    far = map_pictures(an_answer())
    only_near = replace(an_answer(), planned=replace(an_answer().planned, plan=Plan()))

    assert [picture.key for picture in far] == ["map-overview", "map-area", "map-legend"]
    assert [picture.key for picture in map_pictures(only_near)] == ["map", "map-legend"]


def test_ways_carry_the_whole_load_of_the_plan():
    found = {(way.from_site.site_id, way.to_site.site_id): way for way in marks(an_answer()).ways}

    assert found["OTP", "ADA"].mass_kg == 14_000 + 20 * 600 + 10 * 600
    assert found["OTP", "ADA"].by_air
    assert not found["ADA", "antakya"].by_air
    assert ("ADA", "OTP") not in found


def test_labels_do_not_lie_on_each_other():
    crowd = [
        Tag(x=100 + 9 * i, y=100 + 5 * (i % 3), radius=4, text=f"Place {i}", rank=i)
        for i in range(12)
    ]

    found = tagged(crowd, [], (400, 300))

    root = ET.fromstring(f"<g>{found.drawn}</g>")
    lines = [
        (float(t.get("x")), float(t.get("y")), len(t.text) * 15 * 0.56) for t in root.iter("text")
    ]
    assert len(lines) + found.left_out == 12
    assert len(lines) >= 10
    for i, (x, y, wide) in enumerate(lines):
        for other_x, other_y, other_wide in lines[i + 1 :]:
            apart = x + wide <= other_x or other_x + other_wide <= x
            assert apart or abs(y - other_y) >= 15


def test_the_projection_gives_snyders_example():
    # Snyder 1395, numerical example of section 24, sphere: R 3, centre 40 N 100 W,
    # point 20 S 100 E: x -4.2339303, y 4.0257775.
    x, y = a_view(-100, 40, scale=3).place(np.array([[100.0, -20.0]]))[0]

    assert (x, -y) == pytest.approx((-4.2339303, 4.0257775), abs=1e-6)


def test_a_great_circle_is_as_long_as_the_distance_table_says():
    line = great_circle(np.array([-77.46, 38.94]), np.array([35.28, 36.98]), 50)

    steps = great_circle_km(line[:-1, 1], line[:-1, 0], line[1:, 1], line[1:, 0])
    assert steps.sum() == pytest.approx(great_circle_km(38.94, -77.46, 36.98, 35.28), rel=1e-6)
    assert steps.max() == pytest.approx(steps.min(), rel=1e-6)


def test_a_fitted_view_holds_all_points_and_keeps_its_scale():
    points = np.array([[35.28, 36.98], [37.48, 36.95], [36.16, 36.2]])

    view = fitted(points, (720, 480), least_km=10)

    placed = view.place(points)
    assert (placed >= 55.9).all()
    assert (placed <= [664.1, 424.1]).all()
    units = np.hypot(*(placed[1] - placed[0]))
    km = great_circle_km(36.98, 35.28, 36.95, 37.48)
    assert units / km == pytest.approx(view.units_per_km, rel=1e-3)
    assert view.scale / EARTH_RADIUS_KM == pytest.approx(view.units_per_km)


def test_land_is_clipped_to_the_panel():
    view = fitted(np.array([[30.0, 30.0], [40.0, 40.0]]), (720, 480), least_km=10)
    ring = np.array([[0.0, 0.0], [80.0, 0.0], [80.0, 60.0], [0.0, 60.0], [0.0, 0.0]])

    path = land_path(land_from([ring]), view)

    numbers = np.array([int(n) for n in path.strip("Mz").replace("l", " ").split()]).reshape(-1, 2)
    corners = numbers.cumsum(axis=0) / 2
    assert corners.min() >= -1
    assert (corners.max(axis=0) <= [721, 481]).all()
    assert np.ptp(corners[:, 0]) == 722
    assert np.ptp(corners[:, 1]) == 482


def test_land_that_the_panel_does_not_show_is_not_drawn():
    view = fitted(np.array([[30.0, 30.0], [40.0, 40.0]]), (720, 480), least_km=10)
    ring = np.array([[-80.0, 0.0], [-70.0, 0.0], [-70.0, 10.0], [-80.0, 0.0]])

    assert land_path(land_from([ring]), view) == ""
    assert land_path(land_from([]), view) == ""


def test_an_island_too_small_to_see_is_left_out():
    view = fitted(np.array([[30.0, 30.0], [40.0, 40.0]]), (720, 480), least_km=10)
    speck = np.array([[35.0, 35.0], [35.01, 35.0], [35.01, 35.01], [35.0, 35.0]])

    assert land_path(land_from([speck]), view) == ""
    assert land_path(land_from([35 + (speck - 35) * 100]), view) != ""


def test_every_vehicle_has_its_lane_and_nothing_overlaps_in_a_lane_of_lorries():
    answer = a_large_answer()

    found = groups(answer)

    lanes = [lane.name for group in found for lane in group.lanes]
    assert {route.vehicle_id for route in answer.planned.plan.routes} <= set(lanes)
    for group in found:
        for lane in group.lanes:
            for bar, after in zip(lane.bars, lane.bars[1:], strict=False):
                assert bar.until_s <= after.from_s


def test_a_closed_airport_is_hatched_and_told():
    drawn = gantt_svg(an_answer())

    assert "HTY: closed from T+00:00 to T+72:00" in drawn
    assert "closed" in texts(drawn)
    assert "url(#gantt-closed)" in drawn


def test_a_loaded_flight_and_an_empty_one_are_told_apart():
    drawn = gantt_svg(an_answer())

    assert "rou-c130-1: OTP to ADA, 14 t, T+05:30 to T+07:30" in drawn
    assert "rou-c130-1: ADA to OTP, empty, T+08:30 to T+10:30" in drawn
    bars = [bar for g in groups(an_answer()) for lane in g.lanes for bar in lane.bars]
    assert {bar.doing for bar in bars if "empty" in bar.told} == {Doing.MOVE}
    assert {bar.doing for bar in bars if " 14 t" in bar.told} == {Doing.FLY, Doing.DRIVE}


def test_for_print_the_time_line_is_cut_without_losing_a_lane():
    answer = a_large_answer()

    sheets = gantt_sheets(answer, highest=240)

    assert max(sheet.height for sheet in sheets) <= 240
    shown = " ".join(sheet.body for sheet in sheets)
    bars = [bar for group in groups(answer) for lane in group.lanes for bar in lane.bars]
    assert len(bars) > 1000
    assert {bar.told for bar in bars} <= set(re.findall(r"<title>([^<]*)</title>", shown))


def test_curves_sum_what_the_plan_brings_and_what_really_landed():
    people, mass = people_curves(an_answer()), tonnes_curves(an_answer())

    assert value_at(people.there, 24 * H) == 60 + 60 + 70
    assert value_at(people.there, 72 * H) == 60 + 60 + 60 + 70
    assert value_at(people.historic_least, 24 * H) == 60
    assert value_at(people.historic_most, 24 * H) == 60 + 50
    assert value_at(mass.historic_least, 36 * H) == 30
    assert (people.not_drawn, mass.not_drawn) == (1, 2)


def test_a_historic_row_that_sums_up_others_is_not_counted_again():
    case = an_answer().case
    total = replace(case.history[0], arrival_id="sum", kind="total", people=500)
    answer = replace(an_answer(), case=replace(case, history=(*case.history, total)))

    assert people_curves(answer) == people_curves(an_answer())


def test_the_ladder_adds_up_to_a_hundred():
    steps = ladder(an_answer())

    tenths = [round(float(step.percent.removesuffix(" %")) * 10) for step in steps]
    assert sum(tenths) == 1000
    assert steps[0].percent == "83.2 %"
