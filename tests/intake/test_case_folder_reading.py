"""A good folder becomes exactly the words of the case."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.intake.folders import a_folder, both, put, remove, swap
from u24.domain.figures import Basis, Grounds, Range, Source
from u24.domain.needs import Substitute
from u24.domain.offers import Caveat, CaveatKind
from u24.intake.case_folder import check_case, find_tables, read_case
from u24.intake.case_folder.build import in_thousandths
from u24.reference.goods import get_goods
from u24.reference.lorries import get_lorry_class
from u24.reference.tables import FOLDER, SHIPPED
from u24.reference.teams import get_team

T0 = datetime(2026, 3, 2, 3, 40, tzinfo=UTC)
STATED = Grounds(basis=Basis.STATED, sources=("example",))


@pytest.fixture
def folder(tmp_path):
    return a_folder(tmp_path)


def _h(hours):
    return T0 + timedelta(hours=hours)


def _by_id(words, name):
    return {getattr(word, name): word for word in words}


def test_the_head_of_the_case_is_read(folder):
    case = read_case(folder)

    head = (case.case_id, case.hazard, case.host, case.t0_at, case.horizon_h, case.exercise)
    assert head == ("elazig-exercise", "GH0101", "TUR", T0, 72, True)
    assert [place.place_id for place in case.places] == ["sivrice", "elazig"]
    assert case.shocks[0].rupture_lonlat == ((38.85, 38.27), (39.15, 38.41), (39.45, 38.55))
    assert (case.consents[0].members, case.consents[0].allowed) == (("*",), True)
    assert case.positions[0].conditions == ("night-landing",)
    assert case.sources == (
        Source(key="example", title="Invented for this exercise", date="2026-03-02"),
    )


def test_a_need_has_utc_moments_and_whole_planned_units(folder):
    needs = _by_id(read_case(folder).needs, "need_id")

    assert needs["N1"].amount == Range(low=1, best=2, high=3)
    assert needs["N1"].planned_units == 2
    assert (needs["N1"].due_at, needs["N1"].deadline_at) == (_h(24), _h(72))
    assert needs["N1"].substitutes == (
        Substitute(kind="usar_heavy", factor_share=2),
        Substitute(kind="usar_light", factor_share=0.3),
    )
    assert needs["N1"].grounds == STATED


@pytest.mark.parametrize(("figure", "planned"), [("low", 2), ("best", 3), ("high", 4)])
def test_the_planning_figure_rounds_up(folder, figure, planned):
    both(
        put("needs.csv", 2, "amount_low", "1.2"),
        put("needs.csv", 2, "amount_best", "2.2"),
        put("needs.csv", 2, "amount_high", "3.2"),
        swap("case.toml", 'planning_figure = "best"', f'planning_figure = "{figure}"'),
    )(folder)

    assert read_case(folder).needs[0].planned_units == planned


@pytest.mark.parametrize(
    ("horizon", "due", "deadline", "expected"),
    [
        (72, "", "", (72, 72)),
        (48, "", "", (48, 48)),
        (72, "", "30", (30, 30)),
        (72, "6", "", (6, 6)),
    ],
)
def test_due_and_deadline_have_defaults(folder, horizon, due, deadline, expected):
    both(
        swap("case.toml", "horizon_h = 72", f"horizon_h = {horizon}"),
        *(put("needs.csv", row, "deadline_h", "48") for row in (2, 3, 4, 5)),
        put("needs.csv", 2, "due_h", due),
        put("needs.csv", 2, "deadline_h", deadline),
    )(folder)

    need = read_case(folder).needs[0]

    assert (need.due_at, need.deadline_at) == tuple(_h(each) for each in expected)


def test_amounts_low_and_high_default_to_best(folder):
    assert _by_id(read_case(folder).needs, "need_id")["N4"].amount == Range(
        low=3000, best=3000, high=3000
    )


def test_packs_of_teams_and_goods_default_to_the_tables(folder):
    lots = _by_id(read_case(folder).lots, "lot_id")
    team, goods = get_team("usar_medium"), get_goods("family_tent")

    assert lots["O1"].pack_mass_g == team.plan_mass_kg * 1000
    assert lots["O1"].pack_volume_ml == team.plan_volume_l * 1000
    assert lots["O1"].pack_people == team.plan_people
    assert lots["O4"].pack_mass_g == goods.plan_pack_g
    assert lots["O4"].pack_volume_ml == goods.plan_pack_ml
    assert lots["O4"].pack_people == 0


def test_given_packs_outweigh_the_tables(folder):
    lot = _by_id(read_case(folder).lots, "lot_id")["O2"]

    assert (lot.pack_mass_g, lot.pack_volume_ml, lot.pack_people) == (12_000_000, 48_000_000, 45)


@pytest.mark.parametrize(
    ("kg", "g"),
    [(4.03, 4030), (0.2901, 291), (1e-9, 1), (1.1, 1100), (999_999.9999, 999_999_999.9)],
)
def test_masses_round_up_from_the_decimals_as_written(kg, g):
    assert in_thousandths(kg) == -(-g // 1)


def test_a_kind_of_ones_own_needs_nothing_but_its_pack(folder):
    both(
        put("offers.csv", 3, "kind", "drone_team"),
        put("needs.csv", 2, "kind", "drone_team"),
    )(folder)

    assert read_case(folder).needs[0].kind == read_case(folder).lots[1].kind == "drone_team"


def test_ready_before_t0_and_open_ends_are_kept(folder):
    both(put("offers.csv", 2, "ready_h", "-8760"), put("offers.csv", 2, "valid_until_h", ""))(
        folder
    )

    lot = read_case(folder).lots[0]

    assert (lot.ready_at, lot.valid_until_at) == (_h(-8760), None)


def test_a_row_of_lift_becomes_its_vehicles(folder):
    vehicles = read_case(folder).vehicles

    assert [each.vehicle_id for each in vehicles[:4]] == ["L1/1", "L1/2", "L2/1", "L3/1"]
    assert len(vehicles) == 14


@pytest.mark.parametrize(
    ("until", "duty", "end"), [("", "", 72), ("40", "", 40), ("40", "16", 20), ("10", "16", 10)]
)
def test_a_vehicle_stops_at_the_earliest_of_its_ends(folder, until, duty, end):
    both(put("lift.csv", 2, "until_h", until), put("lift.csv", 2, "crew_duty_h", duty))(folder)

    vehicle = read_case(folder).vehicles[0]

    assert (vehicle.available_at, vehicle.until_at) == (_h(4), _h(end))


def test_airports_go_by_icao_code_wherever_they_are_written(folder):
    both(
        put("offers.csv", 2, "site", "otp"),
        put("offers.csv", 2, "caveats", "only_via:ADA"),
        put("airports.csv", 2, "code", "ezs"),
    )(folder)

    case = read_case(folder)

    assert case.lots[0].site_id == "LROP"
    assert case.lots[0].caveats == (Caveat(kind=CaveatKind.ONLY_VIA, argument="LTAF"),)
    assert [terms.code for terms in case.airports] == ["LTCA", "LTAT"]
    assert {road.from_site for road in case.roads} == {"LTCA", "LTAT", "LTAC", "sivrice", "elazig"}
    assert case.vehicles[0].home_site == "LROP"


def test_a_place_outweighs_an_airport_of_the_same_letters(folder):
    both(
        swap("case.toml", 'id = "elazig"', 'id = "van"'),
        *(put("needs.csv", row, "place", "van") for row in (3, 5)),
        *(put("roads.csv", row, "to", "van") for row in (3, 5, 6)),
    )(folder)

    assert {road.to_site for road in read_case(folder).roads} >= {"van"}


def test_closures_and_opening_hours_are_read(folder):
    both(
        put("airports.csv", 2, "closed", "30-34.5; -2-6;60-"),
        put("airports.csv", 2, "open_utc", "20:00-04:30"),
    )(folder)

    terms = read_case(folder).airports[0]

    assert terms.closed_h == ((-2.0, 6.0), (30.0, 34.5), (60.0, 72.0))
    assert terms.open_utc == (1200, 270)


def test_a_road_leads_both_ways_unless_the_way_back_has_its_own_row(folder):
    put("roads.csv", 3, "both_ways", "no")(folder)
    swap("roads.csv", "# The", "sivrice,EZS,2.0001,no,stated,example,\n# The")(folder)

    found = read_case(folder).roads
    roads = {(road.from_site, road.to_site): road.duration_s for road in found}

    assert len(found) == len(roads) == 9
    assert roads["LTCA", "sivrice"] == 5400
    assert roads["sivrice", "LTCA"] == 7201  # 2.0001 h is 7200.36 s
    assert ("elazig", "LTCA") not in roads
    assert roads["elazig", "LTAT"] == roads["LTAT", "elazig"] == 9000


def test_history_keeps_the_unknown_as_none(folder):
    row = "A1,RO-USAR 1,ROU,,60,,7.1,EZS,,,2026-03-02T20:17:30.9Z,sivrice,,fact,example,\n"
    swap("history.csv", "# What", row + row.replace("A1", "A2").replace("7.1", "") + "# What")(
        folder
    )

    arrival, unweighed = read_case(folder).history

    assert unweighed.mass_kg is None

    assert (arrival.people, arrival.dogs, arrival.mass_kg) == (60, None, 7100)
    assert (arrival.airport, arrival.landed_at) == ("LTCA", None)
    assert arrival.latest_at == datetime(2026, 3, 2, 20, 17, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "# a comment, with a comma\n\n" + text,
        lambda text: text.replace("\n", ",,\n"),
        lambda text: text.rstrip("\n"),
    ],
    ids=["byte order mark", "Windows", "old Mac", "comment first", "empty columns", "no last end"],
)
def test_what_spreadsheets_write_reads_the_same(folder, change):
    before = read_case(folder)
    for name in ("needs.csv", "offers.csv", "lift.csv", "sources.csv"):
        text = (folder / name).read_text("utf-8").split("#")[0]
        (folder / name).write_bytes(change(text).encode())

    assert read_case(folder) == before


def test_columns_in_another_order_read_the_same(folder):
    before = read_case(folder)
    lines = (folder / "lift.csv").read_text("utf-8").split("#")[0].splitlines()
    turned = [",".join(reversed(line.split(","))) for line in lines]
    (folder / "lift.csv").write_text("\n".join(turned), "utf-8")

    assert read_case(folder) == before


def test_text_of_a_formula_is_text(folder):
    put("offers.csv", 2, "note", '=HYPERLINK("http://x","y")')(folder)

    assert read_case(folder).lots[0].grounds.note == '=HYPERLINK("http://x","y")'


def test_optional_files_and_columns_may_be_missing(folder):
    both(remove("airports.csv"), remove("roads.csv"), remove("history.csv"))(folder)
    (folder / "lift.csv").write_text(
        "lift_id,member,class,home,available_h,basis,source\nL,ROU,C27J,OTP,0,fact,example", "utf-8"
    )

    case = read_case(folder)

    assert (case.airports, case.roads, case.history) == ((), (), ())
    assert [vehicle.vehicle_id for vehicle in case.vehicles] == ["L/1"]


def test_without_needs_they_must_be_estimated(folder):
    header = (folder / "needs.csv").read_text("utf-8").split("\n")[0]
    (folder / "needs.csv").write_text(header, "utf-8")
    swap("case.toml", "estimate_needs = false", "estimate_needs = true")(folder)

    assert read_case(folder).needs == ()


def test_other_files_and_folders_are_left_alone(folder):
    (folder / "notes.txt").write_bytes(b"\xff\x00")
    (folder / "out").mkdir()
    (folder / "out" / "needs.csv").write_text("x", "utf-8")
    (folder / "map.csv").write_text("x", "utf-8")
    (folder / "loop").symlink_to(folder)

    assert check_case(folder) == []


def test_a_table_of_ones_own_takes_the_place_of_ours(folder):
    shipped = (FOLDER / "lorries.csv").read_text("utf-8").splitlines()
    own = [shipped[0], next(line for line in shipped if line.startswith("rigid_10,"))]
    own.append(own[1].replace("rigid_10,", "my_lorry,"))
    (folder / "my.csv").write_text("\n".join(own), "utf-8")
    both(
        swap("case.toml", "# [tables]", '[tables]\nlorries = "my.csv"'),
        put("airports.csv", 2, "lorry_class", "my_lorry"),
        put("lift.csv", 5, "class", "my_lorry"),
    )(folder)

    case = read_case(folder)

    assert case.table_files == (("lorries", "my.csv"),)
    assert get_lorry_class("my_lorry", find_tables(folder, case)).class_id == "my_lorry"
    assert find_tables(folder, replace(case, table_files=())) == SHIPPED


def test_reading_changes_nothing_in_the_folder(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    read_case(folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
