"""A small case in which the members do not agree: a mission, a vote, an offer with a condition."""

from dataclasses import replace

from tests.builders import a_case, a_consent, a_lot, a_need, at_h, some_caveats
from u24.domain.asks import Ask, Join, Part
from u24.domain.judgement import RecordedOutcome
from u24.domain.proposals import (
    ConditionWord,
    MissionPurpose,
    Position,
    Proposal,
    ProposalKind,
    Stance,
)

MISSION = "peace-mission"


def a_mission(**values):
    """A mission that nobody of three may object to, and that the host must ask for."""
    default = {
        "proposal_id": MISSION,
        "kind": ProposalKind.MISSION,
        "title": "A peace mission",
        "rule_id": "unanimity",
        "members": ("DEU", "FRA", "POL"),
        "purposes": (MissionPurpose.HUMANITARIAN_AID, MissionPurpose.PEACEKEEPING),
        "requires": ("host-request",),
    }
    return Proposal(**{**default, **values})


def a_position(member, stance, *conditions, proposal=MISSION, **values):
    return Position(
        member=member, proposal=proposal, stance=Stance(stance), conditions=conditions, **values
    )


def an_outcome(measure, subject, recorded, **values):
    default = {"outcome_id": f"{measure}-{subject}", "question": f"{measure} of {subject}"}
    return RecordedOutcome(
        **{**default, "measure": measure, "subject": subject, "recorded": recorded, **values}
    )


def a_disputed_case(**values):
    """POL for, FRA for after a cease-fire, DEU against; the host has not asked.

    One lot of goods may move, one waits for the cease-fire, people may not come.
    """
    case = a_case(
        lots=(
            a_lot("tents", member="FRA", kind="family_tent", pack_people=0),
            a_lot("blankets", member="DEU", kind="blanket", pack_people=0,
                  caveats=some_caveats("only_if:cease-fire")),
            a_lot("team", member="POL"),
        ),
        needs=(a_need("shelter", kind="family_tent"), a_need("search")),
        consents=(a_consent(kinds=("goods",)),),
    )  # fmt: skip
    case = replace(
        case,
        proposals=(a_mission(),),
        positions=(
            a_position("POL", "support", at=at_h(1)),
            a_position("FRA", "conditional", "cease-fire", at=at_h(2)),
            a_position("DEU", "oppose", at=at_h(3)),
        ),
        condition_words=(ConditionWord(condition_id="host-request", holds=False, at=at_h(1)),),
        asks=(
            Ask(
                ask_id="shelter-us",
                title="The mission, else tents",
                wanted=Part(join=Join.ANY_OF, parts=(Part(subject=MISSION), Part(subject="tents"))),
            ),
        ),
    )
    return replace(case, **values)
