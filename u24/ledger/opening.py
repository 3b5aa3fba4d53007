"""One way to open a ledger, whatever holds it."""

from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from u24.clock import Clock
from u24.errors import InvalidInput
from u24.ledger.sqlite import SqliteStore
from u24.ledger.store import Store

_POSTGRES = ("postgresql://", "postgres://")


def open_store(where: str, clock: Clock, *, read_only: bool = False) -> Store:
    """Open the ledger at ``where``; made if there is none, unless it is only read.

    Parameters
    ----------
    where
        The path of a file, or ``postgresql://user@host:port/database?schema=u24``.
    clock
        What every entry is stamped by.
    read_only
        Nothing is written, not even the tables.

    Raises
    ------
    InvalidInput
        It is neither, or something that is no ledger.
    StoreUnavailable
        It cannot be reached, read or written.
    """
    if where.startswith(_POSTGRES):
        # its driver loads slowly, and most desks are a file
        from u24.ledger.postgres import PostgresStore  # noqa: PLC0415
        from u24.ledger.postgres_address import SCHEMA  # noqa: PLC0415

        address, schema = _split_schema(where, SCHEMA)
        return PostgresStore(address, clock, schema=schema, read_only=read_only)
    if not where or "://" in where:
        scheme = where.partition("://")[0]
        raise InvalidInput(
            f"the ledger's place begins with {scheme!r}; give a path, or postgresql://..."
        )
    return SqliteStore(where, clock, read_only=read_only)


def _split_schema(where: str, usual: str) -> tuple[str, str]:
    """The address that the driver knows, and our own ``schema`` parameter."""
    try:
        parts = urlsplit(where)
    except ValueError:  # its message would show the address, and so the password
        raise InvalidInput(
            "the ledger's address cannot be read; give postgresql://user@host:port/database"
        ) from None
    given = parse_qsl(parts.query, keep_blank_values=True)
    schemas = [value for name, value in given if name == "schema"]
    others = [(name, value) for name, value in given if name != "schema"]
    rest = urlencode(others, quote_via=quote)  # libpq does not read + as a space
    # Put together by hand: urlunsplit drops the // of an address without a host.
    behind = urlunsplit(("", "", parts.path, rest, parts.fragment))
    address = f"{parts.scheme}://{parts.netloc}{behind}"
    return (address if schemas else where), (schemas[-1] if schemas else usual)
