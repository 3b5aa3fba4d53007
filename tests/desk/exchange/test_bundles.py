"""A case goes from desk to desk; nothing is lost, overwritten or believed unproven."""

import gzip

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.exchange.desks import STREAM, PlainDesk, opened_at, trust
from tests.facts import (
    CASE,
    a_case_opened,
    a_conflict_settled,
    a_correction,
    a_mail_heard,
    a_note_written,
    a_person_enrolled,
    a_plan_made,
    a_position_taken,
    a_request_stated,
    a_role_granted,
    an_offer_made,
    an_offer_withdrawn,
    one_of_each,
)
from u24.desk.exchange.origins import names_of
from u24.desk.exchange.reading import check_bundle, read_bundle
from u24.desk.exchange.taking_in import look_into
from u24.domain.facts.cases import FactCorrected
from u24.errors import CaseErrors, InvalidInput
from u24.ledger.keys import is_signed
from u24.ledger.store import Draft, statement
from u24.wire.facts import encode_fact, kind_of


@pytest.fixture
def a():
    return opened_at("a")


@pytest.fixture
def b():
    return PlainDesk("b")


def requests_of(desk):
    return {name: state.fact.text for name, state in desk.standing().requests.items()}


def lines_in(path):
    return gzip.decompress(path.read_bytes()).splitlines(keepends=True)


def repacked(path, lines):
    path.write_bytes(gzip.compress(b"".join(lines), mtime=0))
    return path


def test_a_case_that_is_unknown_here_comes_with_actor_command_and_signature(a, b, tmp_path):
    a.case(a_request_stated(text="tents"))

    outcome = b.take(a.bundle(tmp_path), a)

    assert outcome.is_done
    assert outcome.get_made("case_id") == CASE
    assert requests_of(b) == {"request_1": "tents"}
    there, here = a.entries()[1], b.entries()[1]
    assert (here.actor, here.body, here.key_id) == ("ledger_a:anna", there.body, there.key_id)
    names = names_of(here.actor, here.command, here.position, "ledger_b")
    draft = Draft(kind=here.kind, actor=names.actor, body=here.body)
    said = statement(draft, stream=STREAM, command=names.command)
    assert (names.actor, names.command) == (there.actor, there.command)
    assert is_signed(a.anna_key.public_key, here.signature, said)


def test_the_same_record_moment_and_key_give_the_same_bytes(a, tmp_path):
    assert a.bundle(tmp_path).read_bytes() == a.bundle(tmp_path).read_bytes()


def test_people_of_the_other_desk_are_named_and_gain_nothing(a, b, tmp_path):
    b.take(a.bundle(tmp_path), a)

    person = b.board.people.persons["ledger_a:anna"]
    assert (person.name, person.email) == ("Anna (Desk a)", "")
    assert "ledger_a:anna" not in b.board.people.grants
    assert b"anna@x.example" not in b"".join(lines_in(a.bundle(tmp_path)))


def test_the_same_bundle_taken_in_twice_adds_nothing(a, b, tmp_path):
    path = a.bundle(tmp_path)
    b.take(path, a)
    size = b.store.size()

    again = b.take(path, a)

    assert again.is_done
    assert again.repeated
    assert b.store.size() == size


def test_a_second_bundle_brings_only_what_is_new(a, b, tmp_path):
    b.take(a.bundle(tmp_path), a)
    a.case(a_request_stated(text="tents"))

    b.take(a.bundle(tmp_path), a)

    assert len([entry for entry in b.entries() if entry.kind == "case.opened/1"]) == 1
    assert requests_of(b) == {"request_1": "tents"}


def test_work_on_both_sides_comes_together(a, b, tmp_path):
    a.case(a_request_stated(request_id="r1", text="tents"))
    b.take(a.bundle(tmp_path), a)
    a.case(a_request_stated(request_id="r2", text="water"))
    b.case(a_request_stated(request_id="r1", text="more tents"), an_offer_made(offer_id="o1"))

    a.take(b.bundle(tmp_path), b)
    b.take(a.bundle(tmp_path), a)

    assert requests_of(a) == requests_of(b) == {"r1": "more tents", "r2": "water"}
    assert not a.standing().conflicts
    assert not b.standing().conflicts
    assert a.standing().offers["o1"].offered_by == "ledger_b:anna"


