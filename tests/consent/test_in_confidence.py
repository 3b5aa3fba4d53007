"""A word in confidence counts, and nothing shown gives it away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consent.proposal_builders import ALL_RULES, NOW, P, a_matter, a_position
from tests.consent.test_proposals import FIVE, codes, judge, matters, of_code
from u24.consent.proposals import judge_proposals
from u24.domain.consent import Permission
from u24.domain.decisions import Outcome, Vote

TEN = ("ALB", "BRA", "DEU", "GHA", "IND", "KEN", "NOR", "PER", "POL", "ROU")


def judge_secretly(member, stance="oppose", *rows, **values):
    return judge(*rows, a_position(member, stance, h=3, secret=True), **values)


def test_an_objection_in_confidence_breaks_silence_and_names_nobody():
    verdict = judge(
        a_position("DEU", "oppose", secret=True, text="our own reasons", by="the Chancellor")
    )

    assert verdict.decision.outcome is Outcome.LOST
    assert dict(verdict.decision.votes)["DEU"] is Vote.NONE
    assert verdict.decision.movers.sets == (("in confidence",),)
    [reason] = of_code(verdict, "position-in-confidence")
    assert (reason.text, reason.leaves, reason.lift) == (
        "1 spoke in confidence, and it is counted", Permission.NO, "",
    )  # fmt: skip
    assert of_code(verdict, "rule-lost")[0].lift == ""
    assert verdict.flips == ()
    shown = repr(verdict).replace("('DEU', <Vote.NONE: 'none'>)", "")
    assert "DEU" not in shown
    assert "own reasons" not in shown


@given(
    st.sampled_from(ALL_RULES),
    st.sampled_from(["support", "oppose", "abstain", "conditional", "not_participating"]),
    st.sampled_from([24, None]),
    st.sampled_from(["support", "oppose", "conditional"]),
)
def test_the_verdict_is_the_same_whoever_of_the_silent_spoke_in_confidence(
    rule_id, stance, deadline_h, said
):
    names = ("cease-fire",) if stance == "conditional" else ()
    rows = [a_position("POL", said, "withdrawal"), a_position("ROU")]
    values = {"rule_id": rule_id, "deadline_h": deadline_h, "members": ("UKR", *FIVE)}
    if rule_id.startswith("eu"):
        values["body"] = "EU"
    secrets = [a_position(m, stance, *names, h=3, secret=True) for m in ("EST", "LVA")]
    if not values.get("body"):
        values["members"] = (*values["members"], "EST", "LVA")

    one, other = (judge(*rows, secret, **values) for secret in secrets)

    if rule_id not in {"eu-qmv", "eu-qmv-reinforced"} or one.decision.outcome is (
        other.decision.outcome
    ):
        assert one == other


@given(matters(secret=st.just(value=True)))
def test_a_member_whose_only_words_are_in_confidence_is_named_by_its_vote_of_none_alone(values):
    verdict = judge_proposals(a_case_of(values), NOW)[P]
    shown = repr((verdict.reasons, verdict.flips, verdict.unmet, verdict.contributors))
    shown += repr((verdict.decision.movers, verdict.decision.text))

    for row in values["positions"]:
        assert row.member not in shown
    assert all(vote is Vote.NONE for _, vote in verdict.decision.votes)


def a_case_of(values):
    return a_matter(*values["positions"], **{k: v for k, v in values.items() if k != "positions"})


def test_a_yes_in_confidence_carries_it_where_it_was_missing():
    rows = [a_position(member) for member in FIVE if member != "DEU"]

    assert judge(*rows, rule_id="unanimity").permission is Permission.NO
    verdict = judge_secretly("DEU", "support", *rows, rule_id="unanimity")
    assert verdict.permission is Permission.YES
    assert "1 in confidence count" in verdict.decision.text
    assert verdict.decision.members_for == (4, 5)


def test_a_public_no_that_a_yes_in_confidence_replaced_has_no_weight_left():
    verdict = judge_secretly("DEU", "support", a_position("DEU", "oppose"))

    assert dict(verdict.decision.votes)["DEU"] is Vote.AGAINST
    assert of_code(verdict, "position-oppose")[0].leaves is Permission.WITHIN_LIMITS
    assert verdict.permission is Permission.WITHIN_LIMITS


def test_where_nobody_spoke_in_confidence_the_count_is_shown_as_it_is():
    assert judge(a_position("DEU", "oppose")).decision.text == "1 against, 4 without a vote"


def test_no_flip_is_told_of_a_member_whose_public_word_is_not_its_last():
    rows = [a_position("POL"), a_position("ROU"), a_position("DEU", "undecided")]

    verdict = judge_secretly("DEU", "oppose", *rows, rule_id="simple-majority")

    assert verdict.flips == ()
    assert "DEU" not in repr(verdict.decision.movers)


def test_a_public_word_gets_no_weight_from_a_no_in_confidence():
    verdict = judge_secretly("DEU", "oppose", a_position("DEU", "undecided"))

    assert codes(verdict) == ["rule-lost", "position-in-confidence"]


def test_the_hosts_and_the_bodys_words_in_confidence_bar_without_being_named():
    for member in ("TUR", "NATO"):
        verdict = judge_secretly(member, body="NATO", members=("POL",), host="UKR")
        alone = judge_secretly(member, "support", body="NATO", members=("POL",), host="UKR")
        hosted = judge_secretly(member, "oppose", host=member)
        assert verdict.permission is Permission.NO
        assert alone.permission is Permission.YES
        assert hosted.permission is Permission.NO
        assert "host-opposes" not in codes(hosted)
        assert "body-opposes" not in codes(verdict)


def test_a_hosts_public_no_that_its_word_in_confidence_replaced_bars_no_more():
    for stance, names in (("oppose", ()), ("conditional", ("cease-fire",))):
        verdict = judge_secretly("TUR", "support", a_position("TUR", stance, *names))

        assert verdict.permission is Permission.WITHIN_LIMITS


def test_a_word_in_confidence_of_one_without_a_vote_is_not_even_counted():
    assert judge_secretly("RUS").reasons == ()


def test_in_a_coalition_of_those_who_spoke_the_silent_do_not_appear():
    verdict = judge_secretly("DEU", "support", a_position("POL", "oppose"),
                             rule_id="coalition", members=())  # fmt: skip

    assert verdict.decision.outcome is Outcome.CARRIED
    assert [member for member, _ in verdict.decision.votes] == ["POL"]


def test_where_there_are_many_ways_only_their_size_is_told():
    verdict = judge_secretly("IND", members=(*TEN, *FIVE[1:3]), rule_id="simple-majority")

    assert (verdict.decision.movers.size, verdict.decision.movers.sets) == (7, ())
    assert of_code(verdict, "rule-lost")[0].lifted_by == "7 of those who decide"


def test_flips_are_told_only_of_those_who_spoke_in_public_alone():
    rows = [a_position("DEU", "oppose"), a_position("POL"), a_position("FRA", "undecided")]

    verdict = judge_secretly("ROU", "support", *rows, rule_id="simple-majority")

    assert verdict.flips == tuple(f"position:{m}/{P}=support" for m in ("DEU", "FRA"))


@pytest.mark.parametrize(
    ("rule_id", "supporters", "objectors", "secretly"),
    [
        ("silence", (), (), "oppose"),
        ("unanimity", FIVE[1:], (), "support"),
        ("nato-consensus", (), (), "oppose"),
        ("eu-unanimity", FIVE[1:], (), "support"),
        ("eu-cfsp-consensus", (), (), "oppose"),
        ("eu-qmv", ("FRA", "ROU"), (), "support"),
        ("eu-qmv-reinforced", ("FRA", "POL", "ROU"), (), "support"),
        ("simple-majority", ("FRA", "ROU"), (), "support"),
        ("unga-two-thirds", ("POL",), ("ROU",), "support"),
        ("unga-majority", ("POL",), ("ROU",), "support"),
        ("unsc", tuple(m for m in TEN[:9] if m != "DEU"), (), "support"),
        ("unsc-procedural", tuple(m for m in TEN[:9] if m != "DEU"), (), "support"),
        ("coalition", (), (), "support"),
    ],
)
def test_a_word_in_confidence_changes_the_outcome_of_every_rule(
    rule_id, supporters, objectors, secretly
):
    rows = [a_position(m) for m in supporters] + [a_position(m, "oppose") for m in objectors]
    values = {"rule_id": rule_id, "members": TEN if rule_id.startswith("unsc") else FIVE}

    without = judge(*rows, **values).decision.outcome
    with_it = judge_secretly("DEU", secretly, *rows, **values).decision.outcome

    assert {without, with_it} == {Outcome.CARRIED, Outcome.LOST}


@pytest.mark.parametrize("stance", ["support", "oppose", "not_participating", "undecided"])
def test_where_the_verdict_is_the_same_the_weight_of_a_word_in_confidence_tells_nothing(stance):
    rows = [a_position(m) for m in ("POL", "ROU", "FRA")] + [a_position("GRC", "oppose")]

    verdict = judge_secretly("DEU", stance, *rows, rule_id="simple-majority")

    assert verdict.decision.outcome is Outcome.CARRIED
    assert of_code(verdict, "position-in-confidence")[0].leaves is Permission.WITHIN_LIMITS


@pytest.mark.parametrize("stance", ["oppose", "undecided", "conditional"])
def test_a_public_word_that_promises_nothing_is_told_whatever_was_said_in_confidence(stance):
    verdict = judge_secretly(
        "DEU", stance, a_position("DEU", "conditional"), rule_id="coalition", members=FIVE
    )

    own = dict(verdict.contributors)["DEU"]
    assert own.reasons[0].code == "contributor-conditional"
