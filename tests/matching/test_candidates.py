"""The candidates of one need, in order."""

from tests.builders import a_match
from u24.matching import MatchResult, candidates


def test_the_asked_kind_stands_before_substitutes_and_these_by_falling_factor():
    rows = [("a", 0.5, True), ("d", 3.0, True), ("c", 1.0, False), ("b", 1.0, False)]
    matches = tuple(
        a_match(lot_id=lot_id, factor_share=factor, is_substitute=is_substitute)
        for lot_id, factor, is_substitute in rows
    )

    listed = candidates(MatchResult(matches=matches), "need_1")

    assert [match.lot_id for match in listed] == ["b", "c", "d", "a"]


def test_only_the_matches_of_that_need_are_listed():
    result = MatchResult(matches=tuple(a_match(need_id=need) for need in ("n1", "n2", "n3")))

    assert [match.need_id for match in candidates(result, "n2")] == ["n2"]
    assert candidates(result, "n4") == ()