def test_what_both_desks_said_of_one_subject_is_a_conflict_and_nothing_is_overwritten(
    a, b, tmp_path
):
    a.case(a_request_stated(request_id="r1", text="tents"))
    b.take(a.bundle(tmp_path), a)
    ours = a.case(a_request_stated(request_id="r1", text="ours"))[0]
    b.case(a_request_stated(request_id="r1", text="theirs"))

    outcome = a.take(b.bundle(tmp_path), b)

    [state] = a.standing().conflicts.values()
    assert requests_of(a) == {"r1": "ours"}
    assert (state.fact.subject, state.fact.ours_position) == ("request/r1", ours.position)
    assert state.fact.actor == "ledger_b:anna"
    assert b'"theirs"' in state.fact.theirs.encode()
    assert "request/r1: both desks spoke of it" in "".join(outcome.changed)


def test_while_a_conflict_is_open_what_follows_joins_it(a, b, tmp_path):
    a.case(a_request_stated(request_id="r1"))
    b.take(a.bundle(tmp_path), a)
    a.case(a_request_stated(request_id="r1", text="ours"))
    b.case(a_request_stated(request_id="r1", text="theirs"))
    a.take(b.bundle(tmp_path), b)
    b.take(a.bundle(tmp_path), a)
    b.case(a_request_stated(request_id="r1", text="theirs again, knowing ours"))

    a.take(b.bundle(tmp_path), b)

    assert requests_of(a) == {"r1": "ours"}
    assert len(a.standing().conflicts) == 2


def test_who_knew_our_word_when_the_conflict_was_over_is_not_in_conflict_again(a, b, tmp_path):
    a.case(a_request_stated(request_id="r1"))
    b.take(a.bundle(tmp_path), a)
    a.case(a_request_stated(request_id="r1", text="ours"))
    b.case(a_request_stated(request_id="r1", text="theirs"))
    a.take(b.bundle(tmp_path), b)
    [conflict_id] = a.standing().conflicts
    a.case(a_conflict_settled(conflict_id, take_theirs=False))
    b.take(a.bundle(tmp_path), a)
    b.case(a_request_stated(request_id="r1", text="theirs again, knowing ours"))

    a.take(b.bundle(tmp_path), b)

    assert requests_of(a) == {"r1": "theirs again, knowing ours"}
    assert list(a.standing().conflicts) == [conflict_id]


def test_two_cases_of_one_id_are_never_made_one(a, b, tmp_path):
    b.tell(STREAM, a_case_opened(title="Another one"))

    outcome = b.take(a.bundle(tmp_path), a)

    assert "which began otherwise here; two cases have one id" in outcome.refusal.text
    assert len(b.entries()) == 1


def test_a_conflict_is_not_noted_again_by_a_newer_bundle(a, b, tmp_path):
    a.case(a_request_stated(request_id="r1"))
    b.take(a.bundle(tmp_path), a)
    a.case(a_request_stated(request_id="r1", text="ours"))
    b.case(a_request_stated(request_id="r1", text="theirs"))
    a.take(b.bundle(tmp_path), b)
    b.case(a_note_written(text="news"))

    a.take(b.bundle(tmp_path), b)

    assert [entry.kind for entry in a.entries()].count("conflict.noted/1") == 1
    assert [note.text for note in a.standing().notes] == ["news"]


def test_a_dry_run_says_what_would_happen_and_writes_nothing(a, b, tmp_path):
    a.case(a_request_stated(request_id="r1"))
    b.take(a.bundle(tmp_path), a)
    a.case(a_request_stated(request_id="r1", text="ours"))
    b.case(a_request_stated(request_id="r1", text="theirs"), a_note_written(text="news"))
    size = a.store.size()

    look = look_into(b.bundle(tmp_path), a.store, a.board, trust(b))

    assert (len(look.new), len(look.conflicts), look.known, look.faults) == (1, 1, 2, ())
    assert "ledger_b:anna" in look.new[0]
    assert a.store.size() == size


def test_a_call_sign_that_is_taken_here_gets_the_name_of_the_other_desk(a, tmp_path):
    b = PlainDesk("b")
    b.tell("case/own", a_case_opened(case_id="own", call_sign="U24-2026-001"))
    a2 = opened_at("a2", call_sign="U24-2026-001")

    b.take(a2.bundle(tmp_path), a2)

    assert b.board.call_signs["U24-2026-001"] == "own"
    assert b.board.call_signs["U24-2026-001 (OF DESK A2)"] == CASE


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_an_exercise_never_enters_a_real_record_nor_the_other_way(tmp_path, first, second):
    a, b = PlainDesk("a", exercise=first), PlainDesk("b", exercise=second)
    a.tell(STREAM, a_case_opened())

    outcome = b.take(a.bundle(tmp_path), a)

    assert outcome.refusal.code == "bad-bundle"
    assert "the two never mix" in outcome.refusal.text
    assert not b.refresh().cases


