"""Offered, answered, committed: the steps of EDXL-RM.

An acceptance is an order that may still come to nothing. Until the member commits, it may
say the offer anew or withdraw it, and the host may change its answer. What is committed can
only be withdrawn, with a reason, and everybody who counts on it is told. A plan may use what
was accepted or committed: of an offer taken in part, the packs and vehicles that were taken.
"""

from u24.desk.board.state import OfferState
from u24.desk.rules.goods import why_name_taken, why_not_goods
from u24.desk.rules.subjects import find_offer, find_request
from u24.desk.rules.terms import why_not_terms
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.requests import AnswerOffer, CommitOffer, MakeOffer, WithdrawOffer
from u24.domain.facts.requests import (
    OfferAnswered,
    OfferCommitted,
    OfferMade,
    OfferWithdrawn,
    Reply,
)


def make_offer(command: MakeOffer, setting: Setting) -> Saying | Refusal:
    """A member offers; said anew with the same id, the host must answer it anew."""
    board, case = setting.board, setting.board.cases[command.case_id]
    if refusal := why_not_goods(command.member, command.lots, command.vehicles):
        return refusal
    if command.request_id and find_request(board, case, command.request_id) is None:
        return refuse("unknown-request", f"{case.call_sign} has no request {command.request_id}")
    offer_id = command.offer_id or setting.ids("offer")
    earlier = find_offer(board, case, offer_id)
    if refusal := _why_not_anew(earlier, command.member):
        return refusal
    if refusal := why_name_taken(board, case, offer_id, command.lots, command.vehicles):
        return refusal
    if refusal := why_not_terms(offer_id, command.lots, command.vehicles, case, setting):
        return refusal
    fact = OfferMade(
        said_at=setting.now, case_id=case.case_id, offer_id=offer_id, member=command.member,
        lots=command.lots, vehicles=command.vehicles, request_id=command.request_id,
        standing_id=earlier.fact.standing_id if earlier else "",
        confidential=command.confidential, text=command.text,
    )  # fmt: skip
    return Saying(facts=((case_stream(case.case_id), fact),))


def answer_offer(command: AnswerOffer, setting: Setting) -> Saying | Refusal:
    """The host orders all of it, a part, or nothing."""
    offer = setting.board.cases[command.case_id].offers.get(command.offer_id)
    if offer is None or offer.withdrawn:
        return _gone(command.offer_id, offer)
    if offer.committed_at is not None and command.reply is not Reply.DECLINE:
        return refuse(
            "committed",
            f"offer {command.offer_id} was committed at {offer.committed_at.isoformat()}; "
            "it may only be declined now",
        )
    if refusal := _why_not_taken(command, offer):
        return refusal
    fact = OfferAnswered(
        said_at=setting.now, case_id=command.case_id, offer_id=command.offer_id,
        reply=command.reply, lots=command.lots, vehicle_ids=command.vehicle_ids,
        reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def commit_offer(command: CommitOffer, setting: Setting) -> Saying | Refusal:
    """The member binds itself to what was accepted."""
    offer = setting.board.cases[command.case_id].offers.get(command.offer_id)
    if offer is None or offer.withdrawn:
        return _gone(command.offer_id, offer)
    if offer.committed_at is not None:
        text = f"offer {command.offer_id} was committed at {offer.committed_at.isoformat()}"
        return refuse("committed", text)
    if offer.reply not in {Reply.ACCEPT, Reply.PARTLY}:
        found = "declined it" if offer.reply else "has not answered"
        text = f"offer {command.offer_id}: the host {found}; commit to what was accepted"
        return refuse("not-accepted", text)
    fact = OfferCommitted(
        said_at=setting.now, case_id=command.case_id, offer_id=command.offer_id, text=command.text
    )
    return Saying(facts=((case_stream(command.case_id), fact),))


def withdraw_offer(command: WithdrawOffer, setting: Setting) -> Saying | Refusal:
    """The member takes back what has not yet moved, at any time."""
    offer = setting.board.cases[command.case_id].offers.get(command.offer_id)
    if offer is None or offer.withdrawn:
        return _gone(command.offer_id, offer)
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; say why, since others count on the offer")
    fact = OfferWithdrawn(
        said_at=setting.now, case_id=command.case_id, offer_id=command.offer_id,
        reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def _why_not_anew(earlier: OfferState | None, member: str) -> Refusal | None:
    if earlier is None:
        return None
    offer_id = earlier.fact.offer_id
    if earlier.fact.member != member:
        return refuse("not-own", f"offer {offer_id} is of {earlier.fact.member}, not of {member}")
    if earlier.committed_at is not None and not earlier.withdrawn:
        text = (
            f"offer {offer_id} was committed at {earlier.committed_at.isoformat()}; "
            "withdraw it with a reason, or make another one"
        )
        return refuse("committed", text)
    return None


def _why_not_taken(command: AnswerOffer, offer: OfferState) -> Refusal | None:
    """Why the parts named cannot be what is taken of the offer."""
    named = bool(command.lots or command.vehicle_ids)
    if command.reply is not Reply.PARTLY:
        if named:
            text = f"reply is {command.reply}; name lots and vehicles only with {Reply.PARTLY}"
            return refuse("parts-named", text)
        return None
    if not named:
        return refuse("no-parts", f"reply is {Reply.PARTLY}; name the lots or vehicles taken")
    return _why_not_offered(command, offer)


def _why_not_offered(command: AnswerOffer, offer: OfferState) -> Refusal | None:
    offered = {lot.lot_id: lot.packs for lot in offer.fact.lots}
    names = [share.lot_id for share in command.lots] + list(command.vehicle_ids)
    if len(set(names)) != len(names):
        return refuse("named-twice", f"a part stands twice in {names}; name each once")
    for share in command.lots:
        most = offered.get(share.lot_id, 0)
        if not 1 <= share.packs <= most:
            text = f"lot {share.lot_id}: {share.packs} packs; take 1 .. {most} of the offer"
            return refuse("not-offered", text)
    vehicles = {vehicle.vehicle_id for vehicle in offer.fact.vehicles}
    if wrong := sorted(set(command.vehicle_ids) - vehicles):
        text = f"{', '.join(wrong)} is not in the offer; it holds {', '.join(sorted(vehicles))}"
        return refuse("not-offered", text)
    return None


def _gone(offer_id: str, offer: OfferState | None) -> Refusal:
    if offer is None:
        return refuse("unknown-offer", f"the case has no offer {offer_id}")
    return refuse("withdrawn", f"offer {offer_id} was withdrawn: {offer.withdrawn}")
