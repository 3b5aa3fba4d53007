"""Files from outside that are broken, huge or made to harm: a clear message, and little memory."""

import io
import random
import tracemalloc
import zipfile
from datetime import datetime

import openpyxl
import pytest
import xlsxwriter

from tests.intake.tables.filled import LOT_ROW, offer_workbook
from u24.errors import CaseErrors
from u24.intake.tables.read import read_offer_table
from u24.intake.tables.schema import GOODS
from u24.intake.tables.template import make_csv, make_workbook

MIB = 1024 * 1024


def message_of(data, name="offer.xlsx"):
    with pytest.raises(CaseErrors) as caught:
        read_offer_table(data, name)
    return "\n".join(caught.value.messages)


def goods(**changed):
    return make_workbook("offer", rows={"Goods": [{**LOT_ROW, **changed}]})


def read_or_told(data, name):
    """What is read, or the messages; any other error goes on."""
    try:
        return read_offer_table(data, name)
    except CaseErrors as errors:
        return errors.messages


def repacked(data, **changed):
    """The workbook with parts changed or added; of bytes by name."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename not in changed:
                new.writestr(info.filename, old.read(info.filename))
        for name, content in changed.items():
            new.writestr(name, content)
    return out.getvalue()


def sheet_of(data, name="xl/worksheets/sheet1.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as workbook:
        return workbook.read(name)


def with_sheet(change):
    return repacked(goods(), **{"xl/worksheets/sheet1.xml": change(sheet_of(goods()))})


def in_memory_workbook(fill, **options):
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, options)
    fill(workbook, workbook.add_worksheet("Goods"))
    workbook.close()
    return out.getvalue()


def test_a_zip_bomb_is_refused_by_its_sizes():
    bomb = repacked(goods(), **{"xl/worksheets/sheet1.xml": b" " * (4 * MIB)})

    assert "unpacks to 4,194,304 bytes from" in message_of(bomb)


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr("u24.intake.tables.vetting.MOST_UNPACKED_BYTES", 10_000)

    assert "at most 10,000 are read, so split it" in message_of(goods())


def test_a_size_in_the_directory_that_lies_is_noticed():
    data = bytearray(goods())
    name = data.rfind(b"xl/worksheets/sheet1.xml")
    size = name - 46 + 24  # APPNOTE.TXT, 4.3.12: the name stands 46 bytes behind, the size 24
    data[size : size + 4] = (10).to_bytes(4, "little")

    message = message_of(bytes(data))

    assert "size" in message or "CRC" in message


def test_a_file_that_is_too_large_is_refused_unread():
    assert "at most 20,971,520" in message_of(b"PK" + bytes(20 * MIB))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04 no zip", "no whole workbook"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "has a password"),
        (b"", "it holds no row"),
        (b"\x89PNG\r\n\x1a\n\0\0", "is no UTF-8 text"),
        (b"%PDF-1.7 \xe2\xe3", "is no UTF-8 text"),
        (b"a,b\n\0", "NUL"),
        (b'lot_id,member\n"open', "quotes are not as in CSV"),
        (b"lot_id,member\n" + b"x" * 200_000, "characters"),
        (b"lot_id;member;x\n" + b"a;b;c\n" * 20_001, "at most 20,000 rows"),
        (b"a," * 200, "at most 100 are read"),
        (b"hello", "no row of headings"),
    ],
)
def test_what_is_no_table_is_told(data, told):
    assert told in message_of(data, "x")


def test_a_zip_that_is_no_workbook_is_told():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as held:
        held.writestr("a.txt", "x")

    assert "a zip file, but no workbook" in message_of(out.getvalue())


def test_links_to_other_files_are_refused():
    linked = repacked(goods(), **{"xl/externalLinks/externalLink1.xml": b"<x/>"})

    assert "takes values from other files" in message_of(linked)


@pytest.mark.parametrize("text", [b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"\0"])
def test_entities_and_other_encodings_are_refused(text):
    assert "no plain XML" in message_of(with_sheet(lambda sheet: text + sheet))


def test_one_cell_in_the_last_corner_does_not_fill_the_memory():
    def far(workbook, sheet):
        sheet.write_string(1_048_575, 16_383, "x")

    tracemalloc.start()
    message = message_of(in_memory_workbook(far))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "cell XFD1048576 holds something" in message
    assert peak < 20 * MIB


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: sheet.replace(b'r="A2"', b"", 1),
        lambda sheet: sheet.replace(b'r="A2"', b'r="&#88;FD9"', 1),
    ],
)
def test_a_cell_that_hides_its_place_is_refused(change):
    assert "does not say where it stands" in message_of(with_sheet(change))


def test_a_far_cell_behind_a_prefix_or_other_quotes_is_found():
    def prefixed(sheet):
        return sheet.replace(
            b"</sheetData>", b"<x:c  t='n' r = 'XFD99999'><v>1</v></x:c></sheetData>"
        )

    assert "cell XFD99999 holds something" in message_of(with_sheet(prefixed))


@pytest.mark.parametrize(
    ("place", "told"),
    [("A20001", "at most 20,000 rows are read"), ("CW3", "at most 100 columns are read")],
)
def test_a_cell_one_row_too_far_down_or_one_column_too_far_right_is_found(place, told):
    cell = f'<c r="{place}"><v>1</v></c></sheetData>'.encode()

    assert told in message_of(with_sheet(lambda sheet: sheet.replace(b"</sheetData>", cell)))


def test_the_last_row_and_column_that_are_read_are_not_too_far():
    cells = b'<row r="20000"><c r="CV20000"><v>1</v></c></row></sheetData>'
    data = with_sheet(lambda sheet: sheet.replace(b"</sheetData>", cells))

    assert len(read_offer_table(data, "o.xlsx").lots) == 1


def test_a_part_twice_many_parts_and_a_password_are_refused(monkeypatch):
    twice = repacked(goods(), **{"XL/worksheets/sheet1.xml": b"<x/>"})
    closed = bytearray(goods())
    directory = closed.index(b"PK\x01\x02")
    closed[directory + 8] |= 1  # APPNOTE.TXT, 4.4.4: bit 0 of the flags is encryption

    assert "it holds a part twice" in message_of(twice)
    assert "take the password away" in message_of(bytes(closed))
    monkeypatch.setattr("u24.intake.tables.vetting.MOST_PARTS", 3)
    assert "a table has at most 3" in message_of(goods())


def test_a_million_empty_rows_with_a_format_do_no_harm():
    empty = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 50_000))
    data = with_sheet(
        lambda sheet: sheet.replace(
            b"</sheetData>", empty + b'<row r="1048576" ht="30"/></sheetData>'
        )
    )

    assert len(read_offer_table(data, "o.xlsx").lots) == 1


def test_texts_that_many_cells_share_do_not_multiply():
    def shared(workbook, sheet):
        for row in range(9_000):
            sheet.write_string(row, 0, "x" * 32_000)

    assert "that is more than is read" in message_of(in_memory_workbook(shared))


def test_a_cell_that_is_a_date_is_a_moment_in_utc():
    def dated(workbook, sheet):
        for at, (name, value) in enumerate(LOT_ROW.items()):
            sheet.write(0, at, name)
            sheet.write(1, at, value)
        form = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        at = list(LOT_ROW).index("ready_at")
        sheet.write_datetime(1, at, datetime(2023, 2, 6, 7, 30), form)

    [lot] = read_offer_table(in_memory_workbook(dated), "o.xlsx").lots

    assert lot.ready_at.isoformat() == "2023-02-06T07:30:00+00:00"


def test_a_date_that_lost_its_format_is_told_with_what_it_would_be():
    message = message_of(goods(ready_at=44963.3125))

    assert "column ready_at (J2): 44963.3125 is a number; give a UTC moment" in message
    assert "if it is a date, format the cell as one, or write 2023-02-06T07:30Z" in message


def test_a_number_as_text_with_thousands_is_told():
    assert "column packs (E2): '1,200' has a comma" in message_of(goods(packs="1,200"))


def test_a_workbook_of_another_program_is_read():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(list(LOT_ROW))
    sheet.append(list(LOT_ROW.values()))
    out = io.BytesIO()
    workbook.save(out)

    assert len(read_offer_table(out.getvalue(), "o.xlsx").lots) == 1


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_workbook_gives_words_or_messages_and_nothing_else(seed):
    chance = random.Random(seed)
    data = bytearray(goods())
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(2, len(data))] = chance.randrange(256)

    assert read_or_told(bytes(data), "o.xlsx")


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_sheet_gives_words_or_messages_and_nothing_else(seed):
    chance = random.Random(seed)

    def damage(sheet):
        held = bytearray(sheet)
        for _ in range(chance.randint(1, 8)):
            held[chance.randrange(len(held))] = chance.choice(b'<>"=/ 19AZc&;')
        return bytes(held)

    assert read_or_told(with_sheet(damage), "o.xlsx")


@pytest.mark.parametrize("seed", range(25))
def test_damaged_csv_gives_words_or_messages_and_nothing_else(seed):
    chance = random.Random(seed)
    data = bytearray(make_csv(GOODS, [LOT_ROW]))
    for _ in range(chance.randint(1, 30)):
        data.insert(chance.randrange(len(data)), chance.choice(b'",;\n\r\t0=-x\xff\0'))

    assert read_or_told(bytes(data), "o.csv")


def test_the_template_itself_is_not_held_for_hostile():
    assert "it holds no row" in message_of(offer_workbook())
