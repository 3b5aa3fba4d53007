"""Arms embargoes that stand on a day, and whether they bind the owner of what would move."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from u24.domain.case import Case
from u24.domain.consent import Permission, Reason
from u24.domain.gates import Embargo
from u24.errors import InvalidInput
from u24.reference.countries import find_country
from u24.reference.embargoes import embargoes_against
from u24.reference.organisations import electors_of
from u24.reference.tables import SHIPPED, Tables

UN = ("UN", "UNSC")
EU = "EU"


def embargoes_on(
    target: str, on: date, case: Case, tables: Tables = SHIPPED
) -> tuple[Embargo, ...]:
    """The embargoes against a state (ISO3) that stand on that day.

    Those of the reference table and those of the case together, each once; in order of who
    laid them and from when.
    """
    known = (*embargoes_against(target, tables), *case.embargoes)
    standing = {each for each in known if each.target == target and stands_on(each, on)}
    return tuple(sorted(standing, key=_place))


def stands_on(embargo: Embargo, on: date) -> bool:
    """Whether it binds on that day: from its first day, until before its last."""
    return embargo.from_on <= on and (embargo.until_on is None or on < embargo.until_on)


def binds(embargo: Embargo, owner: str, on: date, tables: Tables = SHIPPED) -> bool | None:
    """Whether it binds an owner (ISO3) on that day; None: who is bound by it is not known.

    One of the UN binds every state, one of an organisation its members, one of a state
    that state alone.
    """
    if embargo.by in UN or embargo.by == owner:
        return True
    if find_country(embargo.by, tables) is not None:
        return False
    return is_member(owner, embargo.by, on, tables)


def is_member(state: str, body: str, on: date, tables: Tables = SHIPPED) -> bool | None:
    """Whether a state (ISO3) is a member on that day; None: the members are not known."""
    members = _members(body, on, tables)
    return None if members is None else state in members


def embargo_text(embargo: Embargo) -> str:
    """An embargo in words: whose, against whom, since when, what it bars, and the act."""
    text = f"arms embargo of {embargo.by} on {embargo.target} since {embargo.from_on}"
    if embargo.scope:
        text += f" ({embargo.scope})"
    if embargo.source:
        text += f", {embargo.source}"
    return f"{text}; {embargo.note}" if embargo.note else text


def embargo_sources(embargoes: Iterable[Embargo]) -> tuple[str, ...]:
    """The acts, each once, in the order given."""
    return tuple(dict.fromkeys(each.source for each in embargoes if each.source))


def bar(embargo: Embargo, gate_id: str) -> Reason:
    """It bars by itself; whoever laid it may end it."""
    return Reason(
        code=f"gate-{gate_id}",
        text=embargo_text(embargo),
        lifted_by="UN Security Council" if embargo.by in UN else embargo.by,
        leaves=Permission.NO,
        sources=embargo_sources([embargo]),
    )


def information(embargo: Embargo, owner: str) -> Reason:
    """It does not bind the owner, and is shown all the same."""
    return Reason(
        code=f"embargo-{embargo.by.lower()}",
        text=f"{embargo_text(embargo)}; it does not bind {owner}",
        lifted_by=embargo.by,
        sources=embargo_sources([embargo]),
    )


def _place(embargo: Embargo) -> tuple[str, date, str, str, bool, date, str]:
    return (
        embargo.by, embargo.from_on, embargo.source, embargo.scope, embargo.whole_state,
        embargo.until_on or date.max, embargo.note,
    )  # fmt: skip


@lru_cache(maxsize=256)
def _members(body: str, on: date, tables: Tables) -> frozenset[str] | None:
    try:
        electors = electors_of(body, on, tables)
    except InvalidInput:  # no such organisation in the table, or not for that day
        return None
    return frozenset(each.member for each in electors)
