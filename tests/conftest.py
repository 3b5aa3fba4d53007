"""Fixtures for every folder of tests."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings

from u24.clock import Clock

# The same examples each time, however busy the machine: a change is judged by what it changes.
# `make hunt` looks for new ones.
_HOWEVER_BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _HOWEVER_BUSY, derandomize=True)
settings.register_profile("hunt", _HOWEVER_BUSY, print_blob=True)
settings.load_profile("same")


@pytest.fixture
def clock() -> Clock:
    """A clock that starts at noon and ticks one minute at each look."""
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def tick() -> datetime:
        nonlocal now
        now += timedelta(minutes=1)
        return now

    return tick
