"""Standing offers: what a member releases beforehand to any case that fits."""

from u24.desk.rules.drafting import draft_from, why_not
from u24.desk.rules.goods import why_not_goods
from u24.desk.rules.subjects import find_request, list_offers
from u24.desk.rules.terms import why_not_standing_terms
from u24.desk.saying import ALLOTTED, Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.requests import DraftOffer, ReleaseStandingOffer, WithdrawStandingOffer
from u24.domain.facts.requests import StandingOfferReleased, StandingOfferWithdrawn


def release_standing_offer(command: ReleaseStandingOffer, setting: Setting) -> Saying | Refusal:
    """A member says what it gives to any case that fits; said anew, it replaces."""
    if refusal := why_not_goods(command.member, command.lots, command.vehicles):
        return refusal
    if refusal := why_not_standing_terms(command.lots, command.vehicles):
        return refusal
    if command.valid_until_at is not None and command.valid_until_at <= setting.now:
        text = (
            f"valid_until_at is {command.valid_until_at.isoformat()}, now is "
            f"{setting.now.isoformat()}; give a later moment, or none"
        )
        return refuse("past", text)
    fact = StandingOfferReleased(
        said_at=setting.now, standing_id=command.standing_id or setting.ids("standing"),
        member=command.member, lots=command.lots, vehicles=command.vehicles,
        hazards=command.hazards, not_hosts=command.not_hosts,
        valid_until_at=command.valid_until_at, verified_at=command.verified_at,
        confidential=command.confidential, text=command.text,
    )  # fmt: skip
    return Saying(facts=((ALLOTTED, fact),))


def withdraw_standing_offer(command: WithdrawStandingOffer, setting: Setting) -> Saying | Refusal:
    """It drafts nothing more; what was drafted from it stands."""
    standing = setting.board.standing.get(command.standing_id)
    if standing is None:
        return _unknown(command.standing_id)
    if standing.withdrawn:
        text = f"standing offer {command.standing_id} was withdrawn before: {standing.withdrawn}"
        return refuse("withdrawn", text)
    fact = StandingOfferWithdrawn(
        said_at=setting.now, standing_id=command.standing_id, reason=command.reason
    )
    return Saying(facts=((ALLOTTED, fact),))


def draft_offer(command: DraftOffer, setting: Setting) -> Saying | Refusal:
    """An offer to one case from a standing one, once while that offer stands."""
    board, case = setting.board, setting.board.cases[command.case_id]
    standing = board.standing.get(command.standing_id)
    if standing is None:
        return _unknown(command.standing_id)
    if reason := why_not(standing, case.hazard, case.host, setting.now):
        return refuse("does-not-fit", f"standing offer {command.standing_id}: {reason}")
    if command.request_id and find_request(board, case, command.request_id) is None:
        return refuse("unknown-request", f"{case.call_sign} has no request {command.request_id}")
    earlier = [
        offer for offer in list_offers(board, case) if offer.fact.standing_id == command.standing_id
    ]
    for offer in earlier:
        if not offer.withdrawn:
            text = f"offer {offer.fact.offer_id} was drafted from it; withdraw that one first"
            return refuse("already-drafted", text)
    fact = draft_from(
        standing.fact, setting, case_id=case.case_id, call_sign=case.call_sign,
        again=len(earlier), request_id=command.request_id,
    )  # fmt: skip
    return Saying(facts=((case_stream(case.case_id), fact),), reads=(ALLOTTED,))


def _unknown(standing_id: str) -> Refusal:
    return refuse("unknown-standing-offer", f"there is no standing offer {standing_id}")
