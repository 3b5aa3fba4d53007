"""What really happens, beside what the plan has.

Of history: what had landed by each mark, and for each arrival when the plan lands the same
member's help. Of a plan that is under way: what is expected, how far each consignment has
come, what is not as planned, and what that puts at risk.
"""

from u24.tracking.expected import expected_arrivals
from u24.tracking.following import (
    ARRIVAL_GRACE,
    DEPARTURE_GRACE,
    deviations,
    failed_vehicles,
    follow,
    grace_of,
    packs_short,
)
from u24.tracking.marks import historic_marks, list_undated
from u24.tracking.matches import historic_matches
from u24.tracking.risk import (
    as_planned,
    as_projected,
    needs_at_risk,
    weighted_shares,
    worth_parts,
)

__all__ = [
    "ARRIVAL_GRACE",
    "DEPARTURE_GRACE",
    "as_planned",
    "as_projected",
    "deviations",
    "expected_arrivals",
    "failed_vehicles",
    "follow",
    "grace_of",
    "historic_marks",
    "historic_matches",
    "list_undated",
    "needs_at_risk",
    "packs_short",
    "weighted_shares",
    "worth_parts",
]
