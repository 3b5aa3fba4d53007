"""Which news concern a reader, and how they are told in one line."""

from collections.abc import Collection
from datetime import datetime

from u24.desk.board.state import CaseState
from u24.desk.decisions_due import members_asked
from u24.domain.facts.cases import CaseClosed, CaseMerged, CaseOpened, CaseReopened
from u24.domain.facts.decisions import ProposalDecided, ProposalMade
from u24.domain.facts.fact import Fact
from u24.domain.facts.movements import AlarmEscalated, AlarmKind, AlarmRaised
from u24.domain.facts.plans import PlanReleased
from u24.domain.facts.requests import (
    OfferAnswered,
    OfferMade,
    OfferWithdrawn,
    RequestStated,
    RequestWithdrawn,
)
from u24.mail.addresses import one_line
from u24.mail.book import News
from u24.mail.waiting import SPEAKS, Reader
from u24.mail.wording import at_z, counted

MAIL_SUBJECT = "mail"  # of an alarm that no mail leaves; it is not told by mail
_FOR_ALL = (
    CaseOpened, CaseClosed, CaseReopened, CaseMerged, RequestStated, RequestWithdrawn, PlanReleased,
)  # fmt: skip


def concerns(news: News, case: CaseState, reader: Reader, seen_offers: Collection[str]) -> bool:
    """Whether the reader is told: nobody is told what he said, or what he may not see.

    A deputy is told whatever concerns those for whom they stand.
    """
    if news.actor == reader.person_id:
        return False
    told = (reader, *reader.stands_for)
    return any(_concerns(news.fact, case, one, seen_offers) for one in told)


def _concerns(fact: Fact, case: CaseState, reader: Reader, seen_offers: Collection[str]) -> bool:
    if isinstance(fact, _FOR_ALL):
        return True
    if isinstance(fact, OfferMade | OfferAnswered | OfferWithdrawn):
        return _offer_concerns(fact, case, reader, seen_offers)
    if isinstance(fact, AlarmRaised):
        return fact.for_person_id == reader.person_id and not _is_of_mail(fact)
    if isinstance(fact, AlarmEscalated):
        raised = case.alarms.get(fact.alarm_id)
        return fact.to_person_id == reader.person_id and not (raised and _is_of_mail(raised.fact))
    return _proposal_concerns(fact, case, reader)


def _is_of_mail(fact: AlarmRaised) -> bool:
    return fact.kind is AlarmKind.NO_MAIL and fact.subject == MAIL_SUBJECT


def _offer_concerns(
    fact: OfferMade | OfferAnswered | OfferWithdrawn,
    case: CaseState,
    reader: Reader,
    seen_offers: Collection[str],
) -> bool:
    if fact.offer_id not in seen_offers:
        return False
    if isinstance(fact, OfferAnswered):
        return reader.speaks_for(case.offers[fact.offer_id].fact.member)
    return reader.is_host(case.host)


def _proposal_concerns(fact: Fact, case: CaseState, reader: Reader) -> bool:
    if not reader.roles & SPEAKS:
        return False
    made = fact if isinstance(fact, ProposalMade) else None
    if isinstance(fact, ProposalDecided) and fact.proposal_id in case.proposals:
        made = case.proposals[fact.proposal_id].fact
    if made is None:
        return False
    return reader.person.member in members_asked(made.proposal, made.said_at)


def headline(news: News, now: datetime) -> str:
    """The news in a few words, without the figures that stand below."""
    return f"{at_z(news.at, now)} {one_line(_told(news.fact))}"


def _told(fact: Fact) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each kind of news
    match fact:
        case CaseOpened():
            return "case opened"
        case CaseClosed():
            return f"case closed: {fact.reason}"
        case CaseReopened():
            return f"case open again: {fact.reason}"
        case CaseMerged():
            return f"case goes on as another one: {fact.reason}"
        case RequestStated():
            return f"request {fact.request_id}: {counted(len(fact.needs), 'need')}"
        case RequestWithdrawn():
            return f"request {fact.request_id} withdrawn: {fact.reason}"
        case OfferMade():
            return f"offer {fact.offer_id} from {fact.member}"
        case OfferAnswered():
            return f"offer {fact.offer_id}: the host says {fact.reply}"
        case OfferWithdrawn():
            return f"offer {fact.offer_id} withdrawn: {fact.reason}"
        case PlanReleased():
            return f"plan {fact.plan_id} released"
        case AlarmRaised():
            return f"alarm {fact.alarm_id}: {fact.text}"
        case AlarmEscalated():
            return f"alarm {fact.alarm_id} comes to you"
        case ProposalMade():
            return f"proposal {fact.proposal_id}: {fact.proposal.title}"
        case ProposalDecided():
            return f"proposal {fact.proposal_id} {'carried' if fact.carried else 'fell'}"
    raise AssertionError(f"no words for {type(fact).__name__}")
