"""What was said in confidence counts in an answer, and stands nowhere in it."""

from dataclasses import replace

from tests.builders import a_grounds, a_source
from tests.desk.a_disputed_case import MISSION, a_disputed_case, a_position
from u24.desk.answering import Limits, answer_case
from u24.desk.in_confidence import without_secrets
from u24.domain.figures import Basis
from u24.report import html_report
from u24.wire.answer import answer_json


def cited(key):
    return a_grounds(basis=Basis.FACT, sources=(key,))


def a_case_with_a_secret(**values):
    """Poland supports in public, and in confidence draws a line."""
    case = a_disputed_case(
        sources=(a_source(key="open", title="In public"), a_source(key="hid", title="Whispered")),
        **{"vehicles": (), "airports": (), "roads": (), **values},
    )
    public = a_position("POL", "support", grounds=cited("open"))
    secret = a_position("POL", "red_line", secret=True, grounds=cited("hid"), text="Never")
    return replace(case, positions=(public, secret))


def test_neither_the_word_nor_its_source_stands_in_the_answer():
    answer = answer_case(a_case_with_a_secret(), limits=Limits(work=1))

    told = answer_json(answer, measured=False).decode() + html_report(answer)
    assert "In public" in told
    assert "Whispered" not in told
    assert "Never" not in told


def test_the_word_counts_all_the_same():
    case = a_case_with_a_secret()
    open_alone = replace(case, positions=case.positions[:1])

    with_secret = answer_case(case, limits=Limits(work=1)).decided.judgement.proposals[MISSION]
    without = answer_case(open_alone, limits=Limits(work=1)).decided.judgement.proposals[MISSION]

    assert "in confidence" in " ".join(reason.text for reason in with_secret.reasons)
    assert with_secret.reasons != without.reasons


def test_a_source_that_others_name_too_stays():
    case = a_case_with_a_secret(needs=())
    case = replace(
        case, positions=(*case.positions, a_position("FRA", "oppose", grounds=cited("hid")))
    )

    assert {source.key for source in without_secrets(case).sources} == {"open", "hid"}


def test_a_case_without_secrets_is_shown_as_it_is():
    case = a_disputed_case()

    assert without_secrets(case) is case
