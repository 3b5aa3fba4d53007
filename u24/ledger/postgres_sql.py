"""The statements of a PostgreSQL ledger, written for one schema."""

from dataclasses import dataclass
from typing import LiteralString

from psycopg.sql import SQL, Identifier, Literal

from u24.ledger.rows import CHUNK_BYTES, CHUNK_ROWS, COLUMNS

CHANNEL = "u24_fact"  # who listens to it hears the last position of every commit
NOTIFY = b"select pg_notify(%s, %s)"
BEGIN = b"begin isolation level read committed read write"
# The settings hold for this transaction only: what waits for whom, and that a commit is on
# disk before it is answered, which the server's own settings may weaken but not here. The
# lock is a statement of its own: those after it see what its last holder has committed.
LOCK = b"""
with settings as materialized (
    select set_config('lock_timeout', %s, true),
        set_config('idle_in_transaction_session_timeout', %s, true),
        set_config('synchronous_commit', case current_setting('synchronous_commit')
            when 'remote_apply' then 'remote_apply' else 'on' end, true)
) select pg_advisory_xact_lock(%s) from settings
"""
TYPES = (
    "bigint", "text", "bigint", "text", "text", "bigint", "text", "bigint", "bytea", "bytea",
    "text", "bytea", "bytea",
)  # fmt: skip
# The rows of a chunk are counted by size on the server, before one body is sent.
_CHUNK = """
select {columns} from {fact} where {given} and {number} <= (
    select max(number) from (
        select {number} as number,
            sum(octet_length(body)) over (order by {number}) - octet_length(body) as before
        from {fact} where {given} order by {number} limit {rows}
    ) as sized where before < {bytes}
) order by {number}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Each takes the parameters that its comment names, in this order."""

    size: bytes
    stream_seq: bytes  # stream
    stream: bytes  # by name: stream, after
    everything: bytes  # by name: after
    commands: bytes  # list of commands
    standing: bytes  # list of streams, list of commands
    leaves: bytes  # first, count
    subtrees: bytes  # level, first, count
    add: bytes  # takes rows of the TYPES; two thirds of the time of any insert
    keep: bytes  # level, number, hash


def statements_for(schema: str) -> Statements:
    """The statements, with the names of this schema in them."""
    names = {
        "fact": Identifier(schema, "fact"),
        "subtree": Identifier(schema, "subtree"),
        "columns": SQL(", ").join(map(Identifier, COLUMNS)),
    }

    def made(text: LiteralString) -> bytes:
        return SQL(text).format(**names).as_bytes()

    def chunk(given: LiteralString, number: str) -> bytes:
        return (
            SQL(_CHUNK)
            .format(
                given=SQL(given),
                number=Identifier(number),
                rows=Literal(CHUNK_ROWS),
                bytes=Literal(CHUNK_BYTES),
                **names,
            )
            .as_bytes()
        )

    return Statements(
        size=made("select coalesce(max(position), 0) from {fact}"),
        stream_seq=made("select seq from {fact} where stream = %s order by seq desc limit 1"),
        stream=chunk("stream = %(stream)s and seq > %(after)s", "seq"),
        everything=chunk("position > %(after)s", "position"),
        commands=made(
            "select {columns} from {fact} where command = any(%s) order by command, part"
        ),
        standing=made("""
            select last.position, last.at_us,
                array(select coalesce((
                        select seq from {fact} as held where held.stream = named.stream
                        order by seq desc limit 1), 0)
                    from unnest(%s::text[]) with ordinality as named (stream, place)
                    order by place),
                exists(select from {fact} where command = any(%s))
            from (select 1) as always left join lateral
                (select position, at_us from {fact} order by position desc limit 1) as last
                on true"""),
        leaves=made("select leaf from {fact} where position > %s order by position limit %s"),
        subtrees=made("""
            select hash from {subtree} where level = %s and number >= %s
            order by number limit %s"""),
        add=made("copy {fact} ({columns}) from stdin (format binary)"),
        keep=made("insert into {subtree} (level, number, hash) values (%s, %s, %s)"),
    )
