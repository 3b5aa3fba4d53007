"""Lots that move once something stands in their place, and what may stand there."""

import pytest

from tests.builders import (
    HOST,
    T0,
    a_case,
    a_grounds,
    a_lot,
    a_need,
    a_place,
    a_reason,
    at_h,
    some_caveats,
)
from tests.consent.donors import (
    F16,
    HOST_NO,
    MIG29,
    PATRIOT,
    S300,
    SAMP_T,
    a_patriot,
    an_s300,
    of_lots,
    only,
)
from u24.consent.chains import wish_of
from u24.consent.replacements import replacement_reasons, replacements
from u24.domain.consent import Permission
from u24.errors import InvalidInput


def test_a_wish_alone_means_as_many_units_as_the_lot_has():
    lot = an_s300(wanted=PATRIOT, packs=2, pack_units=3)

    wish = wish_of(lot, lot.caveats[0])

    assert (wish.kind, wish.units) == (PATRIOT, 6)


def test_a_wish_may_say_how_many_units():
    lot = an_s300(wanted=f"{PATRIOT} * 4", packs=2)

    assert wish_of(lot, lot.caveats[0]).units == 4


@pytest.mark.parametrize(
    "argument", ["", "*2", "x*0", "x*-1", "x*two", "x*1.5", "x*", "x*²", "x*" + "9" * 5000]
)
def test_a_wish_without_a_kind_or_whole_units_is_refused_with_an_example(argument):
    with pytest.raises(InvalidInput, match=r"lot svk-s300: .* like once_replaced:fighter_f16\*2"):
        of_lots(an_s300(wanted=argument))


def test_a_case_in_which_nobody_waits_has_no_replacements():
    assert of_lots(a_patriot())[1] == ()


def test_an_offer_of_the_kind_serves_when_it_is_ready():
    found = only(of_lots(an_s300(), a_patriot(ready_h=5)))

    assert (found.lot_id, found.member, found.wanted_kind, found.wanted_units) == (
        "svk-s300", "SVK", PATRIOT, 1,
    )  # fmt: skip
    assert found.lot_ids == ("deu-patriot",)
    assert found.by_at == at_h(5)


def test_what_was_ready_before_t0_is_in_place_at_t0():
    assert only(of_lots(an_s300(), a_patriot(ready_h=-5))).by_at == T0


def test_an_offer_of_the_same_capability_serves_whatever_crews_the_host_has():
    assert only(of_lots(an_s300(), a_patriot(kind=SAMP_T))).lot_ids == ("deu-patriot",)
    assert only(of_lots(an_s300(), a_patriot(kind=F16))).lot_ids == ()


def test_for_goods_that_are_not_controlled_only_the_very_kind_serves():
    wants_tents = a_lot("a", kind="tent", caveats=some_caveats("once_replaced:tent_winter"))
    tents = [a_lot("b", kind="tent_winter", member="FRA"), a_lot("c", kind="blanket", member="FRA")]

    assert only(of_lots(wants_tents, *tents)).lot_ids == ("b",)


def test_neither_the_donor_itself_nor_the_host_serves():
    own, hosts = a_patriot("own", member="SVK"), a_patriot("hosts", member=HOST)

    found = only(of_lots(an_s300(), own, hosts))

    assert (found.lot_ids, found.by_at) == ((), None)


def test_what_the_donor_gives_away_is_no_replacement_unless_it_asks_for_that():
    greek = a_lot("grc-s300", member="GRC", kind=S300)

    assert only(of_lots(an_s300(), greek)).lot_ids == ()
    assert only(of_lots(an_s300(wanted=S300), greek)).lot_ids == ("grc-s300",)


def test_what_the_host_needs_itself_goes_to_the_host():
    need = a_need(kind=PATRIOT)

    assert only(of_lots(an_s300(), a_patriot(), needs=(need,))).lot_ids == ()


def test_what_the_host_counts_as_similar_goes_to_the_host_too():
    need = a_need(kind=S300, or_similar=True)

    served = only(of_lots(an_s300(), a_patriot(), needs=(need,)))
    kept = only(of_lots(an_s300(), a_patriot(), needs=(need,), host_crews=("patriot",)))

    assert served.lot_ids == ("deu-patriot",)
    assert kept.lot_ids == ()


