"""What waits for a person in a case, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from u24.desk.board.state import Board, CaseState, OfferState
from u24.desk.decisions_due import members_asked
from u24.desk.rules.rights import is_deputy, live_grants, roles_in
from u24.domain.facts.people import PersonEnrolled, Role
from u24.domain.facts.requests import Reply
from u24.domain.proposals import Proposal
from u24.mail.wording import words

URGENT = timedelta(hours=1)
SILENCE = "silence"
SPEAKS = frozenset({Role.FOCAL_POINT, Role.DECISION_MAKER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that a person is asked to do."""

    verb: str  # as it stands in the subject, e.g. accept or decline
    thing: str  # e.g. offer
    subject_id: str
    orders: tuple[str, ...] = ()  # lines that do it by mail; empty: at the desk only
    until_at: datetime | None = None
    text: str = ""  # what it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A person as a reader of one case: with their own roles, and as deputy of others."""

    person: PersonEnrolled
    roles: frozenset[Role]
    stands_for: "tuple[Reader, ...]" = ()  # nobody stands for a deputy's deputy

    @property
    def person_id(self) -> str:
        """The person's id."""
        return self.person.person_id

    def speaks_for(self, member: str) -> bool:
        """Whether the person may answer for that member."""
        return bool(member) and self.person.member == member and bool(self.roles & SPEAKS)

    def is_host(self, host: str) -> bool:
        """Whether the person may answer for the host."""
        return self.person.member == host and Role.HOST_OFFICER in self.roles


def find_reader(board: Board, case: CaseState, person_id: str, now: datetime) -> Reader | None:
    """The person with the roles held in this case now, and whom they are a deputy of.

    None without a name, or without any role of their own or of whom they stand for.
    """
    person = board.people.persons.get(person_id)
    roles = frozenset(roles_in(board, person_id, case.case_id, now))
    if person is None:
        return None
    stands_for = tuple(_principals(board, case, person_id, now))
    # Whoever only keeps the list of people is no reader of cases.
    if not (stands_for or roles - {Role.ADMINISTRATOR}):
        return None
    return Reader(person=person, roles=roles, stands_for=stands_for)


def _principals(board: Board, case: CaseState, person_id: str, now: datetime) -> Iterator[Reader]:
    """Whom the person may act for now, with what a deputy gets of their roles."""
    for held in sorted(board.people.deputies):
        person = board.people.persons.get(held)
        if person is None or not is_deputy(board, held, person_id, now):
            continue
        grants = live_grants(board, held, case.case_id, now)
        roles = frozenset(grant.role for grant in grants if not grant.broken_glass)
        if roles - {Role.ADMINISTRATOR}:
            yield Reader(person=person, roles=roles)


def list_readers(board: Board, case: CaseState, now: datetime) -> list[Reader]:
    """Everybody who reads a case, in order of id."""
    found = (find_reader(board, case, held, now) for held in sorted(board.people.persons))
    return [reader for reader in found if reader]


def is_over(case: CaseState) -> bool:
    """Whether nothing in the case waits for anybody any more."""
    return bool(case.closed or case.merged_into)


def list_actions(
    case: CaseState, reader: Reader, offers: tuple[OfferState, ...], now: datetime
) -> list[Action]:
    """What waits for the reader, the earliest deadline first.

    Parameters
    ----------
    offers
        Those that the reader may see.
    """
    if is_over(case):
        return []
    actions = _actions(case, reader, offers, now)
    for other in reader.stands_for:
        known = {(action.verb, action.subject_id) for action in actions}
        mark = f"as deputy of {other.person.name or other.person_id}"
        actions += [
            replace(action, text=f"{mark}: {action.text}" if action.text else mark)
            for action in _actions(case, other, offers, now)
            if (action.verb, action.subject_id) not in known
        ]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return sorted(actions, key=lambda action: (action.until_at or far, action.subject_id))


