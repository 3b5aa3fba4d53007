"""How long a plan may take: seconds for people, work for equal bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from u24.errors import InvalidInput

Progress = Callable[[str, float, float], None]  # what is done, how much, of how much
Stopwatch = Callable[[], float]  # seconds, rising


def no_progress(stage: str, done: float, total: float) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Give ``seconds`` for a limit of time, or ``work`` for the same bytes each time.

    ``work`` counts rounds of the search; rounds of the bound follow from it.
    """

    seconds: float | None = 2.8
    work: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.work is not None and self.work < 0:
            raise InvalidInput(f"work is {self.work}; give 0 or more rounds")
        if self.work is None and (self.seconds is None or not 0 < self.seconds <= 86_400):
            raise InvalidInput(f"seconds is {self.seconds}; give more than 0, at most 86400")
