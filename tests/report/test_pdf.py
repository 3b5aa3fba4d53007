import re
from dataclasses import replace

from tests.report.a_case import a_case, a_need
from tests.report.an_answer import an_answer
from u24.report import pdf_report
from u24.report.grounds_sheets import Citations
from u24.report.pdf import MOST_PRINTED_ROWS, _sheet
from u24.report.sheet import Sheet, row

HOSTILE = '#panic("no") $x$ *b* _i_ ] } \\ <script> @key \x00'


def count_pages(pdf: bytes) -> int:
    return max(int(count) for count in re.findall(rb"/Count (\d+)", pdf))


def test_the_print_is_a_tagged_pdf_of_a_few_pages():
    pdf = pdf_report(an_answer())

    assert pdf.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" in pdf
    assert 4 <= count_pages(pdf) <= 8
    assert 50_000 < len(pdf) < 2_000_000


def test_equal_answers_give_equal_prints_made_at_t0():
    first = pdf_report(an_answer(elapsed_s=1.0))

    assert first == pdf_report(an_answer(elapsed_s=2.0))
    assert b"20230206011700" in first


def test_hostile_texts_are_typeset_and_not_read():
    case = a_case(title=HOSTILE, summary=HOSTILE, case_id=HOSTILE)
    answer = replace(an_answer(case=case), needs=(*an_answer().needs, a_need(f"n{HOSTILE}")))

    assert pdf_report(answer).startswith(b"%PDF-")


def test_a_long_sheet_prints_its_first_rows_and_says_where_the_rest_is():
    # given
    cells = tuple(row(str(number)) for number in range(MOST_PRINTED_ROWS + 3))
    long = Sheet(key="k", title="t", caption="c", columns=("Number",), rows=cells, note="Kept.")

    # when
    printed = _sheet(long, Citations(sources=(), numbers={}))

    # then
    assert len(printed["rows"]) == MOST_PRINTED_ROWS
    assert printed["note"] == "3 more rows are in report.html. Kept."
