"""What members attach to their offers, as reasons."""

import pytest

from tests.builders import a_case, a_grounds, a_lot, a_vehicle, at_h, some_caveats
from u24.consent.lots import judge_lot
from u24.consent.vehicles import judge_vehicle
from u24.domain.consent import Permission
from u24.domain.proposals import Condition
from u24.reference.conditions import STANDARD

CEASE_FIRE = Condition(
    condition_id="quiet", text="the guns are silent", brought_by="both sides", excludes=("war",)
)


def only_if(names="quiet", *, case=None, **holds):
    lot = a_lot(
        caveats=some_caveats(f"only_if:{names}"), grounds=a_grounds(sources=("S1",), note="")
    )
    return judge_lot(case or a_case(conditions=(CEASE_FIRE,)), lot, holds=holds)


@pytest.mark.parametrize("known", [{}, {"quiet": None}, {"quiet": False}])
def test_an_offer_on_a_condition_that_does_not_hold_waits_without_a_window(known):
    verdict = only_if(**known)

    (reason,) = verdict.reasons
    assert verdict.permission is Permission.NOT_YET
    assert verdict.windows == ()
    assert (reason.code, reason.leaves) == ("caveat-only-if", Permission.NOT_YET)
    assert (reason.lifted_by, reason.lift) == ("both sides", "quiet=true")
    assert reason.sources == ("S1",)
    assert verdict.flips == ("quiet=true",)


def test_the_reason_tells_a_condition_that_fails_from_one_that_is_not_known():
    assert "quiet (the guns are silent), and that is not so" in only_if(quiet=False).reasons[0].text
    assert only_if().reasons[0].text.endswith("and that is not known to be so")


def test_a_condition_that_holds_is_still_told_and_no_longer_bars():
    verdict = only_if(quiet=True)

    (reason,) = verdict.reasons
    assert verdict.permission is Permission.WITHIN_LIMITS
    assert verdict.windows
    assert (reason.code, reason.lift) == ("caveat-only-if", "")
    assert reason.text.endswith("and that is so")


def test_of_conditions_in_one_caveat_either_will_do():
    assert only_if("quiet|gone", gone=True).permission is Permission.WITHIN_LIMITS
    assert only_if("quiet|gone", quiet=False).permission is Permission.NOT_YET
    assert only_if("quiet|gone", quiet=False).reasons[0].text.endswith("not known to be so")
    assert "quiet (the guns are silent) or gone" in only_if("quiet|gone").reasons[0].text


def test_a_condition_that_nobody_describes_is_for_the_member_to_lift():
    assert only_if("moonrise").reasons[0].lifted_by == "member NLD"


def test_a_standard_condition_needs_no_row_and_a_row_of_the_case_outweighs_it():
    name, condition = sorted(STANDARD.items())[0]
    own = Condition(condition_id=name, text="as we see it", brought_by="our friends")

    standard = only_if(name, case=a_case()).reasons[0]
    of_case = only_if(name, case=a_case(conditions=(own,))).reasons[0]

    assert condition.text in standard.text
    assert standard.lifted_by == condition.brought_by
    assert ("as we see it" in of_case.text, of_case.lifted_by) == (True, "our friends")


def test_a_lot_that_is_to_be_replaced_is_judged_where_all_offers_are_known():
    lot = a_lot(caveats=some_caveats("once_replaced:usar_heavy*2"))

    verdict = judge_lot(a_case(), lot)

    assert verdict.permission is Permission.YES
    assert verdict.reasons == ()


def test_lift_that_is_to_be_replaced_waits_as_nobody_looks_for_a_replacement_of_it():
    vehicle = a_vehicle(caveats=some_caveats("once_replaced:c130"))

    judged = judge_vehicle(a_case(), vehicle, {})

    assert judged.verdict.permission is Permission.NOT_YET
    assert judged.verdict.windows == ()
    assert judged.verdict.reasons[0].code == "caveat-once-replaced"


def test_lift_on_a_condition_works_only_where_it_holds():
    vehicle = a_vehicle(caveats=some_caveats("only_if:quiet"))

    waits = judge_vehicle(a_case(), vehicle, {"ADA": "TUR"}, holds={"quiet": None})
    moves = judge_vehicle(a_case(), vehicle, {"ADA": "TUR"}, holds={"quiet": True})

    assert (waits.verdict.windows, waits.limits.closed_sites) == ((), ("ADA", "antakya"))
    assert moves.verdict.windows
    assert moves.limits.closed_sites == ()


def test_an_awaited_approval_says_by_when_and_an_offer_that_is_over_leaves_nothing():
    lot = a_lot(caveats=some_caveats("not_before_h:30"), valid_until_at=at_h(-1))

    approval, validity = judge_lot(a_case(), lot).reasons

    assert (approval.leaves, approval.by_at) == (Permission.NOT_YET, at_h(30))
    assert (validity.code, validity.leaves) == ("offer-validity", Permission.NO)


def test_an_offer_that_ends_is_within_limits_and_names_its_source():
    lot = a_lot(valid_until_at=at_h(9), grounds=a_grounds(sources=("S2",)))

    verdict = judge_lot(a_case(), lot)

    assert verdict.permission is Permission.WITHIN_LIMITS
    assert verdict.reasons[0].sources == ("S2",)
