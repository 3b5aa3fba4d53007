"""Which file serves a table, and how a bad one is refused."""

import gzip
import hashlib
from pathlib import Path

import pytest

from u24.errors import InvalidInput
from u24.reference.airports import find_airport, get_airport
from u24.reference.catalogue import FOLDER, get_spec, list_specs
from u24.reference.lorries import get_lorry_class, list_lorry_classes
from u24.reference.tables import SHIPPED, Tables, read_cells
from u24.reference.tables import _check_cells as check_cells

HEADER = "icao,iata,name,iso3,lat,lon,elevation_m,size,length_m,surface,closed"
ADANA = "LTAF,ADA,My Adana,TUR,36.98,35.28,20,medium,2500,paved,no"
STRIP = "XXAA,,New strip,TUR,37.00,36.00,,,1200,unpaved,no"


def a_file(folder: Path, *rows: str, header: str = HEADER, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def with_airports(path: Path) -> Tables:
    return SHIPPED.with_override("airports", path)


@pytest.mark.parametrize("name", [spec.name for spec in list_specs() if spec.is_csv])
def test_every_cell_of_a_shipped_table_is_what_the_catalogue_allows(name):
    (file,) = SHIPPED.list_files(name)

    check_cells(get_spec(name), file)

    assert read_cells(name)


@pytest.mark.parametrize("spec", list_specs(), ids=lambda spec: spec.name)
def test_every_table_says_its_source_licence_date_and_version(spec):
    said = (spec.title, spec.source, spec.licence, spec.date, spec.version, spec.built_by)

    assert all(said)


def test_every_file_of_the_folder_is_in_the_catalogue():
    there = {path.name for path in FOLDER.iterdir()}

    listed = {spec.file for spec in list_specs()}

    assert there == listed | {"tables.toml"}


def test_a_users_file_takes_the_place_of_the_whole_table(tmp_path):
    mine = with_airports(a_file(tmp_path, ADANA))

    assert get_airport("ADA", mine).name == "My Adana"
    assert find_airport("LTAJ", mine) is None
    assert find_airport("LTAJ") is not None


def test_a_users_file_that_adds_keeps_the_shipped_rows_and_replaces_known_keys(tmp_path):
    mine = with_airports(a_file(tmp_path, ADANA, STRIP, name="mine.add.csv"))

    assert get_airport("LTAF", mine).name == "My Adana"
    assert get_airport("XXAA", mine).length_m == 1200
    assert get_airport("LTAJ", mine) == get_airport("LTAJ")


def test_the_columns_of_a_users_file_may_stand_in_any_order(tmp_path):
    header = ",".join(reversed(HEADER.split(",")))
    row = ",".join(reversed(ADANA.split(",")))

    mine = with_airports(a_file(tmp_path, row, header=header))

    assert get_airport("ADA", mine).lat == 36.98


def test_a_packed_file_with_quotes_and_windows_line_ends_is_read(tmp_path):
    row = ADANA.replace("My Adana", '"Adana, ""mine"""')
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(gzip.compress(f"\ufeff{HEADER}\r\n{row}\r\n".encode()))

    assert get_airport("ADA", with_airports(path)).name == 'Adana, "mine"'


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (ADANA.replace("36.98", "north"), r"mine.csv row 2, column lat: found 'north'"),
        (ADANA.replace("36.98", "96.98"), r"lat: found '96.98'; it must be a number, -90 or more"),
        (ADANA.replace("36.98", "nan"), r"lat: found 'nan'"),
        (
            ADANA.replace("2500", "-1"),
            r"length_m: found '-1'; it must be a whole number, 1 or more",
        ),
        (ADANA.replace("2500", "2500.5"), r"length_m: found '2500.5'"),
        (ADANA.replace("paved", "asphalt"), r"surface: found 'asphalt'.* paved, unpaved, unknown"),
        (ADANA.replace("TUR", "tur"), r"iso3: found 'tur'"),
        (ADANA.replace("My Adana", ""), r"name: found ''; it must not be empty"),
        (ADANA.replace(",no", ",maybe"), r"closed: found 'maybe'; it must be yes or no"),
        (ADANA + ",more", r"row 2, found 12 cells; give 11"),
        (f"{ADANA}\n{ADANA}", r"row 3, column icao: found LTAF again; .* row 2"),
        (ADANA.replace("My", '"My'), r"row 2, found unexpected end of data"),
    ],
)
def test_a_bad_cell_is_refused_with_file_row_column_found_and_allowed(tmp_path, row, told):
    path = a_file(tmp_path, row)

    with pytest.raises(InvalidInput, match=told):
        with_airports(path)


