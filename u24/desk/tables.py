"""Request and offer tables for the doors: an empty one, and what a filled one says."""

from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.intake.tables.read import OfferTable, read_offer_table, read_request_table
from u24.intake.tables.template import make_workbook

Words = dict[str, tuple[Need, ...] | tuple[Lot, ...] | tuple[Vehicle, ...]]


def template_of(what: str, *, right_to_left: bool = False) -> bytes:
    """An XLSX to fill in; ``what`` is request or offer."""
    return make_workbook(what, right_to_left=right_to_left)


def read_table(what: str, data: bytes, name: str) -> Words:
    """The fields that a filled table gives for the command it belongs to.

    Raises
    ------
    CaseErrors
        ``messages`` names every cell that is wrong.
    """
    if what == "request":
        return {"needs": read_request_table(data, name)}
    offered = read_offers(data, name)
    return {"lots": offered.lots, "vehicles": offered.vehicles}


def read_offers(data: bytes, name: str) -> OfferTable:
    """The lots and vehicles of a filled offer table; raises as :func:`read_table`."""
    return read_offer_table(data, name)
