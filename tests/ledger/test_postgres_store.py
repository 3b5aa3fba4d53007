"""The PostgreSQL ledger: its tables, its connections, and what happens when they are lost."""

import socket
import threading
from contextlib import closing, suppress

import psycopg
import pytest

from tests.ledger.stores import HandClock, a_submission
from u24.errors import InvalidInput, StoreUnavailable
from u24.ledger.postgres import PostgresStore
from u24.ledger.postgres_address import read_address

TERMINATE = """
select pg_terminate_backend(pid) from pg_stat_activity
where application_name = 'u24' and pid <> pg_backend_pid()
"""


@pytest.fixture
def here(maker_of):
    with maker_of("postgres") as found:
        yield found


@pytest.fixture
def admin(postgres):
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        yield connection


def list_commands(store):
    return [entry.command for entry in store.everything()]


@pytest.mark.parametrize("table", ["fact", "subtree"])
@pytest.mark.parametrize("how", ["update {} set {}", "delete from {}", "truncate {}", "replica"])
def test_the_table_itself_refuses_every_change(here, admin, table, how):
    here.open(name="kept").append(a_submission(stream=f"{table} {how}", drafts=257))
    column = {"fact": "body = ''", "subtree": "hash = hash"}[table]
    if how == "replica":
        admin.execute("set session_replication_role = replica")
        how = "delete from {}"

    with pytest.raises(psycopg.errors.RaiseException, match="the ledger is append only"):
        admin.execute(how.format(f"kept.{table}", column))


def test_the_table_has_exactly_the_columns_of_an_entry(here, admin):
    here.open(name="columns")

    found = admin.execute(
        "select column_name from information_schema.columns where table_schema = 'columns'"
        " and table_name = 'fact' order by ordinal_position"
    ).fetchall()
    assert [name for (name,) in found] == [
        "position", "stream", "seq", "kind", "actor", "at_us", "command", "part", "asked", "body",
        "key_id", "signature", "leaf",
    ]  # fmt: skip


def test_who_listens_hears_the_last_position_of_every_commit(here, admin):
    store = here.open()
    admin.execute("listen u24_fact")

    store.append(a_submission("c", drafts=3))
    store.append(a_submission("c"))
    store.append(a_submission(expect_seq=3))

    heard = [found.payload for found in admin.notifies(timeout=5, stop_after=2)]
    assert heard == ["3", "4"]


@pytest.mark.parametrize(("given", "used"), [("off", "on"), ("remote_apply", "remote_apply")])
def test_a_server_that_answers_before_it_has_written_is_told_to_write_first(
    here, admin, given, used
):
    store = here.open(name="durable")
    admin.execute("""
        create or replace function durable.tell() returns trigger language plpgsql as
        $$ begin raise exception 'commits are %', current_setting('synchronous_commit'); end $$;
        create or replace trigger tell before insert on durable.fact
        execute function durable.tell()""")
    admin.execute(f"alter role u24 set synchronous_commit = {given}")
    store.close()
    try:
        store = here.open(name="durable")
        with pytest.raises(StoreUnavailable, match=f"commits are {used}\\b"):
            store.append(a_submission())
    finally:
        admin.execute("alter role u24 reset synchronous_commit")


def test_every_append_brings_its_own_rules_whatever_the_server_is_set_to(here, admin):
    """Who waits for whom, for how long, and what is seen behind the lock."""
    here.open(name="rules").close()
    admin.execute("""
        create function rules.tell() returns trigger language plpgsql as $$ begin
            raise exception 'rules are %, lock %, idle %', current_setting('transaction_isolation'),
                current_setting('lock_timeout'),
                current_setting('idle_in_transaction_session_timeout');
        end $$;
        create trigger tell before insert on rules.fact execute function rules.tell()""")
    admin.execute("alter role u24 set default_transaction_isolation = serializable")
    admin.execute("alter role u24 set default_transaction_read_only = on")
    try:
        store = here.open(name="rules", patience_s=7.0)
        with pytest.raises(StoreUnavailable, match="rules are read committed, lock 7s, idle 20s"):
            store.append(a_submission())
    finally:
        admin.execute("set default_transaction_read_only = off")
        admin.execute("alter role u24 reset default_transaction_isolation")
        admin.execute("alter role u24 reset default_transaction_read_only")


