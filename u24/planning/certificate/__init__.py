"""The bound of a plan, computed anew from the words and the published prices.

It shares nothing with the planner: own reading of the grid, own legs, own loads, own routes.
"""

from u24.planning.certificate.recompute import recompute_bound

__all__ = ["recompute_bound"]
