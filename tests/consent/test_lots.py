"""May a lot move, and when?"""

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
    a_reason,
    at_h,
    some_caveats,
)
from tests.consent.test_windows import ROWS
from u24.consent import judge_lot, judge_lots
from u24.consent.lots import opens_h
from u24.domain.consent import Permission
from u24.errors import InvalidInput

CAVEATS = st.sampled_from(
    [
        "not_to:SYR",
        "only_to:antakya",
        "only_via:ADA",
        "not_via:GZT",
        "not_before_h:-3",
        "only_if:cease-fire",
    ]
) | st.integers(min_value=0, max_value=90).map(lambda hours: f"not_before_h:{hours}")
LOTS = st.builds(
    lambda caveats, valid_h: a_lot(
        caveats=some_caveats(*caveats),
        valid_until_at=None if valid_h is None else at_h(valid_h),
    ),
    st.lists(CAVEATS, max_size=3),
    st.none() | st.integers(min_value=-5, max_value=100),
)


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


def lies_inside(inner, outer):
    """Whether every window of ``inner`` lies in a window of ``outer``."""
    return all(
        any(a[0] <= b[0] and (a[1] is None or (b[1] is not None and b[1] <= a[1])) for a in outer)
        for b in inner
    )


def test_a_consent_without_limits_is_a_yes_from_t0_on_without_end():
    verdict = judge_lot(a_case(), a_lot())

    assert verdict.permission is Permission.YES
    assert verdict.windows == ((T0, None),)
    assert verdict.reasons == ()


def test_without_a_word_of_the_host_foreign_help_does_not_move():
    verdict = judge_lot(a_case(consents=()), a_lot())

    assert verdict.permission is Permission.NO
    assert verdict.windows == ()
    assert codes(verdict) == ["host-consent"]
    assert verdict.reasons[0].lifted_by == "host TUR"
    assert "no consent to usar_heavy of NLD" in verdict.reasons[0].text


def test_domestic_stock_needs_no_consent():
    case = a_case(consents=(a_consent(allowed=False),))

    assert judge_lot(case, a_lot(member=HOST)).permission is Permission.YES


def test_a_row_of_another_member_or_kind_says_nothing():
    case = a_case(consents=(a_consent(members=("ROU",)), a_consent(kinds=("blanket",))))

    assert judge_lot(case, a_lot()).permission is Permission.NO


def test_a_general_yes_is_outweighed_by_a_later_narrow_no_and_its_note_is_told():
    no = a_consent(allowed=False, kinds=("usar_light",), grounds=a_grounds(note="heavy only"))
    case = a_case(consents=(a_consent(), no))

    light = judge_lot(case, a_lot(kind="usar_light"))

    assert light.permission is Permission.NO
    assert light.reasons[0].text == "host TUR refuses usar_light of NLD: heavy only"
    assert judge_lot(case, a_lot()).permission is Permission.YES


def test_cyprus_accepted_on_8_february_and_declined_on_9_february_may_move_only_between():
    # 7 Feb: refused; 8 Feb: accepted; 9 Feb: "kindly declined" (SigmaLive, Philenews).
    cyprus = {"members": ("CYP",)}
    rows = (
        a_consent(),
        a_consent(allowed=False, **cyprus),
        a_consent(allowed=True, from_h=54, **cyprus),
        a_consent(allowed=False, from_h=78, **cyprus),
    )
    case = a_case(consents=rows)

    verdict = judge_lot(case, a_lot(member="CYP", kind="usar_light"))

    assert verdict.permission is Permission.NOT_YET
    assert verdict.windows == ((at_h(54), at_h(78)),)
    assert [reason.text for reason in verdict.reasons] == [
        "host TUR refuses usar_light of CYP until 2023-02-08 07:17Z",
        "host TUR refuses usar_light of CYP from 2023-02-09 07:17Z",
    ]
    assert judge_lot(case, a_lot(member="ROU")).permission is Permission.YES


def test_a_medical_team_waits_for_the_approval_of_the_ministry_of_health():
    # WHO EMT alert 706: teams must wait for the approval before they mobilise.
    emt = a_lot(kind="emt2", member="ITA", caveats=some_caveats("not_before_h:30"))

    verdict = judge_lot(a_case(), emt)

    assert verdict.permission is Permission.NOT_YET
    assert verdict.windows == ((at_h(30), None),)
    assert [(reason.code, reason.lifted_by) for reason in verdict.reasons] == [
        ("caveat-not-before", "member ITA")
    ]


@pytest.mark.parametrize("hours", [0, -3])
def test_an_approval_that_is_there_at_t0_limits_nothing(hours):
    verdict = judge_lot(a_case(), a_lot(caveats=some_caveats(f"not_before_h:{hours}")))

    assert verdict.permission is Permission.YES
    assert verdict.reasons == ()


