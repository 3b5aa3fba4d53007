"""The certificate of a plan: the prices that prove its bound, and what became of them."""

import math
from dataclasses import dataclass
from enum import StrEnum

from u24.domain.plan import Violation
from u24.errors import InvalidInput


class PriceKind(StrEnum):
    """Of what a price is, and of how much of it."""

    NEED_FIRST = "need_first"  # a unit of the part of a need that counts most
    NEED_REST = "need_rest"  # a unit of the rest of a need
    LOT = "lot"  # a pack
    SLOT = "slot"  # a parking unit of a site for one step of time
    LORRY = "lorry"  # a lorry of a site for one step of time


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What one more of a scarce thing would be worth; all needs together are worth 1.

    ``of_id`` names the need, the lot or the site. ``from_s`` is the beginning of the step
    of time, seconds after T0, and ``None`` where time does not matter.
    """

    kind: PriceKind
    of_id: str
    from_s: int | None = None
    price_share: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.price_share) and self.price_share >= 0):
            raise InvalidInput(
                f"price of {self.kind} {self.of_id} is {self.price_share}; it must be 0 or more"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The prices behind a bound, in a fixed order; what is not named has the price 0.

    Any prices of 0 or more prove a bound. These are the ones that proved the one told.
    """

    prices: tuple[Price, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a plan's document says of the plan: what it meets, and what no plan passes."""

    met_share: float  # by the first mark
    bound_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What became of a claim when everything was computed anew.

    ``met_share`` is ``None`` where the plan breaks a rule, and ``bound_share`` where the
    document is not the one that was published: then none is computed. Any text in
    ``faults`` means that the claim does not hold.
    """

    claim: Claim
    met_share: float | None
    bound_share: float | None
    prices_sha256: str
    violations: tuple[Violation, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether plan and bound are what the document says."""
        return not self.violations and not self.faults

    @property
    def of_possible_share(self) -> float | None:
        """Met over the bound that was computed anew; None where either is not known."""
        if self.met_share is None or self.bound_share is None:
            return None
        return self.met_share / self.bound_share if self.bound_share > 0 else 1.0
