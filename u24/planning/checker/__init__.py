"""The independent checker: reads the words, shares no code with grid, model or search.

Every plan that leaves the room passes here. It counts in seconds, not ticks, so that a plan
from anywhere can be checked.
"""

from u24.planning.checker.rules import check_plan
from u24.planning.checker.worth import met_shares

__all__ = ["check_plan", "met_shares"]
