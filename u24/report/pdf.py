"""The report in print: typeset by typst from data, with fonts of a package."""

import json
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst

from u24.domain.answer import Answer
from u24.report.arrivals_picture import arrivals_pictures
from u24.report.gantt_picture import gantt_sheets
from u24.report.grounds_sheets import Citations, citations, counts_line, verdict_line
from u24.report.headline import headline
from u24.report.ladder_picture import ladder_picture
from u24.report.map_picture import map_pictures
from u24.report.markup import safe
from u24.report.picture import Picture
from u24.report.projection import Land
from u24.report.sections import Drawing, Section, sections
from u24.report.sheet import Cell, Sheet

MOST_PRINTED_ROWS = 24  # of one sheet: print is to be read through, the page to be searched
PRINT_WIDTH = {Drawing.ARRIVALS: 72, Drawing.MAP: 90}  # percent of the page's text width
STANDARD: Final = "ua-1"  # PDF/UA-1 (ISO 14289-1): tagged, titled, with alternatives to pictures


def pdf_report(answer: Answer, land: Land | None = None) -> bytes:
    """The whole answer as PDF/UA.

    Its creation time is T0, so that equal answers are equal bytes.
    """
    printed: bytes = typst.compile(
        files("u24.report").joinpath("report.typ").read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": json.dumps(_data(answer, land))},
        pdf_standards=STANDARD,
        timestamp=_moment(answer.case.t0_at),
    )
    return printed


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = Path(str(files("fontpkg_noto_sans"))) / "files"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)]
    )


def _moment(t0: datetime) -> int:
    """Seconds of the Unix epoch; PDF knows no moment before it."""
    return max(int(t0.timestamp()), 0)


def _data(answer: Answer, land: Land | None) -> dict[str, Any]:
    """What the template reads; texts are data there, never markup."""
    parts = sections(answer)
    cited = citations(answer, (sheet for part in parts for sheet in part.sheets))
    head = headline(answer)
    return {
        "title": safe(head.title),
        "stamps": list(head.stamps),
        "facts": [[safe(name), safe(text)] for name, text in head.facts],
        "summary": safe(answer.case.summary),
        "sentence": head.sentence,
        "marks": [list(mark) for mark in head.marks],
        "verdict": verdict_line(answer),
        "refused": bool(answer.violations),
        "counts": counts_line(answer),
        "case": safe(answer.case.case_id),
        "sections": [_section(answer, part, cited, land) for part in parts if _is_printed(part)],
        "sources": [
            {"key": safe(s.key), "title": safe(s.title), "url": safe(s.url), "date": safe(s.date)}
            for s in cited.sources
        ],
    }


def _is_printed(part: Section) -> bool:
    """Whether print shows anything under this heading."""
    return bool(part.drawing) or any(sheet.printed for sheet in part.sheets)


def _section(answer: Answer, part: Section, cited: Citations, land: Land | None) -> dict[str, Any]:
    pictures = _pictures(answer, part.drawing, land)
    return {
        "title": part.title,
        "width": PRINT_WIDTH.get(part.drawing, 100),
        "across": part.drawing is Drawing.GANTT,
        "pictures": [_picture(picture) for picture in pictures],
        "sheets": [_sheet(sheet, cited) for sheet in part.sheets if sheet.printed],
    }


def _pictures(answer: Answer, drawing: Drawing, land: Land | None) -> tuple[Picture, ...]:
    if drawing is Drawing.LADDER:
        return (ladder_picture(answer),)
    if drawing is Drawing.MAP:
        return map_pictures(answer, land)
    if drawing is Drawing.GANTT:
        return gantt_sheets(answer)
    if drawing is Drawing.ARRIVALS:
        return arrivals_pictures(answer)
    return ()


def _picture(picture: Picture) -> dict[str, Any]:
    alt = f"{picture.title}. {picture.description}"
    return {"svg": picture.for_print(), "alt": safe(alt), "title": picture.title}


def _sheet(sheet: Sheet, cited: Citations) -> dict[str, Any]:
    """A sheet as the template reads it; of a long one the first rows, and where the rest is."""
    shown = sheet.rows[:MOST_PRINTED_ROWS]
    left = len(sheet.rows) - len(shown)
    rest = f"{left} more rows are in report.html." if left > 0 else ""
    return {
        "title": sheet.title,
        "caption": safe(sheet.caption),
        "columns": list(sheet.columns),
        "shares": list(sheet.shares or (1.0,) * len(sheet.columns)),
        "figures": sorted(sheet.figures),
        "rows": [[_cell(cell, cited) for cell in cells] for cells in shown],
        "empty": safe(sheet.empty),
        "note": safe(" ".join(filter(None, (rest, sheet.note)))),
    }


def _cell(cell: Cell, cited: Citations) -> dict[str, Any]:
    return {"text": safe(cell.text), "cites": [cited.numbers[key] for key in cell.sources]}
