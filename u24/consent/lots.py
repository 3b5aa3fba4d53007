"""Whether lots may move, and when."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType

from u24.consent.caveats import (
    NOTHING_KNOWN,
    Caveats,
    Holds,
    validity_reason,
)
from u24.consent.corridors import Border, Ways
from u24.consent.refusals import Asked, consent_reasons
from u24.consent.verdicts import verdict_of
from u24.consent.windows import is_unlimited
from u24.domain.case import Case
from u24.domain.consent import ANY, GOODS, MILITARY, PEOPLE, Reason, Verdict
from u24.domain.offers import Lot
from u24.reference.tables import SHIPPED, Tables
from u24.reference.teams import list_teams

More = Mapping[str, Sequence[Reason]]
NO_MORE: More = MappingProxyType({})
HOUR = timedelta(hours=1)


def judge_lots(
    case: Case, *, holds: Holds = NOTHING_KNOWN, more: More = NO_MORE, tables: Tables = SHIPPED
) -> dict[str, Verdict]:
    """Judge whether the lots of a case may move to the host, and when.

    The windows are those in which the host lets the lot in by at least one way, cut to the
    offer's validity and to what its caveats and ``more`` leave, from T0 on. Caveats of place
    and airport are kept as reasons: which need they bar is for matching to say.

    Parameters
    ----------
    case
        Its own lots, consents, phases, airports and places are read.
    holds
        What is known of conditions, by id; what is missing is unknown and does not count.
    more
        Further reasons by lot id, e.g. of gates and replacements.
    tables
        Teams are looked up here where a row speaks of goods or of people.

    Returns
    -------
    dict
        By lot id, in order of id.

    Raises
    ------
    InvalidInput
        A ``not_before_h`` whose argument is no number of hours, or a consent that names a
        phase which the case does not have.
    """
    words = _HostWords(case, tables)
    return {
        lot.lot_id: _judge(words, lot, holds, more.get(lot.lot_id, ()))
        for lot in sorted(case.lots, key=lambda lot: lot.lot_id)
    }


def judge_lot(
    case: Case,
    lot: Lot,
    *,
    holds: Holds = NOTHING_KNOWN,
    more: Sequence[Reason] = (),
    tables: Tables = SHIPPED,
) -> Verdict:
    """Judge one lot, of the case or not, as :func:`judge_lots` does."""
    return _judge(_HostWords(case, tables), lot, holds, more)


def opens_h(case: Case, verdict: Verdict) -> float | None:
    """Hours from T0 until it may first move: consent counts on the clock; None: never."""
    return (verdict.windows[0][0] - case.t0_at) / HOUR if verdict.windows else None


Told = tuple[Ways, tuple[Reason, ...]]


class _HostWords:
    """A case's consents, so laid out that the rows about one lot are found at once.

    Sets of rows are bits of a whole number: many lots share a set, and with it the answer.
    """

    def __init__(self, case: Case, tables: Tables) -> None:
        self.case = case
        self.rows = case.consents
        self.border = Border.of(case, [place.place_id for place in case.places])
        self.of_member = _bits(row.members for row in self.rows)
        self.of_kind = _bits(row.kinds for row in self.rows)
        self.by_way = _set_of(bool(row.corridors) for row in self.rows)
        self.whole = _set_of(is_unlimited(row, case.t0_at) for row in self.rows)
        typed = self.of_kind.keys() & {GOODS, PEOPLE}
        self.teams = {team.kind_id for team in list_teams(tables)} if typed else set[str]()
        self.known: dict[int, Ways] = {}
        self.told: dict[tuple[str, str, bool, bool], Told] = {}

    def about(self, lot: Lot) -> Told:
        """The ways of a lot, and a reason for each closed one; the same for lots that are alike."""
        key = (lot.member, lot.kind, lot.military, lot.pack_people > 0)
        if key not in self.told:
            case, ways = self.case, self.ways(lot)
            asked = Asked(
                host=case.host, member=lot.member, kind=lot.kind, military=lot.military,
                t0_at=case.t0_at,
            )  # fmt: skip
            self.told[key] = ways, consent_reasons(ways, asked)
        return self.told[key]

    def ways(self, lot: Lot) -> Ways:
        """When and where the host lets the lot in; its own stock needs no consent."""
        if lot.member == self.case.host:
            return Ways(windows=((self.case.t0_at, None),))
        about = self.of_kind.get(ANY, 0)
        for name in self._names(lot):
            about |= self.of_kind.get(name, 0)
        about &= self.of_member.get(ANY, 0) | self.of_member.get(lot.member, 0)
        if not about & self.by_way:  # then what an unlimited row outweighs has no say at all
            outweighed = (about & self.whole).bit_length() - 1
            about = about >> outweighed << outweighed if outweighed > 0 else about
        if about not in self.known:
            self.known[about] = self.border.ways([[self.rows[i] for i in _members(about)]])
        return self.known[about]

    def _names(self, lot: Lot) -> tuple[str, ...]:
        """What a consent may call it: its kind and its type words."""
        brings_people = lot.pack_people > 0 or lot.kind in self.teams
        names = (lot.kind, PEOPLE if brings_people else GOODS)
        return (*names, MILITARY) if lot.military else names


def _set_of(flags: Iterable[bool]) -> int:
    return sum(1 << i for i, flag in enumerate(flags) if flag)


def _members(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _bits(names_by_row: Iterable[tuple[str, ...]]) -> dict[str, int]:
    """For every name the rows that hold it: bit ``i`` is row ``i``."""
    found: dict[str, int] = {}
    for i, names in enumerate(names_by_row):
        for name in names:
            found[name] = found.get(name, 0) | 1 << i
    return found


def _judge(words: _HostWords, lot: Lot, holds: Holds, more: Sequence[Reason]) -> Verdict:
    case, (ways, told) = words.case, words.about(lot)
    reasons = (
        *told,
        *Caveats(case=case, offer=lot, holds=holds).reasons(),
        *validity_reason(case, lot),
        *more,
    )
    return verdict_of(case, ways, reasons, lot.valid_until_at)
