"""Missions: which offers and needs are parts of one, and what a mission lacks.

A mission is a proposal; the capabilities that it is made of are needs with its id, and
members give them as lots with its id. So a mission is planned like tents, once it may be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from u24.domain.case import Case
from u24.domain.consent import ANY, Permission, Reason, Verdict, least
from u24.domain.gates import Control
from u24.domain.judgement import ProposalVerdict
from u24.domain.needs import Need
from u24.domain.offers import Lot
from u24.domain.proposals import Proposal, ProposalKind
from u24.errors import InvalidInput
from u24.reference.capabilities import find_capability
from u24.reference.controlled import find_controlled_kind
from u24.reference.tables import SHIPPED, Tables

Proposals = Mapping[str, ProposalVerdict]
SUMMARY = "proposal-"  # begins the code of a reason that sums up those of a proposal


def with_legal_class(lots: Iterable[Lot], tables: Tables = SHIPPED) -> tuple[Lot, ...]:
    """The lots, military wherever their kind is, whatever the offer says.

    So a host that refuses what is military is not passed by for want of a tick.
    """
    return tuple(replace(lot, military=True) if _is_military(lot, tables) else lot for lot in lots)


def mission_reasons(
    case: Case, proposals: Proposals, tables: Tables = SHIPPED
) -> dict[str, tuple[Reason, ...]]:
    """What proposals leave of the lots that belong to one, by lot id.

    A foreign lot of a capability that names no proposal, or one that is no mission, is barred:
    nobody sends a part of a mission without the mission. A lot that names one may do no more
    than the proposal, and no more than its member may in it; every reason of both is kept.

    Raises
    ------
    InvalidInput
        A lot names a proposal that has no verdict.
    """
    others = {p.proposal_id for p in case.proposals if p.kind is not ProposalKind.MISSION}
    caps: dict[tuple[str, str], tuple[Reason, ...]] = {}
    found: dict[str, tuple[Reason, ...]] = {}
    for lot in sorted(case.lots, key=lambda lot: lot.lot_id):
        if lot.proposal_id:
            verdict = _verdict_on(proposals, lot.proposal_id, f"lot {lot.lot_id}")
            key = (lot.proposal_id, lot.member)
            if key not in caps:
                caps[key] = _cap(verdict, lot.member)
            found[lot.lot_id] = caps[key]
            if lot.proposal_id in others and _is_of_mission(lot, case, tables):
                found[lot.lot_id] = (*caps[key], _of_no_mission(lot))
        elif _is_of_mission(lot, case, tables):
            found[lot.lot_id] = (_without_proposal(lot),)
    return {lot_id: reasons for lot_id, reasons in found.items() if reasons}


def planned_needs(
    needs: Iterable[Need], proposals: Proposals
) -> tuple[tuple[Need, ...], tuple[Need, ...]]:
    """Needs to plan for, and those that wait because their proposal may not be done.

    Raises
    ------
    InvalidInput
        A need names a proposal that has no verdict.
    """
    planned: list[Need] = []
    waiting: list[Need] = []
    for need in needs:
        barred = (
            bool(need.proposal_id)
            and _verdict_on(proposals, need.proposal_id, f"need {need.need_id}").permission.bars
        )
        (waiting if barred else planned).append(need)
    return tuple(planned), tuple(waiting)


def missing_capabilities(
    case: Case, lots: Mapping[str, Verdict], proposal_id: str
) -> tuple[str, ...]:
    """Kinds that a mission needs and that no offer for it may bring at any time.

    ``lots`` are the verdicts by lot id. An offer counts if some window is open to it, also
    a later one. In order of kind.
    """
    coming = {
        lot.kind
        for lot in case.lots
        if lot.proposal_id == proposal_id and lot.lot_id in lots and lots[lot.lot_id].windows
    }
    wanted: dict[str, set[str]] = {}
    for need in _needs_of(case, proposal_id):
        kinds = {need.kind, *(each.kind for each in need.substitutes)}
        wanted.setdefault(need.kind, set()).update(kinds)
    return tuple(sorted(kind for kind, any_of in wanted.items() if not any_of & coming))


def completeness_reasons(case: Case, tables: Tables = SHIPPED) -> dict[str, tuple[Reason, ...]]:
    """What the needs of each mission leave out, by proposal id; it bars nothing.

    A mission that has needs and none of force protection cannot defend itself, whatever it
    is for. Missions that state no needs are not judged.
    """
    missions = (each for each in case.proposals if each.kind is ProposalKind.MISSION)
    found: dict[str, tuple[Reason, ...]] = {}
    for mission in sorted(missions, key=lambda each: each.proposal_id):
        kinds = sorted({need.kind for need in _needs_of(case, mission.proposal_id)})
        if kinds and not any(_protects(kind, tables) for kind in kinds):
            found[mission.proposal_id] = (_without_protection(mission, kinds),)
    return found


def _cap(verdict: ProposalVerdict, member: str) -> tuple[Reason, ...]:
    """The reasons of a proposal and of a member in it; one more where these allow too much."""
    contributors = dict(verdict.contributors)
    own = contributors.get(member) or contributors.get(ANY)
    of_member = own.reasons if own else ()
    if any(reason.leaves.bars for reason in verdict.reasons):
        # the summary would be a second bar for one cause, and hide what lifts it
        of_member = tuple(each for each in of_member if not each.code.startswith(SUMMARY))
    reasons = tuple(dict.fromkeys((*verdict.reasons, *of_member)))
    most = least([verdict.permission, own.permission if own else Permission.YES])
    if least(reason.leaves for reason in reasons) is least([most, *(r.leaves for r in reasons)]):
        return reasons
    if own is None or own.permission.rank >= verdict.permission.rank:
        text = f"proposal {verdict.proposal_id} may be done: {verdict.permission}"
    else:
        text = f"{member} may take part in {verdict.proposal_id}: {own.permission}"
    told = Reason(
        code="mission-permission", text=text, lifted_by="the members who decide", leaves=most
    )
    return (*reasons, told)


def _is_of_mission(lot: Lot, case: Case, tables: Tables) -> bool:
    return lot.member != case.host and find_capability(lot.kind, tables) is not None


def _of_no_mission(lot: Lot) -> Reason:
    return Reason(
        code="mission-without-proposal",
        text=f"{lot.kind} is a part of a mission, and {lot.proposal_id} is none",
        lifted_by=f"member {lot.member}, by naming the mission that it is a part of",
        leaves=Permission.NO,
        sources=lot.grounds.sources,
    )


def _without_proposal(lot: Lot) -> Reason:
    return Reason(
        code="mission-without-proposal",
        text=f"{lot.kind} is a part of a mission, and the offer of {lot.member} names no proposal",
        lifted_by=f"member {lot.member}, by naming the proposal that it is a part of",
        leaves=Permission.NO,
        sources=lot.grounds.sources,
    )


def _without_protection(mission: Proposal, kinds: Sequence[str]) -> Reason:
    return Reason(
        code="mission-without-protection",
        text=f"mission {mission.proposal_id} has {', '.join(kinds)} and no force protection, so "
        "that it cannot defend itself",
        lifted_by=f"{mission.proposer or 'who proposed it'}, by adding force protection",
        leaves=Permission.WITHIN_LIMITS,
        sources=mission.grounds.sources,
    )


def _needs_of(case: Case, proposal_id: str) -> Iterable[Need]:
    return (need for need in case.needs if need.proposal_id == proposal_id)


def _verdict_on(proposals: Proposals, proposal_id: str, who: str) -> ProposalVerdict:
    if proposal_id not in proposals:
        known = ", ".join(sorted(proposals)) or "no proposal"
        raise InvalidInput(f"{who}: proposal is {proposal_id!r}; the case has {known}")
    return proposals[proposal_id]


def _is_military(lot: Lot, tables: Tables) -> bool:
    kind = find_capability(lot.kind, tables)
    goods = find_controlled_kind(lot.kind, tables)
    is_materiel = goods is not None and goods.control is Control.MILITARY
    return is_materiel or (kind is not None and kind.is_military)


def _protects(kind: str, tables: Tables) -> bool:
    found = find_capability(kind, tables)
    return found is not None and found.protects
