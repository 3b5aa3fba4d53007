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
    at_h,
    some_caveats,
)
from tests.consent.test_windows import ROWS
from u24.consent import judge_lot, judge_lots
from u24.domain.consent import Permission
from u24.errors import InvalidInput

ORDER = [Permission.YES, Permission.WITHIN_LIMITS, Permission.NOT_YET, Permission.NO]
CAVEATS = st.sampled_from(
    ["not_to:SYR", "only_to:antakya", "only_via:ADA", "not_via:GZT", "not_before_h:-3"]
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


@given(rows=ROWS, lot=LOTS, caveat=CAVEATS)
def test_one_more_caveat_never_allows_more(rows, lot, caveat):
    case = a_case(consents=tuple(rows))
    stricter = a_lot(caveats=(*lot.caveats, a_caveat(caveat)), valid_until_at=lot.valid_until_at)

    before, after = judge_lot(case, lot), judge_lot(case, stricter)

    assert lies_inside(after.windows, before.windows)
    assert ORDER.index(after.answer) >= ORDER.index(before.answer)
    assert set(before.reasons) <= set(after.reasons)


@given(rows=ROWS, lot=LOTS, row=ROWS.filter(bool), where=st.integers(0, 6))
def test_one_more_no_never_allows_more_and_one_more_yes_never_less(rows, lot, row, where):
    more = (*rows[:where], row[0], *rows[where:])

    before = judge_lot(a_case(consents=tuple(rows)), lot)
    after = judge_lot(a_case(consents=more), lot)

    wider, narrower = (after, before) if row[0].allowed else (before, after)
    assert lies_inside(narrower.windows, wider.windows)
    assert ORDER.index(narrower.answer) >= ORDER.index(wider.answer)