def test_what_the_host_needs_and_may_not_have_serves_the_donor():
    kept = a_patriot(caveats=some_caveats("only_to:SVK"))

    assert only(of_lots(an_s300(), kept, needs=(a_need(kind=PATRIOT),))).by_at == T0


@pytest.mark.parametrize(
    ("caveat", "served"),
    [
        ("not_to:SVK", False),
        ("not_to:HUN|SVK", False),
        ("not_to:HUN", True),
        ("only_to:SVK", True),
        ("only_to:sliac", True),
        ("only_to:HUN|SVK", True),
        ("only_to:HUN", False),
        ("only_to:antakya", False),
        ("only_via:ADA", True),
    ],
)
def test_the_caveats_of_the_owner_decide_whether_its_offer_may_go_to_the_donor(caveat, served):
    places = (a_place(), a_place("sliac", country="SVK"))

    found = only(of_lots(an_s300(), a_patriot(caveats=some_caveats(caveat)), places=places))

    assert bool(found.lot_ids) == served


def test_what_concerns_the_host_alone_does_not_matter_for_a_replacement():
    request = a_reason("gate-host-request", leaves=Permission.NO)

    mission = a_reason("mission-without-proposal", leaves=Permission.NO)

    found = of_lots(an_s300(), a_patriot(), bars={"deu-patriot": [HOST_NO, request, mission]})

    assert only(found).by_at == T0


@pytest.mark.parametrize("leaves", [Permission.NO, Permission.NOT_YET])
def test_a_gate_of_the_owner_bars_its_offer(leaves):
    gate = a_reason("gate-owner-licence", leaves=leaves)

    assert only(of_lots(an_s300(), a_patriot(), bars={"deu-patriot": [gate]})).lot_ids == ()


def test_a_no_bars_for_good_even_if_it_names_a_moment():
    gate = a_reason("gate-owner-licence", leaves=Permission.NO, by_at=at_h(3))

    assert only(of_lots(an_s300(), a_patriot(), bars={"deu-patriot": [gate]})).lot_ids == ()


def test_a_bar_that_is_known_to_end_delays():
    gate = a_reason("gate-owner-licence", leaves=Permission.NOT_YET, by_at=at_h(9))

    assert only(of_lots(an_s300(), a_patriot(), bars={"deu-patriot": [gate]})).by_at == at_h(9)


def test_an_offer_without_a_verdict_serves_nobody():
    case = a_case(lots=(an_s300(), a_patriot()), needs=())

    assert only(replacements(case, {})).lot_ids == ()


@pytest.mark.parametrize(("until_h", "served"), [(5, False), (6, True)])
def test_an_offer_that_ends_before_it_is_ready_serves_nobody(until_h, served):
    patriot = a_patriot(ready_h=5, valid_until_at=at_h(until_h))

    assert bool(only(of_lots(an_s300(), patriot)).lot_ids) == served


def test_enough_units_are_there_once_the_last_of_them_is_ready():
    lots = [
        a_patriot("p1", ready_h=9),
        a_patriot("p2", ready_h=1, packs=2),
        a_patriot("p3", ready_h=4),
    ]

    three = only(of_lots(an_s300(wanted=f"{PATRIOT}*3"), *lots))
    five = only(of_lots(an_s300(wanted=f"{PATRIOT}*5"), *lots))

    assert (three.lot_ids, three.by_at) == (("p2", "p3"), at_h(4))
    assert (five.lot_ids, five.by_at) == (("p2", "p3", "p1"), None)


def test_stock_is_given_once_in_order_of_lot_id_and_packs_are_not_split():
    waiting = [an_s300(name, member=m) for name, m in (("b", "BGR"), ("a", "SVK"), ("c", "GRC"))]
    stock = a_patriot(packs=2, pack_units=3)

    _, found = of_lots(*waiting, stock)

    assert [(each.lot_id, each.by_at) for each in found] == [("a", T0), ("b", T0), ("c", None)]


