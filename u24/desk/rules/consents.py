"""Consented: what the host lets in, and what members decide by silence."""

from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.decisions import (
    GiveConsent,
    MakeProposal,
    TakePosition,
    WithdrawConsent,
)
from u24.domain.facts.decisions import (
    ConsentGiven,
    ConsentWithdrawn,
    PositionTaken,
    ProposalMade,
)


def give_consent(command: GiveConsent, setting: Setting) -> Saying | Refusal:
    """The host's yes or no; said anew with the same id, it replaces."""
    if not command.consent.members or not command.consent.kinds:
        return refuse("empty", "the consent names no member or no kind; give them, or * for any")
    fact = ConsentGiven(
        said_at=setting.now, case_id=command.case_id,
        consent_id=command.consent_id or setting.ids("consent"), consent=command.consent,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def withdraw_consent(command: WithdrawConsent, setting: Setting) -> Saying | Refusal:
    """The host takes a consent back."""
    held = setting.board.cases[command.case_id].consents.get(command.consent_id)
    if held is None:
        return refuse("unknown-consent", f"the case has no consent {command.consent_id}")
    if held.withdrawn:
        text = f"consent {command.consent_id} was withdrawn before: {held.withdrawn}"
        return refuse("withdrawn", text)
    fact = ConsentWithdrawn(
        said_at=setting.now, case_id=command.case_id, consent_id=command.consent_id,
        reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def make_proposal(command: MakeProposal, setting: Setting) -> Saying | Refusal:
    """Ask members to decide by silence; what was asked is not changed afterwards."""
    proposal_id = command.proposal_id or setting.ids("proposal")
    case = setting.board.cases[command.case_id]
    if proposal_id in case.proposals:
        text = f"proposal {proposal_id} was made before; make a new one with another id"
        return refuse("name-taken", text)
    if command.deadline_at <= setting.now:
        text = f"deadline_at is {command.deadline_at.isoformat()}, now is {setting.now.isoformat()}"
        return refuse("past", f"{text}; give a later moment")
    if not command.members or not command.title.strip():
        return refuse("empty", "title or members is empty; say what is asked, and of whom")
    fact = ProposalMade(
        said_at=setting.now, case_id=command.case_id, proposal_id=proposal_id,
        title=command.title, deadline_at=command.deadline_at,
        members=tuple(dict.fromkeys(command.members)),
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def take_position(command: TakePosition, setting: Setting) -> Saying | Refusal:
    """Where a member stands; of a proposal only while it is open and asks that member."""
    position, case = command.position, setting.board.cases[command.case_id]
    proposal = case.proposals.get(position.proposal)
    if proposal is not None:
        if position.member not in proposal.fact.members:
            asked = ", ".join(proposal.fact.members)
            text = f"proposal {position.proposal} asks {asked}, not {position.member}"
            return refuse("not-asked", text)
        if proposal.decided or proposal.fact.deadline_at <= setting.now:
            text = (
                f"proposal {position.proposal} was open until "
                f"{proposal.fact.deadline_at.isoformat()}; make a new one"
            )
            return refuse("past", text)
    fact = PositionTaken(
        said_at=setting.now, case_id=command.case_id, position=position,
        confidential=command.confidential,
        salt=setting.ids("salt") if command.confidential else "",
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))
