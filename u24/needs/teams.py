"""Teams from people: rescue teams for the trapped, medical teams for the injured."""

from u24.domain.figures import Range
from u24.domain.needs import Substitute
from u24.needs.casualties import People
from u24.needs.lines import NeedLine
from u24.needs.rates import (
    CARE_DAYS,
    CARE_GAP_SHARE,
    HOURS_PER_SITE,
    INPATIENT_SHARE,
    INSARAG_2012,
    PEOPLE_PER_SITE,
    RESCUE_HOURS,
    TECHNICAL_RESCUE_SHARE,
    TRAPPED_PER_DEATH,
)
from u24.needs.spread import exactly, inverse, product
from u24.needs.standards import Standards
from u24.reference.teams import TeamKind

# Judged, not measured: lives that hours decide come first. See docs/explain/needs.md.
RESCUE_WEIGHT, BEDS_WEIGHT, CLINIC_WEIGHT = 10.0, 8.0, 6.0


def team_lines(people: People, standards: Standards) -> tuple[NeedLine, ...]:
    """Every line of teams for these people."""
    teams = standards.teams
    return (
        rescue_teams(people, teams["usar_heavy"], teams["usar_medium"]),
        inpatient_teams(people, teams["emt2"], teams["emt3"]),
        outpatient_teams(people, teams["emt1_fixed"], teams["emt1_mobile"]),
    )


def rescue_teams(people: People, heavy: TeamKind, medium: TeamKind) -> NeedLine:
    """Heavy USAR teams, so that each site is worked once within the hours that save lives.

    A heavy team works two sites at once, a medium team one (INSARAG), so that a medium
    team stands in for half a heavy one.
    """
    heavy_sites = heavy.plan_sites_at_once or 2
    medium_sites = medium.plan_sites_at_once or 1
    sites = product(people.awaiting_rescue, inverse(PEOPLE_PER_SITE.range))
    teams = product(sites, HOURS_PER_SITE.range, exactly(1 / (heavy_sites * RESCUE_HOURS)))
    return NeedLine(
        kind=heavy.kind_id,
        amount=teams,
        unit="teams",
        weight=RESCUE_WEIGHT,
        method=(
            f"trapped x {TECHNICAL_RESCUE_SHARE.range.best:g} still trapped when teams come, "
            f"{PEOPLE_PER_SITE.range.best:g} a site, {HOURS_PER_SITE.range.best:g} h a site, "
            f"{heavy_sites} sites at once for {RESCUE_HOURS} h; all but the two sites assumed; "
            "the host's own teams are not taken off"
        ),
        sources=(INSARAG_2012, *TRAPPED_PER_DEATH.sources, *TECHNICAL_RESCUE_SHARE.sources),
        substitutes=(Substitute(kind=medium.kind_id, factor_share=medium_sites / heavy_sites),),
    )


def inpatient_teams(people: People, type_2: TeamKind, type_3: TeamKind) -> NeedLine:
    """EMT of type 2, so that each inpatient whom no hospital takes has a bed."""
    beds, more_beds = type_2.plan_beds or 20, type_3.plan_beds or 40
    return NeedLine(
        kind=type_2.kind_id,
        amount=product(people.inpatients, CARE_GAP_SHARE.range, exactly(1 / beds)),
        unit="teams",
        weight=BEDS_WEIGHT,
        method=(
            f"injured x {INPATIENT_SHARE.range.best:g} inpatients x "
            f"{CARE_GAP_SHARE.range.best:g} without a hospital (assumed), {beds} beds a team; "
            "no bed falls free within three days"
        ),
        sources=(*INPATIENT_SHARE.sources, *_table_sources(type_2)),
        substitutes=(Substitute(kind=type_3.kind_id, factor_share=more_beds / beds),),
    )


def outpatient_teams(people: People, fixed: TeamKind, mobile: TeamKind) -> NeedLine:
    """EMT of type 1, so that the other injured are seen within the first days."""
    a_day, mobile_a_day = fixed.plan_patients_day or 100, mobile.plan_patients_day or 50
    lightly = _others(people.injured, people.inpatients)
    return NeedLine(
        kind=fixed.kind_id,
        amount=product(lightly, CARE_GAP_SHARE.range, inverse(CARE_DAYS.range), exactly(1 / a_day)),
        unit="teams",
        weight=CLINIC_WEIGHT,
        method=(
            f"injured who are no inpatients x {CARE_GAP_SHARE.range.best:g} without a hospital "
            f"(assumed), over {CARE_DAYS.range.best:g} days, {a_day} patients a day"
        ),
        sources=(*CARE_DAYS.sources, *_table_sources(fixed)),
        substitutes=(Substitute(kind=mobile.kind_id, factor_share=mobile_a_day / a_day),),
    )


def _others(injured: Range, inpatients: Range) -> Range:
    """Injured less inpatients, each end with the best share of inpatients."""
    share = inpatients.best / injured.best if injured.best > 0 else INPATIENT_SHARE.range.best
    return injured.scaled(1 - share)


def _table_sources(team: TeamKind) -> tuple[str, ...]:
    return tuple(f"teams table: {key}" for key in team.sources)
