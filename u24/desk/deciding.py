"""What may be done in a case: verdicts on proposals, on offers, on each offer for each need."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from u24.consent import judge_case
from u24.consent.changes import needed
from u24.desk.recorded import compare_recorded
from u24.desk.stating import needs_of, tables_of
from u24.desk.what_if import with_changes
from u24.domain.case import Case
from u24.domain.consent import Permission, Verdict
from u24.domain.judgement import Decided, Judgement, PairVerdict
from u24.matching import MatchResult, match
from u24.reference.tables import Tables


def decide_case(case: Case, *, at: datetime | None = None, changes: Sequence[str] = ()) -> Decided:
    """Judge everything in a case.

    Parameters
    ----------
    case
        As read from its folder.
    at
        Words that were said later do not count, and what is recorded of later is not shown;
        None: all that is on record counts.
    changes
        What to suppose, as ``--what-if`` says it. With any of them nothing is compared
        with history, as history had none of them.

    Raises
    ------
    InvalidInput
        Positions, conditions or chains contradict each other, or a change names nothing.
    """
    tables = tables_of(case)
    supposed = with_changes(case if at is None else _recorded_by(case, at), changes)
    judgement = judge_case(supposed, tables, at)
    matched = match(supposed, needs_of(supposed), judgement.lots)
    return decided_of(supposed, judgement, tables, changes, matched)


def _recorded_by(case: Case, at: datetime) -> Case:
    """The case without recorded outcomes of later, which would tell what came."""
    known = (each for each in case.recorded if each.at is not None and each.at <= at)
    return replace(case, recorded=tuple(known))


def decided_of(
    case: Case, judgement: Judgement, tables: Tables, changes: Sequence[str] = (),
    matched: MatchResult | None = None,
) -> Decided:  # fmt: skip
    """Verdicts that are made already, with history and, of matches, the pairs beside them."""
    return Decided(
        judgement=judgement,
        needed=tuple(
            needed(case, verdict.proposal_id, judgement.at, tables)
            for verdict in judgement.proposals.values()
            if verdict.permission.bars
        ),
        pairs=() if matched is None else _pairs(judgement, matched),
        comparisons=() if changes else compare_recorded(case, tables),
        changes=tuple(changes),
    )


def _pairs(judgement: Judgement, matched: MatchResult) -> tuple[PairVerdict, ...]:
    """Every offer beside every need that it could serve by its kind, in order of both ids."""
    found = [
        PairVerdict(
            lot_id=each.lot_id,
            need_id=each.need_id,
            verdict=replace(judgement.lots[each.lot_id], windows=each.windows),
        )
        for each in matched.matches
    ]
    for refused in matched.non_matches:
        own = judgement.lots[refused.lot_id]
        reasons = tuple(dict.fromkeys((*own.reasons, *refused.reasons)))
        permission = own.permission if own.permission.bars else Permission.NO
        found.append(
            PairVerdict(
                lot_id=refused.lot_id,
                need_id=refused.need_id,
                verdict=Verdict(permission=permission, reasons=reasons),
            )
        )
    return tuple(sorted(found, key=lambda pair: (pair.lot_id, pair.need_id)))
