"""A whole case: estimated figures, needs by place, and what the request says."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.needs.builders import AT, a_case, a_need, a_place, a_shock
from u24.domain.figures import Basis, Range
from u24.domain.needs import Substitute
from u24.errors import InvalidInput
from u24.needs.estimate import NeedsEstimate, Planning, estimate
from u24.needs.merge import merge_needs
from u24.needs.season import is_cold
from u24.needs.shakemap import ShakeGrid
from u24.needs.towns import Towns, nearest_place

FINAL_DEATHS_IN_TURKIYE = 50_783
DISPLACED_IN_TURKIYE = 1_500_000


@pytest.fixture(scope="module")
def found():
    return estimate(a_case())


def amount(found, name, place_id=""):
    (figure,) = (e for e in found.estimates if (e.name, e.place_id) == (name, place_id))
    return figure.amount


def test_the_bands_of_2023_hold_what_came_to_be(found):
    dead, displaced = amount(found, "deaths"), amount(found, "displaced")

    assert dead.low <= FINAL_DEATHS_IN_TURKIYE <= dead.high
    assert dead.best == pytest.approx(7_900, rel=0.1)  # low by six times, and not tuned
    assert displaced.low <= DISPLACED_IN_TURKIYE <= displaced.high


def test_the_case_is_shaken_at_least_as_much_as_by_each_of_its_shocks(found):
    whole = amount(found, "exposed_mmi_7_or_more").best

    for number in (1, 2):
        assert whole >= amount(found, f"exposed_mmi_7_or_more_shock_{number}").best


def test_the_best_figures_of_the_places_add_up_to_the_case(found):
    for name in ("deaths", "displaced", "winter_tent", "usar_heavy"):
        parts = [amount(found, name, place).best for place in ("antakya", "malatya")]

        assert sum(parts) == pytest.approx(amount(found, name).best)


def test_a_town_belongs_to_the_nearest_place():
    towns = Towns(
        lat_deg=np.array([36.3, 38.0, 37.9]),
        lon_deg=np.array([36.1, 38.0, 38.9]),
        people=np.ones(3),
        coverage_share=1.0,
    )

    nearest = nearest_place(towns, (a_place(), a_place("malatya", 38.35, 38.31)))

    assert nearest.tolist() == [0, 1, 1]


def test_places_outside_the_host_country_get_nothing():
    aleppo = a_place("aleppo", 36.2, 37.16, country="SYR")

    alone = estimate(a_case(places=(a_place(),)))
    beside = estimate(a_case(places=(a_place(), aleppo)))

    assert {need.place_id for need in beside.needs} == {"antakya"}
    assert beside == alone


def test_every_need_is_whole_due_in_a_day_and_tells_its_grounds(found):
    kinds = {need.kind for need in found.needs}

    assert {"usar_heavy", "emt2", "emt1_fixed", "winter_tent", "heater", "blanket"} <= kinds
    for need in found.needs:
        assert need.due_at == AT + timedelta(hours=24)
        assert need.grounds.basis is Basis.ESTIMATED
        assert need.grounds.note
        assert need.planned_units >= need.amount.best - 1e-6


def test_a_kinds_weight_is_shared_out_over_the_places(found):
    weights = [need.weight for need in found.needs if need.kind == "usar_heavy"]

    assert len(weights) == 2
    assert sum(weights) == pytest.approx(10.0)


def test_planning_for_the_high_end_never_asks_for_less(found):
    low, high = (estimate(a_case(), planning=end) for end in (Planning.LOW, Planning.HIGH))
    best = {need.need_id: need.planned_units for need in found.needs}

    for need in low.needs:
        assert need.planned_units <= best[need.need_id]
    for need in high.needs:
        assert need.planned_units >= best.get(need.need_id, 0)


def test_less_than_half_a_unit_at_a_place_is_no_need_there():
    weak = estimate(a_case(shocks=(a_shock(magnitude=5.0, rupture_lonlat=()),)))

    assert not [need for need in weak.needs if need.kind == "usar_heavy"]
    assert amount(weak, "usar_heavy").high > 0


def test_without_a_shock_nothing_is_estimated():
    assert estimate(a_case(shocks=())) == NeedsEstimate()


def test_without_a_place_there_are_figures_but_no_needs():
    found = estimate(a_case(places=()))

    assert found.needs == ()
    assert amount(found, "deaths").best > 0


def test_a_map_takes_the_place_of_the_computed_intensity():
    flat = ShakeGrid(
        lon_deg=np.array([34.0, 40.0]), lat_deg=np.array([35.0, 40.0]), mmi=np.full((2, 2), 5.0)
    )

    mapped = estimate(a_case(shocks=(a_shock(),)), grids=(flat,))

    assert amount(mapped, "exposed_mmi_8").best == 0
    assert amount(mapped, "exposed_mmi_5").best > 1e6


def test_more_maps_than_shocks_are_refused():
    with pytest.raises(InvalidInput, match="grids: 1 for 0 shocks"):
        estimate(a_case(shocks=()), grids=(None,))


def test_who_knows_of_the_cold_can_say_so():
    kinds = {need.kind for need in estimate(a_case(), cold=False).needs}

    assert "family_tent" in kinds
    assert not {"winter_tent", "heater"} & kinds


@pytest.mark.parametrize(
    ("month", "lat_deg", "cold"),
    [(2, 37.0, True), (7, 37.0, False), (7, -40.0, True), (2, -40.0, False), (1, 18.0, False)],
)
def test_winter_nights_are_guessed_from_month_and_latitude(month, lat_deg, cold):
    assert is_cold(datetime(2023, month, 10, tzinfo=UTC), lat_deg) is cold


def test_a_stated_need_stands_over_the_estimate_and_both_are_shown():
    stated = (a_need("winter_tent", "antakya", 700),)

    found = estimate(a_case(needs=stated))
    planned = merge_needs(stated, found.needs)

    tents = [need for need in planned if need.kind == "winter_tent"]
    assert [need.place_id for need in tents] == ["antakya", "malatya"]
    assert tents[0].planned_units == 700
    shown = {e.place_id: e.stated_units for e in found.estimates if e.name == "winter_tent"}
    assert shown == {"": 700, "antakya": 700, "malatya": None}


def test_a_stated_need_without_a_place_speaks_for_the_whole_case():
    stated = (a_need("winter_tent", "", 700),)
    estimated = (a_need("winter_tent", "antakya"), a_need("blanket", "antakya"))

    planned = merge_needs(stated, estimated)

    assert [need.kind for need in planned] == ["winter_tent", "blanket"]


def test_a_stated_substitute_speaks_of_the_kind_that_it_stands_in_for():
    medium = a_need("usar_medium", "antakya", 10)
    heavy = a_need(
        "usar_heavy", "antakya", substitutes=(Substitute(kind="usar_medium", factor_share=0.5),)
    )

    found = estimate(a_case(needs=(medium,)))

    assert merge_needs((medium,), (heavy,)) == (medium,)
    (shown,) = (e for e in found.estimates if (e.name, e.place_id) == ("usar_heavy", "antakya"))
    assert shown.stated_units == 5  # ten medium teams work as many sites as five heavy ones


def test_a_stated_kind_that_would_take_another_instead_does_not_speak_of_that_other():
    clinics = Substitute(kind="emt1_fixed", factor_share=0.3)
    hospital = a_need("emt2", "antakya", 11, substitutes=(clinics,))
    clinic = a_need("emt1_fixed", "antakya")

    assert merge_needs((hospital,), (clinic,)) == (hospital, clinic)


def test_an_estimate_is_the_same_twice(found):
    assert estimate(a_case()) == found


def test_every_figure_says_how_it_was_reached(found):
    for figure in found.estimates:
        assert isinstance(figure.amount, Range)
        assert figure.method
        assert figure.sources or "assumed" in figure.method
