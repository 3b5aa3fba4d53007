"""Who waits for a replacement, who might give it, and how chains of such waits hang together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from u24.consent.similar import widen_needs
from u24.domain.case import Case
from u24.domain.consent import alternatives
from u24.domain.offers import MOST, Caveat, CaveatKind, Lot
from u24.errors import InvalidInput
from u24.reference.controlled import list_controlled_kinds
from u24.reference.tables import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a donor wants in its lot's place."""

    lot: Lot
    kind: str
    units: int


def wish_of(lot: Lot, caveat: Caveat) -> Wish:
    """Read ``once_replaced:KIND`` or ``KIND*UNITS``; alone, KIND means as many as the lot has.

    Raises
    ------
    InvalidInput
        There is no kind, or the units are no whole number from 1 on.
    """
    kind, star, number = (part.strip() for part in caveat.argument.partition("*"))
    units = lot.packs * lot.pack_units
    if star:
        is_whole = number.isascii() and number.isdigit() and len(number) <= len(str(MOST))
        units = int(number) if is_whole else 0
    if not kind or not 1 <= units <= MOST:
        raise InvalidInput(
            f"lot {lot.lot_id}: caveat is {caveat}; give a kind, perhaps with whole units of 1 "
            "or more, like once_replaced:fighter_f16*2"
        )
    return Wish(lot=lot, kind=kind, units=units)


def list_wishes(case: Case) -> dict[str, tuple[Wish, ...]]:
    """The wishes of each lot that has any, by lot id in order."""
    found = {
        lot.lot_id: tuple(
            wish_of(lot, caveat)
            for caveat in dict.fromkeys(lot.caveats)
            if caveat.kind is CaveatKind.ONCE_REPLACED
        )
        for lot in sorted(case.lots, key=lambda lot: lot.lot_id)
    }
    return {lot_id: wishes for lot_id, wishes in found.items() if wishes}


def families(tables: Tables) -> dict[str, tuple[str, ...]]:
    """The controlled kinds of the same capability, itself too, by kind."""
    of_capability: dict[str, list[str]] = defaultdict(list)
    rows = list_controlled_kinds(tables)
    for row in rows:
        of_capability[row.capability].append(row.kind)
    return {row.kind: tuple(of_capability[row.capability]) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """Which lots might serve which wish, as far as kinds, owners and caveats of place go."""

    wishes: Mapping[str, tuple[Wish, ...]]
    idle: Mapping[str, tuple[Lot, ...]]  # by kind: not the host's to have, waiting for nothing
    chained: Mapping[str, tuple[Lot, ...]]  # by kind: likewise, but to be replaced first
    families: Mapping[str, tuple[str, ...]]  # kind -> kinds of the same capability, itself too
    countries: Mapping[str, str]  # place -> country

    @staticmethod
    def of(case: Case, wishes: Mapping[str, tuple[Wish, ...]], tables: Tables) -> "Offers":
        """Sort out the lots of a case: neither the host's own nor what the host is to have."""
        needs = widen_needs(case.needs, case.host_crews, tables)
        asked = {
            kind for need in needs for kind in (need.kind, *(s.kind for s in need.substitutes))
        }
        countries = {place.place_id: place.country for place in case.places}
        sorted_out: tuple[dict[str, list[Lot]], ...] = (defaultdict(list), defaultdict(list))
        for lot in sorted(case.lots, key=lambda lot: lot.lot_id):
            is_hosts = lot.kind in asked and _is_let(lot, case.host, countries)
            if lot.member != case.host and not is_hosts:
                sorted_out[lot.lot_id in wishes][lot.kind].append(lot)
        idle, chained = ({kind: tuple(lots) for kind, lots in part.items()} for part in sorted_out)
        return Offers(
            wishes=wishes,
            idle=idle,
            chained=chained,
            families=families(tables),
            countries=countries,
        )

    def kinds_for(self, kind: str) -> tuple[str, ...]:
        """The kinds that may stand in for one, itself too."""
        return self.families.get(kind, (kind,))

    def has_idle(self, wish: Wish) -> bool:
        """Whether somebody offers it who waits for nothing."""
        kinds = self.kinds_for(wish.kind)
        return any(self.may_serve(lot, wish) for kind in kinds for lot in self.idle.get(kind, ()))

    def list_chained(self, wish: Wish) -> list[Lot]:
        """Offers of the very kind that wait for a replacement themselves."""
        return [lot for lot in self.chained.get(wish.kind, ()) if self.may_serve(lot, wish)]

    def may_serve(self, lot: Lot, wish: Wish) -> bool:
        """Whether an offer of a kind that would do may go to the donor."""
        own = wish.lot
        is_like = lot.kind == own.kind and lot.kind != wish.kind
        return lot.member != own.member and not is_like and _is_let(lot, own.member, self.countries)


def _is_let(lot: Lot, country: str, countries: Mapping[str, str]) -> bool:
    """Whether caveats of place let a lot go to some place of a country."""
    for caveat in lot.caveats:
        names = alternatives(caveat.argument)
        if caveat.kind is CaveatKind.NOT_TO and country in names:
            return False
        if caveat.kind is CaveatKind.ONLY_TO and country not in {
            countries.get(name, name) for name in names
        }:
            return False
    return True


def refuse_circles(offers: Offers, order: Sequence[str]) -> None:
    """Raise if some wait for each other for ever, as nobody else offers what they want."""
    waiting = {
        lot_id: [wish for wish in wishes if not offers.has_idle(wish)]
        for lot_id, wishes in offers.wishes.items()
    }
    edges = {
        lot_id: [{lot.lot_id for lot in offers.list_chained(wish)} for wish in wishes]
        for lot_id, wishes in waiting.items()
    }
    stuck = dict.fromkeys(lot_id for lot_id in order if edges[lot_id])
    helped = True
    while helped:
        helped = False
        for lot_id in tuple(stuck):  # far ends first, so that a chain is freed in one round
            if all(some - stuck.keys() for some in edges[lot_id]):
                del stuck[lot_id]
                helped = True
    graph = {
        lot_id: {each for some in edges[lot_id] if not some - stuck.keys() for each in some}
        for lot_id in sorted(stuck)
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " <- ".join(error.args[1])
        raise InvalidInput(
            f"caveats once_replaced go round in a circle: {circle}; nobody else offers what one "
            "of them wants, so take one of these caveats out or add an offer"
        ) from error


def far_ends_first(offers: Offers) -> list[str]:
    """The waiting lots, each after those it may get a chained offer from."""

    def below(lot_id: str) -> Iterator[str]:
        for wish in offers.wishes[lot_id]:
            yield from (lot.lot_id for lot in offers.list_chained(wish))

    order: list[str] = []
    seen: set[str] = set()
    for root in offers.wishes:
        path = [] if root in seen else [(root, below(root))]
        seen.add(root)
        while path:
            lot_id, rest = path[-1]
            following = next((each for each in rest if each not in seen), None)
            if following is None:
                order.append(lot_id)
                path.pop()
            else:
                seen.add(following)
                path.append((following, below(following)))
    return order
