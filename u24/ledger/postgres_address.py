"""Where a PostgreSQL ledger is: its address, its schema, and how to name both in a message."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import psycopg
from psycopg.conninfo import conninfo_to_dict

from u24.errors import InvalidInput

SCHEMA = "u24"
_UNREADABLE = (
    "the ledger's address cannot be read; give postgresql://user@host:port/database, and write "
    "special characters of a password as %XX"
)
_SCHEMA_NAME = re.compile(r"[a-z_][a-z0-9_]{0,47}")
# Used unless the address says otherwise. A server that is gone must be noticed in seconds,
# not in the two hours that TCP takes by itself.
_DEFAULTS: dict[str, str | int] = {
    "application_name": "u24",
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 40_000,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostgresAddress:
    """Database and schema; printing it shows no password."""

    parameters: tuple[tuple[str, str | int], ...]
    schema: str

    def __str__(self) -> str:
        given = dict(self.parameters)
        host = given.get("host") or given.get("hostaddr") or "the local socket"
        return f"{given.get('dbname', 'postgres')} on {host}, schema {self.schema}"

    def __repr__(self) -> str:
        return f"PostgresAddress({self})"

    @property
    def lock_key(self) -> int:
        """What all writers of this schema lock, a signed number of 64 bits."""
        return int.from_bytes(
            sha256(b"u24 " + self.schema.encode()).digest()[:8], "big", signed=True
        )

    def without_password(self, text: str) -> str:
        """A driver's message with the password struck out."""
        password = str(dict(self.parameters).get("password", ""))
        return text.replace(password, "***") if password else text

    def connect(self) -> psycopg.Connection:
        """Open a connection that commits only when told."""
        connection = psycopg.connect(autocommit=True, **dict(self.parameters))  # type: ignore[arg-type]
        try:
            # A plan that was made while the table was small would read all of it for ever;
            # every question asked here has its index.
            connection.execute("set enable_seqscan = off")
        except BaseException:
            connection.close()
            raise
        return connection


def read_address(dsn: str, schema: str) -> PostgresAddress:
    """Read what libpq reads: postgresql://user@host:port/database, or host=... dbname=...

    Raises
    ------
    InvalidInput
        The address or the schema's name cannot be read.
    """
    if not _SCHEMA_NAME.fullmatch(schema):
        raise InvalidInput(
            f"schema is {schema!r}; it must be small letters, digits and _, at most 48"
        )
    try:
        given = conninfo_to_dict(dsn)
    except psycopg.ProgrammingError:  # its message may show a part of the password
        raise InvalidInput(_UNREADABLE) from None
    if _is_torn(given):
        raise InvalidInput(_UNREADABLE)
    found = _DEFAULTS | {name: value for name, value in given.items() if value is not None}
    return PostgresAddress(parameters=tuple(sorted(found.items())), schema=schema)


def _is_torn(given: Mapping[str, object]) -> bool:
    """Whether a / or @ of the password has ended up in the port, the host or the name."""
    ports = str(given.get("port") or "").split(",")
    return (
        not all(port.isdigit() or not port for port in ports)
        or "@" in str(given.get("host") or "")[1:]
        or "@" in str(given.get("dbname") or "")
    )
