"""Who may itself take part in what is proposed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_grounds, at_h
from tests.consent.proposal_builders import NOW, P, a_position, a_word
from tests.consent.test_proposals import built, judge, matters
from u24.consent.proposals import judge_proposals
from u24.domain.consent import Permission
from u24.domain.proposals import MissionPurpose

AID, COMBAT = MissionPurpose.HUMANITARIAN_AID, MissionPurpose.COMBAT
NO, NOT_YET, WITHIN, YES = Permission


def of_member(verdict, member):
    return dict(verdict.contributors)[member]


def own(stance, *names, member="UKR", **values):
    """The verdict on one who has no vote, so that the proposal itself may be done."""
    words = values.pop("words", ())
    return of_member(judge(a_position(member, stance, *names, **values), words=words), member)


@pytest.mark.parametrize(
    ("stance", "permission", "code"),
    [
        ("support", YES, None),
        ("undecided", NOT_YET, "contributor-undecided"),
        ("conditional", NOT_YET, "contributor-conditional"),
        ("abstain", NOT_YET, "contributor-abstain"),
        ("abstain_constructively", NOT_YET, "contributor-abstain-constructively"),
        ("not_participating", NO, "contributor-not-participating"),
        ("oppose", NO, "contributor-oppose"),
        ("red_line", NO, "contributor-red-line"),
    ],
)
def test_a_member_takes_part_by_its_own_yes_only(stance, permission, code):
    verdict = own(stance)

    assert verdict.permission is permission
    assert [reason.code for reason in verdict.reasons] == ([code] if code else [])
    assert verdict.windows == (((NOW, None),) if permission is YES else ())


def test_a_conditional_yes_waits_for_its_conditions_and_is_a_no_where_they_do_not_hold():
    holds = {None: NOT_YET, False: NO, True: YES}

    for said, permission in holds.items():
        words = () if said is None else (a_word("cease-fire", said),)
        assert own("conditional", "cease-fire", words=words).permission is permission
    assert own("conditional", "cease-fire").reasons[0].lift == "cease-fire=true"
    assert own("undecided", "cease-fire").reasons[0].code == "contributor-undecided"


def test_all_who_have_not_spoken_stand_as_not_yet():
    verdict = judge(a_position("POL"))

    assert [member for member, _ in verdict.contributors] == ["POL", "*"]
    assert of_member(verdict, "*").permission is NOT_YET
    assert of_member(verdict, "*").reasons[0].code == "contributor-no-position"


def test_a_yes_to_a_part_of_a_mission_lets_it_take_part_within_these_limits():
    both = {"purposes": (AID, COMBAT)}

    aid = of_member(judge(a_position("UKR", purposes=(AID,)), **both), "UKR")
    line = of_member(judge(a_position("UKR"), a_position("UKR", "red_line", h=2,
                           purposes=(COMBAT,)), **both), "UKR")  # fmt: skip

    assert (aid.permission, aid.reasons[0].text) == (
        WITHIN, "UKR has spoken of humanitarian_aid only",
    )  # fmt: skip
    assert line.permission is NO


def test_nobody_takes_part_in_what_may_not_be_done():
    objection = a_position("DEU", "oppose", grounds=a_grounds(sources=("S35",)))

    verdict = of_member(judge(objection, a_position("POL")), "POL")

    [reason] = verdict.reasons
    assert (reason.code, reason.leaves) == ("proposal-no", NO)
    assert reason.lift == f"position:DEU/{P}=support"
    assert (reason.lifted_by, reason.sources) == ("DEU; member DEU", ("S35",))


def test_what_waits_for_its_deadline_alone_says_when_it_opens():
    open_yet = judge(a_position("POL"), at=at_h(23))
    more = judge(a_position("POL"), at=at_h(23), requires=("cease-fire",))

    assert of_member(open_yet, "POL").reasons[0].by_at == at_h(24)
    assert of_member(more, "POL").reasons[0].by_at is None


def test_limits_of_the_proposal_are_limits_of_those_who_take_part():
    rows = [a_position(m) for m in ("FRA", "GRC", "POL", "ROU")] + [a_position("DEU", "oppose")]

    verdict = of_member(judge(*rows, rule_id="simple-majority"), "POL")

    assert (verdict.permission, verdict.reasons[0].code) == (WITHIN, "proposal-within-limits")
    assert verdict.reasons[0].lift == ""


@pytest.mark.parametrize(("secret", "permission"), [("oppose", NOT_YET), ("support", YES)])
def test_a_word_in_confidence_that_allows_less_leaves_a_member_as_if_it_had_not_spoken(
    secret, permission
):
    verdict = judge(a_position("UKR"), a_position("UKR", secret, h=2, secret=True))

    assert of_member(verdict, "UKR").permission is permission
    if secret == "oppose":
        assert of_member(verdict, "UKR") == of_member(verdict, "*")


@given(matters(secret=st.booleans()))
def test_no_member_may_do_more_than_the_proposal_allows(values):
    verdict = judge_proposals(built(values), NOW)[P]

    for member, each in verdict.contributors:
        assert each.permission.rank <= verdict.permission.rank, member
