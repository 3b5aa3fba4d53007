"""What the rules need to know of the whole case while they look at one row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from u24.domain.proposals import ProposalKind
from u24.intake.case_folder.faults import Row
from u24.intake.case_folder.names import Holder, Names
from u24.intake.case_folder.schema import SECTIONS
from u24.intake.case_folder.toml_rows import Sections
from u24.reference.conditions import STANDARD
from u24.reference.tables import Tables

Rows = Mapping[str, list[Row]]  # by section or file name

# Where the names stand that words in other cells may be: file or section, and column.
NAMED_IN = {
    Holder.PLACES: ("places", "id"),
    Holder.PHASES: ("phases", "name"),
    Holder.PROPOSALS: ("proposals", "id"),
    Holder.CONDITIONS: ("conditions", "id"),
    Holder.ASKS: ("asks", "id"),
    Holder.NEEDS: ("needs.csv", "need_id"),
    Holder.OFFERS: ("offers.csv", "offer_id"),
    Holder.SOURCES: ("sources.csv", "key"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the rules need of the case: ``None`` where case.toml does not tell.

    ``purposeless`` are the proposals that are known not to be missions. ``exclusions`` give
    for a condition all that cannot hold beside it, in both directions.
    """

    names: Names
    asked_kinds: frozenset[str] = frozenset()  # what needs ask for, substitutes too
    purposeless: frozenset[str] = frozenset()
    exclusions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    host: str = ""
    t0_at: datetime | None = None
    horizon_h: float | None = None
    planning_figure: str = "best"


def frame_of(rows: Rows, sections: Sections | None, unread: set[str], used: Tables) -> Frame:
    """The frame of all rows. ``unread`` are the files whose rows are not all known."""
    unknown = unread | (sections.unread if sections else {each.name for each in SECTIONS})
    of_case = {
        holder: _names_in(rows[table], column)
        for holder, (table, column) in NAMED_IN.items()
        if table not in unknown
    }
    frame = Frame(
        names=Names(tables=used, own_kinds=_own_kinds(rows["offers.csv"]), of_case=of_case),
        asked_kinds=_asked_kinds(rows["needs.csv"]),
        purposeless=_purposeless(rows.get("proposals", [])),
        exclusions=_exclusions(rows.get("conditions", [])),
    )
    head = next(iter(rows.get("case", ())), None)
    if head is None:
        return frame
    return replace(
        frame,
        host=head["host"] or "",
        t0_at=head["t0"],
        horizon_h=head["horizon_h"],
        planning_figure=head["planning_figure"] or "best",
    )


def _names_in(rows: list[Row], column: str) -> frozenset[str]:
    """Names the rows give, badly written ones too, so that a fault is told only once."""
    good = {row[column] for row in rows if row[column]}
    bad = {row.found[column] for row in rows if column in row.found}
    return frozenset(good | bad | {each.lower() for each in bad})


def _own_kinds(offers: list[Row]) -> frozenset[str]:
    return frozenset(
        row["kind"]
        for row in offers
        if row.has("kind") and all(row[name] or name in row.found for name in ("pack_kg", "pack_l"))
    )


def _asked_kinds(needs: list[Row]) -> frozenset[str]:
    kinds = {row["kind"] for row in needs if row.has("kind")}
    return frozenset(kinds | {each.kind for row in needs for each in row["substitutes"] or ()})


def _purposeless(proposals: list[Row]) -> frozenset[str]:
    missions = {row["id"] for row in proposals if row["kind"] in {None, ProposalKind.MISSION}}
    return frozenset({row["id"] for row in proposals if row["id"]} - missions)


def _exclusions(conditions: list[Row]) -> dict[str, frozenset[str]]:
    """For each condition those that cannot hold beside it, whichever of the two says so."""
    excludes = {name: word.excludes for name, word in STANDARD.items()}
    excludes |= {row["id"]: row["excludes"] or () for row in conditions if row["id"]}
    found: dict[str, set[str]] = {}
    for own, others in excludes.items():
        for other in others:
            found.setdefault(own, set()).add(other)
            found.setdefault(other, set()).add(own)
    return {name: frozenset(others) for name, others in found.items()}
