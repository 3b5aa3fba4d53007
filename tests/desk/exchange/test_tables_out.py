"""Tables that go out: all that a person may see, nothing else, and no zero for the unknown."""

import csv

import openpyxl
import pytest

from tests.builders import a_lot, a_need, a_vehicle, at_h
from tests.desk.a_desk import ADesk
from tests.facts import (
    a_case_merged,
    a_case_opened,
    a_handed_over,
    a_movement_reported,
    a_plan_line,
    a_plan_made,
    a_plan_released,
    a_request_stated,
    a_request_withdrawn,
    an_offer_answered,
    an_offer_made,
    an_offer_withdrawn,
)
from u24.desk.exchange.tables_out import NAMES, table_rows, write_desk_table
from u24.desk.tables import read_table
from u24.domain.commands.command import Refusal
from u24.domain.commands.people import EndRole
from u24.domain.commands.requests import StateRequest
from u24.domain.facts.movements import Milestone
from u24.domain.facts.people import Role
from u24.domain.facts.requests import Reply
from u24.errors import InvalidInput
from u24.intake.tables.exports import get_export

SIGN = "U24-2023-001"
PEOPLE = {
    "dora": (Role.DUTY_OFFICER, ""), "fons": (Role.FOCAL_POINT, "NLD"),
    "dieter": (Role.FOCAL_POINT, "DEU"), "hale": (Role.HOST_OFFICER, "TUR"),
    "sami": (Role.HOST_OFFICER, "SYR"),
}  # fmt: skip
PLAN = (a_plan_made(lines=(a_plan_line(packs=2, units=1.0),)), a_plan_released())


def a_peopled_desk(**values):
    desk = ADesk(**values)
    for person_id, (role, member) in PEOPLE.items():
        desk.enrol(person_id, role, member)
    desk.say(a_case_opened(call_sign=SIGN))
    return desk


@pytest.fixture
def desk():
    return a_peopled_desk()


def rows_of(desk, what, person_id="dora", said=SIGN):
    return list(table_rows(desk.board, what, person_id, desk.clock.now, said=said))


def write(desk, what, file, person_id="dora", said=SIGN):
    return write_desk_table(desk.board, what, file, person_id, desk.clock.now, said=said)


def told(row):
    """What a row says: the cells that are not empty."""
    return {name for name, value in row.items() if value not in {None, ""}}


@pytest.mark.parametrize("what", NAMES)
def test_every_declared_table_has_rows_of_its_declared_columns(desk, what):
    desk.say(a_request_stated(), an_offer_made(), an_offer_answered(), *PLAN)

    rows = rows_of(desk, what)

    assert rows
    assert all(set(row) <= set(get_export(what).column_names) for row in rows)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_needs_and_offers_go_out_and_read_back_the_same(desk, tmp_path, ending):
    lots = (a_lot(site_id="EHEH"),)
    lift = {"class_id": "C130H", "home_site": "EHEH"}
    vehicles = (*(a_vehicle(f"lift_1/{n}", **lift) for n in (1, 2)), a_vehicle("lift_2", **lift))
    request, offer = a_request_stated(), an_offer_made(lots=lots, vehicles=vehicles)
    desk.say(request, offer)

    for what, field, given in (
        ("needs", "needs", request.needs),
        ("goods", "lots", offer.lots),
        ("vehicles", "vehicles", offer.vehicles),
    ):
        file = tmp_path / f"{what}.{ending}"
        assert write(desk, what, file) == (2 if what == "vehicles" else 1)
        read = read_table("request" if what == "needs" else "offer", file.read_bytes(), file.name)
        assert read[field] == given


def test_vehicles_of_one_name_are_one_row_only_if_they_are_alike(desk):
    ids = ["lift_1/1", "lift_1/2"]
    desk.say(an_offer_made(vehicles=tuple(a_vehicle(one, home_site=one[-1]) for one in ids)))

    assert [row["vehicle_id"] for row in rows_of(desk, "vehicles")] == ids


