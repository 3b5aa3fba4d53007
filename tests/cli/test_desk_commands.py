"""The desk from a terminal: begin, ask, look, carry."""

import json

import pytest
from click.testing import CliRunner

from u24.cli.main import main


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Run a command as ana, at a desk of its own."""
    monkeypatch.setenv("U24_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("U24_PERSON", "ana")
    monkeypatch.delenv("U24_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == code, (words, result.output, result.exception)
        return result

    return run


@pytest.fixture
def desk(call):
    """A desk with a duty officer, ana, and one case."""
    call("begin", "--admin", "ana")
    call("ask", "grant-role", "person_id=ana", "role=duty_officer")
    call("ask", "open-case", "title=Earthquake, Hatay", "hazard=GH0101", "host=TUR", "--key", "1")
    return call


def sign_of(desk):
    [case] = json.loads(desk("status", "--json").stdout)["cases"]
    return case["call_sign"]


def test_a_case_is_opened_with_three_fields_and_seen(desk):
    assert sign_of(desk).endswith("-001")
    assert "Earthquake, Hatay, TUR: 0 requests" in desk("status").stdout


def test_a_key_that_is_used_again_adds_nothing(desk):
    words = ("ask", "open-case", "title=Earthquake, Hatay", "hazard=GH0101", "host=TUR")

    again = desk(*words, "--key", "1")
    other = desk(*words, "summary=x", "--key", "1", code=4)

    assert again.stdout.startswith("was done before")
    assert "key-used" in other.stderr
    assert len(json.loads(desk("status", "--json").stdout)["cases"]) == 1


def test_who_may_not_is_refused_with_the_reason_and_exit_code_4(desk):
    refused = desk("ask", "write-note", "case_id=U24-1999-001", "text=x", code=4)
    stranger = desk(
        "ask", "write-note", f"case_id={sign_of(desk)}", "text=x", "--as", "eve", code=4
    )

    assert "unknown-case" in refused.stderr
    assert "eve" in stranger.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("ask", "open-cases"), "no command 'open-cases'"),
        (("ask", "open-case", "titel=x"), "'titel=x' is no field"),
        (("ask", "open-case", "title=x"), "hazard, host is missing"),
        (("ask", "open-case", "title=x", "title=y"), "title is given twice"),
        (("ask", "grant-role", "person_id=a", "role=king"), "Invalid enum value 'king'"),
        (("ask", "state-request", "case_id=x", "needs=@none.json"), "cannot read none.json"),
        (("ask", "state-request", "case_id=x", "needs=[1"), "it is no JSON"),
        (("ask", "write-note", "case_id=x", "text=y", "--as", ""), "nobody speaks"),
        (("begin",), "a desk has begun here"),
        (("status", "--exercise"), "begin a desk"),
        (("take-in", "home/desk.db", "--trust", "x"), "give LEDGER=KEY"),
        (("restore", "home/desk.db"), "only where none stands"),
        (("bundle", "U24-1999-001", "x"), "no case 'U24-1999-001'"),
        (("table", "offer", "home/desk.db"), "is there"),
        (("table", "offer", "none.xlsx", "--read"), "cannot read none.xlsx"),
    ],
)
def test_bad_input_is_told(desk, words, message):
    result = desk(*words, code=2)

    assert message in result.stderr
    assert result.stdout == ""


def test_every_command_of_the_desk_is_listed_with_its_fields(call):
    listed = json.loads(call("ask", "--list", "--json").stdout)["commands"]
    fields = {held["name"]: {f["name"] for f in held["fields"] if f["must"]} for held in listed}

    assert fields["open-case"] == {"title", "hazard", "host"}
    assert len(fields) > 40
    assert "open-case  Begin a case." in call("ask", "--list").stdout


def test_a_persons_key_signs_what_they_ask(desk):
    desk("key")
    desk("ask", "write-note", f"case_id={sign_of(desk)}", "text=hello", "--key", "note")

    proof = json.loads(desk("prove", "ana/note", "--json").stdout)

    assert proof["entry"]["key_id"]
    desk("key", code=2)
    assert json.loads(desk("verify", "--json").stdout)["good"]


def test_an_exercise_is_marked_and_apart(desk):
    desk("begin", "--exercise", "--admin", "ana")

    assert desk("status", "--exercise").stdout.startswith("EXERCISE  no case yet")
    assert "EXERCISE" not in desk("status").stdout


def test_the_whole_record_is_exported_and_restored_elsewhere(desk, tmp_path):
    desk("export", "record.jsonl", "--whole")
    desk("restore", "record.jsonl", "--home", "new")

    here, there = (desk("verify", str(tmp_path / home / "desk.db"), "--json") for home in
                   ("home", "new"))  # fmt: skip

    assert json.loads(here.stdout)["root"] == json.loads(there.stdout)["root"]


def test_an_export_without_confidential_bodies_or_broken_restores_nothing(desk, tmp_path):
    desk("export", "record.jsonl", "--whole")
    text = (tmp_path / "record.jsonl").read_text(encoding="utf-8")
    (tmp_path / "broken.jsonl").write_text(text.replace("Hatay", "Izmir"), encoding="utf-8")

    desk("restore", "broken.jsonl", "--home", "new", code=3)

    assert [path.name for path in (tmp_path / "new").iterdir()] == []


def test_a_case_goes_to_another_desk_in_a_bundle(desk, tmp_path):
    sign = sign_of(desk)
    told = desk("bundle", sign, "case.u24").stdout
    trust = told.split("--trust ")[1].strip()
    desk("begin", "--admin", "zoe", "--home", "other")

    look = desk("take-in", "case.u24", "--trust", trust, "--home", "other", "--dry-run")
    took = desk("take-in", "case.u24", "--trust", trust, "--home", "other", "--as", "zoe")
    desk("take-in", "case.u24", "--trust", trust, "--home", "other", "--as", "ana", code=4)
    no_bundle = desk("take-in", "home/desk.db", "--home", "other", "--as", "zoe", code=4)

    assert "facts are new" in look.stdout
    assert "no whole bundle" in no_bundle.stderr
    assert "new here" in took.stdout
    [case] = json.loads(desk("status", "--json", "--home", "other").stdout)["cases"]
    assert case["title"] == "Earthquake, Hatay"
    assert json.loads(desk("verify", str(tmp_path / "other/desk.db"), "--json").stdout)["good"]


def test_an_offer_table_is_written_and_an_empty_one_is_told(call):
    call("table", "offer", "offer.xlsx")

    empty = call("table", "offer", "offer.xlsx", "--read", code=2)

    assert "offer.xlsx" in empty.stderr


def test_watching_and_measuring_a_quiet_desk(desk):
    assert desk("watch").stdout == "nothing is due\n"
    assert "1 cases, 0 closed" in desk("kpi").stdout
    assert json.loads(desk("kpi", "--json").stdout)["case_ids"]
