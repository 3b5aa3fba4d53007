"""The tables that U24 writes for others, with columns that stay: names, meanings, units.

A new column goes to the end. The reference page is made from this.
"""

from dataclasses import dataclass

from u24.errors import InvalidInput
from u24.intake.tables.schema import GOODS, NEEDS, VEHICLES, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportColumn:
    """One column of a table that goes out."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One table that goes out."""

    name: str
    meaning: str
    columns: tuple[ExportColumn, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns in their order."""
        return tuple(column.name for column in self.columns)


def _of(sheet: Sheet, name: str, meaning: str) -> Export:
    columns = tuple(
        ExportColumn(name=field.name, meaning=field.column.meaning) for field in sheet.fields
    )
    return Export(name=name, meaning=meaning, columns=columns)


def _table(name: str, meaning: str, **columns: str) -> Export:
    held = tuple(ExportColumn(name=key, meaning=text) for key, text in columns.items())
    return Export(name=name, meaning=meaning, columns=held)


EXPORTS: tuple[Export, ...] = (
    _of(NEEDS, "needs", "What is needed; reads as a request table."),
    _of(GOODS, "goods", "Goods and teams on offer; reads as an offer table."),
    _of(VEHICLES, "vehicles", "Aircraft and lorries on offer; reads as an offer table."),
    _table(
        "arrivals", "What reached a place of need.",
        call_sign="the case", movement_id="the report's own name", consignment_id="what arrived",
        lot_id="of which lot", need_id="for which need", member="who gave it", kind="what it is",
        packs="packs, whole number", units="units of the need's kind", site="where",
        happened_at="when, UTC", expected_at="when the plan said, UTC",
    ),
    _table(
        "board", "The board: one row a need.",
        call_sign="the case", need_id="the need", place="where", kind="what",
        planned_units="units to plan for", arrived_units="units that arrived; empty: unknown",
        met_share_24h="share met by T+24, 0 to 1", met_share_48h="share met by T+48, 0 to 1",
        met_share_72h="share met by T+72, 0 to 1", members="who gives, separated by ;",
        missing_units="units that nobody brings", reason="why they are missing",
    ),
    _table(
        "kpi", "Measured times of a case; empty: not reached.",
        call_sign="the case", member="of this member; empty: of the case",
        alert_at="first alert, UTC", case_at="opened, UTC", request_at="first request, UTC",
        first_offer_at="first offer, UTC", acceptance_at="first acceptance, UTC",
        wheels_up_at="first departure, UTC", arrival_at="first arrival, UTC",
        hand_over_at="first hand-over, UTC", alert_to_request_h="hours", request_to_offer_h="hours",
        offer_to_acceptance_h="hours", acceptance_to_wheels_up_h="hours",
        wheels_up_to_arrival_h="hours", arrival_to_hand_over_h="hours",
    ),
)  # fmt: skip


def get_export(name: str) -> Export:
    """The table of that name.

    Raises
    ------
    InvalidInput
        There is none.
    """
    for export in EXPORTS:
        if export.name == name:
            return export
    known = ", ".join(export.name for export in EXPORTS)
    raise InvalidInput(f"table {name!r} is unknown; known are {known}")
