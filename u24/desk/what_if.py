"""A case as it would be with changes made: a condition, a position, a gate, a consent.

The changes are written as the reasons of a verdict name them in ``Reason.lift``.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from u24.consent.ballots import require_member
from u24.desk.stating import tables_of
from u24.domain.case import Case
from u24.domain.consent import ANY, TYPE_WORDS, Consent
from u24.domain.figures import Basis, Grounds
from u24.domain.gates import GateAnswer
from u24.domain.proposals import ConditionWord, Position, Stance
from u24.errors import InvalidInput
from u24.reference.conditions import STANDARD
from u24.reference.gates import list_gates

ALWAYS = datetime(1, 1, 1, tzinfo=UTC)
SUPPOSED = Grounds(basis=Basis.ASSUMED, note="supposed, to see what would follow")
OFFICERS = ("supposed officer 1", "supposed officer 2")  # some gates ask for two
FORMS = (
    "CONDITION=true|false, position:MEMBER/PROPOSAL=STANCE, gate:SUBJECT/GATE=yes|no "
    "or consent:MEMBER/KIND=yes|no"
)

Change = Callable[[Case, str, str], Case]


def with_changes(case: Case, changes: Sequence[str]) -> Case:
    """The case with every change made, one after the other.

    Raises
    ------
    InvalidInput
        A change is not in one of the forms, or names what the case does not have.
    """
    for change in changes:
        subject, equals, value = (part.strip() for part in change.partition("="))
        kind, colon, names = subject.partition(":")
        if not equals or (colon and kind not in CHANGES):
            raise InvalidInput(f"what-if is {change!r}; give {FORMS}")
        if colon:
            case = CHANGES[kind](case, names.strip(), value)
        else:
            case = _suppose_condition(case, subject, value)
    return case


def _suppose_condition(case: Case, name: str, value: str) -> Case:
    known = {each.condition_id for each in case.conditions} | set(STANDARD)
    if name not in known:
        raise _unknown("condition", name, known)
    holds = _yes_or_no(name, value, yes="true", no="false")
    word = ConditionWord(condition_id=name, holds=holds, at=ALWAYS, grounds=SUPPOSED)
    others = (each for each in case.condition_words if each.condition_id != name)
    return replace(case, condition_words=(*others, word))


def _suppose_position(case: Case, names: str, value: str) -> Case:
    member, proposal = _two_names("position", names)
    known = {each.proposal_id for each in case.proposals}
    if proposal not in known:
        raise _unknown("proposal", proposal, known)
    if value not in tuple(Stance):
        allowed = ", ".join(Stance)
        raise InvalidInput(f"what-if position:{names} is {value!r}; give {allowed}")
    require_member(member, tables_of(case), f"what-if position:{names}")
    position = Position(
        member=member, proposal=proposal, stance=Stance(value), grounds=SUPPOSED,
        conditions=_own_conditions(case, member, proposal, Stance(value)),
    )  # fmt: skip
    others = (each for each in case.positions if (each.member, each.proposal) != (member, proposal))
    return replace(case, positions=(*others, position))


def _own_conditions(case: Case, member: str, proposal: str, stance: Stance) -> tuple[str, ...]:
    """What the member last asked for in public, if it is to stay conditional."""
    if stance is not Stance.CONDITIONAL:
        return ()
    mine = [
        each
        for each in sorted(case.positions, key=lambda each: each.at or ALWAYS)
        if (each.member, each.proposal) == (member, proposal) and not each.secret
    ]
    return mine[-1].conditions if mine else ()


def _suppose_gate(case: Case, names: str, value: str) -> Case:
    subject, gate_id = _two_names("gate", names)
    known = {lot.lot_id for lot in case.lots} | {each.proposal_id for each in case.proposals}
    if subject not in known:
        raise _unknown("offer or proposal", subject, known)
    gates = {gate.gate_id for gate in list_gates(tables_of(case))}
    if gate_id not in gates:
        raise _unknown("gate", gate_id, gates)
    passed = _yes_or_no(f"gate:{names}", value)
    answers = (
        GateAnswer(
            subject=subject, gate_id=gate_id, passed=passed, officer=officer, at=ALWAYS,
            reasons=SUPPOSED.note, grounds=SUPPOSED,
        )
        for officer in OFFICERS
    )  # fmt: skip
    others = (
        each for each in case.gate_answers if (each.subject, each.gate_id) != (subject, gate_id)
    )
    return replace(case, gate_answers=(*others, *answers))


def _suppose_consent(case: Case, names: str, value: str) -> Case:
    member, kind = _two_names("consent", names)
    allowed = _yes_or_no(f"consent:{names}", value)
    members = {ANY} | {lot.member for lot in case.lots} | {each.member for each in case.vehicles}
    if member not in members:
        raise _unknown("member", member, members)
    kinds = _kinds(case)
    if kind not in kinds:
        raise _unknown("kind", kind, kinds)
    row = Consent(members=(member,), kinds=(kind,), allowed=allowed, grounds=SUPPOSED)
    return replace(case, consents=(*case.consents, row))


def _kinds(case: Case) -> set[str]:
    """What a consent may speak of where it is to change anything, beside what rows name."""
    asked = {kind for row in case.consents for kind in row.kinds}
    offered = {lot.kind for lot in case.lots} | {each.class_id for each in case.vehicles}
    return {ANY, *TYPE_WORDS} | asked | offered


def _two_names(kind: str, names: str) -> tuple[str, str]:
    first, slash, second = (part.strip() for part in names.partition("/"))
    if not slash or not first or not second:
        raise InvalidInput(f"what-if {kind}:{names} names no pair; give {FORMS}")
    return first, second


def _yes_or_no(name: str, value: str, *, yes: str = "yes", no: str = "no") -> bool:
    if value not in {yes, no}:
        raise InvalidInput(f"what-if {name} is {value!r}; give {yes} or {no}")
    return value == yes


def _unknown(what: str, name: str, known: set[str]) -> InvalidInput:
    return InvalidInput(
        f"what-if names {what} {name!r}; the case knows {', '.join(sorted(known)) or 'none'}"
    )


CHANGES: dict[str, Change] = {
    "position": _suppose_position,
    "gate": _suppose_gate,
    "consent": _suppose_consent,
}
