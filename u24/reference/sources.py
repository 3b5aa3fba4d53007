"""Where the typed-in facts come from; rows of other tables name these keys."""

from dataclasses import dataclass

from u24.reference.lookup import get_keyed, read_keyed
from u24.reference.tables import SHIPPED, Tables

TABLE = "sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication; ``date`` is as the source writes it. None means that it was not kept."""

    source_id: str
    title: str
    url: str | None
    date: str | None


def get_source(source_id: str, tables: Tables = SHIPPED) -> Source:
    """The source with this id.

    Raises
    ------
    InvalidInput
        There is none; the message names ids that look alike.
    """
    return get_keyed(TABLE, Source, source_id, tables)


def list_sources(tables: Tables = SHIPPED) -> tuple[Source, ...]:
    """All sources, in order of id."""
    return tuple(read_keyed(TABLE, Source, tables).values())
