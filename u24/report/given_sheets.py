"""What the plan was given: every row of the case with its basis, sources and note."""

from u24.clock import seconds_since
from u24.domain.answer import Answer
from u24.domain.consent import ANY, Consent
from u24.domain.figures import Grounds
from u24.domain.offers import Lot, Vehicle
from u24.domain.places import AirportTerms
from u24.report.names import kind_name
from u24.report.sheet import Cell, Sheet, row
from u24.report.wording import (
    S_PER_H,
    UNKNOWN,
    clock,
    listed,
    number,
    plain,
    t_plus,
    tonnes,
)

AS_TABLE = "as in the table"  # what None means in an airport's terms


def given_sheets(answer: Answer) -> tuple[Sheet, ...]:
    """Offers, vehicles, airports, roads and consents; folded, and not printed."""
    found = (_lots(answer), _vehicles(answer), _airports(answer), _roads(answer), _consents(answer))
    return tuple(sheet for sheet in found if sheet.rows)


def _folded(key: str, title: str, columns: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet(
        key=key,
        title=title,
        caption=f"{number(len(rows))} rows, each with its basis, sources and note",
        columns=(*columns, "Basis"),
        rows=tuple(rows),
        folded=True,
        printed=False,
    )


def _basis(grounds: Grounds) -> Cell:
    note = f": {grounds.note}" if grounds.note else ""
    return Cell(text=f"{grounds.basis}{note}", sources=grounds.sources)


def _lots(answer: Answer) -> Sheet:
    columns = ("Lot", "Member", "Kind", "At", "Packs", "Mass", "People", "Ready", "Caveats")
    rows = [_lot(answer, lot) for lot in answer.case.lots]
    return _folded("given-offers", "Offers of goods and teams", columns, rows)


def _lot(answer: Answer, lot: Lot) -> tuple[Cell, ...]:
    return row(
        lot.lot_id,
        lot.member,
        kind_name(lot.kind),
        lot.site_id,
        number(lot.packs),
        tonnes(lot.mass_kg),
        number(lot.packs * lot.pack_people),
        t_plus(seconds_since(answer.case.t0_at, lot.ready_at)),
        listed(tuple(map(str, lot.caveats))),
        _basis(lot.grounds),
    )


def _vehicles(answer: Answer) -> Sheet:
    columns = ("Vehicle", "Member", "Class", "Home", "From", "Until", "Caveats")
    rows = [_vehicle(answer, vehicle) for vehicle in answer.case.vehicles]
    return _folded("given-vehicles", "Vehicles", columns, rows)


def _vehicle(answer: Answer, vehicle: Vehicle) -> tuple[Cell, ...]:
    names = {each.class_id: each.name for each in answer.problem.classes}
    t0 = answer.case.t0_at
    return row(
        vehicle.vehicle_id,
        vehicle.member,
        names.get(vehicle.class_id, vehicle.class_id),
        vehicle.home_site,
        t_plus(seconds_since(t0, vehicle.available_at)),
        t_plus(seconds_since(t0, vehicle.until_at)),
        listed(tuple(map(str, vehicle.caveats))),
        _basis(vehicle.grounds),
    )


def _airports(answer: Answer) -> Sheet:
    columns = ("Airport", "Slots", "Closed", "Runway, m", "Entry", "Tech stop", "Lorries")
    rows = [_airport(terms) for terms in answer.case.airports]
    return _folded("given-airports", "Airports", columns, rows)


def _airport(terms: AirportTerms) -> tuple[Cell, ...]:
    closed = (
        f"{t_plus(round(start * S_PER_H))} to {t_plus(round(end * S_PER_H))}"
        for start, end in terms.closed_h
    )
    return row(
        terms.code,
        AS_TABLE if terms.slots is None else number(terms.slots),
        listed(tuple(closed)),
        AS_TABLE if terms.runway_m is None else number(terms.runway_m),
        _yes(said=terms.entry),
        _yes(said=terms.tech_stop),
        number(terms.lorries),
        _basis(terms.grounds),
    )


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"


def _roads(answer: Answer) -> Sheet:
    rows = [
        row(
            f"{road.from_site} to {road.to_site}",
            f"{number(road.duration_s / S_PER_H)} h",
            _basis(road.grounds),
        )
        for road in answer.case.roads
    ]
    return _folded("given-roads", "Roads", ("Way", "Door to door"), rows)


def _consents(answer: Answer) -> Sheet:
    rows = [_consent(consent) for consent in answer.case.consents]
    columns = ("Members", "Kinds", "The host says", "From", "Until")
    return _folded("given-consents", "The host's consent", columns, rows)


def _consent(consent: Consent) -> tuple[Cell, ...]:
    return row(
        _any(consent.members),
        plain(_any(consent.kinds)),
        _yes(said=consent.allowed),
        clock(consent.from_at),
        clock(consent.until_at),
        _basis(consent.grounds),
    )


def _any(names: tuple[str, ...]) -> str:
    return "any" if ANY in names else ", ".join(names) or UNKNOWN
