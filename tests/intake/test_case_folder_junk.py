"""Whatever stands in a folder, the answer is a case or a list of messages."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.folders import a_folder
from u24.domain.case import Case
from u24.errors import CaseErrors
from u24.intake.case_folder import read_case
from u24.intake.case_folder.cells import read_cell
from u24.intake.case_folder.column import Column
from u24.intake.case_folder.faults import Faults
from u24.intake.case_folder.schema import FILES, SECTIONS, get_file
from u24.intake.case_folder.toml_rows import read_sections

COLUMNS = [column for table in (*SECTIONS, *FILES) for column in table.columns]
NASTY = st.sampled_from(
    ["", "nan", "-0", "1e308", "1e-320", "0-", "-", ";", ":", "a:", ":1", "=1+1", "#", '"', "*"]
)
FORMED = st.sampled_from(
    ["2023-02-06T20:17Z", "9999-12-31T23:59:59Z", "not_before_h:1e5", "LTAF", "24:00-00:00"]
)
JUNK = st.one_of(NASTY, FORMED, st.text(max_size=30), st.floats().map(str), st.integers().map(str))
TOML = st.recursive(
    st.one_of(st.integers(), st.floats(), st.booleans(), st.text(max_size=9).map(repr)),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
SOME = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _is_answered(folder):
    try:
        return isinstance(read_case(folder), Case)
    except CaseErrors as errors:
        return len(errors.messages) > 0


@settings(max_examples=300, deadline=None)
@given(column=st.sampled_from(COLUMNS), cell=JUNK)
def test_any_cell_gives_a_value_or_a_message(column: Column, cell):
    value, fault = read_cell(column, cell.strip())

    assert value is None or fault == ""


@SOME
@given(name=st.sampled_from([table.name for table in FILES]), data=st.data())
def test_junk_in_the_cells_of_a_row_is_told_or_read(tmp_path_factory, name, data):
    folder = a_folder(tmp_path_factory.mktemp("junk"))
    count = data.draw(st.integers(1, 3))
    width = len(get_file(name).columns)
    text = (folder / name).read_text("utf-8").split("#")[0]
    rows = [data.draw(st.lists(JUNK, min_size=width, max_size=width)) for _ in range(count)]
    cells = ("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)).encode()
    (folder / name).write_bytes(text.encode() + cells)

    assert _is_answered(folder)


@SOME
@given(name=st.sampled_from([table.name for table in FILES]), content=st.binary(max_size=200))
def test_junk_in_place_of_a_file_is_told(tmp_path_factory, name, content):
    folder = a_folder(tmp_path_factory.mktemp("junk"))
    (folder / name).write_bytes(content)

    assert _is_answered(folder)


@settings(max_examples=100, deadline=None)
@given(section=st.sampled_from(SECTIONS), data=st.data())
def test_junk_in_the_keys_of_case_toml_is_told(section, data):
    column = data.draw(st.sampled_from(section.columns))
    value = str(data.draw(TOML)).replace("True", "true").replace("False", "false")
    faults = Faults(files=("case.toml",))

    read_sections(f"format = 1\n[[{section.name}]]\n{column.name} = {value}\n", faults, ())

    assert faults.messages()
