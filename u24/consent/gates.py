"""The gates of controlled goods: no by default, until facts and named officers say yes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from u24.consent.conditions import holding
from u24.consent.embargoes import embargoes_on
from u24.consent.gate_answers import Question, answer_reason, hear
from u24.consent.gate_route import HOST_REQUEST, GateRoute, Step
from u24.domain.case import Case
from u24.domain.consent import Reason
from u24.domain.gates import ControlledKind, Embargo, Gate, GateAnswer
from u24.domain.offers import Lot
from u24.reference.airports import find_airport
from u24.reference.controlled import find_controlled_kind
from u24.reference.gates import gates_on
from u24.reference.tables import SHIPPED, Tables


def gate_reasons(
    case: Case,
    subject_id: str,
    kind: str,
    owner: str,
    at: datetime,
    tables: Tables = SHIPPED,
) -> tuple[Reason, ...]:
    """Every gate between controlled goods and the host, and how it stands at a moment.

    ``subject_id`` is an offer or a proposal, ``owner`` the ISO3 code of whose goods they
    are. There is a reason for each gate that counts on that day, also for those that are
    passed; none for goods that are not controlled, and none for what the host moves within
    its own country. For many subjects of one case, ask one :class:`GateBook`.

    Raises
    ------
    InvalidInput
        The words on the conditions of the case contradict each other.
    """
    if find_controlled_kind(kind, tables) is None:
        return ()
    return open_gate_book(case, at, tables).reasons(subject_id, kind, owner)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateBook:
    """All that is on record of a case's gates at a moment; ``answers`` by subject and gate."""

    case: Case
    at: datetime
    tables: Tables
    gates: tuple[Gate, ...]
    embargoes: tuple[Embargo, ...]
    lots: Mapping[str, Lot]
    answers: Mapping[tuple[str, str], tuple[GateAnswer, ...]]
    host_asked: bool | None
    _routes: dict[tuple[str, str], tuple[Step, ...]] = field(default_factory=dict, repr=False)

    def reasons(self, subject_id: str, kind: str, owner: str) -> tuple[Reason, ...]:
        """As :func:`gate_reasons`."""
        goods = find_controlled_kind(kind, self.tables)
        if goods is None or self._is_at_home(subject_id, owner):
            return ()
        subjects = self._subjects(subject_id)
        found = (
            self._heard(step, subjects) if isinstance(step, Question) else step
            for step in self._steps(goods, owner)
        )
        return tuple(reason for reason in found if reason is not None)

    def _steps(self, goods: ControlledKind, owner: str) -> tuple[Step, ...]:
        """The same for all goods of one kind and owner, and so worked out once."""
        key = (goods.kind, owner)
        if key not in self._routes:
            route = GateRoute(
                goods=goods,
                owner=owner,
                host=self.case.host,
                on=self.at.date(),
                gates=self.gates,
                embargoes=self.embargoes,
                host_asked=self.host_asked,
                tables=self.tables,
            )
            self._routes[key] = tuple(route.steps())
        return self._routes[key]

    def _heard(self, question: Question, subjects: tuple[str, ...]) -> Reason | None:
        gate_id = question.gate.gate_id
        answers = [
            answer for subject in subjects for answer in self.answers.get((subject, gate_id), ())
        ]
        return answer_reason(hear(question, subjects, answers, self.at))

    def _subjects(self, subject_id: str) -> tuple[str, ...]:
        lot = self.lots.get(subject_id)
        return (subject_id, lot.proposal_id) if lot and lot.proposal_id else (subject_id,)

    def _is_at_home(self, subject_id: str, owner: str) -> bool:
        if owner != self.case.host:
            return False
        lot = self.lots.get(subject_id)
        return lot is None or self._country_of(lot.site_id) == owner

    def _country_of(self, site_id: str) -> str | None:
        for place in self.case.places:
            if place.place_id == site_id:
                return place.country
        airport = find_airport(site_id, self.tables)
        return airport.iso3 if airport else None


def open_gate_book(case: Case, at: datetime, tables: Tables = SHIPPED) -> GateBook:
    """What a case says of its gates, as known at a moment."""
    answers: dict[tuple[str, str], list[GateAnswer]] = {}
    for answer in sorted(case.gate_answers, key=lambda answer: answer.at):
        if answer.at <= at:
            answers.setdefault((answer.subject, answer.gate_id), []).append(answer)
    return GateBook(
        case=case,
        at=at,
        tables=tables,
        gates=gates_on(at.date(), tables),
        embargoes=embargoes_on(case.host, at.date(), case, tables),
        lots={lot.lot_id: lot for lot in case.lots},
        answers={key: tuple(rows) for key, rows in answers.items()},
        host_asked=holding(case, at).get(HOST_REQUEST),
    )