def test_what_was_withdrawn_or_declined_is_not_on_offer_and_not_needed(desk):
    desk.say(a_request_stated(), a_request_withdrawn())
    desk.say(an_offer_made(), an_offer_withdrawn())
    desk.say(
        an_offer_made("offer_2", lots=(a_lot("lot_2"),), vehicles=()),
        an_offer_answered("offer_2", reply=Reply.DECLINE),
    )

    assert [rows_of(desk, what) for what in ("needs", "goods", "vehicles")] == [[], [], []]
    assert [row["state"] for row in rows_of(desk, "board")] == ["withdrawn"]


def test_what_nobody_reported_is_an_empty_cell(desk):
    desk.say(a_request_stated(), an_offer_made())
    [before] = rows_of(desk, "board")
    desk.say(*PLAN)
    [sent] = rows_of(desk, "arrivals")

    assert told(before) == {
        "call_sign", "request_id", "need_id", "place", "kind", "state", "asked_units", "members",
        "due_at",
    }  # fmt: skip
    assert told(sent).isdisjoint({"departed_at", "arrived_at", "handed_over_packs", "failed"})
    assert sent["planned_arrive_at"] == at_h(12.5)


def test_a_need_that_the_plan_knows_and_leaves_out_gets_a_zero_and_another_one_nothing(desk):
    desk.say(
        a_request_stated(needs=(a_need("left_out"), a_need("unheard_of"))),
        a_plan_made(lines=(), need_units=(("left_out", 2),)),
        a_plan_released(),
    )

    left_out, unheard_of = rows_of(desk, "board")

    assert (left_out["in_plan_units"], left_out["met_share_24h"]) == (0.0, 0.0)
    assert left_out["missing_units"] == left_out["asked_units"]
    assert unheard_of["in_plan_units"] is None
    assert told(unheard_of).isdisjoint({"missing_units", "met_share_24h"})


def test_an_arrival_has_what_was_planned_projected_and_reported(desk):
    desk.say(a_request_stated(), an_offer_made(), *PLAN)
    desk.say(a_movement_reported(happened_at=at_h(5)))

    [late] = rows_of(desk, "arrivals")
    assert (late["planned_depart_at"], late["departed_at"]) == (at_h(1.5), at_h(5))
    assert late["projected_arrive_at"] == at_h(12.5 + 3.5)

    desk.clock.now = at_h(17)
    desk.say(
        a_movement_reported("m2", milestone=Milestone.ARRIVED, happened_at=at_h(16),
                            site_id="antakya"),
        a_handed_over(packs=1, happened_at=at_h(17)),
    )  # fmt: skip
    [there] = rows_of(desk, "arrivals")
    assert there["arrived_at"] == at_h(16)
    assert (there["packs"], there["handed_over_packs"]) == (2, 1)
    assert there["handed_over_at"] == at_h(17)


def test_the_board_follows_what_is_reported_and_not_the_plan_alone(desk):
    desk.say(a_request_stated(), an_offer_made(), *PLAN)
    [planned] = rows_of(desk, "board")
    assert (planned["met_share_24h"], planned["missing_units"]) == (0.5, 1.0)

    desk.say(a_movement_reported(milestone=Milestone.FAILED))
    [failed] = rows_of(desk, "board")

    assert (failed["met_share_24h"], failed["missing_units"]) == (0.0, 2.0)
    assert rows_of(desk, "arrivals")[0]["failed"] is True
    assert rows_of(desk, "arrivals")[0]["projected_arrive_at"] is None


def test_the_kpi_have_a_row_for_the_case_and_one_for_each_member(desk):
    desk.say(a_request_stated(), an_offer_made(), an_offer_answered())

    of_case, of_member = rows_of(desk, "kpi")

    assert (of_case["member"], of_member["member"]) == ("", "NLD")
    assert of_case["request_to_offer_h"] == 1.0
    assert of_member["offer_to_acceptance_h"] == 1.0
    assert told(of_case).isdisjoint({"alert_to_request_h", "hand_over_at"})


