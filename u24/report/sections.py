"""The report's parts in order, the same on the page and in print."""

from dataclasses import dataclass
from enum import StrEnum

from u24.domain.answer import Answer
from u24.report.board_sheet import board_sheet
from u24.report.decision_sheets import decision_sheets
from u24.report.given_sheets import given_sheets
from u24.report.grounds_sheets import grounds_sheet, tables_sheet, verdict_sheet
from u24.report.history_sheets import history_sheets
from u24.report.ladder_picture import ladder_sheet
from u24.report.movements_sheet import movements_sheet
from u24.report.needs_sheets import needs_sheets
from u24.report.sheet import Sheet
from u24.report.shortage_sheets import shortage_sheets


class Drawing(StrEnum):
    """Which pictures a section shows above its tables."""

    NONE = ""
    LADDER = "ladder"
    MAP = "map"
    GANTT = "gantt"
    ARRIVALS = "arrivals"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with pictures, then tables."""

    key: str
    title: str
    drawing: Drawing = Drawing.NONE
    sheets: tuple[Sheet, ...] = ()


def sections(answer: Answer) -> tuple[Section, ...]:
    """All sections; the list of sources follows them."""
    short, helps, stayed, non_matches = shortage_sheets(answer)
    history = history_sheets(answer)
    beside = (
        (Section(key="beside", title=f"What really arrived{_year(answer)}", sheets=history),)
        if history
        else ()
    )
    decisions = decision_sheets(answer)
    may_we = (Section(key="decisions", title="May we?", sheets=decisions),) if decisions else ()
    return (
        Section(
            key="met", title="How much is met", drawing=Drawing.LADDER,
            sheets=(ladder_sheet(answer),),
        ),
        Section(key="board-section", title="The board", sheets=(board_sheet(answer),)),
        *may_we,
        Section(key="map-section", title="Map", drawing=Drawing.MAP),
        Section(
            key="time-line", title="Time line of aircraft and lorries", drawing=Drawing.GANTT,
            sheets=(movements_sheet(answer),),
        ),
        Section(key="arrivals-section", title="Arrivals over time", drawing=Drawing.ARRIVALS),
        *beside,
        Section(key="short-section", title="What is short, and what would help",
                sheets=(short, helps)),
        Section(key="offers", title="Offers not used", sheets=(stayed, non_matches)),
        Section(key="needs-section", title="Needs and estimates", sheets=needs_sheets(answer)),
        Section(key="given", title="What the plan was given", sheets=given_sheets(answer)),
        Section(
            key="trust", title="What this stands on",
            sheets=(verdict_sheet(answer), grounds_sheet(answer), tables_sheet(answer)),
        ),
    )  # fmt: skip


def _year(answer: Answer) -> str:
    return f" in {answer.case.t0_at.year}"
