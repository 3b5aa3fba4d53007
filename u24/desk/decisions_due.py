"""Who decides a proposal of the board, and how it ends: at its deadline, by its rule."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from u24.consent.ballots import Words, is_met, list_words
from u24.consent.conditions import holding
from u24.consent.proposals import judge_proposals
from u24.desk.board.state import Board, CaseState, ProposalState
from u24.desk.live_case import joined_cases
from u24.desk.live_words import condition_words_of, conditions_of, positions_of
from u24.domain.case import Case
from u24.domain.decisions import Decision, Outcome, Vote
from u24.domain.facts.decisions import ProposalDecided, ProposalMade
from u24.domain.proposals import Proposal, Stance
from u24.errors import InvalidInput
from u24.reference.organisations import electors_of
from u24.reference.tables import SHIPPED

NOT_DECIDABLE = "the rule could not be applied to what is on record, so it is not carried"


def members_asked(proposal: Proposal, on: datetime) -> tuple[str, ...]:
    """Who decides: the members named, or those of the body on that day.

    Empty where whoever may take part decides for itself, or where the body is not known.
    """
    if proposal.members or not proposal.body:
        return proposal.members
    try:
        return tuple(elector.member for elector in electors_of(proposal.body, on.date()))
    except InvalidInput:
        return ()


def why_not_decidable(board: Board, state: CaseState, proposal: Proposal, now: datetime) -> str:
    """Why the rule could not be applied, e.g. as a member is unknown; empty if it can be."""
    held = ProposalState(
        fact=ProposalMade(said_at=now, case_id=state.case_id, proposal=proposal), position=0
    )
    try:
        judge_proposals(_case_of(board, state, held), now, SHIPPED)
    except InvalidInput as error:
        return str(error)
    return ""


def find_decision(
    board: Board, state: CaseState, proposal: ProposalState, now: datetime
) -> ProposalDecided | None:
    """How a proposal that is not yet decided has ended by ``now``; None while it is open.

    At its deadline it ends by what was heard before, however late anybody looks. Earlier,
    or without one, it ends once all who decide have spoken in the open, nothing that they
    said waits for a condition, and the rule has an outcome. A word in confidence ends
    nothing early, so that the hour tells nothing of it.
    """
    subject = proposal.fact.proposal
    deadline_at = subject.deadline_at
    if deadline_at is not None and deadline_at <= now:
        case = _case_of(board, state, proposal, before_at=deadline_at)
        return _decided(state, case, deadline_at, now)
    asked = members_asked(subject, now)
    if not asked or not _all_spoke(board, state, subject, asked):
        return None
    case = _case_of(board, state, proposal)
    if not _is_settled(case, asked, now):
        return None
    return _decided(state, case, _settled_at(_family(board, state), case, now), now)


def _decided(state: CaseState, case: Case, at: datetime, now: datetime) -> ProposalDecided | None:
    [proposal] = case.proposals
    is_over = proposal.deadline_at is not None and proposal.deadline_at <= at
    carried, text = False, NOT_DECIDABLE
    try:
        decision = judge_proposals(case, at, SHIPPED)[proposal.proposal_id].decision
    except InvalidInput:
        if not is_over:
            return None
    else:
        if decision.outcome is Outcome.OPEN and not is_over:
            return None
        carried, text = decision.outcome is Outcome.CARRIED, _told(decision)
    return ProposalDecided(
        said_at=now, case_id=state.case_id, proposal_id=proposal.proposal_id, carried=carried,
        rule=proposal.rule_id, decided_at=at, text=text,
    )  # fmt: skip


def _told(decision: Decision) -> str:
    """The count in words, with who stood against it as far as that was said in the open."""
    against = decision.voting(Vote.AGAINST)
    return f"against: {', '.join(against)}; {decision.text}" if against else decision.text


def _case_of(
    board: Board, state: CaseState, proposal: ProposalState, before_at: datetime | None = None
) -> Case:
    """As much of the case as decides this proposal; what is told where it goes on counts too."""
    states = _family(board, state)
    return Case(
        case_id=state.case_id,
        title=state.title,
        hazard=state.hazard,
        t0_at=state.t0_at,
        host=state.host,
        proposals=(proposal.fact.proposal,),
        positions=positions_of(states, before_at, proposal.fact.proposal_id),
        conditions=conditions_of(states),
        condition_words=condition_words_of(states, before_at),
    )


def _family(board: Board, state: CaseState) -> tuple[CaseState, ...]:
    top = state
    while top.merged_into in board.cases:
        top = board.cases[top.merged_into]
    return joined_cases(board, top)


def _all_spoke(board: Board, state: CaseState, proposal: Proposal, asked: Iterable[str]) -> bool:
    """Whether each has said something in the open; cheap, as it is asked again and again."""
    spoke = {
        held.position.member
        for one in _family(board, state)
        for held in one.positions
        if held.position.proposal == proposal.proposal_id and not held.confidential
    }
    return spoke.issuperset(asked)


def _is_settled(case: Case, asked: Iterable[str], now: datetime) -> bool:
    try:
        words = list_words(case, now)[case.proposals[0].proposal_id]
        holds = holding(case, now)
    except InvalidInput:
        return False
    return all(member in words and _has_settled(words[member], holds) for member in asked)


def _has_settled(words: Words, holds: dict[str, bool | None]) -> bool:
    """Whether a member has spoken in the open of the whole, and waits for nothing."""
    if words.has_secret:
        return False
    for part in words.counted:
        if part is None or part.stance is Stance.UNDECIDED:
            return False
        if part.stance in {Stance.SUPPORT, Stance.CONDITIONAL} and not is_met(part, holds):
            return False
    return True


def _settled_at(states: Sequence[CaseState], case: Case, now: datetime) -> datetime:
    """When the last word that settled it was heard and held: the same whenever it is asked."""
    named = {name for position in case.positions for name in position.conditions}
    words = [held.fact for state in states for held in state.condition_words]
    known = [max(word.said_at, word.from_at) for word in words if word.condition_id in named]
    taken = [position.at for position in case.positions if position.at is not None]
    return max([*taken, *(moment for moment in known if moment <= now)])
