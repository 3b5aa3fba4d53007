"""Every fault of a case folder is told once, with its place, what was found, what is allowed."""

import pytest

from tests.intake.folders import a_folder, both, put, remove, swap
from tests.intake.malformed_cells import CELLS
from tests.intake.malformed_files import FILES, TABLES
from tests.intake.malformed_rules import RULES
from tests.intake.malformed_toml import TOML
from u24.errors import CaseErrors
from u24.intake.case_folder import check_case, read_case

MALFORMED = [*FILES, *TABLES, *CELLS, *RULES, *TOML]


@pytest.mark.parametrize(
    ("change", "message"), [pytest.param(*case[1:], id=case.rule) for case in MALFORMED]
)
def test_one_fault_gives_one_message(tmp_path, change, message):
    folder = a_folder(tmp_path)
    change(folder)

    assert check_case(folder) == [message]


def test_all_faults_are_told_at_once_in_order_of_file_and_row(tmp_path):
    folder = a_folder(tmp_path)
    broken = ("an id stands twice", "a class nobody knows", "low is above best")
    cases = [case for case in RULES if case.rule in broken]
    both(*(change for _, change, _ in cases), put("offers.csv", 6, "packs", "x"))(folder)

    with pytest.raises(CaseErrors) as raised:
        read_case(folder)

    places = [message.split(":")[0] for message in raised.value.messages]
    assert places == [
        "needs.csv row 2, column amount_low",
        "offers.csv row 3, column offer_id",
        "offers.csv row 6, column packs",
        "lift.csv row 2, column class",
    ]


def test_a_missing_case_toml_does_not_hide_the_faults_of_the_tables(tmp_path):
    folder = a_folder(tmp_path)
    both(remove("case.toml"), put("offers.csv", 3, "packs", "-3"))(folder)

    assert [message.split(":")[0] for message in check_case(folder)] == [
        "case.toml",
        "offers.csv row 3, column packs",
    ]


def test_a_folder_that_is_absent_a_file_or_empty_is_told_so(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    (tmp_path / "empty").mkdir()

    for name, told in (
        ("absent", "does not exist"),
        ("file", "is not a folder"),
        ("empty", "is empty"),
    ):
        (message,) = check_case(tmp_path / name)
        assert message.startswith(f"{tmp_path / name} {told}; ") or told in message


def test_after_500_faults_of_a_file_the_reader_stops(tmp_path):
    folder = a_folder(tmp_path)
    rows = "".join(f"B{i},ROU,tarpaulin,OTP,x,,,,,1,,,,,,stated,example,\n" for i in range(2_000))
    swap("offers.csv", "# What", rows + "# What")(folder)

    messages = check_case(folder)

    assert len(messages) == 501
    assert messages[-1].startswith("offers.csv: 500 faults are told, and there may be more")


def test_more_rows_than_allowed_are_refused(tmp_path, monkeypatch):
    folder = a_folder(tmp_path)
    monkeypatch.setattr("u24.intake.case_folder.csv_rows.MOST_ROWS", 4)

    assert check_case(folder) == [
        "offers.csv: over 4 rows; split the case",
        "roads.csv: over 4 rows; split the case",
    ]


def test_row_numbers_count_comments_and_empty_rows(tmp_path):
    folder = a_folder(tmp_path)
    swap("offers.csv", "O2,GRC", '# a comment\n\n,,,\n"# another, quoted",\nO2,GRX')(folder)

    (message,) = check_case(folder)

    assert message.startswith("offers.csv row 7, column member: 'GRX' is unknown")
