"""One lot as every need sees it: what is the same for all needs is worked out once."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, Verdict, alternatives
from u24.domain.offers import Caveat, CaveatKind, Lot
from u24.domain.places import Place
from u24.matching.ways_in import WayIn, way_in

Windows = tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A lot, the windows that are still open when it is ready, and what bars it everywhere.

    ``known`` keeps what bars it at each place id, once asked: places are few, needs many.
    """

    lot: Lot
    windows: Windows
    only_via: tuple[str, ...]
    not_via: tuple[str, ...]
    limits: tuple[Reason, ...]
    bars: tuple[Reason, ...]
    place_caveats: tuple[Caveat, ...]
    known: dict[str, tuple[Reason, ...]] = field(default_factory=dict, compare=False)

    def bars_at(self, place: Place) -> tuple[Reason, ...]:
        """Everything that keeps the lot from a need at this place."""
        if not self.place_caveats:
            return self.bars
        if place.place_id not in self.known:
            there = _place_bars(self.lot, self.place_caveats, place)
            self.known[place.place_id] = self.bars + there
        return self.known[place.place_id]


def offered(case: Case, lot: Lot, verdict: Verdict) -> Offered:
    """Work out what is the same for every need.

    Several ``only_via`` must hold together; ``only_via:ADA|GZT`` leaves a choice. Where the
    host opens points of entry in turn, the one that is open longest counts.
    """
    only_via, not_via = _ways(lot)
    span = (max(lot.ready_at, case.t0_at), case.hours_after_t0(case.horizon_h))
    way = way_in(verdict, only_via or (), not_via, span)
    windows = tuple(
        window for window in way.windows if window[1] is None or window[1] > lot.ready_at
    )
    limits = verdict.reasons
    bars: list[Reason] = []
    if verdict.permission is Permission.NO or not verdict.windows:
        bars += verdict.reasons
    bars += _late(lot)
    if way.by and not way.windows:
        bars.append(_no_way(lot, case.host))
    elif way.by:
        limits = (*limits, _one_way(way, case.host))
    if not windows and (way.windows or not bars):
        bars.append(_no_window(lot, way.windows))
    if only_via is not None and not only_via:
        bars.append(_no_airport(lot))
    return Offered(
        lot=lot,
        windows=windows,
        only_via=only_via or (),
        not_via=tuple(sorted({*not_via, *way.closed})),
        limits=limits,
        bars=tuple(dict.fromkeys(bars)),
        place_caveats=tuple(
            c for c in lot.caveats if c.kind in {CaveatKind.NOT_TO, CaveatKind.ONLY_TO}
        ),
    )


def _place_bars(lot: Lot, caveats: tuple[Caveat, ...], place: Place) -> tuple[Reason, ...]:
    """The caveats that keep this lot from this place, by its id or its country."""
    bars = []
    for caveat in caveats:
        names = alternatives(caveat.argument)
        is_named = place.place_id in names or place.country in names
        if is_named == (caveat.kind is CaveatKind.NOT_TO):
            text = f"the need is at {place.place_id} in {place.country}"
            text = f"{lot.member} offers this {caveat}; {text}"
            bars.append(_bar(lot, f"caveat-{caveat.kind.value.replace('_', '-')}", text))
    return tuple(bars)


def _ways(lot: Lot) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """Airports that are left (None: any) and airports that are barred."""
    barred: set[str] = set()
    left: set[str] | None = None
    for caveat in lot.caveats:
        names = set(alternatives(caveat.argument))
        if caveat.kind is CaveatKind.NOT_VIA:
            barred |= names
        elif caveat.kind is CaveatKind.ONLY_VIA:
            left = names if left is None else left & names
    only_via = None if left is None else tuple(sorted(left - barred))
    return only_via, tuple(sorted(barred))


def _late(lot: Lot) -> list[Reason]:
    if lot.valid_until_at is None or lot.valid_until_at > lot.ready_at:
        return []
    text = f"the offer ends {_clock(lot.valid_until_at)}, it is ready {_clock(lot.ready_at)}"
    return [_bar(lot, "validity-over-before-ready", text)]


def _no_window(lot: Lot, windows: Windows) -> Reason:
    closes_at = max((end for _, end in windows if end is not None), default=None)
    closing = "never" if closes_at is None else f"until {_clock(closes_at)}"
    text = f"it may move {closing}, it is ready {_clock(lot.ready_at)}"
    return _bar(lot, "window-closes-before-ready", text)


def _no_airport(lot: Lot) -> Reason:
    ways = {CaveatKind.ONLY_VIA, CaveatKind.NOT_VIA}
    together = " and ".join(str(caveat) for caveat in lot.caveats if caveat.kind in ways)
    text = f"{together} leave no airport; where one of several will do, it is written "
    return _bar(lot, "no-airport-left", f"{text}only_via:ADA|GZT")


def _no_way(lot: Lot, host: str) -> Reason:
    """The member's airports are all closed to it by the host, who opens others."""
    ways = {CaveatKind.ONLY_VIA, CaveatKind.NOT_VIA}
    together = " and ".join(str(caveat) for caveat in lot.caveats if caveat.kind in ways)
    text = f"{lot.member} offers this {together}; host {host} lets it in by other ways only"
    reason = _bar(lot, "no-corridor-left", text)
    return replace(reason, lifted_by=f"{reason.lifted_by} or host {host}")


def _one_way(way: WayIn, host: str) -> Reason:
    """Nothing that the plan may use is open all the time that something is."""
    spans = " and ".join(
        f"from {_clock(start)}" if end is None else f"from {_clock(start)} until {_clock(end)}"
        for start, end in way.windows
    )
    return Reason(
        code="host-consent-corridor",
        text=f"no way in that is left stays open throughout: it is planned by way of {way.by} "
        f"and what is open as long, {spans}",
        lifted_by=f"host {host}",
    )


def _bar(lot: Lot, code: str, text: str) -> Reason:
    return Reason(
        code=code,
        text=text,
        lifted_by=f"member {lot.member}",
        leaves=Permission.NO,
        sources=lot.grounds.sources,
    )


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%MZ}"
