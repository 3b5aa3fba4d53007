"""What the request states stands over what is estimated; both are shown."""

from u24.domain.needs import Need, Substitute


def merge_needs(stated: tuple[Need, ...], estimated: tuple[Need, ...]) -> tuple[Need, ...]:
    """The needs to plan for: all stated ones, then what they do not speak of.

    A stated need takes the place of an estimated one at the same place, or everywhere if
    it names no place, when it is of the same kind or of one that stands in for it.
    """
    return (
        *stated,
        *(need for need in estimated if not any(_speaks_of(said, need) for said in stated)),
    )


def stated_units(
    stated: tuple[Need, ...], place_id: str, kind: str, substitutes: tuple[Substitute, ...]
) -> float | None:
    """What the request asks for, in units of ``kind``; None where it says nothing.

    Without a place the request's figures add up, as they are one source's.
    """
    worth = [
        need.planned_units * factor
        for need in stated
        if place_id in ("", need.place_id)
        and (factor := _find_factor(need, kind, substitutes)) is not None
    ]
    return sum(worth) if worth else None


def _speaks_of(said: Need, need: Need) -> bool:
    return (
        said.place_id in ("", need.place_id)
        and _find_factor(said, need.kind, need.substitutes) is not None
    )


def _find_factor(said: Need, kind: str, substitutes: tuple[Substitute, ...]) -> float | None:
    """Units of ``kind`` that one unit of what was said counts."""
    if said.kind == kind:
        return 1.0
    for substitute in substitutes:
        if substitute.kind == said.kind:
            return substitute.factor_share
    return None
