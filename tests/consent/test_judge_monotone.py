"""One bar more never allows more, anywhere in a case: the room as a whole.

What is left out, since it may help somebody else: an offer that a caveat of place takes from
the host, and so sets free to stand in for a donor's; a bar on what two donors could use, of
whom one then takes something else; a condition named in a yes that named none; and a member
that took no part and now objects, where that changes the whole of which shares are.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.consent.any_case import BARS, NOW, WAYS_IN, cases
from u24.consent import judge_case
from u24.consent.windows import overlap
from u24.domain.consent import Permission


def permissions(judgement):
    """Every word that is given, by what it is about."""
    words = {("offer", name): each.permission for name, each in judgement.lots.items()}
    words |= {("ask", each.ask_id): each.permission for each in judgement.choices}
    for name, verdict in judgement.proposals.items():
        words["proposal", name] = verdict.permission
        words |= {(name, member): own.permission for member, own in verdict.contributors}
    return words


def windows(verdict, way_in):
    return dict(verdict.corridor_windows).get(way_in, verdict.windows)


def better(before, after):
    """What may more than it did, by its word or at some moment; a member may be new."""
    old, new = permissions(before), permissions(after)
    found = [name for name in new if new[name].rank > old.get(name, old.get((name[0], "*"))).rank]
    for name, verdict in after.lots.items():
        for way_in in (*WAYS_IN, "all"):
            moments = windows(verdict, way_in)
            if overlap(moments, windows(before.lots[name], way_in)) != moments:
                found.append((name, way_in))
    return found


@pytest.mark.parametrize("bar", BARS)
@given(data=st.data())
@settings(max_examples=30)
def test_one_bar_more_never_allows_more(bar, data):
    case = data.draw(cases())
    barred = BARS[bar](data.draw, case)

    before, after = judge_case(case, at=NOW), judge_case(barred, at=NOW)

    assert better(before, after) == []


@given(case=cases())
@settings(max_examples=60)
def test_nothing_is_barred_without_a_reason_and_somebody_who_can_lift_it(case):
    judgement = judge_case(case, at=NOW)
    own = [each for v in judgement.proposals.values() for _, each in v.contributors]

    for verdict in (*judgement.lots.values(), *judgement.proposals.values(), *own):
        bars = [reason for reason in verdict.reasons if reason.leaves.bars]
        assert bool(bars) is verdict.permission.bars
        assert all(reason.lifted_by.strip() for reason in bars)
        assert verdict.reasons or verdict.permission is Permission.YES
    assert not any(v.windows for v in judgement.lots.values() if v.permission is Permission.NO)
