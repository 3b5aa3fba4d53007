"""Words refuse bad values: the message names the field, what was found and what is allowed."""

import re
from datetime import datetime, timedelta, timezone
from functools import partial

import pytest

from tests.builders import (
    T0,
    a_case,
    a_consent,
    a_lot,
    a_need,
    a_place,
    a_problem,
    a_road,
    a_shock,
    a_substitute,
    a_vehicle,
    a_vehicle_class,
    at_h,
)
from u24.domain.figures import Range
from u24.domain.needs import MOST_UNITS
from u24.domain.offers import MOST
from u24.domain.problem import Worth
from u24.errors import InvalidInput

NAIVE = datetime(2023, 2, 6, 1, 17)
ANKARA = datetime(2023, 2, 6, 4, 17, tzinfo=timezone(timedelta(hours=3)))
WHOLE_OF_A_LOT = ("packs", "pack_mass_g", "pack_volume_ml", "pack_units")
WHOLE_OF_A_CLASS = ("volume_l", "block_speed_kmh", "load_s", "unload_s", "parking_units")
MOMENTS = (
    (a_case, "t0_at"),
    (a_consent, "from_at"),
    (a_consent, "until_at"),
    (a_lot, "ready_at"),
    (a_lot, "valid_until_at"),
    (a_need, "due_at"),
    (a_need, "deadline_at"),
    (a_problem, "t0_at"),
    (a_shock, "at"),
    (a_vehicle, "available_at"),
    (a_vehicle, "until_at"),
)


def says(text):
    """A pattern that finds exactly this text."""
    return re.escape(text)


@pytest.mark.parametrize(("build", "field"), MOMENTS, ids=lambda x: getattr(x, "__name__", x))
@pytest.mark.parametrize("moment", [NAIVE, ANKARA], ids=["without a zone", "in another zone"])
def test_a_moment_that_is_not_in_utc_is_refused(build, field, moment):
    expected = f"{field} is {moment.isoformat()}; give it in UTC, like 12:00Z"

    with pytest.raises(InvalidInput, match=says(expected)):
        build(**{field: moment})


@pytest.mark.parametrize("field", WHOLE_OF_A_LOT)
@pytest.mark.parametrize("value", [0, MOST + 1, 10**30])
def test_a_lot_has_at_least_one_of_everything_and_no_more_than_there_is(field, value):
    expected = f"lot l7: {field} is {value}; it must be 1 .. {MOST}"
    with pytest.raises(InvalidInput, match=says(expected)):
        a_lot("l7", **{field: value})

    assert getattr(a_lot(**{field: 1}), field) == 1
    assert getattr(a_lot(**{field: MOST}), field) == MOST


@pytest.mark.parametrize("value", [-1, 10_001])
def test_a_lot_may_be_without_people_but_not_with_fewer_nor_a_town(value):
    assert a_lot(pack_people=0).pack_people == 0

    expected = f"lot l7: pack_people is {value}; it must be 0 .. 10000"
    with pytest.raises(InvalidInput, match=says(expected)):
        a_lot("l7", pack_people=value)


@pytest.mark.parametrize("units", [0, MOST_UNITS + 1, 10**30])
def test_a_need_is_of_at_least_one_unit_and_no_more_than_a_planner_counts(units):
    expected = f"need n7: amount is {units}; it must be 1 .. {MOST_UNITS}"
    with pytest.raises(InvalidInput, match=says(expected)):
        a_need("n7", planned_units=units)


@pytest.mark.parametrize("weight", [0.0, -1.0, 1e308, float("inf"), float("nan")])
def test_a_need_weighs_more_than_nothing_and_less_than_everything(weight):
    expected = f"need n7: weight is {weight}; it must be above 0, at most 1e+09"
    with pytest.raises(InvalidInput, match=says(expected)):
        a_need("n7", weight=weight)


def test_a_need_that_ends_before_it_is_due_is_refused():
    expected = f"need n7: deadline {at_h(23).isoformat()} is before due {at_h(24).isoformat()}"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_need("n7", due_at=at_h(24), deadline_at=at_h(23))


def test_a_need_may_end_when_it_is_due():
    need = a_need(due_at=at_h(24), deadline_at=at_h(24))

    assert need.deadline_at == need.due_at


@pytest.mark.parametrize("factor", [0.0, -0.5, 10.1, float("nan")])
def test_a_substitute_counts_for_something_and_at_most_ten(factor):
    expected = f"substitute tarp: factor is {factor}; it must be above 0, at most 10"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_substitute("tarp", factor_share=factor)

    assert a_substitute(factor_share=10).factor_share == 10


@pytest.mark.parametrize("field", WHOLE_OF_A_CLASS)
def test_a_class_has_at_least_one_of_everything(field):
    with pytest.raises(InvalidInput, match=says(f"class an12: {field} is 0; it must be 1 or more")):
        a_vehicle_class("an12", **{field: 0})

    assert getattr(a_vehicle_class(**{field: 1}), field) == 1


