"""Request and offer tables into words, or everything that is wrong with them.

Reading is the dry run: nothing is done with what is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.intake.case_folder.names import Holder, Names
from u24.intake.tables.faults import Faults
from u24.intake.tables.headings import Saved, count_known, match_headings, simple
from u24.intake.tables.opening import Cells, open_table
from u24.intake.tables.rows import Row, read_rows
from u24.intake.tables.schema import GOODS, MOST_VEHICLES, NEEDS, OFFER, REQUEST, Sheet
from u24.intake.tables.words import lot_of, need_of, vehicles_of
from u24.reference.tables import SHIPPED, Tables

NO_MAPPING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTable:
    """What a member offers in one file."""

    lots: tuple[Lot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()


def read_request_table(
    data: bytes,
    name: str,
    *,
    mapping: Saved = NO_MAPPING,
    places: frozenset[str] | None = None,
    tables: Tables = SHIPPED,
) -> tuple[Need, ...]:
    """The needs of a CSV or XLSX file.

    Parameters
    ----------
    data, name
        The file, and what it is called in messages.
    mapping
        A partner's heading -> our column; an empty column leaves that heading out.
    places
        Places of the case; None: not known, any id will do.

    Raises
    ------
    CaseErrors
        ``messages`` names every cell that is wrong, up to a hundred.
    """
    names = _names_of(places, tables)
    rows = _read(data, name, REQUEST, mapping, names)
    return tuple(need_of(row) for row in rows.get(NEEDS.name, ()))


def read_offer_table(
    data: bytes,
    name: str,
    *,
    mapping: Saved = NO_MAPPING,
    places: frozenset[str] | None = None,
    tables: Tables = SHIPPED,
) -> OfferTable:
    """The lots and vehicles of a CSV or XLSX file; parameters as :func:`read_request_table`.

    Raises
    ------
    CaseErrors
        ``messages`` names every cell that is wrong, up to a hundred.
    """
    names = _names_of(places, tables)
    rows = _read(data, name, OFFER, mapping, names)
    return OfferTable(
        lots=tuple(lot_of(row, tables) for row in rows.get(GOODS.name, ())),
        vehicles=tuple(each for row in rows.get("Vehicles", ()) for each in vehicles_of(row)),
    )


def _names_of(places: frozenset[str] | None, tables: Tables) -> Names:
    return Names(tables=tables, of_case={} if places is None else {Holder.PLACES: places})


def _read(
    data: bytes, name: str, sheets: tuple[Sheet, ...], mapping: Saved, names: Names
) -> dict[str, list[Row]]:
    opened = open_table(data, name)
    faults = Faults()
    rows: dict[str, list[Row]] = {}
    for sheet, cells in _assigned(sheets, opened, mapping):
        headed = match_headings(sheet, cells, mapping, faults)
        if headed is not None:
            rows[sheet.name] = read_rows(headed, names, faults)
    faults.raise_if_any()
    wanted = " or ".join(sheet.name for sheet in sheets)
    if not any(rows.values()):
        faults.add(f"{name}: it holds no row; fill in at least one of {wanted}")
    if sum(row["count"] for row in rows.get("Vehicles", ())) > MOST_VEHICLES:
        faults.add(f"{name}: it holds over {MOST_VEHICLES} vehicles; split it")
    faults.raise_if_any()
    return rows


def _assigned(
    sheets: tuple[Sheet, ...], opened: tuple[Cells, ...], mapping: Saved
) -> Iterator[tuple[Sheet, Cells]]:
    """Which sheet of a file is which of ours: by name; else the one whose headings fit best."""
    by_name = {simple(cells.sheet): cells for cells in opened if cells.sheet}
    named = [
        (sheet, by_name[simple(sheet.name)]) for sheet in sheets if simple(sheet.name) in by_name
    ]
    if named:
        yield from (held for held in named if held[1].rows)
        return
    fits = [
        (count_known(sheet, cells, mapping), -number, sheet, cells)
        for number, sheet in enumerate(sheets)
        for cells in opened
        if cells.rows
    ]
    if fits:
        *_, sheet, cells = max(fits, key=lambda held: held[:2])
        yield sheet, cells
