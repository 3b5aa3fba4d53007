"""``u24 verify``: good is 0, tampered is 3, bad input is 2."""

import json

import pytest
from click.testing import CliRunner

from tests.ledger.attacker import Attacker
from tests.ledger.records import ANNA_KEY, DESK_KEY, a_record
from tests.ledger.stores import HandClock
from u24.cli.main import main
from u24.ledger.heads import publish_head
from u24.ledger.sqlite import SqliteStore


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a good record, desk.db, and its heads."""
    now = HandClock()
    store = SqliteStore(tmp_path / "desk.db", now)
    a_record(store)
    publish_head(store, DESK_KEY, now, tmp_path / "desk-heads.jsonl")
    store.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("U24_HOME", str(tmp_path))
    monkeypatch.delenv("U24_DATABASE", raising=False)
    return tmp_path


def call(*words):
    return CliRunner().invoke(main, ["verify", *words])


def test_a_good_record_is_said_to_be_good(folder):
    result = call("desk.db", "--key", DESK_KEY.public_key.hex())

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("desk.db: good\n")
    assert "10 entries, 2026-01-01 12:00Z to 2026-01-01 12:00Z" in result.stdout
    assert "A head from outside covers the first 9 entries." in result.stdout


def test_without_a_head_it_says_what_it_cannot_know(folder):
    (folder / "desk-heads.jsonl").unlink()

    result = call("desk.db")

    assert result.exit_code == 0
    assert "No head from outside covers an entry" in result.stdout


def test_heads_may_be_kept_in_another_place(folder):
    (folder / "desk-heads.jsonl").rename(folder / "kept.jsonl")

    result = call("desk.db", "--heads", "kept.jsonl")

    assert "covers the first 9 entries" in result.stdout


def test_what_was_changed_is_named_with_its_place(folder):
    Attacker(folder / "desk.db").change(4, body=b"another")

    result = call("desk.db")

    assert result.exit_code == 3
    assert result.stdout.startswith("desk.db: TAMPERED WITH\n")
    assert "  changed-entry at 4: the offer.made/1 in offer/1 is not what was" in result.stdout
    assert "  forged-signature at 4: anna did not sign this" in result.stdout


def test_the_document_holds_every_figure(folder):
    Attacker(folder / "desk.db").change(9, body=b"another")

    result = call("desk.db", "--json")

    document = json.loads(result.stdout)
    assert result.exit_code == 3
    assert set(document) == {
        "format", "ledger", "ledger_id", "good", "size", "root", "first_at", "last_at",
        "signatures", "heads", "covered", "counts", "findings",
    }  # fmt: skip
    assert document["good"] is False
    assert document["counts"] == {"changed-entry": 1, "rewritten-past": 2}
    assert document["findings"][0]["code"] == "changed-entry"
    assert (document["size"], document["first_at"]) == (10, "2026-01-01T12:00:00Z")


def test_the_record_is_that_of_the_desk_if_none_is_named(folder):
    assert call().stdout.startswith(f"{folder / 'desk.db'}: good")

    (folder / "desk.db").rename(folder / "exercise.db")

    assert call("--exercise").stdout.startswith(f"{folder / 'exercise.db'}: good")


def test_checking_leaves_nothing_behind(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    call("desk.db")

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("none.db",), "does not exist"),
        (("desk-heads.jsonl",), "not a SQLite file"),
        (("desk.db", "--heads", "none.jsonl"), "none.jsonl cannot be read"),
        (("desk.db", "--heads", "desk.db"), "that is no head"),
        (("desk.db", "--key", "abc"), "must be 64 letters"),
        (("ftp://somewhere",), "give a path, or postgresql://"),
    ],
)
def test_bad_input_is_told(folder, words, message):
    result = call(*words)

    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_another_key_than_the_trusted_one_is_found(folder):
    result = call("desk.db", "--key", ANNA_KEY.public_key.hex())

    assert result.exit_code == 3
    assert "unknown-key at 1" in result.stdout
