"""Facts about what may be."""

from datetime import datetime
from typing import Any

from tests.builders import a_consent, a_grounds, at_h
from tests.fact_builders.defaults import CASE, SAID_AT, made
from u24.domain.asks import Ask, Join, Part
from u24.domain.case import Phase
from u24.domain.facts import decisions
from u24.domain.gates import GateAnswer
from u24.domain.proposals import Condition, Position, Proposal, ProposalKind, Stance


def a_consent_given(consent_id: str = "consent_1", **values: Any) -> decisions.ConsentGiven:
    return made(
        decisions.ConsentGiven,
        values,
        case_id=CASE,
        consent_id=consent_id,
        consent=a_consent(from_h=1, until_h=48),
    )


def a_consent_withdrawn(consent_id: str = "consent_1", **values: Any) -> decisions.ConsentWithdrawn:
    return made(
        decisions.ConsentWithdrawn,
        values,
        case_id=CASE,
        consent_id=consent_id,
        reason="the border is closed",
    )


def a_proposal(proposal_id: str = "proposal_1", **values: Any) -> Proposal:
    default = {
        "kind": ProposalKind.ASSISTANCE_PACKAGE,
        "title": "Use the air bridge",
        "members": ("DEU", "NLD"),
        "made_at": SAID_AT,
        "deadline_at": at_h(6),
    }
    return Proposal(proposal_id=proposal_id, **{**default, **values})


def a_proposal_made(
    proposal_id: str = "proposal_1",
    *,
    case_id: str = CASE,
    said_at: datetime = SAID_AT,
    **values: Any,
) -> decisions.ProposalMade:
    """Other values than these two are the proposal's."""
    proposal = a_proposal(proposal_id, **values)
    return decisions.ProposalMade(said_at=said_at, case_id=case_id, proposal=proposal)


def a_position_taken(**values: Any) -> decisions.PositionTaken:
    position = Position(
        member="NLD", proposal="proposal_1", stance=Stance.SUPPORT, at=SAID_AT, grounds=a_grounds()
    )
    return made(decisions.PositionTaken, values, case_id=CASE, position=position, salt="a1b2c3")


def a_proposal_decided(proposal_id: str = "proposal_1", **values: Any) -> decisions.ProposalDecided:
    return made(
        decisions.ProposalDecided,
        values,
        case_id=CASE,
        proposal_id=proposal_id,
        carried=True,
        rule="silence",
        decided_at=at_h(6),
    )


def a_condition_declared(
    condition_id: str = "border-open", **values: Any
) -> decisions.ConditionDeclared:
    default = {
        "text": "The border is open to foreign teams",
        "brought_by": "host TUR",
        "excludes": ("border-shut",),
    }
    own = {name: values.pop(name) for name in default if name in values}
    condition = Condition(condition_id=condition_id, **{**default, **own})
    return made(decisions.ConditionDeclared, values, case_id=CASE, condition=condition)


def a_condition_said(condition_id: str = "cease-fire", **values: Any) -> decisions.ConditionSaid:
    return made(
        decisions.ConditionSaid,
        values,
        case_id=CASE,
        condition_id=condition_id,
        holds=True,
        from_at=SAID_AT,
        by="both parties",
        grounds=a_grounds(),
    )


def a_gate_answered(gate_id: str = "att-6", **values: Any) -> decisions.GateAnswered:
    default = {
        "subject": "lot_1",
        "passed": True,
        "officer": "lea",
        "at": SAID_AT,
        "reasons": "no such risk is known",
        "document": "opinion 7",
        "valid_until_at": at_h(60),
    }
    own = {name: values.pop(name) for name in default if name in values}
    answer = GateAnswer(gate_id=gate_id, **{**default, **own})
    return made(decisions.GateAnswered, values, case_id=CASE, answer=answer)


def a_phase_named(name: str = "rescue", **values: Any) -> decisions.PhaseNamed:
    phase = Phase(
        name=name,
        from_at=values.pop("from_at", SAID_AT),
        until_at=values.pop("until_at", at_h(48)),
        grounds=a_grounds(),
    )
    return made(decisions.PhaseNamed, values, case_id=CASE, phase=phase)


def some_host_crews_named(**values: Any) -> decisions.HostCrewsNamed:
    return made(
        decisions.HostCrewsNamed, values, case_id=CASE, families=("air_defence_s300", "mig29")
    )


def an_ask_stated(ask_id: str = "ask_1", **values: Any) -> decisions.AskStated:
    """Either the proposal, or the lot and the need together."""
    both = Part(join=Join.ALL_OF, parts=(Part(subject="lot_1"), Part(subject="need_1")))
    wanted = Part(join=Join.ANY_OF, parts=(Part(subject="proposal_1"), both))
    ask = Ask(
        ask_id=ask_id,
        title="Bring the teams in",
        wanted=values.pop("wanted", wanted),
        grounds=a_grounds(),
    )
    return made(decisions.AskStated, values, case_id=CASE, ask=ask)
