"""``u24 decide``: verdicts with their reasons, what is supposed, and history beside them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from u24.cli.main import main

SCENARIOS = Path(__file__).parents[2] / "scenarios"
UKRAINE = str(SCENARIOS / "ukraine-2022")
MOROCCO = str(SCENARIOS / "morocco-2023")


@pytest.fixture
def decide(monkeypatch):
    """Run ``u24 decide`` with these words, on a terminal of that width."""

    def run(*words, columns="150"):
        monkeypatch.setenv("COLUMNS", columns)
        return CliRunner().invoke(main, ["decide", *words])

    return run


def test_a_proposal_shows_its_verdict_its_count_and_who_can_lift_what_bars_it(decide):
    text = " ".join(decide(UKRAINE).stdout.split())

    assert "peace-mission-coalition The same mission" in text
    assert "x NATO opposes it" in text
    assert "lifted by the President and Government of Ukraine" in text
    assert "one change would do: host-request-mission=true" in text


def test_an_alternative_tells_what_was_tried_before_what_is_chosen(decide):
    text = " ".join(decide(UKRAINE).stdout.split())

    tried = text.index("sky-in-parts")
    assert text.index("tried no-fly-zone: NO", tried) < text.index("chosen: s300-svk", tried)


def test_offers_with_the_same_word_and_reasons_stand_in_one_row(decide):
    text = " ".join(decide(MOROCCO).stdout.split())

    assert "deu-isar, deu-thw-seeba NO" in text
    assert "Recorded and computed: 12 of 12 the same" in text


def test_of_many_reasons_the_first_are_shown_and_the_rest_counted(decide):
    short, whole = decide(UKRAINE).stdout, decide(UKRAINE, "--all").stdout

    assert "more reasons (u24 decide --all)" in " ".join(short.split())
    assert "more reasons" not in whole
    assert len(whole) > len(short)


def test_what_is_supposed_is_said_and_history_is_left_out(decide):
    text = decide(MOROCCO, "--what-if", "consent:DEU/people=yes").stdout

    assert "Supposed: consent:DEU/people=yes" in text
    assert "Recorded and computed" not in text


def test_a_supposed_consent_lets_the_teams_in(decide):
    words = (MOROCCO, "--what-if", "consent:DEU/people=yes", "--json")

    offers = {offer["offer"]: offer for offer in json.loads(decide(*words).stdout)["offers"]}

    assert offers["deu-isar"]["permission"] in {"yes", "within_limits"}
    assert offers["fra-ssf"]["permission"] == "no"


def test_as_things_stood_earlier_later_words_do_not_count(decide):
    document = json.loads(decide(UKRAINE, "--at", "2022-03-16T23:59Z", "--json").stdout)

    (mission,) = [p for p in document["proposals"] if p["proposal"] == "peace-mission"]
    assert document["at"] == "2022-03-16T23:59:00Z"
    assert mission["decision"]["votes"]["HUN"] == "none"


def test_a_moment_without_a_zone_is_utc(decide):
    document = json.loads(decide(MOROCCO, "--at", "2023-09-10T12:00", "--json").stdout)

    assert document["at"] == "2023-09-10T12:00:00Z"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--at", "tomorrow"), "is no moment"),
        (("--what-if", "peace=now"), "what-if"),
        (("--what-if", "position:DEU/peace=support"), "what-if names proposal"),
    ],
)
def test_bad_words_are_bad_input(decide, words, told):
    result = decide(UKRAINE, *words)

    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize("columns", ["40", "80", "150"])
def test_no_line_is_longer_than_the_terminal(decide, columns):
    lines = decide(UKRAINE, columns=columns).stdout.splitlines()

    assert max(map(len, lines)) <= int(columns)


@pytest.mark.parametrize("title", ["[/bold] twice", "a [bold]case", "a\\nu24: all is well"])
def test_whatever_others_wrote_is_shown_as_it_is_on_one_line(decide, tmp_path, title):
    folder = tmp_path / "case"
    shutil.copytree(MOROCCO, folder)
    toml = folder / "case.toml"
    lines = toml.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("title = "))
    lines[at] = f'title = "{title}"'
    toml.write_text("\n".join(lines))

    done = decide(str(folder))

    assert done.exit_code == 0
    assert done.stdout.startswith(f"{title.replace(chr(92) + 'n', ' ')}: may we? (all on record)")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00+23:00", "9999-12-31T23:59-23:00", "soon"])
def test_what_is_no_moment_is_told_with_what_is(decide, moment):
    done = decide(MOROCCO, "--at", moment)

    assert done.exit_code == 2
    assert "give one like 2022-03-16T12:00Z" in " ".join(done.stderr.split())
