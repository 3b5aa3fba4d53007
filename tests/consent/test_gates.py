"""Controlled goods: no by default, until facts and named officers say yes to every gate."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import a_grounds, a_lot, a_place
from tests.consent.a_transfer import (
    ASKED,
    AT,
    BARRED,
    BEFORE,
    PASSED,
    S300,
    a_transfer,
    all_answers,
    an_answer,
    an_embargo,
    bars_of,
    reason_of,
    reasons_of,
    word_of,
)  # fmt: skip
from u24.consent.gate_answers import Question, answer_reason, hear
from u24.consent.gates import gate_reasons, open_gate_book
from u24.domain.proposals import ConditionWord
from u24.errors import InvalidInput
from u24.reference.gates import gates_on
from u24.reference.tables import SHIPPED

HEADER = (
    "gate_id,order,question,asked_of,legal_source,applies_to,only_members_of,"
    "from_on,until_on,by_rule,signatures,checked_in,note"
)


def test_defence_materiel_does_not_move_until_somebody_answered():
    case = a_transfer(condition_words=())

    assert word_of(case) is BARRED
    assert bars_of(case) == [
        "gate-host-request",
        *(f"gate-{gate_id}" for gate_id in ASKED[:-1]),
        "gate-signatures",
        "gate-transit",
    ]


def test_with_every_answer_it_moves_within_limits_and_every_answer_is_kept():
    case = a_transfer(*all_answers())

    reasons = reasons_of(case)

    assert {reason.leaves for reason in reasons} == {PASSED}
    assert len(reasons) == len(ASKED) + 2
    assert all("J. Novak" in reason_of(case, gate_id).text for gate_id in ASKED)


def test_an_answer_is_told_with_officer_reasons_paper_validity_and_its_sources():
    answer = an_answer(
        document="Licence 114", valid_until_at=AT + timedelta(days=1),
        grounds=a_grounds(sources=("S52",)),
    )  # fmt: skip

    reason = reason_of(a_transfer(answer), "att-6")

    assert reason.text.endswith(
        "Yes: J. Novak, 2022-03-16 06:00Z, of s300: no objection [Licence 114] "
        "(good until 2022-03-17 12:00Z)"
    )
    assert reason.sources == ("Arms Trade Treaty, Art. 6", "S52")
    assert reason.lift == ""


def test_an_unanswered_gate_names_who_is_asked_the_law_and_the_change_that_lifts_it():
    reason = reason_of(a_transfer(), "eu-criterion-2")

    assert reason.lifted_by == "licensing officer of SVK"
    assert reason.lift == "gate:s300/eu-criterion-2=yes"
    assert reason.sources == (
        "Common Position 2008/944/CFSP, Art. 2(2), as amended by Decision (CFSP) 2019/1560",
    )
    assert reason.text.endswith("Nobody has answered")


@pytest.mark.parametrize("gate_id", ASKED)
def test_a_single_gate_without_its_answer_bars(gate_id):
    answers = [each for each in all_answers() if each.gate_id != gate_id]

    assert bars_of(a_transfer(*answers)) == [f"gate-{gate_id}"]


def test_an_answered_no_bars_and_keeps_the_reasons():
    no = an_answer(passed=False, at=AT, reasons="knowledge of Art. 6(3)")
    case = a_transfer(*all_answers(), no)

    assert bars_of(case) == ["gate-att-6"]
    assert "No: J. Novak" in reason_of(case, "att-6").text
    assert "knowledge of Art. 6(3)" in reason_of(case, "att-6").text
    assert reason_of(case, "att-6").lift == "gate:s300/att-6=yes"


def test_the_last_answer_counts_and_of_equals_the_later_row():
    first, second = an_answer(passed=False), an_answer(passed=True)

    assert reason_of(a_transfer(first, second), "att-6").leaves is PASSED
    assert reason_of(a_transfer(second, first), "att-6").leaves is BARRED
    later = replace(first, at=AT)
    assert reason_of(a_transfer(later, second), "att-6").leaves is BARRED


def test_an_answer_given_later_does_not_exist_yet():
    late = an_answer(at=AT + timedelta(seconds=1))

    assert reason_of(a_transfer(late), "att-6").leaves is BARRED
    assert reason_of(a_transfer(late), "att-6", at=AT + timedelta(hours=1)).leaves is PASSED


def test_a_yes_runs_out_and_is_told_and_a_no_does_not():
    yes = an_answer(valid_until_at=AT)
    no = an_answer(passed=False, valid_until_at=AT)

    assert reason_of(a_transfer(yes), "att-6", at=AT - timedelta(seconds=1)).leaves is PASSED
    assert reason_of(a_transfer(yes), "att-6").leaves is BARRED
    assert "no longer counts: J. Novak" in reason_of(a_transfer(yes), "att-6").text
    assert "No: J. Novak" in reason_of(a_transfer(no), "att-6").text


def test_a_yes_to_the_proposal_will_do_for_its_offers_and_not_the_other_way_round():
    of_proposal, of_lot = an_answer(subject="transfer"), an_answer(subject="s300")

    assert reason_of(a_transfer(of_proposal), "att-6").leaves is PASSED
    assert reason_of(a_transfer(of_lot), "att-6", subject="transfer").leaves is BARRED


def test_a_no_to_the_proposal_outweighs_a_yes_to_the_offer_and_both_are_told():
    yes, no = an_answer(), an_answer(subject="transfer", passed=False, reasons="not this one")

    reason = reason_of(a_transfer(yes, no), "att-6")

    assert reason.leaves is BARRED
    assert "not this one; this outweighs the yes: J. Novak" in reason.text
    assert reason.lift == "gate:transfer/att-6=yes"


def test_where_both_were_refused_no_single_change_lifts_it():
    both = [an_answer(subject=subject, passed=False) for subject in ("s300", "transfer")]

    assert reason_of(a_transfer(*both), "att-6").lift == ""


def test_an_offer_without_a_proposal_is_asked_of_alone():
    lot = a_lot("s300", kind=S300, member="SVK")
    stray = an_answer(subject="")

    assert reason_of(a_transfer(stray, lots=(lot,)), "att-6").leaves is BARRED


@pytest.mark.parametrize(
    ("officers", "leaves"),
    [
        ((), BARRED),
        (("A. One",), BARRED),
        (("A. One", "A. One"), BARRED),
        (("A. One", " a.  ONE "), BARRED),
        (("A. One", "B. Two"), PASSED),
    ],
)
def test_two_different_officers_must_sign(officers, leaves):
    signed = [an_answer("signatures", officer=who) for who in officers]

    assert reason_of(a_transfer(*signed), "signatures").leaves is leaves


def test_who_signs_for_the_offer_and_for_the_proposal_counts_once():
    signed = [
        an_answer("signatures", subject, officer="A. One") for subject in ("s300", "transfer")
    ]

    reason = reason_of(a_transfer(*signed), "signatures")

    assert reason.leaves is BARRED
    assert "1 of 2 different officers have signed: A. One" in reason.text


def test_two_officers_may_sign_one_for_the_offer_and_one_for_the_proposal():
    one = an_answer("signatures", officer="A. One")
    other = an_answer("signatures", "transfer", officer="B. Two")

    assert reason_of(a_transfer(one, other), "signatures").leaves is PASSED


def test_an_officer_withdraws_their_own_signature_and_no_other():
    signed = [an_answer("signatures", officer=who) for who in ("A. One", "B. Two", "C. Three")]
    withdrawn = an_answer("signatures", officer="a. one", passed=False, at=AT)
    again = replace(withdrawn, passed=True)

    assert reason_of(a_transfer(*signed, withdrawn), "signatures").leaves is BARRED
    assert reason_of(a_transfer(*signed, withdrawn, again), "signatures").leaves is PASSED


@pytest.mark.parametrize(
    ("words", "leaves", "told"),
    [
        ((), BARRED, "nobody has said that host UKR asked for it"),
        ((False,), BARRED, "host UKR did not ask for it"),
        ((True,), PASSED, "host UKR asked for it"),
    ],
)
def test_the_hosts_request_is_a_fact_of_the_case(words, leaves, told):
    said = tuple(ConditionWord(condition_id="host-request", holds=w, at=BEFORE) for w in words)

    reason = reason_of(a_transfer(condition_words=said), "host-request")

    assert (reason.leaves, reason.text) == (leaves, told)
    assert reason.lift == ("" if leaves is PASSED else "host-request=true")
    assert reason.lifted_by == "host UKR"


def test_an_officers_yes_does_not_stand_in_for_a_fact_and_a_no_bars_all_the_same():
    yes, no = an_answer("host-request"), an_answer("host-request", passed=False)

    unasked = a_transfer(yes, condition_words=())
    asked = a_transfer(no)

    assert reason_of(unasked, "host-request").leaves is BARRED
    assert bars_of(asked)[0] == "gate-host-request"
    assert len([r for r in reasons_of(asked) if r.code == "gate-host-request"]) == 2


@pytest.mark.parametrize(
    ("owner", "asked"), [("SVK", True), ("DEU", True), ("USA", False), ("GBR", False)]
)
def test_the_criteria_of_the_eu_are_asked_of_its_members_alone(owner, asked):
    codes = [reason.code for reason in reasons_of(a_transfer(), owner=owner)]

    assert ("gate-eu-criterion-1" in codes) is asked


def test_an_owner_of_2019_is_asked_as_a_member_of_2019():
    before_it_left = datetime(2019, 3, 16, tzinfo=UTC)

    codes = [r.code for r in reasons_of(a_transfer(), owner="GBR", at=before_it_left)]

    assert "gate-eu-criterion-1" in codes


def test_before_the_arms_trade_treaty_nobody_is_asked_of_it():
    day_before = datetime(2014, 12, 23, 23, 59, tzinfo=UTC)
    case = a_transfer()

    before = [reason.code for reason in reasons_of(case, at=day_before)]
    after = [reason.code for reason in reasons_of(case, at=day_before + timedelta(minutes=1))]

    assert "gate-att-6" not in before
    assert "gate-att-6" in after


def test_consent_to_re_export_is_asked_of_who_did_not_make_it_and_names_the_maker():
    american = a_transfer()

    assert "Has RUS agreed" in reason_of(a_transfer(), "maker-reexport").text
    patriot = [r.code for r in reasons_of(american, kind="air_defence_patriot", owner="USA")]
    assert "gate-maker-reexport" not in patriot
    unknown = reason_of(american, "maker-reexport", kind="armoured_carrier")
    assert "Has the state that made it agreed" in unknown.text


def test_an_un_embargo_on_the_whole_state_bars_whatever_officers_say():
    case = a_transfer(*all_answers(), an_answer("un-embargo"), embargoes=(an_embargo(),))

    assert bars_of(case) == ["gate-un-embargo"]
    reason = reason_of(case, "un-embargo")
    assert (reason.lifted_by, reason.lift, reason.sources) == (
        "UN Security Council",
        "",
        ("An act",),
    )


def test_an_eu_embargo_bars_an_owner_in_the_union_and_is_shown_to_others():
    case = a_transfer(embargoes=(an_embargo(by="EU"),))

    assert "gate-eu-embargo" in bars_of(case)
    shown = [r for r in reasons_of(case, owner="USA") if "embargo" in r.code]
    assert [(r.code, r.leaves) for r in shown] == [("embargo-eu", PASSED)]
    assert shown[0].text.endswith("it does not bind USA")


def test_an_embargo_of_the_owner_itself_bars_and_that_of_another_state_is_shown():
    case = a_transfer(embargoes=(an_embargo(by="SVK"),))

    assert "gate-other-embargo" in bars_of(case)
    french = [(r.code, r.leaves) for r in reasons_of(case, owner="FRA") if "embargo" in r.code]
    assert french == [("embargo-svk", PASSED)]


def test_an_embargo_of_a_body_whose_members_are_not_known_is_put_to_an_officer():
    case = a_transfer(*all_answers(), embargoes=(an_embargo(by="ECOWAS"),))
    answered = replace(case, gate_answers=(*all_answers(), an_answer("other-embargo-scope")))

    assert bars_of(case) == ["gate-other-embargo-scope"]
    assert bars_of(answered) == []


def test_an_embargo_on_a_part_is_put_to_an_officer_with_its_scope():
    part = an_embargo(whole_state=False, scope="Darfur")
    case = a_transfer(*all_answers(), embargoes=(part,))
    answered = replace(case, gate_answers=(*all_answers(), an_answer("un-embargo-scope")))

    assert bars_of(case) == ["gate-un-embargo-scope"]
    assert "(Darfur), An act. Is the supply outside" in reason_of(case, "un-embargo-scope").text
    assert bars_of(answered) == []


def test_an_answer_older_than_the_embargo_says_nothing_of_it():
    new = an_embargo(whole_state=False, scope="a part", from_on=AT.date())
    old = an_answer("un-embargo-scope", at=AT - timedelta(days=1))
    case = a_transfer(*all_answers(), old, embargoes=(new,))

    reason = reason_of(case, "un-embargo-scope")

    assert reason.leaves is BARRED
    assert "no longer counts: J. Novak" in reason.text
    assert reason.lift == ""


def test_of_several_embargoes_the_newest_asks_for_a_new_answer():
    older, newer = (
        an_embargo(whole_state=False, scope="a part", from_on=day)
        for day in (date(2020, 1, 1), AT.date())
    )
    answer = an_answer("un-embargo-scope", at=AT - timedelta(days=1))

    asked_once = a_transfer(answer, embargoes=(older,))
    asked_again = a_transfer(answer, embargoes=(older, newer))

    assert reason_of(asked_once, "un-embargo-scope").leaves is PASSED
    assert reason_of(asked_again, "un-embargo-scope").leaves is BARRED


def test_dual_use_goods_are_no_arms_so_an_embargo_on_them_is_put_to_an_officer():
    case = a_transfer(embargoes=(an_embargo(),))

    bars = bars_of(case, kind="cbrn_suit", owner="IRL")

    assert bars == [
        "gate-owner-licence",
        "gate-eu-dual-use",
        "gate-un-embargo-scope",
        "gate-end-use",
    ]


def test_embargoes_of_the_reference_table_count_by_their_dates():
    case = a_transfer(host="SYR")

    in_force = bars_of(case, at=datetime(2013, 5, 31, tzinfo=UTC))
    lifted = bars_of(case, at=datetime(2013, 6, 1, tzinfo=UTC))

    assert "gate-eu-embargo" in in_force
    assert "gate-eu-embargo" not in lifted


def test_goods_that_are_not_controlled_pass_no_gate():
    assert reasons_of(a_transfer(), kind="blanket") == ()
    assert open_gate_book(a_transfer(), AT).reasons("s300", "blanket", "SVK") == ()


@pytest.mark.parametrize(
    ("site_id", "gates"), [("dnipro", False), ("rzeszow", True), ("KBP", False), ("EIN", True)]
)
def test_the_hosts_own_stock_passes_no_gate_where_it_stands_at_home(site_id, gates):
    places = (a_place("dnipro", country="UKR"), a_place("rzeszow", country="POL"))
    lot = a_lot("s300", kind=S300, member="UKR", site_id=site_id)
    case = a_transfer(lots=(lot,), places=places)

    assert bool(reasons_of(case, owner="UKR")) is gates


def test_the_hosts_own_stock_at_a_place_that_nobody_knows_is_not_taken_to_be_at_home():
    case = a_transfer(lots=(a_lot("s300", kind=S300, member="UKR", site_id="nowhere"),))

    assert reasons_of(case, owner="UKR") != ()


def test_a_hosts_proposal_to_move_its_own_goods_passes_no_gate():
    assert reasons_of(a_transfer(), subject="transfer", owner="UKR") == ()


def test_a_book_gives_for_every_subject_and_owner_the_reasons_of_a_single_question():
    case = a_transfer(*all_answers())
    book = open_gate_book(case, AT)

    assert book.reasons("transfer", S300, "SVK") == reasons_of(case, subject="transfer")
    assert book.reasons("s300", S300, "SVK") == reasons_of(case)
    assert book.reasons("s300", S300, "USA") == reasons_of(case, owner="USA")


def test_a_rule_of_a_table_of_ones_own_that_nobody_knows_is_put_to_an_officer(tmp_path):
    path = tmp_path / "mine.add.csv"
    row = "mine,5,Is it so?,officer of {owner},Law,military,,,,yes,1,,"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    mine = SHIPPED.with_override("gates", path)

    reason = gate_reasons(a_transfer(), "s300", S300, "SVK", AT, mine)[0]

    assert (reason.code, reason.leaves) == ("gate-mine", BARRED)


def test_a_gate_of_a_body_whose_members_nobody_knows_is_asked_of_everybody(tmp_path):
    path = tmp_path / "mine.add.csv"
    row = "mine,5,Is it so?,officer of {owner},Law,military,ECOWAS,,,no,1,,"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
    mine = SHIPPED.with_override("gates", path)

    codes = [r.code for r in gate_reasons(a_transfer(), "s300", S300, "SVK", AT, mine)]

    assert codes[0] == "gate-mine"


@pytest.mark.parametrize("missing", ["officer", "reasons"])
def test_an_answer_without_officer_or_reasons_is_refused(missing):
    with pytest.raises(InvalidInput, match=f"{missing} is empty; name the officer and the reason"):
        an_answer(**{missing: " "})


def test_an_answer_is_good_until_a_moment_in_utc():
    with pytest.raises(InvalidInput, match="valid_until_at"):
        an_answer(valid_until_at=datetime(2030, 1, 1))


def test_nothing_is_passed_without_as_many_officers_as_the_gate_asks_for():
    (gate,) = (gate for gate in gates_on(AT.date()) if gate.gate_id == "signatures")
    three = Question(gate=replace(gate, signatures=3), text="Signed?", asked_of="officers")

    reason = answer_reason(hear(three, ("s300",), all_answers()[-2:], AT))

    assert reason.leaves is BARRED
    assert reason.text.startswith("Signed? 2 of 3 different officers have signed")
