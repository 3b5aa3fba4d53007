"""What may stand in for a kind: the same capability, and crews that can run it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from u24.domain.needs import Need, Substitute
from u24.reference.controlled import find_controlled_kind, list_controlled_kinds
from u24.reference.tables import SHIPPED, Tables


def similar_kinds(
    kind: str, host_crews: Collection[str], tables: Tables = SHIPPED
) -> tuple[Substitute, ...]:
    """What counts as "``kind`` or similar" for a host.

    The same capability, and of a family that the host's crews can run: what nobody there
    can run is no help. What needs no trained crew has no family, and anybody can use it.
    One counts as one. For goods that are not controlled nothing is similar: their
    substitutes stand in the need.

    Parameters
    ----------
    kind
        The kind asked for; that the host can run it is taken for granted, as it asked.
    host_crews
        Crew families, as in ``Case.host_crews``.
    tables
        Controlled kinds are looked up here.

    Returns
    -------
    tuple of Substitute
        In order of kind, without ``kind`` itself.
    """
    asked = find_controlled_kind(kind, tables)
    if asked is None:
        return ()
    return tuple(
        Substitute(kind=each.kind, factor_share=1.0)
        for each in list_controlled_kinds(tables)
        if each.kind != kind
        and each.capability == asked.capability
        and (not each.crew_family or each.crew_family in host_crews)
    )


def widen_needs(
    needs: Sequence[Need], host_crews: Collection[str], tables: Tables = SHIPPED
) -> tuple[Need, ...]:
    """The needs, those that say "or similar" with what is similar as further substitutes.

    A substitute that a need names itself keeps its own factor.
    """
    return tuple(
        _widened(need, similar_kinds(need.kind, host_crews, tables)) if need.or_similar else need
        for need in needs
    )


def _widened(need: Need, similar: Iterable[Substitute]) -> Need:
    named = {need.kind, *(each.kind for each in need.substitutes)}
    further = tuple(each for each in similar if each.kind not in named)
    return replace(need, substitutes=(*need.substitutes, *further))
