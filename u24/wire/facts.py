"""Facts to bytes and back. A kind, once written, is readable for ever.

A body is JSON with the fields of its class in their order. When a class changes so that an
old body no longer reads, the old version stays here with a function that lifts it to the
next one; tests/wire/golden keeps a body of every version that was ever written.
"""

from functools import cache
from typing import Any

import msgspec

from u24.domain.facts import (
    cases,
    decisions,
    letters,
    movements,
    people,
    plans,
    record,
    requests,
)
from u24.domain.facts.fact import Fact
from u24.errors import InvalidInput
from u24.wire import lifts
from u24.wire.lifts import Lift

KINDS: dict[str, type[Fact]] = {
    "ledger.begun/1": record.LedgerBegun,
    "key.registered/1": record.KeyRegistered,
    "key.rotated/1": record.KeyRotated,
    "key.revoked/1": record.KeyRevoked,
    "head.published/1": record.HeadPublished,
    "clock.set-back/1": record.ClockSetBack,
    "person.enrolled/1": people.PersonEnrolled,
    "role.granted/1": people.RoleGranted,
    "role.ended/1": people.RoleEnded,
    "deputy.named/1": people.DeputyNamed,
    "deputy.ended/1": people.DeputyEnded,
    "shift.handed-over/1": people.ShiftHandedOver,
    "glass.broken/1": people.GlassBroken,
    "alert.heard/1": cases.AlertHeard,
    "alert.attached/1": cases.AlertAttached,
    "case.opened/1": cases.CaseOpened,
    "call-sign.allotted/1": cases.CallSignAllotted,
    "case.described/1": cases.CaseDescribed,
    "claim.heard/1": cases.ClaimHeard,
    "case.merged/1": cases.CaseMerged,
    "fact.corrected/1": cases.FactCorrected,
    "note.written/1": cases.NoteWritten,
    "case.closed/1": cases.CaseClosed,
    "case.reopened/1": cases.CaseReopened,
    "request.stated/2": requests.RequestStated,
    "request.withdrawn/1": requests.RequestWithdrawn,
    "request.answered/1": requests.RequestAnswered,
    "offer.made/2": requests.OfferMade,
    "offer.answered/1": requests.OfferAnswered,
    "offer.committed/1": requests.OfferCommitted,
    "offer.withdrawn/1": requests.OfferWithdrawn,
    "standing-offer.released/2": requests.StandingOfferReleased,
    "standing-offer.withdrawn/1": requests.StandingOfferWithdrawn,
    "consent.given/2": decisions.ConsentGiven,
    "consent.withdrawn/1": decisions.ConsentWithdrawn,
    "phase.named/1": decisions.PhaseNamed,
    "host-crews.named/1": decisions.HostCrewsNamed,
    "ask.stated/1": decisions.AskStated,
    "condition.declared/1": decisions.ConditionDeclared,
    "condition.said/1": decisions.ConditionSaid,
    "proposal.made/2": decisions.ProposalMade,
    "position.taken/2": decisions.PositionTaken,
    "proposal.decided/1": decisions.ProposalDecided,
    "gate.answered/1": decisions.GateAnswered,
    "plan.made/1": plans.PlanMade,
    "plan.signed/1": plans.PlanSigned,
    "plan.released/1": plans.PlanReleased,
    "plan.dropped/1": plans.PlanDropped,
    "movement.reported/1": movements.MovementReported,
    "handed-over/1": movements.HandedOver,
    "alarm.raised/1": movements.AlarmRaised,
    "alarm.acknowledged/1": movements.AlarmAcknowledged,
    "alarm.escalated/1": movements.AlarmEscalated,
    "alarm.cleared/1": movements.AlarmCleared,
    "mail.sent/1": letters.MailSent,
    "mail.failed/1": letters.MailFailed,
    "mail.heard/1": letters.MailHeard,
    "code.issued/1": letters.CodeIssued,
    "code.used/1": letters.CodeUsed,
    "bundle.taken-in/1": letters.BundleTakenIn,
    "conflict.noted/1": letters.ConflictNoted,
    "conflict.settled/1": letters.ConflictSettled,
}
# Kind of an older version: the kind it is lifted to, and how its document changes.
LIFTS: dict[str, tuple[str, Lift]] = {
    "request.stated/1": ("request.stated/2", lifts.of_request),
    "offer.made/1": ("offer.made/2", lifts.of_offer),
    "standing-offer.released/1": ("standing-offer.released/2", lifts.of_offer),
    "consent.given/1": ("consent.given/2", lifts.of_consent),
    "proposal.made/1": ("proposal.made/2", lifts.of_proposal),
    "position.taken/1": ("position.taken/2", lifts.of_position),
}

_KIND_OF = {cls: kind for kind, cls in KINDS.items()}


def kind_of(fact: Fact) -> str:
    """The kind, with its version, under which a fact is written."""
    return _KIND_OF[type(fact)]


def encode_fact(fact: Fact) -> bytes:
    """The body of a fact: equal facts give equal bytes."""
    return msgspec.json.encode(fact, order="deterministic")


def decode_fact(kind: str, body: bytes) -> Fact:
    """The fact in a body of that kind; an older version is lifted first.

    Raises
    ------
    InvalidInput
        The kind is unknown, or the body is not one of that kind.
    """
    document: dict[str, Any] | None = None
    try:
        while kind in LIFTS:
            kind, lift = LIFTS[kind]
            document = lift(_document(body) if document is None else document)
        if kind not in KINDS:
            raise InvalidInput(f"kind is {kind!r}; it must be one of the {len(KINDS)} known ones")
        if document is not None:
            return msgspec.convert(document, KINDS[kind])
        return _decoder(kind).decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput(f"body of {kind}: {error}") from error


@cache
def _decoder(kind: str) -> "msgspec.json.Decoder[Fact]":
    return msgspec.json.Decoder(KINDS[kind])


def _document(body: bytes) -> dict[str, Any]:
    return msgspec.json.decode(body, type=dict[str, Any])
