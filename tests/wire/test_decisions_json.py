"""Verdicts as a document: the page lists its fields, and no others."""

import json
import re
from pathlib import Path

from tests.builders import a_reason, a_verdict, at_h
from u24.domain.asks import Join
from u24.domain.consent import Permission
from u24.domain.decisions import Decision, Movers, Outcome, Vote
from u24.domain.judgement import (
    Choice,
    Comparison,
    Decided,
    Judgement,
    Needed,
    PairVerdict,
    ProposalVerdict,
    RecordedOutcome,
    Replacement,
    TriedPart,
)
from u24.wire.answer import document_json
from u24.wire.decisions import decided_document

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "decisions-json.md"
AS_BELOW_AN_OFFER = ("windows", "closed_corridors", "corridors", "reasons", "flips")


def a_decided():
    """A verdict of every sort."""
    verdict = a_verdict(
        permission=Permission.NO, reasons=(a_reason(),), closed_corridors=("ADA",),
        corridor_windows=(("ADA", ()),),
    )  # fmt: skip
    decision = Decision(
        rule_id="silence",
        outcome=Outcome.LOST,
        votes=(("DEU", Vote.AGAINST),),
        text="1 objects",
        members_for=(0, 1),
        movers=Movers(size=1, sets=(("DEU",),), total=1),
    )
    proposal = ProposalVerdict(
        proposal_id="mission", permission=Permission.NO, decision=decision,
        reasons=(a_reason(),), flips=("position:DEU/mission=support",), unmet=("cease-fire",),
        contributors=(("DEU", verdict),),
    )  # fmt: skip
    tried = TriedPart(
        subjects=("mission",), permission=Permission.NO, reasons=(a_reason(),), join=Join.ALL_OF
    )
    outcome = RecordedOutcome(
        outcome_id="r1", question="Was it carried?", measure="outcome", subject="mission",
        recorded="lost",
    )  # fmt: skip
    return Decided(
        judgement=Judgement(
            at=at_h(0),
            proposals={"mission": proposal},
            lots={"lot_1": verdict},
            replacements=(
                Replacement(lot_id="lot_1", member="SVK", wanted_kind="x", wanted_units=1),
            ),
            choices=(Choice(ask_id="sky", permission=Permission.NO, tried=(tried,)),),
        ),
        needed=(Needed(proposal_id="mission", conditions=("cease-fire",), is_enough=True),),
        pairs=(PairVerdict(lot_id="lot_1", need_id="need_1", verdict=verdict),),
        comparisons=(Comparison(outcome=outcome, computed="lost"),),
        changes=("cease-fire=true",),
    )


def list_paths(value, path=""):
    if isinstance(value, dict) and not path.endswith(".votes"):
        for name, held in value.items():
            below = f"{path}.{name}" if path else name
            yield below
            yield from list_paths(held, below)
    elif isinstance(value, list):
        for held in value:
            yield from list_paths(held, f"{path}[]")


def is_told_elsewhere(path):
    """A verdict's fields stand once, below offers, and those of a reason below proposals."""
    if path.startswith(("proposals[].contributors[].", "pairs[].")):
        return any(f".{name}" in path for name in AS_BELOW_AN_OFFER)
    return "reasons[]." in path and not path.startswith("proposals[].reasons[].")


def test_the_page_lists_exactly_the_fields_of_the_document():
    documented = re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(), flags=re.MULTILINE)
    document = json.loads(document_json(decided_document(a_decided())))
    found = {path for path in list_paths(document) if not is_told_elsewhere(path)}

    assert sorted(documented) == sorted(found)


def test_a_verdict_tells_its_word_its_reasons_and_what_flips_it():
    (offer,) = decided_document(a_decided())["offers"]

    assert offer["permission"] == "no"
    assert [reason["code"] for reason in offer["reasons"]] == [a_reason().code]
    assert offer["windows"][0]["until_at"] is None


def test_a_comparison_says_whether_both_agree():
    (compared,) = decided_document(a_decided())["recorded"]

    assert (compared["recorded"], compared["computed"], compared["same"]) == ("lost", "lost", True)
