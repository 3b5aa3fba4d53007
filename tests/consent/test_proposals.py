"""May what is proposed be done, and with which reasons?"""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_case, a_grounds, at_h
from tests.consent.proposal_builders import (
    ALL_RULES,
    NOW,
    P,
    a_condition,
    a_matter,
    a_position,
    a_proposal,
    a_word,
)
from u24.consent.proposals import judge_proposals
from u24.domain.consent import Permission, least
from u24.domain.decisions import Outcome, Vote
from u24.domain.proposals import Confidence, MissionPurpose, ProposalKind
from u24.errors import InvalidInput

FIVE = ("DEU", "FRA", "GRC", "POL", "ROU")
NO, NOT_YET, WITHIN, YES = Permission


def judge(*positions, at=NOW, **values):
    return judge_proposals(a_matter(*positions, **values), at)[P]


def all_for(*but, **values):
    return tuple(a_position(member, **values) for member in FIVE if member not in but)


def of_code(verdict, code):
    return [reason for reason in verdict.reasons if reason.code == code]


def codes(verdict):
    return [reason.code for reason in verdict.reasons]


def test_what_nobody_objects_to_by_the_deadline_is_carried_by_silence():
    verdict = judge()

    assert (verdict.permission, verdict.decision.outcome) == (YES, Outcome.CARRIED)
    assert verdict.reasons == ()
    assert verdict.flips == ()


def test_before_its_deadline_a_silence_procedure_is_open_and_says_until_when():
    verdict = judge(at=at_h(23.9))

    [reason] = verdict.reasons
    assert (reason.code, reason.leaves, reason.by_at) == ("rule-open", NOT_YET, at_h(24))
    assert verdict.permission is NOT_YET
    assert judge(at=at_h(24)).permission is YES


def test_silence_without_a_deadline_never_ends():
    verdict = judge(deadline_h=None)

    assert of_code(verdict, "rule-open")[0].by_at is None


def test_one_objection_under_silence_leaves_no_and_names_who_can_lift_it():
    objection = a_position(
        "DEU",
        "oppose",
        by="the Chancellor",
        text="no personnel there.",
        confidence=Confidence.LOW,
        grounds=a_grounds(sources=("S35",)),
    )

    verdict = judge(objection)

    lost, reason = verdict.reasons
    assert (lost.code, lost.leaves, lost.lifted_by) == ("rule-lost", NO, "DEU")
    assert (reason.code, reason.leaves) == ("position-oppose", NO)
    assert (reason.lifted_by, reason.sources) == ("member DEU", ("S35",))
    assert reason.lift == lost.lift == "position:DEU/peace-mission=support"
    assert reason.text == (
        "DEU opposes it (the Chancellor, 2023-02-06 02:17Z, confidence low): no personnel there; "
        "under silence that stops it"
    )
    assert verdict.flips == ("position:DEU/peace-mission=support",)


def test_an_objection_that_does_not_decide_is_kept_within_limits():
    verdict = judge(*all_for("DEU"), a_position("DEU", "red_line"), rule_id="simple-majority")

    [reason] = verdict.reasons
    assert (reason.code, reason.leaves) == ("position-red-line", WITHIN)
    assert "that does not decide it" in reason.text
    assert verdict.permission is WITHIN


def test_an_objection_that_decides_a_majority_leaves_what_the_count_leaves():
    against = [a_position(member, "oppose") for member in ("DEU", "FRA", "GRC")]

    verdict = judge(*against, a_position("POL"), a_position("ROU"), rule_id="simple-majority")

    assert {reason.leaves for reason in of_code(verdict, "position-oppose")} == {NO}
    assert verdict.flips == tuple(f"position:{m}/{P}=support" for m in ("DEU", "FRA", "GRC"))


def test_objections_none_of_which_decides_alone_leave_the_bar_to_the_count():
    against = [a_position(member, "oppose") for member in FIVE]

    verdict = judge(*against, rule_id="simple-majority")

    assert {reason.leaves for reason in of_code(verdict, "position-oppose")} == {WITHIN}
    assert [reason.code for reason in verdict.reasons if reason.leaves is NO] == ["rule-lost"]
    assert verdict.flips == ()


