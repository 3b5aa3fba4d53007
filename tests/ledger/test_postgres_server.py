"""The server of the tests comes from the machine, or else from a wheel."""

import psycopg
import pytest

from tests.ledger import stores
from tests.ledger.postgres_server import (
    PostgresServer,
    find_binaries,
    list_system_binaries,
    list_wheel_binaries,
)


@pytest.mark.parametrize("found", [list_system_binaries, list_wheel_binaries])
def test_a_server_of_either_origin_starts_is_killed_and_comes_back(found):
    if not found():
        pytest.skip("there is none of this origin here")
    server = PostgresServer(found()[0])
    try:
        server.start()
        with psycopg.connect(server.dsn) as connection:
            connection.execute("create table kept (a int)")
        server.kill()
        server.start()

        with psycopg.connect(server.dsn) as connection:
            assert connection.execute("select count(*) from kept").fetchone() == (0,)
            assert connection.execute("show fsync").fetchone() == ("on",)
    finally:
        server.remove()

    assert not server.folder.exists()


def test_the_machines_own_programs_are_used_first():
    either = [*list_system_binaries(), *list_wheel_binaries()]

    assert find_binaries() == (either[0] if either else None)


def test_where_there_must_be_a_server_none_is_a_failure_and_else_a_skip(monkeypatch):
    monkeypatch.setattr(stores, "find_binaries", lambda: None)

    monkeypatch.delenv("U24_REQUIRE_POSTGRES", raising=False)
    with pytest.raises(pytest.skip.Exception):
        stores.start_server()
    monkeypatch.setenv("U24_REQUIRE_POSTGRES", "1")
    with pytest.raises(pytest.fail.Exception, match="PostgreSQL is neither"):
        stores.start_server()
