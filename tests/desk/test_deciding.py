"""Verdicts of a whole case, with changes supposed, and history beside them."""

import pytest

from tests.builders import at_h
from tests.desk.a_disputed_case import MISSION, a_disputed_case, an_outcome
from u24.desk.deciding import decide_case
from u24.domain.consent import Permission
from u24.domain.decisions import Outcome
from u24.errors import InvalidInput


def mission(decided):
    return decided.judgement.proposals[MISSION]


def lot(decided, lot_id):
    return decided.judgement.lots[lot_id]


def test_an_objection_bars_and_every_reason_is_told():
    verdict = mission(decide_case(a_disputed_case()))

    assert verdict.permission is Permission.NO
    told = " ".join(reason.text for reason in verdict.reasons)
    assert "DEU" in told
    assert "FRA" in told
    assert verdict.unmet == ("cease-fire", "host-request")
    assert verdict.flips == ()


def test_with_all_that_was_missing_supposed_it_may_be_done():
    changes = ["host-request=true", "cease-fire=true", f"position:DEU/{MISSION}=support"]

    decided = decide_case(a_disputed_case(), changes=changes)

    assert not mission(decided).permission.bars
    assert mission(decided).decision.outcome is Outcome.CARRIED
    assert decided.changes == tuple(changes)


def test_the_last_thing_missing_is_named_as_the_one_change_that_would_do():
    changes = ["host-request=true", "cease-fire=true"]

    verdict = mission(decide_case(a_disputed_case(), changes=changes))

    assert verdict.flips == (f"position:DEU/{MISSION}=support",)


def test_what_would_have_to_be_true_is_enough_once_supposed():
    (needed,) = decide_case(a_disputed_case()).needed

    assert set(needed.conditions) == {"cease-fire", "host-request"}
    assert needed.members == ("DEU",)
    assert not mission(decide_case(a_disputed_case(), changes=needed.changes)).permission.bars


def test_what_was_said_later_does_not_count():
    before = mission(decide_case(a_disputed_case(), at=at_h(2.5)))
    after = mission(decide_case(a_disputed_case(), at=at_h(3)))

    assert "position-oppose" not in {reason.code for reason in before.reasons}
    assert "position-oppose" in {reason.code for reason in after.reasons}


def test_an_offer_waits_for_the_condition_that_its_member_set():
    waiting = decide_case(a_disputed_case())
    after = decide_case(a_disputed_case(), changes=["cease-fire=true"])

    assert lot(waiting, "blankets").permission is Permission.NOT_YET
    assert lot(waiting, "blankets").flips == ("cease-fire=true",)
    assert not lot(after, "blankets").permission.bars


def test_goods_may_come_and_people_may_not():
    decided = decide_case(a_disputed_case())

    assert not lot(decided, "tents").permission.bars
    assert lot(decided, "team").permission is Permission.NO
    assert not lot(
        decide_case(a_disputed_case(), changes=["consent:POL/people=yes"]), "team"
    ).permission.bars


def test_each_offer_is_judged_beside_each_need_that_it_could_serve():
    decided = decide_case(a_disputed_case())

    pairs = {(pair.lot_id, pair.need_id): pair.verdict.permission for pair in decided.pairs}
    assert set(pairs) == {("tents", "shelter"), ("team", "search"), ("blankets", "")}
    assert not pairs["tents", "shelter"].bars
    assert pairs["team", "search"] is Permission.NO


def test_an_ask_takes_the_next_alternative_and_says_why_not_the_first():
    (choice,) = decide_case(a_disputed_case()).judgement.choices

    assert choice.chosen == ("tents",)
    assert [part.subjects for part in choice.tried] == [(MISSION,), ("tents",)]
    assert choice.tried[0].permission is Permission.NO
    assert choice.tried[0].reasons


MEASURED = [
    ("permission", MISSION, "no"),
    ("permission", "blankets", "not_yet"),
    ("permission", "shelter-us", "within_limits"),
    ("outcome", MISSION, "lost"),
    ("chosen", "shelter-us", "tents"),
    ("supporters", MISSION, "POL"),
    ("objectors", MISSION, "DEU"),
    ("conditional", MISSION, "FRA"),
    ("undecided", MISSION, "none"),
    ("unmet", MISSION, "cease-fire;host-request"),
    ("admitted", "goods", "FRA"),
    ("refused", "people", "POL"),
    ("contributors", MISSION, "none"),
]


@pytest.mark.parametrize(("measure", "subject", "computed"), MEASURED)
def test_history_stands_beside_what_is_computed(measure, subject, computed):
    case = a_disputed_case(recorded=(an_outcome(measure, subject, "something else"),))

    (compared,) = decide_case(case).comparisons

    assert compared.computed == computed
    assert not compared.same


def test_a_recorded_outcome_is_judged_as_things_stood_then():
    early = an_outcome("objectors", MISSION, "none", at=at_h(2.5))
    late = an_outcome("objectors", MISSION, "DEU", at=at_h(3), outcome_id="late")

    compared = decide_case(a_disputed_case(recorded=(early, late))).comparisons

    assert [each.same for each in compared] == [True, True]


def test_with_something_supposed_nothing_is_compared_with_history():
    case = a_disputed_case(recorded=(an_outcome("outcome", MISSION, "lost"),))

    assert decide_case(case, changes=["cease-fire=true"]).comparisons == ()


@pytest.mark.parametrize(
    ("measure", "subject"),
    [("mood", MISSION), ("outcome", "parade"), ("permission", "nothing"), ("chosen", "nothing")],
)
def test_a_recorded_outcome_about_nothing_is_told(measure, subject):
    case = a_disputed_case(recorded=(an_outcome(measure, subject, "yes"),))

    with pytest.raises(InvalidInput, match="recorded"):
        decide_case(case)


def test_what_is_recorded_of_later_is_not_shown_as_things_stood_before():
    rows = [an_outcome("outcome", MISSION, "lost", outcome_id=f"{h}", at=at_h(h)) for h in (2, 9)]
    case = a_disputed_case(recorded=(*rows, an_outcome("outcome", MISSION, "lost")))

    shown = [each.outcome.outcome_id for each in decide_case(case, at=at_h(5)).comparisons]

    assert shown == ["2"]