def test_a_veto_stops_the_council_and_another_objection_does_not():
    council = ("CHN", "FRA", "GBR", "RUS", "USA", "AUT", "BRA", "EGY", "GHA", "IND", "KEN")
    rows = [a_position(member) for member in council if member not in {"RUS", "IND"}]
    rows += [a_position("RUS", "oppose"), a_position("IND", "oppose")]

    verdict = judge(*rows, rule_id="unsc", members=council)

    weights = {r.lifted_by: r.leaves for r in of_code(verdict, "position-oppose")}
    assert weights == {"member RUS": NO, "member IND": WITHIN}
    assert verdict.flips == (f"position:RUS/{P}=support",)


def test_each_of_two_vetoes_leaves_no_though_neither_decides_alone():
    rows = [a_position("RUS", "oppose"), a_position("CHN", "oppose"), a_position("IND", "oppose")]

    verdict = judge(*rows, rule_id="unsc", members=("CHN", "IND", "RUS"))

    weights = {r.lifted_by: r.leaves for r in of_code(verdict, "position-oppose")}
    assert weights == {"member CHN": NO, "member IND": WITHIN, "member RUS": NO}


def test_where_abstention_blocks_it_is_a_reason_with_that_weight():
    verdict = judge(
        *all_for("DEU", "FRA"),
        a_position("DEU", "abstain"),
        a_position("FRA", "abstain"),
        rule_id="unanimity",
    )

    assert [r.leaves for r in of_code(verdict, "position-abstain")] == [NO, NO]
    assert codes(judge(a_position("DEU", "abstain"))) == []


def test_an_undecided_member_that_decides_is_a_reason():
    rows = all_for("DEU")
    verdict = judge(*rows, a_position("DEU", "undecided", "cease-fire"), rule_id="unanimity")

    assert "position-undecided" in codes(verdict)
    assert [r.leaves for r in of_code(verdict, "condition-unmet")] == [YES]
    assert verdict.flips == (f"position:DEU/{P}=support",)


def test_a_member_silent_on_a_part_is_a_reason_where_its_yes_decides():
    purposes = (MissionPurpose.HUMANITARIAN_AID, MissionPurpose.COMBAT)
    part = a_position("DEU", purposes=(MissionPurpose.HUMANITARIAN_AID,))

    verdict = judge(*all_for("DEU"), part, rule_id="unanimity", purposes=purposes)

    [reason] = of_code(verdict, "position-partial")
    assert (reason.text, reason.leaves) == ("DEU has not spoken of combat", NO)


def test_each_condition_of_each_member_is_a_reason_of_its_own():
    rows = (
        a_position("POL", "conditional", "cease-fire", "un-mandate"),
        a_position("ROU", "conditional", "cease-fire"),
    )

    verdict = judge(*rows, words=(a_word("un-mandate", False),))

    unmet = of_code(verdict, "condition-unmet")
    assert [reason.lift for reason in unmet] == [
        "cease-fire=true", "un-mandate=true", "cease-fire=true",
    ]  # fmt: skip
    assert unmet[0].lifted_by == "the parties to the fighting"
    assert "which is not known to hold" in unmet[0].text
    assert "which is said not to hold" in unmet[1].text
    assert {reason.leaves for reason in unmet} == {NO}
    assert verdict.unmet == ("cease-fire", "un-mandate")
    assert verdict.flips == ()


def test_a_condition_that_many_set_flips_the_verdict_alone():
    rows = [a_position(member, "conditional", "cease-fire") for member in ("DEU", "POL", "ROU")]

    assert judge(*rows).flips == ("cease-fire=true",)
    assert judge(*rows, words=(a_word("cease-fire"),)).permission is YES


