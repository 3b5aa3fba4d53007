"""Who has what is needed: every offer beside every need that it could serve.

Takes a case, its needs and the verdicts. Gives matches with their limits, and for every
offer that serves a need by kind but may not go there, each reason.
"""

from u24.matching.match import match
from u24.matching.result import MatchResult, candidates

__all__ = ["MatchResult", "candidates", "match"]
