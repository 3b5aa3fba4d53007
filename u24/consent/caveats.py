"""What members attach to their offers, as moments and reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from types import MappingProxyType

from u24.consent.windows import clock_text
from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, alternatives
from u24.domain.offers import Caveat, CaveatKind, Lot, Vehicle
from u24.domain.proposals import Condition
from u24.errors import InvalidInput
from u24.reference.conditions import STANDARD

Holds = Mapping[str, bool | None]
NOTHING_KNOWN: Holds = MappingProxyType({})
TEXTS = {
    CaveatKind.NOT_TO: "not to {argument}",
    CaveatKind.ONLY_TO: "only to {argument}",
    CaveatKind.NOT_VIA: "not by way of {argument}",
    CaveatKind.ONLY_VIA: "only by way of {argument}",
    CaveatKind.NOT_BEFORE_H: "not before {argument} h after T0",
    CaveatKind.ONCE_REPLACED: "only once {argument} stands in its place",
    CaveatKind.OWN_CARGO_ONLY: "only with its own cargo",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveats:
    """What one offer's caveats leave of its time, and why.

    A replacement is judged where all offers are known, so a lot's ``once_replaced`` gives
    no reason here. Nobody looks for a replacement of lift: there it waits for good.
    """

    case: Case
    offer: Lot | Vehicle
    holds: Holds

    def reasons(self) -> tuple[Reason, ...]:
        """One reason a caveat; one that narrows nothing from T0 on gives none.

        Raises
        ------
        InvalidInput
            A ``not_before_h`` whose argument is no number of hours.
        """
        found = (self._reason(caveat) for caveat in dict.fromkeys(self.offer.caveats))
        return tuple(reason for reason in found if reason is not None)

    def _reason(self, caveat: Caveat) -> Reason | None:
        if caveat.kind is CaveatKind.NOT_BEFORE_H:
            opens_at = self.case.hours_after_t0(_hours(caveat))
            if opens_at <= self.case.t0_at:
                return None
            return self._told(caveat, leaves=Permission.NOT_YET, by_at=opens_at)
        if caveat.kind is CaveatKind.ONLY_IF:
            return self._only_if(caveat)
        if caveat.kind is CaveatKind.ONCE_REPLACED:
            if isinstance(self.offer, Lot):
                return None
            return self._told(caveat, leaves=Permission.NOT_YET)
        return self._told(caveat)

    def _told(
        self,
        caveat: Caveat,
        *,
        leaves: Permission = Permission.WITHIN_LIMITS,
        by_at: datetime | None = None,
    ) -> Reason:
        member = self.offer.member
        return Reason(
            code=code_of(caveat.kind),
            text=f"{member} offers this {TEXTS[caveat.kind].format(argument=caveat.argument)}",
            lifted_by=f"member {member}",
            leaves=leaves,
            by_at=by_at,
            sources=self.offer.grounds.sources,
        )

    def _only_if(self, caveat: Caveat) -> Reason:
        """A condition that holds stays told; one that is unknown counts as one that does not."""
        names = alternatives(caveat.argument)
        wanted = " or ".join(self._text(name) for name in names)
        stands = f"{self.offer.member} offers this only if {wanted}"
        if any(self.holds.get(name) for name in names):
            leaves, text, lift = Permission.WITHIN_LIMITS, f"{stands}, and that is so", ""
        else:
            known = all(self.holds.get(name) is False for name in names)
            so_far = "that is not so" if known else "that is not known to be so"
            leaves, text, lift = Permission.NOT_YET, f"{stands}, and {so_far}", f"{names[0]}=true"
        return Reason(
            code=code_of(caveat.kind),
            text=text,
            lifted_by=self._brought_by(names),
            leaves=leaves,
            lift=lift,
            sources=self.offer.grounds.sources,
        )

    def _find(self, name: str) -> Condition | None:
        own = {each.condition_id: each for each in self.case.conditions}
        return own.get(name) or STANDARD.get(name)

    def _text(self, name: str) -> str:
        condition = self._find(name)
        return f"{name} ({condition.text})" if condition and condition.text else name

    def _brought_by(self, names: Iterable[str]) -> str:
        conditions = [self._find(name) for name in names]
        known = dict.fromkeys(each.brought_by for each in conditions if each and each.brought_by)
        return " or ".join(known) or f"member {self.offer.member}"


def validity_reason(case: Case, lot: Lot) -> tuple[Reason, ...]:
    """The offer ends; nothing where it has no end."""
    if lot.valid_until_at is None:
        return ()
    is_over = lot.valid_until_at <= case.t0_at
    return (
        Reason(
            code="offer-validity",
            text=f"{lot.member} offers this until {clock_text(lot.valid_until_at)}",
            lifted_by=f"member {lot.member}",
            leaves=Permission.NO if is_over else Permission.WITHIN_LIMITS,
            sources=lot.grounds.sources,
        ),
    )


def code_of(kind: CaveatKind) -> str:
    """The reason code of a caveat, e.g. ``caveat-not-before``."""
    return f"caveat-{kind.value.removesuffix('_h').replace('_', '-')}"


def _hours(caveat: Caveat) -> float:
    try:
        hours = float(caveat.argument)
    except ValueError:
        hours = float("nan")
    if not isfinite(hours):
        raise InvalidInput(f"caveat is {caveat}; give hours after T0, like not_before_h:12")
    return hours
