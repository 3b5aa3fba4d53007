"""Donors that move a lot once something like it stands in its place, and who may give that.

``once_replaced:KIND*UNITS`` on a lot is its donor's own wish. What answers it goes to the
donor and not to the host, so the host's consent and the host's request do not matter for it,
nor does whether it is a part of a mission there; the gates of whoever owns the replacement
do, and so do that member's caveats. Crews of the donor are taken as trained on what they ask
for. *In place* means ready where it stands: the way to the donor is not planned.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge

from u24.consent.caveats import NOTHING_KNOWN, Holds, code_of
from u24.consent.chains import Offers, Wish, families, far_ends_first, list_wishes, refuse_circles
from u24.consent.windows import clock_text
from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, Verdict
from u24.domain.judgement import Replacement
from u24.domain.offers import CaveatKind, Lot
from u24.reference.tables import SHIPPED, Tables

CODE = code_of(CaveatKind.ONCE_REPLACED)
REPLACEMENT_FIRST = "replacement-first"  # the standard condition that takes the caveat as met
Ready = tuple[datetime, str, Lot]  # when, lot id, lot
# What bars a way to the host only: reasons of these codes, or that begin so.
ONLY_TO_HOST = ("host-consent", "gate-host-request", "mission-without-proposal")


def replacements(
    case: Case, verdicts: Mapping[str, Verdict], tables: Tables = SHIPPED
) -> tuple[Replacement, ...]:
    """For every such wish the offers that answer it, and by when they are ready.

    An offer of another member may answer it if it is of the kind named, or of a kind of the
    same capability; if its owner's caveats let it go to the donor; and if nothing bars it but
    what concerns the host alone, or a bar that is known to end. What the host itself needs and may
    have goes to the host, and what the donor gives away is no replacement unless it asks for
    that. An offer that is itself to be replaced first serves only whoever names its kind,
    and not before its own replacement is there: chains may be of any length.

    Stock is finite. Donors take in order of lot id, a chain from its far end; each takes what
    is ready first, whole packs, and keeps what it took even if it is not enough. So, among
    donors that could use the same offers, one more bar on an offer makes none better off.
    Whether the donor's own lot may move has no say in this.

    Parameters
    ----------
    case
        Lots, needs and crews are read from it.
    verdicts
        Of all lots, by lot id, without the reasons that come from this; a lot that has none
        answers nothing.
    tables
        Controlled kinds are looked up here.

    Raises
    ------
    InvalidInput
        A caveat that cannot be read, or a circle in which all wait for each other and nobody
        else offers what one of them wants; the message names it.
    """
    wishes = list_wishes(case)
    if not wishes:
        return ()
    offers = Offers.of(case, wishes, tables)
    ends_first = far_ends_first(offers)
    refuse_circles(offers, ends_first)
    stock = _Stock(verdicts=verdicts, offers=offers)
    order = [
        _Served(wish=wish, left=wish.units, by_at=case.t0_at)
        for lot_id in ends_first
        for wish in wishes[lot_id]
    ]
    for each in order:
        stock.served[each.wish.lot.lot_id].append(each)
    # One round serves every chain; what an offer outside a ring set free needs another.
    while sum(stock.serve(each) for each in order if each.left > 0):
        pass
    return tuple(each.told() for lot_id in wishes for each in stock.served[lot_id])


def replacement_reasons(
    case: Case,
    found: Sequence[Replacement],
    tables: Tables = SHIPPED,
    holds: Holds = NOTHING_KNOWN,
) -> dict[str, tuple[Reason, ...]]:
    """What the replacements mean for the lots that wait for them, by lot id.

    Ready at T0: within limits. Ready later: not yet, with the moment. Never, or not enough:
    not yet, without a moment; it is lifted by members that own such kinds, or by the donor.
    Where the condition ``replacement-first`` is known to hold, the wish counts as answered.
    """
    alike = families(tables)
    owners: dict[str, set[str]] = defaultdict(set)
    for lot in case.lots:
        owners[lot.kind].add(lot.member)
    lots = {lot.lot_id: lot for lot in case.lots}
    told: dict[str, list[Reason]] = defaultdict(list)
    is_said = holds.get(REPLACEMENT_FIRST) is True
    for each in found:
        kinds = alike.get(each.wanted_kind, (each.wanted_kind,))
        able = {member for kind in kinds for member in owners[kind]} - {each.member, case.host}
        told[each.lot_id].append(
            _reason(case, each, lots[each.lot_id], sorted(able), is_said=is_said)
        )
    return {lot_id: tuple(dict.fromkeys(told[lot_id])) for lot_id in sorted(told)}


def _reason(
    case: Case, found: Replacement, lot: Lot, able: Sequence[str], *, is_said: bool
) -> Reason:
    wanted = f"{found.wanted_units} x {found.wanted_kind}"
    start = f"{found.member} gives this once {wanted} or similar stands in its place"
    offered = f"offered by {', '.join(found.lot_ids)}" if found.lot_ids else "nobody offers it"
    lift, by_at, leaves = f"{REPLACEMENT_FIRST}=true", None, Permission.NOT_YET
    if is_said:
        text, lift, leaves = f"{start}: said to be so", "", Permission.WITHIN_LIMITS
    elif found.by_at is None:
        text = f"{start}: {offered}" + (", not enough" if found.lot_ids else "")
    elif found.by_at <= case.t0_at:
        text, lift, leaves = f"{start}: {offered}", "", Permission.WITHIN_LIMITS
    else:
        by_at = found.by_at
        text = f"{start}: {offered}, ready at {clock_text(by_at)}"
    givers = f"members {', '.join(able)}" if able else f"any member that has {found.wanted_kind}"
    return Reason(
        code=CODE,
        text=text,
        lifted_by=f"{givers}, or member {found.member}",
        leaves=leaves,
        lift=lift,
        by_at=by_at,
        sources=lot.grounds.sources,
    )


@dataclass(slots=True, kw_only=True)
class _Served:
    """How far a wish is answered; ``left`` units are still wanted."""

    wish: Wish
    left: int
    by_at: datetime
    lot_ids: list[str] = field(default_factory=list)

    def told(self) -> Replacement:
        """What is to be said of it."""
        return Replacement(
            lot_id=self.wish.lot.lot_id,
            member=self.wish.lot.member,
            wanted_kind=self.wish.kind,
            wanted_units=self.wish.units,
            lot_ids=tuple(self.lot_ids),
            by_at=self.answered_at,
        )

    @property
    def answered_at(self) -> datetime | None:
        """When the last unit is ready; None while some are wanting."""
        return self.by_at if self.left <= 0 else None


@dataclass(slots=True, kw_only=True)
class _Stock:
    """What is left of every offer, and what was served so far."""

    verdicts: Mapping[str, Verdict]
    offers: Offers
    taken: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # packs by lot id
    served: dict[str, list[_Served]] = field(default_factory=lambda: defaultdict(list))
    queues: dict[str, list[Ready]] = field(default_factory=dict)  # by kind asked for

    def serve(self, asked: _Served) -> bool:
        """Give a wish what there is now; False if that is nothing."""
        before = asked.left
        for ready_at, lot_id, lot in self._ready(asked.wish):
            if asked.left <= 0:
                break
            packs = min(-(-asked.left // lot.pack_units), lot.packs - self.taken[lot_id])
            self.taken[lot_id] += packs
            asked.left -= packs * lot.pack_units
            asked.lot_ids.append(lot_id)
            asked.by_at = max(asked.by_at, ready_at)
        return asked.left < before

    def _ready(self, wish: Wish) -> Iterator[Ready]:
        """Offers with something left, the first ready first."""
        chained = self._in_order(self.offers.list_chained(wish))
        for ready in merge(self._queue(wish.kind), chained):
            lot = ready[2]
            if self.taken[lot.lot_id] < lot.packs and self.offers.may_serve(lot, wish):
                yield ready

    def _queue(self, kind: str) -> list[Ready]:
        """Every idle offer that would do for a kind, whoever asks."""
        if kind not in self.queues:
            idle, kinds = self.offers.idle, self.offers.kinds_for(kind)
            self.queues[kind] = self._in_order(
                [lot for each in kinds for lot in idle.get(each, ())]
            )
        return self.queues[kind]

    def _in_order(self, lots: Iterable[Lot]) -> list[Ready]:
        timed = ((self._ready_at(lot), lot.lot_id, lot) for lot in lots)
        known = [(at, lot_id, lot) for at, lot_id, lot in timed if at and not _is_over(lot, at)]
        return sorted(known, key=lambda each: each[:2])

    def _ready_at(self, lot: Lot) -> datetime | None:
        """When the lot may leave for a donor; None if it is not known that it ever may."""
        waits = self.served[lot.lot_id] if lot.lot_id in self.offers.wishes else ()
        own = _free_at(lot, self.verdicts.get(lot.lot_id))
        return _latest([own, *(each.answered_at for each in waits)])


def _free_at(lot: Lot, verdict: Verdict | None) -> datetime | None:
    """When the lot is ready and no bar but the host's stands in its way; None: never known."""
    if verdict is None:
        return None
    bars = [bar for bar in verdict.bars if not bar.code.startswith(ONLY_TO_HOST)]
    until = [bar.by_at if bar.leaves is Permission.NOT_YET else None for bar in bars]
    return _latest([lot.ready_at, *until])


def _is_over(lot: Lot, at: datetime) -> bool:
    return lot.valid_until_at is not None and lot.valid_until_at <= at


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    """The last of them; None if one of them is."""
    found = list(moments)
    known = [moment for moment in found if moment is not None]
    return max(known) if len(known) == len(found) else None
