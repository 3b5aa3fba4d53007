"""Facts whose words grew, with something in every field that came later.

The builders leave these fields as they are by default, so that a golden body of theirs would
keep nothing of what is new.
"""

from dataclasses import replace
from pathlib import Path

from tests.builders import a_consent, a_grounds, a_lot, a_need, a_vehicle, at_h
from tests.facts import (
    SAID_AT,
    a_conflict_noted,
    a_consent_given,
    a_fact_corrected,
    a_position_taken,
    a_proposal_made,
    a_request_stated,
    a_standing_offer_released,
    an_offer_made,
    one_of_each,
)
from u24.domain.facts.fact import Fact
from u24.domain.proposals import Confidence, MissionPurpose, Position, ProposalKind, Stance
from u24.wire.facts import kind_of

GOLDEN = Path(__file__).parent / "golden"


def golden_body(kind: str) -> bytes:
    """``offer.made/1`` stands in ``offer.made-1.json``."""
    return (GOLDEN / f"{kind.replace('/', '-')}.json").read_bytes()


def as_written() -> dict[str, Fact]:
    """What each golden body of a present kind means."""
    return one_of_each() | {kind_of(fact): fact for fact in (*_grown(), *_with_an_older_body())}


def _grown() -> tuple[Fact, ...]:
    lots = (a_lot(military=True, proposal_id="proposal_1"),)
    vehicles = (a_vehicle(military=True),)
    position = Position(
        member="NLD",
        proposal="proposal_1",
        stance=Stance.CONDITIONAL,
        conditions=("cease-fire",),
        purposes=(MissionPurpose.PEACEKEEPING,),
        at=SAID_AT,
        by="the prime minister",
        text="not before the guns are silent",
        confidence=Confidence.MEDIUM,
        secret=True,
        grounds=a_grounds(),
    )
    return (
        a_request_stated(needs=(a_need(or_similar=True, proposal_id="proposal_1"),)),
        an_offer_made(lots=lots, vehicles=vehicles),
        a_standing_offer_released(lots=lots, vehicles=vehicles),
        a_consent_given(consent=a_consent(phases=("rescue",), corridors=("ADA",))),
        a_proposal_made(
            kind=ProposalKind.MISSION,
            rule_id="eu-unanimity",
            body="EU",
            members=(),
            purposes=(MissionPurpose.HUMANITARIAN_AID, MissionPurpose.PEACEKEEPING),
            proposer="POL",
            requires=("host-request",),
            deadline_at=at_h(8),
            grounds=a_grounds(),
        ),
        a_position_taken(position=position, confidential=True),
    )


def _with_an_older_body() -> tuple[Fact, ...]:
    """A fact inside a fact keeps the kind and the body with which it was written."""
    kind = "offer.made/1"
    body = golden_body(kind).decode()
    theirs = body.replace('"text":""', '"text":"their word"')
    return (
        replace(a_fact_corrected(), kind=kind, fact=body),
        replace(a_conflict_noted(), kind=kind, theirs=theirs),
    )
