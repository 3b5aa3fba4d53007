"""What really arrived, beside what the plan does.

Takes the historic arrivals of a case, a plan and its problem. Gives what had landed by
each mark, and for each arrival when the plan lands the same member's help.
"""

from u24.tracking.marks import historic_marks, list_undated
from u24.tracking.matches import historic_matches

__all__ = ["historic_marks", "historic_matches", "list_undated"]
