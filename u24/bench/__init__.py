"""How good is the planner? Instances, contenders, one measure for all, and the page of results.

Everything here may be slow to load, so it is loaded by name: ``u24.bench.instances`` and so on.
"""
