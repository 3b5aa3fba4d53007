"""What offers and requests depend on, refused at the door: once accepted it would stop planning.

The rooms read caveats strictly: one that names nothing is an error of the whole case. So it is
told to the member that gives it, while it can still be put right.
"""

from collections.abc import Iterable

from u24.consent import judge_lots
from u24.consent.replacements import replacements
from u24.desk.board.state import CaseState
from u24.desk.rules.conditions import why_unknown
from u24.desk.rules.subjects import family, find_proposal, list_offers, named_in
from u24.desk.saying import Setting, refuse
from u24.domain.case import Case
from u24.domain.commands.command import Refusal
from u24.domain.consent import alternatives
from u24.domain.facts.requests import Reply
from u24.domain.needs import Need
from u24.domain.offers import Caveat, CaveatKind, Lot, Vehicle
from u24.errors import InvalidInput
from u24.reference.conditions import STANDARD
from u24.reference.tables import SHIPPED


def why_not_terms(
    offer_id: str,
    lots: tuple[Lot, ...],
    vehicles: tuple[Vehicle, ...],
    case: CaseState,
    setting: Setting,
) -> Refusal | None:
    """Why an offer cannot depend on what it names: a proposal, a condition, a replacement."""
    return (
        why_no_proposal({lot.proposal_id for lot in lots}, case, setting)
        or why_unknown(_conditions(lots, vehicles), "caveat only_if", case, setting)
        or _why_unreadable(lots, case)
        or _why_in_a_circle(offer_id, lots, case, setting)
    )


def why_not_standing_terms(lots: tuple[Lot, ...], vehicles: tuple[Vehicle, ...]) -> Refusal | None:
    """Why what is offered to any case cannot depend on this: no case is there yet to name it."""
    if named := sorted({lot.proposal_id for lot in lots} - {""}):
        text = f"lot names proposal {', '.join(named)}, which is of one case"
        return refuse("of-a-case", f"{text}; a standing offer is to any case, so name none")
    if unknown := sorted(set(_conditions(lots, vehicles)) - set(STANDARD)):
        text = f"caveat only_if names {', '.join(unknown)}; known before any case are "
        return refuse("unknown-condition", text + named_in(STANDARD))
    return None


def why_not_need_terms(
    needs: tuple[Need, ...], case: CaseState, setting: Setting
) -> Refusal | None:
    """Why a need cannot be a part of what it names."""
    return why_no_proposal({need.proposal_id for need in needs}, case, setting)


def why_no_proposal(names: Iterable[str], case: CaseState, setting: Setting) -> Refusal | None:
    """Refuse the name of a proposal that the case does not have."""
    board = setting.board
    unknown = [name for name in sorted(names) if name and not find_proposal(board, case, name)]
    if not unknown:
        return None
    known = {name for one in family(board, case) for name in one.proposals}
    text = f"the case has no proposal {', '.join(unknown)}; it has {named_in(known)}"
    return refuse("unknown-proposal", text)


def _conditions(lots: tuple[Lot, ...], vehicles: tuple[Vehicle, ...]) -> list[str]:
    caveats = [caveat for lot in lots for caveat in lot.caveats]
    caveats += [caveat for vehicle in vehicles for caveat in vehicle.caveats]
    wanted = [caveat for caveat in caveats if caveat.kind is CaveatKind.ONLY_IF]
    return [name for caveat in wanted for name in alternatives(caveat.argument)]


def _why_unreadable(lots: tuple[Lot, ...], case: CaseState) -> Refusal | None:
    try:
        judge_lots(_case(case, lots))
    except InvalidInput as error:
        return refuse("bad-caveat", str(error))
    return None


def _why_in_a_circle(
    offer_id: str, lots: tuple[Lot, ...], case: CaseState, setting: Setting
) -> Refusal | None:
    """Refuse donors that all wait for each other; lots in confidence are named to nobody."""
    if not any(_waits(caveat) for lot in lots for caveat in lot.caveats):
        return None
    others = [
        lot
        for offer in list_offers(setting.board, case)
        if not (offer.withdrawn or offer.fact.confidential or offer.reply is Reply.DECLINE)
        and offer.fact.offer_id != offer_id
        for lot in offer.fact.lots
    ]
    try:
        replacements(_case(case, (*others, *lots)), {}, SHIPPED)
    except InvalidInput as error:
        return refuse("bad-caveat", str(error))
    return None


def _waits(caveat: Caveat) -> bool:
    return caveat.kind is CaveatKind.ONCE_REPLACED


def _case(case: CaseState, lots: tuple[Lot, ...]) -> Case:
    return Case(
        case_id=case.case_id, title=case.title, hazard=case.hazard, t0_at=case.t0_at,
        host=case.host, lots=lots,
    )  # fmt: skip