def test_a_condition_that_another_excludes_is_no_flip():
    rows = (a_position("DEU", "conditional", "unarmed"),)

    verdict = judge(*rows, words=(a_word("able-to-defend-itself"),))

    assert verdict.flips == (f"position:DEU/{P}=support",)


def test_a_conditional_yes_that_names_nothing_is_lifted_by_the_member_alone():
    verdict = judge(a_position("DEU", "conditional"))

    [reason] = of_code(verdict, "condition-unnamed")
    assert (reason.leaves, reason.lift) == (NO, f"position:DEU/{P}=support")
    assert verdict.unmet == ()


def test_an_objector_that_names_conditions_keeps_them_as_reasons_without_weight():
    verdict = judge(a_position("HUN", "oppose", "cease-fire"), members=("HUN", "POL"))

    assert [r.leaves for r in of_code(verdict, "condition-unmet")] == [YES]
    assert verdict.unmet == ("cease-fire",)


@pytest.mark.parametrize(("said", "leaves"), [(None, NOT_YET), (False, NO), (True, None)])
def test_what_a_proposal_requires_leaves_not_yet_while_unknown_and_no_where_it_does_not_hold(
    said, leaves
):
    words = (
        () if said is None else (a_word("host-request", said, grounds=a_grounds(sources=("S1",))),)
    )

    verdict = judge(requires=("host-request",), words=words, grounds=a_grounds(sources=("S9",)))

    if leaves is None:
        assert verdict.permission is YES
        return
    [reason] = verdict.reasons
    assert (reason.code, reason.leaves) == ("requires-host-request", leaves)
    assert (reason.lift, reason.lifted_by) == ("host-request=true", "the host's government")
    assert reason.sources == (("S9",) if said is None else ("S9", "S1"))
    assert verdict.flips == ("host-request=true",)
    assert verdict.unmet == ("host-request",)


def test_of_two_requirements_none_flips_it_alone():
    assert judge(requires=("host-request", "cease-fire")).flips == ()


def test_those_without_a_vote_are_kept_as_information():
    rows = (a_position("RUS", "oppose"), a_position("BLR", "conditional", "withdrawal"))

    verdict = judge(*rows)

    assert codes(verdict) == ["condition-unmet", "position-oppose"]
    assert "it has no vote" in of_code(verdict, "position-oppose")[0].text
    assert verdict.permission is YES
    assert "RUS" not in dict(verdict.decision.votes)


def test_the_deciding_organisations_own_objection_bars_it():
    verdict = judge(a_position("NATO", "oppose"), body="NATO", members=())

    assert [(r.code, r.leaves) for r in verdict.reasons] == [("body-opposes", NO)]
    assert verdict.flips == (f"position:NATO/{P}=support",)
    assert len(verdict.decision.votes) == 30


def test_the_hosts_objection_bars_what_would_be_done_on_its_ground():
    mission = judge(a_position("TUR", "red_line"))
    sanctions = judge(a_position("TUR", "red_line"), kind=ProposalKind.SANCTIONS, purposes=())

    assert [(r.code, r.leaves) for r in mission.reasons] == [("host-opposes", NO)]
    assert sanctions.permission is YES


def test_the_hosts_conditions_bar_and_its_yes_or_silence_does_not():
    conditional = a_position("TUR", "conditional", "cease-fire")
    unnamed = a_position("TUR", "conditional")

    assert judge(conditional).permission is NOT_YET
    assert judge(conditional).flips == ("cease-fire=true", f"position:TUR/{P}=support")
    assert judge(conditional, words=(a_word("cease-fire", False),)).permission is NO
    assert judge(unnamed).permission is NOT_YET
    assert judge(a_position("TUR", "undecided")).permission is YES
    assert judge(a_position("TUR")).reasons == ()


def test_the_host_of_a_mission_in_two_parts_bars_it_by_one_of_them():
    purposes = (MissionPurpose.HUMANITARIAN_AID, MissionPurpose.COMBAT)
    rows = (a_position("TUR", "oppose", purposes=(MissionPurpose.COMBAT,)),)

    assert judge(*rows, purposes=purposes).permission is NO


