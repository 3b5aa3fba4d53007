"""When the host's consent stands: stretches of time, each with the row that decides it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType

from u24.domain.case import Case
from u24.domain.consent import Consent
from u24.errors import InvalidInput

Window = tuple[datetime, datetime | None]
PhaseWindows = Mapping[str, tuple[Window, ...]]
NO_PHASES: PhaseWindows = MappingProxyType({})
_END = datetime.max.replace(tzinfo=UTC)


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


def phase_windows(case: Case) -> PhaseWindows:
    """The windows of each phase by its name; one that comes back has several.

    Raises
    ------
    InvalidInput
        A consent names a phase that the case does not have.
    """
    found: dict[str, tuple[Window, ...]] = {}
    for phase in case.phases:
        found[phase.name] = merge((*found.get(phase.name, ()), (phase.from_at, phase.until_at)))
    unknown = {name for row in case.consents for name in row.phases} - found.keys()
    if unknown:
        known = ", ".join(sorted(found)) or "none"
        raise InvalidInput(
            f"consent names phase {', '.join(sorted(unknown))}; the case has these phases: {known}"
        )
    return found


def list_stretches(
    rows: Sequence[Consent], t0_at: datetime, phases: PhaseWindows = NO_PHASES
) -> tuple[Stretch, ...]:
    """The time from ``t0_at`` on, without gaps; the last row that covers a moment decides.

    ``rows`` speak of the member, the kind and the point of entry in question. A row covers
    its from, not its until, and of these only what lies in its ``phases``.
    """
    spans: list[tuple[datetime, datetime, Consent]] = []
    for row in reversed(rows):
        spans += [(start, end or _END, row) for start, end in _times(row, t0_at, phases)]
        if is_unlimited(row, t0_at):  # nothing before it decides a moment
            break
    edges = {edge for start, end, _ in spans for edge in (start, end)}
    starts = sorted(edges - {_END} | {t0_at})
    stretches: list[Stretch] = []
    for from_at, until_at in zip(starts, [*starts[1:], None], strict=True):
        by = next((row for start, end, row in spans if start <= from_at < end), None)
        if stretches and stretches[-1].row is by:
            from_at = stretches.pop().from_at  # noqa: PLW2901 - one stretch goes on
        stretches.append(Stretch(from_at=from_at, until_at=until_at, row=by))
    return tuple(stretches)


def is_unlimited(row: Consent, t0_at: datetime) -> bool:
    """Whether a row covers every moment from T0 on."""
    begins = row.from_at is None or row.from_at <= t0_at
    return begins and row.until_at is None and not row.phases


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
        part = (max(start, from_at), earlier(end, until_at))
        if part[1] is None or part[0] < part[1]:
            parts.append(part)
    return tuple(parts)


def overlap(windows: Iterable[Window], others: Iterable[Window]) -> tuple[Window, ...]:
    """The moments that lie in both; each side in order and without overlaps."""
    windows = tuple(windows)
    return tuple(part for start, end in others for part in cut(windows, start, end))


def gaps(windows: Iterable[Window], t0_at: datetime) -> tuple[Window, ...]:
    """The moments from ``t0_at`` on that lie in no window; windows begin at T0 or later."""
    found: list[Window] = []
    from_at: datetime | None = t0_at
    for start, end in windows:
        if from_at is not None and from_at < start:
            found.append((from_at, start))
        from_at = end
    return (*found, (from_at, None)) if from_at is not None else tuple(found)


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier end of two; ``None`` is open."""
    if one is None or other is None:
        return one or other
    return min(one, other)


@lru_cache(maxsize=4096)
def clock_text(moment: datetime) -> str:
    """A moment as the officer reads it, e.g. ``2023-02-08 07:00Z``."""
    return f"{moment:%Y-%m-%d %H:%MZ}"


def span_text(window: Window, t0_at: datetime) -> str:
    """A window as the end of a sentence: `` from .. until ..``; empty for all time."""
    from_at, until_at = window
    text = "" if from_at == t0_at else f" from {clock_text(from_at)}"
    return text if until_at is None else f"{text} until {clock_text(until_at)}"


def _times(row: Consent, t0_at: datetime, phases: PhaseWindows) -> tuple[Window, ...]:
    """When a row speaks, from T0 on."""
    from_at = t0_at if row.from_at is None else max(row.from_at, t0_at)
    if not row.phases:
        return cut(((from_at, row.until_at),), t0_at, None)
    return cut(merge(each for name in row.phases for each in phases[name]), from_at, row.until_at)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else max(one, other)