def test_a_reader_that_pauses_keeps_no_transaction_open(here, admin):
    store = here.open()
    store.append(a_submission(drafts=3))
    next(store.everything())

    states = admin.execute(
        "select state from pg_stat_activity where application_name = 'u24'"
    ).fetchall()
    assert {state for (state,) in states} == {"idle"}


def test_after_a_restart_the_first_call_fails_and_the_next_works(here, postgres):
    store = here.open()
    store.append(a_submission("c1", "a"))
    postgres.restart()

    with pytest.raises(StoreUnavailable, match=r"ledger postgres on .*; try again"):
        store.append(a_submission("c2", "b"))
    store.append(a_submission("c3", "c"))

    assert list_commands(store) == ["c1", "c3"]


def test_after_a_crash_everything_that_was_acknowledged_is_there(here, postgres):
    store = here.open()
    for number in range(20):
        store.append(a_submission(f"c{number}", f"s{number}", drafts=20))
    postgres.kill()
    with pytest.raises(StoreUnavailable, match=r"cannot be reached|has ended this connection"):
        store.size()
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        store.append(a_submission("refused"))
    postgres.start()

    assert store.size() == 400
    assert len(store.hashes(8, 0, 1)) == 1
    assert not store.append(a_submission("refused")).repeated


def test_connections_that_were_ended_while_idle_cost_one_call(here, admin):
    store = here.open()
    readers = [store.everything() for _ in range(3)]
    store.append(a_submission("c1", "a"))
    admin.execute(TERMINATE)

    with pytest.raises(StoreUnavailable, match=r"connection.*; try again"):
        next(readers[0])
    assert next(readers[1]).command == "c1"
    assert not store.append(a_submission("c2", "b")).repeated


def test_a_connection_that_is_ended_in_the_middle_of_an_append_leaves_nothing(here, admin):
    """The clock is read inside the transaction, behind the lock."""
    shown = HandClock()

    def clock():
        if cuts:
            admin.execute(cuts.pop())
        return shown()

    cuts = []
    store = here.open(clock)
    store.append(a_submission("c1", "a"))
    cuts.append(TERMINATE)

    with pytest.raises(StoreUnavailable, match=r"connection.*; try again"):
        store.append(a_submission("c2", "b"))

    assert list_commands(store) == ["c1"]
    assert not store.append(a_submission("c2", "b")).repeated


def test_a_commit_whose_answer_is_lost_says_to_repeat_the_same_command(here, admin):
    store = here.open(name="doubt")
    admin.execute("""
        create function doubt.cut() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
        create constraint trigger cut after insert on doubt.fact deferrable initially deferred
        for each row execute function doubt.cut()""")

    with pytest.raises(
        StoreUnavailable, match="may or may not be on record; repeat the same command"
    ):
        store.append(a_submission("c"))

    admin.execute("drop trigger cut on doubt.fact")
    assert not store.append(a_submission("c")).repeated


def test_connections_ended_again_and_again_lose_nothing_that_was_acknowledged(here, admin):
    store, taken, done = here.open(), [], threading.Event()

    def cut():
        while not done.wait(0.01):
            admin.execute(TERMINATE)

    cutter = threading.Thread(target=cut)
    cutter.start()
    try:
        for number in range(150):
            with suppress(StoreUnavailable):
                store.append(a_submission(f"c{number}", f"s{number}", drafts=3))
                taken.append(f"c{number}")
    finally:
        done.set()
        cutter.join()

    with suppress(StoreUnavailable):
        store.size()
    entries = list(store.everything())
    assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
    assert set(taken) <= {entry.command for entry in entries}
    assert all(len(store.find_command(command)) == 3 for command in taken)


