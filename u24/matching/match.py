"""Every offer beside every need that it could serve by its kind."""

from collections.abc import Iterable, Mapping

from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, Verdict
from u24.domain.match import Match, NonMatch
from u24.domain.needs import Need
from u24.domain.places import Place
from u24.errors import InvalidInput
from u24.matching.offered import Offered, offered
from u24.matching.result import MatchResult


def match(case: Case, needs: tuple[Need, ...], verdicts: Mapping[str, Verdict]) -> MatchResult:
    """Match the lots of a case to needs of the same kind or that take them as a substitute.

    Whether help is in time is for planning to say: here only consent, validity and the
    members' caveats count.

    Parameters
    ----------
    case
        Its lots and places are read; its own needs are not.
    needs
        Stated and estimated together.
    verdicts
        One a lot, by lot id.

    Returns
    -------
    MatchResult
        In order of need id, then lot id. A lot of a kind that no need takes is a
        non-match without a need id.

    Raises
    ------
    InvalidInput
        A lot without a verdict, or a need at a place that the case does not have.
    """
    places = {place.place_id: place for place in case.places}
    by_kind = _by_kind(case, verdicts)
    matches: list[Match] = []
    non_matches = _nobody_asked(case, needs, by_kind)
    for need in sorted(needs, key=lambda need: need.need_id):
        place = _get_place(need, places)
        factors = _factors(need)
        for offer in _offers_of(factors, by_kind):
            bars = offer.bars_at(place)
            if bars:
                non_matches.append(
                    NonMatch(lot_id=offer.lot.lot_id, need_id=need.need_id, reasons=bars)
                )
            else:
                matches.append(_match(offer, need, factors[offer.lot.kind]))
    return MatchResult(matches=tuple(matches), non_matches=tuple(non_matches))


def _by_kind(case: Case, verdicts: Mapping[str, Verdict]) -> dict[str, list[Offered]]:
    by_kind: dict[str, list[Offered]] = {}
    for lot in sorted(case.lots, key=lambda lot: lot.lot_id):
        if lot.lot_id not in verdicts:
            raise InvalidInput(f"lot {lot.lot_id} has no verdict; judge every lot before matching")
        by_kind.setdefault(lot.kind, []).append(offered(case, lot, verdicts[lot.lot_id]))
    return by_kind


def _factors(need: Need) -> dict[str, float]:
    """What one unit of each kind counts; of a substitute named twice the lower factor."""
    factors: dict[str, float] = {}
    for substitute in need.substitutes:
        known = factors.get(substitute.kind, substitute.factor_share)
        factors[substitute.kind] = min(known, substitute.factor_share)
    factors[need.kind] = 1.0
    return factors


def _offers_of(kinds: Iterable[str], by_kind: Mapping[str, list[Offered]]) -> list[Offered]:
    found = [offer for kind in kinds for offer in by_kind.get(kind, ())]
    return sorted(found, key=lambda offer: offer.lot.lot_id)


def _get_place(need: Need, places: Mapping[str, Place]) -> Place:
    if need.place_id not in places:
        known = ", ".join(sorted(places)) or "none"
        raise InvalidInput(
            f"need {need.need_id}: place is {need.place_id}; the case has these: {known}"
        )
    return places[need.place_id]


def _match(offer: Offered, need: Need, factor_share: float) -> Match:
    return Match(
        lot_id=offer.lot.lot_id,
        need_id=need.need_id,
        factor_share=factor_share,
        windows=offer.windows,
        only_via=offer.only_via,
        not_via=offer.not_via,
        limits=offer.limits,
        is_substitute=offer.lot.kind != need.kind,
    )


def _nobody_asked(
    case: Case, needs: Iterable[Need], by_kind: Mapping[str, list[Offered]]
) -> list[NonMatch]:
    asked = {kind for need in needs for kind in _factors(need)}
    unasked = _offers_of(sorted(by_kind.keys() - asked), by_kind)
    return [
        NonMatch(
            lot_id=offer.lot.lot_id,
            need_id="",
            reasons=(
                Reason(
                    code="nobody-asked",
                    text=f"no need of {case.case_id} takes {offer.lot.kind}",
                    lifted_by=f"host {case.host}",
                    leaves=Permission.NO,
                ),
            ),
        )
        for offer in unasked
    ]
