"""How shares, amounts and hours are written. Rounding never flatters: shares round down."""

from collections.abc import Sequence
from math import floor

S_PER_H = 3600
NEARLY = 1e-9  # floats that should be whole


def percent(share: float) -> str:
    """A share as whole percent, rounded down; what is above 0 is never written as 0."""
    whole = floor(100 * share + NEARLY)
    return "under 1 %" if whole == 0 and share > NEARLY else f"{whole} %"


def percents_of_whole(shares: Sequence[float]) -> list[str]:
    """Shares that add up to 1, with one decimal, so that what is written adds up to 100."""
    tenths = [floor(1000 * share + NEARLY) for share in shares]
    missing = round(1000 * sum(shares)) - sum(tenths)
    by_rest = sorted(range(len(shares)), key=lambda i: (tenths[i] - 1000 * shares[i], i))
    for i in by_rest[: max(missing, 0)]:
        tenths[i] += 1
    return [f"{tenth / 10:.1f} %" for tenth in tenths]


def amount(units: float) -> str:
    """An amount, rounded down; parts are shown below ten, where a half team matters."""
    whole = floor(units + NEARLY)
    if units >= 10 or units - whole < 0.1:
        return f"{whole:,}"
    return f"{floor(10 * units + NEARLY) / 10:.1f}"


def tonnes(mass_kg: int) -> str:
    """Kilograms as tonnes, rounded down; with one decimal below ten."""
    return amount(mass_kg / 1000)


def mark(mark_s: float) -> str:
    """A moment after T0, e.g. ``T+24``."""
    return f"T+{mark_s / S_PER_H:g}"


def words(name: str) -> str:
    """A kind or reason id as words: ``family_tent`` becomes ``family tent``."""
    return name.replace("_", " ")


def some(names: Sequence[str], most: int, joiner: str = ", ") -> str:
    """At most ``most`` names, then how many more there are."""
    shown = joiner.join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