def test_a_class_without_a_payload_curve_is_refused():
    with pytest.raises(InvalidInput, match="class an12: payload_points is empty; give one or more"):
        a_vehicle_class("an12", payload_points=())


@pytest.mark.parametrize(
    "points",
    [((2000, 9), (1000, 5)), ((1000, 9), (1000, 5)), ((1000, 5), (2000, 9))],
    ids=["range falls", "range stands", "payload rises"],
)
def test_a_payload_curve_goes_outwards_and_never_up(points):
    expected = f"class an12: payload_points is {points}; range must rise and payload must not"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_vehicle_class("an12", payload_points=points)


def test_a_payload_curve_may_be_flat():
    assert a_vehicle_class(payload_points=((0, 9), (1000, 9))).payload_points[1] == (1000, 9)


@pytest.mark.parametrize("until_h", [5.0, 4.0])
def test_a_vehicle_whose_window_has_no_length_is_refused(until_h):
    expected = (
        f"vehicle v7: until {at_h(until_h).isoformat()} is not after "
        f"available {at_h(5).isoformat()}"
    )

    with pytest.raises(InvalidInput, match=says(expected)):
        a_vehicle("v7", available_h=5, until_h=until_h)


@pytest.mark.parametrize("until_h", [5.0, 4.0])
def test_a_consent_whose_window_has_no_length_is_refused(until_h):
    expected = f"consent: until {at_h(until_h).isoformat()} is not after from {at_h(5).isoformat()}"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_consent(from_h=5, until_h=until_h)


@pytest.mark.parametrize(
    ("lat_deg", "lon_deg"), [(90.1, 0.0), (-90.1, 0.0), (0.0, 180.1), (0.0, -180.1)]
)
@pytest.mark.parametrize(
    ("build", "name"), [(partial(a_place, "p7"), "place p7"), (a_shock, "shock")]
)
def test_a_position_is_on_earth(build, name, lat_deg, lon_deg):
    expected = f"{name} is at lat {lat_deg}, lon {lon_deg}; lat is -90..90, lon is -180..180"

    with pytest.raises(InvalidInput, match=says(expected)):
        build(lat_deg=lat_deg, lon_deg=lon_deg)


@pytest.mark.parametrize("magnitude", [0.0, -1.0, 10.5])
def test_a_magnitude_is_one_that_the_earth_can_have(magnitude):
    expected = f"shock: magnitude is {magnitude}; it must be 0 .. 10.5"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_shock(magnitude=magnitude)


@pytest.mark.parametrize("depth_km", [-0.1, 800.1])
def test_a_focus_is_not_in_the_air_nor_below_the_deepest_known(depth_km):
    expected = f"shock: depth_km is {depth_km}; it must be 0 .. 800"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_shock(depth_km=depth_km)

    assert (a_shock(depth_km=0).depth_km, a_shock(depth_km=800).depth_km) == (0, 800)


def test_a_road_takes_time():
    expected = "road ADA - islahiye: duration_s is 0; it must be 1 or more"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_road(to_site="islahiye", duration_s=0)


@pytest.mark.parametrize("figures", [(2, 1, 3), (1, 3, 2), (-1, 0, 1)])
def test_a_range_is_in_order_and_not_below_nothing(figures):
    low, best, high = figures
    expected = f"range is {low} / {best} / {high}; it must be 0 <= low <= best <= high"

    with pytest.raises(InvalidInput, match=says(expected)):
        Range(low=low, best=best, high=high)


@pytest.mark.parametrize(("amount", "value"), [(0.0, 0.8), (0.8, 0.6), (0.6, 1.1)])
def test_the_first_part_of_a_need_never_counts_less_than_the_rest(amount, value):
    expected = f"worth is {amount} / {value}; it must be 0 < amount share <= value share <= 1"

    with pytest.raises(InvalidInput, match=says(expected)):
        Worth(first_amount_share=amount, first_value_share=value)

    assert Worth(first_amount_share=1.0, first_value_share=1.0).first_value_share == 1.0


@pytest.mark.parametrize("marks_s", [(), (7200, 3600), (3600, 3600)])
def test_marks_rise(marks_s):
    expected = f"marks_s is {marks_s}; give rising seconds after T0"

    with pytest.raises(InvalidInput, match=says(expected)):
        Worth(marks_s=marks_s)


@pytest.mark.parametrize("tick_s", [0, -900, 700])
def test_the_grid_divides_the_horizon(tick_s):
    expected = f"tick_s is {tick_s}; it must be 1 or more and divide 259200"

    with pytest.raises(InvalidInput, match=says(expected)):
        a_problem(tick_s=tick_s)


def test_utc_by_any_name_is_utc():
    moment = T0.astimezone(timezone(timedelta(0), "Z"))

    assert a_case(t0_at=moment).t0_at == T0
