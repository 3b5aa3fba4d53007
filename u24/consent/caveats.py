"""What members attach to their offers, as moments and reasons."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import isfinite

from u24.consent.windows import clock_text
from u24.domain.case import Case
from u24.domain.consent import Reason
from u24.domain.offers import Caveat, CaveatKind
from u24.errors import InvalidInput

TEXTS = {
    CaveatKind.NOT_TO: "not to {argument}",
    CaveatKind.ONLY_TO: "only to {argument}",
    CaveatKind.NOT_VIA: "not by way of {argument}",
    CaveatKind.ONLY_VIA: "only by way of {argument}",
    CaveatKind.NOT_BEFORE_H: "not before {argument} h after T0",
    CaveatKind.OWN_CARGO_ONLY: "only with its own cargo",
}


def not_before_at(case: Case, caveats: Iterable[Caveat]) -> datetime:
    """The earliest moment that all caveats leave, T0 or later.

    Raises
    ------
    InvalidInput
        A ``not_before_h`` whose argument is no number of hours.
    """
    awaited = [
        case.hours_after_t0(_hours(caveat))
        for caveat in caveats
        if caveat.kind is CaveatKind.NOT_BEFORE_H
    ]
    return max([case.t0_at, *awaited])


def caveat_reasons(case: Case, member: str, caveats: Sequence[Caveat]) -> tuple[Reason, ...]:
    """One reason a caveat; a ``not_before_h`` of T0 or earlier narrows nothing and gives none."""
    return tuple(
        Reason(
            code=f"caveat-{caveat.kind.value.removesuffix('_h').replace('_', '-')}",
            text=f"{member} offers this {TEXTS[caveat.kind].format(argument=caveat.argument)}",
            lifted_by=f"member {member}",
        )
        for caveat in dict.fromkeys(caveats)
        if caveat.kind is not CaveatKind.NOT_BEFORE_H or _hours(caveat) > 0
    )


def validity_reason(member: str, valid_until_at: datetime) -> Reason:
    """The offer ends."""
    return Reason(
        code="offer-validity",
        text=f"{member} offers this until {clock_text(valid_until_at)}",
        lifted_by=f"member {member}",
    )


def _hours(caveat: Caveat) -> float:
    try:
        hours = float(caveat.argument)
    except ValueError:
        hours = float("nan")
    if not isfinite(hours):
        raise InvalidInput(f"caveat is {caveat}; give hours after T0, like not_before_h:12")
    return hours
