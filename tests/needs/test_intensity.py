"""Intensity at a distance, against figures of others."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.needs.builders import CARDAK, a_shock
from u24.needs import intensity

KM_PER_DEGREE = 111.195

# An independent Matlab implementation of the paper, published with the tests of OpenQuake.
RUPTURE = [
    (5.0, 1.0, 7.7093365),
    (5.0, 50.0, 4.1836633),
    (6.0, 10.0, 6.8247572),
    (7.0, 10.0, 7.5709359),
    (7.0, 300.0, 4.0266109),
]
HYPOCENTRAL = [
    (5.0, 1.0, 8.1928149),
    (6.0, 50.0, 5.1603881),
    (6.0, 100.0, 4.2486195),
    (7.0, 20.0, 7.5721877),
    (7.0, 300.0, 4.2223319),
]


@pytest.mark.parametrize(("magnitude", "km", "mmi"), RUPTURE)
def test_the_rupture_form_agrees_with_an_independent_implementation(magnitude, km, mmi):
    found = intensity.rupture_intensity(magnitude, np.array([km]))

    assert found[0] == pytest.approx(mmi, abs=1e-6)


@pytest.mark.parametrize(("magnitude", "km", "mmi"), HYPOCENTRAL)
def test_the_hypocentral_form_agrees_with_an_independent_implementation(magnitude, km, mmi):
    found = intensity.hypocentral_intensity(magnitude, np.array([km]))

    assert found[0] == pytest.approx(mmi, abs=1e-6)


def test_the_total_sigmas_agree_with_an_independent_implementation():
    km = np.array([1.0, 20.0, 100.0])

    assert intensity.rupture_sigma(km) == pytest.approx([0.9498849, 0.9116361, 0.7583028])
    assert intensity.hypocentral_sigma(km) == pytest.approx([1.1892958, 1.0298979, 0.8384363])


FORMS = (intensity.rupture_intensity, intensity.hypocentral_intensity)


@given(magnitude=st.floats(5, 7.9), km=st.floats(1, 290), further=st.floats(0.1, 10))
def test_intensity_falls_with_distance(magnitude, km, further):
    for form in FORMS:
        near, far = form(magnitude, np.array([km, km + further]))

        assert near > far


@given(magnitude=st.floats(5, 6.9), more=st.floats(0.01, 1), km=st.floats(20, 300))
def test_intensity_rises_with_magnitude_from_twenty_km_on(magnitude, more, km):
    for form in FORMS:
        weaker, stronger = (form(m, np.array([km]))[0] for m in (magnitude, magnitude + more))

        assert stronger > weaker


def test_beside_a_great_rupture_the_published_form_no_longer_rises():
    at_seven, at_eight = (intensity.rupture_intensity(m, np.array([5.0]))[0] for m in (7.0, 7.9))

    assert at_eight == pytest.approx(at_seven, abs=0.15)  # it even falls a little within 1 km


def test_the_way_to_a_trace_is_measured_to_its_nearest_point_not_to_its_corners():
    trace = ((30.0, 0.0), (32.0, 0.0))

    km = intensity.trace_distance_km(trace, np.array([1.0, 0.0]), np.array([31.0, 33.0]))

    assert km == pytest.approx([KM_PER_DEGREE, KM_PER_DEGREE], rel=1e-4)


def test_a_trace_across_the_date_line_is_near_to_both_sides():
    trace = ((179.5, 0.0), (-179.5, 0.0))

    km = intensity.trace_distance_km(trace, np.array([0.5, 0.5]), np.array([179.9, -179.9]))

    assert km == pytest.approx([0.5 * KM_PER_DEGREE] * 2, rel=1e-4)


def test_a_shock_with_a_trace_shakes_a_town_on_the_trace_more_than_its_epicentre_would():
    far_end = np.array([CARDAK[-1][1]]), np.array([CARDAK[-1][0]])

    with_trace = intensity.shaking_of(a_shock(rupture_lonlat=CARDAK), *far_end)
    without = intensity.shaking_of(a_shock(rupture_lonlat=()), *far_end)

    assert with_trace.mmi[0] > without.mmi[0]


def test_without_a_trace_the_depth_counts():
    below = np.array([37.226]), np.array([37.014])

    shallow = intensity.shaking_of(a_shock(rupture_lonlat=(), depth_km=10.0), *below)
    deep = intensity.shaking_of(a_shock(rupture_lonlat=(), depth_km=60.0), *below)

    assert shallow.mmi[0] == pytest.approx(
        intensity.hypocentral_intensity(7.8, np.array([10.0]))[0]
    )
    assert deep.mmi[0] < shallow.mmi[0]


def test_beyond_the_distance_of_the_data_nothing_is_said():
    shaking = intensity.shaking_of(a_shock(), np.array([36.2, 41.0]), np.array([36.2, 29.0]))

    assert shaking.mmi[0] > 7
    assert shaking.mmi[1] == -np.inf


def test_the_parts_of_the_error_add_up_to_the_papers_sigma():
    shaking = intensity.shaking_of(a_shock(), np.array([37.0]), np.array([35.3]))
    ground_km = intensity.trace_distance_km(
        a_shock().rupture_lonlat, np.array([37.0]), np.array([35.3])
    )
    total = intensity.rupture_sigma(np.hypot(ground_km, intensity.LEAST_DEPTH_KM))

    assert np.hypot(shaking.common_sigma, shaking.local_sigma) == pytest.approx(total)


def test_of_several_shocks_each_town_keeps_the_strongest_with_its_error():
    one = intensity.Shaking(
        mmi=np.array([8.0, 5.0]), common_sigma=np.array([1.0, 1.0]), local_sigma=np.zeros(2)
    )
    two = intensity.Shaking(
        mmi=np.array([6.0, 7.0]), common_sigma=np.array([2.0, 2.0]), local_sigma=np.ones(2)
    )

    both = intensity.strongest((one, two))

    assert both.mmi.tolist() == [8.0, 7.0]
    assert both.common_sigma.tolist() == [1.0, 2.0]
    assert both.local_sigma.tolist() == [0.0, 1.0]
