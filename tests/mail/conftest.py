"""A mail server on loopback for the tests of the mail door."""

import pytest

from tests.mail.world import Inboxes, World, free_port, start_server


@pytest.fixture(scope="module")
def server():
    inboxes = Inboxes()
    started = start_server(inboxes, free_port())
    yield started
    started.stop()


@pytest.fixture
def inboxes(server):
    server.handler.mails.clear()
    server.handler.refused.clear()
    return server.handler


@pytest.fixture
def world(tmp_path, inboxes, server):
    made = World(tmp_path / "mail", port=server.port)
    made.enrol("host", "ita")
    made.open_case()
    return made
