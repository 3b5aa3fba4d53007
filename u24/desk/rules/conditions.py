"""Conditions: facts of the world that words depend on. People say whether they hold."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from u24.consent.ballots import list_words
from u24.consent.conditions import (
    excluded_by,
    holding,
    known_conditions,
    require_known,
    require_together,
)
from u24.desk.board.state import CaseState
from u24.desk.live_words import (
    ASKED_ANEW,
    condition_words_of,
    conditions_of,
    positions_of,
    proposals_of,
)
from u24.desk.rules.subjects import family, named_in
from u24.desk.saying import Saying, Setting, case_stream, refuse
from u24.domain.case import Case
from u24.domain.commands.command import Refusal
from u24.domain.commands.decisions import DeclareCondition, SayCondition
from u24.domain.facts.decisions import ConditionDeclared, ConditionSaid
from u24.domain.proposals import Condition, ConditionWord
from u24.errors import InvalidInput
from u24.reference.conditions import STANDARD


def declare_condition(command: DeclareCondition, setting: Setting) -> Saying | Refusal:
    """What a condition means here; declared anew, it means what was last said."""
    name = command.condition_id.strip()
    if not name or not command.text.strip() or name != command.condition_id:
        return refuse("empty", "condition_id or text is empty; name it, and say what it means")
    if name in STANDARD:
        text = f"{name} is a standard condition: {STANDARD[name].text}"
        return refuse("standard", f"{text}; give another id for something else")
    if name.endswith(ASKED_ANEW):
        text = f"ids that end in {ASKED_ANEW} are the desk's own, for proposals that are lost"
        return refuse("name-taken", f"{text}; give another id")
    condition = Condition(
        condition_id=name, text=command.text, brought_by=command.brought_by,
        excludes=tuple(dict.fromkeys(command.excludes)),
    )  # fmt: skip
    if refusal := _why_not_declared(condition, setting.board.cases[command.case_id], setting):
        return refusal
    fact = ConditionDeclared(said_at=setting.now, case_id=command.case_id, condition=condition)
    return Saying(facts=((case_stream(command.case_id), fact),))


def say_condition(command: SayCondition, setting: Setting) -> Saying | Refusal:
    """It holds or not, from a moment on; said anew for the same moment, it replaces."""
    case = setting.board.cases[command.case_id]
    if refusal := why_unknown([command.condition_id], "condition_id", case, setting):
        return refusal
    from_at = command.from_at or setting.now
    word = ConditionWord(condition_id=command.condition_id, holds=command.holds, at=from_at)
    judged = _case(case, setting)
    others = (
        held
        for held in judged.condition_words
        if (held.condition_id, held.at) != (word.condition_id, from_at)
    )
    try:
        holding(replace(judged, condition_words=(*others, word)), from_at)
    except InvalidInput as error:
        return refuse("contradiction", str(error))
    fact = ConditionSaid(
        said_at=setting.now, case_id=command.case_id, condition_id=command.condition_id,
        holds=command.holds, from_at=from_at, by=command.by, grounds=command.grounds,
    )  # fmt: skip
    return Saying(facts=((case_stream(command.case_id), fact),))


def why_not_conditions(
    names: Iterable[str], place: str, case: CaseState, setting: Setting
) -> Refusal | None:
    """Why something cannot depend on these: one is unknown, or two exclude each other."""
    wanted = tuple(names)
    if refusal := why_unknown(wanted, place, case, setting):
        return refusal
    try:
        require_together(wanted, excluded_by(known_in(case, setting)), place)
    except InvalidInput as error:
        return refuse("contradiction", str(error))
    return None


def why_unknown(
    names: Iterable[str], place: str, case: CaseState, setting: Setting
) -> Refusal | None:
    """Refuse names that are no condition here, and say which are."""
    wanted = tuple(names)
    if not wanted:
        return None
    known = known_in(case, setting)
    unknown = [name for name in wanted if name not in known or name.endswith(ASKED_ANEW)]
    return _unknown(unknown, known, place) if unknown else None


def known_in(case: CaseState, setting: Setting) -> Mapping[str, Condition]:
    """The standard conditions, and those of the case and of all that are one with it."""
    return known_conditions(_case(case, setting))


def _why_not_declared(condition: Condition, state: CaseState, setting: Setting) -> Refusal | None:
    case = _case(state, setting)
    others = tuple(c for c in case.conditions if c.condition_id != condition.condition_id)
    case = replace(case, conditions=(*others, condition))
    try:
        require_known(condition.excludes, known_conditions(case), "excludes")
        holding(case, setting.now)
    except InvalidInput as error:
        return refuse("contradiction", str(error))
    try:
        list_words(case, setting.now)
    except InvalidInput:  # its message would name members, those who spoke in confidence too
        text = "a position on record depends on conditions that would exclude each other"
        return refuse("contradiction", f"{text}; leave out what {condition.condition_id} excludes")
    return None


def _case(state: CaseState, setting: Setting) -> Case:
    """As much of the case as tells of conditions."""
    states = family(setting.board, state)
    return Case(
        case_id=state.case_id, title=state.title, hazard=state.hazard, t0_at=state.t0_at,
        host=state.host, proposals=proposals_of(states), positions=positions_of(states),
        conditions=conditions_of(states), condition_words=condition_words_of(states),
    )  # fmt: skip


def _unknown(names: list[str], known: Iterable[str], place: str) -> Refusal:
    shown = named_in(name for name in known if not name.endswith(ASKED_ANEW))
    text = f"{place} names {', '.join(names)}, which is no condition here; known are {shown}"
    return refuse("unknown-condition", f"{text}; declare others first")
