"""One way to open a ledger."""

from contextlib import closing

import pytest

from tests.ledger.stores import HandClock, a_submission
from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger.opening import open_store
from u24.ledger.postgres import PostgresStore
from u24.ledger.sqlite import SqliteStore


def test_a_path_is_a_sqlite_file(tmp_path):
    with closing(open_store(str(tmp_path / "a.db"), HandClock())) as store:
        assert isinstance(store, SqliteStore)
        assert store.append(a_submission()).entries

    with (
        closing(open_store(str(tmp_path / "a.db"), HandClock(), read_only=True)) as store,
        pytest.raises(StoreUnavailable, match="reading only"),
    ):
        store.append(a_submission("c"))


def test_an_address_is_postgresql_with_the_schema_it_names(postgres):
    with closing(open_store(f"{postgres.dsn}&schema=named", HandClock())) as store:
        assert isinstance(store, PostgresStore)
        store.append(a_submission())

    with closing(PostgresStore(postgres.dsn, HandClock(), schema="named")) as store:
        assert store.size() == 1
    with closing(open_store(postgres.dsn, HandClock())) as store:
        assert store.size() == 0
    with closing(open_store(f"{postgres.dsn}&schema=named", HandClock(), read_only=True)) as store:
        assert store.size() == 1
        with pytest.raises(StoreUnavailable, match="reading only"):
            store.append(a_submission("c"))


def test_a_schema_without_a_name_is_refused_and_not_taken_for_the_usual_one():
    with pytest.raises(InvalidInput, match="schema is ''"):
        open_store("postgresql://127.0.0.1/x?schema=", HandClock())


def test_the_rest_of_an_address_reaches_the_driver_as_it_was_given():
    with pytest.raises(StoreUnavailable, match=r"ledger x on /no where at\+all, schema a: "):
        open_store("postgresql:///x?schema=a&host=/no%20where%20at%2ball", HandClock())


@pytest.mark.parametrize("where", ["", "mysql://x", "sqlite:///a.db"])
def test_anything_else_is_refused(where):
    with pytest.raises(InvalidInput, match=r"give a path, or postgresql://"):
        open_store(where, HandClock())


@pytest.mark.parametrize(
    "where", ["postgresql://u:geheim@[::1/x?schema=a", "postgres://u:geheim@h:p/x"]
)
def test_an_address_that_cannot_be_read_is_refused_without_its_password(where):
    with pytest.raises(InvalidInput, match="address cannot be read") as caught:
        open_store(where, HandClock())

    assert "geheim" not in str(caught.value)