def test_only_a_duty_officer_or_administrator_takes_in(a, b, tmp_path):
    b.tell("people", a_person_enrolled(person_id="otto"))
    b.tell("people", a_role_granted(person_id="eve", case_id=CASE))

    for caller in ("otto", "eve", "nobody"):
        outcome = b.take(a.bundle(tmp_path), a, caller=caller)
        assert outcome.refusal.code == "not-allowed"
        assert "duty_officer" in outcome.refusal.who_may


def test_a_desk_that_nobody_trusts_is_told_with_its_key(a, b, tmp_path):
    outcome = b.take(a.bundle(tmp_path))

    assert outcome.refusal.code == "bad-bundle"
    assert f"its key is {a.key.public_key.hex()}" in outcome.refusal.text


def test_confidential_words_mail_and_codes_stay_at_home(a, b, tmp_path):
    secret = an_offer_made(offer_id="o1", confidential=True)
    lot_id = secret.lots[0].lot_id
    a.case(
        secret,
        an_offer_withdrawn(offer_id="o1", reason="hush"),
        a_position_taken(confidential=True, salt="s4lt"),
        a_plan_made(),
        a_mail_heard(from_address="anna@x.example"),
    )
    assert lot_id in str(a_plan_made().lines)

    path = a.bundle(tmp_path)
    text = b"".join(lines_in(path))
    b.take(path, a)

    for word in (b"hush", b"s4lt", b"anna@x.example", lot_id.encode()):
        assert word not in text
    assert check_bundle(path, trust(a)) == ()
    assert sum(held.is_withheld for held in read_bundle(path).said) == 5
    assert len(b.entries()) == 2


def test_a_correction_names_the_entry_as_it_is_counted_here(a, b, tmp_path):
    wrong = a.case(a_request_stated(request_id="r1", text="wrong"))[0]
    right = a_request_stated(request_id="r1", text="right")
    a.case(a_correction(wrong.position, right))
    b.tell("people", a_person_enrolled(person_id="more"))

    b.take(a.bundle(tmp_path), a)
    a.take(b.bundle(tmp_path), b)

    assert requests_of(a) == requests_of(b) == {"r1": "right"}
    assert b.refresh().oddity_count == 0
    corrected = [entry for entry in b.entries() if entry.kind == "fact.corrected/1"]
    assert [entry.key_id for entry in corrected] == [""]  # what Anna signed names another entry


def test_what_a_third_desk_said_keeps_its_name_and_signature_all_the_way(a, b, tmp_path):
    c = PlainDesk("c")
    a.case(a_request_stated(text="tents"))
    b.take(a.bundle(tmp_path), a)
    c.take(b.bundle(tmp_path), b)

    assert c.entries()[1].actor == "ledger_a:anna"
    assert c.entries()[1].signature == a.entries()[1].signature
    assert c.board.people.persons["ledger_a:anna"].name.startswith("Anna")

    size = len(c.entries())
    c.take(a.bundle(tmp_path), a)
    assert len([e for e in c.entries() if e.kind != "bundle.taken-in/1"]) == size - 1


def test_a_desk_cannot_put_words_into_the_mouth_of_ours(a, b, tmp_path):
    b.take(a.bundle(tmp_path), a)
    b.tell(
        STREAM, a_note_written(text="never said"), actor="ledger_a:anna", command="ledger_a/999:x"
    )

    outcome = a.take(b.bundle(tmp_path), b)

    assert "said to be from here, but nothing here says so; it is forged" in outcome.refusal.text
    assert not a.standing().notes


def test_a_desk_cannot_change_what_a_third_desk_said(a, b, tmp_path):
    c = PlainDesk("c")
    a.case(a_note_written(text="true"))
    position = a.entries()[-1].position
    c.take(a.bundle(tmp_path), a)
    b.tell(STREAM, a_case_opened(), actor="ledger_a:anna", command="ledger_a/5:anna/5")
    b.tell(
        STREAM,
        a_note_written(text="false"),
        actor="ledger_a:anna",
        command=f"ledger_a/{position}:x",
    )

    outcome = c.take(b.bundle(tmp_path), b)

    assert "one of the two is forged" in outcome.refusal.text


# These three have tests of their own.
APART = ("case.opened", "case.merged", "fact.corrected")


