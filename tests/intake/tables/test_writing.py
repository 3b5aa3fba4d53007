"""Templates, tables that go out, and the page say the same as the schema."""

import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.tables.filled import LOT_ROW, NEED_ROW
from u24.errors import InvalidInput
from u24.intake.tables.exports import EXPORTS, get_export
from u24.intake.tables.page import tables_page
from u24.intake.tables.read import read_offer_table, read_request_table
from u24.intake.tables.schema import GOODS, NEEDS, OFFER, REQUEST
from u24.intake.tables.template import list_sheets, make_csv, make_workbook
from u24.intake.tables.writing import bare, guarded, write_table

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "request-offer-tables.md"


def opened(what, **options):
    return openpyxl.load_workbook(io.BytesIO(make_workbook(what, **options)))


def written(form, columns, rows, **options):
    out = io.BytesIO()
    count = write_table(out, form, columns, rows, **options)
    return out.getvalue(), count


def test_the_page_is_made_from_the_schema():
    assert PAGE.read_text("utf-8") == tables_page()


@pytest.mark.parametrize(("what", "sheets"), [("request", REQUEST), ("offer", OFFER)])
def test_the_template_has_every_heading_a_note_and_a_frozen_row(what, sheets):
    workbook = opened(what)

    for sheet in sheets:
        page = workbook[sheet.name]
        assert [cell.value for cell in page[1]] == [field.heading for field in sheet.fields]
        assert page.freeze_panes == "B2"
        assert all(cell.comment for cell in page[1])
        assert page.data_validations.dataValidation
    noted = {row[2].value for row in workbook["Notes"].iter_rows(min_row=2)}
    assert noted >= {field.name for sheet in sheets for field in sheet.fields}


def test_kinds_to_choose_from_stand_on_a_hidden_sheet():
    workbook = opened("offer")

    assert workbook["Lists"].sheet_state == "hidden"
    assert "usar_heavy" in [cell.value for cell in workbook["Lists"]["A"]]


def test_a_template_may_go_from_right_to_left():
    assert opened("offer", right_to_left=True)["Goods"].sheet_view.rightToLeft
    assert not opened("offer")["Goods"].sheet_view.rightToLeft


def test_there_is_a_template_for_requests_and_offers_only():
    with pytest.raises(InvalidInput, match="'wish'; it must be request or offer"):
        list_sheets("wish")


@pytest.mark.parametrize(
    ("sheet", "read"), [(NEEDS, read_request_table), (GOODS, read_offer_table)]
)
def test_the_examples_of_the_schema_read_without_a_message(sheet, read):
    row = {field.name: field.column.example for field in sheet.fields}

    assert read(make_csv(sheet, [row]), "example.csv")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "'=1", "''@"])
def test_a_text_that_looks_like_a_formula_goes_out_as_text(text):
    data, _ = written("csv", ["note"], [{"note": text}])
    assert data.decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")

    data, _ = written("xlsx", ["note"], [{"note": text}])
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", text)


@given(text=st.text())
def test_a_guarded_text_comes_back_as_it_was(text):
    assert bare(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_are_written_one_by_one_as_they_come(form):
    taken = []

    def rows():
        for number in range(3):
            taken.append(number)
            yield {"a": number, "b": datetime(2026, 1, 1, tzinfo=UTC), "c": None, "d": True}

    data, count = written(form, ["a", "b", "c", "d"], rows())

    assert count == 3
    assert taken == [0, 1, 2]
    if form == "csv":
        assert data.decode("utf-8-sig").splitlines() == ["a,b,c,d", *(
            f"{number},2026-01-01T00:00:00Z,,yes" for number in range(3)
        )]  # fmt: skip


def test_a_table_out_may_go_from_right_to_left_and_has_a_frozen_head():
    data, _ = written("xlsx", ["a"], [{"a": 1}], right_to_left=True, title="KPI")

    page = openpyxl.load_workbook(io.BytesIO(data))["KPI"]
    assert page.sheet_view.rightToLeft
    assert page.freeze_panes == "A2"


@pytest.mark.parametrize(
    ("form", "row", "message"),
    [
        ("csv", {"x": 1}, r"columns \['x'\]; known are \['a'\]"),
        ("xlsx", {"x": 1}, r"columns \['x'\]; known are \['a'\]"),
        ("ods", {"a": 1}, "form is 'ods'; it must be csv or xlsx"),
        ("csv", {"a": datetime(2026, 1, 1)}, "give it in UTC"),
    ],
)
def test_what_cannot_be_written_is_refused(form, row, message):
    with pytest.raises(InvalidInput, match=message):
        written(form, ["a"], [row])


def test_exports_of_needs_and_goods_read_as_tables():
    for name, row, read in (
        ("needs", NEED_ROW, read_request_table),
        ("goods", LOT_ROW, read_offer_table),
    ):
        data, _ = written("csv", get_export(name).column_names, [row])

        assert read(data, f"{name}.csv")


def test_columns_of_a_table_out_have_one_name_and_a_meaning_each():
    for export in EXPORTS:
        assert len(set(export.column_names)) == len(export.columns)
        assert all(column.meaning for column in export.columns)
    with pytest.raises(InvalidInput, match="table 'x' is unknown; known are needs"):
        get_export("x")
