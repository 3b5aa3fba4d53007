"""From a case to estimated figures and needs: the one place where the tables come in."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

import numpy as np

from u24.domain.answer import Estimate
from u24.domain.case import Case
from u24.domain.figures import Basis, Grounds, Range
from u24.domain.needs import Need
from u24.domain.places import Place
from u24.errors import InvalidInput
from u24.needs.casualties import people_of
from u24.needs.exposure import Exposure, exposure_by_group, rural_factor
from u24.needs.figures import exposure_estimates, line_estimate, people_estimates
from u24.needs.goods import goods_lines
from u24.needs.intensity import KNOWN_MAGNITUDES, Shaking, shaking_of, strongest
from u24.needs.lines import NeedLine
from u24.needs.rates import ALLEN_2012
from u24.needs.season import is_cold
from u24.needs.shakemap import ShakeGrid, shaking_on_grid
from u24.needs.standards import Standards, standards_of
from u24.needs.teams import team_lines
from u24.needs.towns import Towns, nearest_place, towns_of
from u24.reference.pager import FatalityModel, fatality_model
from u24.reference.tables import SHIPPED, Tables

DUE_H, DEADLINE_H = 24, 72  # assumed: full worth within the first day, none after the third
LEAST_UNITS = 0.5  # less than half a unit at a place is no need there
NOISE = 1e-9  # so that 3.0000000001 tents do not become 4

Grids = tuple[ShakeGrid | None, ...]


class Planning(StrEnum):
    """Which end of a range the plan works for."""

    LOW = "low"
    BEST = "best"
    HIGH = "high"

    def of(self, amount: Range) -> float:
        """The chosen end."""
        return {"low": amount.low, "best": amount.best, "high": amount.high}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsEstimate:
    """Estimated figures, and the needs to plan for, by place and kind."""

    estimates: tuple[Estimate, ...] = ()
    needs: tuple[Need, ...] = ()


def estimate(
    case: Case,
    tables: Tables = SHIPPED,
    *,
    planning: Planning = Planning.BEST,
    cold: bool | None = None,
    grids: Grids = (),
) -> NeedsEstimate:
    """Estimate what the people of the host country need after the case's shocks.

    Parameters
    ----------
    case
        Without shocks the estimate is empty: no other hazard is estimated yet.
    tables
        The reference tables to use.
    planning
        Which end of each range becomes the planned units, rounded up.
    cold
        Whether people without a roof freeze; None guesses from month and latitude.
    grids
        A ShakeMap grid for each shock, in the order of the shocks; where one is None or
        missing, the shock's intensity is computed.

    Raises
    ------
    InvalidInput
        More grids than shocks, or no such host country or fatality model for it.
    """
    if len(grids) > len(case.shocks):
        raise InvalidInput(f"grids: {len(grids)} for {len(case.shocks)} shocks; give one a shock")
    if not case.shocks:
        return NeedsEstimate()
    if cold is None:
        cold = is_cold(case.t0_at, case.shocks[0].lat_deg)
    towns = towns_of(case.host, tables)
    shakings = _shakings(case, towns, grids)
    local, whole = _exposures(strongest(shakings), towns, _host_places(case))
    model = fatality_model(case.host, tables)
    standards = standards_of(tables, cold=cold)
    estimates = _exposure_figures(case, towns, shakings, grids)
    needs: list[Need] = []
    estimates += _figures_at("", whole, model, standards, case.needs)
    for place, exposure in local:
        estimates += _figures_at(place.place_id, exposure, model, standards, case.needs)
    for kind_lines in zip(*(_lines(each, model, standards) for _, each in local), strict=True):
        needs += _needs_of_a_kind(case, kind_lines, planning)
    return NeedsEstimate(estimates=tuple(estimates), needs=tuple(needs))


def _host_places(case: Case) -> tuple[Place, ...]:
    """The case's places in the host country, in order of id."""
    mine = (place for place in case.places if place.country == case.host)
    return tuple(sorted(mine, key=lambda place: place.place_id))


