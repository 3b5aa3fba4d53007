"""What many rows have in common: what they rest on, and hours after T0."""

from datetime import datetime

from u24.domain.case import Case
from u24.domain.figures import Basis, Grounds
from u24.intake.case_folder.faults import Row


def grounds_of(row: Row) -> Grounds:
    """What the row rests on."""
    return Grounds(basis=Basis(row["basis"]), sources=row["source"] or (), note=row["note"] or "")


def at_if(case: Case, hours: float | None) -> datetime | None:
    """The moment so many hours after T0; None if the hours are not given."""
    return None if hours is None else case.hours_after_t0(hours)