def test_a_host_that_has_a_vote_is_a_reason_once():
    verdict = judge(a_position("DEU", "oppose"), host="DEU")

    assert codes(verdict) == ["rule-lost", "host-opposes"]
    assert verdict.flips == (f"position:DEU/{P}=support",)


def test_two_that_bar_are_no_single_change():
    verdict = judge(a_position("NATO", "oppose"), a_position("TUR", "oppose"), body="NATO")

    assert verdict.flips == ()


def test_what_is_not_proposed_yet_may_not_be_done_yet():
    rows = (a_position("DEU", "conditional", "cease-fire"),)

    verdict = judge(*rows, rule_id="coalition", made_at=at_h(50), proposer="POL")

    [reason] = of_code(verdict, "not-made-yet")
    assert (reason.leaves, reason.lifted_by, reason.by_at) == (NOT_YET, "POL", None)
    assert verdict.flips == ()
    assert judge(made_at=NOW).permission is YES


def test_a_coalition_without_members_is_made_of_those_who_spoke():
    rows = (a_position("POL"), a_position("DEU", "oppose"), a_position("NATO"))

    verdict = judge(*rows, rule_id="coalition", members=())

    assert verdict.decision.votes == (("DEU", Vote.AGAINST), ("POL", Vote.FOR))
    assert verdict.permission is WITHIN


def test_an_organisation_may_be_among_those_who_decide():
    assert dict(judge(members=("NATO", "UKR")).decision.votes)["NATO"] is Vote.NONE


def test_proposals_come_in_order_of_id():
    case = a_case(proposals=(a_proposal("b"), a_proposal("a")))

    assert list(judge_proposals(case, NOW)) == ["a", "b"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"members": ()}, "proposal peace-mission: nobody decides; give a body, or members"),
        ({"members": ("DEU", "DEU")}, "proposal peace-mission: members names 'DEU' twice"),
        ({"members": ("XYZ",)}, "proposal peace-mission: names member 'XYZ'"),
        ({"body": "OSCE"}, "proposal peace-mission: organisation is 'OSCE'; it must be one of"),
        ({"rule_id": "dice"}, "proposal peace-mission: rule is 'dice'; it must be one of"),
        ({"requires": ("truce",)}, "proposal peace-mission: requires names condition 'truce'"),
        (
            {"requires": ("unarmed", "able-to-defend-itself")},
            "proposal peace-mission: requires asks for unarmed and able-to-defend-itself",
        ),
        (
            {"rule_id": "eu-qmv", "members": ("EU", "DEU")},
            "proposal peace-mission: rule eu-qmv counts people; the population of EU",
        ),
    ],
)
def test_a_fault_of_a_proposal_is_refused_with_its_place(values, told):
    with pytest.raises(InvalidInput, match=told):
        judge(**values)


def test_two_proposals_of_one_id_are_refused():
    with pytest.raises(InvalidInput, match="proposals name id 'peace-mission' twice"):
        judge_proposals(a_case(proposals=(a_proposal(), a_proposal())), NOW)


STANCES = st.sampled_from(
    [
        "support",
        "conditional",
        "undecided",
        "abstain",
        "abstain_constructively",
        "not_participating",
        "oppose",
        "red_line",
    ]
)
NAMES = st.sampled_from(["cease-fire", "withdrawal", "un-mandate", "x"])
OPENLY = st.just(value=False)
DEADLINES = st.sampled_from([24, None])
MEMBERS = st.sampled_from([*FIVE, "TUR", "RUS", "NATO"])


@st.composite
def positions(draw, secret=OPENLY):
    stance = draw(STANCES)
    names = draw(st.lists(NAMES, unique=True, max_size=2))
    purposes = draw(
        st.sampled_from([(), (MissionPurpose.HUMANITARIAN_AID,), (MissionPurpose.COMBAT,)])
    )
    return a_position(
        draw(MEMBERS), stance, *names, h=draw(st.integers(0, 3)), purposes=purposes,
        secret=draw(secret),
    )  # fmt: skip


