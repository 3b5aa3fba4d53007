"""Good rows into needs, lots and vehicles; and back into rows, for templates and exports."""

import math
from collections.abc import Iterator

from u24.domain.figures import Basis, Grounds, Range
from u24.domain.needs import Need
from u24.domain.offers import Caveat, Lot, Vehicle
from u24.intake.case_folder.build import in_thousandths
from u24.intake.case_folder.kinds import packs_by_kind
from u24.intake.tables.rows import Row
from u24.intake.tables.writing import Value
from u24.reference.tables import Tables

THOUSAND = 1000
JOIN = ";"


def need_of(row: Row) -> Need:
    """A need; what is left empty follows from the best figure and from when it is due."""
    best = row["amount_best"]
    low, high = row["amount_low"], row["amount_high"]
    return Need(
        need_id=row["need_id"],
        place_id=row["place"],
        kind=row["kind"],
        amount=Range(
            low=best if low is None else low, best=best, high=best if high is None else high
        ),
        planned_units=row["planned"] or math.ceil(best),
        due_at=row["due_at"],
        deadline_at=row["deadline_at"] or row["due_at"],
        weight=row["weight"],
        substitutes=row["substitutes"] or (),
        or_similar=row["or_similar"],
        proposal_id=row["proposal"] or "",
        grounds=_grounds(row),
    )


def lot_of(row: Row, tables: Tables) -> Lot:
    """A lot; kilograms and litres round up to grams and millilitres."""
    pack = packs_by_kind(tables).get(row["kind"])
    mass_kg, volume_l, people = row["pack_kg"], row["pack_l"], row["pack_people"]
    return Lot(
        lot_id=row["lot_id"],
        member=row["member"],
        kind=row["kind"],
        site_id=row["site"],
        packs=row["packs"],
        pack_mass_g=pack.mass_g if pack and mass_kg is None else in_thousandths(mass_kg),
        pack_volume_ml=pack.volume_ml if pack and volume_l is None else in_thousandths(volume_l),
        pack_people=people if people is not None else pack.people if pack else 0,
        pack_units=row["pack_units"],
        ready_at=row["ready_at"],
        valid_until_at=row["valid_until_at"],
        caveats=row["caveats"] or (),
        military=row["military"],
        proposal_id=row["proposal"] or "",
        grounds=_grounds(row),
    )


def vehicles_of(row: Row) -> Iterator[Vehicle]:
    """One vehicle each; a row that counts several numbers them."""
    for number in range(1, row["count"] + 1):
        yield Vehicle(
            vehicle_id=row["vehicle_id"] if row["count"] == 1 else f"{row['vehicle_id']}/{number}",
            member=row["member"],
            class_id=row["class"],
            home_site=row["home"],
            available_at=row["available_at"],
            until_at=row["until_at"],
            caveats=row["caveats"] or (),
            military=row["military"],
            grounds=_grounds(row),
        )


def row_of_need(need: Need) -> dict[str, Value]:
    """The cells of a need, by our names."""
    return {
        "need_id": need.need_id,
        "place": need.place_id,
        "kind": need.kind,
        "amount_low": need.amount.low,
        "amount_best": need.amount.best,
        "amount_high": need.amount.high,
        "planned": need.planned_units,
        "due_at": need.due_at,
        "deadline_at": need.deadline_at,
        "weight": need.weight,
        "substitutes": JOIN.join(f"{each.kind}:{each.factor_share!r}" for each in need.substitutes),
        "or_similar": _flag(need.or_similar),
        "proposal": need.proposal_id,
        **_grounds_cells(need.grounds),
    }


def row_of_lot(lot: Lot) -> dict[str, Value]:
    """The cells of a lot, by our names."""
    return {
        "lot_id": lot.lot_id,
        "member": lot.member,
        "kind": lot.kind,
        "site": lot.site_id,
        "packs": lot.packs,
        "pack_kg": lot.pack_mass_g / THOUSAND,
        "pack_l": lot.pack_volume_ml / THOUSAND,
        "pack_people": lot.pack_people,
        "pack_units": lot.pack_units,
        "ready_at": lot.ready_at,
        "valid_until_at": lot.valid_until_at,
        "caveats": _caveats_cell(lot.caveats),
        "military": _flag(lot.military),
        "proposal": lot.proposal_id,
        **_grounds_cells(lot.grounds),
    }


def row_of_vehicle(vehicle: Vehicle) -> dict[str, Value]:
    """The cells of a vehicle, by our names."""
    return {
        "vehicle_id": vehicle.vehicle_id,
        "member": vehicle.member,
        "class": vehicle.class_id,
        "count": 1,
        "home": vehicle.home_site,
        "available_at": vehicle.available_at,
        "until_at": vehicle.until_at,
        "caveats": _caveats_cell(vehicle.caveats),
        "military": _flag(vehicle.military),
        **_grounds_cells(vehicle.grounds),
    }


def _grounds(row: Row) -> Grounds:
    return Grounds(basis=Basis(row["basis"]), sources=row["source"] or (), note=row["note"] or "")


def _grounds_cells(grounds: Grounds) -> dict[str, Value]:
    return {
        "basis": str(grounds.basis), "source": JOIN.join(grounds.sources), "note": grounds.note
    }  # fmt: skip


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _caveats_cell(caveats: tuple[Caveat, ...]) -> str:
    return JOIN.join(str(caveat) for caveat in caveats)
