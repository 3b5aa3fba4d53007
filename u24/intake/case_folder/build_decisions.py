"""Good rows of the sections on what is decided into words. Everything is checked already."""

from u24.domain.asks import Ask
from u24.domain.case import Case, Phase
from u24.domain.consent import Consent
from u24.domain.gates import Embargo, GateAnswer
from u24.domain.judgement import RecordedOutcome
from u24.domain.proposals import (
    Condition,
    ConditionWord,
    Confidence,
    MissionPurpose,
    Position,
    Proposal,
    ProposalKind,
    Stance,
)
from u24.intake.case_folder.faults import Row
from u24.intake.case_folder.grounds import at_if, grounds_of

JOIN = ";"


def phase_of(row: Row, case: Case) -> Phase:
    """A stretch of the response."""
    return Phase(
        name=row["name"],
        from_at=case.hours_after_t0(row["from_h"]),
        until_at=at_if(case, row["until_h"]),
        grounds=grounds_of(row),
    )


def consent_of(row: Row, case: Case) -> Consent:
    """The host's yes or no."""
    return Consent(
        members=row["members"],
        kinds=row["kinds"],
        allowed=row["allowed"],
        from_at=at_if(case, row["from_h"]),
        until_at=at_if(case, row["until_h"]),
        phases=row["phases"] or (),
        corridors=row["corridors"] or (),
        grounds=grounds_of(row),
    )


def proposal_of(row: Row) -> Proposal:
    """What members decide."""
    return Proposal(
        proposal_id=row["id"],
        kind=ProposalKind(row["kind"]),
        title=row["title"],
        rule_id=row["rule"],
        body=row["body"] or "",
        members=row["members"] or (),
        purposes=_purposes(row),
        proposer=row["proposer"] or "",
        requires=row["requires"] or (),
        made_at=row["made_at"],
        deadline_at=row["deadline_at"],
        grounds=grounds_of(row),
    )


def position_of(row: Row) -> Position:
    """What a member said of it."""
    return Position(
        member=row["member"],
        proposal=row["proposal"],
        stance=Stance(row["stance"]),
        conditions=row["conditions"] or (),
        purposes=_purposes(row),
        at=row["at"],
        by=row["by"] or "",
        text=row["text"] or "",
        confidence=Confidence(row["confidence"]),
        secret=row["secret"],
        grounds=grounds_of(row),
    )


def _purposes(row: Row) -> tuple[MissionPurpose, ...]:
    return tuple(MissionPurpose(each) for each in row["purposes"] or ())


def condition_of(row: Row) -> Condition:
    """A fact of the world that something depends on."""
    return Condition(
        condition_id=row["id"],
        text=row["text"],
        brought_by=row["brought_by"] or "",
        excludes=row["excludes"] or (),
    )


def condition_word_of(row: Row) -> ConditionWord:
    """From when on it holds, or no longer does."""
    return ConditionWord(
        condition_id=row["condition"],
        holds=row["holds"],
        at=row["at"],
        by=row["by"] or "",
        grounds=grounds_of(row),
    )


def gate_answer_of(row: Row) -> GateAnswer:
    """An officer's answer to a gate."""
    return GateAnswer(
        subject=row["subject"],
        gate_id=row["gate"],
        passed=row["passed"],
        officer=row["officer"],
        at=row["at"],
        reasons=row["reasons"],
        document=row["document"] or "",
        valid_until_at=row["valid_until_at"],
        grounds=grounds_of(row),
    )


def embargo_of(row: Row) -> Embargo:
    """An arms embargo; it has one text for its sources, which are keys of sources.csv."""
    return Embargo(
        target=row["target"],
        by=row["by"],
        from_on=row["from"],
        until_on=row["until"],
        scope=row["scope"] or "",
        whole_state=row["whole_state"],
        source=JOIN.join(row["source"] or ()),
        note=row["note"] or "",
    )


def ask_of(row: Row) -> Ask:
    """A wish with alternatives."""
    return Ask(ask_id=row["id"], title=row["title"], wanted=row["wanted"], grounds=grounds_of(row))


def recorded_of(row: Row) -> RecordedOutcome:
    """What really came of something; a list goes by order of name, each name once."""
    return RecordedOutcome(
        outcome_id=row["id"],
        question=row["question"],
        measure=row["measure"],
        subject=row["subject"],
        recorded=JOIN.join(sorted(set(row["recorded"]))),
        at=row["at"],
        grounds=grounds_of(row),
    )