def test_an_offer_that_ends_before_its_approval_may_not_move_and_both_reasons_are_kept():
    lot = a_lot(caveats=some_caveats("not_before_h:30"), valid_until_at=at_h(24))

    verdict = judge_lot(a_case(), lot)

    assert verdict.permission is Permission.NO
    assert codes(verdict) == ["caveat-not-before", "offer-validity"]


def test_a_caveat_of_place_or_airport_limits_where_and_leaves_the_windows():
    lot = a_lot(caveats=some_caveats("not_to:SYR", "only_via:ADA"))

    verdict = judge_lot(a_case(), lot)

    assert verdict.permission is Permission.WITHIN_LIMITS
    assert verdict.windows == ((T0, None),)
    assert codes(verdict) == ["caveat-not-to", "caveat-only-via"]


@pytest.mark.parametrize("argument", ["soon", "", "nan", "inf"])
def test_an_approval_without_hours_is_refused_with_an_example(argument):
    lot = a_lot(caveats=some_caveats(f"not_before_h:{argument}"))

    with pytest.raises(InvalidInput, match="like not_before_h:12"):
        judge_lot(a_case(), lot)


def test_all_lots_of_a_case_get_the_verdict_that_each_gets_alone():
    lots = (a_lot("b", member="CYP"), a_lot("a"), a_lot("c", caveats=some_caveats("not_to:SYR")))
    case = a_case(lots=lots, consents=(a_consent(), a_consent(allowed=False, members=("CYP",))))

    verdicts = judge_lots(case)

    assert list(verdicts) == ["a", "b", "c"]
    assert all(verdicts[lot.lot_id] == judge_lot(case, lot) for lot in lots)


NARGIS = (
    a_consent(kinds=("goods",), grounds=a_grounds(sources=("S4",), note="")),
    a_consent(kinds=("people",), allowed=False, grounds=a_grounds(note="no foreign experts")),
    a_consent(members=("USA",), kinds=("military",), allowed=False),
)


@pytest.mark.parametrize(
    ("values", "permission"),
    [
        ({"kind": "tarp", "pack_people": 0}, Permission.YES),
        ({"kind": "tarp", "pack_people": 0, "member": "USA"}, Permission.YES),
        ({"kind": "tarp", "pack_people": 0, "member": "USA", "military": True}, Permission.NO),
        ({"kind": "tarp", "pack_people": 0, "military": True}, Permission.YES),
        ({"kind": "tarp", "pack_people": 2}, Permission.NO),
        ({"kind": "usar_heavy"}, Permission.NO),
        ({"kind": "usar_heavy", "pack_people": 0}, Permission.NO),
    ],
)
def test_a_host_may_take_goods_and_refuse_people_and_the_forces_of_one_country(values, permission):
    assert judge_lot(a_case(consents=NARGIS), a_lot(**values)).permission is permission


def test_a_refusal_of_forces_says_that_it_is_about_forces_and_how_it_is_lifted():
    lot = a_lot(kind="tarp", pack_people=0, member="USA", military=True)

    (reason,) = judge_lot(a_case(consents=NARGIS), lot).reasons

    assert reason.text == "host TUR refuses military tarp of USA"
    assert (reason.leaves, reason.lift) == (Permission.NO, "consent:USA/tarp=yes")


def test_a_refusal_names_the_sources_of_the_row_that_decides():
    no = a_consent(allowed=False, grounds=a_grounds(sources=("S4", "S5")))

    assert judge_lot(a_case(consents=(no,)), a_lot()).reasons[0].sources == ("S4", "S5")


def test_without_any_word_the_reason_cites_the_rule_of_consent_and_appeal():
    (reason,) = judge_lot(a_case(consents=()), a_lot()).reasons

    assert "on the basis of an appeal" in reason.text
    assert reason.sources == ("UNGA 46/182",)
    assert (reason.leaves, reason.by_at) == (Permission.NO, None)


def test_two_rows_that_refuse_one_after_the_other_leave_nothing_together_and_share_one_lift():
    rows = (a_consent(allowed=False), a_consent(allowed=False, until_h=10))

    verdict = judge_lot(a_case(consents=rows), a_lot())

    assert [reason.leaves for reason in verdict.reasons] == [Permission.NO, Permission.NO]
    assert verdict.flips == ("consent:NLD/usar_heavy=yes",)


def test_consent_that_comes_later_counts_on_the_clock_and_consent_that_never_comes_has_no_hour():
    case = a_case(consents=(a_consent(from_h=7.5),))

    assert opens_h(case, judge_lot(case, a_lot())) == 7.5
    assert opens_h(case, judge_lot(case, a_lot(caveats=some_caveats("not_before_h:12")))) == 12
    assert opens_h(case, judge_lot(a_case(), a_lot())) == 0
    assert opens_h(case, judge_lot(a_case(consents=()), a_lot())) is None


