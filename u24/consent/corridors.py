"""By which points of entry the host lets something in, and when.

Points that no row names are all alike, so each question is worked out once for every
named point and once for the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from u24.consent.windows import (
    PhaseWindows,
    Stretch,
    Window,
    earlier,
    gaps,
    list_stretches,
    merge,
    open_windows,
    overlap,
    phase_windows,
)
from u24.domain.case import Case
from u24.domain.consent import Consent

REST = ""  # every point that no row names
_Lists = Mapping[str, Sequence[tuple[Stretch, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """In ``window`` a row (``None``: no row) keeps ``points`` closed; no points: all of them.

    ``gap`` is the whole time around it in which no way in is open.
    """

    window: Window
    row: Consent | None
    points: tuple[str, ...]
    gap: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """``points`` are open only in ``windows``, though others are open for longer; by ``rows``."""

    points: tuple[str, ...]
    windows: tuple[Window, ...]
    rows: tuple[Consent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """When at least one way in is open, when which one, and why not always.

    ``by_site`` holds the windows of every site that a row or the case names, if sites differ
    at all; ``ways_in`` are those of them by which help may arrive. ``named`` are those that a
    row names.
    """

    windows: tuple[Window, ...]
    closures: tuple[Closure, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    by_site: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)
    ways_in: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """What the host's words are laid on: T0, phases, and where something could come in.

    ``entries`` are airports of entry. ``others`` are sites that need a yes as well, but count
    as a way in only where a row says yes to them by name, or where there are no ``entries``.
    """

    t0_at: datetime
    phases: PhaseWindows
    entries: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @staticmethod
    def of(case: Case, others: Iterable[str]) -> "Border":
        """The border of a case's host.

        Raises
        ------
        InvalidInput
            A consent names a phase that the case does not have.
        """
        entries = {airport.code for airport in case.airports if airport.entry}
        return Border(
            t0_at=case.t0_at,
            phases=phase_windows(case),
            entries=tuple(sorted(entries)),
            others=tuple(sorted(set(others) - entries)),
        )

    def ways(self, spoken: Sequence[Sequence[Consent]]) -> Ways:
        """Where and when any one of these lists of rows says yes.

        Parameters
        ----------
        spoken
            Rows in their order, that speak of the same thing; one list for a lot. Of several
            lists it is enough that one says yes.
        """
        named = sorted({point for rows in spoken for row in rows for point in row.corridors})
        lists = {point: [self._stretches(rows, point) for rows in spoken] for point in named}
        lists[REST] = [self._stretches(rows, REST) for rows in spoken]
        times = {
            point: merge(window for stretches in each for window in open_windows(stretches))
            for point, each in lists.items()
        }
        unnamed = tuple(site for site in self.entries if site not in lists)
        asked = {p for rows in spoken for row in rows if row.allowed for p in row.corridors}
        inward = [point for point in named if point in asked or point in self.entries]
        if unnamed or not self.entries:
            inward.append(REST)
        windows = merge(window for point in inward for window in times[point])
        closures = _closures(lists, inward, gaps(windows, self.t0_at))
        if not named:
            return Ways(windows=windows, closures=closures)
        rest = unnamed + tuple(site for site in self.others if site not in lists)
        of_rest = unnamed if self.entries else rest
        inside = {point: overlap(each, windows) for point, each in times.items()}
        points = named + [REST] * bool(rest)
        if all(inside[point] == windows for point in points):
            return Ways(windows=windows, closures=closures, named=tuple(named))
        return Ways(
            windows=windows,
            closures=closures,
            narrowings=self._narrowings(lists, points, inside, windows),
            by_site={site: inside[site if site in lists else REST] for site in (*named, *rest)},
            ways_in=(*(point for point in inward if point != REST), *of_rest),
            named=tuple(named),
        )

    def _stretches(self, rows: Iterable[Consent], point: str) -> tuple[Stretch, ...]:
        reaching = [row for row in rows if not row.corridors or point in row.corridors]
        return list_stretches(reaching, self.t0_at, self.phases)

    def _narrowings(
        self,
        lists: _Lists,
        points: Iterable[str],
        inside: Mapping[str, tuple[Window, ...]],
        windows: tuple[Window, ...],
    ) -> tuple[Narrowing, ...]:
        """Points that are open for less than the whole time, those with the same times as one."""
        found: dict[tuple[Window, ...], list[str]] = {}
        for point in points:
            if inside[point] != windows:
                found.setdefault(inside[point], []).append(point)
        return tuple(
            Narrowing(
                points=tuple(held),
                windows=times,
                rows=_rows_that_shut(lists, held, overlap(gaps(times, self.t0_at), windows)),
            )
            for times, held in found.items()
        )


def _closures(
    lists: _Lists, inward: Sequence[str], closed: Iterable[Window]
) -> tuple[Closure, ...]:
    """Every row that keeps a way in closed while none is open, in order of time."""
    found = []
    for gap in closed:
        points: dict[tuple[datetime, datetime | None, int], list[str]] = {}
        rows: dict[int, Consent | None] = {}
        for point in inward:
            for stretch in _shut(lists[point], gap):
                start, end = max(stretch.from_at, gap[0]), earlier(stretch.until_at, gap[1])
                rows[id(stretch.row)] = stretch.row
                held = points.setdefault((start, end, id(stretch.row)), [])
                held += [] if point in held else [point]
        parts = sorted(points.items(), key=lambda part: part[0][0])  # stable: id decides nothing
        found += [
            Closure(
                window=(start, end),
                row=rows[row],
                points=() if len(held) == len(inward) else tuple(held),
                gap=gap,
            )
            for (start, end, row), held in parts
        ]
    return tuple(found)


def _rows_that_shut(
    lists: _Lists, points: Iterable[str], windows: Iterable[Window]
) -> tuple[Consent, ...]:
    shut = [s for point in points for window in windows for s in _shut(lists[point], window)]
    return tuple({id(s.row): s.row for s in shut if s.row is not None}.values())


def _shut(lists: Iterable[tuple[Stretch, ...]], window: Window) -> Iterable[Stretch]:
    """The stretches that meet a window in which nothing is open."""
    from_at, until_at = window
    return (
        stretch
        for stretches in lists
        for stretch in stretches
        if (stretch.until_at is None or stretch.until_at > from_at)
        and (until_at is None or stretch.from_at < until_at)
    )
