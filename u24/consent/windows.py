"""When the host's consent stands: stretches of time, each with the row that decides it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from u24.domain.consent import Consent, Reason

Window = tuple[datetime, datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From ``from_at`` until ``until_at`` (``None``: open) ``row`` decides; ``None``: no row."""

    from_at: datetime
    until_at: datetime | None
    row: Consent | None

    @property
    def is_open(self) -> bool:
        """Whether the host says yes; without a row it does not."""
        return self.row is not None and self.row.allowed


def list_stretches(rows: Sequence[Consent], t0_at: datetime) -> tuple[Stretch, ...]:
    """The time from ``t0_at`` on, without gaps; the last row that covers a moment decides.

    ``rows`` speak of the member and kind in question. A row covers its from, not its until.
    """
    edges = {moment for row in rows for moment in (row.from_at, row.until_at) if moment}
    starts = [t0_at, *sorted(edge for edge in edges if edge > t0_at)]
    stretches: list[Stretch] = []
    for from_at, until_at in zip(starts, [*starts[1:], None], strict=True):
        row = next((row for row in reversed(rows) if _covers(row, from_at)), None)
        if stretches and stretches[-1].row is row:
            from_at = stretches.pop().from_at  # noqa: PLW2901 - one stretch goes on
        stretches.append(Stretch(from_at=from_at, until_at=until_at, row=row))
    return tuple(stretches)


def open_windows(stretches: Iterable[Stretch]) -> tuple[Window, ...]:
    """When the host says yes, in order."""
    return merge((s.from_at, s.until_at) for s in stretches if s.is_open)


def merge(windows: Iterable[Window]) -> tuple[Window, ...]:
    """The same moments as windows that neither overlap nor touch, in order."""
    merged: list[Window] = []
    for from_at, until_at in sorted(windows, key=lambda window: window[0]):
        if merged and (merged[-1][1] is None or from_at <= merged[-1][1]):
            last_from, last_until = merged[-1]
            merged[-1] = (last_from, _later(last_until, until_at))
        else:
            merged.append((from_at, until_at))
    return tuple(merged)


def cut(
    windows: Iterable[Window], from_at: datetime, until_at: datetime | None
) -> tuple[Window, ...]:
    """The part of ``windows`` from ``from_at`` until ``until_at`` (``None``: open)."""
    parts = []
    for start, end in windows:
        part = (max(start, from_at), _earlier(end, until_at))
        if part[1] is None or part[0] < part[1]:
            parts.append(part)
    return tuple(parts)


def consent_reasons(
    stretches: Sequence[Stretch], host: str, subject: str, t0_at: datetime
) -> tuple[Reason, ...]:
    """One reason a stretch in which the host does not say yes to ``subject``."""
    reasons = []
    for stretch in stretches:
        if stretch.is_open:
            continue
        says = f"host {host} has given no consent to {subject}"
        if stretch.row is not None:
            says = f"host {host} refuses {subject}"
        text = says + _span(stretch, t0_at)
        if stretch.row is not None and stretch.row.grounds.note:
            text += f": {stretch.row.grounds.note}"
        reasons.append(Reason(code="host-consent", text=text, lifted_by=f"host {host}"))
    return tuple(reasons)


def clock_text(moment: datetime) -> str:
    """A moment as the officer reads it, e.g. ``2023-02-08 07:00Z``."""
    return f"{moment:%Y-%m-%d %H:%MZ}"


def _span(stretch: Stretch, t0_at: datetime) -> str:
    text = "" if stretch.from_at == t0_at else f" from {clock_text(stretch.from_at)}"
    return text if stretch.until_at is None else f"{text} until {clock_text(stretch.until_at)}"


def _covers(row: Consent, moment: datetime) -> bool:
    return (row.from_at is None or row.from_at <= moment) and (
        row.until_at is None or moment < row.until_at
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