@pytest.mark.parametrize(
    ("leaves", "by_h", "permission", "windows"),
    [
        (Permission.YES, None, Permission.YES, ((T0, None),)),
        (Permission.WITHIN_LIMITS, None, Permission.WITHIN_LIMITS, ((T0, None),)),
        (Permission.NOT_YET, 20, Permission.NOT_YET, ((at_h(20), None),)),
        (Permission.NOT_YET, None, Permission.NOT_YET, ()),
        (Permission.NO, None, Permission.NO, ()),
    ],
)
def test_a_further_reason_caps_the_word_and_closes_or_delays_the_windows(
    leaves, by_h, permission, windows
):
    reason = a_reason("gate", leaves=leaves, by_at=None if by_h is None else at_h(by_h))
    case = a_case(lots=(a_lot("a"), a_lot("b")))

    verdicts = judge_lots(case, more={"a": (reason,)})

    assert (verdicts["a"].permission, verdicts["a"].windows) == (permission, windows)
    assert verdicts["a"].reasons == (reason,)
    assert verdicts["b"] == judge_lot(case, a_lot("b"))


def test_what_waits_for_something_undated_is_a_no_all_the_same_where_no_time_is_left_for_it():
    pending = a_reason("gate", leaves=Permission.NOT_YET)
    lot = a_lot(caveats=some_caveats("not_before_h:30"), valid_until_at=at_h(24))

    assert judge_lot(a_case(), lot, more=(pending,)).permission is Permission.NO


NAMES = st.sampled_from(["*", "tarp", "usar_heavy", "people", "goods", "military", "lift"])


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["*", "NLD", "DEU"]), NAMES, st.booleans()), max_size=8
    ),
    kind=st.sampled_from(["tarp", "usar_heavy"]),
    people=st.sampled_from([0, 4]),
    military=st.booleans(),
)
def test_the_last_row_that_speaks_of_the_lot_by_any_of_its_names_decides(
    rows, kind, people, military
):
    consents = tuple(a_consent(members=(m,), kinds=(k,), allowed=yes) for m, k, yes in rows)
    lot = a_lot(kind=kind, pack_people=people, military=military)

    verdict = judge_lots(a_case(lots=(lot,), consents=consents))["lot_1"]

    names = {kind, "people" if people or kind == "usar_heavy" else "goods"}
    names |= {"military"} if military else set()
    spoken = [row.allowed for row in consents if row.speaks_of("NLD", names)]
    assert bool(verdict.windows) == bool(spoken and spoken[-1])


MORE = st.builds(
    lambda leaves, by_h: a_reason(
        f"{leaves}-{by_h}", leaves=leaves, by_at=None if by_h is None else at_h(by_h)
    ),
    st.sampled_from(Permission),
    st.none() | st.integers(0, 80),
)


@given(rows=ROWS, lot=LOTS, more=st.lists(MORE, max_size=2), further=MORE)
def test_one_more_reason_never_allows_more_and_none_is_lost(rows, lot, more, further):
    case = a_case(consents=tuple(rows))

    before = judge_lot(case, lot, more=more)
    after = judge_lot(case, lot, more=(*more, further))

    assert lies_inside(after.windows, before.windows)
    assert after.permission.rank <= before.permission.rank
    assert after.reasons == (*before.reasons, further)


@given(rows=ROWS, lot=LOTS, more=st.lists(MORE, max_size=2))
def test_the_word_is_never_above_what_any_reason_leaves_and_bars_leave_no_open_window(
    rows, lot, more
):
    verdict = judge_lot(a_case(consents=tuple(rows)), lot, more=more)

    assert verdict.permission.rank <= min([3, *(each.leaves.rank for each in verdict.reasons)])
    assert verdict.windows or verdict.permission.bars
    assert verdict.permission is not Permission.NO or not verdict.windows
    assert verdict.permission is not Permission.YES or verdict.windows == ((T0, None),)


@given(rows=ROWS, lot=LOTS, caveat=CAVEATS)
def test_one_more_caveat_never_allows_more(rows, lot, caveat):
    case = a_case(consents=tuple(rows))
    stricter = a_lot(caveats=(*lot.caveats, a_caveat(caveat)), valid_until_at=lot.valid_until_at)

    before, after = judge_lot(case, lot), judge_lot(case, stricter)

    assert lies_inside(after.windows, before.windows)
    assert after.permission.rank <= before.permission.rank
    assert set(before.reasons) <= set(after.reasons)


@given(rows=ROWS, lot=LOTS, row=ROWS.filter(bool), where=st.integers(0, 6))
def test_one_more_no_never_allows_more_and_one_more_yes_never_less(rows, lot, row, where):
    more = (*rows[:where], row[0], *rows[where:])

    before = judge_lot(a_case(consents=tuple(rows)), lot)
    after = judge_lot(a_case(consents=more), lot)

    wider, narrower = (after, before) if row[0].allowed else (before, after)
    assert lies_inside(narrower.windows, wider.windows)
    assert narrower.permission.rank <= wider.permission.rank
