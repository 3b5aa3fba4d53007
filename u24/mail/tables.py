"""The seam to the reader of attached tables; the mail door knows no format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from u24.desk.tables import read_offers
from u24.domain.offers import Lot, Vehicle
from u24.errors import InvalidInput


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTable:
    """What a table offers, or every cell that cannot be read."""

    lots: tuple[Lot, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    faults: tuple[str, ...] = ()


class ReadTable(Protocol):
    """Reads an attached table; the member is whoever sent it."""

    def __call__(self, data: bytes, name: str, member: str) -> OfferTable:
        """What stands in the table."""
        ...


def no_tables(data: bytes, name: str, member: str) -> OfferTable:
    """The reader of a desk that takes no tables by mail."""
    del data, member
    return OfferTable(faults=(f"{name}: this desk reads no tables by mail; enter it at the desk",))


def guarded(
    read: Callable[[bytes, str, str], tuple[tuple[Lot, ...], tuple[Vehicle, ...]]],
) -> ReadTable:
    """A reader that raises ``InvalidInput`` as one that answers."""

    def call(data: bytes, name: str, member: str) -> OfferTable:
        try:
            lots, vehicles = read(data, name, member)
        except InvalidInput as error:
            return OfferTable(faults=tuple(str(error).splitlines()))
        return OfferTable(lots=lots, vehicles=vehicles)

    return call


@guarded
def tables_of_intake(
    data: bytes, name: str, member: str
) -> tuple[tuple[Lot, ...], tuple[Vehicle, ...]]:
    """The reader of the intake room: CSV and XLSX, every fault by its cell."""
    del member  # stands in the table; the desk refuses an offer in another member's name
    table = read_offers(data, name)
    return table.lots, table.vehicles
