"""Verdicts as a JSON document: what may be done, every reason, and who can lift it.

The field names are stable and stand in docs/reference/decisions-json.md.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from u24.domain.consent import Reason, Verdict
from u24.domain.decisions import Decision
from u24.domain.judgement import Choice, Decided, ProposalVerdict, Replacement

FORMAT = 1
Document = dict[str, Any]


def decided_document(decided: Decided) -> Document:
    """Everything that was decided, in stable, documented fields."""
    judgement = decided.judgement
    return {
        "format": FORMAT,
        "at": judgement.at,
        "what_if": list(decided.changes),
        "proposals": [_proposal(each) for each in judgement.proposals.values()],
        "needed": [
            {
                "proposal": each.proposal_id,
                "conditions": list(each.conditions),
                "members": list(each.members),
                "changes": list(each.changes),
                "is_enough": each.is_enough,
                "until_counted": each.until_counted,
            }
            for each in decided.needed
        ],
        "asks": [_choice(each) for each in judgement.choices],
        "offers": [
            {"offer": lot_id, **_verdict(verdict)} for lot_id, verdict in judgement.lots.items()
        ],
        "pairs": [
            {"offer": pair.lot_id, "need": pair.need_id, **_verdict(pair.verdict)}
            for pair in decided.pairs
        ],
        "replacements": [_replacement(each) for each in judgement.replacements],
        "recorded": [
            {
                "id": each.outcome.outcome_id,
                "question": each.outcome.question,
                "at": each.outcome.at,
                "recorded": each.outcome.recorded,
                "computed": each.computed,
                "same": each.same,
                "sources": list(each.outcome.grounds.sources),
            }
            for each in decided.comparisons
        ],
    }


def _verdict(verdict: Verdict) -> Document:
    return {
        "permission": verdict.permission,
        "windows": _windows(verdict.windows),
        "closed_corridors": list(verdict.closed_corridors),
        "corridors": [
            {"corridor": site, "windows": _windows(windows)}
            for site, windows in verdict.corridor_windows
        ],
        "reasons": _reasons(verdict.reasons),
        "flips": list(verdict.flips),
    }


def _windows(windows: Iterable[tuple[datetime, datetime | None]]) -> list[Document]:
    return [{"from_at": from_at, "until_at": until_at} for from_at, until_at in windows]


def _reasons(reasons: Iterable[Reason]) -> list[Document]:
    return [
        {
            "code": reason.code,
            "text": reason.text,
            "leaves": reason.leaves,
            "lifted_by": reason.lifted_by,
            "lift": reason.lift,
            "by_at": reason.by_at,
            "sources": list(reason.sources),
        }
        for reason in reasons
    ]


def _proposal(verdict: ProposalVerdict) -> Document:
    return {
        "proposal": verdict.proposal_id,
        "permission": verdict.permission,
        "decision": _decision(verdict.decision),
        "reasons": _reasons(verdict.reasons),
        "unmet": list(verdict.unmet),
        "flips": list(verdict.flips),
        "contributors": [
            {"member": member, **_verdict(own)} for member, own in verdict.contributors
        ],
    }


def _decision(decision: Decision) -> Document:
    movers = decision.movers
    return {
        "rule": decision.rule_id,
        "outcome": decision.outcome,
        "text": decision.text,
        "votes": dict(decision.votes),
        "members_for": decision.members_for,
        "population_for": decision.population_for,
        "who_must_move": {
            "size": movers.size,
            "sets": [list(names) for names in movers.sets],
            "total": movers.total,
        },
    }


def _choice(choice: Choice) -> Document:
    return {
        "ask": choice.ask_id,
        "permission": choice.permission,
        "chosen": list(choice.chosen),
        "tried": [
            {
                "subjects": list(part.subjects),
                "join": part.join,
                "permission": part.permission,
                "reasons": _reasons(part.reasons),
            }
            for part in choice.tried
        ],
    }


def _replacement(each: Replacement) -> Document:
    return {
        "offer": each.lot_id,
        "member": each.member,
        "wanted_kind": each.wanted_kind,
        "wanted_units": each.wanted_units,
        "offers": list(each.lot_ids),
        "by_at": each.by_at,
    }
