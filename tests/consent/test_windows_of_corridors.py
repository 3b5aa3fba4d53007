"""By which points of entry, in which phases and when does the host let something in?

An oracle asks the rows hour by hour and point by point.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import T0, a_case, a_consent, a_grounds, a_lot, a_place, an_airport, at_h
from tests.consent.test_lots import codes, lies_inside
from tests.consent.test_windows import is_open_at
from u24.consent.lots import judge_lot
from u24.domain.case import Phase
from u24.domain.consent import Permission
from u24.errors import InvalidInput

RESCUE = Phase(name="rescue", from_at=at_h(2), until_at=at_h(8))
RELIEF = Phase(name="relief", from_at=at_h(6))
RESCUE_AGAIN = Phase(name="rescue", from_at=at_h(12), until_at=at_h(14))
PHASES = (RESCUE, RELIEF, RESCUE_AGAIN)
HOURS = [*(n + 0.5 for n in range(20)), 1000]
ELSEWHERE = "elsewhere"  # stands for all points that nobody names


def some_of(*names):
    return st.lists(st.sampled_from(names), max_size=2, unique=True).map(tuple)


@st.composite
def consents(draw, allowed=st.booleans()):  # noqa: B008 - a strategy, not a value
    from_h = draw(st.none() | st.integers(-3, 16))
    lasts_h = draw(st.none() | st.integers(1, 10))
    return a_consent(
        allowed=draw(allowed),
        from_h=from_h,
        until_h=None if lasts_h is None else (from_h or 0) + lasts_h,
        members=draw(st.sampled_from([("*",), ("NLD",), ("DEU",)])),
        kinds=(draw(st.sampled_from(["*", "usar_heavy", "people", "goods", "military"])),),
        phases=draw(some_of("rescue", "relief")),
        corridors=draw(some_of("ADA", "GZT", "antakya", "border")),
    )


LOTS = st.builds(
    lambda people, military: a_lot(kind="tent", pack_people=people, military=military),
    st.sampled_from([0, 3]),
    st.booleans(),
) | st.just(a_lot())


@st.composite
def cases(draw):
    entries = draw(st.sampled_from([(), ("ADA",), ("ADA", "GZT")]))
    return a_case(
        airports=(*(an_airport(code) for code in entries), an_airport("UAB", entry=False)),
        phases=PHASES,
        consents=tuple(draw(st.lists(consents(), max_size=6))),
    )


def names_of(lot):
    names = {lot.kind, "people" if lot.pack_people else "goods"}
    return names | {"military"} if lot.military else names


def covers(case, row, moment):
    spoken = (row.from_at is None or row.from_at <= moment) and (
        row.until_at is None or moment < row.until_at
    )
    phases = [phase for phase in case.phases if phase.name in row.phases]
    in_phase = any(is_open_at([(each.from_at, each.until_at)], moment) for each in phases)
    return spoken and (in_phase or not row.phases)


def host_says(case, lot, point, moment):
    """The last row that speaks of the lot, that point and that moment."""
    answer = False
    for row in case.consents:
        reaches = not row.corridors or point in row.corridors
        if reaches and row.speaks_of(lot.member, names_of(lot)) and covers(case, row, moment):
            answer = row.allowed
    return answer


def ways_in(case, lot):
    entries = {airport.code for airport in case.airports if airport.entry}
    asked = {
        point
        for row in case.consents
        if row.allowed and row.speaks_of(lot.member, names_of(lot))
        for point in row.corridors
    }
    return entries | asked | (set() if entries else {ELSEWHERE})


def points_of(case, lot):
    named = {
        point
        for row in case.consents
        if row.speaks_of(lot.member, names_of(lot))
        for point in row.corridors
    }
    return ways_in(case, lot) | named | {place.place_id for place in case.places}


@given(case=cases(), lot=LOTS)
def test_a_moment_is_in_a_window_when_the_host_opens_at_least_one_way_in(case, lot):
    verdict = judge_lot(case, lot)

    opened = {
        hour: any(host_says(case, lot, way, at_h(hour)) for way in ways_in(case, lot))
        for hour in HOURS
    }
    assert {hour: is_open_at(verdict.windows, at_h(hour)) for hour in HOURS} == opened


@given(case=cases(), lot=LOTS)
def test_a_point_is_told_closed_when_it_is_not_open_in_every_window(case, lot):
    verdict = judge_lot(case, lot)

    moments = [at_h(hour) for hour in HOURS if is_open_at(verdict.windows, at_h(hour))]
    shut = {
        point
        for point in points_of(case, lot) - {ELSEWHERE}
        if not all(host_says(case, lot, point, moment) for moment in moments)
    }
    assert set(verdict.closed_corridors) - {"UAB"} == shut


@given(case=cases(), lot=LOTS)
def test_each_way_in_is_told_with_the_hours_in_which_it_is_open(case, lot):
    verdict = judge_lot(case, lot)

    told = dict(verdict.corridor_windows)
    assert bool(told) == bool(verdict.closed_corridors)
    for way, windows in told.items():
        for hour in HOURS:
            assert is_open_at(windows, at_h(hour)) == host_says(case, lot, way, at_h(hour))
    assert not told or set(told) >= ways_in(case, lot) - {ELSEWHERE}


@given(case=cases(), lot=LOTS)
def test_the_word_follows_from_the_hours_alone_where_nothing_else_weighs(case, lot):
    verdict = judge_lot(case, lot)

    by_point = {
        point: [host_says(case, lot, point, at_h(hour)) for hour in HOURS]
        for point in points_of(case, lot)
    }
    opened = [any(by_point[way][i] for way in ways_in(case, lot)) for i in range(len(HOURS))]
    expected = Permission.WITHIN_LIMITS
    if not any(opened):
        expected = Permission.NO
    elif not opened[0]:
        expected = Permission.NOT_YET
    elif all(all(hours) for hours in by_point.values()):
        expected = Permission.YES
    assert verdict.permission is expected
    assert (verdict.permission is Permission.YES) == (not verdict.reasons)


@given(case=cases(), lot=LOTS, row=consents(allowed=st.just(False)), where=st.integers(0, 6))
def test_one_more_no_never_adds_a_moment_nor_a_better_word(case, lot, row, where):
    rows = (*case.consents[:where], row, *case.consents[where:])

    before, after = judge_lot(case, lot), judge_lot(replace(case, consents=rows), lot)

    assert lies_inside(after.windows, before.windows)
    assert after.permission.rank <= before.permission.rank


@given(case=cases(), lot=LOTS, row=consents(allowed=st.just(True)), where=st.integers(0, 6))
def test_one_more_yes_never_takes_a_moment_away(case, lot, row, where):
    rows = (*case.consents[:where], row, *case.consents[where:])

    before, after = judge_lot(case, lot), judge_lot(replace(case, consents=rows), lot)

    assert lies_inside(before.windows, after.windows)
    assert before.permission.rank <= after.permission.rank


def a_host(*rows, entries=("ADA", "GZT"), **values):
    airports = tuple(an_airport(code) for code in entries)
    return a_case(**{"airports": airports, "consents": rows, "phases": PHASES, **values})


def test_a_row_holds_only_inside_its_phases_and_a_phase_may_come_back():
    verdict = judge_lot(a_host(a_consent(phases=("rescue",))), a_lot())

    assert verdict.windows == ((at_h(2), at_h(8)), (at_h(12), at_h(14)))
    assert [reason.by_at for reason in verdict.reasons] == [at_h(2), at_h(12), None]
    assert [reason.leaves for reason in verdict.reasons] == [
        Permission.NOT_YET,
        Permission.WITHIN_LIMITS,
        Permission.WITHIN_LIMITS,
    ]


@pytest.mark.parametrize(
    ("from_h", "until_h", "windows"),
    [
        (None, 7, ((at_h(6), at_h(7)),)),
        (7, None, ((at_h(7), None),)),
        (None, 5, ()),
        (-9, -5, ()),
    ],
)
def test_the_times_of_a_row_and_of_its_phase_must_both_hold(from_h, until_h, windows):
    row = a_consent(phases=("relief",), from_h=from_h, until_h=until_h)

    assert judge_lot(a_host(row), a_lot()).windows == windows


@pytest.mark.parametrize(
    ("phases", "known"), [(PHASES, "relief, rescue"), ((), "none")], ids=["some", "none"]
)
def test_a_phase_that_the_case_does_not_have_is_refused_even_where_another_row_decides(
    phases, known
):
    case = a_host(a_consent(phases=("recovery",)), a_consent(), phases=phases)

    with pytest.raises(InvalidInput, match=f"names phase recovery; .* these phases: {known}"):
        judge_lot(case, a_lot())


def test_a_point_of_entry_that_is_closed_for_a_while_is_left_out_and_the_reason_says_until_when():
    no = a_consent(
        allowed=False, corridors=("ADA",), until_h=10, grounds=a_grounds(sources=("S7",))
    )

    verdict = judge_lot(a_host(a_consent(), no), a_lot())

    (reason,) = verdict.reasons
    assert verdict.permission is Permission.WITHIN_LIMITS
    assert verdict.windows == ((T0, None),)
    assert verdict.closed_corridors == ("ADA",)
    assert (reason.code, reason.lifted_by) == ("host-consent-corridor", "host TUR")
    assert reason.text == (
        "host TUR lets usar_heavy of NLD in by way of ADA only from 2023-02-06 11:17Z: for a test"
    )
    assert (reason.by_at, reason.sources) == (at_h(10), ("S7",))
    assert reason.lift == "consent:NLD/usar_heavy=yes"


def test_a_point_of_entry_that_closes_later_opens_at_no_later_moment():
    no = a_consent(allowed=False, corridors=("ADA",), from_h=10)

    (reason,) = judge_lot(a_host(a_consent(), no), a_lot()).reasons

    assert "by way of ADA only until 2023-02-06 11:17Z" in reason.text
    assert reason.by_at is None


def test_a_yes_by_one_way_closes_every_other_also_where_lorries_could_drive_straight_on():
    verdict = judge_lot(a_host(a_consent(corridors=("ADA",))), a_lot())

    assert verdict.windows == ((T0, None),)
    assert verdict.closed_corridors == ("GZT", "antakya")
    assert [reason.text for reason in verdict.reasons] == [
        "host TUR lets usar_heavy of NLD in by way of any point but ADA at no time"
    ]


def test_a_no_to_a_point_that_is_no_way_in_closes_it_and_nothing_else():
    # Nargis 2008: goods may land at Yangon; who distributes them in the delta is the host's.
    verdict = judge_lot(
        a_host(a_consent(), a_consent(allowed=False, corridors=("delta",))), a_lot()
    )

    assert verdict.windows == ((T0, None),)
    assert verdict.closed_corridors == ("delta",)


def test_without_any_airport_of_entry_all_that_is_not_named_is_one_way_in():
    case = a_host(a_consent(), a_consent(allowed=False, corridors=("border",)), entries=())

    verdict = judge_lot(case, a_lot())

    assert verdict.windows == ((T0, None),)
    assert verdict.closed_corridors == ("border",)
    assert verdict.corridor_windows == (("antakya", ((T0, None),)),)


def test_a_way_in_that_is_not_open_says_which_row_keeps_it_closed_while_no_other_is_open():
    rows = (
        a_consent(allowed=False, corridors=("ADA",), grounds=a_grounds(note="runway")),
        a_consent(corridors=("GZT",), from_h=5),
    )

    verdict = judge_lot(a_host(*rows), a_lot())

    assert verdict.permission is Permission.NOT_YET
    refused, unsaid, _ = (reason.text for reason in verdict.reasons)
    by_ada = "host TUR refuses usar_heavy of NLD by way of ADA until 2023-02-06 06:17Z: runway"
    assert refused == by_ada
    assert "no consent to usar_heavy of NLD by way of GZT until 2023-02-06 06:17Z;" in unsaid
    assert codes(verdict)[:2] == ["host-consent", "host-consent"]
    assert codes(verdict)[2:] == ["host-consent-corridor"]


def test_points_that_nobody_names_are_told_as_any_point_but_those():
    verdict = judge_lot(
        a_host(a_consent(corridors=("ADA",), from_h=5), a_consent(from_h=9)), a_lot()
    )
    row = a_consent(allowed=False, corridors=("ADA",))

    closed = judge_lot(a_host(row), a_lot())

    assert verdict.windows == ((at_h(5), None),)
    assert any("by way of ADA" in reason.text for reason in closed.reasons)
    assert any("by way of any point but ADA" in reason.text for reason in closed.reasons)
    assert closed.permission is Permission.NO


def test_a_place_outside_the_rows_does_not_matter_where_ways_are_alike():
    case = a_host(a_consent(corridors=("ADA", "GZT", "antakya")))

    verdict = judge_lot(case, a_lot())

    assert (verdict.permission, verdict.closed_corridors) == (Permission.YES, ())


def test_places_that_are_named_need_no_word_on_the_rest():
    case = a_host(
        a_consent(corridors=("ADA", "antakya")), entries=("ADA",), places=(a_place("antakya"),)
    )

    assert judge_lot(case, a_lot()).permission is Permission.YES
