"""What named officers answered to a gate, and the one reason that follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from u24.consent.windows import clock_text
from u24.domain.consent import Permission, Reason
from u24.domain.gates import Gate, GateAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A gate as it is put to the officers of one owner about one kind of goods.

    A yes given before ``not_before_on`` is about another state of things. Where ``decided``
    by facts, officers are not needed, and yet a no of theirs bars.
    """

    gate: Gate
    text: str
    asked_of: str
    sources: tuple[str, ...] = ()
    not_before_on: date | None = None
    decided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What was answered to a question about ``subjects``, as known at ``at``.

    ``subjects`` are the offer and its proposal: a yes to either will do, a no to either
    bars. ``noes`` do not run out; ``yeses`` count at this moment, ``stale`` no longer do.
    """

    question: Question
    subjects: tuple[str, ...]
    noes: tuple[GateAnswer, ...] = ()
    yeses: tuple[GateAnswer, ...] = ()
    stale: tuple[GateAnswer, ...] = ()


def hear(
    question: Question, subjects: tuple[str, ...], answers: Sequence[GateAnswer], at: datetime
) -> Hearing:
    """Sort the answers on these subjects, given in order of time and none later than ``at``.

    The last answer on each subject counts; where several must sign, that of each officer.
    """
    if not answers:
        return Hearing(question=question, subjects=subjects)
    last: dict[tuple[str, str], GateAnswer] = {}
    for answer in answers:
        who = person(answer) if question.gate.signatures > 1 else ""
        last[answer.subject, who] = answer
    passed = [answer for answer in last.values() if answer.passed]
    return Hearing(
        question=question,
        subjects=subjects,
        noes=tuple(answer for answer in last.values() if not answer.passed),
        yeses=tuple(answer for answer in passed if not _is_stale(answer, question, at)),
        stale=tuple(answer for answer in passed if _is_stale(answer, question, at)),
    )


def person(answer: GateAnswer) -> str:
    """Who answered: the same name in other letters or spaces is the same person."""
    return " ".join(answer.officer.casefold().split())


def answer_reason(hearing: Hearing) -> Reason | None:
    """The reason that the answers leave: no by default, within limits once answered yes.

    None where facts decide the gate and no officer said no.
    """
    if hearing.noes:
        return _refused(hearing)
    if hearing.question.decided:
        return None
    signed = {person(answer) for answer in hearing.yeses}
    if len(signed) < hearing.question.gate.signatures:
        return _missing(hearing, len(signed))
    told = f"Yes: {_told(hearing.yeses)}"
    return _reason(hearing, told, hearing.yeses, Permission.WITHIN_LIMITS)


def _is_stale(answer: GateAnswer, question: Question, at: datetime) -> bool:
    ran_out = answer.valid_until_at is not None and answer.valid_until_at <= at
    since = question.not_before_on
    return ran_out or (since is not None and answer.at.date() < since)


def _refused(hearing: Hearing) -> Reason:
    told = f"No: {_told(hearing.noes)}"
    if hearing.yeses:
        told += f"; this outweighs the yes: {_told(hearing.yeses)}"
    refused = sorted({answer.subject for answer in hearing.noes})
    # A supposed yes takes the place of all answers on one subject, not on two.
    lift = _lift(hearing, refused[0]) if len(refused) == 1 else ""
    return _reason(hearing, told, (*hearing.noes, *hearing.yeses), Permission.NO, lift)


def _missing(hearing: Hearing, signed: int) -> Reason:
    told, needed = "Nobody has answered", hearing.question.gate.signatures
    if needed > 1:
        told = f"{signed} of {needed} different officers have signed"
    if hearing.yeses:
        told += f": {_told(hearing.yeses)}"
    if hearing.stale:
        told += f"; no longer counts: {_told(hearing.stale)}"
    answers = (*hearing.yeses, *hearing.stale)
    return _reason(hearing, told, answers, Permission.NO, _lift(hearing, hearing.subjects[0]))


def _lift(hearing: Hearing, subject: str) -> str:
    """Empty where the answer must be newer than something: what is supposed has no date."""
    question = hearing.question
    return "" if question.not_before_on else f"gate:{subject}/{question.gate.gate_id}=yes"


def _reason(
    hearing: Hearing,
    told: str,
    answers: Sequence[GateAnswer],
    leaves: Permission,
    lift: str = "",
) -> Reason:
    question = hearing.question
    cited = (source for answer in answers for source in answer.grounds.sources)
    return Reason(
        code=f"gate-{question.gate.gate_id}",
        text=f"{question.text} {told}",
        lifted_by=question.asked_of,
        leaves=leaves,
        lift=lift,
        sources=tuple(dict.fromkeys((*question.sources, *cited))) if answers else question.sources,
    )


def _told(answers: Sequence[GateAnswer]) -> str:
    return "; ".join(_one_told(answer) for answer in answers)


def _one_told(answer: GateAnswer) -> str:
    text = f"{answer.officer}, {clock_text(answer.at)}, of {answer.subject}: {answer.reasons}"
    if answer.document:
        text += f" [{answer.document}]"
    if answer.valid_until_at is not None:
        text += f" (good until {clock_text(answer.valid_until_at)})"
    return text
