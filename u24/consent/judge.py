"""Every verdict on a case: the room's one door."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from u24.consent.asks import choose
from u24.consent.conditions import holding
from u24.consent.gates import open_gate_book
from u24.consent.lots import judge_lots
from u24.consent.missions import completeness_reasons, mission_reasons, with_legal_class
from u24.consent.openings import opening_reasons
from u24.consent.proposals import judge_proposals
from u24.consent.replacements import replacement_reasons, replacements
from u24.consent.similar import widen_needs
from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, Verdict, alternatives, least
from u24.domain.judgement import Judgement, ProposalVerdict, Replacement
from u24.domain.needs import Need
from u24.domain.offers import CaveatKind, Lot
from u24.errors import InvalidInput
from u24.reference.tables import SHIPPED, Tables

More = Mapping[str, tuple[Reason, ...]]


def judge_case(case: Case, tables: Tables = SHIPPED, at: datetime | None = None) -> Judgement:
    """Judge everything in a case.

    Parameters
    ----------
    case
        From a folder or from the board.
    tables
        Rules of organisations, gates, embargoes and controlled kinds are looked up here.
    at
        As things stood then; None: all that is on record counts, and what was said after T0
        opens its windows only from then on, so that a plan from T0 knows nothing too early.

    Raises
    ------
    InvalidInput
        Words of the case contradict each other or name what it does not have.
    """
    is_whole, at = at is None, at or end_of_record(case)
    case = replace(case, lots=with_legal_class(case.lots, tables))
    proposals = _proposals(case, at, tables)
    later = opening_reasons(case, at, proposals, tables) if is_whole else {}
    lots, found = _lots(case, at, proposals, later, tables)
    verdicts = _Verdicts(case, at, proposals, lots, tables)
    return Judgement(
        at=at,
        proposals=proposals,
        lots=lots,
        replacements=found,
        choices=tuple(choose(ask, verdicts.permission_of) for ask in case.asks),
    )


def end_of_record(case: Case) -> datetime:
    """The last moment of which a case tells anything, its horizon at the earliest."""
    moments = [
        case.t0_at + timedelta(hours=case.horizon_h),
        *(proposal.deadline_at for proposal in case.proposals),
        *(position.at for position in case.positions),
        *(word.at for word in case.condition_words),
        *(answer.at for answer in case.gate_answers),
    ]
    return max(moment for moment in moments if moment is not None)


def permission_at(verdict: Verdict, at: datetime) -> Permission:
    """The verdict's word at a later moment: what waited for it waits no longer, what is over is.

    Before its first window the verdict stands as it is.
    """
    windows = verdict.windows
    if not windows or at < windows[0][0]:
        return verdict.permission
    if any(start <= at and (end is None or at < end) for start, end in windows):
        is_late = verdict.permission is Permission.NOT_YET
        return Permission.WITHIN_LIMITS if is_late else verdict.permission
    return Permission.NOT_YET if any(start > at for start, _ in windows) else Permission.NO


def _proposals(case: Case, at: datetime, tables: Tables) -> dict[str, ProposalVerdict]:
    """The members' verdicts, with what a mission lacks by what it is made of."""
    found = judge_proposals(case, at, tables)
    for proposal_id, reasons in completeness_reasons(case, tables).items():
        verdict = found[proposal_id]
        permission = least([verdict.permission, *(reason.leaves for reason in reasons)])
        found[proposal_id] = replace(
            verdict, permission=permission, reasons=(*verdict.reasons, *reasons)
        )
    return found


def _lots(
    case: Case,
    at: datetime,
    proposals: dict[str, ProposalVerdict],
    later: More,
    tables: Tables,
) -> tuple[dict[str, Verdict], tuple[Replacement, ...]]:
    """The verdict on every lot, and what donors wish to have in place first."""
    holds = holding(case, at)
    more = _joined(_gates(case, at, tables), mission_reasons(case, proposals, tables), later)
    verdicts = judge_lots(case, holds=holds, more=more, tables=tables)
    found = replacements(case, verdicts, tables)
    wished = replacement_reasons(case, found, tables, holds)
    if wished:
        donors = replace(case, lots=tuple(lot for lot in case.lots if lot.lot_id in wished))
        more = _joined(more, wished)
        verdicts |= judge_lots(donors, holds=holds, more=more, tables=tables)
    return verdicts, found


def _gates(case: Case, at: datetime, tables: Tables) -> More:
    book = open_gate_book(case, at, tables)
    found = {lot.lot_id: book.reasons(lot.lot_id, lot.kind, lot.member) for lot in case.lots}
    return {lot_id: reasons for lot_id, reasons in found.items() if reasons}


def _joined(*all_more: More) -> More:
    joined: dict[str, tuple[Reason, ...]] = defaultdict(tuple)
    for more in all_more:
        for lot_id, reasons in more.items():
            joined[lot_id] += reasons
    return joined


class _Verdicts:
    """What may be done of a proposal, an offer or a need, by its id."""

    def __init__(
        self,
        case: Case,
        at: datetime,
        proposals: Mapping[str, ProposalVerdict],
        lots: Mapping[str, Verdict],
        tables: Tables,
    ) -> None:
        self._case, self._at = case, at
        self._proposals, self._lots = proposals, lots
        needs = widen_needs(case.needs, case.host_crews, tables)
        self._needs = {need.need_id: need for need in needs}
        self._countries = {place.place_id: place.country for place in case.places}

    def permission_of(self, subject: str) -> tuple[Permission, tuple[Reason, ...]]:
        """The word and every reason; of a need those of the offer that may do most for it."""
        if subject in self._proposals:
            verdict = self._proposals[subject]
            return verdict.permission, verdict.reasons
        if subject in self._lots:
            return self._of_lot(subject)
        if subject in self._needs:
            return self._of_need(self._needs[subject])
        raise InvalidInput(
            f"an ask names {subject!r}; give the id of a proposal, an offer or a need of the case"
        )

    def _of_lot(self, lot_id: str) -> tuple[Permission, tuple[Reason, ...]]:
        verdict = self._lots[lot_id]
        return permission_at(verdict, self._at), verdict.reasons

    def _of_need(self, need: Need) -> tuple[Permission, tuple[Reason, ...]]:
        kinds = {need.kind, *(substitute.kind for substitute in need.substitutes)}
        able = [
            self._of_lot(lot.lot_id)
            for lot in self._case.lots
            if lot.kind in kinds and self._may_go(lot, need.place_id)
        ]
        if not able:
            return Permission.NO, (_nobody_offers(need),)
        permission, reasons = max(able, key=lambda found: found[0].rank)
        if not need.proposal_id:
            return permission, reasons
        most, why = self.permission_of(need.proposal_id)
        return least([permission, most]), tuple(dict.fromkeys((*why, *reasons)))

    def _may_go(self, lot: Lot, place_id: str) -> bool:
        """Whether the offer's caveats of place let it go there."""
        here = {place_id, self._countries.get(place_id, self._case.host)}
        return not any(
            (caveat.kind is CaveatKind.NOT_TO and here & {*alternatives(caveat.argument)})
            or (caveat.kind is CaveatKind.ONLY_TO and not here & {*alternatives(caveat.argument)})
            for caveat in lot.caveats
        )


def _nobody_offers(need: Need) -> Reason:
    return Reason(
        code="nobody-offers",
        text=f"nobody offers {need.kind} that may go to {need.place_id}",
        lifted_by="any member",
        leaves=Permission.NO,
    )
