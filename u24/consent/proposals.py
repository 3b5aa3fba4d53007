"""May what is proposed be done? The members' decision, what else must hold, and who may join."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from u24.consent.changes import list_deciders, list_flips, ruled_out, unmet_conditions
from u24.consent.conditions import last_words
from u24.consent.contributors import judge_contributors
from u24.consent.in_confidence import shown_decision
from u24.consent.matters import (
    Matter,
    count,
    list_matters,
    missing_conditions,
)
from u24.consent.objections import (
    LEAVES,
    Count,
    condition_reason,
    confidential_reasons,
    lift_of,
    public_reasons,
    unknown_or_no,
)
from u24.consent.windows import clock_text
from u24.domain.case import Case
from u24.domain.consent import Permission, Reason, least
from u24.domain.decisions import Decision, Outcome, RuleForm
from u24.domain.judgement import ProposalVerdict
from u24.domain.proposals import ConditionWord
from u24.reference.tables import SHIPPED, Tables


def judge_proposals(
    case: Case, at: datetime, tables: Tables = SHIPPED
) -> dict[str, ProposalVerdict]:
    """The verdict on every proposal as known at ``at``, by id, in order of id.

    Each is the least of its reasons: the count by its rule, each objection and each unmet
    condition as the rule lets it weigh, what the proposal requires, and the word of the
    host and of the deciding organisation. An outcome is open while it may still be carried
    and those who are silent could still stop it; without a deadline a silence procedure
    stays open, since nobody said when silence ends.

    Raises
    ------
    InvalidInput
        A position on no proposal, an unknown member, body, rule or condition, conditions
        that contradict each other, or nobody who decides; with its place.
    """
    said = last_words(case, at)
    out = ruled_out(case)
    return {
        matter.proposal.proposal_id: _judge(matter, at, said, out)
        for matter in list_matters(case, at, tables)
    }


def _judge(
    matter: Matter, at: datetime, said: Mapping[str, ConditionWord], out: frozenset[str]
) -> ProposalVerdict:
    decision = count(matter, matter.electors, matter.votes)
    deciders = list_deciders(matter, decision)
    shown = shown_decision(matter, decision)
    counted = Count(matter=matter, outcome=decision.outcome, deciders=deciders)
    reasons: tuple[Reason, ...] = (
        *_not_made(matter),
        *_requirements(matter, said),
        *_of_count(matter, shown, deciders),
        *public_reasons(counted),
    )
    told = least(reason.leaves for reason in reasons)
    reasons = (*reasons, *confidential_reasons(counted, told))
    permission = least(reason.leaves for reason in reasons)
    open_conditions = unmet_conditions(matter)
    verdict = ProposalVerdict(
        proposal_id=matter.proposal.proposal_id,
        permission=permission,
        decision=shown,
        reasons=reasons,
        flips=list_flips(matter, open_conditions, deciders, out) if permission.bars else (),
        unmet=open_conditions,
    )
    return replace(verdict, contributors=judge_contributors(matter, verdict, at))


def _not_made(matter: Matter) -> tuple[Reason, ...]:
    made_at = matter.proposal.made_at
    if matter.is_made or made_at is None:
        return ()
    return (
        Reason(
            code="not-made-yet",
            text=f"it is made at {clock_text(made_at)}, and not before",
            lifted_by=matter.proposal.proposer or "whoever proposes it",
            leaves=Permission.NOT_YET,
        ),
    )


def _requirements(matter: Matter, said: Mapping[str, ConditionWord]) -> tuple[Reason, ...]:
    proposal = matter.proposal
    return tuple(
        condition_reason(
            matter,
            name,
            f"requires-{name}",
            "it may be done only with",
            unknown_or_no(matter, name),
            (*proposal.grounds.sources, *(said[name].grounds.sources if name in said else ())),
        )
        for name in missing_conditions(matter, matter.holds)
    )


def _of_count(matter: Matter, decision: Decision, deciders: frozenset[str]) -> tuple[Reason, ...]:
    """That the count does not carry it, or does not yet.

    A member that alone must move lifts it only if nobody else could still stop it.
    """
    if decision.outcome is Outcome.CARRIED:
        return ()
    is_silence = matter.rule.form is RuleForm.SILENCE
    is_open = decision.outcome is Outcome.OPEN
    sets = decision.movers.sets
    alone = decision.movers.total == 1 and len(sets[0]) == 1 and sets[0][0] in deciders
    return (
        Reason(
            code=f"rule-{decision.outcome}",
            text=f"{matter.rule.rule_id}: {decision.outcome}; {decision.text}",
            lifted_by=_who_could(matter, decision),
            leaves=LEAVES[decision.outcome],
            lift=lift_of(matter, sets[0][0]) if alone else "",
            by_at=matter.proposal.deadline_at if is_silence and is_open else None,
            sources=matter.proposal.grounds.sources,
        ),
    )


def _who_could(matter: Matter, decision: Decision) -> str:
    """Who could bring it through: members that move, the rest that speaks, or time."""
    movers = decision.movers
    if movers.size is None:
        return "those who decide, and not by their votes alone"
    if movers.size:
        first = ", ".join(movers.sets[0]) if movers.sets else f"{movers.size} of those who decide"
        return f"{first}, or others as many" if len(movers.sets) > 1 else first
    if matter.rule.form is not RuleForm.SILENCE:
        return "those who have not voted yet"
    return "the deadline" if matter.proposal.deadline_at else "whoever sets a deadline"
