"""``u24 prove``: one file, which the checker accepts by itself."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import u24.ledger.verify_proof as checker
from tests.ledger.attacker import Attacker
from tests.ledger.records import a_record
from tests.ledger.stores import HandClock
from u24.cli.main import main
from u24.ledger.heads import publish_head, read_heads
from u24.ledger.keys import create_key
from u24.ledger.sqlite import SqliteStore


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a record that began with the key beside it, and has no head yet."""
    key = create_key(tmp_path / "desk.key")
    store = SqliteStore(tmp_path / "desk.db", HandClock())
    a_record(store, desk_key=key)
    store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("U24_HOME", str(tmp_path))
    monkeypatch.delenv("U24_DATABASE", raising=False)
    return tmp_path


def call(*words):
    return CliRunner().invoke(main, ["prove", *words])


def test_a_proof_is_written_that_the_checker_accepts(folder, capsys):
    result = call("4")

    assert result.exit_code == 0, result.output
    assert result.stdout == "proof-4.json: proves entry 4, offer.made/1 by anna\n"
    assert checker.main(["proof-4.json"]) == 0
    assert "at place 4 of 9" in capsys.readouterr().out


def test_a_head_is_signed_if_none_covers_the_entry_and_only_then(folder):
    call("4")
    call("5")

    assert [head.tree_size for head in read_heads(folder / "desk-heads.jsonl")] == [9]
    assert call("10").exit_code == 0
    assert [head.tree_size for head in read_heads(folder / "desk-heads.jsonl")] == [9, 10]


def test_without_the_desk_s_key_an_old_head_will_do(folder):
    call("4")
    (folder / "desk.key").unlink()

    assert call("5").exit_code == 0
    late = call("10")
    assert late.exit_code == 2
    assert "no head covers entry 10 yet; give --desk-key and --heads" in late.stderr


def test_a_proof_needs_no_right_to_write_when_a_head_is_there(folder):
    call("4")
    before = (folder / "desk.db").read_bytes()

    call("5")

    assert (folder / "desk.db").read_bytes() == before
    assert not (folder / "desk.db-wal").exists()


def test_a_head_that_lies_elsewhere_is_used(folder):
    call("4")
    shutil.copy("desk-heads.jsonl", "kept.jsonl")
    Attacker(folder / "desk.db").do("delete from fact where position > 9")
    (folder / "desk-heads.jsonl").unlink()
    (folder / "desk.key").unlink()

    assert call("4").exit_code == 2
    assert call("4", "--heads", "kept.jsonl").exit_code == 0


def test_the_proof_goes_where_it_is_wanted(folder):
    result = call("command-4", "--ledger", "desk.db", "--out", "p.json")

    assert result.exit_code == 0
    assert json.loads(Path("p.json").read_text())["entry"]["position"] == 4
    assert not Path("proof-4.json").exists()


def test_with_json_the_proof_is_all_that_is_printed(folder):
    result = call("4", "--json")

    assert json.loads(result.stdout)["format"] == "u24-proof/1"
    assert not Path("proof-4.json").exists()


def test_what_was_said_can_be_withheld(folder):
    assert json.loads(call("4", "--json", "--no-body").stdout)["body"] is None


def test_a_record_that_does_not_prove_the_entry_gives_no_proof(folder):
    call("4")
    Attacker(folder / "desk.db").change(5, body=b"another")

    result = call("5")

    assert result.exit_code == 3
    assert "entry 5 does not stand under the head" in result.stderr
    assert not Path("proof-5.json").exists()


def test_no_head_is_signed_over_a_tampered_record(folder):
    call("4")
    publishes = len(read_heads(folder / "desk-heads.jsonl"))
    Attacker(folder / "desk.db").rewrite(lambda entries: entries[:3] + entries[6:])

    result = call("7")

    assert result.exit_code == 3
    assert "no head is signed" in result.stderr
    assert len(read_heads(folder / "desk-heads.jsonl")) == publishes


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("99",), "there is no entry 99; the record has 9"),
        (("none",), "no command 'none' is on record"),
        (("4", "--ledger", "none.db"), "does not exist"),
        (("4", "--desk-key", "none.key"), "no key that can be read"),
        (("4", "--out", "none/p.json"), "cannot be written: No such file"),
    ],
)
def test_bad_input_is_told(folder, words, message):
    result = call(*words)

    assert result.exit_code == 2
    assert message in result.stderr


def test_a_key_that_others_can_read_signs_nothing(folder):
    Path("desk.key").chmod(0o644)

    result = call("4")

    assert result.exit_code == 2
    assert "others can use it" in result.stderr
    assert not Path("desk-heads.jsonl").exists()


def test_a_head_on_record_by_another_process_will_do(folder):
    store = SqliteStore(folder / "desk.db", HandClock())
    from u24.ledger.keys import read_key

    publish_head(store, read_key(folder / "desk.key"), HandClock(), folder / "far.jsonl")
    store.close()
    (folder / "desk.key").unlink()

    assert call("4").exit_code == 0
