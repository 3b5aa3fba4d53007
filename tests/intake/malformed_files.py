"""Files that cannot be read, and rows that are none: the change, and the one message."""

import os
from pathlib import Path

from tests.intake.folders import Edit, Malformed, both, link, put, remove, swap, write

CASE = "case.toml"
CSV_UTF8 = "save it as 'CSV UTF-8 (comma separated)'"
PACKS = "a whole number, 1 or more, at most 10,000,000"


def _sized(file: str, size: int) -> Edit:
    def edit(folder: Path) -> None:
        with (folder / file).open("wb") as content:
            content.truncate(size)

    return edit


def _renamed(file: str, to: str) -> Edit:
    return lambda folder: (folder / file).rename(folder / to)


def _bytes(file: str, old: bytes, new: bytes) -> Edit:
    def edit(folder: Path) -> None:
        content = (folder / file).read_bytes()
        assert old in content
        (folder / file).write_bytes(content.replace(old, new, 1))

    return edit


def _encoded(file: str, encoding: str) -> Edit:
    return lambda folder: (folder / file).write_bytes(
        (folder / file).read_text("utf-8").encode(encoding)
    )


def _separated(file: str, by: str) -> Edit:
    def edit(folder: Path) -> None:
        text = (folder / file).read_text("utf-8").split("#")[0]
        (folder / file).write_text(text.replace(";", "|").replace(",", by), "utf-8")

    return edit


def _header_only(file: str) -> Edit:
    return lambda folder: (folder / file).write_text(
        (folder / file).read_text("utf-8").split("\n")[0], "utf-8"
    )


def _without_column(file: str, column: str) -> Edit:
    def edit(folder: Path) -> None:
        lines = (folder / file).read_text("utf-8").split("#")[0].splitlines()
        at = lines[0].split(",").index(column)
        kept = [cells[:at] + cells[at + 1 :] for cells in (line.split(",") for line in lines)]
        (folder / file).write_text("\n".join(",".join(cells) for cells in kept), "utf-8")

    return edit


def _special(file: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / file).unlink()
        os.mkfifo(folder / file)

    return edit


def _folder(file: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / file).unlink()
        (folder / file).mkdir()

    return edit


FILES: list[Malformed] = [
    Malformed(
        "case.toml is missing", remove(CASE), "case.toml: it is missing; a case folder needs it"
    ),
    Malformed(
        "needs.csv is missing",
        remove("needs.csv"),
        "needs.csv: it is missing; a case folder needs it",
    ),
    Malformed(
        "sources.csv is missing, and no source is judged",
        remove("sources.csv"),
        "sources.csv: it is missing; a case folder needs it",
    ),
    Malformed(
        "a workbook stands in place of needs.csv",
        _renamed("needs.csv", "needs.xlsx"),
        f"needs.csv: it is missing, but needs.xlsx is there; {CSV_UTF8}, as needs.csv",
    ),
    Malformed(
        "a workbook stands in place of an optional file",
        _renamed("roads.csv", "roads.xlsx"),
        f"roads.xlsx is not read; {CSV_UTF8}, as roads.csv",
    ),
    Malformed(
        "the name has capital letters",
        _renamed("needs.csv", "Needs.csv"),
        "needs.csv: it is missing, but Needs.csv is there; give it the name needs.csv",
    ),
    Malformed(
        "the name of an optional file is misspelt",
        _renamed("airports.csv", "airport.csv"),
        "airport.csv is not a file of a case folder; did you mean 'airports.csv'?",
    ),
    Malformed(
        "the file is a workbook",
        write("needs.csv", b"PK\x03\x04" + bytes(100)),
        "needs.csv: it is a spreadsheet (.xlsx, .ods) or zip file, not UTF-8 text; " + CSV_UTF8,
    ),
    Malformed(
        "the file is an old workbook",
        write("needs.csv", b"\xd0\xcf\x11\xe0" + bytes(100)),
        "needs.csv: it is an old spreadsheet (.xls), not UTF-8 text; " + CSV_UTF8,
    ),
    Malformed(
        "the file is gzip",
        write("needs.csv", b"\x1f\x8b" + bytes(100)),
        "needs.csv: it is a gzip file, not UTF-8 text; " + CSV_UTF8,
    ),
    Malformed(
        "UTF-16 with a byte order mark",
        _encoded("needs.csv", "utf-16"),
        "needs.csv: it is UTF-16 text, not UTF-8 text; " + CSV_UTF8,
    ),
    Malformed(
        "UTF-16 without a byte order mark",
        _encoded("needs.csv", "utf-16-le"),
        "needs.csv row 1: it holds a NUL byte; " + CSV_UTF8,
    ),
    Malformed(
        "Latin-1",
        _bytes("needs.csv", b"six for", b"six f\xfcr"),
        "needs.csv row 5: byte 0xFC is not UTF-8; " + CSV_UTF8,
    ),
    Malformed(
        "a NUL byte",
        _bytes("offers.csv", b"O2", b"O\x002"),
        "offers.csv row 3: it holds a NUL byte; " + CSV_UTF8,
    ),
    Malformed(
        "semicolons between columns",
        _separated("needs.csv", ";"),
        "needs.csv row 1: columns are separated by semicolons; " + CSV_UTF8,
    ),
    Malformed(
        "tabs between columns",
        _separated("needs.csv", "\t"),
        "needs.csv row 1: columns are separated by tabs; " + CSV_UTF8,
    ),
    Malformed(
        "200 MB",
        _sized("offers.csv", 200_000_000),
        "offers.csv: it has 200,000,000 bytes; at most 20,000,000 are read",
    ),
    Malformed(
        "a huge case.toml",
        _sized(CASE, 2_000_000),
        "case.toml: it has 2,000,000 bytes; at most 200,000 are read",
    ),
    Malformed(
        "an empty file",
        write("needs.csv", b""),
        "needs.csv: it has no header; give need_id,place,kind,amount_best,basis",
    ),
    Malformed(
        "no need, and none estimated",
        _header_only("needs.csv"),
        "needs.csv: it has no rows; give one need or more, or estimate_needs = true",
    ),
    Malformed(
        "a folder in place of a file",
        _folder("needs.csv"),
        "needs.csv: it is not a plain file; give a file of text",
    ),
    Malformed(
        "a pipe in place of a file",
        _special("roads.csv"),
        "roads.csv: it is not a plain file; give a file of text",
    ),
    Malformed(
        "a link out of the folder",
        link("sources.csv", "/etc/passwd"),
        "sources.csv: it leads out of the folder; put the file itself into the folder",
    ),
    Malformed(
        "a link to itself",
        link("sources.csv", "sources.csv"),
        "sources.csv: it is a link to nothing; put the file itself into the folder",
    ),
    Malformed(
        "a link to nothing",
        link("roads.csv", "nowhere.csv"),
        "roads.csv: it is a link to nothing; put the file itself into the folder",
    ),
]

