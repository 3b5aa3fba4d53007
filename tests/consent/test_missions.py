"""Offers and needs that are parts of a mission, and what a mission lacks."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    HOST,
    T0,
    a_case,
    a_consent,
    a_grounds,
    a_lot,
    a_need,
    a_reason,
    a_substitute,
    a_verdict,
)
from u24.consent.judge import judge_case
from u24.consent.missions import (
    completeness_reasons,
    missing_capabilities,
    mission_reasons,
    planned_needs,
    with_legal_class,
)
from u24.domain.consent import Permission, least
from u24.domain.decisions import Decision, Outcome
from u24.domain.judgement import ProposalVerdict
from u24.domain.proposals import Position, Proposal, ProposalKind, Stance
from u24.errors import InvalidInput
from u24.intake.case_folder.read import read_case

NO, NOT_YET, LIMITS, YES = Permission
GUARDS, ENGINEERS, LIAISON = "force_protection_platoon", "engineer_platoon", "liaison_team"


def a_proposal(proposal_id="mission", **values):
    return Proposal(
        proposal_id=proposal_id, **{"kind": ProposalKind.MISSION, "title": "A mission", **values}
    )


def a_proposal_verdict(permission=YES, *, proposal_id="mission", **values):
    decision = Decision(rule_id="silence", outcome=Outcome.CARRIED, votes=(), text="")
    return ProposalVerdict(
        proposal_id=proposal_id, permission=permission, decision=decision, **values
    )


def guards(lot_id="g", **values):
    return a_lot(lot_id, **{"kind": GUARDS, "proposal_id": "mission", **values})


def reasons_of(lot, verdict=None):
    proposals = {"mission": verdict or a_proposal_verdict()}
    return mission_reasons(a_case(lots=(lot,)), proposals).get(lot.lot_id, ())


def test_a_capability_that_names_no_proposal_is_barred():
    lot = guards(proposal_id="", grounds=a_grounds(sources=("S1",)))

    (reason,) = reasons_of(lot)

    assert reason.code == "mission-without-proposal"
    assert reason.leaves is NO
    assert reason.lifted_by == "member NLD, by naming the proposal that it is a part of"
    assert reason.sources == ("S1",)


@pytest.mark.parametrize(
    "values", [{"kind": "usar_heavy"}, {"kind": "no_such_kind"}, {"member": HOST}]
)
def test_what_is_no_capability_and_what_is_the_hosts_own_needs_no_proposal(values):
    assert reasons_of(guards(**{"proposal_id": "", **values})) == ()


def test_a_part_of_a_mission_that_may_be_done_gets_no_reason():
    assert reasons_of(guards()) == ()


def test_a_part_carries_every_reason_of_its_proposal_and_of_its_member_once():
    shared = a_reason("red-line", leaves=NO, lift="position:HUN/mission=support")
    own = a_reason("own-condition", leaves=NOT_YET)
    verdict = a_proposal_verdict(
        NO,
        reasons=(shared,),
        contributors=(
            ("NLD", a_verdict(permission=NO, reasons=(shared, own))),
            ("*", a_verdict(reasons=(a_reason("for-the-rest"),))),
        ),
    )

    assert reasons_of(guards(), verdict) == (shared, own)


def test_a_member_without_a_position_is_taken_as_the_rest():
    rest = a_reason("for-the-rest", leaves=NOT_YET)
    contributors = (
        ("DEU", a_verdict()),
        ("*", a_verdict(permission=NOT_YET, reasons=(rest,))),
    )

    assert reasons_of(guards(), a_proposal_verdict(contributors=contributors)) == (rest,)


def test_a_proposal_bars_goods_and_teams_that_are_parts_of_it_too():
    verdict = a_proposal_verdict(NO, reasons=(a_reason("lost", leaves=NO),))

    assert [each.code for each in reasons_of(guards(kind="blanket"), verdict)] == ["lost"]


def test_where_reasons_allow_more_than_the_verdict_one_more_says_so():
    of_all = reasons_of(guards(), a_proposal_verdict(NOT_YET))
    own = a_proposal_verdict(contributors=(("NLD", a_verdict(permission=NO)),))
    of_member = reasons_of(guards(), own)
    both = a_proposal_verdict(NO, contributors=(("NLD", a_verdict(permission=LIMITS)),))

    assert [(each.leaves, each.text) for each in of_all] == [
        (NOT_YET, "proposal mission may be done: not_yet")
    ]
    assert [(each.leaves, each.text) for each in of_member] == [
        (NO, "NLD may take part in mission: no")
    ]
    assert reasons_of(guards(), both)[0].text == "proposal mission may be done: no"


def test_a_summary_of_the_proposal_gives_way_to_what_it_sums_up():
    summary = a_reason("proposal-no", leaves=NO)
    line = a_reason("red-line", leaves=NO, lift="position:HUN/mission=support")
    contributors = (("NLD", a_verdict(permission=NO, reasons=(summary,))),)

    told = reasons_of(guards(), a_proposal_verdict(NO, reasons=(line,), contributors=contributors))
    alone = reasons_of(guards(), a_proposal_verdict(NO, contributors=contributors))

    assert told == (line,)
    assert alone == (summary,)


def test_a_lot_of_a_proposal_without_a_verdict_is_refused_with_the_known_ones():
    case = a_case(lots=(guards(),))

    with pytest.raises(InvalidInput, match="lot g: proposal is 'mission'; the case has other"):
        mission_reasons(case, {"other": a_proposal_verdict(proposal_id="other")})
    with pytest.raises(InvalidInput, match="the case has no proposal"):
        mission_reasons(case, {})


REASONS = st.lists(
    st.builds(a_reason, st.sampled_from("abc"), leaves=st.sampled_from(Permission)), max_size=3
)
PERMISSIONS = st.sampled_from(Permission)
OWN = st.none() | st.tuples(PERMISSIONS, REASONS)


def a_part(permission, reasons, own):
    contributors = ()
    if own is not None:
        contributors = (("NLD", a_verdict(permission=own[0], reasons=tuple(own[1]))),)
    verdict = a_proposal_verdict(permission, reasons=tuple(reasons), contributors=contributors)
    return reasons_of(guards(), verdict)


@given(permission=PERMISSIONS, reasons=REASONS, own=OWN)
def test_a_part_may_do_exactly_what_its_proposal_its_member_and_all_reasons_leave(
    permission, reasons, own
):
    found = a_part(permission, reasons, own)

    of_member, its_reasons = own or (YES, [])
    leaves = [each.leaves for each in (*reasons, *its_reasons)]
    assert least(each.leaves for each in found) is least([permission, of_member, *leaves])
    assert {*reasons, *its_reasons} <= set(found)


def test_needs_of_a_proposal_that_may_not_be_done_wait():
    needs = tuple(
        a_need(f"n-{name}", proposal_id="" if name == "none" else name)
        for name in ("none", "no", "not_yet", "within_limits", "yes")
    )
    proposals = {each: a_proposal_verdict(each, proposal_id=each) for each in Permission}

    planned, waiting = planned_needs(needs, proposals)

    assert [need.need_id for need in planned] == ["n-none", "n-within_limits", "n-yes"]
    assert [need.need_id for need in waiting] == ["n-no", "n-not_yet"]


def test_a_need_of_a_proposal_without_a_verdict_is_refused():
    with pytest.raises(InvalidInput, match="need need_1: proposal is 'x'; the case has mission"):
        planned_needs((a_need(proposal_id="x"),), {"mission": a_proposal_verdict()})


def missing(*needs, lots, windows=((T0, None),)):
    case = a_case(needs=needs, lots=lots)
    verdicts = {lot.lot_id: a_verdict(windows=windows) for lot in lots}
    return missing_capabilities(case, verdicts, "mission")


def a_mission_need(kind=GUARDS, **values):
    return a_need(f"n-{kind}", kind=kind, **{"proposal_id": "mission", **values})


def test_a_capability_that_no_offer_of_the_mission_may_bring_is_missing():
    needs = (a_mission_need(), a_mission_need(ENGINEERS), a_mission_need(LIAISON))

    assert missing(*needs, lots=(guards(), guards("l", kind=LIAISON, proposal_id="x"))) == (
        ENGINEERS,
        LIAISON,
    )
    assert missing(*needs, lots=()) == (ENGINEERS, GUARDS, LIAISON)


def test_an_offer_without_a_window_or_without_a_verdict_brings_nothing():
    need = a_mission_need()

    assert missing(need, lots=(guards(),), windows=()) == (GUARDS,)
    assert missing_capabilities(a_case(needs=(need,), lots=(guards(),)), {}, "mission") == (GUARDS,)


def test_a_substitute_brings_the_capability_too_and_other_needs_do_not_count():
    need = a_mission_need(substitutes=(a_substitute(ENGINEERS),))
    other = a_mission_need(LIAISON, proposal_id="another")

    assert missing(need, other, lots=(guards(kind=ENGINEERS),)) == ()


def lacking(*needs, **values):
    proposal = a_proposal(grounds=a_grounds(sources=("S1",)), **values)
    return completeness_reasons(a_case(needs=needs, proposals=(proposal,)))


def test_a_mission_without_force_protection_is_told_that_it_cannot_defend_itself():
    (reason,) = lacking(a_mission_need(ENGINEERS), a_mission_need("usar_heavy"))["mission"]

    assert reason.code == "mission-without-protection"
    assert reason.leaves is LIMITS
    assert reason.text.startswith("mission mission has engineer_platoon, usar_heavy and no force")
    assert reason.lifted_by == "who proposed it, by adding force protection"
    assert reason.sources == ("S1",)


def test_whoever_proposed_the_mission_could_add_it():
    (reason,) = lacking(a_mission_need(ENGINEERS), proposer="ITA")["mission"]

    assert reason.lifted_by == "ITA, by adding force protection"


@pytest.mark.parametrize("kind", [GUARDS, "force_protection_company", "infantry_company"])
def test_a_mission_with_force_protection_lacks_nothing(kind):
    assert lacking(a_mission_need(ENGINEERS), a_mission_need(kind)) == {}


def test_what_is_no_mission_and_a_mission_without_needs_are_not_judged():
    need = a_mission_need(ENGINEERS)

    assert lacking(need, kind=ProposalKind.ASSISTANCE_PACKAGE) == {}
    assert lacking() == {}
    assert lacking(a_mission_need(ENGINEERS, proposal_id="")) == {}


def test_what_is_military_by_its_kind_is_military_whatever_the_offer_says():
    lots = (guards(), guards("l", kind=LIAISON), a_lot("u"), a_lot("m", military=True))

    classed = with_legal_class(lots)

    assert [lot.military for lot in classed] == [True, False, False, True]
    assert [lot.lot_id for lot in classed] == ["g", "l", "u", "m"]


def test_the_parts_of_the_exercise_are_planned_once_nobody_breaks_the_silence():
    case = read_case(Path(__file__).parents[2] / "scenarios" / "mission-exercise")

    at_the_end = judge_case(case)
    in_silence = judge_case(case, at=case.hours_after_t0(4.9))

    planned, waiting = planned_needs(case.needs, at_the_end.proposals)
    unasked, parts = planned_needs(case.needs, in_silence.proposals)
    assert (planned, waiting) == (case.needs, ())
    assert [need.need_id for need in unasked] == ["n-usar", "n-tents", "n-blankets"]
    assert len(parts) == 6
    assert missing_capabilities(case, at_the_end.lots, "mission") == ()


def test_one_objection_within_the_silence_leaves_the_exercise_without_its_mission():
    case = read_case(Path(__file__).parents[2] / "scenarios" / "mission-exercise")
    against = Position(
        member="HUN", proposal="mission", stance=Stance.OPPOSE, at=case.hours_after_t0(4.6)
    )
    case = replace(case, positions=(*case.positions, against))

    judgement = judge_case(case)

    assert len(missing_capabilities(case, judgement.lots, "mission")) == 6
    assert len(planned_needs(case.needs, judgement.proposals)[1]) == 6
    assert judgement.choices[0].chosen == ("aut-tents", "un-blankets")


def test_the_exercise_shows_every_way_in_which_a_part_is_barred():
    case = read_case(Path(__file__).parents[2] / "scenarios" / "mission-exercise")

    lots = judge_case(case).lots

    bars = {lot_id: {bar.code for bar in lot.bars} for lot_id, lot in lots.items()}
    assert "contributor-not-participating" in bars["aut-logistics"]
    assert "mission-without-proposal" in bars["mkd-engineers"]
    assert bars["fra-medical"] >= {"caveat-once-replaced"}
    assert bars["ita-liaison"] == {"opens-proposal"}  # it waits for the end of silence alone


@pytest.mark.parametrize("kind", ["air_defence_s300", "field_hospital_level2"])
def test_what_is_military_by_its_kind_is_so_for_the_hosts_consent_too(kind):
    lot = a_lot(kind=kind, military=False, pack_people=0)
    consents = (a_consent(kinds=("goods",)), a_consent(kinds=("military",), allowed=False))

    verdict = judge_case(a_case(lots=(lot,), consents=consents)).lots[lot.lot_id]

    assert "host-consent" in {reason.code for reason in verdict.bars}


def test_goods_of_dual_use_are_not_military_by_their_kind():
    (lot,) = with_legal_class((a_lot(kind="cbrn_suit"),))

    assert not lot.military
