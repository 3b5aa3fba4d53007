"""What PostgreSQL says is wrong, in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from u24.errors import StoreUnavailable
from u24.ledger.postgres_address import PostgresAddress

# By SQLSTATE; see "PostgreSQL Error Codes" in its manual, appendix A.
_WORDS = {
    "25006": "it may only be read: a standby, or set so by its owner",
    "28000": "this user may not connect; check the server's pg_hba.conf",
    "28P01": "user or password is wrong",
    "3D000": "there is no such database; create it first",
    "42501": "this user has not the right; grant it",
    "53100": "the server's disk is full; make room",
    "53300": "the server has no free connection; try again, or raise max_connections",
    "55P03": "another writer has held the lock for too long; try again, or end the other",
    "57014": "the server took longer than it may; try again",
    "57P01": "the server was stopped or has ended this connection; try again",
    "57P02": "the server has crashed and is coming back; try again",
    "57P03": "the server is starting or stopping; try again",
}
_UNREACHED = "the server cannot be reached, or the connection was lost; try again"


@contextmanager
def plain_words(address: PostgresAddress) -> Iterator[None]:
    """Turn any error of the driver into one of ours, without the password.

    Raises
    ------
    StoreUnavailable
        The server, the connection, the rights or the disk.
    """
    try:
        yield
    except psycopg.Error as error:
        raise StoreUnavailable(f"ledger {address}: {_words_of(address, error)}") from error


@contextmanager
def in_doubt(address: PostgresAddress) -> Iterator[None]:
    """Say that nobody knows whether a commit was kept, when its answer was lost.

    Raises
    ------
    StoreUnavailable
        The connection was lost during the commit.
    """
    try:
        yield
    except psycopg.OperationalError as error:
        raise StoreUnavailable(
            f"ledger {address}: the connection was lost during the commit, so it may or may not "
            f"be on record; repeat the same command with the same key "
            f"({_words_of(address, error)})"
        ) from error


def _words_of(address: PostgresAddress, error: psycopg.Error) -> str:
    default = _UNREACHED if error.sqlstate is None else "PostgreSQL could not do it"
    words = _WORDS.get(error.sqlstate or "", default)
    said = " ".join(address.without_password(str(error)).split())
    return f"{words} ({said})" if said else words
