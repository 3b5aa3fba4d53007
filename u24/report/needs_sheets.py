"""How much is needed: the estimates with their method, and every need's range."""

from u24.domain.answer import Answer
from u24.domain.figures import Basis, Range
from u24.report.names import kind_name
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import clock, number

WORDS = {
    Basis.FACT: "fact",
    Basis.STATED: "stated",
    Basis.ESTIMATED: "estimated",
    Basis.ASSUMED: "assumed",
}


def needs_sheets(answer: Answer) -> tuple[Sheet, ...]:
    """The estimates, then the needs as planned for."""
    return _estimates(answer), _needs(answer)


def _place(answer: Answer, place_id: str) -> str:
    names = {place.place_id: place.name for place in answer.case.places}
    return names.get(place_id, place_id) or "whole case"


def _three(amount: Range) -> tuple[str, str, str]:
    return number(amount.low), number(amount.best), number(amount.high)


def _estimates(answer: Answer) -> Sheet:
    return Sheet(
        key="estimates",
        title="Estimates",
        caption="Estimated figures, and beside them what the request states",
        columns=("Figure", "Place", "Low", "Best", "High", "Stated", "Unit", "Method"),
        rows=tuple(
            row(
                Cell(text=each.name, sources=each.sources),
                _place(answer, each.place_id),
                *_three(each.amount),
                number(each.stated_units),
                each.unit,
                each.method,
            )
            for each in answer.estimates
        ),
        figures=frozenset({2, 3, 4, 5}),
        shares=(1.5, 1.1, 0.8, 0.8, 0.8, 0.8, 0.9, 2.2),
        empty="Nothing was estimated: the needs are as the request states them.",
    )


def _needs(answer: Answer) -> Sheet:
    return Sheet(
        key="needs",
        title="Needs as planned for",
        caption="Every need with its range, the amount planned for, its weight and its times",
        columns=(
            "Need", "Place", "Low", "Best", "High", "Planned", "Weight", "In full until",
            "Worth something until", "Basis",
        ),
        rows=tuple(
            row(
                Cell(text=f"{kind_name(n.kind)} ({n.need_id})", sources=n.grounds.sources),
                _place(answer, n.place_id),
                *_three(n.amount),
                number(n.planned_units),
                f"{n.weight:,.3g}",
                clock(n.due_at),
                clock(n.deadline_at),
                WORDS[n.grounds.basis] + (f": {n.grounds.note}" if n.grounds.note else ""),
            )
            for n in answer.needs
        ),
        figures=frozenset({2, 3, 4, 5, 6}),
        shares=(1.8, 1.1, 0.7, 0.7, 0.7, 0.8, 0.7, 1, 1, 2.2),
        empty="No needs are known.",
    )  # fmt: skip