def _shakings(case: Case, towns: Towns, grids: Grids) -> tuple[Shaking, ...]:
    padded = (*grids, *(None for _ in case.shocks))
    return tuple(
        shaking_of(shock, towns.lat_deg, towns.lon_deg)
        if grid is None
        else shaking_on_grid(grid, towns.lat_deg, towns.lon_deg)
        for shock, grid in zip(case.shocks, padded, strict=False)
    )


def _exposures(
    shaking: Shaking, towns: Towns, places: tuple[Place, ...]
) -> tuple[list[tuple[Place, Exposure]], Exposure]:
    """Exposure of the people nearest to each place, and of all together."""
    factor = rural_factor(towns.coverage_share)
    group = nearest_place(towns, places) if places else np.zeros(len(towns.people), dtype=np.intp)
    counts = exposure_by_group(shaking, towns.people, group, max(len(places), 1))
    local = [
        (place, Exposure(counts=counts[number], rural_factor=factor))
        for number, place in enumerate(places)
    ]
    return local, Exposure(counts=counts.sum(axis=0), rural_factor=factor)


def _exposure_figures(
    case: Case, towns: Towns, shakings: tuple[Shaking, ...], grids: Grids
) -> list[Estimate]:
    """Exposure of the case, and of each shock where there are several."""
    told = [_told(case, number, grids) for number in range(len(shakings))]
    whole = _exposures(strongest(shakings), towns, ())[1]
    if len(shakings) == 1:
        return exposure_estimates(whole, "", *told[0])
    sources = tuple(dict.fromkeys(source for _, all_of in told for source in all_of))
    figures = exposure_estimates(whole, "", "the strongest shock at each town", sources)
    for number, shaking in enumerate(shakings):
        exposure = _exposures(shaking, towns, ())[1]
        figures += exposure_estimates(exposure, f"_shock_{number + 1}", *told[number])
    return figures


def _told(case: Case, number: int, grids: Grids) -> tuple[str, tuple[str, ...]]:
    """How the intensity of one shock came about, and its sources."""
    shock = case.shocks[number]
    if number < len(grids) and grids[number] is not None:
        return "intensity from the ShakeMap grid", shock.grounds.sources
    form = "distance to the trace" if len(shock.rupture_lonlat) >= 2 else "distance to the focus"
    low, high = KNOWN_MAGNITUDES
    beyond = "" if low <= shock.magnitude <= high else f"; stretched beyond magnitude {low}-{high}"
    return f"intensity computed from {form}{beyond}", (ALLEN_2012, *shock.grounds.sources)


def _lines(exposure: Exposure, model: FatalityModel, standards: Standards) -> tuple[NeedLine, ...]:
    people = people_of(exposure, *model[:3])
    return (*team_lines(people, standards), *goods_lines(people, standards))


def _figures_at(
    place_id: str,
    exposure: Exposure,
    model: FatalityModel,
    standards: Standards,
    stated: tuple[Need, ...],
) -> list[Estimate]:
    return [
        *people_estimates(people_of(exposure, *model[:3]), place_id),
        *(line_estimate(line, place_id, stated) for line in _lines(exposure, model, standards)),
    ]


def _needs_of_a_kind(case: Case, lines: tuple[NeedLine, ...], planning: Planning) -> list[Need]:
    """One kind's needs over the host's places; its weight is shared out by planned units."""
    units = [_whole_units(planning.of(line.amount)) for line in lines]
    return [
        Need(
            need_id=f"estimated-{place.place_id}-{line.kind}",
            place_id=place.place_id,
            kind=line.kind,
            amount=line.amount,
            planned_units=planned,
            due_at=case.hours_after_t0(DUE_H),
            deadline_at=case.hours_after_t0(DEADLINE_H),
            weight=line.weight * planned / sum(units),
            substitutes=line.substitutes,
            grounds=Grounds(basis=Basis.ESTIMATED, sources=line.sources, note=line.method),
        )
        for place, line, planned in zip(_host_places(case), lines, units, strict=True)
        if planned > 0
    ]


def _whole_units(units: float) -> int:
    """Rounded up, so that nobody is short; less than half a unit is none."""
    return 0 if units < LEAST_UNITS else ceil(units - NOISE)
