"""What was said wrongly is said anew: by whom, of what, and within what rules."""

from dataclasses import replace

import pytest

from tests.builders import a_consent, at_h
from tests.desk.a_desk import a_filled_desk
from tests.facts import a_case_opened, a_handed_over, an_offer_committed
from u24.domain.commands.cases import CloseCase, CorrectFact, MergeCases
from u24.domain.facts.people import Role
from u24.wire.facts import decode_fact, encode_fact


@pytest.fixture(scope="module")
def filled():
    desk = a_filled_desk()
    for person_id, role, member in (
        ("dora", Role.DUTY_OFFICER, ""), ("hale", Role.HOST_OFFICER, "TUR"),
        ("fons", Role.FOCAL_POINT, "NLD"), ("dieter", Role.FOCAL_POINT, "DEU"),
        ("olga", Role.OBSERVER, ""),
    ):  # fmt: skip
        desk.known(person_id, member, {"role": role})
    desk.say(a_handed_over(packs=1, happened_at=at_h(4)), an_offer_committed())
    return desk


@pytest.fixture
def desk(filled):
    return filled.fork()


def find(desk, kind, case_id="case_1"):
    """Position and fact of the first entry of a kind in the case."""
    entry = next(e for e in desk.store.stream(f"case/{case_id}") if e.kind.startswith(kind))
    return entry.position, decode_fact(entry.kind, entry.body)


def correction(position, fact, **values):
    default = {"case_id": "case_1", "reason": "a slip of the pen"}
    return CorrectFact(position=position, fact=encode_fact(fact).decode(), **{**default, **values})


def test_a_corrected_fact_stands_in_place_of_the_wrong_one_and_both_stay_on_record(desk):
    position, wrong = find(desk, "handed-over")
    before = desk.store.size()

    desk.do("dora", correction(position, replace(wrong, packs=3)))

    assert desk.case().deliveries["delivery_1"].packs == 3
    assert desk.store.size() == before + 1
    assert find(desk, "handed-over") == (position, wrong)


def test_when_it_was_said_is_not_corrected(desk):
    position, wrong = find(desk, "handed-over")

    desk.do("dora", correction(position, replace(wrong, packs=3, said_at=at_h(40))))

    assert desk.case().deliveries["delivery_1"].said_at == wrong.said_at


def test_a_correction_is_corrected_too(desk):
    position, wrong = find(desk, "handed-over")
    done = desk.do("dora", correction(position, replace(wrong, packs=3)))

    desk.do("dora", correction(done.positions[0], replace(wrong, packs=2)))

    assert desk.case().deliveries["delivery_1"].packs == 2


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("handed-over", {"packs": 5}),
        ("handed-over", {"packs": 0}),
        ("handed-over", {"happened_at": at_h(400)}),
        ("request.stated", {"needs": ()}),
        ("offer.made", {"lots": (), "vehicles": ()}),
        ("offer.made", {"text": "of what is committed"}),
        ("note.written", {"text": ""}),
    ],
)
def test_what_could_not_be_said_now_is_no_correction(desk, kind, values):
    position, wrong = find(desk, kind)
    who = {"request.stated": "hale", "offer.made": "fons"}.get(kind, "dora")

    refusal = desk.refused(who, correction(position, replace(wrong, **values)))

    assert refusal.code not in {"not-allowed", "bad-fact"}


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("handed-over", {"delivery_id": "delivery_2"}),
        ("handed-over", {"consignment_id": "x"}),
        ("handed-over", {"case_id": "case_2"}),
        ("request.stated", {"request_id": "x"}),
        ("offer.made", {"offer_id": "x"}),
        ("offer.made", {"member": "DEU"}),
        ("offer.made", {"confidential": True}),
        ("case.opened", {"call_sign": "U24-2023-009"}),
        ("case.opened", {"host": "SYR"}),
    ],
)
def test_a_correction_stays_with_its_subject(desk, kind, values):
    position, wrong = find(desk, kind)

    refusal = desk.refused("dora", correction(position, replace(wrong, **values)))

    assert refusal.code == "other-subject"
    assert next(iter(values)) in refusal.text


