"""Which way in is planned with, where the host opens points of entry in turn.

A plan takes a lot's windows and its points of entry apart from each other, so that only
points which are open in every window of the plan may stay.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from u24.domain.consent import Verdict

Window = tuple[datetime, datetime | None]
Span = tuple[datetime, datetime]
_NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """``windows`` in which every point of entry but those of ``closed`` is open.

    ``by`` is the point whose windows they are; empty where no choice was needed.
    """

    windows: tuple[Window, ...]
    closed: tuple[str, ...] = ()
    by: str = ""


def way_in(
    verdict: Verdict, only_via: Collection[str], not_via: Collection[str], span: Span
) -> WayIn:
    """The windows and points of entry that are open together for longest.

    Parameters
    ----------
    verdict
        When it may move at all, and by which way when.
    only_via, not_via
        What the caveats leave; no ``only_via``: any point that they do not bar.
    span
        The time that counts: from when it is ready until the end of the horizon.

    Returns
    -------
    WayIn
        Of ways open for equally long the one that opens first, then in order of id.
    """
    if not verdict.closed_corridors:
        return WayIn(windows=verdict.windows)
    known = dict(verdict.corridor_windows)
    times = {
        site: known.get(site, () if site in verdict.closed_corridors else verdict.windows)
        for site in sorted(only_via or known)
        if site not in not_via
    }
    if not times:
        return WayIn(windows=verdict.windows, closed=verdict.closed_corridors)
    best = max(times, key=lambda site: _worth(times[site], span))
    closed = (
        site
        for site in verdict.closed_corridors
        if not all(_lies_inside(window, known.get(site, ())) for window in times[best])
    )
    chosen = "" if times[best] == verdict.windows else best
    return WayIn(windows=times[best], closed=tuple(closed), by=chosen)


def _worth(windows: Iterable[Window], span: Span) -> tuple[timedelta, timedelta]:
    """How long windows are open within a span, then how early they open."""
    ready_at, end_at = span
    open_time, opens_before = _NO_TIME, timedelta.min
    for from_at, until_at in windows:
        start = max(from_at, ready_at)
        end = end_at if until_at is None else min(until_at, end_at)
        open_time += max(_NO_TIME, end - start)
        opens_before = max(opens_before, end_at - start)
    return open_time, opens_before


def _lies_inside(window: Window, others: Iterable[Window]) -> bool:
    from_at, until_at = window
    return any(
        start <= from_at and (end is None or (until_at is not None and until_at <= end))
        for start, end in others
    )
