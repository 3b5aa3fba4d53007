"""Facts about what may be."""

from typing import Any

from tests.builders import a_consent, a_grounds, at_h
from tests.fact_builders.defaults import CASE, SAID_AT, made
from u24.domain.facts import decisions
from u24.domain.proposals import Position, Stance


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


def a_proposal_made(proposal_id: str = "proposal_1", **values: Any) -> decisions.ProposalMade:
    return made(
        decisions.ProposalMade,
        values,
        case_id=CASE,
        proposal_id=proposal_id,
        title="Use the air bridge",
        deadline_at=at_h(6),
        members=("DEU", "NLD"),
    )


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
