"""The case Ukraine 2022: requests, offers, positions and outcomes as their sources tell them."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from u24.desk.recorded import compare_recorded
from u24.domain.proposals import Confidence, Stance
from u24.intake.case_folder import find_tables, read_case
from u24.reference.goods import list_goods
from u24.reference.tables import SHIPPED

FOLDER = Path(__file__).parents[2] / "scenarios" / "ukraine-2022"
FIVE = {"SVN", "ROU", "FRA", "IRL", "AUT"}
SEVEN = {"HRV", "DEU", "ITA", "LTU", "ESP", "DNK", "SWE"}
HUBS = {"rzeszow", "suceava", "kosice"}


@pytest.fixture(scope="module")
def case():
    return read_case(FOLDER)


def positions_on(case, proposal_id):
    return [each for each in case.positions if each.proposal == proposal_id]


@pytest.mark.parametrize(
    ("kind", "units"),
    [
        ("pickup_truck", 70),
        ("offroad_vehicle", 30),
        ("bulldozer", 10),
        ("truck_crane", 10),
        ("wheeled_excavator", 10),
        ("cbrn_recon_vehicle", 31),
        ("mobile_laboratory", 11),
        ("inflatable_boat", 760),
        ("field_camp", 55),
        ("water_tanker", 25),
        ("eod_search_device", 260),
        ("hand_radio", 20_000),
        ("dosimeter", 30_000),
        ("cbrn_suit", 70_000),
    ],
)
def test_what_was_asked_for_by_number_is_needed_in_that_number(case, kind, units):
    assert sum(need.planned_units for need in case.needs if need.kind == kind) == units


@pytest.mark.parametrize(
    ("lot_id", "units"),
    [
        ("svn-masks", 1000),  # cartons of 1,000
        ("svn-gloves-latex", 1250),  # cartons of 100 pairs
        ("svn-gloves-nitrile", 1250),
        ("svn-boots", 200),
        ("svn-generators", 10),
        ("rou-analgesics", 5000),
        ("rou-anti-inflammatories", 5000),
        ("rou-antibiotics", 5000),
        ("rou-hand-disinfectant", 840),
        ("fra-tents", 15),
        ("fra-family-tents", 300),
        ("fra-ground-sheets", 1500),
        ("fra-blankets", 2100),
        ("fra-sleeping-bags", 300),
        ("fra-hygiene-kits", 500),
        ("fra-latrines", 25),
        ("fra-cbrn-gloves", 1500),  # pairs
        ("fra-gloves-vinyl", 50),
        ("fra-masks", 50),
        ("fra-medicine-boxes", 36),
        ("fra-medical-post", 1),
        ("irl-coveralls", 10_000),
        ("irl-masks", 50),
        ("irl-hand-disinfectant", 2583),
        ("aut-hand-disinfectant", 50_000),
        ("aut-surface-disinfectant", 9000),
        ("aut-goggles", 50_000),
        ("aut-masks", 50),
        ("aut-gloves", 100),
    ],
)
def test_the_first_five_offer_what_was_listed(case, lot_id, units):
    lot = {lot.lot_id: lot for lot in case.lots}[lot_id]

    assert lot.packs * lot.pack_units == units


def test_the_seven_of_25_february_come_after_the_first_24_hours(case):
    ready_at = {member: set() for member in FIVE | SEVEN}
    for lot in case.lots:
        if not lot.military:
            ready_at[lot.member].add(lot.ready_at)

    assert all(times == {case.t0_at} for member, times in ready_at.items() if member in FIVE)
    assert all(
        min(times) > case.hours_after_t0(24)
        for member, times in ready_at.items()
        if member in SEVEN
    )


def test_where_no_number_was_asked_for_the_need_is_what_the_five_had_offered(case):
    numbered = {"field_camp"}
    offered, needed = Counter(), Counter()
    for lot in case.lots:
        if lot.member in FIVE:
            offered[lot.kind] += lot.packs * lot.pack_units
    for need in case.needs:
        if need.kind in offered and need.kind not in numbered:
            needed[need.kind] += need.planned_units

    assert needed == offered


def test_every_need_stands_at_a_border_hub_and_nothing_lands_in_ukraine(case):
    countries = {place.place_id: place.country for place in case.places}
    closed = {terms.code for terms in case.airports if terms.closed_h}

    assert {need.place_id for need in case.needs} == HUBS
    assert "UKR" not in countries.values()
    assert closed == {"UKLL"}


def test_consent_for_goods_stands_from_15_february_and_none_for_people(case):
    (consent,) = case.consents

    assert consent.from_at == datetime(2022, 2, 15, tzinfo=UTC)
    assert (consent.members, consent.kinds, consent.allowed) == (("*",), ("goods",), True)


def test_the_cases_own_goods_table_agrees_with_the_shipped_one(case):
    shipped = {goods.kind_id: goods for goods in list_goods(SHIPPED)}
    own = {goods.kind_id: goods for goods in list_goods(find_tables(FOLDER, case))}

    shared = own.keys() & shipped.keys()
    assert len(shared) >= 10
    assert {kind: own[kind] for kind in shared} == {kind: shipped[kind] for kind in shared}


def test_kinds_that_the_case_adds_say_that_they_are_assumed():
    with (FOLDER / "goods.csv").open(encoding="utf-8", newline="") as file:
        unsourced = [row for row in csv.DictReader(file) if not row["sources"]]

    assert all("general knowledge" in row["assumed_note"] or row["notes"] for row in unsourced)


def test_fourteen_had_a_stance_on_the_mission_and_germany_named_its_purposes(case):
    last = {each.member: each for each in positions_on(case, "peace-mission")}

    assert Counter(each.stance for each in last.values()) == Counter(
        {
            Stance.SUPPORT: 3,
            Stance.CONDITIONAL: 3,
            Stance.UNDECIDED: 2,
            Stance.OPPOSE: 7,  # five governments, the organisation, and Russia without a vote
        }
    )
    assert last["DEU"].purposes == ("humanitarian_aid", "rescue", "combat")


def test_second_hand_positions_are_marked_as_such(case):
    told_by_others = {
        each.member
        for each in positions_on(case, "peace-mission")
        if each.confidence is Confidence.LOW
    }

    assert told_by_others == {"LTU", "FRA"}


def test_lithuania_changed_its_word_on_the_zone_and_both_stay_on_record(case):
    words = [each for each in positions_on(case, "no-fly-zone") if each.member == "LTU"]

    assert [(each.at.day, each.stance) for each in words] == [
        (4, Stance.OPPOSE),
        (17, Stance.SUPPORT),
    ]


def test_no_gate_is_answered_but_the_one_that_the_record_speaks_of(case):
    answers = [
        (each.gate_id, each.passed, each.at.date().isoformat()) for each in case.gate_answers
    ]

    assert answers == [
        ("maker-reexport", False, "2022-03-18"),
        ("maker-reexport", True, "2022-04-08"),
    ]


def test_every_recorded_outcome_is_computed_but_the_one_on_which_the_record_is_silent(case):
    comparisons = compare_recorded(case, find_tables(FOLDER, case))

    differing = {each.outcome.outcome_id: each.computed for each in comparisons if not each.same}
    assert len(comparisons) == len(case.recorded)
    assert differing == {"s300-lot-8-april": "no"}
