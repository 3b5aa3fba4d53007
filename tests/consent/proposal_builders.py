"""Proposals, positions and words on conditions that are valid by default."""

from tests.builders import a_case, at_h
from u24.domain.proposals import (
    Condition,
    ConditionWord,
    MissionPurpose,
    Position,
    Proposal,
    ProposalKind,
    Stance,
)

P = "peace-mission"
NOW = at_h(48)
ALL_RULES = (
    "silence", "unanimity", "nato-consensus", "eu-unanimity", "eu-cfsp-consensus", "eu-qmv",
    "eu-qmv-reinforced", "simple-majority", "unga-two-thirds", "unga-majority", "unsc",
    "unsc-procedural", "coalition",
)  # fmt: skip


def a_proposal(proposal_id=P, *, deadline_h=24, **values):
    """A mission that five countries decide by silence until 24 hours after T0."""
    default = {
        "kind": ProposalKind.MISSION,
        "title": "A mission",
        "rule_id": "silence",
        "members": ("DEU", "FRA", "GRC", "POL", "ROU"),
        "purposes": (MissionPurpose.HUMANITARIAN_AID,),
        "deadline_at": None if deadline_h is None else at_h(deadline_h),
    }
    return Proposal(proposal_id=proposal_id, **{**default, **values})


def a_position(member, stance="support", *conditions, h=1, **values):
    return Position(
        member=member,
        **{
            "proposal": P,
            "stance": Stance(stance),
            "conditions": conditions,
            "at": None if h is None else at_h(h),
            **values,
        },
    )


def a_word(condition_id, holds=True, *, h=0, **values):
    return ConditionWord(condition_id=condition_id, holds=holds, at=at_h(h), **values)


def a_condition(condition_id, **values):
    return Condition(condition_id=condition_id, text=f"{condition_id} holds", **values)


def a_matter(*positions, words=(), conditions=(), host="TUR", **proposal):
    """A case with one proposal."""
    return a_case(
        proposals=(a_proposal(**proposal),),
        positions=positions,
        condition_words=words,
        conditions=conditions,
        host=host,
    )
