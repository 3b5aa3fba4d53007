"""A desk that is trusted and means harm: it has its key, so the signature at the end fits."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
import pytest

from tests.desk.exchange.desks import STREAM, PlainDesk, opened_at, trust
from tests.desk.exchange.test_bundles import lines_in, repacked
from tests.facts import (
    a_glass_broken,
    a_key_registered,
    a_key_revoked,
    a_key_rotated,
    a_note_written,
    a_role_granted,
)
from u24.desk.exchange.bundle import BundleEnd, BundleHeader, bundle_message
from u24.desk.exchange.carried import carried_of, carry, line_of
from u24.desk.exchange.reading import check_bundle, read_bundle
from u24.domain.facts.people import EVERY_CASE, Role
from u24.domain.facts.record import DESK
from u24.errors import InvalidInput
from u24.ledger.heads import Head, head_line, head_message
from u24.ledger.keys import KeyInMemory, signed
from u24.ledger.proofs import inclusion_proof
from u24.ledger.store import Batch, Draft, Submission
from u24.wire.facts import encode_fact, kind_of


@pytest.fixture
def a():
    """Its case is three entries: opened, and two notes that nobody signed."""
    desk = opened_at("a")
    desk.tell(STREAM, a_note_written(text="first"))
    desk.tell(STREAM, a_note_written(text="second"))
    return desk


@pytest.fixture
def b():
    return PlainDesk("b")


def signed_anew(desk, path, change):
    """The bundle with its lines changed, and signed by the desk as if they were right."""
    lines = change(lines_in(path)[:-1])
    header = msgspec.json.decode(lines[0], type=BundleHeader)
    digest = sha256(b"".join(lines)).hexdigest()
    signature = desk.key.sign(bundle_message(header, digest))
    end = BundleEnd(sha256=digest, key_id=desk.key.key_id, signature=signature.hex())
    return repacked(path, [*lines, msgspec.json.encode(end) + b"\n"])


def edited(line, **fields):
    return msgspec.json.encode(msgspec.json.decode(line) | fields) + b"\n"


def counted(lines):
    return [edited(lines[0], entries=len(lines) - 1), *lines[1:]]


def faults_after(desk, path, change):
    return check_bundle(signed_anew(desk, path, change), trust(desk))


def with_head(line, desk, **fields):
    """The first line with a head that says something else, signed by the desk if asked for."""
    told = msgspec.json.decode(line)["head"]
    head = Head(
        ledger_id=told["ledger_id"], tree_size=told["tree_size"],
        root=bytes.fromhex(told["root"]), at=msgspec.convert(told["at"], type=datetime),
        key_id=told["key_id"], signature=bytes(64),
    )  # fmt: skip
    head = replace(head, **fields)
    if "signature" not in fields:
        message = head_message(head.ledger_id, head.tree_size, head.root, head.at)
        head = replace(head, signature=desk.key.sign(message))
    return edited(line, head=msgspec.Raw(head_line(head)))


def test_a_bundle_that_is_signed_anew_without_a_change_is_good(a, tmp_path):
    assert faults_after(a, a.bundle(tmp_path), lambda lines: lines) == ()


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"entries": 9}, "holds 5 entries; its first line says 9"),
        ({"exercise": True}, "exercise is True in its first line and False on its record"),
        ({"desk_name": "Other"}, "name is 'Other' in its first line"),
    ],
)
def test_a_first_line_that_lies_is_a_fault(a, tmp_path, fields, fault):
    [told] = faults_after(
        a, a.bundle(tmp_path), lambda lines: [edited(lines[0], **fields), *lines[1:]]
    )

    assert fault in told


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"ledger_id": "ledger_other"}, "its head is that of another record or key"),
        ({"key_id": "0" * 16}, "its head is that of another record or key"),
        ({"signature": bytes(64)}, "is not signed by the desk"),
        ({"root": bytes(32)}, "does not stand on the record that the desk signed"),
    ],
)
def test_a_head_of_something_else_proves_nothing(a, tmp_path, fields, fault):
    told = faults_after(
        a, a.bundle(tmp_path), lambda lines: [with_head(lines[0], a, **fields), *lines[1:]]
    )

    assert fault in told[0]


def test_a_body_that_was_exchanged_is_a_fault_with_its_old_hash_and_with_a_new_one(a, tmp_path):
    def exchanged(lines):
        return [*lines[:-1], lines[-1].replace(b"second", b"forged")]

    def exchanged_with_hash(lines):
        held = carried_of(exchanged(lines)[-1])
        return [*lines[:-1], line_of(replace(held, leaf=held.right_leaf()))]

    [old] = faults_after(a, a.bundle(tmp_path), exchanged)
    [new] = faults_after(a, a.bundle(tmp_path), exchanged_with_hash)

    assert "it is not what was recorded" in old
    assert "does not stand on the record that the desk signed" in new


def test_an_entry_that_is_left_out_or_out_of_order_is_a_fault(a, tmp_path):
    [missing] = faults_after(a, a.bundle(tmp_path), lambda lines: counted([*lines[:-2], lines[-1]]))
    [moved] = faults_after(a, a.bundle(tmp_path), lambda lines: [*lines[:2], *lines[3:], lines[2]])

    assert "it is number 3 of its case, not 2; one is missing" in missing
    assert "they must rise" in moved


def test_an_entry_of_another_stream_is_no_part_of_a_bundle(a, tmp_path):
    enrolled = next(a.store.stream("people"))
    size = a.store.size()
    line = line_of(
        carry(enrolled, proof=tuple(inclusion_proof(a.store.hashes, enrolled.position, size)))
    )

    [fault] = faults_after(
        a, a.bundle(tmp_path), lambda lines: counted([*lines[:2], line, *lines[2:]])
    )

    assert "it stands in 'people'; only 'case/case_1' is carried" in fault


def test_an_entry_about_another_case_is_a_fault(a, tmp_path):
    a.tell(STREAM, a_note_written(case_id="case_2"))

    [fault] = check_bundle(a.bundle(tmp_path), trust(a))

    assert "it is about case 'case_2', not 'case_1'" in fault


def test_a_signature_that_was_given_to_another_case_is_a_fault(a, tmp_path):
    fact = a_note_written()
    draft = Draft(kind=kind_of(fact), actor="anna", body=encode_fact(fact))
    draft = signed(draft, a.anna_key, stream="case/other", command="moved")
    batch = Batch(stream=STREAM, expect_seq=a.store.stream_seq(STREAM), drafts=(draft,))
    a.store.append(Submission(command="moved", asked=bytes(32), batches=(batch,)))

    [fault] = check_bundle(a.bundle(tmp_path), trust(a))

    assert "anna did not sign this" in fault


def test_a_key_signs_from_when_it_is_known_until_it_is_revoked_by_its_owner(a, tmp_path):
    other = KeyInMemory.from_seed(bytes(range(32)))
    a.tell("record", a_key_revoked(person_id=DESK, key_id=a.anna_key.key_id))
    a.case(a_note_written())
    good = check_bundle(a.bundle(tmp_path), trust(a))
    a.tell("record", a_key_revoked(person_id="anna", key_id=a.anna_key.key_id))
    a.case(a_note_written())
    a.tell(STREAM, a_note_written(), signer=other)
    a.tell(
        "record",
        a_key_registered(
            person_id="anna", key_id=other.key_id, public_key_hex=other.public_key.hex()
        ),
    )

    late, early = check_bundle(a.bundle(tmp_path), trust(a))

    assert good == ()
    assert f"key {a.anna_key.key_id}, which did not sign at that time" in late
    assert f"key {other.key_id}, which did not sign at that time" in early


@pytest.mark.parametrize(
    ("owner", "by_old", "is_good"),
    [(DESK, True, True), (DESK, False, False), ("anna", True, False)],
)
def test_a_new_key_of_the_desk_is_trusted_if_the_old_one_signed_it_over(
    a, tmp_path, owner, by_old, is_good
):
    trusted, new = trust(a), KeyInMemory.from_seed(bytes(range(32)))
    rotated = a_key_rotated(
        person_id=owner, old_key_id=a.key.key_id, key_id=new.key_id,
        public_key_hex=new.public_key.hex(),
    )  # fmt: skip
    a.tell("record", rotated, actor="desk", signer=a.key if by_old else new)
    a.key = new

    faults = check_bundle(a.bundle(tmp_path), trusted)

    assert (faults == ()) is is_good
    assert is_good or "trusted is" in faults[0]


def test_keys_of_those_who_said_nothing_stay_at_home(a, tmp_path):
    a.tell("record", a_key_registered(person_id="otto"))

    assert b"otto" not in b"".join(lines_in(a.bundle(tmp_path)))


def test_a_key_that_is_somebody_elses_here_is_not_kept(a, b, tmp_path):
    a.case(a_note_written())
    key = a.anna_key
    b.tell(
        "record",
        a_key_registered(person_id="anna", key_id=key.key_id, public_key_hex=key.public_key.hex()),
    )

    b.take(a.bundle(tmp_path), a)

    assert [entry.key_id for entry in b.entries()] == [""] * 5


def test_a_role_that_ended_or_was_taken_from_behind_glass_takes_nothing_in(a, b, tmp_path):
    role = Role.DUTY_OFFICER
    b.tell(
        "people",
        a_role_granted(person_id="gone", role=role, case_id=EVERY_CASE, until_at=b.clock()),
    )
    later = b.clock() + timedelta(hours=1)
    b.tell("people", a_glass_broken(person_id="eve", role=role, case_id=EVERY_CASE, until_at=later))
    b.clock.turn(minutes=1)

    refused = [b.take(a.bundle(tmp_path), a, caller=who).refusal for who in ("gone", "eve")]

    assert [each.code for each in refused] == ["not-allowed"] * 2


def test_a_bundle_that_is_too_large_or_has_too_many_lines_is_given_up(a, tmp_path, monkeypatch):
    path = a.bundle(tmp_path)

    with monkeypatch.context() as changed:
        changed.setattr("u24.desk.exchange.reading.MOST_FILE_BYTES", 100)
        with pytest.raises(InvalidInput, match="a bundle has at most 100"):
            read_bundle(path)
    monkeypatch.setattr("u24.desk.exchange.reading.MOST_ENTRIES", 4)
    with pytest.raises(InvalidInput, match="or 4 entries"):
        read_bundle(path)