@pytest.mark.parametrize(
    "kind", sorted(kind for kind in one_of_each() if not kind.startswith(APART))
)
def test_no_kind_of_fact_gives_rights_or_keys_by_way_of_a_bundle(kind, a, b, tmp_path):
    fact = one_of_each()[kind]
    people = b.refresh().people
    before = (dict(people.grants), dict(people.deputies))
    a.case(fact)

    b.take(a.bundle(tmp_path), a)

    after = b.refresh().people
    assert (after.grants, after.deputies) == before
    assert b.board.ledger_id == "ledger_b"
    assert not [key for key in after.persons if key not in {"anna", "ledger_a:anna"}]


def test_a_correction_cannot_hide_a_grant(a, b, tmp_path):
    grant = a_role_granted(person_id="mallory")
    a.tell(STREAM, FactCorrected(
        said_at=grant.said_at, case_id=CASE, position=1, kind=kind_of(grant),
        fact=encode_fact(grant).decode(), reason="x",
    ))  # fmt: skip

    outcome = b.take(a.bundle(tmp_path), a)

    assert "role.granted/1 does not go from desk to desk" in outcome.refusal.text


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_changed_letter_of_a_bundle_is_a_fault(tmp_path_factory, data):
    a, folder = opened_at("a"), tmp_path_factory.mktemp("bundle")
    a.case(a_request_stated())
    path = a.bundle(folder)
    lines = lines_in(path)
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 2))
    old = lines[number][place : place + 1]
    new = data.draw(st.sampled_from([b"0", b"a", b"z"]).filter(lambda held: held != old))
    lines[number] = lines[number][:place] + new + lines[number][place + 1 :]

    assert check_bundle(repacked(path, lines), trust(a)) != ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda lines: [lines[0], *lines[2:]], "signature at its end"),
        (lambda lines: lines[:-1], "no line of a bundle"),
        (lambda lines: [], "line 1: it is no line of a bundle"),
        (lambda lines: [lines[0].replace(b"bundle/1", b"bundle/9"), *lines[1:]], "format is"),
        (lambda lines: [*lines[:2], b"junk\n", *lines[3:]], "line 3: it is no entry"),
        (lambda lines: [*lines[:1], b"x" * (17 * 2**20)], "line 2 has over"),
    ],
)
def test_a_broken_bundle_is_told_with_its_fault(a, tmp_path, change, fault):
    path = a.bundle(tmp_path)

    assert fault in "\n".join(check_bundle(repacked(path, change(lines_in(path))), trust(a)))


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00cut", b"plain text", b"\x1f\x8b" + b"\0" * 99]
)
def test_a_file_that_is_no_bundle_is_refused(tmp_path, content):
    path = tmp_path / "x.u24"
    path.write_bytes(content)

    with pytest.raises(InvalidInput, match=r"x\.u24"):
        read_bundle(path)


def test_a_folder_or_nothing_is_no_bundle(tmp_path):
    with pytest.raises(InvalidInput, match="no plain file"):
        read_bundle(tmp_path)
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_bundle(tmp_path / "none")


def test_a_bundle_that_unpacks_without_end_is_given_up(a, tmp_path, monkeypatch):
    monkeypatch.setattr("u24.desk.exchange.reading.MOST_TEXT_BYTES", 1_000)

    with pytest.raises(InvalidInput, match="unpacks to over 1,000 bytes"):
        read_bundle(a.bundle(tmp_path))


def test_a_bundle_signed_with_another_key_is_refused_though_the_rest_fits(a, b, tmp_path):
    key, a.key = a.key, b.key
    path = a.bundle(tmp_path)
    a.key = key

    assert "trusted is" in check_bundle(path, trust(a))[0]


def test_an_entry_that_a_person_did_not_sign_is_a_fault(a, tmp_path):
    a.tell(STREAM, a_note_written(), signer=a.key)

    [fault] = check_bundle(a.bundle(tmp_path), trust(a))

    assert "anna is said to have signed with a key of desk" in fault


def test_an_unknown_case_gives_no_bundle(a, b, tmp_path):
    with pytest.raises(InvalidInput, match="case 'case_1' is unknown"):
        b.bundle(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_faults_of_a_bundle_come_as_messages(a, tmp_path):
    with pytest.raises(CaseErrors) as caught:
        look_into(a.bundle(tmp_path), a.store, a.board, {})

    assert len(caught.value.messages) == 1


def test_the_body_of_a_line_is_found_by_any_reader_of_json(a, tmp_path):
    a.case(a_request_stated(text="tents"))

    document = msgspec.json.decode(lines_in(a.bundle(tmp_path))[-2])

    assert document["body"]["text"] == "tents"
