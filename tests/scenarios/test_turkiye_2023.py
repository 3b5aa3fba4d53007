"""The case Türkiye 2023: what is fact is sourced, what is assumed says why."""

import csv
import re
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from u24.domain.proposals import Stance
from u24.intake.case_folder import check_case, read_case

FOLDER = Path(__file__).parents[2] / "scenarios" / "turkiye-2023"
TABLES = ("needs", "offers", "lift", "airports", "roads", "history")
SECTIONS = ("shocks", "consent", "proposals", "positions")
KEY = re.compile(r"\b(?:S\d+|[TIV]\d+|INSARAG2012|UNHRD2017)\b")
NOT_WORDS = re.compile(r"/work|prototype|\bagent\b|\bsession\b|\bTODO\b", re.IGNORECASE)


def rows_of(name):
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sections_of(name):
    return tomllib.loads((FOLDER / "case.toml").read_text(encoding="utf-8"))[name]


def every_row():
    for name in TABLES:
        for row in rows_of(name):
            yield name, next(iter(row.values())), row
    for name in SECTIONS:
        for number, row in enumerate(sections_of(name)):
            yield name, str(number), {"source": "", "note": "", **row}


def keys_in(row):
    return {key for key in row["source"].split(";") if key}


@pytest.fixture(scope="module")
def case():
    return read_case(FOLDER)


def test_the_folder_reads_without_a_message():
    assert check_case(FOLDER) == []


@pytest.mark.parametrize(
    ("name", "facts", "assumed"),
    [
        ("needs", 0, 60),
        ("offers", 0, 98),
        ("lift", 0, 56),
        ("airports", 1, 19),
        ("roads", 0, 117),
        ("history", 39, 9),
    ],
)
def test_facts_and_assumptions_are_counted_apart(name, facts, assumed):
    found = Counter(row["basis"] for row in rows_of(name))

    assert found == Counter({"fact": facts, "assumed": assumed})


def test_the_readme_gives_the_counts_of_the_files():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")

    for name in TABLES:
        rows = rows_of(name)
        facts = sum(row["basis"] == "fact" for row in rows)
        alone = sum(row["basis"] == "assumed" and not row["source"] for row in rows)
        line = next(line for line in readme.splitlines() if line.startswith(f"| {name}.csv"))
        told = [int(cell) for cell in line.split("|")[2:6]]
        assert told == [len(rows), facts, len(rows) - facts - alone, alone], name


def test_every_fact_is_sourced_and_every_assumption_is_reasoned():
    for name, row_id, row in every_row():
        if row["basis"] == "fact":
            assert row["source"], (name, row_id)
        else:
            assert row["basis"] == "assumed", (name, row_id)
            assert len(row["note"]) > 30, (name, row_id)


def test_a_fact_does_not_call_its_figures_assumed():
    for name, row_id, row in every_row():
        if row["basis"] == "fact":
            assert "assum" not in row["note"], (name, row_id)


def test_sources_are_all_used_and_none_is_missing():
    used = set().union(*(keys_in(row) for _, _, row in every_row()))

    assert used == {row["key"] for row in rows_of("sources")}


def test_a_note_names_only_sources_of_its_row():
    for name, row_id, row in every_row():
        assert set(KEY.findall(row["note"])) <= keys_in(row), (name, row_id)


def test_the_texts_speak_of_the_case_alone():
    for file in sorted(FOLDER.iterdir()):
        assert not NOT_WORDS.search(file.read_text(encoding="utf-8")), file.name


def test_the_dutch_team_is_told_as_its_sources_tell_it(case):
    landed = {arrival.arrival_id: arrival for arrival in case.history}["nld-usar"]
    offered = {lot.lot_id: lot for lot in case.lots}["nld-usar"]

    assert (landed.people, landed.dogs, landed.mass_kg, landed.airport) == (65, 8, 15_000, "LTAF")
    assert landed.landed_at == datetime(2023, 2, 6, 22, tzinfo=UTC)
    assert landed.on_site_at == datetime(2023, 2, 7, 12, 30, tzinfo=UTC)
    assert (offered.kind, offered.site_id) == ("usar_heavy", "EHEH")
    assert (offered.pack_people, offered.pack_mass_g) == (65, 15_000_000)


@pytest.mark.parametrize(
    ("lot_id", "people", "kg", "site"),
    [
        ("cze-usar", 68, 26_000, "LKPR"),
        ("pol-husar", 81, 20_000, "EPWA"),
        ("che-chain", 87, 18_000, "LSZH"),
        ("rou-usar-1", 60, 7_000, "LROP"),
        ("deu-thw-seeba", 50, 16_000, "EDDK"),
        ("usa-va-tf1", 79, 26_300, "KDOV"),
    ],
)
def test_teams_carry_the_people_and_kit_that_were_reported(case, lot_id, people, kg, site):
    lot = {lot.lot_id: lot for lot in case.lots}[lot_id]

    assert (lot.pack_people, lot.mass_kg, lot.site_id) == (people, kg, site)