def test_a_figure_without_end_is_refused(tmp_path):
    path = a_file(
        tmp_path, "water,inf,,,L,2018,,", header="name,value,low,high,unit,edition,sources,notes"
    )

    with pytest.raises(InvalidInput, match="column value: found 'inf'; it must be a number"):
        SHIPPED.with_override("sphere", path)


def test_missing_and_unknown_columns_are_named(tmp_path):
    path = a_file(tmp_path, ADANA, header=HEADER.replace("iso3", "country"))

    with pytest.raises(InvalidInput, match=r"missing columns \['iso3'\], unknown.*\['country'\]"):
        with_airports(path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "No such file"),
        (b"", "row 1, missing columns"),
        (b"icao\xff", "byte 4 is not UTF-8"),
        (gzip.compress(b"icao", mtime=0)[:-4], "not a whole gzip file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content, told):
    path = tmp_path / "mine.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(InvalidInput, match=told):
        with_airports(path)


def test_a_file_that_changes_after_it_was_named_is_refused(tmp_path):
    path = a_file(tmp_path, ADANA)
    mine = with_airports(path)
    a_file(tmp_path, STRIP)

    with pytest.raises(InvalidInput, match="has changed since it was named"):
        get_airport("ADA", mine)


def test_an_unknown_table_is_refused_with_the_known_ones(tmp_path):
    path = a_file(tmp_path, ADANA)

    with pytest.raises(InvalidInput, match="table is 'airport'; it must be one of aircraft, air"):
        SHIPPED.with_override("airport", path)


def test_what_was_used_names_file_version_sha256_source_and_licence(tmp_path):
    path = a_file(tmp_path, ADANA)

    used = {file.table: file for file in with_airports(path).used()}

    assert set(used) == {spec.name for spec in list_specs()}
    assert used["airports"].file == str(path)
    assert used["airports"].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert used["cities"].licence == "CC BY 4.0"
    assert len(used["cities"].sha256) == 64


def test_a_later_file_takes_the_place_of_an_earlier_one_and_an_addition_keeps_both(tmp_path):
    first = with_airports(a_file(tmp_path, ADANA, name="first.csv"))
    added = first.with_override("airports", a_file(tmp_path, STRIP, name="more.add.csv"))

    second = first.with_override("airports", a_file(tmp_path, STRIP, name="second.csv"))

    assert find_airport("ADA", second) is None
    assert find_airport("ADA", added) is not None
    assert find_airport("XXAA", added) is not None
    assert [file.adds for file in added.list_files("airports")] == [False, True]


def test_one_table_of_ones_own_leaves_the_others_shipped(tmp_path):
    mine = with_airports(a_file(tmp_path, ADANA))

    assert list_lorry_classes(mine) == list_lorry_classes()


def test_rows_are_listed_in_order_of_their_key_in_whatever_order_they_stand(tmp_path):
    header, *rows = (FOLDER / "lorries.csv").read_text(encoding="utf-8").splitlines()
    path = a_file(tmp_path, *reversed(rows), header=header)

    mine = SHIPPED.with_override("lorries", path)

    assert list_lorry_classes(mine) == list_lorry_classes()


def test_a_key_that_is_not_there_is_answered_with_near_ones():
    with pytest.raises(InvalidInput, match=r"class_id is 'semi136'; near matches: semi_136"):
        get_lorry_class("semi136")
