"""From when on what was said after T0 allows what it allows.

A verdict counts every word that is known at its moment. A plan begins at T0, and may not move
on a word that was still to come: what waits for one waits until it was said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from u24.consent.conditions import known_conditions
from u24.consent.gate_route import HOST_REQUEST
from u24.consent.proposals import judge_proposals
from u24.consent.windows import clock_text
from u24.domain.case import Case
from u24.domain.consent import ANY, Permission, Reason
from u24.domain.gates import GateAnswer
from u24.domain.judgement import ProposalVerdict
from u24.domain.offers import CaveatKind, Lot, Vehicle
from u24.domain.proposals import Proposal
from u24.reference.controlled import find_controlled_kind
from u24.reference.gates import gates_on
from u24.reference.tables import SHIPPED, Tables

MOST_TRIED = 60  # moments at which a proposal is judged anew; before them it counts as closed


def holding_since(case: Case, at: datetime) -> dict[str, datetime]:
    """For each condition that holds at ``at`` the moment since when it does without a break."""
    since: dict[str, datetime] = {}
    for word in sorted(case.condition_words, key=lambda word: word.at):
        if word.at > at:
            break
        if word.holds:
            since.setdefault(word.condition_id, word.at)
        else:
            since.pop(word.condition_id, None)
    return since


def opening_reasons(
    case: Case,
    at: datetime,
    proposals: Mapping[str, ProposalVerdict],
    tables: Tables = SHIPPED,
) -> dict[str, tuple[Reason, ...]]:
    """What opens after T0, by lot id: not yet, until the last word that it needed was said."""
    found = {}
    openings = _Openings(case=case, at=at, proposals=proposals, tables=tables)
    for lot in case.lots:
        if reasons := tuple(openings.reasons(lot)):
            found[lot.lot_id] = reasons
    return found


def opened_vehicles(case: Case, at: datetime) -> tuple[Vehicle, ...]:
    """The vehicles, none at work before the conditions held that it was offered on.

    One whose time is over by then is left out.
    """
    since = holding_since(case, at)
    found = []
    for vehicle in case.vehicles:
        waits_for = [
            since[caveat.argument]
            for caveat in vehicle.caveats
            if caveat.kind is CaveatKind.ONLY_IF and caveat.argument in since
        ]
        begins_at = max([vehicle.available_at, *waits_for])
        if begins_at < vehicle.until_at:
            found.append(replace(vehicle, available_at=begins_at))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Openings:
    case: Case
    at: datetime
    proposals: Mapping[str, ProposalVerdict]
    tables: Tables
    since: dict[str, datetime] = field(default_factory=dict)
    answers: dict[tuple[str, str], list[GateAnswer]] = field(default_factory=dict)
    opened: dict[tuple[str, str], datetime] = field(default_factory=dict)
    judged: dict[tuple[str, datetime], ProposalVerdict] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.since.update(holding_since(self.case, self.at))
        for answer in self.case.gate_answers:
            if answer.at <= self.at:
                self.answers.setdefault((answer.subject, answer.gate_id), []).append(answer)

    def reasons(self, lot: Lot) -> Iterable[Reason]:
        """One for each sort of word that came after T0."""
        for caveat in lot.caveats:
            if caveat.kind is CaveatKind.ONLY_IF and caveat.argument in self.since:
                yield from self._later(
                    "opens-condition", f"{caveat.argument} holds", self.since[caveat.argument],
                    known_conditions(self.case)[caveat.argument].brought_by,
                )  # fmt: skip
        if lot.proposal_id in self.proposals:
            yield from self._later(
                "opens-proposal", f"{lot.proposal_id} may be done", self._opened_at(lot),
                "the members who decide",
            )  # fmt: skip
        if find_controlled_kind(lot.kind, self.tables) is not None:
            yield from self._later(
                "opens-gates", "the last gate was passed", self._passed_at(lot),
                f"officers of {lot.member}",
            )  # fmt: skip

    def _later(self, code: str, what: str, from_at: datetime, who: str) -> Iterable[Reason]:
        if from_at > self.case.t0_at:
            yield Reason(
                code=code,
                text=f"{what} from {clock_text(from_at)} on",
                lifted_by=who,
                leaves=Permission.NOT_YET,
                by_at=from_at,
            )

    def _passed_at(self, lot: Lot) -> datetime:
        """When the last of its gates was passed; T0 where none was, as then another reason bars."""
        found = [self.case.t0_at]
        if HOST_REQUEST in self.since:
            found.append(self.since[HOST_REQUEST])
        for gate in gates_on(self.at.date(), self.tables):
            answers = [
                answer
                for subject in (lot.lot_id, lot.proposal_id)
                for answer in self.answers.get((subject, gate.gate_id), ())
            ]
            found += _passed(sorted(answers, key=lambda answer: answer.at), gate.signatures)
        return max(found)

    def _opened_at(self, lot: Lot) -> datetime:
        """When the lot's member could begin to take part in its proposal."""
        key = (lot.proposal_id, lot.member)
        if key not in self.opened:
            proposal = next(
                each for each in self.case.proposals if each.proposal_id == lot.proposal_id
            )
            self.opened[key] = self._open_from(proposal, lot.member)
        return self.opened[key]

    def _open_from(self, proposal: Proposal, member: str) -> datetime:
        """The first of the moments from which on it was allowed without a break."""
        if _bars(self.proposals[proposal.proposal_id], member):
            return self.case.t0_at  # barred anyway, and the reason is told
        alone = replace(
            self.case,
            proposals=(proposal,),
            positions=tuple(p for p in self.case.positions if p.proposal == proposal.proposal_id),
        )
        moments = _moments(alone, proposal, self.at)
        first = self.case.t0_at if len(moments) <= MOST_TRIED else moments[-MOST_TRIED]
        opens_at = self.at
        for moment in [*reversed(moments[-MOST_TRIED:]), first]:
            if _bars(self._judged(alone, proposal.proposal_id, moment), member):
                return opens_at
            opens_at = moment
        return opens_at

    def _judged(self, alone: Case, proposal_id: str, moment: datetime) -> ProposalVerdict:
        """The verdict at a moment; the same for every member."""
        key = (proposal_id, moment)
        if key not in self.judged:
            self.judged[key] = judge_proposals(alone, moment, self.tables)[proposal_id]
        return self.judged[key]


def _passed(answers: Sequence[GateAnswer], signatures: int) -> list[datetime]:
    """When so many different officers had said yes since the last no; empty if never."""
    officers: dict[str, datetime] = {}
    for answer in answers:
        if not answer.passed:
            officers = {}
        elif answer.officer not in officers:
            officers[answer.officer] = answer.at
    return list(officers.values())[signatures - 1 : signatures]


def _moments(case: Case, proposal: Proposal, at: datetime) -> list[datetime]:
    """When anything was said of it after T0, or it fell due."""
    said = [
        proposal.made_at,
        proposal.deadline_at,
        *(position.at for position in case.positions),
        *(word.at for word in case.condition_words),
    ]
    return sorted({moment for moment in said if moment and case.t0_at < moment <= at})


def _bars(verdict: ProposalVerdict, member: str) -> bool:
    contributors = dict(verdict.contributors)
    own = contributors.get(member) or contributors.get(ANY)
    return verdict.permission.bars or (own is not None and own.permission.bars)