def _actions(
    case: CaseState, reader: Reader, offers: tuple[OfferState, ...], now: datetime
) -> list[Action]:
    return [
        *_alarms(case, reader),
        *_offers(case, reader, offers),
        *_proposals(case, reader, now),
        *_plans(case, reader),
    ]


def must_act_soon(actions: list[Action], now: datetime) -> bool:
    """Whether a deadline of the reader falls within the hour."""
    return any(a.until_at is not None and now <= a.until_at <= now + URGENT for a in actions)


def offer_deadline(offer: OfferState) -> datetime | None:
    """Until when the offer can be answered: the first of its lots to lapse."""
    moments = [lot.valid_until_at for lot in offer.fact.lots if lot.valid_until_at]
    return min(moments, default=None)


def _offers(case: CaseState, reader: Reader, offers: tuple[OfferState, ...]) -> list[Action]:
    actions = []
    for offer in offers:
        fact = offer.fact
        if offer.withdrawn:
            continue
        if offer.reply is None and reader.is_host(case.host):
            orders = (f"ACCEPT {fact.offer_id}", f"DECLINE {fact.offer_id} <reason>")
            actions.append(
                Action(
                    verb="accept or decline", thing="offer", subject_id=fact.offer_id,
                    orders=orders, until_at=offer_deadline(offer), text=f"from {fact.member}",
                )
            )  # fmt: skip
        taken = offer.reply in {Reply.ACCEPT, Reply.PARTLY}
        if taken and offer.committed_at is None and reader.speaks_for(fact.member):
            actions.append(
                Action(
                    verb="commit", thing="offer", subject_id=fact.offer_id,
                    orders=(f"COMMIT {fact.offer_id}",), until_at=offer_deadline(offer),
                    text=f"{case.host} took {'all' if offer.reply is Reply.ACCEPT else 'a part'}"
                    " of it; only your word binds",
                )
            )  # fmt: skip
    return actions


def _alarms(case: CaseState, reader: Reader) -> list[Action]:
    return [
        Action(
            verb="acknowledge", thing="alarm", subject_id=alarm.fact.alarm_id,
            orders=(f"ACK {alarm.fact.alarm_id}",), until_at=alarm.acknowledge_until_at,
            text=alarm.fact.text,
        )
        for alarm in case.alarms.values()
        if alarm.for_person_id == reader.person_id
        and not alarm.acknowledged_by
        and not alarm.cleared
    ]  # fmt: skip


def _proposals(case: CaseState, reader: Reader, now: datetime) -> list[Action]:
    member = reader.person.member
    if Role.DECISION_MAKER not in reader.roles:
        return []
    answered = {held.position.proposal for held in case.positions if held.position.member == member}
    return [
        Action(
            verb="take a position on", thing="proposal", subject_id=proposal_id,
            until_at=held.fact.proposal.deadline_at, text=_asks(held.fact.proposal),
        )
        for proposal_id, held in case.proposals.items()
        if held.decided is None
        and (held.fact.proposal.deadline_at or now + URGENT) > now
        and member in members_asked(held.fact.proposal, now)
        and proposal_id not in answered
    ]  # fmt: skip


def _asks(proposal: Proposal) -> str:
    told = f"{proposal.title}; " + (
        "silence is a yes" if proposal.rule_id == SILENCE else f"decided by {proposal.rule_id}"
    )
    if proposal.purposes:
        told += f"; a mission for {', '.join(words(purpose) for purpose in proposal.purposes)}"
    if proposal.requires:
        told += f"; only if {', '.join(proposal.requires)}"
    return told


def _plans(case: CaseState, reader: Reader) -> list[Action]:
    if Role.DUTY_OFFICER not in reader.roles:
        return []
    latest = next(reversed(case.plans.values()), None)
    if latest is None or latest.dropped or latest.released_at is not None:
        return []
    return [
        Action(verb="release or drop", thing="plan", subject_id=latest.fact.plan_id,
               text="a new plan is made and moves nothing yet")
    ]  # fmt: skip
