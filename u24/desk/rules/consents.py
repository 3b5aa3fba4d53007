"""Consented: what the host lets in, in which phases; what it wishes, and what it can run."""

from u24.desk.board.state import CaseState
from u24.desk.live_words import phases_of
from u24.desk.rules.subjects import family, list_offers, named_in
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.asks import DEEPEST, Ask, Part, parse_wanted
from u24.domain.case import Phase
from u24.domain.commands.command import Refusal
from u24.domain.commands.decisions import (
    GiveConsent,
    NameHostCrews,
    NamePhase,
    StateAsk,
    WithdrawConsent,
)
from u24.domain.facts.decisions import (
    AskStated,
    ConsentGiven,
    ConsentWithdrawn,
    HostCrewsNamed,
    PhaseNamed,
)
from u24.reference.controlled import list_controlled_kinds


def give_consent(command: GiveConsent, setting: Setting) -> Saying | Refusal:
    """The host's yes or no; said anew with the same id, it replaces."""
    if not command.consent.members or not command.consent.kinds:
        return refuse("empty", "the consent names no member or no kind; give them, or * for any")
    known = {phase.name for phase in phases_of(_states(command.case_id, setting))}
    if unknown := [name for name in command.consent.phases if name not in known]:
        text = f"phase {', '.join(unknown)} is not named in this case"
        return refuse("unknown-phase", f"{text}; named are {named_in(known)}")
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


def name_phase(command: NamePhase, setting: Setting) -> Saying | Refusal:
    """A stretch of the response; named anew, it begins and ends as last said."""
    if not command.name.strip():
        return refuse("empty", "name is empty; name the phase, e.g. rescue")
    phase = Phase(
        name=command.name, from_at=command.from_at or setting.now, until_at=command.until_at,
        grounds=command.grounds,
    )  # fmt: skip
    fact = PhaseNamed(said_at=setting.now, case_id=command.case_id, phase=phase)
    return Saying(facts=((case_stream(command.case_id), fact),))


def name_host_crews(command: NameHostCrews, setting: Setting) -> Saying | Refusal:
    """All families that the host's crews can run; what is not named, they cannot."""
    known = {kind.crew_family for kind in list_controlled_kinds()} - {""}
    if unknown := sorted(set(command.families) - known):
        text = f"no crew family is called {', '.join(unknown)}; they are {named_in(known)}"
        return refuse("unknown-family", text)
    fact = HostCrewsNamed(
        said_at=setting.now, case_id=command.case_id,
        families=tuple(dict.fromkeys(command.families)),
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def state_ask(command: StateAsk, setting: Setting) -> Saying | Refusal:
    """What the host wishes, with what would do instead, in order of preference."""
    if not command.title.strip():
        return refuse("empty", "title is empty; say in a few words what is wished")
    wanted = parse_wanted(command.wanted) if isinstance(command.wanted, str) else command.wanted
    if _joins_inside(wanted) > DEEPEST:
        text = f"wanted has more than {DEEPEST} joins inside each other"
        return refuse("too-deep", f"{text}; say it in fewer")
    if refusal := _why_not_named(wanted, command.case_id, setting):
        return refusal
    ask = Ask(
        ask_id=command.ask_id or setting.ids("ask"), title=command.title, wanted=wanted,
        grounds=command.grounds,
    )  # fmt: skip
    fact = AskStated(said_at=setting.now, case_id=command.case_id, ask=ask)
    return Saying(facts=((case_stream(command.case_id), fact),))


def _why_not_named(wanted: Part, case_id: str, setting: Setting) -> Refusal | None:
    states = _states(case_id, setting)
    known = {proposal_id for state in states for proposal_id in state.proposals}
    known |= {
        need.need_id
        for state in states
        for request in state.requests.values()
        for need in request.fact.needs
    }
    public = set(known)
    for offer in list_offers(setting.board, states[0]):
        lots = {lot.lot_id for lot in offer.fact.lots}
        known |= lots
        public |= set() if offer.fact.confidential else lots
    if unknown := sorted(set(wanted.subjects) - known):
        text = f"{', '.join(unknown)} is no proposal, need or lot of the case"
        return refuse("unknown-subject", f"{text}; known are {named_in(public)}")
    return None


def _joins_inside(part: Part) -> int:
    """How many joins stand inside each other."""
    return max((1 + _joins_inside(each) for each in part.parts), default=0)


def _states(case_id: str, setting: Setting) -> list[CaseState]:
    return family(setting.board, setting.board.cases[case_id])
