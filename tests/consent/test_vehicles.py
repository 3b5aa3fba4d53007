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
    a_grounds,
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

KINDS = st.sampled_from(["*", "lift", "c130", "usar_heavy", "blanket", "people", "military"])
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
        "only_if:cease-fire",
    ]
)


def judge(*caveats, countries=COUNTRIES, vehicle=None, **values):
    case = a_case(**{"airports": CASE_AIRPORTS, "places": PLACES, **values})
    vehicle = vehicle or a_vehicle(caveats=some_caveats(*caveats))
    return judge_vehicle(case, vehicle, countries)


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


def test_a_no_to_forces_closes_their_aircraft_although_the_cargo_it_brings_is_welcome():
    rows = (a_consent(kinds=("goods",)), a_consent(kinds=("military",), allowed=False))

    forces = judge(vehicle=a_vehicle(military=True), consents=rows)
    airline = judge(vehicle=a_vehicle(), consents=rows)

    assert forces.verdict.permission is Permission.NO
    assert "refuses military lift of NLD" in forces.verdict.reasons[0].text
    assert airline.verdict.permission is Permission.YES


def test_a_yes_to_another_class_does_not_bring_this_one_in():
    rows = (a_consent(kinds=("C17A",)), a_consent(kinds=("own_type",)))
    others = (a_vehicle("other", class_id="own_type"),)

    assert judge(consents=rows, vehicles=others).verdict.permission is Permission.NO


def test_a_yes_to_a_kind_of_people_brings_no_lift_when_people_are_refused_after_it():
    rows = (
        a_consent(kinds=("usar_heavy", "choir")),
        a_consent(kinds=("tarp",), from_h=7),
        a_consent(kinds=("people",), allowed=False),
    )

    judged = judge(consents=rows, lots=(a_lot(kind="choir", pack_people=9),))

    assert judged.verdict.windows == ((at_h(7), None),)


def test_the_reason_names_the_row_that_refuses_lift_its_source_and_what_would_lift_it():
    row = a_consent(allowed=False, grounds=a_grounds(sources=("S4",), note="no landings"))

    (reason,) = judge(consents=(row,)).verdict.reasons

    assert reason.text == "host TUR refuses lift of NLD: no landings"
    assert (reason.leaves, reason.lift) == (Permission.NO, "consent:NLD/lift=yes")
    assert reason.sources == ("S4",)


def test_a_vehicle_may_not_go_to_points_that_the_host_does_not_open_to_lift():
    # The host distributes itself: foreign lift may land at the airport and go no farther.
    judged = judge(consents=(a_consent(corridors=("ADA",)),))

    assert judged.limits.closed_sites == ("ALP", "GZT", "antakya")
    assert judged.verdict.permission is Permission.WITHIN_LIMITS
    assert [reason.code for reason in judged.verdict.reasons] == ["host-consent-corridor"]


def test_the_reason_for_a_closed_point_tells_only_the_rows_that_close_it():
    rows = (
        a_consent(),
        a_consent(kinds=("people",), allowed=False, from_h=20, grounds=a_grounds(note="enough")),
        a_consent(corridors=("GZT",), allowed=False, until_h=9, grounds=a_grounds(note="full")),
    )

    (reason,) = judge(consents=rows).verdict.reasons

    assert reason.text.endswith("by way of GZT only from 2023-02-06 10:17Z: full")


def test_where_points_open_in_turn_the_longest_window_of_one_of_them_stands():
    rows = (
        a_consent(corridors=("ADA",), until_h=30),
        a_consent(corridors=("GZT",), from_h=10, until_h=60),
    )
    vehicle = a_vehicle()
    case = a_case(airports=CASE_AIRPORTS, places=PLACES, consents=rows)

    judged = judge_vehicle(case, vehicle, COUNTRIES)
    clipped = clip_vehicle(case, vehicle, judged.verdict)

    assert judged.verdict.windows == ((T0, at_h(60)),)
    assert (clipped.available_at, clipped.until_at) == (at_h(10), at_h(60))
    assert judged.limits.closed_sites == ("ADA", "ALP", "antakya")


def test_of_points_that_open_in_turn_one_that_a_caveat_closes_is_not_taken():
    rows = (
        a_consent(corridors=("ADA",), until_h=30),
        a_consent(corridors=("GZT",), from_h=10, until_h=60),
    )
    vehicle = a_vehicle(caveats=some_caveats("not_via:GZT"))
    case = a_case(airports=CASE_AIRPORTS, places=PLACES, consents=rows)

    judged = judge_vehicle(case, vehicle, COUNTRIES)
    clipped = clip_vehicle(case, vehicle, judged.verdict)

    assert (clipped.available_at, clipped.until_at) == (T0, at_h(30))
    assert judged.limits.closed_sites == ("ALP", "GZT", "antakya")


def test_points_that_differ_are_all_closed_to_a_vehicle_that_works_in_no_window():
    rows = (a_consent(from_h=90), a_consent(corridors=("ADA",), from_h=80))

    judged = judge(consents=rows)

    assert judged.limits.closed_sites == ("ALP", "GZT", "antakya")


def test_a_vehicle_whose_closed_airports_have_no_known_country_is_within_limits():
    judged = judge("not_to:SYR", countries={"ADA": HOST})

    assert judged.verdict.permission is Permission.WITHIN_LIMITS


CORRIDORS = st.lists(st.sampled_from(["ADA", "GZT", "antakya"]), max_size=2, unique=True)
WORDS = st.builds(
    lambda kind, allowed, corridors, from_h, lasts_h: a_consent(
        kinds=(kind,),
        allowed=allowed,
        corridors=tuple(corridors),
        from_h=from_h,
        until_h=from_h + lasts_h,
    ),
    KINDS,
    st.booleans(),
    CORRIDORS,
    st.integers(-2, 20),
    st.integers(1, 60),
)


def says(rows, names, point, moment):
    spoken = [
        row.allowed
        for row in rows
        if row.speaks_of("NLD", names)
        and (not row.corridors or point in row.corridors)
        and row.from_at <= moment < row.until_at
    ]
    return bool(spoken and spoken[-1])


@given(
    rows=st.lists(WORDS, max_size=6),
    caveats=st.lists(st.sampled_from(["not_via:GZT", "only_via:ADA|GZT"]), max_size=1),
    military=st.booleans(),
)
def test_a_vehicle_may_go_only_where_the_host_lets_it_in_all_through_its_window(
    rows, caveats, military
):
    vehicle = a_vehicle(military=military, caveats=some_caveats(*caveats))
    case = a_case(airports=CASE_AIRPORTS, places=PLACES, consents=tuple(rows))

    judged = judge_vehicle(case, vehicle, COUNTRIES)
    clipped = clip_vehicle(case, vehicle, judged.verdict)

    own = {"lift", "c130"} | ({"military"} if military else set())
    cargo = [set(), {"usar_heavy", "people"}, {"blanket", "goods"}, {"people"}, {"military"}]
    hours = [n + 0.5 for n in range(82)]
    worked = [
        at_h(h) for h in hours if clipped and clipped.available_at <= at_h(h) < clipped.until_at
    ]
    for point in {"ADA", "GZT", "antakya"} - set(judged.limits.closed_sites):
        for moment in worked:
            assert any(says(rows, own | names, point, moment) for names in cargo)


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
    assert narrower.permission.rank <= wider.permission.rank
