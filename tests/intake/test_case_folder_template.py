"""The template, the reference page and the schema say the same."""

from pathlib import Path

import pytest

from tests.intake.folders import a_folder
from u24.errors import InvalidInput
from u24.intake.case_folder import case_folder_page, check_case, read_case, write_template
from u24.intake.case_folder import template as template_module
from u24.intake.case_folder.cells import read_cell
from u24.intake.case_folder.column import Type
from u24.intake.case_folder.schema import FILES, SECTIONS
from u24.intake.case_folder.template import EXAMPLE

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "case-folder.md"


def test_the_template_reads_without_a_message(tmp_path):
    assert check_case(a_folder(tmp_path)) == []


def test_the_template_holds_the_example_case_marked_as_exercise(tmp_path):
    case = read_case(a_folder(tmp_path))

    assert case == read_case(EXAMPLE)
    assert case.exercise
    assert {source.key for source in case.sources} == {"example"}


def test_the_template_explains_every_column_and_key(tmp_path):
    folder = a_folder(tmp_path)

    for table in FILES:
        text = (folder / table.name).read_text("utf-8")
        assert text.split("\n")[0] == ",".join(table.column_names)
        assert all(f"\n# {name}: " in text for name in table.column_names)
    text = (folder / "case.toml").read_text("utf-8")
    for section in SECTIONS:
        assert all(f"# {name}: " in text for name in section.column_names)


def test_the_template_gives_its_files(tmp_path):
    paths = write_template(tmp_path / "new")

    assert set(paths) == set((tmp_path / "new").iterdir())


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_the_template_overwrites_nothing(tmp_path, kind):
    target = tmp_path / "case"
    if kind == "folder":
        target.mkdir()
    elif kind == "file":
        target.write_text("mine", "utf-8")
    else:
        target.symlink_to("nowhere")

    with pytest.raises(InvalidInput, match="is there already; nothing is overwritten"):
        write_template(target)

    assert list(tmp_path.iterdir()) == [target]
    assert target.is_symlink() or target.is_dir() or target.read_text("utf-8") == "mine"


def test_the_template_needs_a_folder_to_stand_in(tmp_path):
    with pytest.raises(InvalidInput, match="is not a folder; make it first"):
        write_template(tmp_path / "absent" / "case")


def test_the_template_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    def full_disk(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(template_module.Path, "rename", full_disk)

    with pytest.raises(InvalidInput, match="No space left on device"):
        write_template(tmp_path / "case")

    assert list(tmp_path.iterdir()) == []


def test_the_reference_page_is_the_one_the_schema_makes():
    assert PAGE.read_text("utf-8") == case_folder_page(), "run scripts/document_case_folder.py"


@pytest.mark.parametrize("table", [*SECTIONS, *FILES], ids=lambda table: table.name)
def test_examples_and_defaults_of_every_column_are_good_cells(table):
    for column in table.columns:
        if column.type is Type.TRACE:
            continue
        for cell in filter(None, (column.example, column.default)):
            assert read_cell(column, cell)[1] == ""


@pytest.mark.parametrize("table", [*SECTIONS, *FILES], ids=lambda table: table.name)
def test_columns_are_named_once_and_unique_ones_exist(table):
    assert len(set(table.column_names)) == len(table.columns)
    assert set(table.unique) <= set(table.column_names)
