"""How figures are written: thousands apart, a dash for the unknown, hours after T0."""

import math
from datetime import datetime, timedelta

UNKNOWN = "—"
MINUS = "−"
KG_PER_T = 1000
S_PER_H = 3600
NOISE = 1e-9  # a share of 0.29 held as 0.28999999999999998 is still 29 %


def number(value: float | None) -> str:
    """``1,234`` or ``0.5``; one decimal at most, and a dash for the unknown."""
    if value is None:
        return UNKNOWN
    text = f"{abs(value):,.1f}".removesuffix(".0")
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def number_down(value: float) -> str:
    """Like ``number`` but never more than the value: for what arrives (0 or more)."""
    return number(math.floor(value * 10 + NOISE) / 10)


def tonnes(mass_kg: float | None) -> str:
    """``14.2 t``; a dash for the unknown."""
    return UNKNOWN if mass_kg is None else f"{number(mass_kg / KG_PER_T)} t"


def percent(share: float) -> str:
    """``83.2 %``, to the nearest tenth."""
    return f"{share * 100:.1f} %"


def percent_down(share: float) -> str:
    """``83 %``: whole percent, never more than the share."""
    return f"{math.floor(share * 100 + NOISE)} %"


def percents_of_whole(shares: list[float]) -> list[str]:
    """Tenths of a percent that add up as the shares do (largest remainder first)."""
    tenths = [share * 1000 for share in shares]
    floors = [math.floor(tenth + NOISE) for tenth in tenths]
    left = round(sum(tenths)) - sum(floors)
    by_rest = sorted(range(len(shares)), key=lambda i: (floors[i] - tenths[i], i))
    for i in by_rest[: max(left, 0)]:
        floors[i] += 1
    return [f"{floor / 10:.1f} %" for floor in floors]


def t_plus(seconds: int | None) -> str:
    """``T+08:15``: hours and minutes after T0, a dash for the unknown."""
    if seconds is None:
        return UNKNOWN
    sign = MINUS if seconds < 0 else "+"
    minutes = abs(seconds) // 60
    return f"T{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def mark_name(mark_s: int) -> str:
    """``T+24``; with minutes where the mark is not a whole hour."""
    return t_plus(mark_s) if mark_s % S_PER_H else f"T+{mark_s // S_PER_H}"


def clock(moment: datetime | None) -> str:
    """``2023-02-06 01:17 UTC``, a dash for the unknown."""
    return UNKNOWN if moment is None else moment.strftime("%Y-%m-%d %H:%M UTC")


def clock_after(t0: datetime, seconds: int) -> str:
    """The moment ``seconds`` after ``t0``."""
    return clock(t0 + timedelta(seconds=seconds))


def plain(code: str) -> str:
    """A code as words: ``usar_heavy`` becomes ``usar heavy``."""
    return code.replace("_", " ")


def listed(items: tuple[str, ...]) -> str:
    """Items with commas, a dash where there are none."""
    return ", ".join(items) or UNKNOWN


def counted(count: int, one: str, many: str) -> str:
    """``1 rule`` or ``3 rules``."""
    return f"{number(count)} {one if count == 1 else many}"
