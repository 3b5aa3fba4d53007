"""Who is measured: each takes a problem and a budget, and tells of every better plan."""

from importlib import import_module

from u24.bench.contenders.contender import Budget, Contender, Tell
from u24.errors import InvalidInput

__all__ = ["NAMES", "Budget", "Contender", "Tell", "get_contender"]

# Name, then file and function.
_FILES = {
    "by-hand": "by_hand:by_hand",
    "greedy": "searching:greedy",
    "lns": "searching:lns",
    "highs-60": "time_expanded:on_grid_of_60",
    "highs-30": "time_expanded:on_grid_of_30",
    "highs-15": "time_expanded:on_grid_of_15",
    "cp-sat": "constraints:cp_sat",
    "hybrid": "hybrid:hybrid",
}
NAMES = tuple(_FILES)


def get_contender(name: str) -> Contender:
    """The contender of that name, loaded now: some bring a solver along.

    Raises
    ------
    InvalidInput
        There is none, or its solver is not installed.
    """
    if name not in _FILES:
        raise InvalidInput(f"contender is {name!r}; it must be one of {', '.join(NAMES)}")
    file, _, function = _FILES[name].partition(":")
    contender: Contender = getattr(import_module(f"u24.bench.contenders.{file}"), function)
    return contender
