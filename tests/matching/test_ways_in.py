"""Where the host opens points of entry in turn, one way in is planned with."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    T0,
    a_case,
    a_lot,
    a_need,
    a_place,
    a_reason,
    a_verdict,
    at_h,
    some_caveats,
)
from u24.domain.consent import Permission, Verdict
from u24.matching import match

ALWAYS = ((T0, None),)


def verdict_of(ways, *, others=()):
    """A verdict in whose windows at least one way is open; ``others`` are closed places."""
    opens = min(from_at for windows in ways.values() for from_at, _ in windows)
    windows = ((opens, None),)
    closed = [site for site, times in ways.items() if times != windows]
    return a_verdict(
        permission=Permission.WITHIN_LIMITS,
        windows=windows,
        reasons=(a_reason("host-consent-corridor"),),
        closed_corridors=tuple(sorted([*closed, *others])),
        corridor_windows=tuple(sorted(ways.items())),
    )


def match_one(verdict, *caveats, ready_h=0):
    lot = a_lot(caveats=some_caveats(*caveats), ready_h=ready_h)
    case = a_case(lots=(lot,), places=(a_place(),))
    return match(case, (a_need(),), {"lot_1": verdict})


def test_a_point_of_entry_that_is_not_open_throughout_is_left_out_of_the_plan():
    verdict = verdict_of({"ADA": ALWAYS, "GZT": ((at_h(9), None),)}, others=("antakya",))

    (found,) = match_one(verdict).matches

    assert found.windows == ALWAYS
    assert found.not_via == ("GZT", "antakya")
    assert found.limits == verdict.reasons


def test_points_that_open_in_turn_leave_the_one_that_is_open_longest_and_a_reason_says_so():
    ways = {"ADA": ((T0, at_h(10)),), "GZT": ((at_h(9), None),)}

    (found,) = match_one(verdict_of(ways)).matches

    assert found.windows == ((at_h(9), None),)
    assert found.not_via == ("ADA",)
    assert found.limits[-1].code == "host-consent-corridor"
    assert found.limits[-1].leaves is Permission.WITHIN_LIMITS
    assert found.limits[-1].lifted_by == "host TUR"
    assert "by way of GZT" in found.limits[-1].text
    assert "from 2023-02-06 10:17Z" in found.limits[-1].text


def test_how_long_a_way_is_open_counts_from_when_the_lot_is_ready_until_the_horizon():
    ways = {"ADA": ((T0, at_h(30)),), "GZT": ((at_h(50), at_h(500)),)}

    (early,) = match_one(verdict_of(ways)).matches
    (late,) = match_one(verdict_of(ways), ready_h=20).matches

    assert early.not_via == ("GZT",)
    assert late.not_via == ("ADA",)


def test_of_ways_that_are_open_equally_long_the_one_that_opens_first_stands():
    ways = {"ADA": ((at_h(20), at_h(30)),), "GZT": ((at_h(5), at_h(15)),)}

    (found,) = match_one(verdict_of(ways)).matches

    assert found.windows == ((at_h(5), at_h(15)),)
    assert "from 2023-02-06 06:17Z until 2023-02-06 16:17Z" in found.limits[-1].text


def test_a_point_that_is_open_in_one_of_the_windows_only_is_left_out():
    ways = {
        "ADA": ((T0, at_h(10)), (at_h(20), at_h(40))),
        "GZT": ((T0, at_h(10)), (at_h(30), at_h(35))),
        "UAB": ((T0, at_h(45)),),
        "border": ((T0, None),),
    }
    verdict = verdict_of({"border": ways.pop("border"), **ways})

    (found,) = match_one(verdict, "only_via:ADA|GZT").matches

    assert found.windows == ways["ADA"]
    assert found.not_via == ("GZT",)


def test_a_caveat_of_airports_chooses_before_the_hours_do():
    ways = {"ADA": ((T0, at_h(10)),), "GZT": ALWAYS}

    (only,) = match_one(verdict_of(ways), "only_via:ADA").matches
    (not_,) = match_one(verdict_of(ways), "not_via:GZT").matches

    assert only.windows == not_.windows == ((T0, at_h(10)),)
    assert (only.only_via, not_.not_via) == (("ADA",), ("GZT",))


def test_an_airport_of_a_caveat_that_no_row_names_is_open_as_the_rest_is():
    ways = {"ADA": ALWAYS, "GZT": ((T0, at_h(10)),)}

    (found,) = match_one(verdict_of(ways), "only_via:UAB").matches

    assert found.windows == ALWAYS


def test_airports_of_a_caveat_that_the_host_keeps_closed_leave_no_match_and_two_who_can_lift_it():
    ways = {"ADA": (), "GZT": ALWAYS}

    result = match_one(verdict_of(ways), "only_via:ADA")

    (reason,) = result.non_matches[0].reasons
    assert result.matches == ()
    assert (reason.code, reason.leaves) == ("no-corridor-left", Permission.NO)
    assert reason.lifted_by == "member NLD or host TUR"
    assert "only_via:ADA" in reason.text


def test_a_caveat_that_bars_every_way_in_leaves_only_points_that_are_open_throughout():
    ways = {"ADA": ALWAYS, "GZT": ((T0, at_h(10)),)}

    (found,) = match_one(verdict_of(ways), "not_via:ADA", "not_via:GZT").matches

    assert (found.windows, found.not_via) == (ALWAYS, ("ADA", "GZT"))


def test_a_way_that_closes_before_the_lot_is_ready_is_none():
    ways = {"ADA": ((T0, at_h(10)),), "GZT": ALWAYS}

    result = match_one(verdict_of(ways), "only_via:ADA", ready_h=12)

    (reason,) = result.non_matches[0].reasons
    assert reason.code == "window-closes-before-ready"
    assert "until 2023-02-06 11:17Z" in reason.text


def test_what_waits_without_a_window_is_a_non_match_with_every_reason():
    reasons = (a_reason("caveat-only-if", leaves=Permission.NOT_YET), a_reason("offer-validity"))
    verdict = Verdict(permission=Permission.NOT_YET, reasons=reasons)

    result = match_one(verdict)

    assert result.matches == ()
    assert result.non_matches[0].reasons == reasons


def test_what_has_neither_a_window_nor_a_reason_still_gets_one():
    result = match_one(Verdict(permission=Permission.NOT_YET))

    (reason,) = result.non_matches[0].reasons
    assert reason.code == "window-closes-before-ready"
    assert "never" in reason.text


SPANS = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(
    lambda span: ((at_h(span[0]), at_h(sum(span))),)
)
WAYS = st.dictionaries(st.sampled_from(["ADA", "GZT", "border"]), SPANS, min_size=1)


def open_time(windows, ready_h):
    parts = ((max(start, at_h(ready_h)), min(end, at_h(72))) for start, end in windows)
    return sum((max(timedelta(0), end - start) for start, end in parts), timedelta(0))


@given(ways=WAYS, ready_h=st.integers(0, 50))
def test_every_point_that_stays_is_open_in_every_window_and_no_other_way_is_open_longer(
    ways, ready_h
):
    result = match_one(verdict_of(ways, others=("antakya",)), ready_h=ready_h)

    best = max(open_time(windows, ready_h) for windows in ways.values())
    assert bool(result.matches) == (best > timedelta(0))
    for found in result.matches:
        assert open_time(found.windows, ready_h) == best
        assert "antakya" in found.not_via
        for site in ways.keys() - set(found.not_via):
            for start, end in found.windows:
                assert any(a <= start and end <= b for a, b in ways[site])
