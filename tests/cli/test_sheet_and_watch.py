"""Tables out of the desk, and a watch over the mail, from a terminal."""

import csv
import json

import pytest
from click.testing import CliRunner

from tests.mail.world import free_port
from u24.cli.main import main


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Run a command as ana, the duty officer of a desk with one case."""
    monkeypatch.setenv("U24_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("U24_PERSON", "ana")
    monkeypatch.delenv("U24_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*words, code=0):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == code, (words, result.output, result.exception)
        return result

    run("begin", "--admin", "ana")
    run("ask", "grant-role", "person_id=ana", "role=duty_officer")
    run("ask", "open-case", "title=Earthquake, Hatay", "hazard=GH0101", "host=TUR")
    return run


def test_a_sheet_is_written_by_the_ending_of_its_file(call, tmp_path):
    told = call("sheet", "kpi", "kpi.csv")
    document = json.loads(call("sheet", "kpi", "kpi.xlsx", "--json").stdout)

    with (tmp_path / "kpi.csv").open(encoding="utf-8-sig", newline="") as lines:
        [row] = csv.DictReader(lines)
    assert row["case_at"].endswith("Z")
    assert row["request_at"] == ""
    assert told.stdout == "kpi.csv: 1 rows of kpi\n"
    assert document == {"format": 1, "file": "kpi.xlsx", "rows": 1}
    assert (tmp_path / "kpi.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("kpi", "kpi.ods"), 2, "it must end in .csv or .xlsx"),
        (("kpi", "kpi.csv", "U24-1999-001"), 4, "unknown-case"),
        (("kpi", "kpi.csv", "--as", "eve"), 4, "unknown-person"),
        (("wishes", "kpi.csv"), 2, "'wishes' is not one of"),
    ],
)
def test_a_sheet_that_cannot_be_written_is_told_and_leaves_no_file(
    call, tmp_path, words, code, message
):
    refused = call("sheet", *words, code=code)

    assert message in refused.stderr
    assert [held.name for held in tmp_path.iterdir()] == ["home"]


def test_the_watch_tells_that_mail_is_due_and_none_leaves_though_no_mailer_runs(call, tmp_path):
    call("ask", "enrol-person", "person_id=ben", "name=Ben", "email=ben@x.example")
    call("ask", "grant-role", "person_id=ben", "role=duty_officer")
    config = tmp_path / "mail.toml"
    server = f'[smtp]\nhost = "127.0.0.1"\nport = {free_port()}\ncover = "none"\n'
    config.write_text(f'address = "desk@x.example"\nsilent_h = 0.0\n{server}', encoding="utf-8")

    without = json.loads(call("watch", "--json").stdout)["done"]
    first = json.loads(call("watch", "--mail", "mail.toml", "--json").stdout)["done"]
    again = call("watch", "--mail", "mail.toml")

    assert not any("mail" in line for line in without)
    assert any("no mail left in 0 h though one was due" in line for line in first)
    assert again.stdout == "nothing is due\n"
