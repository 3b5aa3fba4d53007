"""The way of one owner's goods through the gates: what facts say, and what officers are asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from u24.consent.embargoes import (
    EU,
    UN,
    bar,
    binds,
    embargo_sources,
    embargo_text,
    information,
    is_member,
)
from u24.consent.gate_answers import Question
from u24.domain.consent import Permission, Reason
from u24.domain.gates import Control, ControlledKind, Embargo, Gate
from u24.reference.tables import Tables

HOST_REQUEST = "host-request"  # a gate, and the condition that answers it
MAKER_REEXPORT = "maker-reexport"
EMBARGO = "-embargo"  # un-embargo, eu-embargo and other-embargo bar by themselves
SCOPE = "-embargo-scope"  # un-embargo-scope and so on ask an officer

Step = Reason | Question


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRoute:
    """Controlled goods of an owner on their way to a host on a day.

    ``gates`` and ``embargoes`` are those of the day; ``host_asked`` is None where nobody
    has said.
    """

    goods: ControlledKind
    owner: str
    host: str
    on: date
    gates: tuple[Gate, ...]
    embargoes: tuple[Embargo, ...]
    host_asked: bool | None
    tables: Tables

    def steps(self) -> Iterator[Step]:
        """What facts decide, as reasons, and what officers are asked; in order of the gates."""
        for gate in self.gates:
            if self._is_asked(gate):
                yield from self._at_gate(gate)
        for embargo in self.embargoes:
            if self._binds(embargo) is False:
                yield information(embargo, self.owner)

    def _is_asked(self, gate: Gate) -> bool:
        if self.goods.control not in gate.applies_to:
            return False
        if gate.gate_id == MAKER_REEXPORT and self.goods.maker == self.owner:
            return False
        if not gate.only_members_of:
            return True
        # Where the members of that day are not known, it is asked all the same.
        return is_member(self.owner, gate.only_members_of, self.on, self.tables) is not False

    def _at_gate(self, gate: Gate) -> Iterator[Step]:
        if gate.by_rule and gate.gate_id == HOST_REQUEST:
            yield self._host_request(gate)
            yield self._question(gate, decided=True)
        elif gate.by_rule and gate.gate_id.endswith(EMBARGO):
            barring = (each for each in self._embargoes(gate, EMBARGO) if self._bars(each))
            yield from (bar(each, gate.gate_id) for each in barring)
            yield self._question(gate, decided=True)
        elif gate.gate_id.endswith(SCOPE):
            yield from self._scope(gate)
        else:  # also a rule of a table of the user's own that is not known here
            yield self._question(gate)

    def _host_request(self, gate: Gate) -> Reason:
        told = f"nobody has said that host {self.host} asked for it"
        if self.host_asked is not None:
            told = f"host {self.host} {'asked' if self.host_asked else 'did not ask'} for it"
        return Reason(
            code=f"gate-{gate.gate_id}",
            text=told,
            lifted_by=self._filled(gate.asked_of),
            leaves=Permission.WITHIN_LIMITS if self.host_asked else Permission.NO,
            lift="" if self.host_asked else f"{HOST_REQUEST}=true",
            sources=(gate.legal_source,),
        )

    def _scope(self, gate: Gate) -> Iterator[Question]:
        """Ask of those embargoes that may bind the owner and do not bar by themselves."""
        found = [
            each
            for each in self._embargoes(gate, SCOPE)
            if self._binds(each) is not False and not self._bars(each)
        ]
        if found:
            told = "; ".join(embargo_text(each) for each in found)
            yield Question(
                gate=gate,
                text=f"{told}. {self._filled(gate.question)}",
                asked_of=self._filled(gate.asked_of),
                sources=(*embargo_sources(found), gate.legal_source),
                not_before_on=max(each.from_on for each in found),
            )

    def _question(self, gate: Gate, *, decided: bool = False) -> Question:
        return Question(
            gate=gate,
            text=self._filled(gate.question),
            asked_of=self._filled(gate.asked_of),
            sources=(gate.legal_source,),
            decided=decided,
        )

    def _embargoes(self, gate: Gate, ending: str) -> list[Embargo]:
        group = gate.gate_id.removesuffix(ending)
        return [each for each in self.embargoes if _group(each) == group]

    def _bars(self, embargo: Embargo) -> bool:
        """Dual-use goods are no arms: whether an embargo meets them is asked."""
        military = self.goods.control is Control.MILITARY
        return military and embargo.whole_state and self._binds(embargo) is True

    def _binds(self, embargo: Embargo) -> bool | None:
        return binds(embargo, self.owner, self.on, self.tables)

    def _filled(self, text: str) -> str:
        """The text with the states of this case in it."""
        states = {
            "{owner}": self.owner,
            "{host}": self.host,
            "{maker}": self.goods.maker or "the state that made it",
        }
        for name, state in states.items():
            text = text.replace(name, state)
        return text


def _group(embargo: Embargo) -> str:
    if embargo.by in UN:
        return "un"
    return "eu" if embargo.by == EU else "other"
