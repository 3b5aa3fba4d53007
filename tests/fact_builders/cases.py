"""Facts about a case as such."""

from typing import Any

from tests.builders import T0, a_grounds, a_place, a_road, a_shock, a_source, an_airport, at_h
from tests.fact_builders.defaults import CASE, SHA256, made
from tests.fact_builders.requests import an_offer_made
from u24.domain.facts import cases
from u24.domain.facts.fact import Fact
from u24.domain.figures import Range
from u24.wire.facts import encode_fact, kind_of


def a_claim(**values: Any) -> cases.Claim:
    default = {
        "name": "deaths",
        "amount": Range(low=1_000, best=2_000, high=5_000),
        "unit": "people",
        "source": "gdacs",
        "claimed_at": at_h(1),
    }
    return cases.Claim(**{**default, **values})


def an_alert_heard(alert_id: str = "alert_1", **values: Any) -> cases.AlertHeard:
    return made(
        cases.AlertHeard,
        {"said_at": at_h(0.25), **values},
        alert_id=alert_id,
        source="usgs",
        title="M 7.8 - Pazarcik",
        hazard="GH0101",
        country="TUR",
        event_at=T0,
        lat_deg=37.2,
        lon_deg=37.0,
        event_names=("usgs:us6000jllz",),
        claims=(a_claim(),),
        raw_sha256=SHA256,
    )


def an_alert_attached(alert_id: str = "alert_1", **values: Any) -> cases.AlertAttached:
    return made(cases.AlertAttached, values, alert_id=alert_id, case_id=CASE)


def a_case_opened(case_id: str = CASE, **values: Any) -> cases.CaseOpened:
    return made(
        cases.CaseOpened,
        {"said_at": at_h(0.5), **values},
        case_id=case_id,
        call_sign=f"U24-2023-{case_id}",
        title="Earthquakes in the south-east",
        hazard="GH0101",
        host="TUR",
        t0_at=T0,
    )


def a_call_sign_allotted(**values: Any) -> cases.CallSignAllotted:
    return made(cases.CallSignAllotted, values, case_id=CASE, call_sign=f"U24-2023-{CASE}")


def a_case_described(**values: Any) -> cases.CaseDescribed:
    return made(
        cases.CaseDescribed,
        values,
        case_id=CASE,
        places=(a_place(),),
        shocks=(a_shock(),),
        airports=(an_airport(),),
        roads=(a_road(),),
        sources=(a_source(),),
        why="first reports",
    )


def a_claim_heard(**values: Any) -> cases.ClaimHeard:
    return made(cases.ClaimHeard, values, case_id=CASE, claim=a_claim(), grounds=a_grounds())


def a_case_merged(**values: Any) -> cases.CaseMerged:
    return made(
        cases.CaseMerged, values, case_id="case_2", into_case_id=CASE, reason="one earthquake"
    )


def a_correction(position: int, fact: Fact, **values: Any) -> cases.FactCorrected:
    """What should have been said at ``position``."""
    return made(
        cases.FactCorrected,
        values,
        case_id=getattr(fact, "case_id", "") or CASE,
        position=position,
        kind=kind_of(fact),
        fact=encode_fact(fact).decode(),
        reason="a slip of the pen",
    )


def a_fact_corrected(**values: Any) -> cases.FactCorrected:
    return a_correction(7, an_offer_made(), **values)


def a_note_written(**values: Any) -> cases.NoteWritten:
    return made(cases.NoteWritten, values, case_id=CASE, text="Called Ankara.")


def a_case_closed(**values: Any) -> cases.CaseClosed:
    return made(cases.CaseClosed, values, case_id=CASE, reason="all handed over")


def a_case_reopened(**values: Any) -> cases.CaseReopened:
    return made(cases.CaseReopened, values, case_id=CASE, reason="a second shock")
