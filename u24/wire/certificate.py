"""The certificate of a plan as fields, and the digests that tie it to case and plan."""

from hashlib import sha256
from typing import Any

import msgspec

from u24.domain.certificate import Certificate, Claim, Price
from u24.domain.problem import Problem

Document = dict[str, Any]


def problem_sha256(problem: Problem) -> str:
    """What names a plan problem: every word of it, whatever its folder is called."""
    return sha256(msgspec.json.encode(problem)).hexdigest()


def prices_sha256(certificate: Certificate) -> str:
    """Digest of the prices: compact JSON of the rows of the document, in their order."""
    return sha256(
        msgspec.json.encode([_price_document(price) for price in certificate.prices])
    ).hexdigest()


def claim_sha256(problem: str, prices: str, claim: Claim, plan: bytes) -> str:
    """Digest of all that the certificate stands for: case, prices, shares and plan."""
    said = [problem, prices, claim.met_share, claim.bound_share, sha256(plan).hexdigest()]
    return sha256(msgspec.json.encode(said)).hexdigest()


def certificate_document(
    problem: Problem, certificate: Certificate, claim: Claim, plan: bytes
) -> Document:
    """The fields of ``certificate``; ``plan`` are the bytes of ``plan_bytes``."""
    of_problem, of_prices = problem_sha256(problem), prices_sha256(certificate)
    return {
        "problem_sha256": of_problem,
        "prices_sha256": of_prices,
        "claim_sha256": claim_sha256(of_problem, of_prices, claim, plan),
        "prices": [_price_document(price) for price in certificate.prices],
    }


def _price_document(price: Price) -> Document:
    return {
        "kind": price.kind.value,
        "id": price.of_id,
        "from_s": price.from_s,
        "share": price.price_share,
    }
