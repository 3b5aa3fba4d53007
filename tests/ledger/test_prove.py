"""A proof file holds by itself; whatever is changed in it is named."""

import ast
import json
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

import u24.ledger.verify_proof as checker
from tests.ledger.records import ANNA_KEY, DESK_KEY, NEW_KEY, Writer, a_record
from u24.errors import InvalidInput, Tampered
from u24.ledger.heads import publish_head
from u24.ledger.memory import MemoryStore
from u24.ledger.prove import find_entry, find_head, make_proof
from u24.ledger.store import Draft

SCRIPT = Path(checker.__file__)


@pytest.fixture
def store(clock):
    store = MemoryStore(clock)
    a_record(store)
    return store


@pytest.fixture
def head(store, clock, tmp_path):
    return publish_head(store, DESK_KEY, clock, tmp_path / "heads.jsonl")


@pytest.fixture
def told(tmp_path, capsys):
    """What the checker says of a document: exit code, and words."""

    def check(document, *words):
        path = tmp_path / "proof.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        code = checker.main([str(path), *words])
        heard = capsys.readouterr()
        return code, heard.out + heard.err

    return check


def proof_of(store, position, head, **options):
    return json.loads(make_proof(store, find_entry(store, str(position)), head, **options))


def test_a_proof_says_who_said_what_when_and_where(store, head, told):
    code, words = told(proof_of(store, 4, head), "--key", DESK_KEY.public_key.hex())

    assert code == 0
    assert f"anna said offer.made/1 in offer/1, signed with key {ANNA_KEY.key_id}" in words
    assert "recorded at 2026-01-01T12:04:00Z by command command-4" in words
    assert "at place 4 of 9" in words
    assert f"key {DESK_KEY.key_id} signed at" in words
    assert "Ask the desk" not in words


def test_without_a_trusted_key_the_reader_is_told_to_ask(store, head, told):
    code, words = told(proof_of(store, 4, head))

    assert code == 0
    assert f"Ask the desk whether this is its key: {DESK_KEY.public_key.hex()}" in words


@pytest.mark.parametrize("position", range(1, 10))
def test_every_entry_can_be_proven(store, head, told, position):
    assert told(proof_of(store, position, head))[0] == 0


def test_what_was_said_can_be_withheld(store, head, told):
    proof = proof_of(store, 4, head, with_body=False)

    code, words = told(proof)

    assert code == 0
    assert "withheld" in words
    assert b64encode(b'{"packs": 0}').decode() not in json.dumps(proof)


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (("body",), "e30=", "changed-body"),
        (("entry", "position"), 5, "not-in-tree"),
        (("entry", "stream"), "offer/2", "not-in-tree"),
        (("entry", "seq"), 2, "not-in-tree"),
        (("entry", "kind"), "offer.withdrawn/1", "not-in-tree"),
        (("entry", "actor"), "boris", "not-in-tree"),
        (("entry", "at"), "2026-01-01T12:05:00Z", "not-in-tree"),
        (("entry", "command"), "command-5", "not-in-tree"),
        (("entry", "part"), 1, "not-in-tree"),
        (("entry", "asked"), "00" * 32, "not-in-tree"),
        (("entry", "key_id"), "", "not-in-tree"),
        (("entry", "signature"), "00" * 64, "not-in-tree"),
        (("inclusion",), [], "not-in-tree"),
        (("inclusion", 0), "00" * 32, "not-in-tree"),
        (("inclusion", 0), "00" * 31, "not-in-tree"),
        (("head", "tree_size"), 10, "forged-head"),
        (("head", "tree_size"), 3, "not-in-tree"),
        (("head", "root"), "00" * 32, "not-in-tree"),
        (("head", "at"), "2026-01-01T11:00:00Z", "forged-head"),
        (("head", "ledger_id"), "another", "forged-head"),
        (("head", "key_id"), "another", "forged-head"),
        (("head", "signature"), "00" * 64, "forged-head"),
        (("desk_public_key",), NEW_KEY.public_key.hex(), "forged-head"),
        (("actor_public_key",), NEW_KEY.public_key.hex(), "forged-signature"),
        (("actor_public_key",), None, "forged-signature"),
        (("format",), "u24-proof/2", "unreadable"),
        (("entry", "at"), "noon", "unreadable"),
        (("entry", "position"), "4", "unreadable"),
        (("entry", "stream"), 4, "unreadable"),
        (("head",), None, "unreadable"),
        (("body",), "%", "unreadable"),
    ],
)
def test_whatever_is_changed_is_named(store, head, told, place, value, fault):
    proof = proof_of(store, 4, head)
    *way, last = place
    held = proof
    for step in way:
        held = held[step]
    assert held[last] != value
    held[last] = value

    code, words = told(proof)

    assert code == 1
    assert words.startswith(f"NOT PROVEN. {fault}: ")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}"])
def test_what_is_no_proof_is_named(told, text):
    code, words = told(text)

    assert code == 1
    assert words.startswith("NOT PROVEN. unreadable: ")


def test_a_proof_under_another_key_than_the_trusted_one_is_named(store, head, told):
    code, words = told(proof_of(store, 4, head), "--key", NEW_KEY.public_key.hex())

    assert code == 1
    assert "other-key" in words


def test_a_file_that_is_not_there_is_named(capsys, tmp_path):
    assert checker.main([str(tmp_path / "none.json")]) == 1
    assert "unreadable" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["a", "b"], ["a", "--other", "b"]])
def test_the_checker_says_how_it_is_used(capsys, words):
    assert checker.main(words) == 1
    assert "use: python verify_proof.py PROOF.json [--key HEX]" in capsys.readouterr().err