@pytest.mark.parametrize(("person_id", "seen"), [("dora", True), ("fons", True), ("hale", False)])
def test_the_stock_of_a_confidential_offer_stands_in_no_table_of_others(desk, person_id, seen):
    desk.say(a_request_stated(), an_offer_made(confidential=True), *PLAN)
    desk.say(a_movement_reported())

    assert bool(rows_of(desk, "goods", person_id)) is seen
    assert bool(rows_of(desk, "vehicles", person_id)) is seen
    [sent] = rows_of(desk, "arrivals", person_id)
    stock = {"lot_id", "member", "kind", "packs", "units", "vehicle_id", "planned_depart_at",
             "departed_at"}  # fmt: skip
    assert told(sent) & stock == (stock if seen else set())


@pytest.mark.parametrize("what", NAMES)
def test_nobody_learns_of_a_case_that_is_not_theirs(desk, what):
    desk.say(a_request_stated(), an_offer_made(), *PLAN)

    for person_id in ("sami", "ada"):
        refused = table_rows(desk.board, what, person_id, desk.clock.now, said=SIGN)
        assert isinstance(refused, Refusal)
        assert rows_of(desk, what, person_id, said="") == []
    assert table_rows(desk.board, what, "eve", desk.clock.now).code == "unknown-person"


def test_who_once_asked_gets_their_own_request_and_nothing_else(desk):
    desk.say(a_request_stated("request_9", needs=(a_need("need_9"),)), an_offer_made(), *PLAN)
    desk.do("hale", StateRequest(case_id="case_1", request_id="r1", needs=(a_need(),)))
    desk.do("ada", EndRole(person_id="hale", role=Role.HOST_OFFICER))

    assert [row["need_id"] for row in rows_of(desk, "needs", "hale")] == ["need_1"]
    assert [row["request_id"] for row in rows_of(desk, "board", "hale")] == ["r1"]
    assert [rows_of(desk, what, "hale") for what in NAMES if what not in {"needs", "board"}] == [
        [], [], [], [],
    ]  # fmt: skip


def test_without_a_case_all_are_told_and_a_merged_one_once(desk):
    desk.say(a_case_opened("case_2", call_sign="U24-2023-002"))
    desk.say(a_request_stated(), a_request_stated(case_id="case_2", needs=(a_need("need_2"),)))
    needs = [row["need_id"] for row in rows_of(desk, "needs", said="")]
    assert needs == ["need_1", "need_2"]

    desk.say(a_case_merged(case_id="case_2", into_case_id="case_1"))

    assert [row["need_id"] for row in rows_of(desk, "board", said="")] == needs
    assert {row["call_sign"] for row in rows_of(desk, "board", said="")} == {SIGN}


@pytest.mark.parametrize("what", NAMES)
def test_every_row_and_sheet_of_an_exercise_says_so(tmp_path, what):
    desk = a_peopled_desk(exercise=True)
    desk.say(a_request_stated(), an_offer_made(), *PLAN)

    assert write(desk, what, tmp_path / "x.csv") == 1 + (what == "kpi")
    write(desk, what, tmp_path / "x.xlsx")

    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            assert "EXERCISE" in (row.get("exercise") or row["note"])
    [name] = openpyxl.load_workbook(tmp_path / "x.xlsx").sheetnames
    assert name == f"EXERCISE {what}"


def test_moments_are_utc_and_a_formula_stays_a_text(desk, tmp_path):
    desk.say(a_request_stated(needs=(a_need(kind="=1+1"),)))

    write(desk, "board", tmp_path / "board.csv")

    with (tmp_path / "board.csv").open(encoding="utf-8-sig", newline="") as lines:
        [row] = csv.DictReader(lines)
    assert row["kind"] == "'=1+1"
    assert row["due_at"].endswith("Z")


@pytest.mark.parametrize("name", ["board.ods", "board", "board.csv.gz"])
def test_a_file_of_another_ending_is_refused_and_none_is_left(desk, tmp_path, name):
    with pytest.raises(InvalidInput, match=r"it must end in \.csv or \.xlsx"):
        write(desk, "board", tmp_path / name)

    assert list(tmp_path.iterdir()) == []
