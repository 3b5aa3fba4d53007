"""What was said of a case by members, by the host and by officers, for the rooms that judge it.

Rooms count a word from when the desk heard it: for a deadline nothing else can be proven.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from u24.desk.board.state import CaseState, PositionState, ProposalState
from u24.domain.case import Phase
from u24.domain.gates import GateAnswer
from u24.domain.proposals import Condition, ConditionWord, Position, Proposal
from u24.reference.conditions import STANDARD

ASKED_ANEW = "-asked-anew"  # behind the id of a proposal that was lost

States = Sequence[CaseState]  # of one emergency; of rows with one name the first stands


def proposal_states(states: States) -> dict[str, ProposalState]:
    """The proposals by id."""
    found: dict[str, ProposalState] = {}
    for state in reversed(states):
        found |= state.proposals
    return found


def proposals_of(states: States) -> tuple[Proposal, ...]:
    """The proposals, decided ones too."""
    return tuple(held.fact.proposal for held in proposal_states(states).values())


def positions_of(
    states: States, before_at: datetime | None = None, proposal_id: str = ""
) -> tuple[Position, ...]:
    """All positions on proposals of the case, or on one, in the order in which they were heard.

    Those in confidence are among them, marked as secret: they count and are not to be shown.
    A position that depends on conditions and is on a lost proposal also depends on that it is
    asked anew, so that what comes true afterwards does not carry what was decided.

    Parameters
    ----------
    before_at
        Leave out what was heard then or later.
    """
    proposals = proposal_states(states)
    taken = [
        held
        for state in states
        for held in state.positions
        if proposal_id in {"", held.position.proposal}
    ]
    taken.sort(key=lambda held: (held.said_at, held.recorded))
    return tuple(
        _position(held, proposals[held.position.proposal])
        for held in taken
        if held.position.proposal in proposals and (before_at is None or held.said_at < before_at)
    )


def conditions_of(states: States) -> tuple[Condition, ...]:
    """The conditions that were declared, and those that words on record name without."""
    found: dict[str, Condition] = {}
    for state in reversed(states):
        found |= {name: fact.condition for name, fact in state.conditions.items()}
    lost = {f"{name}{ASKED_ANEW}": held for name, held in _lost(states)}
    for name, held in lost.items():
        text = f"{held.fact.proposal.title!r} is proposed anew, since it was decided and is lost"
        found[name] = Condition(condition_id=name, text=text, brought_by="who proposes it anew")
    for name in _named(states):
        if name not in found and name not in STANDARD:
            found[name] = Condition(condition_id=name, text=name)
    return tuple(found.values())


def condition_words_of(
    states: States, before_at: datetime | None = None
) -> tuple[ConditionWord, ...]:
    """What was said of conditions; of words on one moment the last said stands."""
    said = [held for state in states for held in state.condition_words]
    found = {}
    for held in sorted(said, key=lambda held: held.recorded):
        fact = held.fact
        if before_at is None or fact.said_at < before_at:
            found[fact.condition_id, fact.from_at] = ConditionWord(
                condition_id=fact.condition_id, holds=fact.holds, at=fact.from_at, by=fact.by,
                grounds=fact.grounds,
            )  # fmt: skip
    return tuple(found.values())


def gate_answers_of(states: States) -> tuple[GateAnswer, ...]:
    """The officers' answers in the order in which they were heard.

    The officer is who said it on record, so that a name of another desk is none of ours.
    """
    said = [held for state in states for held in state.gate_answers]
    said.sort(key=lambda held: (held.said_at, held.recorded))
    return tuple(replace(held.answer, officer=held.actor, at=held.said_at) for held in said)


def phases_of(states: States) -> tuple[Phase, ...]:
    """The phases as last named."""
    found: dict[str, Phase] = {}
    for state in reversed(states):
        found |= {name: fact.phase for name, fact in state.phases.items()}
    return tuple(found.values())


def _position(held: PositionState, proposal: ProposalState) -> Position:
    position = replace(held.position, at=held.said_at, secret=held.confidential)
    if position.conditions and proposal.decided is not None and not proposal.decided.carried:
        asked_anew = f"{proposal.fact.proposal_id}{ASKED_ANEW}"
        return replace(position, conditions=(*position.conditions, asked_anew))
    return position


def _lost(states: States) -> Iterator[tuple[str, ProposalState]]:
    for name, held in proposal_states(states).items():
        if held.decided is not None and not held.decided.carried:
            yield name, held


def _named(states: States) -> Iterable[str]:
    """Conditions that positions, proposals and words on record name."""
    for state in states:
        yield from (held.fact.condition_id for held in state.condition_words)
        for held in state.positions:
            yield from held.position.conditions
        for proposal in state.proposals.values():
            yield from proposal.fact.proposal.requires
