"""Numbers that look random and are the same on every machine: integers only."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

_MASK = 2**64 - 1
# Sixteen equally likely permilles of a log-normal factor of median 1, by its spread (sigma).
WIDE_PERMILLE = (
    271, 397, 493, 581, 667, 755, 847, 947, 1056, 1181, 1325, 1500, 1722, 2028, 2516, 3684,
)  # sigma 0.7  # fmt: skip
NARROW_PERMILLE = (
    475, 590, 668, 733, 793, 851, 909, 969, 1032, 1100, 1175, 1261, 1364, 1498, 1694, 2107,
)  # sigma 0.4  # fmt: skip


class Wheel(Generic[T]):
    """Things with whole-number weights of 1 or more, to be chosen from many times."""

    def __init__(self, things: Iterable[tuple[T, int]]) -> None:
        pairs = tuple(things)
        self.things = tuple(thing for thing, _ in pairs)
        self.ends = tuple(accumulate(weight for _, weight in pairs))


class Dice:
    """A stream of integers that depends on its name and seed alone.

    Source
    ------
    SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
    OOPSLA 2014. Below 2**32 the bias of the remainder is beyond notice.
    """

    def __init__(self, name: str, seed: int) -> None:
        self._state = seed & _MASK
        for byte in name.encode():
            self._state = (self._state * 1_099_511_628_211 + byte + 1) & _MASK
            self._next()

    def below(self, limit: int) -> int:
        """One of 0 .. limit - 1."""
        return self._next() % limit

    def between(self, low: int, high: int) -> int:
        """One of low .. high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, permille: int) -> bool:
        """True so many times in a thousand."""
        return self.below(1000) < permille

    def choose(self, things: Sequence[T]) -> T:
        """One of ``things``."""
        return things[self.below(len(things))]

    def spin(self, wheel: "Wheel[T]") -> T:
        """One thing of the wheel, each as likely as its weight says."""
        return wheel.things[bisect_right(wheel.ends, self.below(wheel.ends[-1]))]

    def _next(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)
