"""Stores of every make, each test with ones of its own."""

from contextlib import contextmanager

import pytest

from tests.ledger.stores import HandClock, StoreMaker, start_server

MAKES = ("memory", "sqlite", "postgres", "group")


@pytest.fixture(scope="session")
def postgres():
    """One server for all tests of a worker; they may restart it, and leave it running."""
    server = start_server()
    yield server
    server.remove()


@pytest.fixture
def now():
    return HandClock()


@pytest.fixture
def maker_of(request, tmp_path):
    @contextmanager
    def lend(make):
        server = request.getfixturevalue("postgres") if make == "postgres" else None
        maker = StoreMaker(make, tmp_path, server)
        yield maker
        maker.close_all()

    return lend


@pytest.fixture(params=MAKES)
def maker(request, maker_of):
    with maker_of(request.param) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgres"])
def lasting(request, maker_of):
    """The makes that outlive a process."""
    with maker_of(request.param) as found:
        yield found


@pytest.fixture
def store(maker, now):
    return maker.open(now)
