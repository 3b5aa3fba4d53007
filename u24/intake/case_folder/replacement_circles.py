"""Offers that wait for each other: each moves once the other has been replaced."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from u24.domain.offers import CaveatKind
from u24.intake.case_folder.faults import Row
from u24.intake.case_folder.frame import Frame
from u24.reference.controlled import list_controlled_kinds
from u24.reference.tables import Tables

MOST_STEPS = 6  # of a circle are told


def check_replacements(rows: list[Row], frame: Frame) -> None:
    """Tell once of each circle of offers of which none can be the first to move.

    It is one only if every offer of the wanted kind leads back, and nobody offers anything
    similar that waits for nothing. What the host or the donor itself offers is no
    replacement. A kind that nobody else offers makes no circle: an offer may still come.
    """
    offers = _Offers(similar=_similar_kinds(frame.names.tables))
    for row in rows:
        if row.has("offer_id", "kind", "member") and row["member"] != frame.host:
            offers.add(row)
    for circle in _list_circles(offers.find_stuck(), offers):
        _tell(circle, offers)


def _similar_kinds(tables: Tables) -> dict[str, tuple[str, ...]]:
    """For each controlled kind all of the same capability, itself too."""
    by_capability: dict[str, list[str]] = defaultdict(list)
    controlled = list_controlled_kinds(tables)
    for each in controlled:
        by_capability[each.capability].append(each.kind)
    return {each.kind: tuple(by_capability[each.capability]) for each in controlled}


@dataclass(slots=True, kw_only=True)
class _Offers:
    """Offers by kind, and the kinds that they wait for."""

    similar: Mapping[str, tuple[str, ...]]
    rows: dict[str, Row] = field(default_factory=dict)
    givers: dict[str, dict[str, str]] = field(default_factory=dict)  # kind -> member -> first
    wants: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        offer_id = row["offer_id"]
        if offer_id in self.rows:
            return  # told already
        self.rows[offer_id] = row
        self.givers.setdefault(row["kind"], {}).setdefault(row["member"], offer_id)
        kinds = (
            caveat.argument.partition("*")[0]
            for caveat in row["caveats"] or ()
            if caveat.kind is CaveatKind.ONCE_REPLACED
        )
        if wanted := tuple(dict.fromkeys(kinds)):
            self.wants[offer_id] = wanted

    def kind_of(self, offer_id: str) -> str:
        return str(self.rows[offer_id]["kind"])

    def member_of(self, offer_id: str) -> str:
        return str(self.rows[offer_id]["member"])

    def others(self, kind: str, offer_id: str) -> Iterator[str]:
        """One offer of that kind by every other member: nobody replaces what it gives itself."""
        donor = self.member_of(offer_id)
        return (each for giver, each in self.givers.get(kind, {}).items() if giver != donor)

    def find_stuck(self) -> dict[str, str]:
        """Offers that wait for offers which wait for them, each with the kind it waits for."""
        first = _Free()
        for offer_id in self.rows.keys() - self.wants.keys():
            first.add(self.kind_of(offer_id), self.member_of(offer_id))
        released = _Free()
        waiting: dict[str, list[str]] = defaultdict(list)
        for offer_id, kinds in self.wants.items():
            for kind in kinds:
                waiting[kind].append(offer_id)
        stuck = dict.fromkeys(self.wants, "")
        to_see = list(self.wants)
        while to_see:
            offer_id = to_see.pop()
            if offer_id not in stuck:
                continue
            stuck[offer_id] = self._find_block(offer_id, first, released)
            if not stuck[offer_id]:
                del stuck[offer_id]
                if released.add(self.kind_of(offer_id), self.member_of(offer_id)):
                    to_see += waiting[self.kind_of(offer_id)]
        return {offer_id: stuck[offer_id] for offer_id in self.wants if offer_id in stuck}

    def _find_block(self, offer_id: str, first: "_Free", released: "_Free") -> str:
        """A kind it waits for that others offer, and none of them freely; empty if none."""
        own_kind, donor = self.kind_of(offer_id), self.member_of(offer_id)
        for kind in self.wants[offer_id]:
            serving = (each for each in self.similar.get(kind, (kind,)) if each != own_kind)
            if first.has((kind, *serving), donor) or released.has((kind,), donor):
                continue
            if next(self.others(kind, offer_id), None) is not None:
                return kind
        return ""


@dataclass(slots=True)
class _Free:
    """How many offers of each kind there are, and of each member among them."""

    of_kind: Counter[str] = field(default_factory=Counter)
    of_member: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, kind: str, member: str) -> bool:
        """Count one more; whether it may be news to somebody who waits for that kind."""
        self.of_kind[kind] += 1
        self.of_member[kind, member] += 1
        return self.of_member[kind, member] == 1

    def has(self, kinds: tuple[str, ...], donor: str) -> bool:
        """Whether somebody other than the donor offers one of these kinds."""
        return any(self.of_kind[kind] > self.of_member[kind, donor] for kind in kinds)


def _list_circles(stuck: dict[str, str], offers: _Offers) -> Iterator[list[str]]:
    """Circles, each offer at most once: from every offer on to the first it waits for."""
    done: set[str] = set()
    for start in stuck:
        path: dict[str, None] = {}
        at = start
        while at not in done and at not in path:
            path[at] = None
            at = next(offers.others(stuck[at], at))
        if at in path:
            walked = list(path)
            yield walked[walked.index(at) :]
        done.update(path)


def _tell(circle: list[str], offers: _Offers) -> None:
    first = min(circle, key=lambda each: offers.rows[each].line)
    turn = circle.index(first)
    ring = circle[turn:] + circle[:turn]
    names = [f"{each} ({offers.kind_of(each)})" for each in ring]
    if len(names) > MOST_STEPS:
        names = [*names[:MOST_STEPS], "..."]
    chain = " waits for ".join([*names, names[0]])
    told = f"no offer of these can be the first to be replaced: {chain}"
    offers.rows[first].refuse("caveats", f"{told}; take one once_replaced out, or add an offer")
