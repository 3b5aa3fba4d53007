"""What really arrived, beside what the plan does."""

from datetime import datetime

from u24.clock import seconds_since
from u24.domain.answer import Answer, HistoricMatch
from u24.domain.history import Arrival
from u24.report.arrivals_curves import people_curves, tonnes_curves, value_at
from u24.report.names import country_and_code, kind_name
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import KG_PER_T, S_PER_H, UNKNOWN, number, t_plus, tonnes


def history_sheets(answer: Answer) -> tuple[Sheet, ...]:
    """Sums at the marks, then arrival by arrival; nothing without history."""
    if not (answer.historic_marks or answer.historic_matches):
        return ()
    return _marks(answer), _matches(answer)


def _marks(answer: Answer) -> Sheet:
    people, mass = people_curves(answer), tonnes_curves(answer)
    rows = []
    for mark in answer.historic_marks:
        mark_s = mark.mark_h * S_PER_H
        rows.append(
            row(
                f"T+{mark.mark_h}",
                number(mark.teams),
                number(mark.people),
                number(value_at(people.landed, mark_s)),
                tonnes(mark.mass_kg),
                tonnes(value_at(mass.landed, mark_s) * KG_PER_T),
                number(mark.of_which_bounded),
            )
        )
    return Sheet(
        key="history",
        title="What really landed",
        caption="Landed in the disaster area by each mark: really, and in this plan",
        columns=(
            "By", "Teams, really", "People, really", "People, plan", "Mass, really", "Mass, plan",
            "Of the real ones, counted on a bound of time",
        ),
        rows=tuple(rows),
        figures=frozenset(range(1, 7)),
        shares=(0.7, 1, 1, 1, 1, 1, 1.6),
        empty="No source gives arrivals.",
        note="Arrivals without a figure or a time add nothing here, so that the real sums are "
        "what the sources show at least.",
    )  # fmt: skip


def _matches(answer: Answer) -> Sheet:
    t0 = answer.case.t0_at
    return Sheet(
        key="history-arrivals",
        title="Arrival by arrival",
        caption="Each real arrival beside the plan's first landing for the same member",
        columns=(
            "Who",
            "Member",
            "Kind",
            "People",
            "Mass",
            "Airport",
            "Landed",
            "Plan lands",
            "Plan is",
        ),
        rows=tuple(
            row(
                Cell(text=each.arrival.who, sources=each.arrival.grounds.sources),
                country_and_code(each.arrival.member),
                kind_name(each.arrival.kind) or UNKNOWN,
                number(each.arrival.people),
                tonnes(each.arrival.mass_kg),
                each.arrival.airport or UNKNOWN,
                _landed(each, t0),
                t_plus(each.planned_first_s),
                _gain(each),
            )
            for each in answer.historic_matches
        ),
        figures=frozenset({3, 4, 6, 7, 8}),
        shares=(1.4, 1.4, 1.3, 0.7, 0.8, 0.8, 1.2, 0.9, 1.1),
        empty="No arrival could be compared.",
    )


def _landed(each: HistoricMatch, t0: datetime) -> str:
    if each.landed_s is not None:
        return t_plus(each.landed_s)
    return _bounded(each.arrival, t0)


def _bounded(arrival: Arrival, t0: datetime) -> str:
    """The bounds of a landing whose time no source gives."""
    earliest, latest = arrival.earliest_at, arrival.latest_at
    if earliest and latest:
        return f"{t_plus(seconds_since(t0, earliest))} to {t_plus(seconds_since(t0, latest))}"
    if latest:
        return f"by {t_plus(seconds_since(t0, latest))}"
    if earliest:
        return f"from {t_plus(seconds_since(t0, earliest))}"
    return UNKNOWN


def _gain(each: HistoricMatch) -> str:
    """How much earlier the plan lands; unknown where either time is."""
    if each.landed_s is None or each.planned_first_s is None:
        return UNKNOWN
    gain_s = each.landed_s - each.planned_first_s
    hours, minutes = divmod(abs(gain_s) // 60, 60)
    word = "earlier" if gain_s > 0 else "later"
    return f"{hours}:{minutes:02d} h {word}" if gain_s else "the same"
