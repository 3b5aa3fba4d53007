"""Who may itself take part in what is proposed: its own word, and what the proposal allows."""

from datetime import datetime

from u24.consent.ballots import OBJECTIONS, Parts, distinct, unmet
from u24.consent.matters import Matter
from u24.consent.objections import lift_of, unknown_or_no, who_brings
from u24.domain.consent import ANY, Permission, Reason, Verdict, least
from u24.domain.judgement import ProposalVerdict
from u24.domain.proposals import Position, Stance


def judge_contributors(
    matter: Matter, verdict: ProposalVerdict, at: datetime
) -> tuple[tuple[str, Verdict], ...]:
    """A verdict for each member that spoke in public, and for all others as ``*``.

    A member takes part by its own yes only; to a part of a mission, within these limits. A
    member whose word in confidence allows less than its public one stands as one that has
    not spoken, so that nothing is promised in its name.
    """
    cap = _cap(verdict)
    silent, willing = _verdict((_silent(), *cap), at), _verdict(cap, at)
    found = []
    for member, words in matter.words.items():
        if not words.is_public:
            continue
        own = _own(matter, member, words.public)
        counted = _own(matter, member, words.counted)
        # what promises no more than silence is shown: taking it away would tell of the other word
        promises = _allows_less((_silent(),), own)
        if words.has_secret and promises and _allows_less(counted, own):
            found.append((member, silent))
        else:
            found.append((member, _verdict((*own, *cap), at) if own else willing))
    return (*found, (ANY, silent))


def _allows_less(these: tuple[Reason, ...], those: tuple[Reason, ...]) -> bool:
    ranks = [least(reason.leaves for reason in reasons).rank for reasons in (these, those)]
    return ranks[0] < ranks[1]


def _verdict(reasons: tuple[Reason, ...], at: datetime) -> Verdict:
    permission = least(reason.leaves for reason in reasons)
    return Verdict(
        permission=permission,
        windows=() if permission.bars else ((at, None),),
        reasons=reasons,
    )


def _cap(verdict: ProposalVerdict) -> tuple[Reason, ...]:
    """That the proposal itself may not, not yet, or only within limits be done."""
    if verdict.permission is Permission.YES:
        return ()
    weighs = [reason for reason in verdict.reasons if reason.leaves is verdict.permission]
    moments = [reason.by_at for reason in verdict.reasons if reason.leaves.bars]
    known = [moment for moment in moments if moment is not None]
    return (
        Reason(
            code=f"proposal-{verdict.permission.value.replace('_', '-')}",
            text=f"proposal {verdict.proposal_id} may be done: "
            f"{verdict.permission.value.replace('_', ' ')}",
            lifted_by="; ".join(sorted({r.lifted_by for r in weighs if r.lifted_by})),
            leaves=verdict.permission,
            lift=verdict.flips[0] if verdict.flips else "",
            by_at=max(known) if known and len(known) == len(moments) else None,
            sources=tuple(sorted({key for reason in weighs for key in reason.sources})),
        ),
    )


def _silent() -> Reason:
    return Reason(
        code="contributor-no-position",
        text="no position of it on the proposal is on record",
        lifted_by="the member itself",
        leaves=Permission.NOT_YET,
    )


def _own(matter: Matter, member: str, parts: Parts) -> tuple[Reason, ...]:
    found = [reason for part in distinct(parts) for reason in _of_part(matter, part)]
    if None in parts:
        spoken = [
            purpose
            for purpose, part in zip(matter.proposal.purposes, parts, strict=True)
            if part is not None
        ]
        found.append(
            Reason(
                code="contributor-purposes",
                text=f"{member} has spoken of {', '.join(spoken)} only",
                lifted_by=f"member {member}",
                leaves=Permission.WITHIN_LIMITS,
                lift=lift_of(matter, member),
            )
        )
    return tuple(found)


def _of_part(matter: Matter, part: Position) -> tuple[Reason, ...]:
    if part.stance in (*OBJECTIONS, Stance.NOT_PARTICIPATING):
        return (_stance(matter, part, Permission.NO),)
    missing = unmet(part.conditions, matter.holds)
    named = part.conditions or part.stance is not Stance.CONDITIONAL
    if part.stance not in (Stance.SUPPORT, Stance.CONDITIONAL) or not named:
        return (_stance(matter, part, Permission.NOT_YET),)
    return tuple(
        Reason(
            code="contributor-condition",
            text=f"{part.member} takes part once {name} holds",
            lifted_by=who_brings(matter.conditions[name]),
            leaves=unknown_or_no(matter, name),
            lift=f"{name}=true",
            sources=part.grounds.sources,
        )
        for name in missing
    )


def _stance(matter: Matter, part: Position, leaves: Permission) -> Reason:
    said = part.stance.value.replace("_", " ")
    return Reason(
        code=f"contributor-{part.stance.value.replace('_', '-')}",
        text=f"{part.member} itself: {said}",
        lifted_by=f"member {part.member}",
        leaves=leaves,
        lift=lift_of(matter, part.member),
        sources=part.grounds.sources,
    )
