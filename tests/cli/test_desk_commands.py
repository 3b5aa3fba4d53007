"""The desk from a terminal: begin, ask, look, carry."""

import json
from base64 import b64decode

import pytest
from click.testing import CliRunner

from u24.cli.faults import going_on
from u24.cli.main import main
from u24.errors import StoreUnavailable


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


NEEDS = """need_id,place,kind,amount_best,due_at,deadline_at,weight
N1,antakya,usar_heavy,1,2026-11-23T10:00Z,2026-11-23T22:00Z,5
"""
GOODS = """lot_id,member,kind,site,packs,ready_at
L1,ROU,usar_heavy,LROP,1,2026-11-22T16:00Z
"""
VEHICLES = """vehicle_id,member,class,home,available_at,until_at
V1,ROU,A400M,LROP,2026-11-22T16:00Z,2099-11-24T12:00Z
"""
PLACES = '[{"place_id":"antakya","name":"Antakya","country":"TUR","lat_deg":36.2,"lon_deg":36.16}]'


def test_a_request_and_an_offer_come_from_tables_and_are_planned_and_released(desk, tmp_path):
    for name, text in (("n.csv", NEEDS), ("g.csv", GOODS), ("v.csv", VEHICLES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    case = f"case_id={sign_of(desk)}"
    for person, role, member in (("hal", "host_officer", "TUR"), ("rox", "focal_point", "ROU")):
        desk("ask", "enrol-person", f"person_id={person}", f"name={person}", f"member={member}")
        desk("ask", "grant-role", f"person_id={person}", f"role={role}")
    airports = 'airports=[{"code":"LTAJ","entry":true,"lorries":20}]'

    desk("ask", "describe-case", case, f"places={PLACES}", airports)
    desk("ask", "state-request", case, "needs=@n.csv", "--as", "hal")
    offer = ("lots=@g.csv", "vehicles=@v.csv", "offer_id=off_1")
    desk("ask", "make-offer", case, "member=ROU", *offer, "--as", "rox")
    desk("ask", "answer-offer", case, "offer_id=off_1", "reply=accept", "--as", "hal")
    made = desk("ask", "make-plan", case, "plan_id=p1", "work=5")
    desk("ask", "release-plan", case, "plan_id=p1")

    assert "of the weighted need" in made.stdout
    assert "usar_heavy at antakya" in desk("status", sign_of(desk)).stdout
    wrong = desk("ask", "state-request", case, "text=@n.csv", code=2)
    assert "a table gives needs, lots, vehicles" in wrong.stderr


def test_what_somebody_wrote_does_not_steer_the_readers_terminal(desk):
    words = ("title=Flood\x1b[2J\u202e", "hazard=x", "host=TUR")

    told = desk("ask", "open-case", *words).stdout + desk("status").stdout

    assert "Flood [2J" in told
    assert not {"\x1b", "\u202e"} & set(told)


def test_a_confidential_stock_is_proven_without_being_told(desk):
    case = f"case_id={sign_of(desk)}"
    desk("ask", "enrol-person", "person_id=rox", "name=Rox", "member=ROU")
    desk("ask", "grant-role", "person_id=rox", "role=focal_point")
    lot = (
        'lots=[{"lot_id":"L1","member":"ROU","kind":"family_tent","site_id":"LROP","packs":77,'
        '"pack_mass_g":1000,"pack_volume_ml":1000,"ready_at":"2026-01-01T00:00:00Z"}]'
    )
    desk("ask", "make-offer", case, "member=ROU", lot, "confidential=true", "--as", "rox",
         "--key", "offer")  # fmt: skip

    silent = json.loads(desk("prove", "rox/offer", "--json").stdout)
    whole = json.loads(desk("prove", "rox/offer", "--whole", "--json").stdout)

    assert silent["body"] is None
    assert b'"packs":77' in b64decode(whole["body"])


def test_what_runs_for_days_tells_of_a_record_that_is_away_and_goes_on(capsys):
    with going_on(True):
        raise StoreUnavailable("the disk is full; make room")

    assert "the disk is full" in capsys.readouterr().err
    with pytest.raises(StoreUnavailable), going_on(False):
        raise StoreUnavailable("the disk is full; make room")
