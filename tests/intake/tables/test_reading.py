"""Filled tables come back as the same words, and every wrong cell is told by its place."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.tables.filled import (
    BAD_CELLS,
    LOT_ROW,
    NEED_ROW,
    VEHICLE_ROW,
    lots,
    lots_csv,
    needs,
    needs_csv,
    offer_workbook,
    request_workbook,
    vehicles,
    vehicles_csv,
)
from u24.errors import CaseErrors
from u24.intake.tables.faults import letters_of
from u24.intake.tables.read import OfferTable, read_offer_table, read_request_table
from u24.intake.tables.schema import GOODS, NEEDS, OFFER, REQUEST, VEHICLES
from u24.intake.tables.template import make_csv, make_workbook

ROWS = {"Needs": NEED_ROW, "Goods": LOT_ROW, "Vehicles": VEHICLE_ROW}
CELLS = [
    (sheet, field.name, bad)
    for sheet in (NEEDS, GOODS, VEHICLES)
    for field in sheet.fields
    for bad in BAD_CELLS[field.name]
]
IDS = [f"{sheet.name}-{name}-{bad!r}" for sheet, name, bad in CELLS]


def messages_of(read, data, name="offer.xlsx", **options):
    with pytest.raises(CaseErrors) as caught:
        read(data, name, **options)
    return caught.value.messages


def unique(words, name):
    return list({getattr(word, name): word for word in words}.values())


def read_of(sheet):
    return read_request_table if sheet is NEEDS else read_offer_table


@settings(max_examples=12, deadline=None)
@given(filled=st.lists(needs(), min_size=1, max_size=4))
def test_a_filled_request_reads_back_equal_from_csv_and_xlsx(filled):
    filled = unique(filled, "need_id")

    assert read_request_table(needs_csv(filled), "r.csv") == tuple(filled)
    assert read_request_table(request_workbook(filled), "r.xlsx") == tuple(filled)


@settings(max_examples=12, deadline=None)
@given(
    goods=st.lists(lots(), min_size=1, max_size=3),
    lift=st.lists(vehicles(), min_size=1, max_size=3),
)
def test_a_filled_offer_reads_back_equal_from_csv_and_xlsx(goods, lift):
    goods, lift = unique(goods, "lot_id"), unique(lift, "vehicle_id")

    both = OfferTable(lots=tuple(goods), vehicles=tuple(lift))
    assert read_offer_table(offer_workbook(goods, lift), "o.xlsx") == both
    assert read_offer_table(offer_workbook(goods, lift, right_to_left=True), "o.xlsx") == both
    assert read_offer_table(lots_csv(goods), "o.csv").lots == tuple(goods)
    assert read_offer_table(vehicles_csv(lift), "o.csv").vehicles == tuple(lift)


@pytest.mark.parametrize(("sheet", "name", "bad"), CELLS, ids=IDS)
def test_one_wrong_cell_gives_one_message_that_names_it(sheet, name, bad):
    rows = [ROWS[sheet.name], {**ROWS[sheet.name], sheet.unique: "other", name: bad}]
    if name == "kind" and bad:
        rows[1] |= {"pack_kg": "", "pack_l": ""}
    at = letters_of([field.name for field in sheet.fields].index(name))

    [message] = messages_of(read_of(sheet), make_csv(sheet, rows), "x.csv")

    assert message.startswith(f"row 3, column {name} ({at}3): ")
    if bad != "a\x01b":  # no workbook can hold it
        what = "request" if sheet is NEEDS else "offer"
        [message] = messages_of(read_of(sheet), make_workbook(what, rows={sheet.name: rows}))
        assert message.startswith(f"sheet {sheet.name}, row 3, column {name} ({at}3): ")


def test_a_message_says_what_was_found_and_what_is_allowed():
    data = make_workbook("offer", rows={"Goods": [{**LOT_ROW, "packs": "12 boxes"}]})

    [message] = messages_of(read_offer_table, data)

    assert message == (
        "sheet Goods, row 2, column packs (E2): '12 boxes' has a unit in it; give the number "
        "alone: a whole number, 1 or more, at most 10,000,000"
    )


@pytest.mark.parametrize(
    ("sheet", "caveat", "told"),
    [
        (GOODS, "own_cargo_only", "'own_cargo_only' is for vehicles only; take it out"),
        (VEHICLES, "once_replaced:mi17", "'once_replaced:mi17' is for goods only; take it out"),
    ],
)
def test_a_caveat_of_the_other_sheet_is_refused(sheet, caveat, told):
    data = make_csv(sheet, [{**ROWS[sheet.name], "caveats": caveat}])

    (message,) = messages_of(read_offer_table, data, "o.csv")

    assert message.endswith(told)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_in_every_dialect_of_the_field(delimiter, ends, encoding):
    text = make_csv(GOODS, [{**LOT_ROW, "note": "a;b,c"}]).decode("utf-8-sig")
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ends).writerows(
        csv.reader(io.StringIO(text))
    )

    [lot] = read_offer_table(out.getvalue().encode(encoding), "o.csv").lots

    assert lot.lot_id == "O1"
    assert lot.grounds.note == "a;b,c"


def test_headings_stand_in_any_order_and_under_a_title():
    data = (
        b"Our offer\n\nReady (UTC),site,LOT,Member,kind,Packs\n"
        b"2023-02-06T07:00Z,LROP,O1,ROU,usar_heavy,1\n"
    )

    [lot] = read_offer_table(data, "o.csv").lots

    assert (lot.lot_id, lot.packs, lot.pack_people > 0) == ("O1", 1, True)


def test_a_saved_mapping_renames_and_leaves_out_headings():
    data = b"Ref,Land,Was,Wo,Anzahl,Ab wann,Laune\nO1,ROU,usar_heavy,LROP,1,2023-02-06T07:00Z,gut\n"
    mapping = {
        "ref": "lot_id", "Land": "member", "Was": "kind", "Wo": "site", "Anzahl": "packs",
        "Ab wann": "ready_at", "Laune": "",
    }  # fmt: skip

    [lot] = read_offer_table(data, "o.csv", mapping=mapping).lots

    assert lot.lot_id == "O1"


def test_a_row_of_tags_names_columns_and_is_no_offer():
    data = (
        b"Ref,Land,Was,Wo,packs,kind,site\n"
        b"#meta+id,#country+code+iso3,,,#item+packs+num,#item+code,#loc+origin+code\n"
        b"O1,ROU,,,1,usar_heavy,LROP\n"
    )

    messages = messages_of(read_offer_table, data, "o.csv", mapping={"was": "", "wo": ""})

    assert messages == ["the file, row 1: ready_at is missing; add it"]


def test_an_unknown_heading_is_told_with_what_is_near():
    data = b"lot_id,member,kind,site,packs,ready_at,pack_kgs\n"

    [message] = messages_of(read_offer_table, data, "o.csv")[:1]

    assert message.startswith(
        "row 1, cell G1: heading 'pack_kgs' is unknown; did you mean 'pack_kg'"
    )


def test_a_heading_that_comes_twice_is_refused():
    data = (
        b"lot_id,member,kind,site,packs,ready_at,Lot\nO1,ROU,usar_heavy,LROP,1,2023-02-06T07:00Z,O2"
    )

    assert messages_of(read_offer_table, data, "o.csv")[0] == (
        "row 1, cell G1: column lot_id comes twice; keep one"
    )


def test_over_a_hundred_faults_are_counted():
    rows = [{**LOT_ROW, "lot_id": f"O{number}", "packs": "x"} for number in range(130)]

    messages = messages_of(read_offer_table, make_csv(GOODS, rows), "o.csv")

    assert len(messages) == 101
    assert messages[-1] == "and 30 more"


def test_a_name_that_comes_again_is_told_with_its_first_row():
    [message] = messages_of(read_offer_table, make_csv(GOODS, [LOT_ROW, LOT_ROW]), "o.csv")

    assert message.startswith("row 3, column lot_id (A3): 'O1' comes again; it stands in row 2")


def test_places_of_the_case_are_known_if_given():
    data = make_csv(NEEDS, [NEED_ROW])

    assert read_request_table(data, "r.csv", places=frozenset({"antakya"}))
    [message] = messages_of(read_request_table, data, "r.csv", places=frozenset({"antakia"}))
    assert "'antakya' is unknown" in message
    assert "did you mean 'antakia'?" in message


def test_an_iata_code_becomes_the_icao_code():
    [lot] = read_offer_table(make_csv(GOODS, [{**LOT_ROW, "site": "OTP"}]), "o.csv").lots

    assert lot.site_id == "LROP"


def test_a_row_that_counts_several_gives_as_many_vehicles():
    found = read_offer_table(make_csv(VEHICLES, [VEHICLE_ROW]), "o.csv").vehicles

    assert [vehicle.vehicle_id for vehicle in found] == ["L1/1", "L1/2"]


def test_rows_that_are_empty_or_begin_with_a_hash_are_not_read():
    data = make_csv(GOODS, [{}, LOT_ROW, {"lot_id": "# ours"}, {}])

    assert len(read_offer_table(data, "o.csv").lots) == 1


@pytest.mark.parametrize("sheets", [REQUEST, OFFER])
def test_an_empty_template_says_that_it_is_empty(sheets):
    what = "request" if sheets is REQUEST else "offer"

    [message] = messages_of(read_of(sheets[0]), make_workbook(what), "t.xlsx")

    assert message.startswith("t.xlsx: it holds no row; fill in at least one of")
