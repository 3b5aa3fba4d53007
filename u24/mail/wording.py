"""How figures and moments are written in a mail. "-" is not known; 0 is nothing."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from math import floor

from u24.domain.figures import Range

UNKNOWN = "-"
NEARLY = 1e-9
MOST_LINES = 40
S_PER_MIN = 60
MIN_PER_H = 60


def amount(units: float | None) -> str:
    """An amount, rounded down, with thousand separators; parts only below ten."""
    if units is None:
        return UNKNOWN
    whole = floor(units + NEARLY)
    if units >= 10 or units - whole < 0.1:
        return f"{whole:,}"
    return f"{floor(10 * units + NEARLY) / 10:.1f}"


def spread(figure: Range | None) -> str:
    """A range as best with low and high: ``1,200 (800 to 2,000)``; one figure if they agree."""
    if figure is None:
        return UNKNOWN
    if figure.low == figure.best == figure.high:
        return amount(figure.best)
    return f"{amount(figure.best)} ({amount(figure.low)} to {amount(figure.high)})"


def percent(share: float) -> str:
    """A share as whole percent, rounded down; what is above 0 is never written as 0."""
    whole = floor(100 * share + NEARLY)
    return "under 1 %" if whole == 0 and share > NEARLY else f"{whole} %"


def after_t0(t0_at: datetime, moment: datetime) -> str:
    """Hours and minutes after T0, e.g. ``T+03:10``."""
    minutes = int((moment - t0_at).total_seconds() // S_PER_MIN)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), MIN_PER_H)
    return f"T{sign}{hours:02d}:{rest:02d}"


def at_z(moment: datetime, now: datetime) -> str:
    """A moment in UTC, with its date unless it is today: ``07:00Z``, ``8 Feb 07:00Z``."""
    if moment.date() == now.date():
        return f"{moment:%H:%M}Z"
    year = "" if moment.year == now.year else f" {moment.year}"
    return f"{moment.day} {moment:%b}{year} {moment:%H:%M}Z"


def at_both(moment: datetime, now: datetime, offset_min: int | None) -> str:
    """A moment in UTC, and in the reader's own time where that is known."""
    if not offset_min:
        return at_z(moment, now)
    there = moment.astimezone(timezone(timedelta(minutes=offset_min)))
    day = "" if there.date() == moment.date() else f"{there.day} {there:%b} "
    sign = "+" if offset_min > 0 else "-"
    hours, minutes = divmod(abs(offset_min), MIN_PER_H)
    return f"{at_z(moment, now)} ({day}{there:%H:%M} at UTC{sign}{hours:02d}:{minutes:02d})"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 offer``, ``3 offers``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def first_of(lines: Sequence[str], most: int = MOST_LINES) -> list[str]:
    """At most so many lines, then how many more there are."""
    if len(lines) <= most:
        return list(lines)
    return [*lines[:most], f"... and {len(lines) - most:,} more at the desk"]


def words(name: str) -> str:
    """A kind as words: ``family_tent`` becomes ``family tent``."""
    return name.replace("_", " ")