@pytest.mark.parametrize(
    ("prefix", "people", "kg"),
    [("aut-afdru", 82, 45_000), ("fra-uiisc-1", 76, 43_000), ("aze-", 420, None),
     ("bgr-1", 19, None), ("bgr-convoy", 59, None), ("ind-ndrf", 101, None),
     ("mex-", 145, None), ("slv-", 100, None), ("twn-", 130, 13_000)],
)  # fmt: skip
def test_parts_of_a_unit_add_up_to_the_unit(case, prefix, people, kg):
    parts = [lot for lot in case.lots if lot.lot_id.startswith(prefix)]

    assert sum(lot.packs * lot.pack_people for lot in parts) == people
    assert kg is None or sum(lot.mass_kg for lot in parts) == kg


@pytest.mark.parametrize(
    ("arrival_id", "moment"),
    [
        ("bgr-2", "2023-02-06T23:30"),
        ("cze-usar", "2023-02-06T21:00"),
        ("pol-husar", "2023-02-06T23:29"),
        ("hun-hunor", "2023-02-07T01:15"),
        ("ita-vvf", "2023-02-07T05:00"),
        ("esp-start", "2023-02-10T02:30"),
    ],
)
def test_stated_landings_stand_as_stated(case, arrival_id, moment):
    arrival = {arrival.arrival_id: arrival for arrival in case.history}[arrival_id]

    assert arrival.landed_at == datetime.fromisoformat(f"{moment}+00:00")


def test_no_landing_is_given_where_none_is_stated(case):
    stated = {arrival.arrival_id for arrival in case.history if arrival.landed_at}

    assert stated == {
        "bgr-2", "cze-usar", "cze-usar-second-half", "nld-usar", "pol-husar", "hun-hunor",
        "ita-vvf", "esp-start",
    }  # fmt: skip


def test_sums_over_other_rows_are_marked_so_that_nobody_is_counted_twice(case):
    totals = {arrival.arrival_id for arrival in case.history if arrival.kind == "total"}

    assert {"usa-total", "fra-uiisc-total", "aze-mes-later", "cze-usar-second-half"} <= totals
    assert {"usa-va-tf1", "usa-ca-tf2", "fra-uiisc-1"}.isdisjoint(totals)


def test_the_impossible_ninety_tonnes_of_one_airliner_are_not_used(case):
    landed = {arrival.arrival_id: arrival for arrival in case.history}["hun-hunor"]
    offered = {lot.lot_id: lot for lot in case.lots}["hun-hunor"]

    assert landed.mass_kg is None
    assert offered.mass_kg < 13_000


def test_hatay_is_closed_and_every_city_has_a_way_from_an_open_gateway(case):
    terms = {airport.code: airport for airport in case.airports}
    gateways = {code for code, each in terms.items() if each.entry and code != "LTDA"}
    reached = {road.to_site for road in case.roads if road.from_site in gateways}

    assert terms["LTDA"].closed_h == ((0, 72),)
    assert {place.place_id for place in case.places} <= reached


def test_every_lot_starts_where_a_road_or_a_known_airport_is(case):
    places = {place.place_id for place in case.places}

    assert all(len(lot.site_id) == 4 and lot.site_id not in places for lot in case.lots)


def test_saving_life_weighs_most_then_medicine_then_warmth(case):
    weight = Counter()
    for need in case.needs:
        weight[need.kind] += need.weight

    rescue = weight["usar_heavy"] + weight["usar_medium"]
    warmth = weight["winter_tent"] + weight["blanket"] + weight["heater"]
    assert rescue > sum(weight.values()) / 2
    assert weight["usar_heavy"] > weight["usar_medium"] > weight["emt2"]
    assert rescue > warmth > weight["hygiene_kit"] + weight["heb"]
    assert weight["emt2"] > weight["winter_tent"]


def test_the_wanted_teams_are_in_the_order_of_those_that_came(case):
    wanted = sum(n.planned_units for n in case.needs if n.kind in ("usar_heavy", "usar_medium"))

    assert 38 <= wanted <= 50


def test_the_fleet_is_modest(case):
    aircraft = [vehicle for vehicle in case.vehicles if not vehicle.vehicle_id.startswith("road-")]

    assert 55 <= len(aircraft) <= 75


def test_cyprus_is_refused_accepted_and_declined_in_that_order():
    answers = [row for row in sections_of("consent") if row["members"] == ["CYP"]]

    assert [row["allowed"] for row in answers] == [False, True, False]
    assert [row.get("until_h") for row in answers] == [46.7, 70.7, None]


def test_the_answers_to_cyprus_stay_on_record_as_positions_of_the_host(case):
    answers = {position.proposal: position for position in case.positions}

    assert [(held.member, held.stance) for held in answers.values()] == [
        ("TUR", Stance.OPPOSE), ("TUR", Stance.SUPPORT), ("TUR", Stance.OPPOSE),
    ]  # fmt: skip
    assert {each.proposal_id for each in case.proposals} == set(answers)
    assert answers["cyprus-21-people"].conditions == ("heavy-team",)


def test_medical_teams_wait_for_their_approval():
    waits = [row for row in sections_of("consent") if "emt2" in row["kinds"]]

    assert [(row["allowed"], row["until_h"]) for row in waits] == [(False, 30.0)]
