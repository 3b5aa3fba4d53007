"""One lot as every need sees it: what is the same for all needs is worked out once."""

from dataclasses import dataclass, field
from datetime import datetime

from u24.domain.consent import Permission, Reason, Verdict, alternatives
from u24.domain.offers import Caveat, CaveatKind, Lot
from u24.domain.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A lot, the windows that are still open when it is ready, and what bars it everywhere.

    ``known`` keeps what bars it at each place id, once asked: places are few, needs many.
    """

    lot: Lot
    windows: tuple[tuple[datetime, datetime | None], ...]
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


def offered(lot: Lot, verdict: Verdict) -> Offered:
    """Work out what is the same for every need.

    Several ``only_via`` must hold together; ``only_via:ADA|GZT`` leaves a choice.
    """
    windows = tuple(
        window for window in verdict.windows if window[1] is None or window[1] > lot.ready_at
    )
    only_via, not_via = _ways(lot)
    bars = list(verdict.reasons) if verdict.permission is Permission.NO else []
    bars += _late(lot, verdict, has_window=bool(windows))
    if only_via is not None and not only_via:
        bars.append(_no_airport(lot))
    return Offered(
        lot=lot,
        windows=windows,
        only_via=only_via or (),
        not_via=not_via,
        limits=verdict.reasons,
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
            bars.append(
                Reason(
                    code=f"caveat-{caveat.kind.value.replace('_', '-')}",
                    text=f"{lot.member} offers this {caveat}; "
                    f"the need is at {place.place_id} in {place.country}",
                    lifted_by=f"member {lot.member}",
                )
            )
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


def _late(lot: Lot, verdict: Verdict, *, has_window: bool) -> list[Reason]:
    bars = []
    if lot.valid_until_at is not None and lot.valid_until_at <= lot.ready_at:
        bars.append(
            Reason(
                code="validity-over-before-ready",
                text=f"the offer ends {lot.valid_until_at:%Y-%m-%d %H:%MZ}, "
                f"it is ready {lot.ready_at:%Y-%m-%d %H:%MZ}",
                lifted_by=f"member {lot.member}",
            )
        )
    if verdict.permission is not Permission.NO and not has_window:
        closes_at = max((end for _, end in verdict.windows if end is not None), default=None)
        closing = "never" if closes_at is None else f"until {closes_at:%Y-%m-%d %H:%MZ}"
        bars.append(
            Reason(
                code="window-closes-before-ready",
                text=f"it may move {closing}, it is ready {lot.ready_at:%Y-%m-%d %H:%MZ}",
                lifted_by=f"member {lot.member}",
            )
        )
    return bars


def _no_airport(lot: Lot) -> Reason:
    ways = {CaveatKind.ONLY_VIA, CaveatKind.NOT_VIA}
    together = " and ".join(str(caveat) for caveat in lot.caveats if caveat.kind in ways)
    return Reason(
        code="no-airport-left",
        text=f"{together} leave no airport; where one of several will do, "
        "it is written only_via:ADA|GZT",
        lifted_by=f"member {lot.member}",
    )
