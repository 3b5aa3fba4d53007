"""The tables that U24 writes for others, with columns that stay: names, meanings, units.

A new column goes to the end. The reference page is made from this. What reads as a request or
offer table has its columns alone; an exercise stands in its notes.
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
        "arrivals", "What the released plan sends, and how far it is: one row a consignment.",
        call_sign="the case", consignment_id="what is sent",
        lot_id="of which lot; empty, like all of the lot, where it is not yours to see",
        need_id="for which need", member="who gives it", kind="what it is",
        packs="packs, whole number", units="units of the need's kind",
        vehicle_id="by what first; empty, with when it leaves, where it is not yours to see",
        site="to where", planned_depart_at="when the plan has it leave, UTC",
        departed_at="when it was reported to leave, UTC; empty: not reported",
        planned_arrive_at="when the plan has it arrive, UTC",
        projected_arrive_at="when it arrives by all that is reported, UTC; empty: it does not",
        arrived_at="when it was reported to arrive, UTC; empty: not reported",
        handed_over_packs="packs handed over; empty: not reported",
        handed_over_at="when the last of it was handed over, UTC",
        failed="yes: it was reported that it will not come", exercise="EXERCISE, or empty",
    ),
    _table(
        "board", "How far each line of each request is: one row a need.",
        call_sign="the case", request_id="the request", need_id="the need", place="where",
        kind="what", state="asked, nothing_yet, offered, accepted, committed, planned, "
        "under_way, partly, delivered or withdrawn",
        asked_units="units to plan for",
        in_plan_units="units in the released plan; empty: no plan knows of the need",
        handed_over_units="units handed over; empty: not reported",
        missing_units="units that do not come by all that is known; empty: as above",
        met_share_24h="share that comes by T+24 by all that is known, 0 to 1; empty: as above",
        met_share_48h="share that comes by T+48", met_share_72h="share that comes by T+72",
        members="who offers it, separated by ;", due_at="until then it counts in full, UTC",
        expected_at="when the plan has the last of it arrive, UTC",
        last_at="when anything of it was last reported, UTC", exercise="EXERCISE, or empty",
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
        exercise="EXERCISE, or empty",
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
