"""The tables of a PostgreSQL ledger: made, recognised."""

from psycopg import Connection
from psycopg.sql import SQL, Identifier

from u24.errors import InvalidInput
from u24.ledger.postgres_address import PostgresAddress

# Stands as a comment on the table, so that no third table is needed to say it.
FORMAT = "u24 ledger, format 1"
_TABLES = """
create schema if not exists {schema};
create table {schema}.fact (
    position bigint primary key check (position > 0),
    stream text collate "C" not null,
    seq bigint not null check (seq > 0),
    kind text not null,
    actor text not null,
    at_us bigint not null,
    command text collate "C" not null,
    part bigint not null check (part >= 0),
    asked bytea not null check (octet_length(asked) = 32),
    body bytea not null,
    key_id text not null,
    signature bytea not null,
    leaf bytea not null check (octet_length(leaf) = 32),
    unique (stream, seq),
    unique (command, part)
);
create table {schema}.subtree (
    level bigint not null check (level > 0 and level % 8 = 0),
    number bigint not null check (number >= 0),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (level, number)
);
create function {schema}.refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'the ledger is append only'; end $$;
create trigger fact_is_never_changed before update or delete or truncate on {schema}.fact
for each statement execute function {schema}.refuse_change();
create trigger subtree_is_never_changed before update or delete or truncate on {schema}.subtree
for each statement execute function {schema}.refuse_change();
alter table {schema}.fact enable always trigger fact_is_never_changed;
alter table {schema}.subtree enable always trigger subtree_is_never_changed;
comment on table {schema}.fact is 'u24 ledger, format 1';
"""
_COMMENT = """
select obj_description(class.oid, 'pg_class') from pg_catalog.pg_class class
join pg_catalog.pg_namespace namespace on namespace.oid = class.relnamespace
where namespace.nspname = %s and class.relname = 'fact'
"""


def require_tables(connection: Connection, address: PostgresAddress, *, read_only: bool) -> None:
    """Make schema and tables if there are none, and refuse a table that is not ours.

    Any number of processes may do so at once. Who may only insert and select can open a
    ledger that another user made.

    Raises
    ------
    InvalidInput
        The schema holds another table ``fact``, one of another format, or none to read.
    """
    if _is_there(connection, address):
        return
    if read_only:
        raise InvalidInput(f"{address} holds no ledger; give another schema")
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", (address.lock_key,))
        if not _is_there(connection, address):
            connection.execute(SQL(_TABLES).format(schema=Identifier(address.schema)))


def _is_there(connection: Connection, address: PostgresAddress) -> bool:
    found = connection.execute(_COMMENT, (address.schema,)).fetchone()
    if found is not None and found[0] != FORMAT:
        raise InvalidInput(
            f"{address}: table fact is {found[0] or 'of somebody else'!r}; this version reads "
            f"{FORMAT!r}; give another schema"
        )
    return found is not None
