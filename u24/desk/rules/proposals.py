"""Proposed and decided: what members are asked, and where each of them stands."""

from dataclasses import replace
from datetime import datetime

from u24.consent.rules import get_rule
from u24.desk.board.state import ProposalState
from u24.desk.decisions_due import members_asked, why_not_decidable
from u24.desk.rules.conditions import why_not_conditions
from u24.desk.rules.subjects import family, find_proposal, named_in
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.decisions import MakeProposal, TakePosition
from u24.domain.decisions import DecisionRule, RuleForm
from u24.domain.facts.decisions import PositionTaken, ProposalMade
from u24.domain.proposals import MissionPurpose, Position, Proposal, ProposalKind, Stance
from u24.errors import InvalidInput


def make_proposal(command: MakeProposal, setting: Setting) -> Saying | Refusal:
    """Ask members to decide; what was asked is not changed afterwards."""
    board, case = setting.board, setting.board.cases[command.case_id]
    proposal_id = command.proposal_id or setting.ids("proposal")
    if find_proposal(board, case, proposal_id) is not None:
        text = f"proposal {proposal_id} was made before; make a new one with another id"
        return refuse("name-taken", text)
    refusal = (
        _why_no_matter(command)
        or _why_no_rule(command, setting)
        or why_not_conditions(command.requires, "requires", case, setting)
    )
    if refusal:
        return refusal
    proposal = Proposal(
        proposal_id=proposal_id, kind=command.kind, title=command.title, rule_id=command.rule_id,
        body=command.body, members=tuple(dict.fromkeys(command.members)),
        purposes=tuple(dict.fromkeys(command.purposes)), proposer=command.proposer,
        requires=tuple(dict.fromkeys(command.requires)), made_at=setting.now,
        deadline_at=command.deadline_at, grounds=command.grounds,
    )  # fmt: skip
    if why := why_not_decidable(board, case, proposal, setting.now):
        return refuse("not-decidable", why)
    fact = ProposalMade(said_at=setting.now, case_id=command.case_id, proposal=proposal)
    return Saying(facts=((case_stream(command.case_id), fact),))


def take_position(command: TakePosition, setting: Setting) -> Saying | Refusal:
    """Where a member stands; on a proposal that is open, and that the member has a say in."""
    position, case = command.position, setting.board.cases[command.case_id]
    proposal = find_proposal(setting.board, case, position.proposal)
    if proposal is None:
        known = {name for one in family(setting.board, case) for name in one.proposals}
        text = f"the case has no proposal {position.proposal!r}; it has {named_in(known)}"
        return refuse("unknown-proposal", text)
    refusal = (
        _why_not_asked(position, proposal.fact.proposal, case.host, setting)
        or _why_over(proposal, setting)
        or _why_no_stance(position, proposal.fact.proposal)
        or why_not_conditions(position.conditions, "the position", case, setting)
    )
    if refusal:
        return refusal
    confidential = command.confidential or position.secret
    fact = PositionTaken(
        said_at=setting.now, case_id=command.case_id,
        position=replace(position, secret=confidential), confidential=confidential,
        salt=setting.ids("salt") if confidential else "",
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def _why_no_matter(command: MakeProposal) -> Refusal | None:
    """Why this is nothing that members could decide."""
    if not command.title.strip():
        return refuse("empty", "title is empty; say what is asked")
    if command.kind is ProposalKind.MISSION and not command.purposes:
        text = "a mission says what it is for, as members draw their lines there"
        return refuse("no-purpose", f"{text}; give purposes out of {', '.join(MissionPurpose)}")
    if command.kind is not ProposalKind.MISSION and command.purposes:
        text = f"purposes are given and the kind is {command.kind}"
        return refuse("no-mission", f"{text}; only a {ProposalKind.MISSION} has purposes")
    return None


def _why_no_rule(command: MakeProposal, setting: Setting) -> Refusal | None:
    """Why these members could not decide it by this rule."""
    try:
        rule = get_rule(command.rule_id, setting.now.date())
    except InvalidInput as error:
        return refuse("unknown-rule", str(error))
    if command.body and command.members:
        text = f"body is {command.body} and members are named as well"
        return refuse("two-bodies", f"{text}; give the one or the other")
    if not command.body and not command.members and rule.form is not RuleForm.COALITION:
        text = f"nobody is asked, and rule {rule.rule_id} needs members who decide"
        return refuse("empty", f"{text}; give members or a body")
    return _why_no_deadline(command.deadline_at, rule, setting)


def _why_no_deadline(
    deadline_at: datetime | None, rule: DecisionRule, setting: Setting
) -> Refusal | None:
    if deadline_at is None:
        if rule.form is not RuleForm.SILENCE:
            return None
        text = f"rule {rule.rule_id} has no deadline, so that silence would never end"
        return refuse("no-deadline", f"{text}; give deadline_at")
    if deadline_at <= setting.now:
        text = f"deadline_at is {deadline_at.isoformat()}, now is {setting.now.isoformat()}"
        return refuse("past", f"{text}; give a later moment")
    return None


def _why_not_asked(
    position: Position, proposal: Proposal, host: str, setting: Setting
) -> Refusal | None:
    asked = members_asked(proposal, setting.now)
    others = {host, proposal.body} - {""}
    if not asked or position.member in {*asked, *others}:
        return None
    text = f"proposal {proposal.proposal_id} asks {named_in(asked)}, not {position.member}"
    return refuse("not-asked", f"{text}; {named_in(others)} may speak of it too")


def _why_over(held: ProposalState, setting: Setting) -> Refusal | None:
    proposal = held.fact.proposal
    if held.decided is not None:
        over_at = held.decided.decided_at
    elif proposal.deadline_at is not None and proposal.deadline_at <= setting.now:
        over_at = proposal.deadline_at
    else:
        return None
    text = f"proposal {proposal.proposal_id} was open until {over_at.isoformat()}"
    return refuse("past", f"{text}; make a new one")


def _why_no_stance(position: Position, proposal: Proposal) -> Refusal | None:
    if position.stance is Stance.CONDITIONAL and not position.conditions:
        text = "stance is conditional and no condition is named"
        return refuse("no-conditions", f"{text}; name conditions, or take another stance")
    if unknown := [name for name in position.purposes if name not in proposal.purposes]:
        text = f"the position speaks of {', '.join(unknown)}, the proposal of "
        return refuse("other-purpose", f"{text}{named_in(proposal.purposes)}; name those, or none")
    return None