def test_the_checker_runs_alone(store, head, tmp_path):
    alone = tmp_path / "verify_proof.py"
    alone.write_bytes(SCRIPT.read_bytes())
    (tmp_path / "proof.json").write_bytes(make_proof(store, find_entry(store, "4"), head))

    done = subprocess.run(
        [sys.executable, "-I", alone, "proof.json"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Proven: anna said offer.made/1")


def test_the_checker_is_short_and_stands_on_python_and_cryptography_alone():
    text = SCRIPT.read_text()
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [held.name for held in node.names] if isinstance(node, ast.Import)
            else [node.module] if isinstance(node, ast.ImportFrom) else []
        )
    }  # fmt: skip

    assert len(text.splitlines()) < 150
    assert imported - {"cryptography"} <= sys.stdlib_module_names


def test_a_proof_goes_up_to_the_newest_head_that_covers_the_entry(store, head, clock, tmp_path):
    later = publish_head(store, DESK_KEY, clock, tmp_path / "heads.jsonl")

    assert find_head(store, find_entry(store, "4")) == later
    assert find_head(store, find_entry(store, "10")) == later
    assert find_head(store, find_entry(store, "11")) is None


def test_a_head_of_another_record_or_over_more_than_there_is_proves_nothing(store, head):
    other, beyond = replace(head, ledger_id="another", tree_size=10), replace(head, tree_size=11)

    assert find_head(store, find_entry(store, "4"), [other, beyond]) == head


def test_a_head_that_was_given_away_and_not_recorded_will_do(store, clock, tmp_path):
    other = MemoryStore(lambda: next(held))
    held = iter([entry.at for entry in store.everything()] * 2)
    a_record(other)

    head = publish_head(other, DESK_KEY, clock, tmp_path / "heads.jsonl")

    assert find_head(store, find_entry(store, "4")) is None
    assert find_head(store, find_entry(store, "4"), [head]) == head


def test_a_key_that_was_put_in_place_later_proves_too(store, clock, tmp_path, told):
    writer = Writer(store)
    writer.commands = iter(range(100, 200))
    writer.rotate("desk", DESK_KEY, NEW_KEY)
    writer.rotate("anna", ANNA_KEY, DESK_KEY)
    entry = writer.say(signer=DESK_KEY, actor="anna")
    head = publish_head(store, NEW_KEY, clock, tmp_path / "heads.jsonl")

    proof = proof_of(store, entry.position, head)

    assert told(proof, "--key", NEW_KEY.public_key.hex())[0] == 0


def test_a_key_is_found_in_whatever_stream_it_was_registered(store, clock, tmp_path, told):
    writer = Writer(store)
    writer.commands = iter(range(100, 200))
    registered = writer.register("clara", NEW_KEY)
    writer.say(
        registered.kind, registered.body.replace(b"clara", b"dora"), actor="desk", stream="people"
    )
    entry = writer.say(signer=NEW_KEY, actor="dora")
    head = publish_head(store, DESK_KEY, clock, tmp_path / "heads.jsonl")

    assert told(proof_of(store, entry.position, head))[0] == 0


@pytest.mark.parametrize("name", ["0", "11", "999999999999"])
def test_a_place_that_is_empty_has_no_entry(store, head, name):
    with pytest.raises(InvalidInput, match=f"there is no entry {name}; the record has 10"):
        find_entry(store, name)


def test_an_entry_is_found_by_the_key_of_its_command(store):
    assert find_entry(store, "command-4").position == 4


def test_a_command_of_many_entries_names_their_places(store):
    with pytest.raises(InvalidInput, match="wrote the entries 7, 8, 9; give one of them"):
        find_entry(store, "command-two-streams-3")


def test_an_unknown_command_has_no_entry(store):
    with pytest.raises(InvalidInput, match="no command 'none' is on record"):
        find_entry(store, "none")


def test_no_proof_is_handed_out_that_does_not_hold(store, head, clock, tmp_path):
    other = MemoryStore(clock)
    a_record(other, offers=30)
    foreign = publish_head(other, DESK_KEY, clock, tmp_path / "other.jsonl")
    by_anna = publish_head(store, ANNA_KEY, clock, tmp_path / "anna.jsonl")

    a_record_like(other, store)

    with pytest.raises(Tampered, match="entry 4 does not stand under the head over 36"):
        make_proof(store, find_entry(store, "4"), foreign)
    with pytest.raises(InvalidInput, match=f"key {ANNA_KEY.key_id} of desk is not on record"):
        make_proof(store, find_entry(store, "4"), by_anna)


def test_no_proof_is_handed_out_under_a_head_that_the_desk_did_not_sign(store, head):
    forged = replace(head, signature=ANNA_KEY.sign(head.message()))

    with pytest.raises(Tampered, match="the desk did not sign the head over 9 entries"):
        make_proof(store, find_entry(store, "4"), forged)


def test_no_proof_is_handed_out_of_what_its_actor_did_not_sign(store, clock, tmp_path):
    [signed] = store.find_command("command-4")
    draft = Draft(
        kind=signed.kind, actor="anna", body=b"[]", key_id=signed.key_id, signature=bytes(64)
    )
    Writer(store).put("forged", {"offer/1": [draft]})
    head = publish_head(store, DESK_KEY, clock, tmp_path / "heads.jsonl")

    with pytest.raises(Tampered, match="anna did not sign entry 10"):
        make_proof(store, find_entry(store, "10"), head)


def a_record_like(other, store):
    """Bring ``store`` to the size of ``other``, so that only its content differs."""
    writer = Writer(store)
    writer.commands = iter(range(100, 200))
    while store.size() < other.size():
        writer.say()
