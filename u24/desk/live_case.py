"""A case as it stands now, in the words that the thinking rooms take."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from u24.desk.assembly import TICK_S
from u24.desk.board.state import Board, CaseState, OfferState
from u24.desk.live_words import (
    condition_words_of,
    conditions_of,
    gate_answers_of,
    phases_of,
    positions_of,
    proposals_of,
)
from u24.domain.asks import Ask
from u24.domain.case import Case
from u24.domain.consent import Consent
from u24.domain.facts.requests import Reply
from u24.domain.needs import Need
from u24.domain.offers import Lot, Vehicle
from u24.domain.problem import Worth
from u24.errors import InvalidInput
from u24.tracking import worth_parts

_Row = TypeVar("_Row")
WHOLE = 1e-9  # units that lack so little of a whole one count as it


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """What a re-plan takes as given.

    ``gone_packs`` have left their lot for good, also if they came to nothing. ``berths`` is
    where and when a vehicle is free again. ``covered`` are units that reach their need by
    its deadline, by need.
    """

    gone_packs: Mapping[str, int] = field(default_factory=dict)
    berths: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)
    failed_vehicles: frozenset[str] = frozenset()
    covered: Mapping[str, float] = field(default_factory=dict)


def joined_cases(board: Board, case: CaseState) -> tuple[CaseState, ...]:
    """The case, then all cases that were merged into it or into those, each once."""
    found = {case.case_id: case}
    waiting = list(case.merged_from)
    while waiting:
        case_id = waiting.pop(0)
        if case_id in board.cases and case_id not in found:
            found[case_id] = board.cases[case_id]
            waiting += board.cases[case_id].merged_from
    return tuple(found.values())


def live_case(case: CaseState, merged: Sequence[CaseState] = (), *, exercise: bool = False) -> Case:
    """What stands now: requests, accepted offers, consents, positions, gates, the ground.

    Positions in confidence are in it: they count, and whoever shows anything of it must leave
    out what is marked as secret.

    Parameters
    ----------
    case
        The case that goes on; where rows of the same name differ, its own stand.
    merged
        Cases that were merged into it.
    exercise
        Whether the whole ledger is an exercise.

    Raises
    ------
    InvalidInput
        Two requests name one need, or two offers one lot or vehicle.
    """
    states = (*reversed(merged), case)  # the last outweighs
    live = Case(
        case_id=case.case_id,
        title=case.title,
        hazard=case.hazard,
        t0_at=case.t0_at,
        host=case.host,
        horizon_h=case.horizon_h,
        exercise=exercise,
        estimate_needs=case.estimate_needs,
        summary=case.summary,
        places=tuple(_joined(state.places for state in states).values()),
        shocks=case.shocks or next((s.shocks for s in merged if s.shocks), ()),
        needs=_needs(case, merged),
        lots=tuple(_lots(case, merged)),
        vehicles=tuple(_vehicles(case, merged)),
        airports=tuple(_joined(state.airports for state in states).values()),
        roads=tuple(_joined(state.roads for state in states).values()),
        consents=tuple(standing_consents(case, merged).values()),
        **_words((case, *merged)),
        sources=tuple(_joined(state.sources for state in states).values()),
    )
    return replace(live, asks=tuple(_asks(live, (case, *merged))))


def _asks(live: Case, states: Sequence[CaseState]) -> Iterator[Ask]:
    """Wishes for what stands now; one for a lot that is not accepted cannot be judged yet."""
    known = {lot.lot_id for lot in live.lots} | {need.need_id for need in live.needs}
    known |= {proposal.proposal_id for proposal in live.proposals}
    for fact in _joined(state.asks for state in reversed(states)).values():
        if known.issuperset(fact.ask.wanted.subjects):
            yield fact.ask


def _words(states: Sequence[CaseState]) -> dict[str, Any]:
    return {
        "phases": phases_of(states),
        "proposals": proposals_of(states),
        "positions": positions_of(states),
        "conditions": conditions_of(states),
        "condition_words": condition_words_of(states),
        "gate_answers": gate_answers_of(states),
        "host_crews": next((state.host_crews for state in states if state.host_crews), ()),
    }


def standing_consents(case: CaseState, merged: Sequence[CaseState] = ()) -> dict[str, Consent]:
    """The consents that stand, by id, each case's in their own order, as the last outweighs.

    Those of merged cases go in between by when they were last said.
    """
    rows = [list(state.consents.items()) for state in (case, *merged)]
    found: dict[str, Consent] = {}
    for consent_id, held in heapq.merge(*rows, key=lambda row: row[1].position):
        if not held.withdrawn and consent_id not in found:
            found[consent_id] = held.fact.consent
    return found


def offers_of(case: CaseState, merged: Sequence[CaseState] = ()) -> dict[str, OfferState]:
    """Every offer ever made to the case, by id, also those that no longer stand."""
    return _joined(state.offers for state in (*reversed(merged), case))


def is_taken(offer: OfferState) -> bool:
    """Whether the host took the offer, or a part of it, and the member has not withdrawn it."""
    return offer.reply in (Reply.ACCEPT, Reply.PARTLY) and not offer.withdrawn


def next_tick(t0_at: datetime, now: datetime) -> datetime:
    """The first moment of the plan's grid that is not before ``now``, nor before T0."""
    ticks = -(-(now - t0_at) // timedelta(seconds=TICK_S))
    return t0_at + max(0, ticks) * timedelta(seconds=TICK_S)


def remaining_case(case: Case, needs: Sequence[Need], under_way: UnderWay, now: datetime) -> Case:
    """What is left to plan at ``now``; T0 stays, so that the 24 hours go on.

    Packs that are gone are taken off their lots, covered units off their needs. Lots are
    ready and vehicles free not before the next tick of the grid; a vehicle that is under
    way is free where and when its running sortie ends. Failed vehicles are left out, and
    those whose time is over. Closed airports come as the case says.

    Parameters
    ----------
    case
        As :func:`live_case` gives it.
    needs
        What it is planned for, estimated needs among them.
    under_way
        What is taken as given.

    Returns
    -------
    Case
        With needs as :func:`rest_of` gives them, and nothing estimated anew.
    """
    from_at = next_tick(case.t0_at, now)
    worth = Worth()
    rests = (rest_of(need, under_way.covered.get(need.need_id, 0.0), worth) for need in needs)
    return replace(
        case,
        estimate_needs=False,
        needs=tuple(rest for rest in rests if rest is not None),
        lots=tuple(
            replace(lot, packs=left, ready_at=max(lot.ready_at, from_at))
            for lot in case.lots
            if (left := lot.packs - under_way.gone_packs.get(lot.lot_id, 0)) > 0
        ),
        vehicles=tuple(_free_vehicles(case, under_way, from_at)),
    )


def rest_of(need: Need, covered: float, worth: Worth) -> Need | None:
    """What of a need is still open; None if nothing is.

    The first 60 percent of a need carry 80 percent of its weight, and what is covered fills
    those first. So the rest keeps due, deadline and grounds, and its weight is that of the
    need times the share of worth that is still open: of 100 units with 60 covered, 40 are
    left with a fifth of the weight, not with two fifths. Only whole units count as covered,
    so that the rest is never too small.
    """
    parts = open_parts(need, covered, worth)
    units = sum(count for count, _ in parts)
    if not units:
        return None
    return replace(
        need,
        planned_units=units,
        amount=need.amount.scaled(units / need.planned_units),
        weight=need.weight * sum(count * rate for count, rate in parts),
    )


def open_parts(need: Need, covered: float, worth: Worth) -> tuple[tuple[int, float], ...]:
    """The parts of a need in order of worth: units still open, and what each counts of 1."""
    taken = int(covered + WHOLE)
    found = []
    for units, rate in worth_parts(need.planned_units, worth):
        used = min(units, taken)
        taken -= used
        found.append((units - used, rate))
    return tuple(found)


def _joined(tables: Iterable[Mapping[str, _Row]]) -> dict[str, _Row]:
    """One table; of rows with one name the last stands."""
    found: dict[str, _Row] = {}
    for table in tables:
        found |= table
    return found


def _needs(case: CaseState, merged: Sequence[CaseState]) -> tuple[Need, ...]:
    requests = _joined(state.requests for state in (*reversed(merged), case))
    found: dict[str, Need] = {}
    said_in: dict[str, str] = {}
    for request_id, request in requests.items():
        if request.withdrawn:
            continue
        for need in request.fact.needs:
            _require_new("need", need.need_id, request_id, said_in)
            found[need.need_id] = need
    return tuple(found.values())


def _lots(case: CaseState, merged: Sequence[CaseState]) -> Iterable[Lot]:
    said_in: dict[str, str] = {}
    for offer_id, offer in offers_of(case, merged).items():
        if not is_taken(offer):
            continue
        for lot in offer.fact.lots:
            packs = min(lot.packs, offer.taken_packs.get(lot.lot_id, 0))
            if packs:
                _require_new("lot", lot.lot_id, offer_id, said_in)
                yield replace(lot, packs=packs)


def _vehicles(case: CaseState, merged: Sequence[CaseState]) -> Iterable[Vehicle]:
    said_in: dict[str, str] = {}
    for offer_id, offer in offers_of(case, merged).items():
        if not is_taken(offer):
            continue
        for vehicle in offer.fact.vehicles:
            if vehicle.vehicle_id in offer.taken_vehicles:
                _require_new("vehicle", vehicle.vehicle_id, offer_id, said_in)
                yield vehicle


def _require_new(word: str, name: str, where: str, said_in: dict[str, str]) -> None:
    if name in said_in:
        raise InvalidInput(
            f"{word} {name} stands in {said_in[name]} and in {where}; give it a name of its "
            "own in one of the two, or withdraw one"
        )
    said_in[name] = where


def _free_vehicles(case: Case, under_way: UnderWay, from_at: datetime) -> Iterable[Vehicle]:
    for vehicle in case.vehicles:
        if vehicle.vehicle_id in under_way.failed_vehicles:
            continue
        site_id, free_at = under_way.berths.get(
            vehicle.vehicle_id, (vehicle.home_site, vehicle.available_at)
        )
        available_at = max(from_at, next_tick(case.t0_at, free_at))
        if available_at < vehicle.until_at:
            yield replace(vehicle, home_site=site_id, available_at=available_at)