def test_who_may_only_insert_and_select_can_write(here, postgres, admin):
    here.open(name="shared").append(a_submission("c1", "a"))
    admin.execute("create role writer login")
    admin.execute("grant usage on schema shared to writer")
    admin.execute("grant select, insert on all tables in schema shared to writer")
    dsn = postgres.dsn.replace("u24@", "writer@")

    with closing(PostgresStore(dsn, HandClock(), schema="shared")) as store:
        assert store.append(a_submission("c2", "b")).entries[0].position == 2
    with pytest.raises(StoreUnavailable, match="this user has not the right; grant it"):
        PostgresStore(dsn, HandClock(), schema="another")


def test_a_ledger_that_is_only_read_is_neither_made_nor_written(here, postgres):
    with pytest.raises(InvalidInput, match="schema nothing holds no ledger"):
        here.open(name="nothing", read_only=True)
    here.open(name="reading").append(a_submission())

    store = here.open(name="reading", read_only=True)

    assert store.size() == 1
    with pytest.raises(StoreUnavailable, match="open for reading only"):
        store.append(a_submission("c"))


def test_a_table_of_somebody_else_and_another_format_are_refused(here, admin):
    admin.execute("create schema theirs; create table theirs.fact (a int)")
    here.open(name="newer").close()
    admin.execute("comment on table newer.fact is 'u24 ledger, format 2'")

    with pytest.raises(InvalidInput, match="schema theirs: table fact is 'of somebody else'"):
        here.open(name="theirs")
    with pytest.raises(InvalidInput, match="'u24 ledger, format 2'; this version reads"):
        here.open(name="newer")


def test_two_schemas_are_two_ledgers(here):
    first, second = here.open(), here.open()

    first.append(a_submission("c"))

    assert second.append(a_submission("c")).entries[0].position == 1


def test_who_writes_one_ledger_holds_up_no_other(here, admin):
    first, second = here.open(), here.open(patience_s=0.1)
    admin.execute("select pg_advisory_lock(%s)", (first._address.lock_key,))

    assert second.append(a_submission("c")).entries[0].position == 1


def test_what_the_address_says_goes_before_what_is_usual():
    address = read_address("postgresql://127.0.0.1/x?connect_timeout=3&application_name=drill", "a")

    used = dict(address.parameters)
    assert (used["connect_timeout"], used["application_name"]) == ("3", "drill")
    assert used["keepalives_idle"] == 20


@pytest.mark.parametrize("schema", ["", "U24", "a-b", 'a"b', "ü", "a" * 49, "1a"])
def test_a_schema_with_an_odd_name_is_refused(schema):
    with pytest.raises(InvalidInput, match=r"schema is .* small letters, digits and _"):
        PostgresStore("postgresql://localhost/x", HandClock(), schema=schema)


def test_no_message_shows_the_password():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    addresses = [
        f"postgresql://ana:geheim@127.0.0.1:{port}/x",
        f"host=127.0.0.1 port={port} user=ana password=geheim",
        "postgresql://ana:geheim%zz@127.0.0.1/x",
        "postgresql://ana:geheim@127.0.0.1:port/x",
        "postgresql://ana:ge/geheim@127.0.0.1/x",
        "postgresql://ana:1/geheim@127.0.0.1/x",
        "postgresql://ana:ge@geheim@127.0.0.1/x",
        "postgresql://127.0.0.1/x?nonsense=geheim&password=geheim",
    ]
    for address in addresses:
        with pytest.raises((StoreUnavailable, InvalidInput)) as caught:
            PostgresStore(address, HandClock())

        shown, error = [], caught.value
        while error:
            shown.append(f"{error} {error!r}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        assert "geheim" not in " ".join(shown), address
