"""Whatever is added, taken away or runs out: the gates never leave more than before."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.consent.a_transfer import (
    AT,
    BARRED,
    PASSED,
    S300,
    a_transfer,
    all_answers,
    an_embargo,
    reasons_of,
)  # fmt: skip
from u24.domain.consent import least
from u24.domain.gates import GateAnswer

SUBJECTS = st.sampled_from(["s300", "transfer", "other"])
OFFICERS = st.sampled_from(["A. One", "a. one", "B. Two", "C. Three"])
MOMENTS = st.integers(-72, 4).map(lambda hours: AT + timedelta(hours=hours))
ANSWERS = st.builds(
    GateAnswer,
    subject=SUBJECTS,
    gate_id=st.sampled_from(["att-6", "signatures", "un-embargo-scope", "host-request", "transit"]),
    passed=st.booleans(),
    officer=OFFICERS,
    at=MOMENTS,
    reasons=st.just("so it is"),
    valid_until_at=st.none() | MOMENTS,
)
EMBARGOES = st.builds(
    an_embargo,
    by=st.sampled_from(["UN", "EU", "SVK", "USA", "ECOWAS"]),
    from_on=st.sampled_from([date(2021, 1, 1), date(2022, 3, 15), date(2022, 3, 17)]),
    until_on=st.none() | st.just(date(2022, 12, 1)),
    whole_state=st.booleans(),
)
CASES = st.builds(
    lambda filled, answers, embargoes: a_transfer(
        *(all_answers() if filled else ()), *answers, embargoes=tuple(embargoes)
    ),
    st.booleans(),
    st.lists(ANSWERS, max_size=6),
    st.lists(EMBARGOES, max_size=3),
)


def ranks_of(case, kind):
    """What every gate leaves at most, by its code."""
    reasons = reasons_of(case, kind=kind)
    codes = {reason.code for reason in reasons}
    return {code: least(r.leaves for r in reasons if r.code == code).rank for code in codes}


def never_more(before, after):
    """No gate leaves more than it did; one that was not asked left everything."""
    return all(after.get(code, 3) <= rank for code, rank in before.items())


KINDS = st.sampled_from([S300, "cbrn_suit"])


@given(CASES, EMBARGOES, KINDS)
def test_one_more_embargo_never_allows_more(case, embargo, kind):
    more = replace(case, embargoes=(*case.embargoes, embargo))

    assert never_more(ranks_of(case, kind), ranks_of(more, kind))


@given(CASES, ANSWERS, KINDS)
def test_one_more_no_never_allows_more(case, answer, kind):
    no = replace(answer, passed=False)
    more = replace(case, gate_answers=(*case.gate_answers, no))

    assert never_more(ranks_of(case, kind), ranks_of(more, kind))


@given(CASES, KINDS, st.data())
def test_a_yes_that_is_taken_away_or_runs_out_never_allows_more(case, kind, data):
    yeses = [at for at, answer in enumerate(case.gate_answers) if answer.passed]
    at = data.draw(st.sampled_from(yeses)) if yeses else None
    rows = list(case.gate_answers)
    if at is not None and data.draw(st.booleans()):
        rows[at] = replace(rows[at], valid_until_at=data.draw(MOMENTS.filter(lambda m: m <= AT)))
    elif at is not None:
        del rows[at]

    less = replace(case, gate_answers=tuple(rows))

    assert never_more(ranks_of(case, kind), ranks_of(less, kind))


@given(CASES, KINDS, st.randoms(use_true_random=False))
def test_the_order_of_answers_given_at_different_moments_and_of_embargoes_is_nothing(
    case, kind, random
):
    rows = list({(a.subject, a.gate_id, a.at): a for a in case.gate_answers}.values())
    embargoes = list(case.embargoes)
    one = replace(case, gate_answers=tuple(rows))
    random.shuffle(rows)
    random.shuffle(embargoes)

    other = replace(case, gate_answers=tuple(rows), embargoes=tuple(embargoes))

    assert ranks_of(one, kind) == ranks_of(other, kind)


@given(CASES, KINDS)
def test_every_reason_of_a_gate_says_who_can_lift_it_and_names_its_law(case, kind):
    for reason in reasons_of(case, kind=kind):
        assert reason.lifted_by
        assert reason.sources
        assert reason.leaves in {PASSED, BARRED}
