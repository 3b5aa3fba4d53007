"""Choose some of many so that they weigh enough: the first choices, and how many there are."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import comb, prod

MOST_STATES = 1 << 18  # of one half; 36 members of different size stay below it

Named = tuple[str, int]


def first_choices(
    weights: Sequence[Named], size: int, weight: int, *, most: int
) -> list[tuple[str, ...]]:
    """The first ``most`` choices of ``size`` names that weigh ``weight`` or more.

    In the order of ``weights``, as a dictionary sorts words. A branch is entered only if the
    heaviest of what is left would do, so none is entered in vain.
    """
    chosen: list[tuple[str, ...]] = []
    heaviest = _heaviest_of_tails(weights) if weight > 0 else None

    def go(start: int, names: tuple[str, ...], short: int) -> None:
        left = size - len(names)
        if left == 0:
            chosen.append(names)
            return
        for at in range(start, len(weights) - left + 1):
            name, own = weights[at]
            if heaviest is None or own + heaviest[at + 1][left - 1] >= short:
                go(at + 1, (*names, name), short - own)
            if len(chosen) >= most:
                return

    if size > 0 or weight <= 0:
        go(0, (), weight)
    return chosen


def _heaviest_of_tails(weights: Sequence[Named]) -> list[list[int]]:
    """``[start][count]``: what the ``count`` heaviest from ``start`` on weigh together."""
    tables, tail = [[0]], list[int]()
    for _, weight in reversed(weights):
        insort(tail, weight)
        tables.append(list(accumulate(reversed(tail), initial=0)))
    return tables[::-1]


@lru_cache(maxsize=256)
def count_choices(weights: tuple[int, ...], size: int, weight: int) -> int | None:
    """How many choices of ``size`` weigh ``weight`` or more; None if there are too many kinds.

    Members of the same weight are counted together. The rest is cut in two halves: for each
    choice in one it is looked up how many in the other make up what is missing.
    """
    if weight <= 0:
        return comb(len(weights), size)
    halves: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for kind in sorted(Counter(weights).items(), key=lambda kind: (-kind[1], kind[0])):
        min(halves, key=_states).append(kind)
    if max(map(_states, halves)) > MOST_STATES:
        return None
    left, right = (_sums(half) for half in halves)
    total = 0
    for count, sums in left.items():
        other = right.get(size - count)
        if other is None:
            continue
        keys = sorted(other)
        # ways that weigh at least keys[i], from the heavy end
        ways = list(accumulate((other[key] for key in reversed(keys)), initial=0))
        for own, own_ways in sums.items():
            total += own_ways * ways[len(keys) - bisect_left(keys, weight - own)]
    return total


def _states(half: Sequence[tuple[int, int]]) -> int:
    return prod(many + 1 for _, many in half)


def _sums(half: Sequence[tuple[int, int]]) -> dict[int, Counter[int]]:
    """By how many are chosen: in how many ways they weigh what."""
    sums: dict[int, Counter[int]] = {0: Counter({0: 1})}
    for weight, many in half:
        grown: dict[int, Counter[int]] = {}
        for count, by_weight in sums.items():
            for chosen in range(many + 1):
                target = grown.setdefault(count + chosen, Counter())
                ways = comb(many, chosen)
                for own, own_ways in by_weight.items():
                    target[own + chosen * weight] += own_ways * ways
        sums = grown
    return sums