@pytest.mark.parametrize(
    "kind", ["offer.answered", "offer.committed", "plan.made", "plan.released", "alarm.raised"]
)
def test_an_act_is_taken_back_by_its_own_command_and_not_corrected(desk, kind):
    position, wrong = find(desk, kind)

    refusal = desk.refused("dora", correction(position, wrong))

    assert refusal.code == "not-correctable"
    assert "offer.made/2" in refusal.text


@pytest.mark.parametrize(
    ("who", "kind", "values", "may"),
    [
        ("fons", "offer.made", {"text": "x"}, True), ("dieter", "offer.made", {"text": "x"}, False),
        ("dora", "offer.made", {"text": "x"}, False), ("hale", "offer.made", {"text": "x"}, False),
        ("hale", "consent.given", {"consent": a_consent()}, True),
        ("dora", "consent.given", {"consent": a_consent()}, False),
        ("hale", "request.stated", {"text": "x"}, True),
        ("fons", "request.stated", {"text": "x"}, False),
        ("dora", "case.opened", {"title": "x"}, True),
        ("hale", "case.opened", {"title": "x"}, False),
        ("olga", "note.written", {"text": "x"}, False),
        ("fons", "note.written", {"text": "x"}, True),
    ],
)  # fmt: skip
def test_who_may_say_it_may_correct_it(desk, who, kind, values, may):
    position, wrong = find(desk, kind)
    if kind == "offer.made":
        position, wrong = find(desk, kind, "case_2")  # not committed there
    case_id = wrong.case_id

    outcome = desk.ask(who, correction(position, replace(wrong, **values), case_id=case_id))

    assert outcome.is_done == may
    assert may or outcome.refusal.code == "not-allowed"


def test_how_a_case_was_opened_can_be_set_right(desk):
    desk.say(a_case_opened("case_8", call_sign="U24-2023-008"))
    position, wrong = find(desk, "case.opened", "case_8")
    right = replace(wrong, title="Two earthquakes", t0_at=at_h(-1))

    desk.do("dora", correction(position, right, case_id="case_8"))

    assert (desk.case("case_8").title, desk.case("case_8").t0_at) == ("Two earthquakes", at_h(-1))
    for values, code in (({"hazard": ""}, "empty"), ({"t0_at": at_h(-1e6)}, "no-moment")):
        empty = correction(position, replace(wrong, **values), case_id="case_8")
        assert desk.refused("dora", empty).code == code


def test_t0_stays_where_the_times_of_a_released_plan_count_from_it(desk):
    position, wrong = find(desk, "case.opened")

    later = correction(position, replace(wrong, t0_at=at_h(3)))

    assert desk.refused("dora", later).code == "t0-stays"
    desk.do("dora", correction(position, replace(wrong, title="Two earthquakes")))


def test_only_an_entry_of_the_case_itself_is_corrected(desk):
    position, wrong = find(desk, "note.written", "case_2")

    for wanted in (position, 0, -3, 10_000, 1):
        refusal = desk.refused("dora", correction(wanted, replace(wrong, text="x")))
        assert refusal.code == "not-of-case"


@pytest.mark.parametrize(
    "fact", ["", "{}", "nothing", '{"said_at": 3}', "\ud800", '{"a":' * 100_000]
)
def test_the_right_fact_is_one_of_the_same_kind(desk, fact):
    position, _ = find(desk, "handed-over")

    asked = CorrectFact(case_id="case_1", position=position, fact=fact, reason="r")

    assert desk.refused("dora", asked).code in {"bad-fact", "invalid-input"}


def test_a_correction_has_a_reason_and_changes_something(desk):
    position, wrong = find(desk, "handed-over")

    right = replace(wrong, packs=2)

    assert desk.refused("dora", correction(position, right, reason=" ")).code == "no-reason"
    assert desk.refused("dora", correction(position, wrong)).code == "same"


def test_a_closed_and_a_merged_case_can_still_be_set_right(desk):
    position, wrong = find(desk, "note.written")
    desk.do("dora", MergeCases(case_id="case_1", into_case_id="case_2", reason="r"))
    desk.do("dora", CloseCase(case_id="case_2", reason="over"))

    desk.do("dora", correction(position, replace(wrong, text="Right."), case_id="U24-2023-002"))

    assert desk.case().notes[0].text == "Right."
