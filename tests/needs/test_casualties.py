"""Deaths by the fatality model, and what follows from them."""

import csv
import importlib.util
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.needs.builders import an_exposure
from u24.domain.figures import Range
from u24.needs import casualties
from u24.needs.rates import DISPLACED_CLASS_A, DISPLACED_CLASS_B, DISPLACED_CLASS_C
from u24.needs.spread import exactly, inverse, lognormal, product

TURKIYE = {"theta": 11.067352, "beta": 0.106337}
REPOSITORY = Path(__file__).resolve().parents[2]
EXPOCAT = REPOSITORY.parent / "shared" / "data" / "earthquake" / "expocat.csv"


def test_deaths_of_a_small_vector_agree_with_a_table_of_the_normal_law():
    # ln(8 / theta) / beta = -3.052, ln(9 / theta) / beta = -1.945; a printed table gives
    # 0.001136 and 0.02592: 100,000 at VIII and 10,000 at IX are 113.6 + 259.2 deaths
    dead = casualties.expected_deaths(np.array([0, 0, 0, 1e5, 1e4]), **TURKIYE)

    assert dead == pytest.approx(372.8, abs=0.3)


def test_half_of_those_at_the_median_intensity_die():
    rates = casualties.fatality_rates(theta=8.0, beta=0.2)

    assert rates[3] == pytest.approx(0.5)
    assert list(rates) == sorted(rates)


def test_the_band_of_deaths_has_the_width_of_the_models_error_alone_if_the_rest_is_sure():
    same = (0, 0, 0, 1e5, 1e4)

    dead = casualties.deaths(an_exposure(same, same, same), **TURKIYE, zeta=1.0)

    # 80 % of a lognormal with sigma 1.5: a factor of exp(1.2816 x 1.5) = 6.836
    assert dead.high / dead.best == pytest.approx(6.836, abs=0.01)
    assert dead.best / dead.low == pytest.approx(6.836, abs=0.01)


@pytest.mark.skipif(not EXPOCAT.exists(), reason=f"{EXPOCAT} is absent")
def test_on_the_catalogue_the_model_errs_as_was_published_of_the_whole():
    path = REPOSITORY / "benchmarks" / "needs_calibration.py"
    spec = importlib.util.spec_from_file_location("needs_calibration", path)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    catalogue = benchmark.read_catalogue(EXPOCAT)

    found = benchmark.figures(catalogue, catalogue.observed >= 10)

    # of the whole catalogue: 249 earthquakes, median -0.18, sd 0.98, x3 39 %, x10 70 %; the
    # file holds every second earthquake, and a half may differ by two standard errors
    assert 110 <= found["n"] <= 140
    assert found["median"] == pytest.approx(-0.18, abs=0.22)
    assert found["sd"] == pytest.approx(0.98, abs=0.13)
    assert found["within_3"] == pytest.approx(0.39, abs=0.09)
    assert found["within_10"] == pytest.approx(0.70, abs=0.09)
    assert found["covered"] == pytest.approx(0.80, abs=0.07)


@pytest.mark.skipif(not EXPOCAT.exists(), reason=f"{EXPOCAT} is absent")
def test_an_empty_cell_of_deaths_is_not_read_as_no_deaths():
    path = REPOSITORY / "benchmarks" / "needs_calibration.py"
    spec = importlib.util.spec_from_file_location("needs_calibration", path)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    with EXPOCAT.open(newline="", encoding="utf-8") as file:
        empty = sum(row["TotalDeaths"] == "" for row in csv.DictReader(file))

    unknown = int(np.isnan(benchmark.read_catalogue(EXPOCAT).observed).sum())

    assert 0 < unknown <= empty


def test_a_weaker_class_of_buildings_never_leaves_fewer_people_without_a_home():
    for a, b, c in zip(DISPLACED_CLASS_A, DISPLACED_CLASS_B, DISPLACED_CLASS_C, strict=True):
        assert 1 >= a >= b >= c >= 0
    assert DISPLACED_CLASS_B[2:] == pytest.approx((0.0375, 0.25, 0.60))


def test_displaced_people_come_from_the_damage_at_their_intensity():
    exposure = an_exposure(*((0, 0, 1000, 0, 0),) * 3)

    found = casualties.displaced(exposure)

    assert found.best == pytest.approx(1000 * 0.0375 / 2)
    assert found.low == 0  # concrete without design stands at VII
    assert found.high == pytest.approx(250)


people_by_band = st.lists(st.floats(0, 1e7), min_size=5, max_size=5)


@given(best=people_by_band, more=people_by_band, weaker=st.floats(0, 1), stronger=st.floats(1, 9))
def test_more_people_exposed_never_lower_a_casualty_figure(best, more, weaker, stronger):
    best, more = np.array(best), np.array(best) + np.array(more)

    few, many = (
        casualties.people_of(
            an_exposure(people * weaker, people, people * stronger), **TURKIYE, zeta=1.44
        )
        for people in (best, more)
    )

    for name in casualties.People.__slots__:
        before, after = getattr(few, name), getattr(many, name)
        for end in ("low", "best", "high"):
            assert getattr(after, end) >= getattr(before, end) * (1 - 1e-6)


def test_independent_factors_multiply_and_their_widths_add_as_squares():
    found = product(Range(low=1, best=2, high=4), Range(low=1, best=2, high=4))

    assert found.best == 4
    assert found.high == pytest.approx(4 * 2**2**0.5)  # a factor 2 twice: 2 to the root of 2
    assert found.low == pytest.approx(4 / 2**2**0.5)


def test_a_low_of_nothing_stays_nothing_and_a_best_of_nothing_keeps_its_high():
    assert product(Range(low=0, best=2, high=4), exactly(3)).low == 0
    assert product(Range(low=0, best=0, high=4), exactly(3)) == Range(low=0, best=0, high=12)


def test_dividing_by_a_range_turns_its_ends_round():
    assert inverse(Range(low=2, best=4, high=8)) == Range(low=0.125, best=0.25, high=0.5)
    assert lognormal(0.0) == exactly(1.0)
