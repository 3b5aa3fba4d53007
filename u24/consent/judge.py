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
from u24.consent.proposals import judge_proposals
from u24.consent.replacements import replacement_reasons, replacements
from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, Verdict, least
from u24.domain.judgement import Judgement, ProposalVerdict, Replacement
from u24.domain.needs import Need
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
        As things stood then; None: all that is on record counts.

    Raises
    ------
    InvalidInput
        Words of the case contradict each other or name what it does not have.
    """
    at = at or end_of_record(case)
    case = replace(case, lots=with_legal_class(case.lots, tables))
    proposals = _proposals(case, at, tables)
    lots, found = _lots(case, at, proposals, tables)
    verdicts = _Verdicts(case, at, proposals, lots)
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
    """The verdict's word at a later moment: what had to wait for it no longer waits."""
    is_open = any(start <= at and (end is None or at < end) for start, end in verdict.windows)
    if verdict.permission is Permission.NOT_YET and is_open:
        return Permission.WITHIN_LIMITS
    return verdict.permission


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
    case: Case, at: datetime, proposals: dict[str, ProposalVerdict], tables: Tables
) -> tuple[dict[str, Verdict], tuple[Replacement, ...]]:
    """The verdict on every lot, and what donors wish to have in place first."""
    holds = holding(case, at)
    more = _joined(_gates(case, at, tables), mission_reasons(case, proposals, tables))
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
    ) -> None:
        self._case, self._at = case, at
        self._proposals, self._lots = proposals, lots
        self._needs = {need.need_id: need for need in case.needs}

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
        able = [self._of_lot(lot.lot_id) for lot in self._case.lots if lot.kind in kinds]
        if not able:
            return Permission.NO, (_nobody_offers(need),)
        return max(able, key=lambda found: found[0].rank)


def _nobody_offers(need: Need) -> Reason:
    return Reason(
        code="nobody-offers",
        text=f"nobody offers {need.kind}",
        lifted_by="any member",
        leaves=Permission.NO,
    )
