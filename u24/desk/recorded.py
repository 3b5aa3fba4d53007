"""What really came of a case beside what its verdicts say, computed from the words alone."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from u24.consent import judge_case
from u24.consent.judge import permission_at
from u24.domain.case import Case
from u24.domain.consent import GOODS, MILITARY, PEOPLE, Reason, Verdict
from u24.domain.judgement import Comparison, Judgement, ProposalVerdict
from u24.domain.offers import Lot
from u24.domain.proposals import Position, Stance
from u24.errors import InvalidInput
from u24.reference.tables import Tables

Measure = Callable[[Case, Judgement, str], str]
NONE = "none"
ALWAYS = datetime(1, 1, 1, tzinfo=UTC)  # a word without a time was always there


def compare_recorded(case: Case, tables: Tables) -> tuple[Comparison, ...]:
    """Every recorded outcome with the computed one, each as things stood at its moment.

    Raises
    ------
    InvalidInput
        A measure is unknown, or asks about something that the case does not have.
    """
    judgements: dict[datetime | None, Judgement] = {}
    found = []
    for outcome in case.recorded:
        if outcome.measure not in MEASURES:
            allowed = ", ".join(MEASURES)
            raise InvalidInput(
                f"recorded {outcome.outcome_id}: measure is {outcome.measure!r}; give {allowed}"
            )
        if outcome.at not in judgements:
            judgements[outcome.at] = judge_case(case, tables, outcome.at)
        computed = MEASURES[outcome.measure](case, judgements[outcome.at], outcome.subject)
        found.append(Comparison(outcome=outcome, computed=computed))
    return tuple(found)


def _permission(_: Case, judgement: Judgement, subject: str) -> str:
    for choice in judgement.choices:
        if choice.ask_id == subject:
            return choice.permission
    if subject in judgement.proposals:
        return judgement.proposals[subject].permission
    return permission_at(_lot_verdict(judgement, subject), judgement.at)


def _lot_verdict(judgement: Judgement, subject: str) -> Verdict:
    if subject not in judgement.lots:
        raise InvalidInput(f"recorded outcome is of {subject!r}; give a proposal, an offer, an ask")
    return judgement.lots[subject]


def _outcome(_: Case, judgement: Judgement, subject: str) -> str:
    return _proposal(judgement, subject).decision.outcome


def _proposal(judgement: Judgement, subject: str) -> ProposalVerdict:
    if subject not in judgement.proposals:
        known = ", ".join(judgement.proposals) or NONE
        raise InvalidInput(f"recorded outcome is of proposal {subject!r}; the case has {known}")
    return judgement.proposals[subject]


def _chosen(_: Case, judgement: Judgement, subject: str) -> str:
    for choice in judgement.choices:
        if choice.ask_id == subject:
            return _listed(choice.chosen)
    raise InvalidInput(f"recorded outcome is of ask {subject!r}; the case has none of that name")


def _standing(*stances: Stance) -> Measure:
    def members(case: Case, judgement: Judgement, subject: str) -> str:
        last: dict[str, Position] = {}
        for position in sorted(case.positions, key=lambda each: each.at or ALWAYS):
            known = position.at is None or position.at <= judgement.at
            if position.proposal == subject and known and not position.secret:
                last[position.member] = position
        return _listed(member for member, each in last.items() if each.stance in stances)

    return members


def _unmet(_: Case, judgement: Judgement, subject: str) -> str:
    return _listed(_proposal(judgement, subject).unmet)


def _barred_by(_: Case, judgement: Judgement, subject: str) -> str:
    reasons: Iterable[Reason] = (
        judgement.proposals[subject].reasons
        if subject in judgement.proposals
        else _lot_verdict(judgement, subject).reasons
    )
    return _listed(reason.code for reason in reasons if reason.leaves.bars)


def _contributors(_: Case, judgement: Judgement, subject: str) -> str:
    verdicts = _proposal(judgement, subject).contributors
    return _listed(member for member, each in verdicts if not each.permission.bars)


def _at_the_border(*, admitted: bool) -> Measure:
    def members(case: Case, judgement: Judgement, subject: str) -> str:
        foreign = [lot for lot in case.lots if lot.member != case.host and _is(lot, subject)]
        may = {lot.member for lot in foreign if _open_at(judgement.lots[lot.lot_id], judgement.at)}
        return _listed(may if admitted else {lot.member for lot in foreign} - may)

    return members


def _is(lot: Lot, name: str) -> bool:
    words = {lot.kind, PEOPLE if lot.pack_people else GOODS, *([MILITARY] if lot.military else [])}
    return name in words


def _open_at(verdict: Verdict, at: datetime) -> bool:
    return any(start <= at and (end is None or at < end) for start, end in verdict.windows)


def _listed(names: Iterable[str]) -> str:
    return ";".join(sorted(set(names))) or NONE


MEASURES: dict[str, Measure] = {
    "permission": _permission,
    "outcome": _outcome,
    "chosen": _chosen,
    "supporters": _standing(Stance.SUPPORT),
    "objectors": _standing(Stance.OPPOSE, Stance.RED_LINE),
    "conditional": _standing(Stance.CONDITIONAL),
    "undecided": _standing(Stance.UNDECIDED),
    "unmet": _unmet,
    "barred_by": _barred_by,
    "admitted": _at_the_border(admitted=True),
    "refused": _at_the_border(admitted=False),
    "contributors": _contributors,
}