def test_every_wish_of_a_lot_is_answered_by_itself():
    caveats = some_caveats(f"once_replaced:{PATRIOT}", f"once_replaced:{F16}")
    waiting = an_s300(caveats=caveats)

    _, found = of_lots(waiting, a_patriot(ready_h=2))

    assert [(each.wanted_kind, each.by_at) for each in found] == [(PATRIOT, at_h(2)), (F16, None)]


def test_a_chain_is_ready_when_its_far_end_is():
    middle = a_lot("b", member="POL", kind=MIG29, caveats=some_caveats(f"once_replaced:{F16}"))
    waiting = an_s300("a", wanted=MIG29)
    far_end = a_lot("z", member="USA", kind=F16, ready_h=30)

    _, found = of_lots(waiting, middle, far_end)
    _, without = of_lots(waiting, middle)

    assert [(each.lot_id, each.lot_ids, each.by_at) for each in found] == [
        ("a", ("b",), at_h(30)),
        ("b", ("z",), at_h(30)),
    ]
    assert [each.by_at for each in without] == [None, None]


def test_a_chain_serves_only_whoever_names_its_kind():
    middle = a_patriot("b", kind=SAMP_T, caveats=some_caveats("once_replaced:x"))
    far_end = a_lot("z", member="USA", kind="x")

    assert of_lots(an_s300("a"), middle, far_end)[1][0].lot_ids == ()
    assert of_lots(an_s300("a", wanted=SAMP_T), middle, far_end)[1][0].lot_ids == ("b",)


def test_a_chain_may_be_of_any_length():
    links = [
        a_lot(
            f"l{n:04}",
            member="SVK" if n % 2 else "POL",
            kind=f"k{n}",
            caveats=some_caveats(f"once_replaced:k{n + 1}"),
        )
        for n in range(1500)
    ]
    end = a_lot("z", member="USA", kind="k1500", ready_h=7)

    _, found = of_lots(*links, end)

    assert len(found) == 1500
    assert {each.by_at for each in found} == {at_h(7)}


def a_circle(*kinds):
    """Lots of which each waits for the next kind, and the last for the first."""
    wanted = [*kinds[1:], kinds[0]]
    members = ["SVK", "POL", "GRC", "BGR"]
    return [
        a_lot(f"lot-{kind}", member=m, kind=kind, caveats=some_caveats(f"once_replaced:{want}"))
        for kind, want, m in zip(kinds, wanted, members, strict=False)
    ]


@pytest.mark.parametrize("kinds", [("a", "b"), ("a", "b", "c"), ("d", "c", "b", "a")])
def test_a_circle_in_which_all_wait_for_each_other_is_refused_by_name(kinds):
    lots = [*a_circle(*kinds), an_s300("tail", wanted="a", member="LVA")]

    with pytest.raises(InvalidInput, match=r"go round in a circle: lot-. <- lot-.") as caught:
        of_lots(*lots)

    assert all(f"lot-{kind}" in str(caught.value) for kind in kinds)
    assert "tail" not in str(caught.value)


def test_two_that_want_the_very_kind_of_each_other_are_a_circle():
    lots = [an_s300("a", wanted=S300), an_s300("b", wanted=S300, member="GRC")]

    with pytest.raises(InvalidInput, match="circle"):
        of_lots(*lots)


def test_a_circle_that_another_offer_breaks_is_none():
    _, found = of_lots(*a_circle("a", "b", "c"), a_lot("z", member="USA", kind="b", ready_h=3))

    assert {each.lot_id: each.by_at for each in found} == {
        "lot-a": at_h(3), "lot-b": at_h(3), "lot-c": at_h(3),
    }  # fmt: skip


def test_two_that_would_only_be_similar_to_each_other_are_no_circle():
    _, found = of_lots(an_s300("a"), an_s300("b", member="GRC"))

    assert [each.lot_ids for each in found] == [(), ()]


