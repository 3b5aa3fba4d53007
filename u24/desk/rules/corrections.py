"""What was said wrongly is said anew: a new fact that names the old one, never an edit.

A correction is judged as if the right words were said now, by the command that says such a
fact: whoever may say it may correct it, and what would be refused is refused here too. So
what binds - an acceptance, a commitment, a release, an end - is not among the kinds: it is
taken back by its own command.
"""

from dataclasses import fields, replace
from typing import Any

from u24.desk.board.said import Said
from u24.desk.policy import may_say
from u24.desk.rules import cases, conditions, consents, movements, offers, proposals, requests
from u24.desk.rules.opening import why_no_opening, why_no_t0
from u24.desk.rules.rights import roles_of
from u24.desk.rules.subjects import family
from u24.desk.saying import Rule, Saying, Setting, case_stream, refuse
from u24.domain.commands.cases import CorrectFact, DescribeCase, HearClaim, WriteNote
from u24.domain.commands.command import Command, Refusal
from u24.domain.commands.decisions import GiveConsent, SayCondition, TakePosition
from u24.domain.commands.movements import HandOver, ReportMovement
from u24.domain.commands.requests import AnswerRequest, MakeOffer, StateRequest
from u24.domain.facts import cases as on_cases
from u24.domain.facts import decisions as on_decisions
from u24.domain.facts import movements as on_movements
from u24.domain.facts import requests as on_requests
from u24.domain.facts.fact import Fact
from u24.domain.facts.people import Role
from u24.errors import InvalidInput
from u24.wire.facts import KINDS, decode_fact, encode_fact, kind_of

# By kind of fact: the command that says it, its rule, and what a correction cannot change.
_SAID_BY: dict[type[Fact], tuple[type[Command], Rule, tuple[str, ...]]] = {
    on_cases.CaseDescribed: (DescribeCase, cases.describe_case, ()),
    on_cases.ClaimHeard: (HearClaim, cases.hear_claim, ()),
    on_cases.NoteWritten: (WriteNote, cases.write_note, ()),
    on_requests.RequestStated: (StateRequest, requests.state_request, ("request_id",)),
    on_requests.RequestAnswered: (
        AnswerRequest, requests.answer_request, ("request_id", "member")
    ),
    on_requests.OfferMade: (
        MakeOffer, offers.make_offer, ("offer_id", "member", "standing_id", "confidential")
    ),
    on_decisions.ConsentGiven: (GiveConsent, consents.give_consent, ("consent_id",)),
    on_decisions.ConditionSaid: (SayCondition, conditions.say_condition, ("condition_id",)),
    on_decisions.PositionTaken: (TakePosition, proposals.take_position, ("confidential", "salt")),
    on_movements.MovementReported: (
        ReportMovement, movements.report_movement, ("movement_id", "consignment_id", "vehicle_id")
    ),
    on_movements.HandedOver: (
        HandOver, movements.hand_over, ("delivery_id", "consignment_id")
    ),
}  # fmt: skip
_OF_THE_OPENING = ("call_sign", "host", "alert_id")


def correct_fact(command: CorrectFact, setting: Setting) -> Saying | Refusal:
    """The right words for what stands wrong at a position of the case."""
    wrong = _find_wrong(command, setting)
    if isinstance(wrong, Refusal):
        return wrong
    try:
        right = decode_fact(kind_of(wrong), command.fact.encode())
    except (InvalidInput, UnicodeEncodeError) as error:
        return refuse("bad-fact", f"the right fact is no {kind_of(wrong)}: {error}")
    right = replace(right, said_at=wrong.said_at)
    refusal = _why_other_subject(wrong, right) or _why_wrong_too(right, setting)
    if refusal:
        return refusal
    if not command.reason.strip():
        return refuse("no-reason", "reason is empty; say what was wrong")
    case_id: str = wrong.case_id  # type: ignore[attr-defined]
    fact = on_cases.FactCorrected(
        said_at=setting.now, case_id=case_id, position=command.position, kind=kind_of(right),
        fact=encode_fact(right).decode(), reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(case_id), fact),))


def _find_wrong(command: CorrectFact, setting: Setting) -> Fact | Refusal:
    board = setting.board
    case = board.cases[command.case_id]
    said = setting.entry_at(command.position)
    streams = {case_stream(one.case_id) for one in family(board, case)}
    if said is None or said.stream not in streams:
        text = f"entry {command.position} is not of {case.call_sign}; name one of its own"
        return refuse("not-of-case", text)
    wrong = _innermost(said)
    if type(wrong) not in _SAID_BY and not isinstance(wrong, on_cases.CaseOpened):
        kinds = [kind for kind, cls in KINDS.items() if cls in {*_SAID_BY, on_cases.CaseOpened}]
        text = (
            f"entry {command.position} is {kind_of(wrong)}, an act: say what follows by the "
            f"command that takes it back; correctable are {', '.join(kinds)}"
        )
        return refuse("not-correctable", text)
    return wrong


def _innermost(said: Said) -> Fact:
    """What a correction says is what the next one corrects."""
    fact = said.fact
    if isinstance(fact, on_cases.FactCorrected):
        return decode_fact(fact.kind, fact.fact.encode())
    return fact


def _why_other_subject(wrong: Fact, right: Fact) -> Refusal | None:
    kept = _OF_THE_OPENING if isinstance(wrong, on_cases.CaseOpened) else _SAID_BY[type(wrong)][2]
    for name in ("case_id", *kept):
        if getattr(wrong, name) != getattr(right, name):
            text = f"{name} is {getattr(right, name)!r}, it was {getattr(wrong, name)!r}"
            return refuse("other-subject", f"{text}; say something else by a command of its own")
    if isinstance(wrong, on_decisions.PositionTaken) and isinstance(
        right, on_decisions.PositionTaken
    ):
        was, now = wrong.position, right.position
        if (was.member, was.proposal) != (now.member, now.proposal):
            text = f"the position is of {was.member} on {was.proposal!r}; these two stay"
            return refuse("other-subject", text)
    if wrong == right:
        return refuse("same", "the right fact is equal to the wrong one; nothing is to correct")
    return None


def _why_wrong_too(right: Fact, setting: Setting) -> Refusal | None:
    """Why the right words could not be said now by this person, in this case."""
    if isinstance(right, on_cases.CaseOpened):
        return _why_no_opening(right, setting) or _why_t0_stays(right, setting)
    cls, rule, _ = _SAID_BY[type(right)]
    command: Any = cls(**{own.name: getattr(right, own.name) for own in fields(cls)})
    if refusal := may_say(command, setting):
        return refusal
    thought = rule(command, setting)
    return thought if isinstance(thought, Refusal) else None


def _why_no_opening(right: on_cases.CaseOpened, setting: Setting) -> Refusal | None:
    if Role.DUTY_OFFICER not in roles_of(setting, right.case_id):
        text = "how a case was opened is for a duty officer to correct"
        return Refusal(code="not-allowed", text=text, who_may=(Role.DUTY_OFFICER,))
    return why_no_opening(right) or why_no_t0(right.t0_at, setting.now)


def _why_t0_stays(right: on_cases.CaseOpened, setting: Setting) -> Refusal | None:
    """The times of a plan count from T0: with another one, all of it would leave at others."""
    case = setting.board.cases[right.case_id]
    if right.t0_at == case.t0_at or not case.released_plan_id:
        return None
    text = (
        f"t0_at is {right.t0_at.isoformat()}, and plan {case.released_plan_id} is released with "
        f"times that count from {case.t0_at.isoformat()}; T0 stays"
    )
    return refuse("t0-stays", text)
