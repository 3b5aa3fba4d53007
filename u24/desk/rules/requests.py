"""Requested: what the host needs, and the members' first word on it."""

from collections import Counter

from u24.desk.board.state import RequestState
from u24.desk.rules.subjects import family
from u24.desk.rules.terms import why_not_need_terms
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.commands.command import Refusal
from u24.domain.commands.requests import AnswerRequest, StateRequest, WithdrawRequest
from u24.domain.facts.requests import RequestAnswered, RequestStated, RequestWithdrawn


def state_request(command: StateRequest, setting: Setting) -> Saying | Refusal:
    """The host asks; said anew with the same id, it replaces and stands again."""
    request_id = command.request_id or setting.ids("request")
    if not command.needs and not command.text.strip():
        return refuse("empty", "the request holds no need and no text; give one of them")
    case = setting.board.cases[command.case_id]
    refusal = _why_not_needs(command, request_id, setting) or why_not_need_terms(
        command.needs, case, setting
    )
    if refusal:
        return refusal
    fact = RequestStated(
        said_at=setting.now, case_id=command.case_id, request_id=request_id,
        needs=command.needs, text=command.text,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def withdraw_request(command: WithdrawRequest, setting: Setting) -> Saying | Refusal:
    """The host no longer asks for this."""
    request = setting.board.cases[command.case_id].requests.get(command.request_id)
    if request is None or request.withdrawn:
        return _gone(command.request_id, request)
    fact = RequestWithdrawn(
        said_at=setting.now, case_id=command.case_id, request_id=command.request_id,
        reason=command.reason,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def answer_request(command: AnswerRequest, setting: Setting) -> Saying | Refusal:
    """A member's first word; a later one replaces it."""
    request = setting.board.cases[command.case_id].requests.get(command.request_id)
    if request is None or request.withdrawn:
        return _gone(command.request_id, request)
    fact = RequestAnswered(
        said_at=setting.now, case_id=command.case_id, request_id=command.request_id,
        member=command.member, reply=command.reply, text=command.text,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def _why_not_needs(command: StateRequest, request_id: str, setting: Setting) -> Refusal | None:
    counts = Counter(need.need_id for need in command.needs)
    if twice := sorted(name for name, count in counts.items() if count > 1):
        text = f"need {', '.join(twice)} stands twice; give each a name of its own"
        return refuse("named-twice", text)
    for case in family(setting.board, setting.board.cases[command.case_id]):
        for request in case.requests.values():
            if request.fact.request_id == request_id:
                continue
            if taken := sorted(counts.keys() & {need.need_id for need in request.fact.needs}):
                text = (
                    f"need {', '.join(taken)} is of request {request.fact.request_id}; "
                    "give another name, or say that request anew"
                )
                return refuse("name-taken", text)
    return None


def _gone(request_id: str, request: RequestState | None) -> Refusal:
    if request is None:
        return refuse("unknown-request", f"the case has no request {request_id}")
    return refuse("withdrawn", f"request {request_id} was withdrawn: {request.withdrawn}")