def test_a_wish_that_a_chain_outside_answers_closes_no_circle():
    two = some_caveats("once_replaced:x", "once_replaced:nothing")
    lots = [
        a_lot("a", member="SVK", kind="a", caveats=two),
        a_lot("b", member="POL", kind="x", caveats=some_caveats("once_replaced:a")),
        a_lot("c", member="GRC", kind="x", caveats=some_caveats("once_replaced:end")),
        a_lot("z", member="USA", kind="end", ready_h=2),
    ]

    _, found = of_lots(*lots)

    assert [each.by_at for each in found] == [at_h(2), None, None, at_h(2)]


def test_one_that_waits_for_what_nobody_has_is_no_circle():
    waiting = an_s300("a", wanted=MIG29)
    middle = a_lot("b", member="POL", kind=MIG29, caveats=some_caveats("once_replaced:nothing"))

    assert [each.by_at for each in of_lots(waiting, middle)[1]] == [None, None]


def reasons_of(*lots, bars=None, holds=None, **values):
    case, found = of_lots(*lots, bars=bars, **values)
    return replacement_reasons(case, found, holds=holds or {})


def test_a_replacement_that_is_ready_at_t0_limits_and_bars_nothing():
    reasons = reasons_of(an_s300(grounds=a_grounds(sources=("S1",))), a_patriot())

    (reason,) = reasons["svk-s300"]
    assert list(reasons) == ["svk-s300"]
    assert reason.leaves is Permission.WITHIN_LIMITS
    assert (reason.lift, reason.by_at, reason.sources) == ("", None, ("S1",))
    assert reason.text.endswith("stands in its place: offered by deu-patriot")


def test_a_replacement_that_is_ready_later_says_not_yet_and_when():
    (reason,) = reasons_of(an_s300(), a_patriot(ready_h=5))["svk-s300"]

    assert reason.code == "caveat-once-replaced"
    assert (reason.leaves, reason.by_at) == (Permission.NOT_YET, at_h(5))
    assert reason.text.endswith("offered by deu-patriot, ready at 2023-02-06 06:17Z")
    assert reason.lift == "replacement-first=true"


def test_where_nobody_offers_one_any_member_that_has_one_could_lift_it():
    (reason,) = reasons_of(an_s300())["svk-s300"]

    assert (reason.leaves, reason.by_at) == (Permission.NOT_YET, None)
    assert reason.text == (
        "SVK gives this once 1 x air_defence_patriot or similar stands in its place: "
        "nobody offers it"
    )
    assert reason.lifted_by == "any member that has air_defence_patriot, or member SVK"


def test_members_that_own_one_and_may_not_give_it_are_those_who_could_lift_it():
    gate = a_reason("gate-owner-licence", leaves=Permission.NO)
    lots = [a_patriot("p1"), a_patriot("p2", member="NLD", kind=SAMP_T)]

    (reason,) = reasons_of(an_s300(), *lots, bars={"p1": [gate], "p2": [gate]})["svk-s300"]

    assert reason.lifted_by == "members DEU, NLD, or member SVK"


def test_too_few_are_told_as_not_enough():
    (reason,) = reasons_of(an_s300(wanted=f"{PATRIOT}*2"), a_patriot())["svk-s300"]

    assert (reason.leaves, reason.by_at) == (Permission.NOT_YET, None)
    assert reason.text.endswith("offered by deu-patriot, not enough")


@pytest.mark.parametrize(("holds", "leaves"), [(True, 2), (False, 1), (None, 1)])
def test_the_condition_replacement_first_takes_the_wish_as_answered(holds, leaves):
    (reason,) = reasons_of(an_s300(), holds={"replacement-first": holds})["svk-s300"]

    assert reason.leaves.rank == leaves
    assert bool(reason.lift) == reason.leaves.bars


def test_every_wish_of_a_lot_gives_a_reason():
    caveats = some_caveats(f"once_replaced:{PATRIOT}", f"once_replaced:{F16}")

    reasons = reasons_of(an_s300(caveats=caveats), a_patriot())["svk-s300"]

    assert [each.leaves for each in reasons] == [Permission.WITHIN_LIMITS, Permission.NOT_YET]
