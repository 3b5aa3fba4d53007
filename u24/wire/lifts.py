"""How a body of an older version becomes one of the next: what it lacks is said as it was meant.

The defaults stand here and not in the words, whose own may change: a body that was written
before a word grew means for ever what it meant then.
"""

from collections.abc import Callable
from typing import Any

Lift = Callable[[dict[str, Any]], dict[str, Any]]


def of_request(document: dict[str, Any]) -> dict[str, Any]:
    """A need of no proposal, and of just this kind."""
    return _each(document, "needs", {"or_similar": False, "proposal_id": ""})


def of_offer(document: dict[str, Any]) -> dict[str, Any]:
    """Nothing of armed forces, and nothing that moves as a part of a proposal."""
    document = _each(document, "lots", {"military": False, "proposal_id": ""})
    return _each(document, "vehicles", {"military": False})


def of_consent(document: dict[str, Any]) -> dict[str, Any]:
    """A word on all phases and all corridors."""
    return _one(document, "consent", {"phases": [], "corridors": []})


def of_position(document: dict[str, Any]) -> dict[str, Any]:
    """A word on the whole, by who speaks for the member; secret where it was confidential."""
    secret = document.get("confidential") is True
    said = {"purposes": [], "by": "", "text": "", "confidence": "high", "secret": secret}
    return _one(document, "position", said)


def of_proposal(document: dict[str, Any]) -> dict[str, Any]:
    """At first a proposal was an assistance package that members decided by silence."""
    own = ("proposal_id", "title", "deadline_at", "members")
    rest = {name: value for name, value in document.items() if name not in own}
    named = {name: document[name] for name in own if name in document}
    proposal = {
        "kind": "assistance_package",
        "rule_id": "silence",
        "body": "",
        "purposes": [],
        "proposer": "",
        "requires": [],
        "made_at": document.get("said_at"),
        "grounds": {"basis": "assumed", "sources": [], "note": ""},
        **named,
    }
    return {**rest, "proposal": proposal}


def _one(document: dict[str, Any], field: str, lacking: dict[str, Any]) -> dict[str, Any]:
    """What the word in that field lacks; what is no word stays, for the present kind to refuse."""
    held = document.get(field)
    return {**document, field: {**lacking, **held}} if isinstance(held, dict) else document


def _each(document: dict[str, Any], field: str, lacking: dict[str, Any]) -> dict[str, Any]:
    held = document.get(field)
    if not isinstance(held, list):
        return document
    grown = [{**lacking, **one} if isinstance(one, dict) else one for one in held]
    return {**document, field: grown}
