"""An offer from a standing one: released beforehand, so that it is there in seconds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from u24.desk.board.state import StandingState
from u24.desk.saying import Setting
from u24.domain.facts.requests import OfferMade, StandingOfferReleased
from u24.domain.offers import Lot, Vehicle

_LAST = datetime.max.replace(microsecond=0, tzinfo=UTC)


def why_not(standing: StandingState, hazard: str, host: str, now: datetime) -> str:
    """Why a standing offer does not fit a case; empty if it does."""
    fact = standing.fact
    if standing.withdrawn:
        return f"it was withdrawn: {standing.withdrawn}"
    if fact.valid_until_at is not None and fact.valid_until_at <= now:
        return f"it was valid until {fact.valid_until_at.isoformat()}"
    if fact.hazards and hazard not in fact.hazards:
        return f"it is for {', '.join(fact.hazards)}, not for {hazard}"
    if host in fact.not_hosts or host == fact.member:
        return f"it is not for {host}"
    return ""


def draft_from(
    fact: StandingOfferReleased,
    setting: Setting,
    *,
    case_id: str,
    call_sign: str,
    again: int = 0,
    request_id: str = "",
) -> OfferMade:
    """The offer to one case: times moved from when it was released to now, names of its own.

    ``again`` counts earlier drafts of the same in the case, so that no name comes twice.
    """
    later = setting.now - fact.said_at
    mark = f"@{call_sign}" + (f".{again + 1}" if again else "")
    return OfferMade(
        said_at=setting.now, case_id=case_id, offer_id=setting.ids("offer"),
        member=fact.member, lots=tuple(_lot(lot, later, mark) for lot in fact.lots),
        vehicles=tuple(_vehicle(vehicle, later, mark) for vehicle in fact.vehicles),
        request_id=request_id, standing_id=fact.standing_id, confidential=fact.confidential,
        text=fact.text,
    )  # fmt: skip


def _lot(lot: Lot, later: timedelta, mark: str) -> Lot:
    until_at = lot.valid_until_at
    return replace(
        lot,
        lot_id=lot.lot_id + mark,
        ready_at=_moved(lot.ready_at, later),
        valid_until_at=None if until_at is None else _moved(until_at, later),
        standing=True,
    )


def _vehicle(vehicle: Vehicle, later: timedelta, mark: str) -> Vehicle:
    return replace(
        vehicle,
        vehicle_id=vehicle.vehicle_id + mark,
        available_at=_moved(vehicle.available_at, later),
        until_at=_moved(vehicle.until_at, later),
    )


def _moved(moment: datetime, later: timedelta) -> datetime:
    """So much later, and at the end of all days at the latest: for ever stays for ever."""
    return moment + min(later, _LAST - moment)