@st.composite
def matters(draw, secret=OPENLY, deadlines=DEADLINES):
    holds = draw(st.dictionaries(NAMES, st.booleans()))
    rule_id = draw(st.sampled_from(ALL_RULES))
    bodies = [""] if rule_id.startswith("eu") else ["", "", "NATO"]  # NATO counts no people
    return {
        "positions": draw(st.lists(positions(secret), max_size=8)),
        "words": tuple(a_word(name, value) for name, value in holds.items()),
        "rule_id": rule_id,
        "deadline_h": draw(deadlines),
        "requires": tuple(draw(st.lists(NAMES, unique=True, max_size=1))),
        "purposes": (MissionPurpose.HUMANITARIAN_AID, MissionPurpose.COMBAT),
        "conditions": (a_condition("x"),),
        "body": draw(st.sampled_from(bodies)),
    }


def built(values):
    rows = values["positions"]
    return a_matter(*rows, **{k: v for k, v in values.items() if k != "positions"})


def rank(values):
    return judge_proposals(built(values), NOW)[P].permission.rank


@given(matters(secret=st.booleans()), MEMBERS, st.sampled_from(["oppose", "red_line"]))
def test_one_more_objection_never_allows_more(values, member, stance):
    more = a_position(member, stance, h=4)

    assert rank({**values, "positions": [*values["positions"], more]}) <= rank(values)


@given(matters(secret=st.booleans()), st.data())
def test_one_more_condition_never_allows_more(values, data):
    rows = values["positions"]
    if rows:
        at = data.draw(st.integers(0, len(rows) - 1))
        old = rows[at]
        stance = "conditional" if old.stance == "support" else old.stance
        more = a_position(
            old.member, stance, *{*old.conditions, data.draw(NAMES)}, at=old.at,
            purposes=old.purposes, secret=old.secret,
        )  # fmt: skip
        changed = [more if row is old else row for row in rows]

        assert rank({**values, "positions": changed}) <= rank(values)


@given(matters(secret=st.booleans()), NAMES)
def test_one_more_requirement_never_allows_more(values, name):
    requires = tuple(dict.fromkeys((*values["requires"], name)))

    assert rank({**values, "requires": requires}) <= rank(values)


@given(matters(secret=st.booleans()))
def test_a_verdict_is_the_least_of_its_reasons_and_every_bar_says_who_lifts_it(values):
    verdict = judge_proposals(built(values), NOW)[P]

    assert verdict.permission is least(reason.leaves for reason in verdict.reasons)
    for reason in verdict.reasons:
        if reason.code.startswith(("position", "requires", "body", "host")):
            assert reason.lifted_by, reason


@given(matters(), st.randoms())
def test_the_order_of_rows_does_not_matter_where_times_differ(values, random):
    rows = [
        a_position(row.member, row.stance, *row.conditions, h=hour, purposes=row.purposes)
        for hour, row in enumerate(values["positions"])
    ]
    mixed = random.sample(rows, len(rows))

    assert judge_proposals(built({**values, "positions": mixed}), NOW) == judge_proposals(
        built({**values, "positions": rows}), NOW
    )


@given(matters())
def test_no_objection_and_no_condition_is_lost(values):
    verdict = judge_proposals(built(values), NOW)[P]

    last = {}
    for row in sorted(values["positions"], key=lambda row: row.at):
        for purpose in row.purposes or (MissionPurpose.HUMANITARIAN_AID, MissionPurpose.COMBAT):
            last[row.member, purpose] = row
    holds = {word.condition_id for word in values["words"] if word.holds}
    told = list(itertools.chain.from_iterable((r.text, r.lift) for r in verdict.reasons))
    for row in last.values():
        if row.stance in {"oppose", "red_line"}:
            assert f"position:{row.member}/{P}=support" in told
        for name in set(row.conditions) - holds:
            assert f"{name}=true" in told
            assert name in verdict.unmet
