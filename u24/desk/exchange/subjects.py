"""What a fact is about: the names under which two desks may have said different things.

Facts without a subject (notes, claims) stand beside each other and never disagree.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from u24.domain.facts import cases, decisions, movements, plans, requests
from u24.domain.facts.fact import Fact
from u24.errors import InvalidInput
from u24.wire.facts import decode_fact, kind_of

Names = Callable[[Any, str], tuple[str, ...]]
CASE = "case"
RELEASED = "released-plan"  # one plan at a time is the released one
CORRECTED = "fact.corrected/1"
NOTED = "conflict.noted/1"


def _row_names(fact: cases.CaseDescribed) -> tuple[str, ...]:
    return (
        *(f"place/{place.place_id}" for place in fact.places),
        *(f"airport/{airport.code}" for airport in fact.airports),
        *(f"road/{road.from_site} > {road.to_site}" for road in fact.roads),
        *(f"source/{source.key}" for source in fact.sources),
        *(("shocks",) if fact.shocks else ()),
    )


def _position(fact: decisions.PositionTaken) -> tuple[str, ...]:
    return (f"position/{fact.position.proposal}/{fact.position.member}",)


def _case(_fact: Fact, _actor: str) -> tuple[str, ...]:
    return (CASE,)


def _none(_fact: Fact, _actor: str) -> tuple[str, ...]:
    return ()


def _by(word: str, field: str) -> Names:
    return lambda fact, _actor: (f"{word}/{getattr(fact, field)}",)


_REQUEST, _OFFER = _by("request", "request_id"), _by("offer", "offer_id")
_CONSENT, _PROPOSAL = _by("consent", "consent_id"), _by("proposal", "proposal_id")
_PLAN, _ALARM = _by("plan", "plan_id"), _by("alarm", "alarm_id")
_ALERT = _by("alert", "alert_id")

# Every fact that may go from desk to desk. What is not here stays: people, roles, keys, mail,
# codes, and what a desk itself wrote about bundles and conflicts.
_SUBJECTS: dict[type[Fact], Names] = {
    cases.AlertHeard: _ALERT,
    cases.AlertAttached: _ALERT,
    cases.CaseOpened: _case,
    cases.CaseDescribed: lambda fact, _actor: _row_names(fact),
    cases.ClaimHeard: _none,
    cases.CaseMerged: _case,
    cases.NoteWritten: _none,
    cases.CaseClosed: _case,
    cases.CaseReopened: _case,
    requests.RequestStated: _REQUEST,
    requests.RequestWithdrawn: _REQUEST,
    requests.RequestAnswered: lambda fact, _: (f"answer/{fact.request_id}/{fact.member}",),
    requests.OfferMade: _OFFER,
    requests.OfferAnswered: _OFFER,
    requests.OfferCommitted: _OFFER,
    requests.OfferWithdrawn: _OFFER,
    decisions.ConsentGiven: _CONSENT,
    decisions.ConsentWithdrawn: _CONSENT,
    decisions.ProposalMade: _PROPOSAL,
    decisions.PositionTaken: lambda fact, _actor: _position(fact),
    decisions.ProposalDecided: _PROPOSAL,
    decisions.ConditionDeclared: _by("condition", "condition_id"),
    decisions.ConditionSaid: _by("condition-word", "condition_id"),
    decisions.GateAnswered: lambda fact, _: (f"gate/{fact.answer.subject}/{fact.answer.gate_id}",),
    decisions.PhaseNamed: lambda fact, _actor: (f"phase/{fact.phase.name}",),
    decisions.HostCrewsNamed: lambda _fact, _actor: ("host-crews",),
    decisions.AskStated: _by("ask", "ask_id"),
    plans.PlanMade: _PLAN,
    plans.PlanSigned: lambda fact, actor: (f"signature/{fact.plan_id}/{actor}",),
    plans.PlanReleased: lambda fact, _actor: (f"plan/{fact.plan_id}", RELEASED),
    plans.PlanDropped: _PLAN,
    movements.MovementReported: _by("movement", "movement_id"),
    movements.HandedOver: _by("delivery", "delivery_id"),
    movements.AlarmRaised: _ALARM,
    movements.AlarmAcknowledged: _ALARM,
    movements.AlarmEscalated: _ALARM,
    movements.AlarmCleared: _ALARM,
}


def travels(fact: Fact) -> bool:
    """Whether a fact of this kind may go from desk to desk."""
    return type(fact) in _SUBJECTS or isinstance(fact, cases.FactCorrected)


def subjects_of(fact: Fact, actor: str) -> tuple[str, ...]:
    """What the fact is about; a correction is about what it corrects.

    Raises
    ------
    InvalidInput
        The fact does not travel, or a correction holds one that does not.
    """
    if isinstance(fact, cases.FactCorrected):
        return subjects_of(corrected_fact(fact), actor)
    if type(fact) not in _SUBJECTS:
        raise InvalidInput(f"{kind_of(fact)} does not go from desk to desk")
    return _SUBJECTS[type(fact)](fact, actor)


def corrected_fact(fact: cases.FactCorrected) -> Fact:
    """What should have been said.

    Raises
    ------
    InvalidInput
        It is a correction itself, or does not read.
    """
    if fact.kind == CORRECTED:
        raise InvalidInput("a correction holds a correction; correct the fact itself")
    return decode_fact(fact.kind, fact.fact.encode("utf-8", "replace"))


def case_of(fact: Fact) -> str:
    """The case that the fact names; empty if it names none."""
    return str(getattr(fact, "case_id", ""))


def document_of(body: bytes) -> dict[str, Any]:
    """The fields of a body as they stand in it; empty if it is none."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
