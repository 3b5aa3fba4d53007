"""Facts of the world that words depend on: which of them hold, as known at a moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import combinations, groupby

from u24.consent.windows import clock_text
from u24.domain.case import Case
from u24.domain.proposals import Condition, ConditionWord
from u24.errors import InvalidInput
from u24.reference.conditions import STANDARD
from u24.reference.lookup import near_matches


def known_conditions(case: Case) -> dict[str, Condition]:
    """The standard conditions and those of the case, by id; the case's own word stands over.

    Raises
    ------
    InvalidInput
        An id stands twice in the case, or ``excludes`` names itself or no condition.
    """
    known = dict(STANDARD)
    own: set[str] = set()
    for condition in case.conditions:
        if condition.condition_id in own:
            raise InvalidInput(f"condition {condition.condition_id} stands twice; keep one")
        own.add(condition.condition_id)
        known[condition.condition_id] = condition
    for condition in case.conditions:
        place = f"condition {condition.condition_id}: excludes"
        require_known(condition.excludes, known, place)
        if condition.condition_id in condition.excludes:
            raise InvalidInput(f"{place} names the condition itself; leave it out")
    return dict(sorted(known.items()))


def excluded_by(known: Mapping[str, Condition]) -> dict[str, frozenset[str]]:
    """For each condition those that cannot hold with it, whichever of the two says so."""
    pairs = {(one, other) for one, row in known.items() for other in row.excludes}
    pairs |= {(other, one) for one, other in pairs}
    return {name: frozenset(b for a, b in pairs if a == name) for name in known}


def require_known(names: Iterable[str], known: Mapping[str, object], place: str) -> None:
    """Refuse a name that is no condition; ``place`` begins the message.

    Raises
    ------
    InvalidInput
        A name is none of them; the message gives names that look alike.
    """
    for name in names:
        if name not in known:
            raise InvalidInput(
                f"{place} names condition {name!r}, which is neither a standard one nor in "
                f"[[conditions]]; {near_matches(name, known)}"
            )


def require_together(
    names: Iterable[str], excluded: Mapping[str, frozenset[str]], place: str
) -> None:
    """Refuse names of conditions of which two cannot hold at the same time.

    Raises
    ------
    InvalidInput
        Two of them exclude each other.
    """
    for one, other in combinations(names, 2):
        if other in excluded[one]:
            raise InvalidInput(
                f"{place} asks for {one} and {other}, which exclude each other; name one"
            )


def last_words(case: Case, at: datetime) -> dict[str, ConditionWord]:
    """The last word on each condition of which anything was said by ``at``.

    All words of the case are checked, also later ones.

    Raises
    ------
    InvalidInput
        A word is about no condition, a condition is said to hold and not to hold at the
        same moment, or two that exclude each other are said to hold at once.
    """
    known = known_conditions(case)
    excluded = excluded_by(known)
    last: dict[str, ConditionWord] = {}
    by_then: dict[str, ConditionWord] = {}
    words = sorted(case.condition_words, key=lambda word: word.at)
    for moment, rows in groupby(words, key=lambda word: word.at):
        said = _said_at(moment, tuple(rows), known)
        last |= said
        _require_possible(moment, last, said, excluded)
        if moment <= at:
            by_then = dict(last)
    return by_then


def holding(case: Case, at: datetime) -> dict[str, bool | None]:
    """Whether each known condition holds, as known at ``at``; None: nobody has said.

    Nothing is inferred: a condition that another one excludes is unknown until somebody
    speaks of it. Errors are those of :func:`last_words`.
    """
    said = last_words(case, at)
    return {name: said[name].holds if name in said else None for name in known_conditions(case)}


def _said_at(
    moment: datetime, rows: tuple[ConditionWord, ...], known: Mapping[str, Condition]
) -> dict[str, ConditionWord]:
    said: dict[str, ConditionWord] = {}
    for row in rows:
        name = row.condition_id
        require_known([name], known, f"the word of {clock_text(moment)} on a condition")
        if name in said and said[name].holds is not row.holds:
            raise InvalidInput(
                f"condition {name} is said to hold and not to hold at {clock_text(moment)}; "
                "keep one word"
            )
        said[name] = row
    return said


def _require_possible(
    moment: datetime,
    last: Mapping[str, ConditionWord],
    said: Mapping[str, ConditionWord],
    excluded: Mapping[str, frozenset[str]],
) -> None:
    for name, word in said.items():
        others = sorted(other for other in excluded[name] if other in last and last[other].holds)
        if word.holds and others:
            raise InvalidInput(
                f"conditions {name} and {others[0]} exclude each other, and both are said to "
                f"hold at {clock_text(moment)}; end one of them first"
            )
