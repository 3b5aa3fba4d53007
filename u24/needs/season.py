"""Whether people without a roof freeze, where no report says so."""

from datetime import datetime

COLD_FROM_LATITUDE_DEG = 30.0  # assumed: below, nights of the cold season stay above 5 C on plains
NORTHERN_WINTER = frozenset({11, 12, 1, 2, 3})
SOUTHERN_WINTER = frozenset({5, 6, 7, 8, 9})


def is_cold(at: datetime, lat_deg: float) -> bool:
    """Guess from month and latitude alone; mountains can be cold in any month."""
    if abs(lat_deg) < COLD_FROM_LATITUDE_DEG:
        return False
    return at.month in (NORTHERN_WINTER if lat_deg > 0 else SOUTHERN_WINTER)
