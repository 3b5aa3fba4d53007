"""May this move? Host consent and caveats of each offer and each vehicle.

Takes a case. Gives verdicts with windows of time, every reason, and who can lift it.
The default is no: without a word of the host, foreign help does not move.
"""

from u24.consent.judge import judge_case
from u24.consent.lots import judge_lot, judge_lots
from u24.consent.vehicles import VehicleVerdict, clip_vehicle, judge_vehicle

__all__ = [
    "VehicleVerdict",
    "clip_vehicle",
    "judge_case",
    "judge_lot",
    "judge_lots",
    "judge_vehicle",
]
