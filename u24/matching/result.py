"""What matching gives, and how a need's candidates are listed."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from u24.domain.match import Match, NonMatch


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchResult:
    """Matches and non-matches, each in order of need id, then lot id.

    A non-match without a need id is an offer of a kind that nobody asked for.
    """

    matches: tuple[Match, ...] = ()
    non_matches: tuple[NonMatch, ...] = ()


def candidates(result: MatchResult, need_id: str) -> tuple[Match, ...]:
    """The matches of one need: the asked kind first, then substitutes by falling factor.

    Equals stand in order of lot id; how near they are is not known here.
    """
    from_index = bisect_left(result.matches, need_id, key=lambda match: match.need_id)
    until_index = bisect_right(result.matches, need_id, key=lambda match: match.need_id)
    return tuple(
        sorted(
            result.matches[from_index:until_index],
            key=lambda match: (match.is_substitute, -match.factor_share, match.lot_id),
        )
    )
