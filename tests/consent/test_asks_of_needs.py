"""An ask that names a need: what the best offer for it may do, and no more than its mission may."""

import pytest

from tests.builders import a_case, a_lot, a_need, some_caveats
from tests.consent.proposal_builders import P, a_position, a_proposal
from u24.consent import judge_case
from u24.domain.asks import Ask, parse_wanted
from u24.domain.consent import Permission

SHELTER = Ask(ask_id="ask", title="Shelter", wanted=parse_wanted("shelter"))


def ask_of(need, lot, **values):
    """What is told of an ask for this need, where this lot alone is offered."""
    case = a_case(needs=(need,), lots=(lot,), asks=(SHELTER,), **values)
    (choice,) = judge_case(case).choices
    return choice


def a_tent(*caveats, **values):
    return a_lot(
        "tents", pack_people=0, caveats=some_caveats(*caveats), **{"kind": "family_tent", **values}
    )


def shelter(**values):
    return a_need("shelter", **{"kind": "family_tent", **values})


def test_a_need_that_an_offer_may_serve_may_be_met():
    assert ask_of(shelter(), a_tent()).permission is Permission.YES


def test_a_need_of_a_mission_that_may_not_be_done_is_not_met_by_an_offer_outside_of_it():
    values = {"proposals": (a_proposal(),), "positions": (a_position("DEU", "oppose"),)}

    choice = ask_of(shelter(proposal_id=P), a_tent(), **values)

    assert choice.permission is Permission.NO
    assert "rule-lost" in {reason.code for part in choice.tried for reason in part.reasons}


@pytest.mark.parametrize("caveat", ["not_to:TUR", "not_to:antakya", "only_to:SYR"])
def test_an_offer_that_may_not_go_to_its_place_does_not_meet_a_need(caveat):
    choice = ask_of(shelter(), a_tent(caveat))

    assert choice.permission is Permission.NO
    assert [reason.code for reason in choice.tried[0].reasons] == ["nobody-offers"]


@pytest.mark.parametrize("caveat", ["not_to:SYR", "only_to:TUR", "only_to:SYR|antakya"])
def test_an_offer_that_may_go_to_its_place_meets_a_need(caveat):
    assert not ask_of(shelter(), a_tent(caveat)).permission.bars


def test_what_is_similar_meets_a_need_that_says_so():
    suit = a_tent(kind="body_armour_military")

    told = [
        {reason.code for reason in ask_of(shelter(kind="helmet_military", or_similar=any_), suit)
         .tried[0].reasons}
        for any_ in (True, False)
    ]  # fmt: skip

    assert "nobody-offers" not in told[0]
    assert told[1] == {"nobody-offers"}
