"""Estimated figures as the answer shows them: name, range, method and sources."""

from u24.domain.answer import Estimate
from u24.domain.figures import Range
from u24.domain.needs import Need
from u24.needs.casualties import People
from u24.needs.exposure import BANDS, Exposure
from u24.needs.lines import NeedLine
from u24.needs.merge import stated_units
from u24.needs.rates import (
    DISPLACED_NOTE,
    EMS_98,
    INJURED_PER_DEATH,
    INPATIENT_SHARE,
    PAGER_2009,
    TECHNICAL_RESCUE_SHARE,
    TRAPPED_PER_DEATH,
    WITHOUT_ROOF_SHARE,
    NeedRate,
)

PEOPLE = "people"
SHOWN_FROM = 7  # intensity from which a total is shown beside the single bands


def exposure_estimates(
    exposure: Exposure, ending: str, method: str, sources: tuple[str, ...]
) -> list[Estimate]:
    """People by intensity, and all from VII up; ``ending`` tells shocks apart by name."""
    amounts = {f"exposed_mmi_{band}": exposure.in_band(band) for band in BANDS}
    amounts[f"exposed_mmi_{SHOWN_FROM}_or_more"] = exposure.at_least(SHOWN_FROM)
    factor = exposure.rural_factor
    told = (
        f"{method}; people of towns over 15,000 x {factor.best:.2f} for those outside "
        f"({factor.low:.2f} to {factor.high:.2f}); host country only"
    )
    return [
        Estimate(
            name=name + ending,
            place_id="",
            amount=amount,
            unit=PEOPLE,
            method=told,
            sources=(*sources, "cities and countries tables: GeoNames"),
        )
        for name, amount in amounts.items()
    ]


def people_estimates(people: People, place_id: str) -> list[Estimate]:
    """Deaths and what follows from them, and displaced people."""

    def one(name: str, amount: Range, method: str, sources: tuple[str, ...]) -> Estimate:
        return Estimate(
            name=name,
            place_id=place_id,
            amount=amount,
            unit=PEOPLE,
            method=method,
            sources=sources,
        )

    return [
        one(
            "deaths",
            people.deaths,
            "people by intensity x the country's fatality rate; its own error widens the band",
            (PAGER_2009,),
        ),
        one("injured", people.injured, *_times("deaths", INJURED_PER_DEATH)),
        one("inpatients", people.inpatients, *_times("injured", INPATIENT_SHARE)),
        one("trapped", people.trapped, *_times("deaths", TRAPPED_PER_DEATH)),
        one(
            "awaiting_rescue",
            people.awaiting_rescue,
            *_times("trapped", TECHNICAL_RESCUE_SHARE),
        ),
        one("displaced", people.displaced, DISPLACED_NOTE, (EMS_98,)),
        one("without_roof", people.without_roof, *_times("displaced", WITHOUT_ROOF_SHARE)),
    ]


def line_estimate(line: NeedLine, place_id: str, stated: tuple[Need, ...]) -> Estimate:
    """A line of needs, with what the request says of it."""
    return Estimate(
        name=line.kind,
        place_id=place_id,
        amount=line.amount,
        unit=line.unit,
        method=line.method,
        sources=line.sources,
        stated_units=stated_units(stated, place_id, line.kind, line.substitutes),
    )


def _times(what: str, rate: NeedRate) -> tuple[str, tuple[str, ...]]:
    ends = rate.range
    told = f"{what} x {ends.best:g} ({ends.low:g} to {ends.high:g}), {rate.basis}: {rate.note}"
    return told, rate.sources