TABLES: list[Malformed] = [
    Malformed(
        "an unknown column is answered with the near one",
        swap("offers.csv", "pack_kg", "pack_kgs"),
        "offers.csv row 1: column 'pack_kgs' is unknown; did you mean 'pack_kg'?",
    ),
    Malformed(
        "an unknown column is answered with all of them",
        swap("sources.csv", "date", "xyzzy"),
        "sources.csv row 1: column 'xyzzy' is unknown; allowed are key, title, url, date",
    ),
    Malformed(
        "columns without end",
        write("needs.csv", b"a," * 30_000),
        "needs.csv row 1: found 30,001 columns; at most 100 are read",
    ),
    Malformed(
        "a column is missing",
        _without_column("offers.csv", "packs"),
        f"offers.csv row 1, column packs: it is missing; give {PACKS}",
    ),
    Malformed(
        "a column stands twice",
        swap("offers.csv", "pack_l", "pack_kg"),
        "offers.csv row 1, column pack_kg: the name comes twice; keep one",
    ),
    Malformed(
        "too many cells",
        swap("offers.csv", "O3,DEU", "O3,DEU,x"),
        "offers.csv row 4: found 19 cells; the header has 18, give as many",
    ),
    Malformed(
        "too few cells",
        swap("offers.csv", ",bales of 30", ""),
        "offers.csv row 6: found 17 cells; the header has 18, give as many",
    ),
    Malformed(
        "a cell under no name",
        both(
            swap("sources.csv", "key,title,url,date", "key,title,url,date,"),
            swap("sources.csv", "2026-03-02", "2026-03-02,x"),
        ),
        "sources.csv row 2: a cell stands under a column without a name; "
        "give it a name, or empty it",
    ),
    Malformed(
        "a quote stays open",
        swap("offers.csv", "bales of 30", '"bales of 30'),
        'offers.csv row 6: a quote (") is open at the end of the row; '
        "close it, without a line break",
    ),
    Malformed(
        "a quote is followed by text",
        swap("offers.csv", "O2,GRC", '"O2"x,GRC'),
        "offers.csv row 3: quotes are not as in CSV (',' expected after '\"'); "
        "write a quote in a cell as two",
    ),
    Malformed(
        "a line break in a cell is told once",
        put("lift.csv", 5, "note", "two\nlines, really"),
        'lift.csv row 5: a quote (") is open at the end of the row; close it, without a line break',
    ),
]
