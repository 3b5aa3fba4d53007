"""Fixtures for every folder of tests."""

from datetime import UTC, datetime, timedelta

import pytest

from u24.clock import Clock


@pytest.fixture
def clock() -> Clock:
    """A clock that starts at noon and ticks one minute at each look."""
    now = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def tick() -> datetime:
        nonlocal now
        now += timedelta(minutes=1)
        return now

    return tick
