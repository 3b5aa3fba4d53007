"""Back from the JSON document of a plan to its values: plan, claim, prices, digests."""

from dataclasses import dataclass
from typing import Any

import msgspec

from u24.domain.certificate import Certificate, Claim, Price, PriceKind
from u24.domain.plan import Call, Carrier, Consignment, Plan, Purpose, Route, Segment
from u24.errors import InvalidInput

FORMAT = 1
MOST_APART = 1e-12  # of two figures that say the same


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDocument:
    """What ``u24 plan --json`` printed, as far as it can be held to the case."""

    case_id: str
    what_if: tuple[str, ...]
    claim: Claim
    plan: Plan
    certificate: Certificate
    problem_sha256: str
    prices_sha256: str
    claim_sha256: str
    contradictions: tuple[str, ...] = ()  # figures that stand there twice, and differ


class _Price(msgspec.Struct, forbid_unknown_fields=True):
    kind: PriceKind
    id: str
    from_s: int | None
    share: float


class _Certificate(msgspec.Struct):
    problem_sha256: str
    prices_sha256: str
    claim_sha256: str
    prices: list[_Price]


class _Call(msgspec.Struct):
    site: str
    purpose: Purpose
    arrive_s: int
    service_from_s: int
    service_until_s: int
    depart_s: int


class _Route(msgspec.Struct):
    vehicle: str
    calls: list[_Call]


class _Segment(msgspec.Struct):
    carrier: Carrier
    from_site: str = msgspec.field(name="from")
    to_site: str = msgspec.field(name="to")
    start_s: int
    end_s: int
    vehicle: str | None
    from_call: int
    to_call: int


class _Consignment(msgspec.Struct):
    lot: str
    need: str
    packs: int
    arrive_s: int
    segments: list[_Segment]


class _Plan(msgspec.Struct):
    routes: list[_Route]
    consignments: list[_Consignment]


class _Step(msgspec.Struct):
    name: str
    share: float


class _Decisions(msgspec.Struct):
    what_if: list[str]


class _Document(msgspec.Struct):
    case: str
    marks_h: list[float]
    met_share_t24: float | None
    bound_share_t24: float
    of_possible_share_t24: float
    ladder: list[_Step]
    plan: _Plan
    certificate: _Certificate
    decisions: _Decisions | None = None


class _Heading(msgspec.Struct):
    format: int
    certificate: Any = None


def read_plan_document(text: bytes, name: str) -> PlanDocument:
    """The document in ``text``; ``name`` is what to call it in a message.

    Raises
    ------
    InvalidInput
        It is no document of a plan, has no certificate, or a price is negative.
    """
    try:
        heading = msgspec.json.decode(text, type=_Heading)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{name}: {error}; give what u24 plan --json printed") from error
    if heading.format != FORMAT:
        raise InvalidInput(f"{name}: format is {heading.format}; it must be {FORMAT}")
    if heading.certificate is None:
        raise InvalidInput(f"{name} has no certificate; make it anew with u24 plan --json")
    try:
        found = msgspec.json.decode(text, type=_Document)
    except msgspec.ValidationError as error:
        raise InvalidInput(f"{name}: {error}; give what u24 plan --json printed") from error
    return _values_of(found)


def _values_of(found: _Document) -> PlanDocument:
    met = next((step.share for step in found.ladder if step.name == "met"), 0.0)
    proof = found.certificate
    return PlanDocument(
        case_id=found.case,
        what_if=tuple(found.decisions.what_if) if found.decisions else (),
        claim=Claim(met_share=met, bound_share=found.bound_share_t24),
        plan=Plan(
            routes=tuple(_route(route) for route in found.plan.routes),
            consignments=tuple(_consignment(each) for each in found.plan.consignments),
        ),
        certificate=Certificate(
            prices=tuple(
                Price(kind=p.kind, of_id=p.id, from_s=p.from_s, price_share=p.share)
                for p in proof.prices
            )
        ),
        problem_sha256=proof.problem_sha256,
        prices_sha256=proof.prices_sha256,
        claim_sha256=proof.claim_sha256,
        contradictions=tuple(_contradictions(found, met)),
    )


def _contradictions(found: _Document, met: float) -> list[str]:
    said = []
    by_24 = found.met_share_t24
    if found.marks_h[:1] == [24] and (by_24 is None or abs(by_24 - met) > MOST_APART):
        said.append(f"met_share_t24 is {by_24}, but the ladder says {met}")
    bound = found.bound_share_t24
    share = met / bound if bound > 0 else 1.0
    if abs(found.of_possible_share_t24 - share) > MOST_APART * max(1.0, share):
        said.append(
            f"of_possible_share_t24 is {found.of_possible_share_t24}, but {met} of {bound} "
            f"is {share}"
        )
    said += [
        f"consignment of {each.lot} to {each.need}: arrive_s is {each.arrive_s}, but its last "
        "segment ends at another time"
        for each in found.plan.consignments
        if not each.segments or each.segments[-1].end_s != each.arrive_s
    ]
    return said


def _route(route: _Route) -> Route:
    return Route(
        vehicle_id=route.vehicle,
        calls=tuple(
            Call(
                site_id=call.site,
                purpose=call.purpose,
                arrive_s=call.arrive_s,
                service_from_s=call.service_from_s,
                service_until_s=call.service_until_s,
                depart_s=call.depart_s,
            )
            for call in route.calls
        ),
    )


def _consignment(held: _Consignment) -> Consignment:
    return Consignment(
        lot_id=held.lot,
        need_id=held.need,
        packs=held.packs,
        segments=tuple(
            Segment(
                carrier=part.carrier,
                from_site=part.from_site,
                to_site=part.to_site,
                start_s=part.start_s,
                end_s=part.end_s,
                vehicle_id=part.vehicle or "",
                from_call=part.from_call,
                to_call=part.to_call,
            )
            for part in held.segments
        ),
    )
