"""Where may a vehicle go, when, and with whose cargo?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    HOST,
    T0,
    a_case,
    a_caveat,
    a_consent,
    a_lot,
    a_place,
    a_vehicle,
    an_airport,
    at_h,
    some_caveats,
)
from tests.consent.test_lots import lies_inside
from tests.consent.test_windows import ROWS
from u24.consent import clip_vehicle, judge_vehicle
from u24.domain.consent import Permission

KINDS = st.sampled_from(["*", "lift", "c130", "usar_heavy", "blanket"])
COUNTRIES = {"ADA": HOST, "GZT": HOST, "ALP": "SYR", "EIN": "NLD"}
CASE_AIRPORTS = (an_airport("ADA"), an_airport("GZT"), an_airport("ALP"))
PLACES = (a_place("antakya"), a_place("afrin", country="SYR"))
CAVEATS = st.sampled_from(
    [
        "not_to:SYR",
        "only_to:TUR",
        "only_to:antakya|afrin",
        "only_via:ADA|GZT",
        "only_via:GZT",
        "not_via:ADA",
        "not_before_h:12",
        "own_cargo_only",
    ]
)


def judge(*caveats, countries=COUNTRIES, **values):
    case = a_case(**{"airports": CASE_AIRPORTS, "places": PLACES, **values})
    return judge_vehicle(case, a_vehicle(caveats=some_caveats(*caveats)), countries)


def test_a_vehicle_without_caveats_may_land_everywhere_where_the_host_agrees():
    judged = judge()

    assert judged.limits.closed_sites == ()
    assert not judged.limits.own_cargo_only
    assert judged.verdict.permission is Permission.YES


def test_without_consent_the_sites_of_the_host_are_closed_and_no_others():
    judged = judge(consents=())

    assert judged.verdict.permission is Permission.NO
    assert judged.limits.closed_sites == ("ADA", "GZT", "antakya")
    assert judged.verdict.reasons[0].lifted_by == "host TUR"


def test_the_hosts_own_aircraft_need_no_consent():
    judged = judge_vehicle(a_case(consents=()), a_vehicle(member=HOST), COUNTRIES)

    assert judged.verdict.permission is Permission.YES


@pytest.mark.parametrize(
    ("caveats", "closed"),
    [
        (["not_via:ADA"], ("ADA",)),
        (["only_via:ADA"], ("ALP", "GZT")),
        (["only_via:ADA|GZT"], ("ALP",)),
        (["only_via:ADA", "only_via:GZT"], ("ADA", "ALP", "GZT")),
        (["not_to:SYR"], ("ALP", "afrin")),
        (["not_to:antakya"], ("antakya",)),
        (["only_to:TUR"], ("ALP", "afrin")),
        (["only_to:antakya"], ("ADA", "ALP", "GZT", "afrin")),
    ],
)
def test_each_caveat_closes_the_sites_that_it_means(caveats, closed):
    assert judge(*caveats).limits.closed_sites == closed


def test_only_to_leaves_open_where_the_vehicle_stands_and_where_help_is_picked_up():
    depot = a_place("ploiesti", country="ROU")

    judged = judge("only_to:TUR", places=(*PLACES, depot), lots=(a_lot(site_id="ploiesti"),))

    assert judged.limits.closed_sites == ("ALP", "afrin")


def test_only_to_closes_a_place_that_needs_help_though_a_lot_waits_there():
    judged = judge("only_to:NLD", lots=(a_lot(site_id="antakya"),))

    assert "antakya" in judged.limits.closed_sites


def test_only_caveats_never_close_the_vehicles_home():
    vehicle = a_vehicle(home_site="GZT", caveats=some_caveats("only_via:ADA", "only_to:SYR"))
    case = a_case(airports=CASE_AIRPORTS, places=PLACES)

    assert "GZT" not in judge_vehicle(case, vehicle, COUNTRIES).limits.closed_sites


def test_a_vehicle_waits_for_its_approval():
    judged = judge("not_before_h:12")

    assert judged.verdict.windows == ((at_h(12), None),)
    assert judged.verdict.permission is Permission.NOT_YET


def test_an_airport_of_unknown_country_is_closed_by_a_country_caveat_and_a_reason_says_so():
    judged = judge("not_to:SYR", "not_via:GZT", countries={"ADA": HOST})

    assert judged.limits.closed_sites == ("ALP", "GZT", "afrin")
    assert judged.verdict.reasons[-1].text == "closed because their country is not known: ALP"


def test_own_cargo_only_is_a_limit_of_the_vehicle():
    judged = judge("own_cargo_only")

    assert judged.limits.own_cargo_only
    assert judged.verdict.permission is Permission.WITHIN_LIMITS


def test_a_yes_to_a_team_includes_the_aircraft_that_brings_it():
    judged = judge(consents=(a_consent(members=("NLD",), kinds=("usar_heavy",), from_h=6),))

    assert judged.verdict.windows == ((at_h(6), None),)
    assert judged.verdict.permission is Permission.NOT_YET


@pytest.mark.parametrize("name", ["lift", "c130"])
def test_a_later_no_to_lift_by_name_closes_although_teams_are_welcome(name):
    judged = judge(consents=(a_consent(), a_consent(allowed=False, kinds=(name,), from_h=8)))

    assert judged.verdict.windows == ((T0, at_h(8)),)


def test_a_vehicle_works_inside_the_longest_window_that_it_has():
    rows = (a_consent(until_h=4), a_consent(from_h=10, until_h=30))
    vehicle = a_vehicle(available_h=-5, until_h=40)
    case = a_case(consents=rows)
    verdict = judge_vehicle(case, vehicle, COUNTRIES).verdict

    clipped = clip_vehicle(case, vehicle, verdict)

    assert (clipped.available_at, clipped.until_at) == (at_h(10), at_h(30))


def test_a_vehicle_without_limits_is_left_as_it_is():
    vehicle = a_vehicle(available_h=-5)
    verdict = judge_vehicle(a_case(), vehicle, COUNTRIES).verdict

    assert clip_vehicle(a_case(), vehicle, verdict) == vehicle


def test_a_vehicle_that_no_window_meets_does_not_work():
    vehicle = a_vehicle(until_h=5)
    case = a_case(consents=(a_consent(from_h=5),))

    assert clip_vehicle(case, vehicle, judge_vehicle(case, vehicle, COUNTRIES).verdict) is None


@given(caveats=st.lists(CAVEATS, max_size=3), further=CAVEATS)
def test_one_more_caveat_never_opens_a_site(caveats, further):
    before, after = judge(*caveats), judge(*caveats, str(a_caveat(further)))

    assert set(before.limits.closed_sites) <= set(after.limits.closed_sites)
    assert before.limits.own_cargo_only <= after.limits.own_cargo_only
    assert lies_inside(after.verdict.windows, before.verdict.windows)


@given(
    rows=ROWS,
    named=st.lists(KINDS, min_size=6, max_size=6),
    further=st.tuples(KINDS, st.booleans()),
    where=st.integers(0, 6),
)
def test_one_more_no_row_never_lands_more_and_one_more_yes_row_never_less(
    rows, named, further, where
):
    kind, allowed = further
    rows = [replace(row, kinds=(name,)) for row, name in zip(rows, named, strict=False)]
    row = a_consent(kinds=(kind,), allowed=allowed, from_h=10, until_h=50)
    more = (*rows[:where], row, *rows[where:])

    before, after = judge(consents=tuple(rows)).verdict, judge(consents=more).verdict

    wider, narrower = (after, before) if allowed else (before, after)
    assert lies_inside(narrower.windows, wider.windows)
